// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"unicode"

	"rugzak/pkg/rugzak"
)

// noPostcode are two capitals that stand behind a year for something else.
var noPostcode = map[string]bool{"SA": true, "SD": true, "SS": true, "EU": true, "EG": true, "NL": true, "AI": true, "EN": true, "OM": true}

// address looks for a postcode whose digits are token i, with a house number
// right behind or before it.
func (v *view) address(i int, found []rugzak.Finding) []rugzak.Finding {
	t, letters := v.tokens[i], v.at(i+1)
	if t.size() != 4 || v.runes[t.from] == '0' || letters.kind != word || letters.size() != 2 || letters.gap > spaced {
		return found
	}
	if t.gap == attached && v.at(i-1).kind != mark {
		return found
	}
	if letters.gap != attached && !letters.caps {
		return found // "2024 is"
	}
	pair := []rune{unicode.ToUpper(v.runes[letters.from]), unicode.ToUpper(v.runes[letters.from+1])}
	for _, r := range pair {
		if r < 'A' || r > 'Z' {
			return found
		}
	}
	if noPostcode[string(pair)] {
		return found
	}
	if from, ok := v.houseBefore(i); ok {
		return append(found, v.finding(rugzak.FindingAddress, from, letters.to))
	}
	if to, ok := v.houseBehind(i + 1); ok {
		return append(found, v.finding(rugzak.FindingAddress, t.from, to))
	}
	return found
}

// isHouse holds for a house number.
func (v *view) isHouse(t token) bool {
	n := v.value(t)
	return n > 0 && t.size() <= 4 && v.runes[t.from] != '0'
}

// houseBehind looks for "12", "nr. 12" or "huisnummer 12" behind token i.
func (v *view) houseBehind(i int) (to int32, ok bool) {
	for j := i + 1; j <= i+6; j++ {
		t := v.at(j)
		switch {
		case t.gap > wrapped:
			return 0, false
		case v.isHouse(t):
			if t.gap == attached && v.at(j-1).kind == word {
				return 0, false
			}
			return t.to, true
		case t.kind == mark && (t.mark == ',' || t.mark == '.' || t.mark == ':' || t.mark == '-' || t.mark == '/'):
		case t.kind == word && isOneOf(v.text(t), "nr", "nummer", "huisnummer", "huisnr", "number", "no", "op", "en"):
		default:
			return 0, false
		}
	}
	return 0, false
}

// houseBefore looks for a number right before token i, with a word before it:
// the street.
func (v *view) houseBefore(i int) (from int32, ok bool) {
	j := i - 1
	if t := v.at(j); t.kind == mark && (t.mark == ',' || t.mark == ';' || t.mark == '(' || t.mark == '-') {
		j--
	}
	if t := v.at(j); t.kind == word && t.size() <= 3 && v.isHouse(v.at(j-1)) && v.at(j-1).gap != attached { // 12 bis, 12a
		j--
	}
	if j+1 > i-1 && v.tokens[i].gap == attached && j == i-1 {
		return 0, false
	}
	house, street := v.at(j), v.at(j-1)
	if !v.isHouse(house) || house.gap != spaced && house.gap != wrapped || street.kind != word || street.size() < 2 || v.at(i).gap == paragraph {
		return 0, false
	}
	if street.means&(monthName) != 0 || !street.capital && v.at(j-2).kind == word && !v.at(j-2).capital {
		return 0, false // "3 maart 12, 2024 AB"
	}
	return house.from, true
}

func isOneOf(word string, words ...string) bool {
	for _, w := range words {
		if equalFold(word, w) {
			return true
		}
	}
	return false
}
