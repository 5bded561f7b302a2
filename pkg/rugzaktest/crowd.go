// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"rugzak/pkg/rugzak"
)

// Crowd is how much there is in a large backpack.
type Crowd struct {
	Entries, People     int
	Keeps, Applications int // applications are among the entries
	// Days is over how many days they were shared, however many they are; 0 shares
	// one a minute.
	Days int
}

// Crowded is a store that was filled, with two people who have the same of
// their own however large it is: fifty entries, of which ten applications and
// ten questions, and two hundred things they took along.
type Crowded struct {
	Member, Partner rugzak.Person
}

const (
	crowdBatch    = 500 // new keys come at the front of lists: many at once are slow
	crowdOwn      = 50
	crowdKept     = 200
	crowdThemes   = 24
	crowdPartners = 12
)

// Fill fills a store with made-up people and entries, in a few transactions.
// The same numbers give the same store. Nothing is logged as a change, so that
// nobody follows it: what is measured is the store and what reads it.
func (c Crowd) Fill(ctx context.Context, s rugzak.Store) (Crowded, error) {
	f := crowd{Crowd: c, random: rand.New(rand.NewPCG(1, uint64(c.Entries)))}
	f.organise()
	_, err := s.Update(ctx, f.house)
	for from := 0; err == nil && from < c.Entries; from += crowdBatch {
		to := min(from+crowdBatch, c.Entries)
		_, err = s.Update(ctx, func(w rugzak.Writer) error { return f.write(w, from, to) })
	}
	for from := 0; err == nil && from < c.Keeps; from += crowdBatch {
		to := min(from+crowdBatch, c.Keeps)
		_, err = s.Update(ctx, func(w rugzak.Writer) error { return f.keep(w, from, to) })
	}
	return Crowded{Member: f.people[0], Partner: f.people[1]}, err
}

type crowd struct {
	Crowd
	random *rand.Rand
	orgs   []rugzak.Organisation // departments first
	people []rugzak.Person
}

const crowdDepartments = 3

func (f *crowd) organise() {
	for i := range crowdDepartments + crowdPartners {
		o := rugzak.Organisation{ID: rugzak.OrganisationID(fmt.Sprintf("organisatie-%d", i)), Name: fmt.Sprintf("Organisatie %d", i), Kind: rugzak.Partner}
		if i < crowdDepartments {
			o.Kind = rugzak.Department
			for j := range 10 {
				o.Teams = append(o.Teams, rugzak.Team{ID: rugzak.TeamID(fmt.Sprintf("team-%d", j)), Name: fmt.Sprintf("Team %d", j)})
			}
		}
		f.orgs = append(f.orgs, o)
	}
	for i := range f.People {
		o := f.orgs[i%crowdDepartments]
		if i%5 == 1 { // the second of the people, too
			o = f.orgs[crowdDepartments+i/5%crowdPartners]
		}
		p := rugzak.Person{
			ID: rugzak.PersonID(ID(-100_000 + i)), Email: fmt.Sprintf("persoon%d@example.org", i), Name: fmt.Sprintf("Persoon %d", i),
			Organisation: o.ID, Kind: o.Kind, Roles: []rugzak.Role{rugzak.RoleParticipant}, Language: rugzak.Dutch,
		}
		if len(o.Teams) > 0 {
			p.Team = o.Teams[i%len(o.Teams)].ID
		}
		f.people = append(f.people, p)
	}
}

func (f *crowd) house(w rugzak.Writer) error {
	for _, o := range f.orgs {
		if err := w.SaveOrganisation(o, 0); err != nil {
			return err
		}
	}
	for _, p := range f.people {
		if err := w.SavePerson(p, 0); err != nil {
			return err
		}
	}
	for i := range crowdThemes {
		t := rugzak.Theme{ID: crowdTheme(i), Title: fmt.Sprintf("Thema %d", i), Thread: Body(i), Audience: rugzak.Audience{Level: rugzak.LevelInternal}}
		for _, o := range f.orgs[crowdDepartments:] {
			if i%3 == 0 {
				t.Audience.Also = append(t.Audience.Also, o.ID)
			}
		}
		if err := w.SaveTheme(t, 0); err != nil {
			return err
		}
	}
	return nil
}

