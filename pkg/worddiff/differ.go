// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package worddiff

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// Differ is rugzak.Differ. It is safe for concurrent use.
type Differ struct{}

var _ rugzak.Differ = Differ{}

// Diff compares two texts. A stretch that was replaced is told as taken, then
// as added; two pieces in a row never have the same operation, and none is empty.
func (Differ) Diff(before, after string) []rugzak.DiffPiece {
	var p pieces
	old, fresh := lines(before), lines(after)
	taken, added := compare(old, fresh)
	for i, j := 0, 0; i < len(old) || j < len(fresh); {
		if i < len(old) && !taken[i] && j < len(fresh) && !added[j] {
			p.add(rugzak.DiffSame, old[i])
			i, j = i+1, j+1
			continue
		}
		from, begin := i, j
		for i < len(old) && taken[i] {
			i++
		}
		for j < len(fresh) && added[j] {
			j++
		}
		p.words(strings.Join(old[from:i], ""), strings.Join(fresh[begin:j], ""))
	}
	return p
}

// pieces is a diff being made.
type pieces []rugzak.DiffPiece

func (p *pieces) add(op rugzak.DiffOp, text string) {
	if text == "" {
		return
	}
	if n := len(*p); n > 0 && (*p)[n-1].Op == op {
		(*p)[n-1].Text += text
		return
	}
	*p = append(*p, rugzak.DiffPiece{Op: op, Text: text})
}

// words compares two stretches of changed lines.
func (p *pieces) words(before, after string) {
	if before == "" || after == "" {
		p.add(rugzak.DiffTaken, before)
		p.add(rugzak.DiffAdded, after)
		return
	}
	old, fresh := words(before), words(after)
	taken, added := compare(old, fresh)
	joinAcrossSpaces(old, taken, added)
	for i, j := 0, 0; i < len(old) || j < len(fresh); {
		from, begin := i, j
		for i < len(old) && !taken[i] && j < len(fresh) && !added[j] {
			i, j = i+1, j+1
		}
		p.add(rugzak.DiffSame, strings.Join(old[from:i], ""))
		from, begin = i, j
		for i < len(old) && taken[i] {
			i++
		}
		for j < len(fresh) && added[j] {
			j++
		}
		p.add(rugzak.DiffTaken, strings.Join(old[from:i], ""))
		p.add(rugzak.DiffAdded, strings.Join(fresh[begin:j], ""))
	}
}

// joinAcrossSpaces makes one change of two that only a space stands between:
// "one two" turned into "three four" reads better than word for word.
func joinAcrossSpaces(old []string, taken, added []bool) {
	j := 0
	changed := false // before this token, on both sides
	for i := range old {
		if taken[i] {
			changed = true
			continue
		}
		for j < len(added) && added[j] {
			changed = true
			j++
		}
		next := i+1 < len(old) && taken[i+1] || j+1 < len(added) && added[j+1]
		if changed && next && isSpaces(old[i]) {
			taken[i], added[j] = true, true
		} else {
			changed = false
		}
		j++
	}
}

func isSpaces(s string) bool { return strings.Trim(s, " \t") == "" }
