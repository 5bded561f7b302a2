// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"iter"
	"time"

	"rugzak/pkg/rugzak"
)

// ThreadLine is one version in the history of a thread.
type ThreadLine struct {
	Number  int
	At      time.Time
	From    int // the version it put back, or 0
	Current bool
}

// ThreadHistory is the versions a reader may see, newest first. Next is the number
// below which there are others; 0 when these are the oldest.
type ThreadHistory struct {
	Theme rugzak.Theme
	Lines []ThreadLine
	Next  int
}

// threadsShown is how many versions are on one page.
const threadsShown = 50

// ThreadVersionView is one version, with what changed since the one before it
// that the reader may see.
type ThreadVersionView struct {
	Theme          rugzak.Theme
	Thread         ThreadView
	Line           ThreadLine
	Diff           []FieldDiff // empty for the first
	Previous, Next int         // numbers for links, 0 at the ends
	// CanPutBack: the reader may make this the thread again, written over the
	// version Base.
	CanPutBack bool
	Base       int
}

// visibleThreads yields the versions of a thread a reader may see, newest first:
// those all of whose sources they may read now. Partners see the newest only, on
// the page of the theme: an older one was not written for them.
func visibleThreads(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (all iter.Seq2[rugzak.Thread, error], newest int, err error) {
	if !by.IsMember() || !rugzak.CanReadThread(by, t) {
		return nil, 0, rugzak.NotFound()
	}
	now, sees, err := seesThread(r, by, t)
	if err != nil {
		return nil, 0, err
	}
	mender := mends(by, t)
	return func(yield func(rugzak.Thread, error) bool) {
		if now.Number == 0 { // from before threads had versions
			if sees && !now.Empty() {
				yield(now, nil)
			}
			return
		}
		for x, err := range r.Threads(t.ID) {
			reads := mender
			if err == nil && !reads {
				reads, err = readsThread(r, by, t, x)
			}
			if (err != nil || reads) && !yield(x, err) {
				return
			}
		}
	}, now.Number, nil
}

// visibleThread finds a version that a reader may see, with those that come after
// and before it as far as they may see these.
func visibleThread(r rugzak.Reader, by rugzak.Person, t rugzak.Theme, number int) (x rugzak.Thread, later, earlier *rugzak.Thread, newest int, err error) {
	all, newest, err := visibleThreads(r, by, t)
	if err != nil {
		return x, nil, nil, 0, err
	}
	found := false
	for v, err := range all {
		switch {
		case err != nil:
			return x, nil, nil, 0, err
		case found:
			return x, later, &v, newest, nil
		case v.Number == number:
			x, found = v, true
		default:
			later = &v
		}
	}
	if !found {
		return x, nil, nil, 0, rugzak.NotFound()
	}
	return x, later, nil, newest, nil
}

func threadLine(x rugzak.Thread, newest int) ThreadLine {
	return ThreadLine{Number: x.Number, At: x.At, From: x.From, Current: x.Number == newest}
}

// ThreadHistory lists versions of the common thread of a theme: the newest, or
// those below a number.
func (s *Service) ThreadHistory(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, below int) (ThreadHistory, error) {
	var v ThreadHistory
	err := s.view(ctx, "versions of a thread", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		v = ThreadHistory{Theme: shownTheme(by, t)}
		all, newest, err := visibleThreads(r, by, t)
		if err != nil {
			return err
		}
		for x, err := range all {
			if err != nil {
				return err
			}
			if below > 0 && x.Number >= below {
				continue
			}
			if len(v.Lines) == threadsShown {
				v.Next = v.Lines[threadsShown-1].Number
				break
			}
			v.Lines = append(v.Lines, threadLine(x, newest))
		}
		return nil
	})
	return v, err
}

// ThreadVersion shows one version by its number.
func (s *Service) ThreadVersion(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, number int) (ThreadVersionView, error) {
	var v ThreadVersionView
	var before *ThreadView
	err := s.view(ctx, "version of a thread", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		x, later, earlier, newest, err := visibleThread(r, by, t, number)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if v.Thread, err = n.showThread(by, t, x); err != nil {
			return err
		}
		v.Theme, v.Line, v.Base = shownTheme(by, t), threadLine(x, newest), newest
		v.CanPutBack = rugzak.CanCurate(by) && number != newest
		if later != nil {
			v.Next = later.Number
		}
		if earlier != nil {
			v.Previous = earlier.Number
			old, err := n.showThread(by, t, *earlier)
			before = &old
			return err
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	if before != nil {
		v.Diff = s.compareThreads(*before, v.Thread)
	}
	return v, s.renderThread(ctx, &v.Thread)
}

// compareThreads tells two versions apart, question by question, in what the
// reader may see of them.
func (s *Service) compareThreads(before, after ThreadView) []FieldDiff {
	var out []FieldDiff
	old := comparedThread(before)
	for i, f := range comparedThread(after) {
		if old[i].Text != f.Text {
			out = append(out, FieldDiff{Field: f.Name, Pieces: s.Differ.Diff(old[i].Text, f.Text)})
		}
	}
	return out
}

// comparedThread lists what is compared, always the same fields.
func comparedThread(v ThreadView) []field {
	out := []field{{"intro", v.said.Intro}}
	for _, p := range rugzak.ThreadPrompts() {
		text := v.said.Section(p).Text
		for _, part := range v.Parts {
			for _, q := range part.Quotes {
				if part.Prompt == p && q.Text != "" {
					text += "\n\n> " + q.Text
				}
			}
		}
		out = append(out, field{string(p), text})
	}
	return out
}

// PutBackThread makes an earlier version the thread again, as a new version, by
// the rules of writing one. base is the number of the version it replaces.
func (s *Service) PutBackThread(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, number, base int) (rugzak.Thread, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Thread{}, rugzak.Forbidden("error.curators_only")
	}
	var was rugzak.Thread
	err := s.view(ctx, "version to put back", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		was, _, _, _, err = visibleThread(r, by, t, number)
		return err
	})
	if err != nil {
		return was, err
	}
	in := ThreadInput{Intro: was.Intro, Sections: was.Clone().Sections, Bound: was.Bound, NotBSN: was.NotBSN}.clean()
	next := in.thread(id)
	next.From = number
	found, err := s.inspect(ctx, threadTexts(next), in.NotBSN)
	if err != nil {
		return was, err
	}
	if next.NotBSN, err = block(found); err != nil {
		return was, err
	}
	_, err = s.update(ctx, "put back thread", func(w rugzak.Writer) (err error) {
		next, err = s.saveThread(w, by, id, base, next, found, true)
		return err
	})
	return next, err
}
