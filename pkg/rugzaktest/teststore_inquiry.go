// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Question makes an entry a question whose ball lies with an organisation.
func Question(with rugzak.OrganisationID, since string) func(*rugzak.Entry) {
	return func(e *rugzak.Entry) {
		e.Kind = rugzak.KindQuestion
		e.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: with, Since: since}
	}
}

// FullInquiry is an inquiry in which every field says something.
func FullInquiry(id rugzak.EntryID) rugzak.Inquiry {
	people, at := People(), Noon.Add(time.Hour)
	return rugzak.Inquiry{
		Entry:  id,
		Moves:  []rugzak.QuestionMove{{At: at, From: rugzak.QuestionOpen, To: rugzak.QuestionTrying, Organisation: Youth, Learned: "Bellen helpt"}},
		Passes: []rugzak.BallPass{{Organisation: Youth, Since: Noon, Until: at}, {Organisation: Homes, Since: at}},
		Asks: []rugzak.BallAsk{{
			From: Youth, To: Homes, Asker: people[0].ID, Note: "Jullie kennen de bewoners", At: Noon, Outcome: rugzak.AskDeclined,
			Reason: "Nu geen tijd", AnsweredAt: at,
		}},
		Lead:  people[0].ID,
		Leads: []rugzak.LeadTurn{{Person: people[1].ID, Organisation: Youth, From: Noon, Until: at}, {Person: people[0].ID, Organisation: Youth, From: at}},
		Offer: &rugzak.LeadOffer{To: people[4].ID, At: at},
		Experiments: []rugzak.Experiment{
			{Number: 1, Step: "Samen bellen", Organisation: Youth, Person: people[0].ID, Until: "2026-04-01", Outcome: rugzak.OutcomePartly, Learned: "Liever na vieren", At: Noon, DoneAt: at},
			{Number: 2, Step: "Langsgaan", Organisation: Homes, Person: people[4].ID, Until: "2026-05-01", At: at},
		},
		Gain: "Minder dubbel werk", Answer: rugzak.EntryID(ID(40)), Numbers: 2, Version: 1,
	}
}

func testStoreInquiries(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	id, people := rugzak.EntryID(ID(1)), People()
	storePut(t, s, Entry(1, Question(Homes, "2026-03-01")), Entry(2, Question("", "")))
	full := FullInquiry(id)
	past := full.Clone()
	past.Passes, past.Leads, past.Experiments = past.Passes[:1], past.Leads[:1], past.Experiments[:1]
	wantEveryField(t, reflect.ValueOf(past), "Inquiry")
	get := func() (i rugzak.Inquiry) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { i, err = r.Inquiry(id); return err })
		return i
	}
	involved := func(p rugzak.PersonID) (ids []rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { ids, err = r.InvolvedIn(p); return err })
		return ids
	}
	trying := func(o rugzak.OrganisationID) (ids []rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { ids, err = r.ExperimentsOf(o); return err })
		return ids
	}
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveInquiry(full, 1) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveInquiry(full, 0) })
	Same(t, "an inquiry", get(), full)
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveInquiry(full, 0) })
	Same(t, "where the lead is named", involved(people[0].ID), []rugzak.EntryID{id})
	Same(t, "where a partner is named", involved(people[4].ID), []rugzak.EntryID{id})
	Same(t, "what ended names nobody", involved(people[1].ID), nil)
	Same(t, "experiments of the partner", trying(Homes), []rugzak.EntryID{id})
	Same(t, "experiments that are done", trying(Youth), nil)

	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(people[4].ID) })
	after := get()
	if after.Offer != nil || after.Experiments[1].Person != "" || after.Lead != people[0].ID {
		t.Errorf("after a person went: %+v", after)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(people[0].ID) })
	after = get()
	if after.Lead != "" || after.Leads[1].Until.IsZero() || after.Experiments[0].Person != people[0].ID {
		t.Errorf("after the lead went: %+v", after)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgeEntry(id) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Inquiry(id)
		storeMissing(t, "an inquiry of an entry that went", err)
		Same(t, "all inquiries", storeCollect(t, r.Inquiries()), nil)
		return nil
	})
	Same(t, "experiments after all went", trying(Homes), nil)
}

