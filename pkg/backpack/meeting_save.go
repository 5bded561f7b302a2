// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// MeetingInput is what the form of a meeting holds.
type MeetingInput struct {
	Title, Day, Start, End, Place string
	Entry                         rugzak.EntryID
	Theme                         rugzak.ThemeID
	Method                        rugzak.EntryID // by which it is done; may be empty
	Organisations                 []rugzak.OrganisationID
	Reviewed                      bool
	Key                           string // sending the form twice makes one meeting
}

// MeetingChoices is what the form of a meeting offers.
type MeetingChoices struct {
	About *Card
	Theme *rugzak.Theme
	Whole bool // all departments as one choice
	// Organisations that may be invited, one's own among them.
	Departments, Partners []rugzak.Organisation
	// Methods it can be done by, and Themes it can be about, for a new one that is
	// about nothing in particular.
	Methods []LetterChoice
	Themes  []rugzak.Theme
}

// mostMeetingMethods is how many methods are offered, of the entries looked at.
const (
	mostMeetingMethods = 100
	meetingLooked      = 2000
)

func (c MeetingChoices) offers(id rugzak.OrganisationID) bool {
	if id == rugzak.WholeMunicipality {
		return c.Whole
	}
	return slices.ContainsFunc(slices.Concat(c.Departments, c.Partners), func(o rugzak.Organisation) bool { return o.ID == id })
}

// mayMeetAbout decides who makes a meeting: facilitators and the core team
// about anything they may read; about a question also who wrote it and who
// leads or takes part in it; about a theme also who takes part.
func mayMeetAbout(r rugzak.Reader, by rugzak.Person, entry rugzak.EntryID, theme rugzak.ThemeID) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	joined := false
	switch {
	case entry != "":
		e, mine, err := look(r, by, entry)
		if err != nil {
			return err
		}
		if e.Kind != rugzak.KindQuestion || !e.State.Public() {
			return rugzak.Forbidden("error.meeting_question")
		}
		if joined = mine; !joined {
			if joined, err = worksOn(r, by, entry); err != nil {
				return err
			}
		}
	case theme != "":
		if _, err := lookTheme(r, by, theme); err != nil {
			return err
		}
		var err error
		if joined, err = takesPart(r, by, rugzak.Subject(rugzak.ThemeSubject(theme))); err != nil {
			return err
		}
	}
	if !joined && !rugzak.CanCurate(by) {
		return rugzak.Forbidden("error.meeting_makers")
	}
	return nil
}

// mayPlan is mayMeetAbout for a form that was sent: what is not there and what
// is not theirs to plan give the same answer, beside the form.
func mayPlan(r rugzak.Reader, by rugzak.Person, in MeetingInput) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	err := mayMeetAbout(r, by, in.Entry, in.Theme)
	if code := rugzak.CodeOf(err); err != nil && (code == rugzak.CodeForbidden || code == rugzak.CodeNotFound) {
		var p rugzak.Problems
		p.Add("title", "error.meeting_makers")
		return p.Err()
	}
	return err
}

// MeetingChoices lists whom a person may invite to a meeting about an entry, a
// theme or nothing in particular: those who may see what it is about.
func (s *Service) MeetingChoices(ctx context.Context, by rugzak.Person, entry rugzak.EntryID, theme rugzak.ThemeID) (MeetingChoices, error) {
	var c MeetingChoices
	err := s.view(ctx, "meeting choices", func(r rugzak.Reader) error {
		if err := mayMeetAbout(r, by, entry, theme); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		c, err = n.meetingChoices(by, entry, theme)
		return err
	})
	return c, err
}

