// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreInvitations(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	full := rugzak.Invitation{
		ID: ID(2), Email: "nieuw@example.org", Name: "Nieuw", Organisation: Youth, Team: "noord", Roles: []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleManager},
		Language: rugzak.English, InvitedBy: People()[0].ID, At: Noon, Expires: Noon.Add(time.Hour), Link: "link", Mailed: "mailed",
	}
	wantEveryField(t, reflect.ValueOf(full), "Invitation")
	older := rugzak.Invitation{ID: ID(1), Email: full.Email, Organisation: Homes, Roles: []rugzak.Role{rugzak.RoleParticipant}, InvitedBy: People()[4].ID, At: Noon, Expires: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveInvitation(full); err != nil {
			return err
		}
		return w.SaveInvitation(older)
	})
	byLink := func(hash string, want string) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.InvitationByLink(hash)
			if want == "" {
				storeMissing(t, "link "+hash, err)
			} else if got.ID != want || err != nil {
				t.Errorf("link %s leads to %q, %v", hash, got.ID, err)
			}
			return nil
		})
	}
	storeView(t, s, func(r rugzak.Reader) error {
		all, err := r.Invitations()
		Same(t, "invitations", all, []rugzak.Invitation{older, full})
		one, err2 := r.Invitation(full.ID)
		Same(t, "invitation", one, full)
		_, err3 := r.Invitation(ID(9))
		storeMissing(t, "unknown invitation", err3)
		if err2 != nil {
			t.Error(err2)
		}
		return err
	})
	byLink("link", full.ID)
	byLink("mailed", full.ID)
	byLink("", "")
	full.Link, full.Mailed = "fresh", ""
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveInvitation(full) })
	byLink("link", "")
	byLink("mailed", "")
	byLink("fresh", full.ID)
	storeSound(t, s)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveInvitation(full.ID) })
	byLink("fresh", "")
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveInvitation(full.ID) })
}

func testStoreLeases(t *testing.T, s rugzak.Store) {
	take := func(holder string, at, until time.Time) bool {
		var mine bool
		storeUpdate(t, s, func(w rugzak.Writer) (err error) {
			mine, err = w.TakeLease("mail", holder, at, until)
			return err
		})
		return mine
	}
	minute := Noon.Add(time.Minute)
	for i, step := range []struct {
		holder    string
		at, until time.Time
		mine      bool
	}{
		{"a", Noon, minute, true},
		{"b", Noon.Add(time.Second), minute, false},
		{"a", Noon.Add(30 * time.Second), Noon.Add(2 * time.Minute), true}, // made longer
		{"b", minute, Noon.Add(3 * time.Minute), false},
		{"b", Noon.Add(2 * time.Minute), Noon.Add(3 * time.Minute), true}, // ran out
		{"a", Noon.Add(2 * time.Minute), Noon.Add(3 * time.Minute), false},
		{"b", Noon.Add(2 * time.Minute), Noon.Add(2 * time.Minute), true}, // given up
		{"a", Noon.Add(2 * time.Minute), Noon.Add(3 * time.Minute), true},
	} {
		if got := take(step.holder, step.at, step.until); got != step.mine {
			t.Errorf("step %d: the lease is held by %s: %v", i+1, step.holder, got)
		}
	}
	var other bool
	storeUpdate(t, s, func(w rugzak.Writer) (err error) {
		other, err = w.TakeLease("other", "b", Noon, minute)
		return err
	})
	if !other {
		t.Error("two leases are one")
	}
}
