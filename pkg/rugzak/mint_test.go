// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"bytes"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// An id is for the person it was made for, and for nobody else.
func TestMintID(t *testing.T) {
	key, other := bytes.Repeat([]byte{1}, rugzak.KeyLength), bytes.Repeat([]byte{2}, rugzak.KeyLength)
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	seen := map[rugzak.EntryID]bool{}
	for range 1000 {
		id := rugzak.MintID(key, "noor", at)
		if !rugzak.ValidID(string(id)) || seen[id] {
			t.Fatalf("id %q", id)
		}
		seen[id] = true
		if !rugzak.Minted(key, "noor", id) {
			t.Errorf("%s was made for noor", id)
		}
		if rugzak.Minted(key, "sam", id) || rugzak.Minted(other, "noor", id) || rugzak.Minted(nil, "noor", id) {
			t.Errorf("%s passes for somebody else, or with another key", id)
		}
		if rugzak.Minted(key, "noor", rugzak.EntryID(rugzak.NewID(at))) {
			t.Error("an id of nobody passes")
		}
	}
	for _, wrong := range []rugzak.EntryID{"", "x", "0123456789abcdef0123456789"} {
		if rugzak.Minted(key, "noor", wrong) {
			t.Errorf("%q passes", wrong)
		}
	}
	early, late := rugzak.MintID(key, "noor", at), rugzak.MintID(key, "noor", at.Add(time.Second))
	if early >= late {
		t.Error("ids do not sort by time")
	}
}
