// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// world is a house filled at random: two departments, three partners, people
// in and outside teams, and entries in every state, audience and author mode.
type world struct {
	*house
	random  *rand.Rand
	orgs    []rugzak.Organisation
	people  []rugzak.Person
	themes  []rugzak.ThemeID
	entries []rugzak.EntryID
	number  int
	rounds  []string
	// attached has what is attached to each entry; files are those that a test opens.
	attached map[rugzak.EntryID]rugzak.AttachmentID
	files    []rugzak.AttachmentID
}

// common is a word in every text, so that a query for it is a query for all.
const common = "gemeenschappelijk"

func newWorld(t testing.TB, seed uint64, entries int) *world {
	t.Helper()
	return worldIn(t, newHouse(t), seed, entries)
}

// worldIn fills an empty house.
func worldIn(t testing.TB, h *house, seed uint64, entries int) *world {
	t.Helper()
	w := &world{house: h, random: rand.New(rand.NewPCG(seed, 1))}
	w.organise(t)
	w.curateThemes(t)
	for range entries {
		w.write(t)
	}
	w.quote(t)
	w.live(t)
	w.attach(t)
	return w
}

// organise makes organisations and people, one of whom has every role.
func (w *world) organise(t testing.TB) {
	t.Helper()
	for _, o := range []backpack.OrganisationInput{
		{Name: "Afdeling Ahorn", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Noord"}, {Name: "Zuid"}}},
		{Name: "Afdeling Berk", Kind: rugzak.Department, Teams: []rugzak.Team{{Name: "Noord"}}},
		{Name: "Partner Ceder", Kind: rugzak.Partner, Teams: []rugzak.Team{{Name: "Noord"}}},
		{Name: "Partner Douglas", Kind: rugzak.Partner},
		{Name: "Partner Eik", Kind: rugzak.Partner},
	} {
		made, err := w.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, o)
		if err != nil {
			t.Fatal(err)
		}
		w.orgs = append(w.orgs, made)
		teams := []rugzak.TeamID{""}
		for _, team := range made.Teams {
			teams = append(teams, team.ID)
		}
		for _, team := range teams {
			roles := []rugzak.Role{rugzak.RoleParticipant}
			if made.Kind == rugzak.Department && team == "" {
				roles = append(roles, rugzak.RoleFacilitator)
			}
			w.join(t, made.ID, team, roles...)
		}
	}
	all := slices.DeleteFunc(rugzak.Roles(), func(r rugzak.Role) bool { return r == rugzak.RolePartnerContact })
	w.join(t, w.orgs[0].ID, "noord", all...)
	w.join(t, w.orgs[2].ID, "noord", rugzak.RoleParticipant, rugzak.RolePartnerContact)
	_, err := w.store.Update(t.Context(), func(x rugzak.Writer) error {
		m, err := x.Movement()
		m.Phases = rugzak.DefaultPhases()
		for i, o := range w.orgs {
			m.Agenda = append(m.Agenda, rugzak.AgendaItem{
				ID: fmt.Sprintf("punt-%d", i), Title: "Punt", Horizon: rugzak.HorizonNow,
				Organisations: []rugzak.OrganisationID{w.orgs[0].ID, o.ID, w.orgs[(i+3)%len(w.orgs)].ID},
			})
		}
		m.Compass.Drives = []rugzak.Drive{{ID: "gehoord", Name: "Gehoord worden"}, {ID: "ruimte", Name: "Ruimte"}}
		if err != nil {
			return err
		}
		return x.SaveMovement(m)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) join(t testing.TB, o rugzak.OrganisationID, team rugzak.TeamID, roles ...rugzak.Role) rugzak.Person {
	t.Helper()
	id := rugzak.NewID(h.clock.Now())
	p, err := h.SavePerson(t.Context(), backpack.Operator(), "", 0, backpack.PersonInput{
		Name: "Persoon " + id, Email: id + "@voorbeeld.test", Organisation: o, Team: team, Roles: roles,
	})
	if err != nil {
		t.Fatal(err)
	}
	return h.person(t, p.Email)
}

func (w *world) join(t testing.TB, o rugzak.OrganisationID, team rugzak.TeamID, roles ...rugzak.Role) {
	t.Helper()
	w.people = append(w.people, w.house.join(t, o, team, roles...))
}

func (w *world) curateThemes(t testing.TB) {
	t.Helper()
	ceder, douglas, eik := w.orgs[2].ID, w.orgs[3].ID, w.orgs[4].ID
	for i, also := range [][]rugzak.OrganisationID{nil, {ceder}, {ceder, douglas}, {eik}} {
		made, err := w.SaveTheme(t.Context(), w.people[0], "", 0, backpack.ThemeInput{
			Title: fmt.Sprintf("Bundel %c", 'Q'+rune(i)), Summary: "Kort", Also: also,
			Synonyms: []string{fmt.Sprintf("synoniem%d", i)},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.themes = append(w.themes, made.ID)
	}
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// some picks each of a list with a chance of one in n.
func some[T any](r *rand.Rand, from []T, n int) []T {
	var out []T
	for _, v := range from {
		if r.IntN(n) == 0 {
			out = append(out, v)
		}
	}
	return out
}

// form makes a random form that its writer may share.
func (w *world) form(t testing.TB, by rugzak.Person) backpack.Input {
	t.Helper()
	choices, err := w.FormChoices(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	w.number++
	in := backpack.Input{
		Kind: pick(w.random, rugzak.Kinds()), Lang: pick(w.random, []rugzak.Lang{rugzak.Dutch, rugzak.English}),
		Title: fmt.Sprintf("Verhaal kanarie%dx", w.number), Body: fmt.Sprintf("%s tekst vogel%dx.", common, w.number),
		Mode: pick(w.random, rugzak.AuthorModes()), Audience: rugzak.Audience{Level: pick(w.random, choices.Audience.Levels)},
		Tags: some(w.random, []string{"merel", "mus"}, 2), Month: pick(w.random, []string{"", "2025-04", "2026-03"}),
		Drives: []rugzak.DriveID{pick(w.random, choices.Drives).ID}, Phase: pick(w.random, choices.Phases).ID,
	}
	if by.Team == "" && in.Mode == rugzak.ByTeam {
		in.Mode = rugzak.ByName
	}
	for _, o := range some(w.random, slices.Concat(choices.Audience.Departments, choices.Audience.Partners), 4) {
		in.Audience.Also = append(in.Audience.Also, o.ID)
	}
	if choices.Audience.WholeMunicipality && w.random.IntN(3) == 0 {
		in.Audience.Also = append(in.Audience.Also, rugzak.WholeMunicipality)
	}
	for _, o := range some(w.random, choices.Organisations, 2) {
		in.With = append(in.With, o.ID)
	}
	for _, th := range some(w.random, choices.Themes, 2) {
		if len(in.Themes) < rugzak.MaxThemes {
			in.Themes = append(in.Themes, th.ID)
		}
	}
	var readable []rugzak.EntryID
	for _, id := range w.entries {
		if _, err := w.Read(t.Context(), by, id); err == nil {
			readable = append(readable, id)
		}
	}
	for _, id := range some(w.random, readable, 8) {
		if len(in.Relations) < 5 {
			in.Relations = append(in.Relations, rugzak.Relation{Type: pick(w.random, rugzak.RelationTypes()), To: id})
		}
	}
	w.kindData(&in, choices, readable)
	if in.Kind == rugzak.KindInsight { // is not shared wider than what it builds on: see synthesis_test.go
		for i := range in.Relations {
			if in.Relations[i].Type == rugzak.BuildsOn {
				in.Relations[i].Type = rugzak.Answers
			}
		}
	}
	return in
}

// holders are the organisations that may be asked to take the ball of a form:
// those that read it, as the rule says it in words.
func holders(in backpack.Input, choices backpack.FormChoices) []rugzak.Organisation {
	inside := in.Audience.Level == rugzak.LevelInternal || slices.Contains(in.Audience.Also, rugzak.WholeMunicipality)
	out := []rugzak.Organisation{choices.Organisation}
	for _, o := range choices.Organisations {
		if slices.Contains(in.Audience.Also, o.ID) || inside && o.Kind == rugzak.Department {
			out = append(out, o)
		}
	}
	return out
}

func (w *world) kindData(in *backpack.Input, choices backpack.FormChoices, readable []rugzak.EntryID) {
	switch in.Kind {
	case rugzak.KindQuestion:
		in.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: pick(w.random, holders(*in, choices)).ID}
	case rugzak.KindMethod:
		in.Method = &rugzak.MethodData{Goal: "explore", Steps: []rugzak.Step{{Minutes: 5, Text: "Begin"}}}
	case rugzak.KindApplication:
		if len(readable) == 0 {
			in.Kind = rugzak.KindInsight
			return
		}
		in.Application = &rugzak.ApplicationData{
			Lesson: pick(w.random, readable), Outcome: pick(w.random, rugzak.Outcomes()), Tell: w.random.IntN(2) == 0,
		}
	}
}

// write shares a random entry or leaves it a draft.
func (w *world) write(t testing.TB) {
	t.Helper()
	w.clock.turn(w.clock.Now().Add(time.Duration(1+w.random.IntN(5000)) * time.Second))
	by := pick(w.random, w.people)
	in := w.form(t, by)
	if w.random.IntN(6) == 0 {
		saved, err := w.SaveDraft(t.Context(), by, w.idFor(by), 0, in)
		if err != nil {
			t.Fatalf("draft %+v: %v", in, err)
		}
		w.entries = append(w.entries, saved.Entry.ID)
		return
	}
	if in.Application != nil && !w.fits(t, by, in) {
		in.Kind, in.Application = rugzak.KindExperience, nil // not for more people than its lesson
	}
	w.entries = append(w.entries, w.share(t, by, in).ID)
}

// fits reports whether everybody a form lets in may read the lesson it applies.
func (w *world) fits(t testing.TB, by rugzak.Person, in backpack.Input) bool {
	t.Helper()
	lesson, _ := w.stored(t, in.Application.Lesson)
	e := rugzak.Entry{State: rugzak.StateShared, Audience: in.Audience, Organisation: by.Organisation, OrganisationKind: by.Kind, Team: by.Team}
	return rugzak.Covers(lesson, rugzak.AudienceTokens(e), func(id rugzak.OrganisationID) rugzak.OrganisationKind {
		i := slices.IndexFunc(w.orgs, func(o rugzak.Organisation) bool { return o.ID == id })
		return w.orgs[i].Kind
	})
}

// live lets time pass: entries are revised, narrowed, withdrawn, archived,
// reported, pinned and taken along.
func (w *world) live(t testing.TB) {
	t.Helper()
	for i, id := range w.entries {
		e, author := w.stored(t, id)
		if e.State == rugzak.StateDraft {
			continue
		}
		w.clock.turn(w.clock.Now().Add(time.Minute))
		var err error
		switch (i + w.random.IntN(2)) % 9 { // some of everything, whatever the seed
		case 0:
			_, err = w.Withdraw(t.Context(), author, id)
		case 1:
			_, err = w.ChangeAudience(t.Context(), author, id, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation})
		case 2:
			in := w.InputOf(e)
			in.Body += fmt.Sprintf(" herzien%dx", w.number)
			in.Audience.Level, in.Audience.Also = rugzak.LevelOrganisation, nil
			_, err = w.Revise(t.Context(), author, id, e.Version, in)
		case 3:
			w.setState(t, e, pick(w.random, []rugzak.State{rugzak.StateArchived, rugzak.StateToReview}))
		case 4:
			for _, th := range e.Themes {
				err = w.PinInTheme(t.Context(), w.people[0], id, th, true)
				if code := rugzak.CodeOf(err); code == rugzak.CodeForbidden || code == rugzak.CodeNotFound {
					err = nil // full, or not to be seen
				}
			}
		case 5:
			_, err = w.Report(t.Context(), author, id, rugzak.ReasonName)
			if rugzak.CodeOf(err) == rugzak.CodeTooMany {
				err = nil
			}
		}
		if err != nil {
			t.Fatalf("%+v: %v", e, err)
		}
		for _, p := range some(w.random, w.people, 8) {
			err := w.AskWidening(t.Context(), p, id, rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{w.orgs[1].ID}})
			if err != nil && !slices.Contains([]rugzak.Code{rugzak.CodeNotFound, rugzak.CodeInvalid}, rugzak.CodeOf(err)) {
				t.Fatal(err)
			}
		}
		for _, p := range some(w.random, w.people, 6) {
			if err := w.Keep(t.Context(), p, id, "voor later"); err != nil && !slices.Contains([]rugzak.Code{rugzak.CodeNotFound, rugzak.CodeForbidden}, rugzak.CodeOf(err)) {
				t.Fatal(err)
			}
			if _, err := w.SaveSearch(t.Context(), p, backpack.SavedSearchInput{Name: "Bewaard", Query: "titel:verhaal", Newest: true}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// setState does what a later use case will do: the audience stays the same.
func (h *house) setState(t testing.TB, e rugzak.Entry, to rugzak.State) {
	t.Helper()
	_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
		e.State = to
		e.Version++
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		return w.Log(rugzak.Change{At: h.clock.Now(), Actor: "system", Verb: rugzak.VerbEntryRevised, Subject: rugzak.EntrySubject(e.ID)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stored returns an entry as the store has it, and who wrote it.
func (h *house) stored(t testing.TB, id rugzak.EntryID) (e rugzak.Entry, author rugzak.Person) {
	t.Helper()
	err := h.store.View(t.Context(), func(r rugzak.Reader) (err error) {
		if e, err = r.Entry(id); err != nil {
			return err
		}
		authors := e.Authors
		if len(authors) == 0 {
			if authors, err = r.HiddenAuthors(id); err != nil {
				return err
			}
		}
		if len(authors) != 1 {
			return fmt.Errorf("entry %s has authors %v", id, authors)
		}
		author, err = r.Person(authors[0])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, author
}

// caughtUp waits until the index has followed everything.
func (h *house) caughtUp(t testing.TB) {
	t.Helper()
	if err := h.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}
