// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"testing"
)

func TestSplitReflection(t *testing.T) {
	const instead = "[apart]"
	for name, c := range map[string]struct {
		body, facts string
		parts       []string // first-last: text
	}{
		"nothing":            {"Gewoon.\n", "Gewoon.\n", nil},
		"one part":           {"## Wat gebeurde er?\n\nA.\n\n## Wat leerde je?\n\nB.\n", "## Wat gebeurde er?\n\nA.\n\n[apart]\n\n", []string{"## Wat leerde je?\n\nB.\n"}},
		"goes on":            {"## Reflectie\nB.\n### Dieper\nC.\n## Actie\nD.\n", "[apart]\n\n## Actie\nD.\n", []string{"## Reflectie\nB.\n### Dieper\nC.\n"}},
		"two parts":          {"# Les\nA\n# Actie\nB\n# Reflection\nC", "[apart]\n\n# Actie\nB\n[apart]\n\n", []string{"# Les\nA\n", "# Reflection\nC"}},
		"one behind another": {"## Reflectie\nA\n## Wat leerden we?\nB\n", "[apart]\n\n[apart]\n\n", []string{"## Reflectie\nA\n", "## Wat leerden we?\nB\n"}},
		"in code":            {"```\n## Reflectie\n```\nA\n", "```\n## Reflectie\n```\nA\n", nil},
		"no heading":         {"#Reflectie\nA\n", "#Reflectie\nA\n", nil},
		"another word":       {"## Leesgroep en school\nA\n## Tables\n", "## Leesgroep en school\nA\n## Tables\n", nil},
		"english phrase":     {"## What do we know now?\nA\n", "[apart]\n\n", []string{"## What do we know now?\nA\n"}},
	} {
		facts, parts := SplitReflection(c.body, instead)
		var texts []string
		lines := strings.SplitAfter(c.body, "\n")
		for _, p := range parts {
			texts = append(texts, p.Text)
			if got := strings.Join(lines[p.First-1:p.Last], ""); got != p.Text {
				t.Errorf("%s: lines %d to %d are %q, not %q", name, p.First, p.Last, got, p.Text)
			}
		}
		if facts != c.facts || strings.Join(texts, "|") != strings.Join(c.parts, "|") {
			t.Errorf("%s: %q and %q", name, facts, texts)
		}
	}
}

func TestWooSelection(t *testing.T) {
	for _, c := range []struct {
		from, to string
		ok       bool
	}{{"2026-01", "2026-06", true}, {"2026-01", "2026-01", true}, {"2026-02", "2026-01", false}, {"", "2026-01", false}, {"2026-1", "2026-02", false}} {
		if err := (WooSelection{From: c.from, To: c.to}).Validate(); (err == nil) != c.ok {
			t.Errorf("%s to %s: %v", c.from, c.to, err)
		}
	}
}
