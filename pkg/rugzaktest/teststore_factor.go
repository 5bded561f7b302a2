// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreFactors(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	me, other := People()[0].ID, People()[1].ID
	factor := func(n int, p rugzak.PersonID) rugzak.Factor {
		return rugzak.Factor{
			ID: ID(n), Person: p, Kind: rugzak.FactorTOTP, Name: "telefoon", Data: []byte{1, 128, 255}, Step: 7,
			CreatedAt: Noon, UsedAt: Noon.Add(time.Hour),
		}
	}
	codes := func(p rugzak.PersonID) rugzak.RecoveryCodes {
		return rugzak.RecoveryCodes{Person: p, Hashes: []string{"a", "b"}, MadeAt: Noon}
	}
	wantEveryField(t, reflect.ValueOf(factor(1, me)), "Factor")
	wantEveryField(t, reflect.ValueOf(codes(me)), "RecoveryCodes")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, err := range []error{
			w.SaveFactor(factor(2, me)), w.SaveFactor(factor(1, me)), w.SaveFactor(factor(3, other)),
			w.SaveRecovery(codes(me)), w.SaveRecovery(codes(other)),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	mine := func(want ...rugzak.Factor) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.Factors(me)
			Same(t, "factors", got, want)
			return err
		})
	}
	mine(factor(1, me), factor(2, me))
	used := factor(2, me)
	used.Step, used.Data = 8, []byte{2}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveFactor(used) })
	mine(factor(1, me), used)
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveFactor(other, ID(1)) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveFactor(me, ID(1)) })
	mine(used)
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveRecovery(me) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveRecovery(me) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Recovery(me)
		storeMissing(t, "recovery codes", err)
		got, err := r.Recovery(other)
		Same(t, "recovery codes", got, codes(other))
		return err
	})
	challenge := rugzak.Challenge{
		ID: ID(9), Hash: "h", Purpose: rugzak.ChallengePasskeyIn, Person: other, How: rugzak.ByPassword, Data: []byte("x"), Expires: Noon,
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveChallenge(challenge) })
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemovePerson(other) })
	storeView(t, s, func(r rugzak.Reader) error {
		left, err := r.Factors(other)
		if len(left) > 0 || err != nil {
			t.Errorf("factors of somebody who is gone: %v, %v", left, err)
		}
		_, err = r.Recovery(other)
		storeMissing(t, "recovery codes", err)
		_, err = r.Challenge(challenge.ID)
		storeMissing(t, "challenge", err)
		return nil
	})
	mine(used)
	storeSound(t, s)
}

func testStoreChallenges(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	challenge := func(n int, ends time.Time) rugzak.Challenge {
		return rugzak.Challenge{
			ID: ID(n), Hash: rugzak.HashSecret("x"), Purpose: rugzak.ChallengeSecondStep, Person: People()[0].ID, Epoch: 3,
			How: rugzak.ByLink, Data: []byte("state"), Expires: ends,
		}
	}
	full := challenge(1, Noon)
	wantEveryField(t, reflect.ValueOf(full), "Challenge")
	later := challenge(2, Noon.Add(time.Minute))
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveChallenge(full); err != nil {
			return err
		}
		return w.SaveChallenge(later)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Challenge(full.ID)
		Same(t, "challenge", got, full)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.ExpireChallenges(Noon.Add(time.Second)) })
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Challenge(full.ID)
		storeMissing(t, "challenge that ended", err)
		got, err := r.Challenge(later.ID)
		Same(t, "challenge", got, later)
		return err
	})
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveChallenge(later.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.RemoveChallenge(later.ID) })
}
