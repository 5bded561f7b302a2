// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package worddiff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// show writes a diff as text with [-taken-] and {+added+}.
func show(pieces []rugzak.DiffPiece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Op {
		case rugzak.DiffTaken:
			b.WriteString("[-" + p.Text + "-]")
		case rugzak.DiffAdded:
			b.WriteString("{+" + p.Text + "+}")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// check tells what a diff breaks of what the interface promises.
func check(before, after string, pieces []rugzak.DiffPiece) error {
	var old, fresh strings.Builder
	last := rugzak.DiffOp("")
	for i, p := range pieces {
		switch {
		case p.Text == "":
			return fmt.Errorf("piece %d is empty", i)
		case p.Op == last:
			return fmt.Errorf("pieces %d and %d are both %s", i-1, i, p.Op)
		case p.Op == rugzak.DiffTaken && last == rugzak.DiffAdded:
			return fmt.Errorf("piece %d is taken after added", i)
		}
		last = p.Op
		if p.Op != rugzak.DiffAdded {
			old.WriteString(p.Text)
		}
		if p.Op != rugzak.DiffTaken {
			fresh.WriteString(p.Text)
		}
	}
	if old.String() != before {
		return fmt.Errorf("the old text became %q", old.String())
	}
	if fresh.String() != after {
		return fmt.Errorf("the new text became %q", fresh.String())
	}
	return nil
}

func TestDiff(t *testing.T) {
	tests := []struct{ before, after, want string }{
		{"", "", ""},
		{"a", "a", "a"},
		{"", "nieuw", "{+nieuw+}"},
		{"oud", "", "[-oud-]"},
		{"De buurvrouw belt.", "De buurman belt.", "De [-buurvrouw-]{+buurman+} belt."},
		{"een twee", "drie vier", "[-een twee-]{+drie vier+}"},
		{"Wij bellen eerst.", "Wij bellen altijd eerst.", "Wij bellen {+altijd +}eerst."},
		{"café", "cafe", "[-café-]{+cafe+}"},
		{"a\nb\nc\n", "a\nc\n", "a\n[-b\n-]c\n"},
		{"a\nb", "a\nb\n", "a\nb{+\n+}"},
		{"# Kop\n\nWat ging goed?\n", "# Kop\n\nWat ging er goed?\n", "# Kop\n\nWat ging {+er +}goed?\n"},
		{"\xff a", "\xfe a", "[-\xff-]{+\xfe+} a"},
		{"a  b", "a b", "a[-  -]{+ +}b"},
	}
	for _, test := range tests {
		got := Differ{}.Diff(test.before, test.after)
		if s := show(got); s != test.want {
			t.Errorf("%q to %q:\n got %s\nwant %s", test.before, test.after, s, test.want)
		}
		if err := check(test.before, test.after, got); err != nil {
			t.Errorf("%q to %q: %v", test.before, test.after, err)
		}
	}
}

// shortest is the length of the longest common part, the slow and certain way.
func shortest(a, b []string) int {
	row := make([]int, len(b)+1)
	for i := range a {
		diagonal := 0
		for j := range b {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// What compare keeps is as much as can be kept.
func TestCompareKeepsTheMost(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		letters := 1 + rnd.IntN(5)
		text := func() []string {
			out := make([]string, rnd.IntN(30))
			for i := range out {
				out[i] = string(rune('a' + rnd.IntN(letters)))
			}
			return out
		}
		a, b := text(), text()
		taken, added := compare(a, b)
		var keptA, keptB []string
		for i, gone := range taken {
			if !gone {
				keptA = append(keptA, a[i])
			}
		}
		for i, came := range added {
			if !came {
				keptB = append(keptB, b[i])
			}
		}
		if strings.Join(keptA, "") != strings.Join(keptB, "") || len(keptA) != shortest(a, b) {
			t.Fatalf("%v and %v keep %v and %v, want %d", a, b, keptA, keptB, shortest(a, b))
		}
	}
}

// Large texts, alike or not, are compared in time in proportion to their length,
// and a small change in a large text stays small.
func TestDiffIsBounded(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	random := func(words, vocabulary int, between string) string {
		var b strings.Builder
		for b.Len() < words {
			fmt.Fprintf(&b, "w%d%s", rnd.IntN(vocabulary), between)
		}
		return b.String()
	}
	tests := map[string]func(size int) (before, after string){
		"nothing in common": func(size int) (string, string) { return random(size, 1<<30, " "), random(size, 1<<30, " ") },
		"few words":         func(size int) (string, string) { return random(size, 3, " "), random(size, 3, " ") },
		"one letter":        func(size int) (string, string) { return strings.Repeat("a ", size/2), strings.Repeat("b ", size/2) },
		"points":            func(size int) (string, string) { return strings.Repeat(".,", size/2), strings.Repeat(",.!", size/3) },
		"lines":             func(size int) (string, string) { return random(size, 3, "\n"), random(size, 3, "\n") },
		"small change": func(size int) (string, string) {
			long := random(size, 5000, " ")
			return long, "begin " + long[:size/2] + " midden " + long[size/2:] + " einde"
		},
	}
	for name, texts := range tests {
		t.Run(name, func(t *testing.T) {
			var before, after string
			var got []rugzak.DiffPiece // of the whole texts, at the end
			rugzaktest.Proportional(t, rugzak.MaxBody, func(size int) func() {
				one, other := texts(size)
				return func() { before, after, got = one, other, Differ{}.Diff(one, other) }
			})
			if err := check(before, after, got); err != nil || len(before) < rugzak.MaxBody/2 {
				t.Errorf("%d bytes: %.200v", len(before), err)
			}
			if name == "small change" && len(got) > 12 {
				t.Errorf("%d pieces", len(got))
			}
		})
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("Wij bellen eerst.\n", "Wij bellen nu eerst.\n")
	f.Add("a\nb\nc", "c\nb\na")
	f.Add("\xff\x00", "é")
	f.Fuzz(func(t *testing.T, before, after string) {
		if err := check(before, after, Differ{}.Diff(before, after)); err != nil {
			t.Errorf("%q to %q: %v", before, after, err)
		}
	})
}
