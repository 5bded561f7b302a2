// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreIdentities(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	first := rugzak.Identity{Issuer: "https://een.example", Subject: "0\x001", Person: me, At: Noon.Add(time.Hour)}
	wantEveryField(t, reflect.ValueOf(first), "Identity")
	second := rugzak.Identity{Issuer: "https://twee.example", Subject: "0\x001", Person: me, At: Noon}
	third := rugzak.Identity{Issuer: "https://een.example", Subject: "2", Person: other, At: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, i := range []rugzak.Identity{first, second, third} {
			if err := w.SaveIdentity(i); err != nil {
				return err
			}
		}
		return nil
	})
	storeView(t, s, func(r rugzak.Reader) error {
		for _, want := range []rugzak.Identity{first, second, third} {
			got, err := r.Identity(want.Issuer, want.Subject)
			Same(t, "identity", got, want)
			if err != nil {
				return err
			}
		}
		// Issuer and subject are two things, however they are cut.
		for _, odd := range [][2]string{{"https://een.example0", "\x001"}, {"https://een.example", "3"}, {"", ""}, {"2", "https://een.example"}} {
			_, err := r.Identity(odd[0], odd[1])
			storeMissing(t, "odd identity", err)
		}
		mine, err := r.Identities(me)
		Same(t, "my identities", mine, []rugzak.Identity{second, first})
		return err
	})
	nobody := first
	nobody.Person = "niemand"
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.SaveIdentity(nobody) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveIdentity(first.Issuer, first.Subject) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveIdentity(first.Issuer, first.Subject) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(me) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Identity(second.Issuer, second.Subject)
		storeMissing(t, "identity of a person who is gone", err)
		got, err := r.Identity(third.Issuer, third.Subject)
		Same(t, "identity of the other", got, third)
		return err
	})
}

func testStoreUseOnce(t *testing.T, s rugzak.Store) {
	hash := rugzak.HashSecret("antwoord")
	use := func(hash string, now time.Time) error {
		_, err := s.Update(t.Context(), func(w rugzak.Writer) error { return w.UseOnce(hash, now, now.Add(time.Minute)) })
		return err
	}
	// It works once, also when two come at the same time.
	worked := make(chan error)
	for range 4 {
		go func() { worked <- use(hash, Noon) }()
	}
	times := 0
	for range 4 {
		switch err := <-worked; rugzak.CodeOf(err) {
		case "":
			times++
		case rugzak.CodeConflict:
		default:
			t.Errorf("used again: %v", err)
		}
	}
	if times != 1 {
		t.Errorf("it could be used %d times", times)
	}
	if err := use(rugzak.HashSecret("ander"), Noon.Add(time.Minute)); err != nil {
		t.Errorf("another: %v", err)
	}
	if err := use(hash, Noon.Add(time.Minute)); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("used again at the last moment: %v", err)
	}
	if err := use(hash, Noon.Add(time.Hour)); err != nil {
		t.Errorf("long afterwards it is forgotten: %v", err)
	}
}
