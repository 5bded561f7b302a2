// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"
)

// The table in the repository is the one that make.sh made. Who makes another
// one raises Version and writes the new sums here.
func TestTableIsTheRecordedOne(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		sum  string
	}{
		"words.fst": {table, "e10077e418689665395314af11d49eeb0342f4455b891552868f5f52ff09e6bd"},
		"edits.txt": {[]byte(editText), "2aa4e8e8e918616993cca12e7df20e4ad4cb2c7eae77790f3551f80370ed4231"},
	} {
		sum := sha256.Sum256(c.data)
		if got := hex.EncodeToString(sum[:]); got != c.sum {
			t.Errorf("%s has sum %s, recorded is %s", name, got, c.sum)
		}
		if len(c.data) > 5<<20 {
			t.Errorf("%s has %d bytes: it is part of every program", name, len(c.data))
		}
	}
}
