// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// SampleCounts says how much starter content there is.
type SampleCounts struct {
	Entries, Themes, Organisations, People int
	Meetings, Needs                        int
	Movement                               bool
}

// Any reports whether there is something to remove.
func (c SampleCounts) Any() bool {
	return c.Entries+c.Themes+c.Organisations+c.People+c.Meetings+c.Needs > 0 || c.Movement
}

// starterSource is the origin of the entries of the starter content.
func starterSource(lang rugzak.Lang) string { return "voorbeeld-" + string(lang) }

// LoadStarter adds the starter content, marked as such, in one transaction.
// The demonstration also takes its people and the entries made for it. Parts
// that are there already stay as they are.
func (s *Service) LoadStarter(ctx context.Context, by rugzak.Person, b rugzak.Backpack, entries []rugzak.Incoming, demo bool) (int, error) {
	if !rugzak.CanAdminister(by) {
		return 0, rugzak.Forbidden("error.administrators_only")
	}
	count := 0
	_, err := s.update(ctx, "load starter content", func(w rugzak.Writer) error {
		count = 0
		l := starterLoader{Service: s, w: w, by: by, organisations: map[rugzak.OrganisationID]rugzak.Organisation{}, ids: map[string]rugzak.EntryID{}, made: map[string]bool{}}
		if err := l.organisationsAndPeople(b, demo); err != nil {
			return err
		}
		if err := l.themesAndMovement(b, demo); err != nil {
			return err
		}
		var err error
		if count, err = l.entries(entries, demo); err != nil {
			return err
		}
		if err := l.threads(b, demo); err != nil {
			return err
		}
		if demo {
			if err := l.responses(b.Responses); err != nil {
				return err
			}
			if err := l.inquiries(b); err != nil {
				return err
			}
		}
		if err := l.ideas(b, demo); err != nil {
			return err
		}
		if err := l.rounds(b, demo); err != nil {
			return err
		}
		return l.roomAndMeetings(b, demo)
	})
	return count, err
}

type starterLoader struct {
	*Service
	w             rugzak.Writer
	by            rugzak.Person
	organisations map[rugzak.OrganisationID]rugzak.Organisation // by the id in the starter content
	ids           map[string]rugzak.EntryID                     // by slug
	made          map[string]bool                               // the slugs of the entries that were added now
}

// organisationsAndPeople reuses organisations that bear the name already.
func (l *starterLoader) organisationsAndPeople(b rugzak.Backpack, demo bool) error {
	all, err := l.w.Organisations()
	if err != nil {
		return err
	}
	for _, o := range b.Organisations {
		known, ok := organisationNamed(all, o.Name)
		if !ok {
			known, ok = organisationNamed(all, string(o.ID))
		}
		if !ok {
			o.Sample = true
			if known, err = l.saveOrganisation(l.w, l.by, o, 0); err != nil {
				return fmt.Errorf("organisation %s: %w", o.ID, err)
			}
		}
		l.organisations[o.ID] = known
	}
	if !demo {
		return nil
	}
	for _, p := range b.People {
		if _, err := l.w.Person(p.ID); !isMissing(err) {
			if err != nil {
				return err
			}
			continue
		}
		o := l.organisations[p.Organisation]
		p.Organisation, p.Kind, p.Sample = o.ID, o.Kind, true
		if err := p.Validate(o); err != nil {
			return fmt.Errorf("person %s: %w", p.ID, err)
		}
		if err := l.savePerson(l.w, l.by, p, 0); err != nil {
			return fmt.Errorf("person %s: %w", p.ID, err)
		}
	}
	return nil
}

