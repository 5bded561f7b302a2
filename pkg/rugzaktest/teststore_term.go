// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"

	"rugzak/pkg/rugzak"
)

func testStoreTerms(t *testing.T, s rugzak.Store) {
	full := rugzak.Term{
		ID: "wmo", Preferred: "Wmo", Others: []string{"Wet maatschappelijke ondersteuning"}, Meaning: "De wet over meedoen.",
		Version: 4, UpdatedAt: Noon,
	}
	wantEveryField(t, reflect.ValueOf(full), "Term")
	version := func() (n int) {
		storeView(t, s, func(r rugzak.Reader) (err error) { n, err = r.TermsVersion(); return err })
		return n
	}
	if n := version(); n != 0 {
		t.Errorf("version %d of no groups", n)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, term := range []rugzak.Term{full, {ID: "zzz", Preferred: "besluit", Others: []string{"beschikking"}}} {
			if err := w.SaveTerm(term, 0); err != nil {
				return err
			}
		}
		return nil
	})
	saved := version()
	if saved == 0 {
		t.Error("saving groups leaves the version as it was")
	}
	full.Version = 1
	second := rugzak.Term{ID: "zzz", Preferred: "besluit", Others: []string{"beschikking"}, Version: 1}
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Terms()
		Same(t, "terms by their preferred word", got, []rugzak.Term{second, full})
		return err
	})
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveTerm(full, 0) })
	storeRefuses(t, s, rugzak.CodeConflict, func(w rugzak.Writer) error { return w.SaveTerm(full, 2) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveTerm("niets") })
	if n := version(); n != saved {
		t.Errorf("the version went from %d to %d though nothing was saved", saved, n)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		full.Others = []string{"Wet maatschappelijke ondersteuning 2015"}
		if err := w.SaveTerm(full, 1); err != nil {
			return err
		}
		before, err := w.TermsVersion()
		if err != nil {
			return err
		}
		if err := w.RemoveTerm("zzz"); err != nil {
			return err
		}
		after, err := w.TermsVersion()
		if after == before {
			t.Error("removing a group leaves the version as it was, within the transaction")
		}
		return err
	})
	if n := version(); n == saved {
		t.Error("changing and removing groups leaves the version as it was")
	}
	full.Version = 2
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Term("wmo")
		Same(t, "term", got, full)
		if err != nil {
			t.Error(err)
		}
		_, err = r.Term("zzz")
		storeMissing(t, "term", err)
		return nil
	})
}
