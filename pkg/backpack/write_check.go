// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// checkShared applies the rules of a shared entry that need the store: the
// audience the author may choose, themes, drives and relations that exist and
// that the author may see. What stood there before may stay.
func (s *Service) checkShared(r rugzak.Reader, by rugzak.Person, e rugzak.Entry, in Input, before *rugzak.Entry) error {
	if err := e.Validate(); err != nil {
		return err
	}
	if before == nil {
		before = &rugzak.Entry{}
	}
	if err := s.checkThemes(r, by, in, *before); err != nil {
		return err
	}
	var p rugzak.Problems
	if rugzak.BlankBody(e.Body) && e.Lesson == "" { // a template nobody filled in
		p.Add("body", "error.body_required")
	}
	if err := checkOffered(r, by, e, *before, &p); err != nil {
		return err
	}
	attached, err := r.Attachments(e.ID)
	if err != nil {
		return err
	}
	attachmentsReady(attached, &p)
	if err := s.allMayCross(r, e, attached, &p); err != nil {
		return err
	}
	for _, rel := range e.Relations {
		if slices.Contains(before.Relations, rel) {
			continue
		}
		if _, err := sees(r, by, rel.To); isMissing(err) {
			p.Add("relations", "error.relation")
		} else if err != nil {
			return err
		}
	}
	if a := e.Application; a != nil && (before.Application == nil || before.Application.Lesson != a.Lesson) {
		if _, err := sees(r, by, a.Lesson); isMissing(err) {
			p.Add("application_lesson", "error.application_lesson")
		} else if err != nil {
			return err
		}
	}
	if q := e.Question; q != nil && q.BallWith != "" && (before.Question == nil || before.Question.BallWith != q.BallWith) {
		o, err := r.Organisation(q.BallWith)
		if isMissing(err) || err == nil && !rugzak.CanKnowOrganisation(by, o) {
			p.Add("question_ball_with", "error.choose")
		} else if err != nil {
			return err
		}
	}
	if err := checkWith(r, by, e, *before, &p); err != nil {
		return err
	}
	if err := p.Err(); err != nil {
		return err
	}
	return checkSources(r, by, *before, e)
}

// checkWith wants each organisation an entry newly names to be one its author
// may know.
func checkWith(r rugzak.Reader, by rugzak.Person, e, before rugzak.Entry, p *rugzak.Problems) error {
	for _, id := range e.With {
		if slices.Contains(before.With, id) {
			continue
		}
		o, err := r.Organisation(id)
		if err != nil && !isMissing(err) {
			return err
		}
		if err != nil || !rugzak.CanKnowOrganisation(by, o) {
			p.Add("with", "error.choose")
			break
		}
	}
	return nil
}

// checkOffered wants each organisation an entry is newly for to be one its
// author may choose.
func checkOffered(r rugzak.Reader, by rugzak.Person, e, before rugzak.Entry, p *rugzak.Problems) error {
	choices, err := audienceChoices(r, by, e.Organisation, e.OrganisationKind)
	if err != nil {
		return err
	}
	for _, o := range e.Audience.Also {
		if !choices.offers(o) && !slices.Contains(before.Audience.Also, o) {
			p.Add("audience", "error.audience.choice")
			break
		}
	}
	return nil
}

// checkThemes refuses newly ticked themes, drives and phases that are not there
// or not chosen any more.
func (s *Service) checkThemes(r rugzak.Reader, by rugzak.Person, in Input, before rugzak.Entry) error {
	var p rugzak.Problems
	for _, id := range in.Themes {
		if slices.Contains(in.ThemesShown, id) {
			continue
		}
		if t, err := r.Theme(id); isMissing(err) || err == nil && (!rugzak.CanReadTheme(by, t) || t.Closed) {
			p.Add("themes", "error.choose")
		} else if err != nil {
			return err
		}
	}
	m, err := r.Movement()
	if err != nil {
		return err
	}
	for _, d := range in.Drives {
		if drive, ok := m.Compass.Drive(d); !ok || drive.Closed && !slices.Contains(before.Drives, d) {
			p.Add("drives", "error.choose")
		}
	}
	if phase, ok := m.Phase(in.Phase); in.Phase != "" && (!ok || phase.Closed && in.Phase != before.Phase) {
		p.Add("phase", "error.choose")
	}
	return p.Err()
}
