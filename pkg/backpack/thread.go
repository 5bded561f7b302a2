// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// ThreadView is a version of a common thread as a reader may see it.
type ThreadView struct {
	Number    int
	At        time.Time
	IntroHTML string
	Parts     []ThreadPart
	Words     int
	// Fresh is how many entries of the theme, of those the reader may read, came
	// since; MoreFresh says that there are more.
	Fresh     int
	MoreFresh bool
	// Bound and Held are told to curators: see rugzak.Thread.
	Bound, Held bool
	// Kept: the reader can look at its versions.
	Kept bool
	said rugzak.Thread
}

// Empty reports whether there is nothing to show.
func (v ThreadView) Empty() bool { return v.said.Empty() }

// ThreadPart is the answer to one question, with what is quoted beside it.
type ThreadPart struct {
	Prompt rugzak.ThreadPrompt
	HTML   string
	Quotes []QuoteView
}

// QuoteView is a quote as it is shown: with function and organisation, never
// with a name.
type QuoteView struct {
	Entry        rugzak.EntryID
	Title        string
	Lang         rugzak.Lang
	Text         string
	Function     string
	Organisation rugzak.Organisation
	// Gone: the source was purged. Hidden: whoever mends the thread may no
	// longer read it; nothing of it is told.
	Gone, Hidden bool
}

// mostFresh is up to how many new entries are counted.
const mostFresh = 50

// newestThread is the newest version of the thread of a theme.
func newestThread(r rugzak.Reader, t rugzak.Theme) (rugzak.Thread, error) {
	x, err := r.Thread(t.ID)
	if isMissing(err) {
		return rugzak.ThreadOf(t), nil
	}
	return x, err
}

// showThread prepares a version for a reader who may see it: what of its
// sources they may not read, which only happens to who mends it, is left out.
func (n *names) showThread(by rugzak.Person, t rugzak.Theme, x rugzak.Thread) (ThreadView, error) {
	v := ThreadView{Number: x.Number, At: x.At, Words: x.Words(), said: x}
	if rugzak.CanCurate(by) {
		v.Bound, v.Held = x.Bound, x.Held
	}
	for _, s := range x.Sections {
		part := ThreadPart{Prompt: s.Prompt}
		for _, q := range s.Quotes {
			shown, err := n.showQuote(by, t, x, q)
			if err != nil {
				return v, err
			}
			part.Quotes = append(part.Quotes, shown)
		}
		v.Parts = append(v.Parts, part)
	}
	return v, nil
}

// showQuote prepares a quote of a version; what stands in a form, which has no
// number yet, is shown as it was written.
func (n *names) showQuote(by rugzak.Person, t rugzak.Theme, x rugzak.Thread, q rugzak.Quote) (QuoteView, error) {
	if q.Gone {
		return QuoteView{Gone: true}, nil
	}
	e, mine, err := look(n.reader, by, q.Entry)
	reads := err == nil
	if reads && x.Number > 0 {
		reads, err = stillSays(n.reader, by, e, mine, q)
	}
	if !reads && (err == nil || isMissing(err)) {
		if t.Reported && rugzak.CanHandlePrivacy(by) { // they must see what they decide on
			return QuoteView{Text: q.Text, Function: q.Function}, nil
		}
		return QuoteView{Hidden: true}, nil
	}
	return QuoteView{
		Entry: e.ID, Title: e.Title, Lang: e.Lang, Text: q.Text, Function: q.Say(e), Organisation: n.organisation(e.Organisation),
	}, err
}

// freshIn counts the entries of a theme that came after a moment, as far as the
// reader may read them.
func freshIn(r rugzak.Reader, by rugzak.Person, id rugzak.ThemeID, since time.Time) (count int, more bool, err error) {
	list := r.Entries(rugzak.ThemeList(id), "")
	if !by.IsMember() { // what is hidden from a partner must not cost time
		list = readable(r, by, "")
	}
	for e, err := range list {
		if err != nil || !e.ListedAt().After(since) {
			return count, false, err
		}
		if !e.State.Public() || !slices.Contains(e.Themes, id) || !rugzak.CanRead(by, e) {
			continue
		}
		if count == mostFresh {
			return count, true, nil
		}
		count++
	}
	return count, false, nil
}

// renderThread fills in the HTML, outside of the store. Each part has ids of its
// own, and its headings stand beneath the question.
func (s *Service) renderThread(ctx context.Context, v *ThreadView) error {
	html := func(name, text string) (string, error) {
		if text == "" {
			return "", nil
		}
		rendered, err := s.rendered(ctx, text, rugzak.Dutch)
		return beneath(rendered.HTML, fmt.Sprintf("draad-%d-%s-", v.Number, name)), err
	}
	var err error
	if v.IntroHTML, err = html("intro", v.said.Intro); err != nil {
		return err
	}
	for i, part := range v.Parts {
		if v.Parts[i].HTML, err = html(string(part.Prompt), v.said.Section(part.Prompt).Text); err != nil {
			return err
		}
	}
	return nil
}

