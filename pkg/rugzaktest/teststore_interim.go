// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreInterims(t *testing.T, s rugzak.Store) {
	figures, err := rugzak.Freeze(rugzak.ScopeInside, rugzak.FrozenFigures{Results: rugzak.MovementResults{Scope: rugzak.ScopeInside}})
	if err != nil {
		t.Fatal(err)
	}
	about := Draft(1).ID
	story := rugzak.InterimStory{
		Rung: rugzak.RungApplied, Entry: about, Version: 3, Kind: rugzak.KindInsight, Lang: rugzak.Dutch, Title: "Bel eerst", Text: "Wie belt, noemt een dag.",
		Organisation: "Jeugd", Readers: []string{"internal"},
	}
	story.Hash = story.Fingerprint()
	first := rugzak.InterimResult{
		ID: ID(10), Number: 1, Title: "Eerste", Text: "We begonnen.", Lang: rugzak.Dutch, Span: rugzak.SpanYear, At: Noon,
		Figures: []rugzak.InterimFigures{figures}, Stories: []rugzak.InterimStory{story}, Sample: true,
	}
	second := first
	second.ID, second.Number, second.Sample, second.Stories = ID(11), 2, false, nil
	gone := first
	gone.Stories = []rugzak.InterimStory{story}
	gone.Stories[0].Removed = Noon
	wantEveryField(t, reflect.ValueOf(gone), "InterimResult")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveInterim(first); err != nil {
			return err
		}
		return w.SaveInterim(second)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Interim(first.ID)
		Same(t, "interim result", got, first)
		all, failed := r.Interims()
		Same(t, "interim results", all, []rugzak.InterimResult{second, first})
		_, missing := r.Interim(ID(12))
		storeMissing(t, "another", missing)
		if failed != nil {
			return failed
		}
		return err
	})
	// The past of version 3 and before stays until it is purged itself.
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.ForgetStories(about, 3, Noon) })
	storyLike(t, s, first.ID, "Wie belt, noemt een dag.", time.Time{})
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return w.SaveTombstone(rugzak.Tombstone{Subject: rugzak.EntrySubject(about), At: Noon.Add(time.Hour), Reason: rugzak.ReasonName})
	})
	storyLike(t, s, first.ID, "", Noon.Add(time.Hour))
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveInterim(second.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveInterim(second.ID) })
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SaveInterim(rugzak.InterimResult{}) })
}

func storyLike(t *testing.T, s rugzak.Store, id, text string, removed time.Time) {
	t.Helper()
	storeView(t, s, func(r rugzak.Reader) error {
		i, err := r.Interim(id)
		if err == nil && (i.Stories[0].Text != text || !i.Stories[0].Removed.Equal(removed) || i.Stories[0].Hash == "") {
			t.Errorf("story is %+v, want %q, removed %v", i.Stories[0], text, removed)
		}
		return err
	})
}
