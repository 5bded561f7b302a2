// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreTally(t *testing.T, s rugzak.Store) {
	inside, partner := rugzak.ScopeInside, rugzak.PartnerScope("welzijn")
	first := rugzak.Tallied{Entry: rugzak.EntryID(ID(1)), Lesson: rugzak.EntryID(ID(2)), Groups: []rugzak.TallyGroup{
		{Scopes: []rugzak.Scope{inside, partner}, Sheets: []rugzak.Sheet{rugzak.SheetAll, "m2026-11"}, Cells: rugzak.Cells{"entry/success/jeugd": 1, "drive/eerlijk": 2}},
		{Scopes: []rugzak.Scope{inside}, Sheets: []rugzak.Sheet{rugzak.SheetNow}, Cells: rugzak.Cells{"ball/jeugd/wmo/2026-W48": 1}},
	}}
	second := rugzak.Tallied{Entry: rugzak.EntryID(ID(3)), Groups: []rugzak.TallyGroup{
		{Scopes: []rugzak.Scope{inside}, Sheets: []rugzak.Sheet{rugzak.SheetAll}, Cells: rugzak.Cells{"entry/success/jeugd": 1}},
	}}
	wantEveryField(t, reflect.ValueOf(first), "Tallied")
	put := func(w rugzak.Writer, want rugzak.Sheets, all ...rugzak.Tallied) error {
		for _, one := range all {
			if err := w.SaveTallied(one); err != nil {
				return err
			}
		}
		for key, cells := range want {
			if err := w.SaveSheet(rugzak.TallySheet{SheetKey: key, Cells: cells}); err != nil {
				return err
			}
		}
		return nil
	}
	sum := rugzak.Sheets{}
	sum.Count(first, 1)
	sum.Count(second, 1)
	storeUpdate(t, s, func(w rugzak.Writer) error { return put(w, sum, first, second) })
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Tallied(first.Entry)
		Same(t, "tallied", got, first)
		Same(t, "all tallied", storeCollect(t, r.AllTallied()), []rugzak.Tallied{first, second})
		_, gone := r.Tallied(first.Lesson)
		storeMissing(t, "what was never counted", gone)
		cells, failed := r.Sheet(rugzak.SheetKey{Scope: inside, Sheet: rugzak.SheetAll})
		Same(t, "sheet", cells, rugzak.Cells{"entry/success/jeugd": 2, "drive/eerlijk": 2})
		if failed != nil {
			return failed
		}
		if cells, failed = r.Sheet(rugzak.SheetKey{Scope: "org:niemand", Sheet: rugzak.SheetAll}); failed != nil || len(cells) > 0 {
			t.Errorf("a sheet that is not there: %v, %v", cells, failed)
		}
		if n := len(storeCollect(t, r.AllSheets())); n != len(sum) {
			t.Errorf("%d sheets, want %d", n, len(sum))
		}
		return err
	})
	sum.Count(second, -1)
	storeUpdate(t, s, func(w rugzak.Writer) error { return put(w, sum, rugzak.Tallied{Entry: second.Entry}) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, gone := r.Tallied(second.Entry)
		storeMissing(t, "what was taken away", gone)
		return nil
	})
	testStorePeopleFigures(t, s)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.ClearTally() })
	storeView(t, s, func(r rugzak.Reader) error {
		if len(storeCollect(t, r.AllTallied())) > 0 || len(storeCollect(t, r.AllSheets())) > 0 {
			t.Error("something is left of the counts")
		}
		if len(storeCollect(t, r.AllPeopleFigures())) != 1 {
			t.Error("the figures of people went with the counts")
		}
		return nil
	})
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SaveTallied(rugzak.Tallied{Lesson: first.Lesson}) })
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SaveSheet(rugzak.TallySheet{}) })
}

func testStorePeopleFigures(t *testing.T, s rugzak.Store) {
	f := rugzak.PeopleFigures{
		Scope: rugzak.ScopeInside, At: Noon, Large: []rugzak.OrganisationID{"jeugd"}, Kept: 15, Answered: map[string]int{"all": 5},
		Ways:   map[rugzak.Way]int{rugzak.WayDo: 5},
		Active: map[string]rugzak.PeopleIn{"quarter": {Organisations: map[rugzak.OrganisationID]int{"jeugd": 5}, Rest: 10}},
	}
	wantEveryField(t, reflect.ValueOf(f), "PeopleFigures")
	other := rugzak.PeopleFigures{Scope: rugzak.PartnerScope("welzijn"), At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SavePeopleFigures(other); err != nil {
			return err
		}
		return w.SavePeopleFigures(f)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.PeopleFigures(f.Scope)
		Same(t, "figures of people", got, f)
		Same(t, "figures of all scopes", storeCollect(t, r.AllPeopleFigures()), []rugzak.PeopleFigures{f, other})
		_, gone := r.PeopleFigures(rugzak.PartnerScope("nergens"))
		storeMissing(t, "figures of another scope", gone)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePeopleFigures(other.Scope) })
	storeRefuses(t, s, rugzak.CodeInvalid, func(w rugzak.Writer) error { return w.SavePeopleFigures(rugzak.PeopleFigures{}) })
}
