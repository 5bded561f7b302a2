// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// NarrowSource is an entry that fewer people may read than the text made of it.
// Title is empty for one the asker may not see, or that is not there.
type NarrowSource struct {
	ID    rugzak.EntryID
	Title string
	Lang  rugzak.Lang
	Mine  bool
	// Asking is what became of the question to its author whether more may read
	// it, when this one asked. CanAsk: they may ask now.
	Asking rugzak.WideningState
	CanAsk bool
}

// kindsOf tells the kinds of organisations.
func kindsOf(r rugzak.Reader) (func(rugzak.OrganisationID) rugzak.OrganisationKind, error) {
	all, err := r.Organisations()
	kinds := make(map[rugzak.OrganisationID]rugzak.OrganisationKind, len(all))
	for _, o := range all {
		kinds[o.ID] = o.Kind
	}
	return func(id rugzak.OrganisationID) rugzak.OrganisationKind { return kinds[id] }, err
}

// narrowSources lists which sources do not let in everybody whom the tokens of
// a text let in. Hidden and absent sources are alike, and too narrow.
func narrowSources(r rugzak.Reader, by rugzak.Person, sources []rugzak.EntryID, tokens []string) ([]NarrowSource, error) {
	if len(sources) == 0 || len(tokens) == 0 {
		return nil, nil
	}
	kind, err := kindsOf(r)
	if err != nil {
		return nil, err
	}
	var out []NarrowSource
	for _, id := range sources {
		e, mine, err := look(r, by, id)
		switch {
		case isMissing(err):
			out = append(out, NarrowSource{ID: id})
		case err != nil:
			return nil, err
		case !rugzak.Covers(e, tokens, kind):
			out = append(out, NarrowSource{ID: id, Title: e.Title, Lang: e.Lang, Mine: mine})
		}
	}
	return out, nil
}

// tooWide is a field error for each source that is too narrow.
func tooWide(fieldName string, narrow []NarrowSource) error {
	var p rugzak.Problems
	for _, n := range narrow {
		if n.Title == "" {
			p.Add(fieldName, "error.source.hidden", string(n.ID))
		} else {
			p.Add(fieldName, "error.source.narrow", n.Title)
		}
	}
	return p.Err()
}

// checkThread refuses a theme that would be shown to more people while its
// common thread quotes what not all of them may read. A thread that is bound is
// shown to who may read its sources, whoever sees the theme.
func (s *Service) checkThread(r rugzak.Reader, by rugzak.Person, before, t rugzak.Theme) error {
	if before.ID == "" || !before.Audience.NarrowerThan(t.Audience) {
		return nil
	}
	x, err := newestThread(r, before)
	if err != nil {
		return err
	}
	known, err := knownTo(r)
	if err != nil {
		return err
	}
	if err := renameField(refusePartners(s.inspectWith(known, threadTexts(x), x.NotBSN)), "audience"); err != nil || x.Bound {
		return err
	}
	narrow, err := narrowSources(r, by, x.Sources(), rugzak.ThemeTokens(t))
	if err != nil {
		return err
	}
	return tooWide("audience", narrow)
}

// mends reports whether somebody keeps seeing a thread whose sources became too
// narrow: who made the theme can put it right.
func mends(by rugzak.Person, t rugzak.Theme) bool {
	return rugzak.CanCurate(by) && slices.Contains(t.Curators, by.ID)
}

// narrowIn lists which sources of a thread fewer may read than see its theme,
// and whether the reader may ask their authors.
func (s *Service) narrowIn(r rugzak.Reader, by rugzak.Person, sources []rugzak.EntryID, t rugzak.Theme) ([]NarrowSource, error) {
	out, err := narrowSources(r, by, sources, rugzak.ThemeTokens(t))
	for i, n := range out {
		if err != nil {
			return nil, err
		}
		if n.Title != "" && !n.Mine {
			out[i].Asking, out[i].CanAsk, err = s.consent(r, by, n.ID, t)
		}
	}
	return out, err
}

// checkSources refuses an insight that would be shared wider than what it says
// it is based on, and an application that would be shared wider than its lesson,
// when that is new or when somebody newly reads it. before is empty for a new
// one.
func checkSources(r rugzak.Reader, by rugzak.Person, before, e rugzak.Entry) error {
	if err := checkLesson(r, before, e); err != nil {
		return err
	}
	sources := e.Sources()
	tokens := rugzak.AudienceTokens(e)
	had := rugzak.AudienceTokens(before)
	wider := slices.ContainsFunc(tokens, func(t string) bool { return !slices.Contains(had, t) })
	if !wider {
		old := before.Sources()
		sources = slices.DeleteFunc(sources, func(id rugzak.EntryID) bool { return slices.Contains(old, id) })
	}
	narrow, err := narrowSources(r, by, sources, tokens)
	if err != nil {
		return err
	}
	return tooWide("audience", narrow)
}
