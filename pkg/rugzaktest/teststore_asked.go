// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

// What is asked of the authors of entries besides who may read them.
func testStoreAsked(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	me, other := People()[0].ID, People()[1].ID
	one, two := Entry(1).ID, Entry(2).ID
	enrich := rugzak.Enrichment{
		ID: ID(11), Entry: one, Asker: other, Points: []rugzak.EnrichPoint{rugzak.EnrichResult, rugzak.EnrichMonday},
		Text: "Hoe liep het af?", State: rugzak.WideningOpen, At: Noon,
	}
	wantEveryField(t, reflect.ValueOf(enrich), "Enrichment")
	text := rugzak.TextProposal{
		ID: ID(12), Entry: one, Asker: other, Title: "Beter", Lesson: "Bel eerst", Body: Body(2), Why: "Korter", Base: 1,
		NotBSN: []string{"123456782"}, State: rugzak.WideningOpen, At: Noon,
	}
	wantEveryField(t, reflect.ValueOf(text), "TextProposal")
	asked := func(p rugzak.PersonID, want ...rugzak.EntryID) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.AskedAbout(p)
			Same(t, "entries there are requests about", got, want)
			return err
		})
	}
	asked(me)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveEnrichment(enrich) })
	asked(me, one)
	mine := enrich
	mine.ID, mine.Entry = ID(13), two
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveTextProposal(text); err != nil {
			return err
		}
		return w.SaveEnrichment(mine)
	})
	asked(me, one, two)
	text.State, enrich.State = rugzak.WideningYes, rugzak.WideningNo
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveTextProposal(text); err != nil {
			return err
		}
		return w.SaveEnrichment(enrich)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Enrichments(one)
		Same(t, "requests to add something", got, []rugzak.Enrichment{enrich})
		Same(t, "all of them", storeCollect(t, r.AllEnrichments()), []rugzak.Enrichment{enrich, mine})
		texts, failed := r.TextProposals(one)
		Same(t, "other texts", texts, []rugzak.TextProposal{text})
		Same(t, "all other texts", storeCollect(t, r.AllTextProposals()), []rugzak.TextProposal{text})
		if failed != nil {
			return failed
		}
		again, failed := r.TextProposal(one, text.ID)
		Same(t, "one other text", again, text)
		_, missing := r.TextProposal(two, text.ID)
		storeMissing(t, "a text that is not there", missing)
		_, missing = r.Enrichment(two, enrich.ID)
		storeMissing(t, "a request that is not there", missing)
		if failed != nil {
			return failed
		}
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgePast(one) })
	storeView(t, s, func(r rugzak.Reader) error {
		texts, err := r.TextProposals(one)
		Same(t, "other texts after the past was purged", texts, nil)
		return err
	})
	asked(me, one, two)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEnrichment(one, enrich.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveEnrichment(one, enrich.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveTextProposal(one, text.ID) })
	asked(me, two)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveTextProposal(text) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(two) })
	asked(me, one)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	asked(me)
}
