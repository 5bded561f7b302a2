// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ProfileView is what one reader may know of a person: who they are, and why
// they take part where they said so. What somebody does is not in it.
type ProfileView struct {
	ID           rugzak.PersonID
	Name         string
	Organisation rugzak.Organisation
	Team         rugzak.Team // empty where the reader may not know it
	Why          string
	Own          bool
	WhyFor       AudienceWords // who else may read it; for the person only
}

// Profile returns the page of a person. Who may not be seen is not there.
func (s *Service) Profile(ctx context.Context, by rugzak.Person, id rugzak.PersonID) (ProfileView, error) {
	var v ProfileView
	if by.ID == "" {
		return v, mustSignIn()
	}
	err := s.view(ctx, "profile", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		p, missing := r.Person(id)
		if missing != nil && !isMissing(missing) {
			return missing
		}
		shown, err := n.showsItself(by, id, p.Organisation)
		if err != nil {
			return err
		}
		if missing != nil || !rugzak.CanSeeProfile(by, p, shown) {
			return rugzak.NotFound()
		}
		v = ProfileView{ID: p.ID, Name: p.Name, Organisation: n.organisation(p.Organisation), Own: p.ID == by.ID}
		if by.Organisation == p.Organisation || by.IsMember() && p.IsMember() {
			v.Team = n.team(p.Organisation, p.Team)
		}
		if rugzak.CanReadWhy(by, p) {
			v.Why = p.Why
		}
		if v.Own && p.Why != "" {
			v.WhyFor = n.whyFor(p)
		}
		return nil
	})
	return v, err
}

// whyFor says who may read why a person takes part, to that person.
func (n *names) whyFor(p rugzak.Person) AudienceWords {
	w := AudienceWords{Level: p.WhyLevel.Level, Organisation: n.organisation(p.Organisation)}
	if w.Level == rugzak.LevelDraft {
		w.Level, w.Draft = "", true
	}
	if w.Level == rugzak.LevelTeam {
		w.Team = n.team(p.Organisation, p.Team)
	}
	for _, id := range p.WhyLevel.Also {
		if id == rugzak.WholeMunicipality {
			w.WholeMunicipality = true
		} else {
			w.Also = append(w.Also, n.organisation(id))
		}
	}
	return w
}

// showsItself reports whether a partner meets the name of somebody in what they
// may read. For members it does not matter. It goes through what the partner may
// read, so that what it costs does not tell what is hidden.
func (n *names) showsItself(by rugzak.Person, id rugzak.PersonID, of rugzak.OrganisationID) (bool, error) {
	if by.IsMember() {
		return false, nil
	}
	r, shown := n.reader, false
	for e, err := range readable(r, by, "") {
		if err != nil {
			return false, err
		}
		if !e.State.Public() {
			continue
		}
		said, err := r.Responses(e.ID)
		if err != nil {
			return false, err
		}
		present, err := onThePage(r, by, e, said)
		if err != nil {
			return false, err
		}
		shown = shown || present[id]
		if e.Kind == rugzak.KindQuestion {
			inquiry, err := inquiryNames(r, e, id)
			if err != nil {
				return false, err
			}
			shown = shown || inquiry && n.mayName(by, of, e.Organisation)
		}
	}
	met, err := meetsWith(r, by, id)
	return shown || met && n.mayName(by, of), err
}

// meetsWith reports whether somebody lets others see that they come to a meeting
// that the reader may see.
func meetsWith(r rugzak.Reader, by rugzak.Person, id rugzak.PersonID) (bool, error) {
	met := false
	for _, list := range rugzak.SeenLists(by) {
		for m, err := range r.MeetingsFrom(list, "") {
			if err != nil {
				return false, err
			}
			if _, err := lookMeeting(r, by, m.ID); isMissing(err) {
				continue
			} else if err != nil {
				return false, err
			}
			p, err := r.Participation(id, meetingSubject(m.ID))
			if err != nil && !isMissing(err) {
				return false, err
			}
			met = met || err == nil && p.ShowName
		}
	}
	return met, nil
}

// inquiryNames reports whether somebody leads a question, put their name to an
// experiment, or lets others see that they take part.
func inquiryNames(r rugzak.Reader, e rugzak.Entry, id rugzak.PersonID) (bool, error) {
	i, err := r.Inquiry(e.ID)
	if err != nil && !isMissing(err) {
		return false, err
	}
	named := err == nil && i.Lead == id || slices.ContainsFunc(i.Experiments, func(x rugzak.Experiment) bool { return x.Person == id })
	p, err := r.Participation(id, rugzak.Subject(rugzak.EntrySubject(e.ID)))
	if isMissing(err) {
		return named, nil
	}
	return named || err == nil && p.Way == rugzak.WayDo && p.ShowName, err
}

