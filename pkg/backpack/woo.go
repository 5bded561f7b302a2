// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// WooCount is how much a selection holds.
type WooCount struct{ Entries, Nameless, Partners int }

// wooStep is how many entries are read at a time.
const wooStep = 100

// WooPreview counts what a selection holds.
func (s *Service) WooPreview(ctx context.Context, by rugzak.Person, sel rugzak.WooSelection) (WooCount, error) {
	var out WooCount
	err := s.eachWoo(ctx, by, sel, func(n *names, e rugzak.Entry, _ []rugzak.Response) {
		out.Entries++
		if e.Mode == rugzak.Anonymous {
			out.Nameless++
		}
		if slices.ContainsFunc(e.Audience.Also, func(o rugzak.OrganisationID) bool { return n.organisation(o).Kind == rugzak.Partner }) {
			out.Partners++
		}
	}, nil)
	return out, err
}

// WooExport passes the entries of a selection, the oldest first, with the
// places somebody must look at before anything is made public. A privacy
// officer gets what they may read, whoever holds the data all that is shared.
// That it was taken out is written down first.
func (s *Service) WooExport(ctx context.Context, by rugzak.Person, sel rugzak.WooSelection, each func(rugzak.WooEntry) error) error {
	if err := mayWoo(by, sel); err != nil {
		return err
	}
	if err := s.noteExport(ctx, by, rugzak.ExportWoo); err != nil {
		return err
	}
	var known rugzak.Known
	err := s.view(ctx, "privacy settings", func(r rugzak.Reader) (err error) {
		known, err = knownTo(r)
		return err
	})
	if err != nil {
		return err
	}
	var batch []rugzak.WooEntry
	number := 0
	return s.eachWoo(ctx, by, sel, func(n *names, e rugzak.Entry, said []rugzak.Response) {
		number++
		w := rugzak.WooEntry{
			Number: number, Entry: e, Organisation: n.organisation(e.Organisation).Name, Authors: n.authors(e), MonthOnly: e.Mode == rugzak.Anonymous,
		}
		w.Municipality, w.Readers = n.wooReaders(e)
		w.Responses = n.wooResponses(said)
		batch = append(batch, w)
	}, func() error {
		for _, w := range batch {
			if err := s.wooWithFiles(ctx, by, known, w, each); err != nil {
				return err
			}
		}
		batch = nil
		return nil
	})
}

// wooReaders names who could read an entry.
func (n *names) wooReaders(e rugzak.Entry) (municipality bool, readers []string) {
	switch e.Audience.Level {
	case rugzak.LevelTeam:
		readers = append(readers, n.team(e.Organisation, e.Team).Name)
	case rugzak.LevelOrganisation:
		readers = append(readers, n.organisation(e.Organisation).Name)
	case rugzak.LevelInternal:
		municipality = true
	}
	for _, id := range e.Audience.Also {
		if id == rugzak.WholeMunicipality {
			municipality = true
		} else {
			readers = append(readers, n.organisation(id).Name)
		}
	}
	return municipality, readers
}

func mayWoo(by rugzak.Person, sel rugzak.WooSelection) error {
	if !rugzak.CanHandlePrivacy(by) && by.ID != Operator().ID {
		return rugzak.Forbidden("error.privacy_only")
	}
	return sel.Validate()
}

