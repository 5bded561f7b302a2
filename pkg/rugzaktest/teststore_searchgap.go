// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreSearchGaps(t *testing.T, s rugzak.Store) {
	begun := rugzak.SearchGap{Term: "kraanvogel", Key: "sleutel", Marks: []string{"een", "twee"}, First: "2026-W47", Last: "2026-W48"}
	shown := rugzak.SearchGap{Term: `"warme overdracht" é`, Count: 4, First: "2026-W01", Last: "2026-W02", State: rugzak.GapIgnored}
	both := begun
	both.Count, both.State = 1, rugzak.GapSolved
	wantEveryField(t, reflect.ValueOf(both), "SearchGap")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveSearchGap(begun); err != nil {
			return err
		}
		return w.SaveSearchGap(shown)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "gaps", storeCollect(t, r.SearchGaps()), []rugzak.SearchGap{shown, begun})
		got, err := r.SearchGap("kraanvogel")
		Same(t, "gap", got, begun)
		_, gone := r.SearchGap("kraan")
		storeMissing(t, "a term that is the beginning of another", gone)
		return err
	})
	begun.Key, begun.Marks, begun.Count = "", nil, 3
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveSearchGap(begun) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveSearchGap(shown.Term) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveSearchGap("nooit gezocht") })
	storeView(t, s, func(r rugzak.Reader) error {
		Same(t, "gaps after", storeCollect(t, r.SearchGaps()), []rugzak.SearchGap{begun})
		return nil
	})
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SaveSearchGap(rugzak.SearchGap{Count: 3}) })
}
