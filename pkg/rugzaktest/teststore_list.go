// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreLists(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	people := People()
	withdrawn := Entry(3, func(e *rugzak.Entry) { e.State = rugzak.StateWithdrawn })
	partner := Entry(4, func(e *rugzak.Entry) {
		e.Authors, e.Organisation, e.OrganisationKind, e.Team = []rugzak.PersonID{people[4].ID}, Homes, rugzak.Partner, ""
		e.Audience.Also = []rugzak.OrganisationID{Youth}
	})
	theme := Entry(5, func(e *rugzak.Entry) {
		e.Themes, e.Sample = []rugzak.ThemeID{"wonen", "ontmoeten"}, true
		e.Audience.Level = rugzak.LevelInternal
	})
	storePut(t, s, Entry(1), Draft(2), withdrawn, partner, theme)
	id := func(numbers ...int) (ids []rugzak.EntryID) {
		for _, n := range numbers {
			ids = append(ids, rugzak.EntryID(ID(n)))
		}
		return ids
	}
	for list, want := range map[rugzak.List][]rugzak.EntryID{
		rugzak.AllEntries:                   id(5, 4, 3, 2, 1),
		rugzak.SampleEntries:                id(5),
		rugzak.AuthorList(people[0].ID):     id(5, 3, 2, 1),
		rugzak.AuthorList(people[4].ID):     id(4),
		rugzak.AuthorList(people[1].ID):     nil,
		rugzak.OrganisationList(Youth):      id(5, 3, 2, 1),
		rugzak.OrganisationList(Homes):      id(4),
		rugzak.ThemeList("wonen"):           id(5),
		rugzak.ThemeList("ontmoeten"):       id(5),
		rugzak.ThemeList("won"):             nil,
		rugzak.TokenList("internal"):        id(5),
		rugzak.TokenList("org:" + "jeugd"):  id(5, 4, 1),
		rugzak.TokenList("team:jeugd/zuid"): nil,
		rugzak.List("unheard of"):           nil,
		rugzak.List(""):                     nil,
	} {
		Same(t, "list "+string(list), storeList(t, s, list, ""), want)
	}
	// A change of audience, theme and state moves the entry between lists.
	storeUpdate(t, s, func(w rugzak.Writer) error {
		e := theme
		e.Themes, e.Sample, e.State = []rugzak.ThemeID{"ontmoeten"}, false, rugzak.StateWithdrawn
		return w.SaveEntry(e, 1, nil)
	})
	Same(t, "theme left", storeList(t, s, rugzak.ThemeList("wonen"), ""), nil)
	Same(t, "theme kept", storeList(t, s, rugzak.ThemeList("ontmoeten"), ""), id(5))
	Same(t, "internal", storeList(t, s, rugzak.TokenList("internal"), ""), nil)
	Same(t, "samples", storeList(t, s, rugzak.SampleEntries, ""), nil)
	Same(t, "everything", storeList(t, s, rugzak.AllEntries, ""), id(5, 4, 3, 2, 1))
}

func testStoreListOrder(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	at := func(d time.Duration) func(*rugzak.Entry) { return func(e *rugzak.Entry) { e.SharedAt = Noon.Add(d) } }
	entries := []rugzak.Entry{
		Entry(1, at(time.Hour)), Entry(2, at(0)), Entry(3, at(0)), // two in the same moment
		Entry(4, at(-time.Hour)), Entry(5, at(2*time.Hour)), Entry(6, at(0)),
		Entry(7, func(e *rugzak.Entry) { e.SharedAt = time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC) }),
	}
	storePut(t, s, entries...)
	want := slices.Clone(entries)
	slices.SortFunc(want, func(a, b rugzak.Entry) int {
		if a.Mark() < b.Mark() {
			return -1
		}
		return 1
	})
	Same(t, "newest first", storeList(t, s, rugzak.AllEntries, ""), entryIDs(want))
	for i, e := range want {
		Same(t, "after each mark", storeList(t, s, rugzak.AllEntries, e.Mark()), entryIDs(want[i+1:]))
	}
	absent := Entry(99, at(time.Minute))
	Same(t, "after the mark of one that is gone", storeList(t, s, rugzak.AllEntries, absent.Mark()),
		entryIDs(slices.DeleteFunc(slices.Clone(want), func(e rugzak.Entry) bool { return e.Mark() <= absent.Mark() })))
	storeView(t, s, func(r rugzak.Reader) error {
		n := 0
		for _, err := range r.Entries(rugzak.AllEntries, "no mark at all") {
			if n++; rugzak.CodeOf(err) != rugzak.CodeMalformed {
				t.Errorf("an impossible mark gave %v", err)
			}
		}
		if n != 1 {
			t.Errorf("an impossible mark yielded %d times", n)
		}
		return nil
	})
	// A draft moves up when it is saved again.
	storePut(t, s, Draft(20, func(e *rugzak.Entry) { e.UpdatedAt = Noon.Add(-24 * time.Hour) }))
	if ids := storeList(t, s, rugzak.AllEntries, ""); ids[0] == Draft(20).ID {
		t.Error("the old draft stands on top")
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return w.SaveEntry(Draft(20, func(e *rugzak.Entry) { e.UpdatedAt, e.Version = Noon.Add(24*time.Hour), 2 }), 1, nil)
	})
	ids := storeList(t, s, rugzak.AllEntries, "")
	if ids[0] != Draft(20).ID || len(ids) != len(entries)+1 {
		t.Errorf("after saving the draft the list is %v", ids)
	}
}

