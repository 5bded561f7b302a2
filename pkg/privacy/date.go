// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// birthReach is how many tokens lie at most between a date and the word that
// makes it a date of birth.
const birthReach = 8

// birthDate looks for a date that begins at token i, beside a word of birth.
func (v *view) birthDate(i int, found []rugzak.Finding) []rugzak.Finding {
	last, ok := v.date(i)
	if !ok {
		return found
	}
	sentence := v.tokens[i].sentence
	for j := 1; j <= birthReach; j++ {
		for _, at := range [2]int{i - j, last + j} {
			t := v.at(at)
			near := t.sentence == sentence || at == i-1 || at == i-2 // "Geboortedatum | 3-4-1980" in a table
			if near && t.means&birthWord != 0 {
				return append(found, v.finding(rugzak.FindingBirthDate, v.tokens[i].from, v.tokens[last].to))
			}
		}
	}
	return found
}

// date knows 3-4-1980, 3/4/80, 1980-04-03, 3 april 1980 and April 3, 1980, and
// returns its last token.
func (v *view) date(i int) (last int, ok bool) {
	t := v.tokens[i]
	if t.kind == word {
		return v.monthFirst(i)
	}
	if t.gap == attached && v.at(i-1).kind != mark || t.size() > 4 {
		return 0, false
	}
	if t.gap == attached && v.at(i-2).kind == digits && v.tokens[i-1].gap == attached && strings.ContainsRune("-/.", v.tokens[i-1].mark) {
		return 0, false // in the middle of one
	}
	n := v.value(t)
	if j := v.month(i); j > 0 && n >= 1 && n <= 31 {
		if y := v.at(j + 1); y.kind == digits && y.gap <= spaced && isYear(v, y) {
			return j + 1, true
		}
		return j, true
	}
	sep, month, again, year := v.at(i+1), v.at(i+2), v.at(i+3), v.at(i+4)
	if sep.kind != mark || again.kind != mark || sep.mark != again.mark || !strings.ContainsRune("-/.", sep.mark) {
		return 0, false
	}
	if month.kind != digits || year.kind != digits || year.gap == paragraph || month.size() > 2 {
		return 0, false
	}
	if t.size() == 4 {
		t, year = year, t
	}
	day, m := v.value(t), v.value(month)
	if t.size() > 2 || day < 1 || day > 31 || m < 1 || m > 31 || day > 12 && m > 12 || !isYear(v, year) {
		return 0, false
	}
	return i + 4, true
}

func isYear(v *view, t token) bool {
	n := v.value(t)
	return t.size() == 2 || t.size() == 4 && n >= 1890 && n < 2100
}

// month returns the token of the name of a month behind day i; 0 for none.
func (v *view) month(i int) int {
	j := i + 1
	if t := v.at(j); t.kind == word && t.gap == attached && isOneOf(v.text(t), "e", "de", "ste", "st", "nd", "rd", "th") {
		j++
	}
	if t := v.at(j); t.kind == mark && t.gap == attached && (t.mark == '-' || t.mark == '.') {
		j++
	}
	if isOneOf(v.wordAt(j), "of", "van") {
		j++
	}
	if t := v.at(j); t.kind == word && t.means&monthName != 0 && t.gap <= wrapped {
		if after := v.at(j + 1); after.kind == mark && (after.mark == '.' || after.mark == '-') && v.at(j+2).kind == digits && v.at(j+2).gap <= spaced && isYear(v, v.at(j+2)) {
			return j + 1
		}
		return j
	}
	return 0
}

func (v *view) wordAt(i int) string {
	if t := v.at(i); t.kind == word && t.size() < 10 {
		return v.text(t)
	}
	return ""
}

// monthFirst knows April 3, 1980.
func (v *view) monthFirst(i int) (last int, ok bool) {
	t, day := v.tokens[i], v.at(i+1)
	if t.means&monthName == 0 || day.kind != digits || day.gap != spaced || v.at(i-1).kind == digits {
		return 0, false
	}
	if n := v.value(day); day.size() > 2 || n < 1 || n > 31 {
		return 0, false
	}
	last = i + 1
	if v.at(last+1).gap == attached && isOneOf(v.wordAt(last+1), "st", "nd", "rd", "th") {
		last++
	}
	if t := v.at(last + 1); t.kind == mark && t.mark == ',' {
		last++
	}
	if year := v.at(last + 1); year.kind == digits && year.gap == spaced && year.size() == 4 && isYear(v, year) {
		return last + 1, true
	}
	return 0, false
}
