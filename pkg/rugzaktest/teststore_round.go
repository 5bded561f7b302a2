// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Round returns a reflection round in which every field says something.
func Round(n int) rugzak.ReflectionRound {
	return rugzak.ReflectionRound{
		ID: ID(n), Number: n, Title: "Waar bewogen we?", Text: "Wij kijken terug.", Set: "vast",
		Questions: []rugzak.RoundQuestion{{NL: "Wat gaf je energie?", EN: "What gave you energy?"}}, Weeks: 8,
		Opens: "2026-04-01", Closes: "2026-04-15", InvitedAt: Noon, Taking: []rugzak.OrganisationID{Homes, Youth},
		Outcome: "Wij bellen eerder.", Also: []rugzak.OrganisationID{Homes}, PublishedAt: Noon.Add(time.Hour),
		Changes:   []rugzak.RoundChange{{Domain: "Contact", Entry: rugzak.EntryID(ID(900)), Reason: "Omdat het vaker lukt."}},
		Decisions: []rugzak.RoundDecision{{ID: ID(901), Text: "Elke week bellen", Goal: rugzak.DecisionAgenda, Item: "bellen", At: Noon}},
		Sample:    true, At: Noon, UpdatedAt: Noon.Add(time.Minute), Version: 1,
	}
}

func testStoreRounds(t *testing.T, s rugzak.Store) {
	first, second := Round(1), Round(2)
	wantEveryField(t, reflect.ValueOf(first), "ReflectionRound")
	second.Opens, second.Closes = "2026-05-27", "2026-06-10"
	set := rugzak.QuestionSet{
		ID: "vast", NameNL: "Vaste vragen", NameEN: "Usual questions", Questions: first.Questions, Closed: true, Sample: true, Version: 1, UpdatedAt: Noon,
	}
	wantEveryField(t, reflect.ValueOf(set), "QuestionSet")
	other := rugzak.QuestionSet{ID: "ander", NameNL: "Andere vragen", Version: 1}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, r := range []rugzak.ReflectionRound{second, first} {
			if err := w.SaveRound(r, 0); err != nil {
				return err
			}
		}
		for _, q := range []rugzak.QuestionSet{set, other} {
			if err := w.SaveQuestionSet(q, 0); err != nil {
				return err
			}
		}
		return nil
	})
	look := func(what string, rounds []rugzak.ReflectionRound, sets []rugzak.QuestionSet) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Rounds()
			Same(t, what+": rounds", got, rounds)
			if err != nil {
				return err
			}
			all, err := r.QuestionSets()
			Same(t, what+": sets", all, sets)
			return err
		})
	}
	look("saved", []rugzak.ReflectionRound{first, second}, []rugzak.QuestionSet{other, set})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Round(second.ID)
		Same(t, "one round", got, second)
		one, failed := r.QuestionSet("vast")
		Same(t, "one set", one, set)
		_, gone := r.Round(ID(3))
		storeMissing(t, "a round that is not there", gone)
		_, gone = r.QuestionSet("geen")
		storeMissing(t, "a set that is not there", gone)
		if err == nil {
			err = failed
		}
		return err
	})
	for day, want := range map[string][]rugzak.ReflectionRound{
		first.Opens: {first}, first.Closes: {first}, "2026-04-08": {first}, second.Opens: {second}, "2026-03-31": nil, "2026-04-16": nil, "2026-06-11": nil,
	} {
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.RoundsOn(day)
			Same(t, "rounds on "+day, got, want)
			return err
		})
	}
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveRound(first, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveQuestionSet(set, 2) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveRound(ID(3)) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveQuestionSet("geen") })
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.RemoveQuestionSet("ander"); err != nil {
			return err
		}
		return w.SaveRound(first, 1)
	})
	first.Version = 2
	look("changed", []rugzak.ReflectionRound{first, second}, []rugzak.QuestionSet{set})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveRound(second.ID) })
	look("removed", []rugzak.ReflectionRound{first}, []rugzak.QuestionSet{set})

	// A purged entry is no longer among the changes that were chosen, and no
	// longer in the outcome; the rest of that stays.
	entry, outcome := Entry(7), first.Outcome
	first.Outcome = outcome + "\n\n> Zo ging het.\n\n— [dit](/ervaringen/" + string(entry.ID) + ")"
	first.Changes = append(first.Changes, rugzak.RoundChange{Domain: "Samen", Entry: entry.ID, Reason: "Omdat dit van ons allemaal is."})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveRound(first, 2); err != nil {
			return err
		}
		return w.SaveEntry(entry, 0, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonShared})
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgeEntry(entry.ID) })
	first.Changes, first.Outcome, first.Version = first.Changes[:1], outcome, 4
	first.PublishedAt = time.Time{} // the entry had fewer readers than the outcome
	look("purged", []rugzak.ReflectionRound{first}, []rugzak.QuestionSet{set})
}