func (n *names) meetingChoices(by rugzak.Person, entry rugzak.EntryID, theme rugzak.ThemeID) (MeetingChoices, error) {
	var c MeetingChoices
	sees := func(rugzak.Person) bool { return true }
	if entry != "" {
		e, mine, err := look(n.reader, by, entry)
		if err != nil {
			return c, err
		}
		card := n.card(by, e, mine).Card
		c.About = &card
		sees = func(p rugzak.Person) bool { return rugzak.CanRead(p, e) }
	}
	if theme != "" {
		t, err := lookTheme(n.reader, by, theme)
		if err != nil {
			return c, err
		}
		c.Theme = &t
		sees = func(p rugzak.Person) bool { return rugzak.CanReadTheme(p, t) }
	}
	offered, err := audienceChoices(n.reader, by, by.Organisation, by.Kind)
	if err != nil {
		return c, err
	}
	// Somebody of an organisation, without a team: what they see, all do.
	anybody := func(o rugzak.Organisation) rugzak.Person {
		return rugzak.Person{ID: "anybody", Organisation: o.ID, Kind: o.Kind}
	}
	c.Whole = sees(anybody(rugzak.Organisation{ID: rugzak.WholeMunicipality, Kind: rugzak.Department}))
	for _, o := range append(slices.Concat(offered.Departments, offered.Partners), n.organisation(by.Organisation)) {
		switch {
		case o.ID != by.Organisation && !sees(anybody(o)):
		case o.Kind == rugzak.Department:
			c.Departments = append(c.Departments, o)
		default:
			c.Partners = append(c.Partners, o)
		}
	}
	sortOrganisations(c.Departments)
	sortOrganisations(c.Partners)
	return c, n.meetingMethods(by, entry, theme, &c)
}

// meetingMethods fills in the methods a meeting can be done by, the newest ones,
// by title, and the themes it can be about.
func (n *names) meetingMethods(by rugzak.Person, entry rugzak.EntryID, theme rugzak.ThemeID, c *MeetingChoices) error {
	for e, err := range atMost(readable(n.reader, by, ""), meetingLooked) {
		if err != nil {
			return err
		}
		if len(c.Methods) == mostMeetingMethods {
			break
		}
		if isMeetingMethod(by, e) {
			c.Methods = append(c.Methods, LetterChoice{ID: e.ID, Title: e.Title, Lang: e.Lang})
		}
	}
	slices.SortFunc(c.Methods, func(a, b LetterChoice) int { return cmp.Or(byName(a.Title, b.Title), cmp.Compare(a.ID, b.ID)) })
	if entry != "" || theme != "" || !rugzak.CanCurate(by) {
		return nil
	}
	for _, t := range n.themes {
		if !t.Closed {
			c.Themes = append(c.Themes, t)
		}
	}
	slices.SortFunc(c.Themes, func(a, b rugzak.Theme) int { return cmp.Or(byName(a.Title, b.Title), cmp.Compare(a.ID, b.ID)) })
	return nil
}

func isMeetingMethod(by rugzak.Person, e rugzak.Entry) bool {
	return e.Kind == rugzak.KindMethod && e.State.Public() && e.State != rugzak.StateArchived && rugzak.CanRead(by, e)
}

// chosenMethod is the method of a meeting to store. One its changer may not read
// stays when they choose none.
func chosenMethod(r rugzak.Reader, by rugzak.Person, before, chosen rugzak.EntryID) (rugzak.EntryID, error) {
	if chosen == before {
		return chosen, nil
	}
	if chosen == "" {
		if _, err := sees(r, by, before); !isMissing(err) {
			return "", err
		}
		return before, nil
	}
	e, _, err := look(r, by, chosen)
	if isMissing(err) || err == nil && !isMeetingMethod(by, e) {
		var p rugzak.Problems
		p.Add("method", "error.choose")
		return "", p.Err()
	}
	return chosen, err
}

