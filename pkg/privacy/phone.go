// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"
	"unicode"

	"rugzak/pkg/rugzak"
)

// Lengths of telephone numbers, in digits.
const (
	nationalDigits = 10 // with the zero in front
	abroadLeast    = 9  // with the country code
	abroadMost     = 15
)

// areaCodes are the Dutch ones of three digits; those of four begin with
// fourDigitAreas.
const (
	areaCodes      = " 010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058 070 071 072 073 074 075 076 077 078 079 084 085 087 088 "
	fourDigitAreas = " 011 016 017 018 022 025 029 031 032 034 041 047 048 049 051 052 054 056 057 059 "
)

// phone looks for a telephone number that begins at token i: Dutch with a zero
// in front, or of any country with its code.
func (v *view) phone(i int, found []rugzak.Finding) []rugzak.Finding {
	if !v.startsNumber(i) {
		return found
	}
	number, groups, last := v.dial(i)
	number = strings.Replace(number, "(0)", "", 1)
	ok := false
	switch {
	case strings.HasPrefix(number, "+31"):
		ok = len(number) == len("+31612345678")
	case strings.HasPrefix(number, "+"):
		n := len(number) - 1
		ok = n >= abroadLeast && n <= abroadMost && number[1] != '0'
	case strings.HasPrefix(number, "00"):
		ok = strings.HasPrefix(number, "0031") && len(number) == len("0031612345678")
	case strings.HasPrefix(number, "0"):
		ok = len(number) == nationalDigits && national(number) && v.sensibleGroups(groups)
	}
	if !ok || v.behindBank(i) {
		return found
	}
	return append(found, v.finding(rugzak.FindingPhone, v.tokens[i].from, v.tokens[last].to))
}

// startsNumber wants digits that begin with a zero, or a "+" or "(" right
// before digits, and nothing longer that they are the end of.
func (v *view) startsNumber(i int) bool {
	t, before, next := v.tokens[i], v.at(i-1), v.at(i+1)
	if t.kind == mark {
		return next.kind == digits && next.gap == attached && (t.mark == '+' || v.runes[next.from] == '0') &&
			(t.gap != attached || before.kind == mark)
	}
	if v.runes[t.from] != '0' {
		return false
	}
	if t.gap != attached {
		return true
	}
	if before.kind != mark || before.mark == '+' || before.mark == '(' {
		return false
	}
	return !strings.ContainsRune("-.,/", before.mark) || v.at(i-2).kind != digits
}

// national knows mobile numbers and area codes. Numbers of services (0800,
// 0900) belong to nobody.
func national(number string) bool {
	if strings.HasPrefix(number, "06") {
		return number[2] != '0'
	}
	area := " " + number[:3] + " "
	return strings.Contains(areaCodes, area) || strings.Contains(fourDigitAreas, area)
}

// sensibleGroups wants the first group to be an area code, or all of it, and
// no date.
func (v *view) sensibleGroups(groups []token) bool {
	if len(groups) > 2 && groups[2].size() == 4 && groups[1].size() <= 2 {
		if year := v.value(groups[2]); year >= 1900 && year < 2100 {
			return false
		}
	}
	first := groups[0].size()
	return first >= 2 && first <= 4 || first == nationalDigits || v.runes[groups[0].to-1] == '6' || len(groups) == 2
}

// maxDialTokens bounds how far a number is followed.
const maxDialTokens = 24

// dial reads the characters of a telephone number from token i: digits with
// one space, dot, hyphen, slash or pair of brackets between groups. It goes on
// as long as the number is short of digits.
func (v *view) dial(i int) (number string, groups []token, last int) {
	var b strings.Builder
	count, want := 0, nationalDigits
	open := false
	last = i
	for j := i; j < len(v.tokens) && j < i+maxDialTokens; j++ {
		t := v.tokens[j]
		if j > i && t.gap > spaced {
			break
		}
		if t.kind == digits {
			if count+t.size() > want && count > 0 && (t.gap != attached || want != nationalDigits && count >= abroadLeast) {
				break
			}
			if count == 0 && b.Len() == 0 && t.size() >= 4 && v.runes[t.from] == '0' && v.runes[t.from+1] == '0' {
				want = 13
			}
			b.WriteString(v.text(t))
			count += t.size()
			if b.Len() < 6 && strings.HasPrefix(b.String(), "+31") {
				want = len("31612345678")
			}
			groups = append(groups, t)
			last = j
			if count > abroadMost {
				return "", nil, i
			}
			continue
		}
		switch {
		case t.kind == word:
			if t.gap == attached && last == j-1 {
				return "", nil, i
			}
			return b.String(), groups, last
		case t.mark == '+' && j == i:
			b.WriteByte('+')
			want = abroadMost
		case t.mark == '(' && !open && (j == i || count > 0 && count < 5):
			open = true
			if b.Len() > 0 && v.at(j+1).size() == 1 && v.value(v.at(j+1)) == 0 && v.at(j+2).mark == ')' {
				b.WriteString("(0)")
				j += 2
				open = false
			}
		case t.mark == ')' && open:
			open = false
		case (t.mark == '-' || t.mark == '.' || t.mark == '/') && count > 0 && count < want && v.at(j+1).kind == digits && last == j-1:
			// a separator
		default:
			return b.String(), groups, last
		}
	}
	return b.String(), groups, last
}

// behindBank says that the digits are the end of an account number: behind
// four letters that follow a country code and two digits.
func (v *view) behindBank(i int) bool {
	bank, check := v.at(i-1), v.at(i-2)
	return bank.kind == word && bank.size() == 4 && check.kind == digits && check.size() == 2 &&
		check.gap == attached && v.at(i-3).kind == word && unicode.IsLetter(v.runes[v.at(i-3).from])
}
