// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"
	"unicode"

	"rugzak/pkg/rugzak"
)

// sidecodes are the forms of Dutch licence plates: X a letter, 9 a digit.
const sidecodes = " XX-99-99 99-99-XX 99-XX-99 XX-99-XX XX-XX-99 99-XX-XX 99-XXX-9 9-XXX-99 XX-999-X X-999-XX XXX-99-X X-99-XXX 9-XX-999 999-XX-9 "

// plateReach is how many tokens before a plate a word such as "kenteken" counts.
const plateReach = 6

// plate looks for a licence plate that begins at token i. In small letters, or
// without hyphens, it needs a word such as "kenteken" or "auto" before it.
func (v *view) plate(i int, found []rugzak.Finding) []rugzak.Finding {
	t := v.tokens[i]
	if t.size() > 3 || t.gap == attached && !strings.ContainsRune("([\"':;,|_", v.at(i-1).mark) {
		return found
	}
	var form strings.Builder
	parts, letters, caps, hyphens := 0, 0, true, 0
	last := i
	sep := rune(0)
	for j := i; j < i+5; j++ {
		p := v.at(j)
		if j > i && (p.gap > spaced || p.kind == mark && p.mark != '-') {
			break
		}
		if p.kind == mark {
			if j == i || v.at(j+1).gap != attached || p.gap != attached {
				break
			}
			hyphens++
			sep = '-'
			continue
		}
		if p.size() > 3 || parts == 3 || sep == '-' && p.gap != attached && parts > 0 {
			break
		}
		if parts > 0 {
			form.WriteByte('-')
		}
		for _, r := range v.runes[p.from:p.to] {
			switch {
			case p.kind == digits:
				form.WriteByte('9')
			case r < unicode.MaxASCII:
				form.WriteByte('X')
				letters++
				caps = caps && unicode.IsUpper(r)
			default:
				return found
			}
		}
		parts++
		last = j
		if parts == 3 {
			break
		}
	}
	if parts != 3 || letters == 0 || !strings.Contains(sidecodes, " "+form.String()+" ") {
		return found
	}
	if next := v.at(last + 1); next.gap == attached && (next.kind != mark || next.mark == '-' && v.at(last+2).gap == attached || next.mark == '/' || next.mark == '_') {
		return found
	}
	joined := int(v.tokens[last].to-t.from) == form.Len()-2 // without the hyphens of the form
	switch {
	case hyphens == 2 && caps:
	case (hyphens == 2 || caps || joined) && v.platesAbout(i):
	default:
		return found
	}
	return append(found, v.finding(rugzak.FindingPlate, t.from, v.tokens[last].to))
}

// platesAbout says that the text before token i speaks of a car.
func (v *view) platesAbout(i int) bool {
	for j := i - 1; j >= i-plateReach && j >= 0; j-- {
		if v.tokens[j].sentence != v.tokens[i].sentence {
			return false
		}
		if v.tokens[j].means&plateWord != 0 {
			return true
		}
	}
	return false
}