// Questions are listed for each reader by state, by who has the ball, and by
// how long.
func testStoreBalls(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	shared := func(e *rugzak.Entry) { e.Audience = rugzak.Audience{Level: rugzak.LevelInternal} }
	asked := func(e *rugzak.Entry) { e.Question.Asked = Streets }
	answered := func(e *rugzak.Entry) { e.Question.State = rugzak.QuestionAnswered }
	storePut(t, s,
		Entry(1, Question(Youth, "2026-02-20"), shared), Entry(2, Question(Homes, "2026-01-10"), shared, asked),
		Entry(3, Question(Homes, "2026-02-25"), shared), Entry(4, Question(Homes, "2025-12-01"), shared, answered),
		Entry(5, Question("", ""), shared), Entry(6, shared), Draft(7, Question(Homes, "2025-01-01")), Entry(8, Question(Homes, "2024-01-01")))
	in := rugzak.InternalToken
	ids := func(numbers ...int) (out []rugzak.EntryID) {
		for _, n := range numbers {
			out = append(out, rugzak.EntryID(ID(n)))
		}
		return out
	}
	for _, c := range []struct {
		what string
		list rugzak.List
		want []rugzak.EntryID
	}{
		{"all questions", rugzak.QuestionList(in), ids(5, 4, 3, 2, 1)},
		{"open ones", rugzak.QuestionStateList(rugzak.QuestionOpen, in), ids(5, 3, 2, 1)},
		{"answered ones", rugzak.QuestionStateList(rugzak.QuestionAnswered, in), ids(4)},
		{"with a partner", rugzak.BallList(Homes, in), ids(3, 2)},
		{"asked", rugzak.AskedList(Streets, in), ids(2)},
		{"the longest first", rugzak.BallsList(in), ids(2, 1, 3)},
		{"of the department only", rugzak.BallsList(rugzak.OrganisationToken(Youth)), ids(8, 2, 1, 3)},
		{"of another department", rugzak.BallsList(rugzak.OrganisationToken(Streets)), nil},
	} {
		Same(t, c.what, storeList(t, s, c.list, ""), c.want)
	}
	first := rugzak.BallsList(in)
	var mark rugzak.Mark
	storeView(t, s, func(r rugzak.Reader) error {
		e, err := r.Entry(rugzak.EntryID(ID(2)))
		mark = e.MarkIn(first)
		return err
	})
	Same(t, "after the first", storeList(t, s, first, mark), ids(1, 3))
	moved := Entry(2, Question(Streets, "2026-02-28"), shared)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEntry(moved, 1, nil) })
	Same(t, "after the ball moved", storeList(t, s, first, ""), ids(1, 3, 2))
	Same(t, "nobody is asked any more", storeList(t, s, rugzak.AskedList(Streets, in), ""), nil)
}

