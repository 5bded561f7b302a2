// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// Applying is what the form begins with in which somebody tells that they used
// a lesson.
type Applying struct {
	Title string // of the lesson
	Lang  rugzak.Lang
	// Audience is that of the lesson, as far as the writer may choose it and
	// may know of it.
	Audience     rugzak.Audience
	Organisation rugzak.Organisation // the writer's
	// Fewer: not all readers of the lesson read an application with that
	// audience, or the writer may not know whether they do.
	Fewer bool
}

// Applying prepares the telling of how a lesson was used.
func (s *Service) Applying(ctx context.Context, by rugzak.Person, lesson rugzak.EntryID) (Applying, error) {
	var a Applying
	err := s.view(ctx, "apply lesson", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, lesson)
		if err != nil {
			return err
		}
		if !rugzak.CanPost(by) {
			return rugzak.Forbidden("error.may_not_post")
		}
		if !e.State.Public() || e.Kind == rugzak.KindQuestion {
			return rugzak.Forbidden("error.keep_shared_only")
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		a = Applying{Title: e.Title, Lang: e.Lang, Organisation: n.organisation(by.Organisation)}
		if a.Audience, err = n.audienceLike(by, e, mine); err != nil {
			return err
		}
		// A partner may not learn who else reads the lesson.
		a.Fewer = !by.IsMember() || !rugzak.Covers(applicationFor(by, a.Audience), rugzak.AudienceTokens(e), n.kind)
		return nil
	})
	return a, err
}

// audienceLike is the audience of a lesson for an application of it: the widest
// that the writer may choose and that lets in nobody who may not read the
// lesson. Organisations the writer does not know of are left out.
func (n *names) audienceLike(by rugzak.Person, lesson rugzak.Entry, mine bool) (rugzak.Audience, error) {
	choices, err := audienceChoices(n.reader, by, by.Organisation, by.Kind)
	if err != nil {
		return rugzak.Audience{}, err
	}
	fits := func(a rugzak.Audience) bool {
		tokens := rugzak.AudienceTokens(applicationFor(by, a))
		return len(tokens) > 0 && rugzak.Covers(lesson, tokens, n.kind)
	}
	a := rugzak.Audience{Level: choices.Levels[0]} // the narrowest
	for _, level := range choices.Levels {
		if wider := (rugzak.Audience{Level: level}); fits(wider) {
			a = wider
		}
	}
	if !fits(a) { // its author alone reads the lesson by their name
		return a, nil
	}
	words := n.audience(by, lesson, mine)
	also := []rugzak.OrganisationID{lesson.Organisation}
	for _, o := range words.Also {
		also = append(also, o.ID)
	}
	if words.WholeMunicipality || by.Kind == rugzak.Partner {
		also = append(also, rugzak.WholeMunicipality)
	}
	for _, o := range also {
		if o == by.Organisation || !choices.offers(o) || a.Level == rugzak.LevelInternal && n.kind(o) == rugzak.Department {
			continue
		}
		if wider := (rugzak.Audience{Level: a.Level, Also: append(slices.Clone(a.Also), o)}); fits(wider) {
			a = wider
		}
	}
	if slices.Contains(a.Also, rugzak.WholeMunicipality) {
		a.Also = slices.DeleteFunc(a.Also, func(o rugzak.OrganisationID) bool { return n.kind(o) == rugzak.Department })
	}
	return a.Clean(by.Organisation), nil
}

// applicationFor is what the rule of entries sees of an application by a person.
func applicationFor(by rugzak.Person, a rugzak.Audience) rugzak.Entry {
	return rugzak.Entry{State: rugzak.StateShared, Audience: a, Organisation: by.Organisation, OrganisationKind: by.Kind, Team: by.Team}
}

// checkLesson refuses an application for somebody who may not read its lesson,
// when that is new or when somebody newly reads the application. before is empty
// for a new one.
func checkLesson(r rugzak.Reader, before, e rugzak.Entry) error {
	if e.Application == nil || e.Application.Lesson == "" {
		return nil
	}
	tokens, had := rugzak.AudienceTokens(e), rugzak.AudienceTokens(before)
	same := before.Application != nil && before.Application.Lesson == e.Application.Lesson
	if same && !slices.ContainsFunc(tokens, func(t string) bool { return !slices.Contains(had, t) }) {
		return nil
	}
	lesson, err := r.Entry(e.Application.Lesson)
	if err != nil && !isMissing(err) {
		return err
	}
	kind, kerr := kindsOf(r)
	if kerr != nil {
		return kerr
	}
	if err == nil && rugzak.Covers(lesson, tokens, kind) {
		return nil
	}
	var p rugzak.Problems
	p.Add("audience", "error.application_wider")
	return p.Err()
}