func (l *starterLoader) themesAndMovement(b rugzak.Backpack, demo bool) error {
	for _, t := range b.Themes {
		if _, err := l.w.Theme(t.ID); !isMissing(err) {
			if err != nil {
				return err
			}
			continue
		}
		t.Sample, t.UpdatedAt = true, l.now()
		if !demo {
			t.Curators = nil
		}
		t.Audience = rugzak.Audience{Level: rugzak.LevelInternal, Also: l.known(t.Audience.Also)}.Clean("")
		if err := t.Validate(); err != nil {
			return fmt.Errorf("theme %s: %w", t.ID, err)
		}
		if err := l.w.SaveTheme(t, 0); err != nil {
			return err
		}
	}
	m, err := l.w.Movement()
	if err != nil {
		return err
	}
	if m.Compass.Purpose == "" && len(m.Compass.Drives) == 0 {
		m.Compass = b.Movement.Compass
		m.Compass.Sample, m.Compass.UpdatedAt = true, l.now()
	}
	if len(m.Agenda) == 0 {
		for _, a := range b.Movement.Agenda {
			a.Sample, a.Organisations, a.UpdatedAt = true, l.known(a.Organisations), l.now()
			a.Progress = slices.Clone(a.Progress)
			for i, p := range a.Progress {
				a.Progress[i].At = l.now()
				if told := l.known([]rugzak.OrganisationID{p.Organisation}); len(told) == 1 {
					a.Progress[i].Organisation = told[0]
				}
			}
			m.Agenda = append(m.Agenda, a)
		}
	}
	if err := l.w.SaveMovement(m); err != nil {
		return err
	}
	return l.w.Log(rugzak.Change{At: l.now(), Actor: "person:" + string(l.by.ID), Verb: rugzak.VerbMovementSaved, Subject: "movement"})
}

// known translates organisation ids of the starter content.
func (l *starterLoader) known(ids []rugzak.OrganisationID) []rugzak.OrganisationID {
	var out []rugzak.OrganisationID
	for _, id := range ids {
		switch o, ok := l.organisations[id]; {
		case ok:
			out = append(out, o.ID)
		case id == rugzak.WholeMunicipality:
			out = append(out, id)
		}
	}
	return out
}

func (l *starterLoader) entries(all []rugzak.Incoming, demo bool) (int, error) {
	var chosen []rugzak.Incoming
	for _, in := range all {
		if in.Err != nil {
			return 0, fmt.Errorf("starter content, %s: %w", in.Place, in.Err)
		}
		if demo || !in.Demo {
			chosen = append(chosen, in)
		}
	}
	for i, in := range chosen {
		id, err := l.idOf(in.Entry, i)
		if err != nil {
			return 0, err
		}
		l.ids[in.Entry.External.ID] = id
	}
	count := 0
	for i, in := range chosen {
		made, err := l.entry(in, i, demo)
		if err != nil {
			return 0, fmt.Errorf("starter content, %s: %w", in.Place, err)
		}
		if made {
			l.made[in.Entry.External.ID] = true
			count++
		}
	}
	return count, nil
}

// idOf is the id an entry has already, or will get.
func (l *starterLoader) idOf(e rugzak.Entry, i int) (rugzak.EntryID, error) {
	id, err := l.w.EntryByExternal(rugzak.External{Source: starterSource(e.Lang), ID: e.External.ID})
	if !isMissing(err) {
		return id, err
	}
	at := l.told(e, i)
	id = rugzak.EntryID(rugzak.NewID(at))
	if e.Mode == rugzak.Anonymous {
		id = rugzak.AnonymousID(id, at)
	}
	return id, nil
}

// told is when an entry of the starter content would have been written: some
// days after the month it is about, and never in the future.
func (l *starterLoader) told(e rugzak.Entry, i int) time.Time {
	at, err := time.Parse("2006-01", e.Month)
	if err != nil {
		at = l.now().AddDate(0, -6, 0)
	}
	at = at.AddDate(0, 1, i%25).Add(9*time.Hour + time.Duration(i*7)*time.Minute)
	if latest := l.now().Add(-time.Duration(i+1) * time.Hour); at.After(latest) {
		at = latest
	}
	return at.Truncate(time.Millisecond)
}