// beneath is rendered text whose headings go beneath one of level 3, with ids
// of its own.
func beneath(html, own string) string {
	const prefix = "user-content-"
	return strings.NewReplacer(
		` id="`+prefix, ` id="`+prefix+own, ` href="#`+prefix, ` href="#`+prefix+own,
		"<h2", "<h4", "</h2>", "</h4>", "<h3", "<h5", "</h3>", "</h5>", "<h4", "<h6", "</h4>", "</h6>", "<h5", "<h6", "</h5>", "</h6>",
	).Replace(html)
}

// stillSays reports whether what is quoted stands in an entry as a reader of it
// may see it: as it is now, or in a revision that was meant for them too.
func stillSays(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, mine bool, q rugzak.Quote) (bool, error) {
	if mine || rugzak.Stands(q.Text, e) {
		return true, nil
	}
	revs, err := visibleRevisions(r, by, e, mine)
	return slices.ContainsFunc(revs, func(rev rugzak.Revision) bool { return rugzak.Stands(q.Text, rev.Entry) }), err
}

// readsQuote reports whether a reader may read what is quoted.
func readsQuote(r rugzak.Reader, by rugzak.Person, q rugzak.Quote) (bool, error) {
	e, mine, err := look(r, by, q.Entry)
	if err != nil {
		if isMissing(err) {
			err = nil
		}
		return false, err
	}
	return stillSays(r, by, e, mine, q)
}

// readsThread reports whether a reader may read every entry that a version of a
// common thread is made of and all that is quoted, and the thread itself once it
// was reported. One that is held waits for its curators.
func readsThread(r rugzak.Reader, by rugzak.Person, t rugzak.Theme, x rugzak.Thread) (bool, error) {
	if t.Reported { // privacy officers must see what they decide on
		return rugzak.CanReadThread(by, t), nil
	}
	if x.Held {
		return false, nil
	}
	for _, id := range x.Sources() {
		if _, err := sees(r, by, id); isMissing(err) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	for _, s := range x.Sections {
		for _, q := range s.Quotes {
			if q.Gone {
				continue
			}
			if reads, err := readsQuote(r, by, q); err != nil || !reads {
				return false, err
			}
		}
	}
	return true, nil
}

// seesThread is the newest version if the reader may see it, or mends it.
func seesThread(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (x rugzak.Thread, sees bool, err error) {
	if x, err = newestThread(r, t); err != nil || !rugzak.CanReadThread(by, t) {
		return x, false, err
	}
	if mends(by, t) {
		return x, true, nil
	}
	sees, err = readsThread(r, by, t, x)
	return x, sees, err
}

// threadFor fills in the common thread for a reader who may read every source
// of it, and tells curators which sources became too narrow.
func (s *Service) threadFor(n *names, by rugzak.Person, t rugzak.Theme, v *ThemeView) error {
	x, sees, err := seesThread(n.reader, by, t)
	if err != nil {
		return err
	}
	if sees && !x.Empty() {
		if v.Thread, err = n.showThread(by, t, x); err != nil {
			return err
		}
		v.Thread.Kept = by.IsMember() && x.Number > 0
		if v.Thread.Fresh, v.Thread.MoreFresh, err = freshIn(n.reader, by, t.ID, x.At); err != nil {
			return err
		}
	}
	if !rugzak.CanCurate(by) || !rugzak.CanReadThread(by, t) {
		return nil
	}
	v.ThreadHidden = !sees && !x.Empty() && !t.Reported // that is told to its curators only
	v.Narrow, err = s.narrowIn(n.reader, by, x.Sources(), t)
	if !sees { // which sources a thread has is part of it
		v.Narrow = slices.DeleteFunc(v.Narrow, func(x NarrowSource) bool { return x.Title == "" })
	}
	for i := range v.Narrow {
		if v.Narrow[i].Title == "" { // that there is one is told to who can mend it, not which
			v.Narrow[i].ID = ""
		}
	}
	return err
}

// Thread returns the common thread of a theme as a reader may see it; empty
// when there is none for them.
func (s *Service) Thread(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (ThreadView, error) {
	var v ThemeView
	err := s.view(ctx, "thread", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		return s.threadFor(n, by, t, &v)
	})
	if err != nil {
		return v.Thread, err
	}
	return v.Thread, s.renderThread(ctx, &v.Thread)
}