// SaveMeeting makes a meeting (empty id) or changes one. Who signed up is told
// when its day or time becomes another.
func (s *Service) SaveMeeting(ctx context.Context, by rugzak.Person, id string, base int, in MeetingInput) (rugzak.Meeting, error) {
	var m rugzak.Meeting
	in.Title, in.Place = rugzak.Line(in.Title), rugzak.Line(in.Place)
	if err := s.refuseNumbers(field{"title", in.Title}, field{"place", in.Place}); err != nil {
		return m, err
	}
	_, err := s.update(ctx, "save meeting", func(w rugzak.Writer) error {
		var before rugzak.Meeting
		m = rugzak.Meeting{ID: rugzak.NewID(s.now()), Entry: in.Entry, Theme: in.Theme, MadeBy: by.ID, At: s.now()}
		if id == "" {
			if err := mayPlan(w, by, in); err != nil {
				return err
			}
			made, err := madeBy(w, by, in.Key)
			if err != nil {
				return err
			}
			if sent, err := w.Meeting(made); !isMissing(err) { // else new, or taken away since
				m = sent
				return err
			}
		} else {
			var err error
			if before, err = s.lookOwnMeeting(w, by, id); err != nil {
				return err
			}
			if before.Version != base {
				return rugzak.Conflict()
			}
			m = before
		}
		m.Title, m.Day, m.Start, m.End, m.Place = in.Title, in.Day, in.Start, in.End, in.Place
		n, err := readNames(w, by)
		if err != nil {
			return err
		}
		m.Organisations = slices.Concat(in.Organisations, n.unknownTo(by, before.Organisations))
		m.Organisations = slices.Compact(slices.Sorted(slices.Values(m.Organisations)))
		if m.Method, err = chosenMethod(w, by, before.Method, in.Method); err != nil {
			return err
		}
		m.UpdatedAt = s.now()
		if err := m.Validate(); err != nil {
			return err
		}
		if err := s.checkMeeting(w, by, before, m, in.Reviewed); err != nil {
			return err
		}
		if err := w.SaveMeeting(m, before.Version); err != nil {
			return err
		}
		m.Version = before.Version + 1
		if id == "" {
			return s.saveMade(w, by, in.Key, m.ID)
		}
		if err := s.meetingMended(w, m); err != nil {
			return err
		}
		if before.Day != m.Day || before.Start != m.Start || before.End != m.End {
			return s.tellComers(w, by, m, rugzak.NoticeMeetingMoved)
		}
		return nil
	})
	return m, err
}

// checkMeeting wants a day to come, people who may be invited, and a title that
// tells of nobody. A place is often an address: it is no personal data here.
func (s *Service) checkMeeting(w rugzak.Writer, by rugzak.Person, before, m rugzak.Meeting, reviewed bool) error {
	var p rugzak.Problems
	if !m.Upcoming(s.now()) {
		p.Add("day", "error.meeting_past")
		return p.Err()
	}
	n, err := readNames(w, by)
	if err != nil {
		return err
	}
	c := MeetingChoices{}
	if before.Version == 0 || !slices.Equal(before.Organisations, m.Organisations) {
		if c, err = n.meetingChoices(by, m.Entry, m.Theme); err != nil && !isMissing(err) {
			return err
		}
	}
	crosses := false
	for _, id := range m.Organisations {
		if !c.offers(id) && !slices.Contains(before.Organisations, id) {
			p.Add("organisations", "error.choose")
			return p.Err()
		}
		crosses = crosses || id != by.Organisation && (id == rugzak.WholeMunicipality && !by.IsMember() || n.organisation(id).Kind == rugzak.Partner || !by.IsMember())
	}
	return s.checkLine(w, field{"title", m.Title}, crosses, reviewed || before.Title == m.Title)
}

// lookOwnMeeting fetches a meeting the person may change: one to come.
func (s *Service) lookOwnMeeting(r rugzak.Reader, by rugzak.Person, id string) (rugzak.Meeting, error) {
	m, err := lookMeeting(r, by, id)
	if err != nil {
		return m, err
	}
	if !rugzak.CanChangeMeeting(by, m) {
		return m, rugzak.Forbidden("error.meeting_makers")
	}
	if m.Cancelled || !m.Upcoming(s.now()) {
		return m, rugzak.Forbidden("error.meeting_over")
	}
	return m, nil
}

// CancelMeeting says that a meeting is off. It stays in the programme, and who
// signed up is told.
func (s *Service) CancelMeeting(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.update(ctx, "cancel meeting", func(w rugzak.Writer) error {
		m, err := s.lookOwnMeeting(w, by, id)
		if err != nil {
			return err
		}
		m.Cancelled, m.UpdatedAt = true, s.now()
		if err := w.SaveMeeting(m, m.Version); err != nil {
			return err
		}
		return s.tellComers(w, by, m, rugzak.NoticeMeetingCancelled)
	})
	return err
}
