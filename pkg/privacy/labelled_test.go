// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// known is what the labelled texts take for granted.
var known = rugzak.Known{
	Domains:      []string{"gemeente.test", "corporatie.test"},
	CasePatterns: rugzak.DefaultSettings().Privacy.CasePatterns,
}

var inspector = Screener{}.Inspector(known)

func inspect(text string) []rugzak.Finding { return inspector(text) }

// sentence is a labelled one: what is to be found stands between from and to;
// both are 0 when there is nothing.
type sentence struct {
	text     string
	from, to int
}

// labelled reads a file of sentences: "+ with {what} to find" or "- without".
func labelled(t testing.TB, name string) (with, without []sentence) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		label, text, ok := strings.Cut(lines.Text(), " ")
		from, to := strings.Index(text, "{"), strings.Index(text, "}")
		switch {
		case label == "-" && ok:
			without = append(without, sentence{text: text})
		case label == "+" && from >= 0 && to > from:
			with = append(with, sentence{text[:from] + text[from+1:to] + text[to+1:], from, to - 1})
		default:
			t.Fatalf("%s: %q is not labelled", name, lines.Text())
		}
	}
	if lines.Err() != nil {
		t.Fatal(lines.Err())
	}
	return with, without
}

// floors are the least a class must reach. False alarms are counted in the
// sentences without and in whatever else of a sentence with was marked.
var floors = []struct {
	class             rugzak.FindingClass
	sentences         int
	recall, precision float64
	falseAlarm        float64 // of the sentences without
}{
	{rugzak.FindingBSN, 200, 0.99, 0.99, 0.01},
	{rugzak.FindingIBAN, 205, 0.99, 0.99, 0.01},
	{rugzak.FindingPhone, 40, 0.97, 0.97, 0.02},
	{rugzak.FindingEmail, 40, 0.97, 0.97, 0.02},
	{rugzak.FindingAddress, 40, 0.95, 0.95, 0.02},
	{rugzak.FindingBirthDate, 40, 0.95, 0.95, 0.02},
	{rugzak.FindingPlate, 40, 0.95, 0.95, 0.02},
	{rugzak.FindingCase, 40, 0.95, 0.95, 0.02},
	{rugzak.FindingName, 40, 0.90, 0.90, 0.05},
	{rugzak.FindingSpecial, 40, 0.90, 0.90, 0.05},
	{rugzak.FindingCombination, 40, 0.90, 0.90, 0.05},
}

// TestLabelled measures precision and recall on the labelled sentences.
func TestLabelled(t *testing.T) {
	_, everyday := labelled(t, "negative")
	var files []string
	for _, floor := range floors {
		files = append(files, string(floor.class))
	}
	if len(files) != len(rugzak.FindingClasses()) {
		t.Fatalf("labelled: %v", files)
	}
	for _, floor := range floors {
		with, without := labelled(t, string(floor.class))
		without = append(without, everyday...)
		if len(with) < floor.sentences {
			t.Errorf("%s: only %d sentences", floor.class, len(with))
		}
		found, elsewhere, alarms := 0, 0, 0
		for _, s := range with {
			hit := false
			for _, f := range ofClass(inspect(s.text), floor.class) {
				if f.Start < s.to && f.End > s.from {
					hit = true
				} else {
					elsewhere++
					t.Logf("%s: too much in %q: %q", floor.class, s.text, s.text[f.Start:f.End])
				}
			}
			if hit {
				found++
			} else {
				t.Logf("%s: missed in %q: %q", floor.class, s.text, s.text[s.from:s.to])
			}
		}
		for _, s := range without {
			if got := ofClass(inspect(s.text), floor.class); len(got) > 0 {
				alarms++
				t.Logf("%s: false alarm in %q: %q", floor.class, s.text, s.text[got[0].Start:got[0].End])
			}
		}
		recall := float64(found) / float64(len(with))
		precision := float64(found) / float64(max(1, found+elsewhere+alarms))
		rate := float64(alarms) / float64(len(without))
		t.Logf("| %s | %d | %d | %.3f | %.3f | %.1f %% |", floor.class, len(with), len(without), recall, precision, 100*rate)
		if recall < floor.recall || precision < floor.precision || rate > floor.falseAlarm {
			t.Errorf("%s: recall %.3f, precision %.3f, false alarms %.3f", floor.class, recall, precision, rate)
		}
	}
}

func ofClass(all []rugzak.Finding, class rugzak.FindingClass) []rugzak.Finding {
	var out []rugzak.Finding
	for _, f := range all {
		if f.Class == class {
			out = append(out, f)
		}
	}
	return out
}