func testStoreOverlaps(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2), Entry(3))
	see := func(a, b int) rugzak.Overlap {
		o := rugzak.NewOverlap(rugzak.EntryID(ID(a)), rugzak.EntryID(ID(b)))
		o.By, o.Organisation, o.At = People()[0].ID, Youth, Noon
		return o
	}
	wantEveryField(t, reflect.ValueOf(see(1, 2)), "Overlap")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return first(w.SaveOverlap(see(2, 1)), w.SaveOverlap(see(1, 3)), w.SaveOverlap(see(3, 2)))
	})
	of := func(n int) (all []rugzak.Overlap) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.Overlaps(rugzak.EntryID(ID(n))); return err })
		return all
	}
	Same(t, "of the first", of(1), []rugzak.Overlap{see(1, 2), see(1, 3)})
	Same(t, "of the third", of(3), []rugzak.Overlap{see(1, 3), see(2, 3)})
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "each once", storeCollect(t, r.AllOverlaps()), []rugzak.Overlap{see(1, 2), see(1, 3), see(2, 3)})
		return nil
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveOverlap(rugzak.EntryID(ID(3)), rugzak.EntryID(ID(2))) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(rugzak.EntryID(ID(2))) })
	Same(t, "after an entry went", of(1), []rugzak.Overlap{see(1, 3)})
	Same(t, "of nothing", of(2), nil)
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func testStoreParticipations(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	people := People()
	anna, eva := people[0], people[4]
	storePut(t, s, Entry(1), Entry(2))
	entry := rugzak.Subject(rugzak.EntrySubject(rugzak.EntryID(ID(1))))
	theme, item := rugzak.Subject(rugzak.ThemeSubject("wonen")), rugzak.AgendaSubject("later")
	full := rugzak.Participation{
		Person: anna.ID, Of: entry, Way: rugzak.WayDo, Step: "Ik bel school", When: "2026-04-02", DoneAt: Noon.Add(time.Minute),
		ShowName: true, Meeting: "lente", At: Noon,
	}
	wantEveryField(t, reflect.ValueOf(full), "Participation")
	promised := full
	promised.Person, promised.DoneAt, promised.When = eva.ID, time.Time{}, "2026-04-01"
	follow := rugzak.Participation{Person: anna.ID, Of: theme, Way: rugzak.WayFollow, At: Noon}
	later := rugzak.Participation{Person: anna.ID, Of: item, Way: rugzak.WayDo, Step: "Lezen", When: "2026-03-20", At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return first(w.SaveMovement(rugzak.Movement{Agenda: []rugzak.AgendaItem{{ID: "later", Title: "Later"}}}), w.SaveTheme(rugzak.Theme{ID: "wonen", Title: "Wonen"}, 0),
			w.SaveParticipation(full), w.SaveParticipation(promised), w.SaveParticipation(follow), w.SaveParticipation(later))
	})
	of := func(p rugzak.PersonID) (all []rugzak.Participation) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { all, err = r.Participations(p); return err })
		return all
	}
	who := func(subject rugzak.Subject) (all []rugzak.Participant) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error { all = storeCollect(t, r.Participants(subject)); return nil })
		return all
	}
	promises := func(o rugzak.OrganisationID) (all []rugzak.Participation) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error { all = storeCollect(t, r.PromisesOf(o)); return nil })
		return all
	}
	Same(t, "of a person", of(anna.ID), []rugzak.Participation{later, full, follow})
	Same(t, "of a subject", who(entry), []rugzak.Participant{
		{Participation: full, Member: rugzak.Person{ID: anna.ID, Organisation: anna.Organisation, Kind: anna.Kind, Team: anna.Team}},
		{Participation: promised, Member: rugzak.Person{ID: eva.ID, Organisation: eva.Organisation, Kind: eva.Kind}},
	})
	Same(t, "promised by a department", promises(Youth), []rugzak.Participation{later})
	Same(t, "promised by a partner", promises(Homes), []rugzak.Participation{promised})

	storeUpdate(t, s, func(w rugzak.Writer) error { // she moves to another department
		p, err := w.Person(anna.ID)
		if err != nil {
			return err
		}
		p.Organisation, p.Team = Streets, "groen"
		return w.SavePerson(p, p.Version)
	})
	Same(t, "promised where she was", promises(Youth), nil)
	Same(t, "promised where she is", promises(Streets), []rugzak.Participation{later})
	if got := who(entry)[0].Member; got.Organisation != Streets || got.Team != "groen" {
		t.Errorf("a participant who moved: %+v", got)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return first(w.SaveMovement(rugzak.Movement{}), w.RemoveTheme("wonen")) })
	Same(t, "after item and theme went", of(anna.ID), []rugzak.Participation{full})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveParticipation(anna.ID, theme) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(anna.ID) })
	if all := who(entry); len(all) != 1 || all[0].Person != eva.ID {
		t.Errorf("after a person went: %+v", all)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(rugzak.EntryID(ID(1))) })
	Same(t, "after the entry went", of(eva.ID), nil)
	Same(t, "promised after the entry went", promises(Homes), nil)
}
