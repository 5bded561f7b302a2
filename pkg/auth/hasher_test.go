// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/argon2"

	"rugzak/pkg/rugzak"
)

// quick is a Hasher that does as little work as the format allows.
func quick() *Hasher {
	h := NewHasher()
	h.settings, h.slots = settings{memory: 8, passes: 1, lanes: 1}, make(chan struct{}, 2)
	return h
}

const password = "een lange zin onthoud je"

func TestHashAndVerify(t *testing.T) {
	h := NewHasher()
	hash, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", hash)
	}
	if h.NeedsRehash(hash) {
		t.Error("a fresh hash needs to be made again")
	}
	for try, want := range map[string]bool{password: true, password + "!": false, "": false, strings.ToUpper(password): false} {
		if got, err := h.Verify(t.Context(), hash, try); err != nil || got != want {
			t.Errorf("%q: got %v, %v", try, got, err)
		}
	}
}

func TestEveryHashHasItsOwnSalt(t *testing.T) {
	h := quick()
	first, _ := h.Hash(t.Context(), password)
	second, _ := h.Hash(t.Context(), password)
	if first == "" || first == second {
		t.Errorf("%s and %s", first, second)
	}
}

// A published test vector of the reference implementation of argon2id.
func TestReferenceVector(t *testing.T) {
	const hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	if ok, err := quick().Verify(t.Context(), hash, "password"); !ok || err != nil {
		t.Errorf("got %v, %v", ok, err)
	}
	if ok, err := quick().Verify(t.Context(), hash, "passwore"); ok || err != nil {
		t.Errorf("another password: got %v, %v", ok, err)
	}
}

// A hash with other costs is verified with its own, and made again after that.
func TestOtherSettings(t *testing.T) {
	old := quick()
	hash, err := old.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	h := NewHasher()
	if ok, err := h.Verify(t.Context(), hash, password); !ok || err != nil {
		t.Errorf("got %v, %v", ok, err)
	}
	if !h.NeedsRehash(hash) || !h.NeedsRehash("") || !h.NeedsRehash("nonsense") {
		t.Error("a hash with other settings may stay")
	}
}

// The same letters, composed or not, are the same password.
func TestSameLettersSamePassword(t *testing.T) {
	h := quick()
	hash, err := h.Hash(t.Context(), "caf\u00e9 op de hoek")
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := h.Verify(t.Context(), hash, "cafe\u0301 op de hoek"); !ok {
		t.Error("the decomposed form does not match")
	}
	if ok, _ := h.Verify(t.Context(), hash, "cafe op de hoek"); ok {
		t.Error("the form without accent matches")
	}
}

func TestPasswordLimits(t *testing.T) {
	h := quick()
	for password, key := range map[string]string{
		"":                        "error.password_short",
		"elf tekens!":             "error.password_short",
		strings.Repeat("é", 11):   "error.password_short",
		strings.Repeat("a", 1025): "error.too_long",
	} {
		_, err := h.Hash(t.Context(), password)
		if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Key != key || e.Code != rugzak.CodeInvalid {
			t.Errorf("%.20q: got %v, want %s", password, err, key)
		}
	}
	for _, password := range []string{"twaalf teken", strings.Repeat("é", 12), strings.Repeat("a", 1024)} {
		if _, err := h.Hash(t.Context(), password); err != nil {
			t.Errorf("%.20q: %v", password, err)
		}
	}
}

// What cannot match never does; that it costs the same is TestEqualWork.
func TestNeverMatches(t *testing.T) {
	h := quick()
	good, _ := h.Hash(t.Context(), password)
	long := strings.Repeat("a", 1025)
	for name, test := range map[string]struct {
		hash, password string
		damaged        bool
	}{
		"unknown person":          {"", password, false},
		"unknown, empty password": {"", "", false},
		"too long":                {good, long, false},
		"unknown, too long":       {"", long, false},
		"damaged":                 {good[:len(good)-1], password, true},
		"other kind":              {"$2a$10$abcdefghijklmnopqrstuv", password, true},
	} {
		got, err := h.Verify(t.Context(), test.hash, test.password)
		if got || (err != nil) != test.damaged {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
		if err != nil && test.hash != "" && strings.Contains(err.Error(), test.hash) {
			t.Errorf("%s: the error tells the hash: %v", name, err)
		}
	}
}

// What cannot match costs exactly the work of a wrong password.
func TestEqualWork(t *testing.T) {
	h := quick()
	hash, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	var done []string
	h.work = func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte {
		done = append(done, fmt.Sprintf("%d passes, %d KiB, %d lanes, %d salt, %d key", passes, memory, lanes, len(salt), length))
		return argon2.IDKey(password, salt, passes, memory, lanes, length)
	}
	long := strings.Repeat("a", rugzak.MaxPasswordBytes+1)
	for _, test := range [][2]string{{hash, "niet het wachtwoord"}, {"", password}, {"", ""}, {hash, long}, {"", long}, {"nonsense", password}} {
		_, _ = h.Verify(t.Context(), test[0], test[1])
	}
	if len(done) != 6 || len(slices.Compact(done)) != 1 {
		t.Errorf("the work differs: %q", done)
	}
}

// Only so many hashes run at once; who waits gives up with the context.
func TestSlots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := quick()
		h.slots <- struct{}{}
		h.slots <- struct{}{} // both taken
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		if _, err := h.Verify(ctx, "", password); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if waited := time.Since(start); waited != time.Second {
			t.Errorf("waited %s", waited)
		}
		done := make(chan error)
		go func() {
			_, err := h.Hash(t.Context(), password)
			done <- err
		}()
		synctest.Wait()
		select {
		case err := <-done:
			t.Errorf("hashed without a slot: %v", err)
		default:
		}
		<-h.slots // one is free
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := quick().Hash(ended, password); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	h := quick()
	hash, err := h.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if ok, err := h.Verify(t.Context(), hash, password); !ok || err != nil {
				t.Errorf("got %v, %v", ok, err)
			}
		})
	}
	wg.Wait()
	if len(h.slots) != 0 {
		t.Errorf("%d slots were not given back", len(h.slots))
	}
}