// eachWoo looks at the entries of a selection, oldest first. take is called in
// a reading of the store, between outside of one.
func (s *Service) eachWoo(ctx context.Context, by rugzak.Person, sel rugzak.WooSelection, take func(*names, rugzak.Entry, []rugzak.Response), between func() error) error {
	if err := mayWoo(by, sel); err != nil {
		return err
	}
	ids, err := s.wooIDs(ctx, by, sel)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(ids, wooStep) {
		err := s.view(ctx, "woo selection", func(r rugzak.Reader) error {
			n, err := readNames(r, by)
			if err != nil {
				return err
			}
			for _, id := range part {
				e, err := r.Entry(id)
				if isMissing(err) {
					continue
				}
				if err != nil {
					return err
				}
				if fits, err := wooFits(r, by, sel, e); err != nil || !fits {
					if err != nil {
						return err
					}
					continue
				}
				said, err := wooSaid(r, by, id)
				if err != nil {
					return err
				}
				audience := e.Audience // told: the selection says who could read it
				e = n.shown(by, e, false)
				e.Audience = audience
				take(n, e, said)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if between != nil {
			if err := between(); err != nil {
				return err
			}
		}
	}
	return nil
}

// wooIDs lists the entries of a selection, oldest first by the moment that is
// told: one without name stands at the beginning of its month, so that its
// number does not tell between which days it was shared.
func (s *Service) wooIDs(ctx context.Context, by rugzak.Person, sel rugzak.WooSelection) (ids []rugzak.EntryID, err error) {
	type place struct {
		at time.Time
		id rugzak.EntryID
	}
	var found []place
	err = s.view(ctx, "woo selection", func(r rugzak.Reader) error {
		for e, err := range r.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			fits, err := wooFits(r, by, sel, e)
			if err != nil {
				return err
			}
			if fits {
				found = append(found, place{shownAt(e), e.ID})
			}
		}
		return nil
	})
	slices.SortFunc(found, func(a, b place) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	for _, f := range found {
		ids = append(ids, f.id)
	}
	return ids, err
}

// wooFits reports whether an entry is shared, of the selection, and readable
// for whoever selects. Drafts and withdrawn entries never are: they belong to
// their author alone.
func wooFits(r rugzak.Reader, by rugzak.Person, sel rugzak.WooSelection, e rugzak.Entry) (bool, error) {
	month := wooMonth(e.SharedAt)
	if !e.State.Public() || e.Sample || month < sel.From || month > sel.To {
		return false, nil
	}
	if len(sel.Themes) > 0 && !slices.ContainsFunc(sel.Themes, func(t rugzak.ThemeID) bool { return slices.Contains(e.Themes, t) }) {
		return false, nil
	}
	if by.ID == Operator().ID || rugzak.CanRead(by, e) {
		return true, nil
	}
	return isMine(r, by, e)
}

// wooMonth is the month in which an entry was shared.
func wooMonth(at time.Time) string { return at.UTC().Format("2006-01") }

// wooMarks lists the places in an entry that must be looked at.
func (s *Service) wooMarks(known rugzak.Known, w rugzak.WooEntry) []rugzak.WooMark {
	var marks []rugzak.WooMark
	for range w.Authors {
		marks = append(marks, rugzak.WooMark{Class: rugzak.WooAuthor, Field: "author"})
	}
	in := s.InputOf(w.Entry)
	texts := in.texts()
	for _, f := range s.inspectWith(known, texts, in.NotBSN) {
		marks = append(marks, rugzak.WooMark{Class: string(f.Class), Field: f.Field, Line: f.Line, At: column(texts, f)})
	}
	if w.Entry.Lesson != "" {
		marks = append(marks, rugzak.WooMark{Class: rugzak.WooReflection, Field: "lesson"})
	}
	_, parts := rugzak.SplitReflection(w.Entry.Body, "")
	for _, p := range parts {
		marks = append(marks, rugzak.WooMark{Class: rugzak.WooReflection, Field: "body", Line: p.First})
	}
	return append(append(marks, s.wooResponseMarks(known, w.Responses)...), s.wooAttachmentMarks(known, w)...)
}

// column is how many characters stand before a finding in its line.
func column(texts []field, f Found) int {
	for _, t := range texts {
		if t.Name == f.Field && f.End <= len(t.Text) && t.Text[f.Start:f.End] == f.Match {
			return utf8.RuneCountInString(t.Text[strings.LastIndexByte(t.Text[:f.Start], '\n')+1 : f.Start])
		}
	}
	return 0
}

// ThemeNamed finds a theme by id or title, for the command line.
func (s *Service) ThemeNamed(ctx context.Context, by rugzak.Person, name string) (id rugzak.ThemeID, err error) {
	if !rugzak.CanAdminister(by) {
		return "", rugzak.Forbidden("error.administrators_only")
	}
	err = s.view(ctx, "theme by name", func(r rugzak.Reader) error {
		themes, err := r.Themes()
		if err != nil {
			return err
		}
		for _, t := range themes {
			if string(t.ID) == name || byName(t.Title, name) == 0 {
				id = t.ID
				return nil
			}
		}
		return &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.theme_unknown"}
	})
	return id, err
}