func crowdTheme(i int) rugzak.ThemeID { return rugzak.ThemeID(fmt.Sprintf("thema-%d", i%crowdThemes)) }

// author spreads the entries: the first hundred are by the two people who are
// measured, the others by everybody else.
func (f *crowd) author(n int) rugzak.Person {
	if n < 2*crowdOwn {
		return f.people[n%2]
	}
	return f.people[2+f.random.IntN(len(f.people)-2)]
}

// kind of an entry: as many applications as are asked for, and of the rest one
// in five a question.
func (f *crowd) kind(n int) rugzak.Kind {
	own := n < 2*crowdOwn
	switch {
	case own && n%10 < 2 || !own && n*f.Applications/f.Entries != (n+1)*f.Applications/f.Entries:
		return rugzak.KindApplication
	case own && n%10 < 4 || !own && n%5 == 0:
		return rugzak.KindQuestion
	}
	return []rugzak.Kind{rugzak.KindExperience, rugzak.KindSuccess, rugzak.KindFailure, rugzak.KindInsight}[n%4]
}

func (f *crowd) entry(n int) rugzak.Entry {
	by := f.author(n)
	apart := time.Minute
	if f.Days > 0 {
		apart = time.Duration(f.Days) * 24 * time.Hour / time.Duration(f.Entries)
	}
	at := Noon.Add(time.Duration(n) * apart)
	e := rugzak.Entry{
		ID: rugzak.EntryID(ID(n)), Kind: f.kind(n), State: rugzak.StateShared, Lang: rugzak.Dutch, Title: fmt.Sprintf("Ervaring nummer %d", n),
		Lesson: "Vraag eerst wat de buurt zelf al doet.", Body: Body(n), Mode: rugzak.ByName, Authors: []rugzak.PersonID{by.ID},
		Audience:     rugzak.Audience{Level: rugzak.LevelInternal},
		Organisation: by.Organisation, OrganisationKind: by.Kind, Team: by.Team, Themes: []rugzak.ThemeID{crowdTheme(n), crowdTheme(n / 7)},
		Revision: 1, Version: 1, CreatedAt: at, UpdatedAt: at, SharedAt: at,
	}
	if e.Themes[0] == e.Themes[1] {
		e.Themes = e.Themes[:1]
	}
	if by.Kind == rugzak.Partner {
		e.Audience.Level, e.Audience.Also = rugzak.LevelOrganisation, []rugzak.OrganisationID{rugzak.WholeMunicipality}
	} else if n%20 == 0 { // some for each partner
		e.Audience.Also = []rugzak.OrganisationID{f.orgs[crowdDepartments+n/20%crowdPartners].ID}
	}
	switch e.Kind {
	case rugzak.KindApplication:
		e.Application = &rugzak.ApplicationData{Lesson: rugzak.EntryID(ID(f.random.IntN(n + 1))), Outcome: rugzak.Outcomes()[n%4]}
	case rugzak.KindQuestion:
		e.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionStates()[n%5], BallWith: f.orgs[n/5%len(f.orgs)].ID, NextStep: "Samen langsgaan"}
	}
	return e
}

func (f *crowd) write(w rugzak.Writer, from, to int) error {
	for n := from; n < to; n++ {
		note := &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonShared}
		if err := w.SaveEntry(f.entry(n), 0, note); err != nil {
			return err
		}
	}
	return nil
}

func (f *crowd) keep(w rugzak.Writer, from, to int) error {
	for n := from; n < to; n++ {
		k := rugzak.Keep{Person: f.people[2+n%(len(f.people)-2)].ID, Purpose: "voor het overleg", At: Noon.Add(time.Duration(n) * time.Second)}
		if n < 2*crowdKept {
			k.Person = f.people[n%2].ID
		}
		k.Entry = rugzak.EntryID(ID((n*7919 + n/len(f.people)) % f.Entries))
		if k.Person == f.people[1].ID { // what partners may see
			k.Entry = rugzak.EntryID(ID(n / 2 * 20 * crowdPartners % f.Entries))
		}
		if err := w.SaveKeep(k); err != nil {
			return err
		}
	}
	return nil
}