// Pages read one after the other neither skip nor repeat what was there when
// the first was read, while others write.
func testStorePagingWhileWriting(t *testing.T, s rugzak.Store) {
	const first, page = 60, 7
	storeHouse(t, s)
	var before []rugzak.Entry
	for n := range first {
		before = append(before, Entry(n, func(e *rugzak.Entry) { e.SharedAt = Noon.Add(time.Duration(n/4) * time.Second) }))
	}
	storePut(t, s, before...)
	want := storeList(t, s, rugzak.AllEntries, "")
	removed := map[rugzak.EntryID]bool{}
	var got []rugzak.EntryID
	var mark rugzak.Mark
	for step := 0; ; step++ {
		n := 0
		storeView(t, s, func(r rugzak.Reader) error {
			for e, err := range r.Entries(rugzak.AllEntries, mark) {
				if err != nil {
					return err
				}
				got, mark = append(got, e.ID), e.Mark()
				if n++; n == page {
					break
				}
			}
			return nil
		})
		if n < page {
			break
		}
		storeUpdate(t, s, func(w rugzak.Writer) error {
			// A newer one comes, the last one of the page and one still to come go.
			if err := PutEntries(w, Entry(1000+step)); err != nil {
				return err
			}
			for _, id := range []rugzak.EntryID{got[len(got)-1], want[len(want)-1-step]} {
				if removed[id] {
					continue
				}
				removed[id] = true
				if err := w.RemoveEntry(id); err != nil {
					return err
				}
			}
			return nil
		})
	}
	seen := map[rugzak.EntryID]bool{}
	for _, id := range got {
		if seen[id] {
			t.Errorf("%s came twice", id)
		}
		seen[id] = true
	}
	for _, id := range want {
		if !seen[id] && !removed[id] {
			t.Errorf("%s was skipped", id)
		}
	}
	if !slices.Equal(got, slices.DeleteFunc(slices.Clone(want), func(id rugzak.EntryID) bool { return !seen[id] })) {
		t.Error("the pages are not in the order of the list")
	}
}