func (l *starterLoader) entry(in rugzak.Incoming, i int, demo bool) (bool, error) {
	e := in.Entry
	e.External.Source = starterSource(e.Lang)
	if _, err := l.w.EntryByExternal(e.External); !isMissing(err) {
		return false, err // there already
	}
	o, ok := l.organisations[e.Organisation]
	if !ok {
		return false, &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.organisation_unknown", Args: []any{string(e.Organisation)}}
	}
	e.ID, e.Organisation, e.OrganisationKind = l.ids[e.External.ID], o.ID, o.Kind
	if _, known := o.Team(e.Team); !known {
		e.Team = ""
	}
	a, err := rugzak.ParseAudience(in.Audience)
	if err != nil {
		return false, err
	}
	a.Also = l.known(a.Also)
	e.Audience = a.Clean(o.ID)
	e.With = slices.DeleteFunc(l.known(e.With), func(id rugzak.OrganisationID) bool { return id == o.ID })
	e.State, e.Sample, e.Revision, e.Version = rugzak.StateShared, true, 1, 1
	e.CreatedAt = l.told(e, i)
	e.UpdatedAt, e.SharedAt = e.CreatedAt, e.CreatedAt
	var author rugzak.PersonID
	if demo {
		author = rugzak.PersonID(in.Author)
	} else if e.Mode == rugzak.ByTeam && e.Team == "" {
		e.Mode = rugzak.ByName
	}
	if e.Mode != rugzak.Anonymous && author != "" {
		e.Authors = []rugzak.PersonID{author}
	}
	l.translate(&e)
	if err := e.Validate(); err != nil {
		return false, err
	}
	if e.Mode == rugzak.Anonymous && author != "" {
		if err := l.w.SetHiddenAuthors(e.ID, []rugzak.PersonID{author}); err != nil {
			return false, err
		}
	}
	note := &rugzak.RevisionNote{Actor: e.Actor(author), Reason: rugzak.ReasonShared}
	if author == "" {
		note.Actor = "system"
	}
	if err := l.w.SaveEntry(e, 0, note); err != nil {
		return false, err
	}
	return true, l.w.Log(rugzak.Change{At: l.now(), Actor: note.Actor, Verb: rugzak.VerbEntryShared, Subject: rugzak.EntrySubject(e.ID)})
}

// translate turns the slugs an entry refers to into ids.
func (l *starterLoader) translate(e *rugzak.Entry) {
	for i, rel := range e.Relations {
		e.Relations[i].To = l.ids[string(rel.To)]
	}
	e.Relations = slices.DeleteFunc(e.Relations, func(r rugzak.Relation) bool { return r.To == "" })
	if a := e.Application; a != nil {
		a.Lesson = l.ids[string(a.Lesson)]
	}
	if q := e.Question; q != nil {
		if o, ok := l.organisations[q.BallWith]; ok {
			q.BallWith = o.ID
		}
	}
}

// Samples counts the starter content that is still there.
func (s *Service) Samples(ctx context.Context, by rugzak.Person) (SampleCounts, error) {
	if !rugzak.CanAdminister(by) {
		return SampleCounts{}, rugzak.Forbidden("error.administrators_only")
	}
	var c SampleCounts
	err := s.view(ctx, "count samples", func(r rugzak.Reader) error {
		x, err := readSamples(r)
		c = x.counts()
		return err
	})
	return c, err
}

// samples is the starter content in the store.
type samples struct {
	entries       []rugzak.Entry
	themes        []rugzak.Theme
	organisations []rugzak.Organisation
	people        []rugzak.Person
	meetings      []rugzak.Meeting
	needs         []rugzak.RoomNeed
	rounds        []rugzak.ReflectionRound
	sets          []rugzak.QuestionSet
	movement      rugzak.Movement
}

func (x samples) counts() SampleCounts {
	return SampleCounts{
		Entries: len(x.entries), Themes: len(x.themes), Organisations: len(x.organisations), People: len(x.people),
		Meetings: len(x.meetings), Needs: len(x.needs),
		Movement: x.movement.Compass.Sample || len(x.rounds)+len(x.sets) > 0 ||
			slices.ContainsFunc(x.movement.Agenda, func(a rugzak.AgendaItem) bool { return a.Sample }) ||
			slices.ContainsFunc(x.movement.Rounds, func(r rugzak.RoundPlan) bool { return r.Sample }),
	}
}

func readSamples(r rugzak.Reader) (samples, error) {
	var x samples
	for e, err := range r.Entries(rugzak.SampleEntries, "") {
		if err != nil {
			return x, err
		}
		x.entries = append(x.entries, e)
	}
	themes, err := r.Themes()
	if err != nil {
		return x, err
	}
	for _, t := range themes {
		if t.Sample {
			x.themes = append(x.themes, t)
		}
	}
	all, err := r.Organisations()
	if err != nil {
		return x, err
	}
	for _, o := range all {
		if o.Sample {
			x.organisations = append(x.organisations, o)
		}
	}
	for p, err := range r.People() {
		if err != nil {
			return x, err
		}
		if p.Sample {
			x.people = append(x.people, p)
		}
	}
	if err := x.readRounds(r); err != nil {
		return x, err
	}
	if err := x.readRoomAndMeetings(r); err != nil {
		return x, err
	}
	x.movement, err = r.Movement()
	return x, err
}
