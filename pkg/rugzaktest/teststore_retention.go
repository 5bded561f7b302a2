// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreRetention(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	done := func() (at time.Time) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) (err error) { at, err = r.DoneAt("daily"); return err })
		return at
	}
	if at := done(); !at.IsZero() {
		t.Errorf("done before it ever was: %v", at)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.MarkDone("daily", Noon) })
	if at := done(); !at.Equal(Noon) {
		t.Errorf("done at %v", at)
	}

	e := Draft(1)
	told := rugzak.Announcement{Entry: e.ID, Kind: rugzak.NoticeDraftOld, At: Noon}
	wantEveryField(t, reflect.ValueOf(told), "Announcement")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveEntry(e, 0, nil); err != nil {
			return err
		}
		return w.Announce(told)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Announced(e.ID, rugzak.NoticeDraftOld)
		Same(t, "announcement", got, told)
		if _, err := r.Announced(e.ID, rugzak.NoticeReview); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("another announcement: %v", err)
		}
		return err
	})
	storeSound(t, s)
	// It goes with the entry.
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(e.ID) })
	storeView(t, s, func(r rugzak.Reader) error {
		if _, err := r.Announced(e.ID, rugzak.NoticeDraftOld); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("an announcement of an entry that is gone: %v", err)
		}
		return nil
	})
	storeSound(t, s)
}