// Questions that wait for an answer, the ball of an organisation, and what
// somebody applied, are lists too: they follow the state of the question.
func testStoreOpenQuestions(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me := People()[0].ID
	question := func(n int, state rugzak.QuestionState, ball rugzak.OrganisationID) rugzak.Entry {
		return Entry(n, func(e *rugzak.Entry) {
			e.Kind, e.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: state, BallWith: ball}
			e.Audience.Also = []rugzak.OrganisationID{Homes}
		})
	}
	archived := question(5, rugzak.QuestionOpen, Homes)
	archived.State = rugzak.StateArchived
	applied := Entry(6, func(e *rugzak.Entry) {
		e.Kind, e.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: rugzak.EntryID(ID(1)), Outcome: rugzak.OutcomePartly}
	})
	draft := Draft(7, func(e *rugzak.Entry) { e.Kind = rugzak.KindApplication })
	forTeam := Entry(8, func(e *rugzak.Entry) { e.Mode = rugzak.ByTeam })
	nameless := Entry(9, func(e *rugzak.Entry) { e.Mode, e.Authors = rugzak.Anonymous, nil })
	storePut(t, s, question(1, rugzak.QuestionOpen, Homes), question(2, rugzak.QuestionTrying, ""), question(3, rugzak.QuestionExploring, Streets),
		question(4, rugzak.QuestionAnswered, Homes), archived, applied, draft, forTeam, nameless)
	id := func(numbers ...int) (ids []rugzak.EntryID) {
		for _, n := range numbers {
			ids = append(ids, rugzak.EntryID(ID(n)))
		}
		return ids
	}
	homes, youth, mine := rugzak.OrganisationToken(Homes), rugzak.OrganisationToken(Youth), rugzak.PersonToken(me)
	for list, want := range map[rugzak.List][]rugzak.EntryID{
		rugzak.OpenQuestionList(homes):               id(3, 2, 1),
		rugzak.OpenQuestionList(youth):               id(3, 2, 1),
		rugzak.OpenQuestionList(mine):                id(3, 2, 1),
		rugzak.OpenQuestionList(rugzak.PrivacyToken): nil,
		rugzak.BallList(Homes, homes):                id(1),
		rugzak.BallList(Streets, youth):              id(3),
		rugzak.BallList(Youth, youth):                nil,
		rugzak.ApplicationList(me):                   id(6),
		rugzak.TeamList(Youth, "noord"):              id(8, 6, 4, 3, 2, 1),
		rugzak.ApplicationList(People()[1].ID):       nil,
	} {
		Same(t, "list "+string(list), storeList(t, s, list, ""), want)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		e := question(1, rugzak.QuestionOpen, Streets) // the ball goes to another
		e.Version = 2
		return w.SaveEntry(e, 1, nil)
	})
	Same(t, "the ball left", storeList(t, s, rugzak.BallList(Homes, homes), ""), nil)
	Same(t, "the ball came", storeList(t, s, rugzak.BallList(Streets, homes), ""), id(3, 1))
}

// A writer may change what it is listing.
func testStoreWritingWhileListing(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	const many = 300 // more than fits a page of any store
	var entries []rugzak.Entry
	for n := range many {
		entries = append(entries, Entry(n))
	}
	storePut(t, s, entries...)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		n := 0
		for e, err := range w.Entries(rugzak.AllEntries, "") {
			if err != nil {
				return err
			}
			if want := entries[many-1-n].ID; e.ID != want {
				t.Fatalf("entry %d of the list is %s, want %s", n, e.ID, want)
			}
			if n++; n%2 == 0 {
				if err := w.RemoveEntry(e.ID); err != nil {
					return err
				}
				continue
			}
			e.Themes, e.Version = []rugzak.ThemeID{"wonen"}, 2
			if err := w.SaveEntry(e, 1, nil); err != nil {
				return err
			}
		}
		if n != many {
			t.Errorf("listed %d of %d", n, many)
		}
		return nil
	})
	if n := len(storeList(t, s, rugzak.ThemeList("wonen"), "")); n != many/2 {
		t.Errorf("%d entries in the theme, want %d", n, many/2)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for e, err := range w.Entries(rugzak.ThemeList("wonen"), "") {
			if err != nil {
				return err
			}
			e.Themes = nil
			if err := w.SaveEntry(e, 2, nil); err != nil {
				return err
			}
		}
		return nil
	})
	Same(t, "theme after clearing", storeList(t, s, rugzak.ThemeList("wonen"), ""), nil)
}

func testStoreIteratorsEndEarly(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	linked := func(n int) rugzak.Entry {
		return Entry(n, func(e *rugzak.Entry) {
			e.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: rugzak.EntryID(ID(50))}}
		})
	}
	storePut(t, s, linked(1), linked(2), linked(3))
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for range w.Entries(rugzak.AllEntries, "") {
			break
		}
		for range w.RelatedTo(rugzak.EntryID(ID(50))) {
			break
		}
		for range w.NewestRelatedTo(rugzak.EntryID(ID(50))) {
			break
		}
		for range w.Revisions(linked(1).ID) {
			break
		}
		for range w.People() {
			break
		}
		for range w.AllKeeps() {
			break
		}
		return w.SaveEntry(linked(1), 1, nil)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		for e := range r.Entries(rugzak.AllEntries, "") { // an iterator inside another
			for inner := range r.Entries(rugzak.AllEntries, e.Mark()) {
				if inner.Mark() <= e.Mark() {
					t.Errorf("%s comes after %s", inner.Mark(), e.Mark())
				}
			}
		}
		seq := r.Entries(rugzak.AllEntries, "")
		Same(t, "an iterator run twice", storeCollect(t, seq), storeCollect(t, seq))
		return nil
	})
}
