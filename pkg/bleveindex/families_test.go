// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex_test

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/bleveindex"
	"rugzak/pkg/rugzak"
)

// What has to be reached, in percent.
const (
	familiesJoined = 95.0  // at least, of the pairs within a family
	familiesFalse  = 0.015 // at most, of the pairs across families
	apartFalse     = 1.0   // at most, of the pairs that look alike
)

// TestWordFamilies measures whether the forms of one Dutch word find each
// other, and other words do not, on lists that were written by hand before.
//
// A pair within a family counts when each word finds the other; a pair of
// different words counts as falsely joined when one of them finds the other.
func TestWordFamilies(t *testing.T) {
	families := readFamilies(t, "families.txt")
	apart := readPairs(t, "apart.txt")
	joined := joiner(t, families, apart)
	both := func(a, b string) bool { return joined(a, b) && joined(b, a) }
	either := func(a, b string) bool { return joined(a, b) || joined(b, a) }

	var within, across, alike tally
	for i, words := range families {
		for j, a := range words {
			for _, b := range words[j+1:] {
				if a.branch == b.branch { // other words of one root count neither way
					within.count(both(a.text, b.text), a.text, b.text)
				}
			}
			for _, others := range families[i+1:] {
				for _, b := range others {
					across.count(either(a.text, b.text), a.text, b.text)
				}
			}
		}
	}
	for _, p := range apart {
		alike.count(either(p[0], p[1]), p[0], p[1])
	}
	t.Logf("within families: %d of %d pairs joined, %.2f %%; not joined: %s", len(within.yes), within.n(), within.percent(), show(within.no))
	t.Logf("across families: %d of %d pairs falsely joined, %.4f %%: %s", len(across.yes), across.n(), across.percent(), show(across.yes))
	t.Logf("pairs that look alike: %d of %d falsely joined, %.2f %%: %s", len(alike.yes), alike.n(), alike.percent(), show(alike.yes))
	t.Logf("of all pairs that are joined, %.2f %% are false", 100*float64(len(across.yes))/float64(max(1, len(within.yes)+len(across.yes))))
	if got := within.percent(); got < familiesJoined {
		t.Errorf("%.2f %% of the pairs within families are joined, want at least %.2f %%", got, familiesJoined)
	}
	if got := across.percent(); got > familiesFalse {
		t.Errorf("%.4f %% of the pairs across families are joined, want at most %.4f %%", got, familiesFalse)
	}
	if got := alike.percent(); got > apartFalse {
		t.Errorf("%.2f %% of the pairs that look alike are joined, want at most %.2f %%", got, apartFalse)
	}
}

// joiner puts every word into an index of its own text, and tells of two words
// whether a query with the one finds the text that consists of the other.
func joiner(t *testing.T, families [][]familyWord, apart [][2]string) (joined func(a, b string) bool) {
	t.Helper()
	var words []string
	for _, f := range families {
		for _, w := range f {
			words = append(words, w.text)
		}
	}
	for _, p := range apart {
		words = append(words, p[0], p[1])
	}
	slices.Sort(words)
	words = slices.Compact(words)
	x, err := bleveindex.Open(t.TempDir(), bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	var b rugzak.Batch
	for _, w := range words {
		b.Put = append(b.Put, rugzak.Document{ID: rugzak.EntryID(w), Kind: rugzak.KindExperience, State: rugzak.StateShared, Lang: rugzak.Dutch,
			Text: w, Tokens: []string{rugzak.InternalToken}, ListedAt: time.Unix(0, 0)})
	}
	if err := x.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	type pair struct{ asked, found string }
	finds := map[pair]bool{}
	for _, w := range words {
		s := rugzak.Search{Query: rugzak.ParseQuery(w), Tokens: []string{rugzak.InternalToken}, Size: rugzak.MaxPage, Literal: true}
		for {
			r, err := x.Search(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range r.Hits {
				finds[pair{w, string(h.ID)}] = true
			}
			if r.Next == "" {
				break
			}
			s.After = r.Next
		}
		if !finds[pair{w, w}] {
			t.Errorf("%q does not find itself", w)
		}
	}
	return func(a, b string) bool { return finds[pair{a, b}] }
}

// familyWord is a form of a word. Forms of one branch are of the same word;
// the branches of a line are words of one root.
type familyWord struct {
	text   string
	branch int
}

func readFamilies(t *testing.T, name string) [][]familyWord {
	t.Helper()
	var out [][]familyWord
	for _, line := range readLists(t, name) {
		var words []familyWord
		for i, branch := range strings.Split(line, "|") {
			forms := strings.Fields(branch)
			if len(forms) < 3 {
				t.Errorf("%s: %q: a family has at least three forms", name, line)
			}
			for _, w := range forms {
				words = append(words, familyWord{w, i})
			}
		}
		out = append(out, words)
	}
	if len(out) < 220 {
		t.Errorf("%s holds %d families", name, len(out))
	}
	return out
}

func readPairs(t *testing.T, name string) [][2]string {
	t.Helper()
	var out [][2]string
	for _, line := range readLists(t, name) {
		words := strings.Fields(line)
		if len(words) != 2 {
			t.Fatalf("%s: %q is no pair", name, line)
		}
		out = append(out, [2]string(words))
	}
	if len(out) < 250 {
		t.Errorf("%s holds %d pairs", name, len(out))
	}
	return out
}

// readLists reads the lines that are neither empty nor a remark.
func readLists(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// tally sorts pairs of words into two heaps.
type tally struct{ yes, no [][2]string }

func (c *tally) count(yes bool, a, b string) {
	if yes {
		c.yes = append(c.yes, [2]string{a, b})
	} else {
		c.no = append(c.no, [2]string{a, b})
	}
}

func (c *tally) n() int { return len(c.yes) + len(c.no) }

func (c *tally) percent() float64 { return 100 * float64(len(c.yes)) / float64(c.n()) }

// show lists some of the pairs.
func show(pairs [][2]string) string {
	const most = 60
	var b strings.Builder
	for _, p := range pairs[:min(most, len(pairs))] {
		b.WriteString(p[0] + "/" + p[1] + " ")
	}
	if len(pairs) > most {
		b.WriteString("...")
	}
	return b.String()
}
