// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
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

// checkThread refuses a common thread that would be shared wider than what it
// quotes. A thread and readers that stay as they were may: reading follows the
// rule at every moment.
func checkThread(r rugzak.Reader, by rugzak.Person, before, t rugzak.Theme) error {
	if t.Thread == before.Thread && !before.Audience.NarrowerThan(t.Audience) {
		return nil
	}
	narrow, err := narrowSources(r, by, rugzak.Quotes(t.Thread), rugzak.ThemeTokens(t))
	if err != nil {
		return err
	}
	return tooWide("thread", narrow)
}

// readsThread reports whether a reader may read every entry that a common
// thread quotes, and the thread itself once it was reported.
func readsThread(r rugzak.Reader, by rugzak.Person, t rugzak.Theme) (bool, error) {
	if t.Reported { // privacy officers must see what they decide on
		return rugzak.CanReadThread(by, t), nil
	}
	for _, id := range rugzak.Quotes(t.Thread) {
		if _, err := sees(r, by, id); isMissing(err) {
			return false, nil
		} else if err != nil {
			return false, err
		}
	}
	return true, nil
}

// mends reports whether somebody keeps seeing a thread whose sources became too
// narrow: who made the theme can put it right.
func mends(by rugzak.Person, t rugzak.Theme) bool {
	return rugzak.CanCurate(by) && slices.Contains(t.Curators, by.ID)
}

// threadFor fills in the common thread for a reader who may read every source
// of it, and tells curators which sources became too narrow.
func threadFor(r rugzak.Reader, by rugzak.Person, t rugzak.Theme, v *ThemeView) error {
	if !rugzak.CanReadThread(by, t) {
		return nil
	}
	reads, err := readsThread(r, by, t)
	if err != nil {
		return err
	}
	if reads || mends(by, t) {
		v.Theme.Thread = t.Thread
	}
	if !rugzak.CanCurate(by) {
		return nil
	}
	hidden := v.Theme.Thread != t.Thread
	v.ThreadHidden = hidden && !t.Reported // that is told to its curators only
	v.Narrow, err = narrowSources(r, by, rugzak.Quotes(t.Thread), rugzak.ThemeTokens(t))
	if hidden { // which sources a thread has is part of it
		v.Narrow = slices.DeleteFunc(v.Narrow, func(n NarrowSource) bool { return n.Title == "" })
	}
	return err
}

// keptThread is the thread to store: a curator who does not see the thread that
// is there, and leaves the field empty, leaves it as it is.
func keptThread(r rugzak.Reader, by rugzak.Person, before rugzak.Theme, typed string) (string, error) {
	if typed != "" || before.Thread == "" || mends(by, before) {
		return typed, nil
	}
	reads, err := readsThread(r, by, before)
	if err != nil || reads {
		return typed, err
	}
	return before.Thread, nil
}

// NarrowSources lists which entries the form of a theme quotes that fewer may
// read than the theme.
func (s *Service) NarrowSources(ctx context.Context, by rugzak.Person, in ThemeInput) ([]NarrowSource, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []NarrowSource
	err := s.view(ctx, "narrow sources", func(r rugzak.Reader) (err error) {
		t := rugzak.Theme{Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: in.Also}.Clean("")}
		out, err = narrowSources(r, by, rugzak.Quotes(rugzak.Newlines(in.Thread)), rugzak.ThemeTokens(t))
		return err
	})
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
