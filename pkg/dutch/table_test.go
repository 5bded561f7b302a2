// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package dutch

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/blevesearch/vellum"
)

// The table in the repository is the one that make.sh made. Who makes another
// one raises Version and writes the new sums here.
func TestTableIsTheRecordedOne(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		sum  string
	}{
		"words.fst": {table, "23458ac5969ff1ffa7c17f3ef0d3f816945f43774f78bbb09f55c3f5a50e8f40"},
		"edits.txt": {[]byte(editText), "85b084d8323b8f865b65322b4e89566bff5fdb075f583b4c6fe7f2d8425c0f67"},
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

// The base form of every word of the table is in the table and its own base form.
func TestEveryBaseIsItsOwn(t *testing.T) {
	fst, err := vellum.Load(table)
	if err != nil {
		t.Fatal(err)
	}
	all, err := fst.Iterator(nil, nil)
	wrong, n := 0, 0
	for ; err == nil; err = all.Next() {
		key, _ := all.Current()
		word := string(key)
		base := Base(word)
		n++
		if again := Base(base); again != base || !Known(base) {
			if wrong++; wrong < 10 {
				t.Errorf("Base(%s) = %s, Base(%s) = %s", word, base, base, again)
			}
		}
	}
	if n < 300_000 {
		t.Errorf("the table has %d words only", n)
	}
}