// Writer is a name under an entry. Profile is empty where no page of that
// person is to be seen.
type Writer struct {
	Name    string
	Profile rugzak.PersonID
}

// writers are the names under an entry that the reader may see, with their
// pages.
func (n *names) writers(by rugzak.Person, e rugzak.Entry) []Writer {
	if e.Mode != rugzak.ByName {
		return nil
	}
	var out []Writer
	for _, id := range e.Authors {
		if w := n.writer(by, id); w.Name != "" {
			out = append(out, w)
		}
	}
	return out
}

// writer is one name that the reader meets in what they may read.
func (n *names) writer(by rugzak.Person, id rugzak.PersonID) Writer {
	w := Writer{Name: n.person(id)}
	if p, err := n.reader.Person(id); err == nil && rugzak.CanSeeProfile(by, p, true) {
		w.Profile = id
	}
	return w
}

// WhyChoices is what a person may choose for who reads why they take part: also
// nobody but themselves.
func (s *Service) WhyChoices(ctx context.Context, by rugzak.Person) (FormChoices, error) {
	c, err := s.FormChoices(ctx, by)
	c.Audience.Levels = slices.Concat([]rugzak.Level{rugzak.LevelDraft}, c.Audience.Levels)
	return c, err
}

// WhyInput is what the form of "Waarom stap ik in?" holds. An empty text takes
// it away.
type WhyInput struct {
	Why      string
	Level    rugzak.Audience
	Reviewed bool
}

// SetWhy lets people say, in their own words and to whom they choose, why they
// take part.
func (s *Service) SetWhy(ctx context.Context, by rugzak.Person, in WhyInput, base int) error {
	in.Why = rugzak.Line(in.Why)
	if in.Why == "" {
		in.Level = rugzak.Audience{}
	}
	if err := s.refuseNumbers(field{"why", in.Why}); err != nil {
		return err
	}
	_, err := s.update(ctx, "why", func(w rugzak.Writer) error {
		p, err := w.Person(by.ID)
		if err != nil {
			return err
		}
		if p.Version != base {
			return rugzak.Conflict()
		}
		o, err := w.Organisation(p.Organisation)
		if err != nil {
			return err
		}
		before := p
		p.Why, p.WhyLevel = in.Why, in.Level.Clean(p.Organisation)
		if err := p.Validate(o); err != nil {
			return err
		}
		if err := s.checkWhy(w, before, p, in.Reviewed); err != nil {
			return err
		}
		return s.savePerson(w, by, p, base)
	})
	return err
}

// checkWhy refuses readers that are not on offer, and personal data as in
// entries.
func (s *Service) checkWhy(r rugzak.Reader, before, p rugzak.Person, reviewed bool) error {
	offered, err := audienceChoices(r, p, p.Organisation, p.Kind)
	if err != nil {
		return err
	}
	for _, id := range p.WhyLevel.Also {
		if !offered.offers(id) && !slices.Contains(before.WhyLevel.Also, id) {
			var ps rugzak.Problems
			ps.Add("audience", "error.audience.choice")
			return ps.Err()
		}
	}
	kinds, err := kindsOf(r)
	if err != nil {
		return err
	}
	crosses := p.WhyCrosses(kinds)
	return s.checkLine(r, field{"why", p.Why}, crosses, reviewed || p.Why == before.Why)
}

// checkLine holds a short text to the rules of entries: what identifies a
// person goes to no other organisation, and anything else wants that its writer
// says to have looked at it.
func (s *Service) checkLine(r rugzak.Reader, text field, crosses, reviewed bool) error {
	known, err := knownTo(r)
	if err != nil {
		return err
	}
	found := s.inspectWith(known, []field{text}, nil)
	if crosses {
		if err := refusePartners(found); err != nil {
			return err
		}
	}
	if reviewed {
		return nil
	}
	return wantReview(found)
}

// CheckLine lists what in a short text of a form may be personal data. It
// stores nothing.
func (s *Service) CheckLine(ctx context.Context, by rugzak.Person, name, text string) ([]Found, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	found, err := s.inspect(ctx, []field{{name, rugzak.Line(text)}}, nil)
	return shownFindings(found), err
}
