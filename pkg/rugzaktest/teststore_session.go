// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreSessions(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me := People()[0].ID
	full := rugzak.Session{Hash: rugzak.HashSecret("a"), ID: ID(3), Person: me, Epoch: 2, How: rugzak.ByPasswordTOTP, Client: "firefox android", Pending: true, CreatedAt: Noon, SeenAt: Noon.Add(time.Hour)}
	wantEveryField(t, reflect.ValueOf(full), "Session")
	second := rugzak.Session{Hash: rugzak.HashSecret("b"), Person: me, CreatedAt: Noon}
	third := rugzak.Session{Hash: rugzak.HashSecret("c"), Person: People()[1].ID, CreatedAt: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, session := range []rugzak.Session{full, second, third} {
			if err := w.SaveSession(session); err != nil {
				return err
			}
		}
		full.SeenAt = full.SeenAt.Add(time.Hour)
		return w.SaveSession(full)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Session(full.Hash)
		Same(t, "session", got, full)
		if err != nil {
			return err
		}
		mine, err := r.Sessions(me)
		slices.SortFunc(mine, func(a, b rugzak.Session) int { return b.Epoch - a.Epoch })
		Same(t, "my sessions", mine, []rugzak.Session{full, second})
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveSession(full.Hash) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Session(full.Hash)
		storeMissing(t, "session", err)
		mine, err := r.Sessions(me)
		Same(t, "my sessions", mine, []rugzak.Session{second})
		return err
	})
}

func testStoreTokens(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me := People()[0].ID
	link := rugzak.Token{Hash: rugzak.HashSecret("link"), Purpose: rugzak.TokenChoosePassword, Person: me, Expires: Noon}
	first := rugzak.Token{Hash: rugzak.HashSecret("first"), Purpose: rugzak.TokenFirstAdministrator, Expires: Noon}
	credential := rugzak.Credential{Person: me, Password: "$argon2id$made-up"}
	wantEveryField(t, reflect.ValueOf(link), "Token")
	wantEveryField(t, reflect.ValueOf(credential), "Credential")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, err := range []error{w.SaveToken(link), w.SaveToken(first), w.SaveCredential(credential)} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	storeView(t, s, func(r rugzak.Reader) error {
		for _, want := range []rugzak.Token{link, first} {
			got, err := r.Token(want.Hash)
			Same(t, "token", got, want)
			if err != nil {
				return err
			}
		}
		got, err := r.Credential(me)
		Same(t, "credential", got, credential)
		return err
	})
	reset := rugzak.Token{Hash: rugzak.HashSecret("reset"), Purpose: rugzak.TokenResetPassword, Person: me, Expires: Noon}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveToken(reset); err != nil {
			return err
		}
		return w.RemoveTokens(me, rugzak.TokenResetPassword)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Token(reset.Hash)
		storeMissing(t, "link of another purpose", err)
		_, err = r.Token(link.Hash)
		return err
	})
	// A link works once, also when two come at the same time.
	worked := make(chan bool)
	for range 4 {
		go func() {
			_, err := s.Update(t.Context(), func(w rugzak.Writer) error { return w.RemoveToken(link.Hash) })
			worked <- err == nil
		}()
	}
	times := 0
	for range 4 {
		if <-worked {
			times++
		}
	}
	if times != 1 {
		t.Errorf("the link worked %d times", times)
	}
}
