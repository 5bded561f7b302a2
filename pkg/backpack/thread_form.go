// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ThreadDraft is what somebody writes a common thread from.
type ThreadDraft struct {
	Theme rugzak.Theme
	// Thread is the newest version as far as the writer may see it: without what
	// was quoted of sources that are gone or no longer for them.
	Thread rugzak.Thread
	// Hidden: there is a thread they do not see. Lost: quotes were left out.
	Hidden, Lost bool
	Sources      []ThreadSource
	Narrow       []NarrowSource
}

// ThreadSource is an entry that can be quoted.
type ThreadSource struct {
	ID           rugzak.EntryID
	Title        string
	Lang         rugzak.Lang
	Kind         rugzak.Kind
	Organisation string
	Nameless     bool // no function stands beside what is quoted of it
}

// mostSources is how many entries of a theme can be chosen from, the newest.
const mostSources = 200

// ThreadToWrite is what the form of a common thread is filled with.
func (s *Service) ThreadToWrite(ctx context.Context, by rugzak.Person, id rugzak.ThemeID) (ThreadDraft, error) {
	var d ThreadDraft
	if !rugzak.CanCurate(by) {
		return d, rugzak.Forbidden("error.curators_only")
	}
	err := s.view(ctx, "thread to write", func(r rugzak.Reader) error {
		d = ThreadDraft{}
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanReadThread(by, t) {
			return rugzak.Forbidden("error.thread_reported")
		}
		d.Theme = shownTheme(by, t)
		x, sees, err := seesThread(r, by, t)
		if err != nil {
			return err
		}
		if d.Hidden = !sees && !x.Empty(); d.Hidden {
			x = rugzak.Thread{Theme: x.Theme, Number: x.Number, At: x.At}
		}
		if d.Thread, d.Lost, err = mendable(r, by, x); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if d.Sources, err = n.sourcesIn(by, id, d.Thread); err != nil {
			return err
		}
		d.Narrow, err = s.narrowIn(r, by, d.Thread.Sources(), t)
		return err
	})
	return d, err
}

// mendable leaves out of a thread what its writer may not quote again.
func mendable(r rugzak.Reader, by rugzak.Person, x rugzak.Thread) (out rugzak.Thread, lost bool, err error) {
	out = x.Clone()
	for i, s := range out.Sections {
		out.Sections[i].Quotes = slices.DeleteFunc(s.Quotes, func(q rugzak.Quote) bool {
			if err != nil {
				return false
			}
			var reads bool
			if !q.Gone {
				reads, err = readsQuote(r, by, q)
			}
			gone := err == nil && !reads
			lost = lost || gone
			return gone
		})
	}
	return out, lost, err
}

// sourcesIn lists what can be quoted: the entries of a theme that its curator
// may read, and what is quoted already.
func (n *names) sourcesIn(by rugzak.Person, id rugzak.ThemeID, x rugzak.Thread) ([]ThreadSource, error) {
	var out []ThreadSource
	add := func(e rugzak.Entry) {
		if !slices.ContainsFunc(out, func(o ThreadSource) bool { return o.ID == e.ID }) {
			out = append(out, ThreadSource{
				ID: e.ID, Title: e.Title, Lang: e.Lang, Kind: e.Kind, Organisation: n.organisation(e.Organisation).Name, Nameless: e.Mode == rugzak.Anonymous,
			})
		}
	}
	for e, err := range n.reader.Entries(rugzak.ThemeList(id), "") {
		if err != nil {
			return nil, err
		}
		if !e.State.Public() || !rugzak.CanRead(by, e) {
			continue
		}
		if add(e); len(out) == mostSources {
			break
		}
	}
	for _, s := range x.Sections {
		for _, q := range s.Quotes {
			e, _, err := look(n.reader, by, q.Entry)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			add(e)
		}
	}
	return out, nil
}

// PreviewThread shows the form of a thread as its writer would see it.
func (s *Service) PreviewThread(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, in ThreadInput) (ThreadView, error) {
	var v ThreadView
	if !rugzak.CanCurate(by) {
		return v, rugzak.Forbidden("error.curators_only")
	}
	x := in.clean().thread(id)
	if err := s.renders(ctx, x); err != nil {
		return v, err
	}
	err := s.view(ctx, "thread as it will look", func(r rugzak.Reader) error {
		t, err := lookTheme(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v, err = n.showThread(by, t, x)
		return err
	})
	if err != nil {
		return v, err
	}
	return v, s.renderThread(ctx, &v)
}
