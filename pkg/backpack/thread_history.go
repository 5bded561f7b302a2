// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
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

// ThreadHistory is the versions a reader may see, newest first.
type ThreadHistory struct {
	Theme rugzak.Theme
	Lines []ThreadLine
}

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

// visibleThreads are the versions of a thread a reader may see, newest first:
// those all of whose sources they may read now. Partners see the newest only, on
// the page of the theme: an older one was not written for them.
func visibleThreads(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (out []rugzak.Thread, newest int, err error) {
	if !by.IsMember() || !rugzak.CanReadThread(by, t) {
		return nil, 0, rugzak.NotFound()
	}
	mender := mends(by, t)
	for x, err := range r.Threads(t.ID) {
		if err != nil {
			return nil, 0, err
		}
		newest = max(newest, x.Number)
		reads := mender
		if !reads {
			if reads, err = readsThread(r, by, t, x); err != nil {
				return nil, 0, err
			}
		}
		if reads {
			out = append(out, x)
		}
	}
	if newest == 0 { // from before threads had versions
		x, sees, err := seesThread(r, by, t)
		if err != nil {
			return nil, 0, err
		}
		if sees && !x.Empty() {
			out = append(out, x)
		}
	}
	return out, newest, nil
}

func threadLine(x rugzak.Thread, newest int) ThreadLine {
	return ThreadLine{Number: x.Number, At: x.At, From: x.From, Current: x.Number == newest}
}

// ThreadHistory lists the versions of the common thread of a theme.
func (s *Service) ThreadHistory(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (ThreadHistory, error) {
	var v ThreadHistory
	err := s.view(ctx, "versions of a thread", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		all, newest, err := visibleThreads(r, by, t)
		for _, x := range all {
			v.Lines = append(v.Lines, threadLine(x, newest))
		}
		v.Theme = shownTheme(by, t)
		return err
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
		all, newest, err := visibleThreads(r, by, t)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x rugzak.Thread) bool { return x.Number == number })
		if i < 0 {
			return rugzak.NotFound()
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if v.Thread, err = n.showThread(by, t, all[i]); err != nil {
			return err
		}
		v.Theme, v.Line, v.Base = shownTheme(by, t), threadLine(all[i], newest), newest
		v.CanPutBack = rugzak.CanCurate(by) && number != newest
		if i > 0 {
			v.Next = all[i-1].Number
		}
		if i+1 < len(all) {
			v.Previous = all[i+1].Number
			old, err := n.showThread(by, t, all[i+1])
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
		all, _, err := visibleThreads(r, by, t)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x rugzak.Thread) bool { return x.Number == number })
		if i < 0 {
			return rugzak.NotFound()
		}
		was = all[i]
		return nil
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
