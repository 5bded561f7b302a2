// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Response is the nth response to an entry, by a person.
func Response(n int, entry rugzak.EntryID, by rugzak.PersonID) rugzak.Response {
	return rugzak.Response{
		ID: ID(n), Entry: entry, Kind: rugzak.ResponseQuestion, Author: by, Organisation: Youth, Body: "Hoe deden jullie dat?",
		Lang: rugzak.Dutch, At: Noon.Add(time.Duration(n) * time.Minute), Version: 1,
	}
}

func testStoreResponses(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	one, two := Entry(1).ID, Entry(2).ID
	me, other := People()[0].ID, People()[1].ID
	first, third := Response(11, one, me), Response(13, two, me)
	first.Waits = Youth
	second := rugzak.Response{
		ID: ID(12), Entry: one, To: first.ID, Kind: rugzak.ResponseAnswer, Author: other, Organisation: Youth, Body: "Zo\n\n* 1\n",
		Lang: rugzak.English, Mentions: []rugzak.PersonID{me}, NotBSN: []string{"111222333"}, Inside: true, At: Noon, EditedAt: Noon,
		Withdrawn: true, Reported: true, Waits: Streets, Became: two, Version: 1,
	}
	wantEveryField(t, reflect.ValueOf(second), "Response")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, x := range []rugzak.Response{third, first, second} {
			if err := w.SaveResponse(x, 0); err != nil {
				return err
			}
		}
		return nil
	})
	read := func(entry rugzak.EntryID, want ...rugzak.Response) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Responses(entry)
			Same(t, "responses", got, want)
			return err
		})
	}
	read(one, first, second)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Response(one, second.ID)
		Same(t, "a response", got, second)
		Same(t, "all responses", storeCollect(t, r.AllResponses()), []rugzak.Response{first, second, third})
		Same(t, "responses of a person", storeCollect(t, r.ResponsesBy(me)), []rugzak.Response{first, third})
		Same(t, "questions that wait", storeCollect(t, r.ResponsesWaiting(Youth)), []rugzak.Response{first})
		_, absent := r.Response(two, first.ID)
		storeMissing(t, "a response of another entry", absent)
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveResponse(first, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveResponse(first, 2) })
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SaveResponse(rugzak.Response{ID: "a\x00b", Entry: one}, 0) })
	first.Waits, first.Author, first.Body = "", "", ""
	first.Version = 2
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveResponse(first, 1) })
	read(one, first, second)
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "responses of a person", storeCollect(t, r.ResponsesBy(me)), []rugzak.Response{third})
		Same(t, "questions that wait", storeCollect(t, r.ResponsesWaiting(Youth)), nil)
		return nil
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveResponse(two, first.ID) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	read(two, third)
	// Purged, the first stays empty for the sake of the second.
	first.Author, first.Body, first.Version = me, "Nee", 3
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveResponse(first, 2) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgeResponse(one, first.ID) })
	first = rugzak.Response{ID: first.ID, Entry: one, Kind: first.Kind, Lang: first.Lang, At: first.At, Withdrawn: true, Version: 4}
	read(one, first, second)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.PurgeResponse(one, second.ID) })
	read(one, first)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(one) })
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "all responses", storeCollect(t, r.AllResponses()), []rugzak.Response{third})
		return nil
	})
}

func testStoreSignals(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	one, two := Entry(1).ID, Entry(2).ID
	me, other := People()[0].ID, People()[1].ID
	response := Response(11, one, me)
	mine := rugzak.Signal{Person: me, Entry: one, Kind: rugzak.SignalRecognise, At: Noon}
	thanks := rugzak.Signal{Person: other, Entry: one, Response: response.ID, Kind: rugzak.SignalThank, At: Noon.Add(time.Hour)}
	elsewhere := rugzak.Signal{Person: other, Entry: two, Kind: rugzak.SignalThank, At: Noon}
	wantEveryField(t, reflect.ValueOf(thanks), "Signal")
	put := func() {
		t.Helper()
		storeUpdate(t, s, func(w rugzak.Writer) error {
			for _, x := range []rugzak.Signal{elsewhere, thanks, mine} {
				if err := w.SaveSignal(x); err != nil {
					return err
				}
			}
			return nil
		})
	}
	all := func(want ...rugzak.Signal) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			Same(t, "all signals", storeCollect(t, r.AllSignals()), want)
			return nil
		})
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveResponse(response, 0) })
	put()
	all(mine, thanks, elsewhere)
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Signal(rugzak.Signal{Person: me, Entry: one, Kind: rugzak.SignalRecognise})
		Same(t, "a signal", got, mine)
		Same(t, "signals about an entry", storeCollect(t, r.Signals(one)), []rugzak.Signal{mine, thanks})
		Same(t, "signals of a person", storeCollect(t, r.SignalsBy(other)), []rugzak.Signal{thanks, elsewhere})
		_, absent := r.Signal(rugzak.Signal{Person: me, Entry: one, Kind: rugzak.SignalThank})
		storeMissing(t, "a signal of another kind", absent)
		return err
	})
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error {
		return w.SaveSignal(rugzak.Signal{Person: me, Entry: one, Response: "\x00", Kind: rugzak.SignalThank})
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveSignal(mine) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveSignal(mine) })
	all(thanks, elsewhere)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveResponse(one, response.ID) })
	all(elsewhere)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveResponse(response, 0) })
	put()
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	all(mine)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(one) })
	all()
}
