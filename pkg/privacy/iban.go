// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"unicode"

	"rugzak/pkg/rugzak"
)

// ibanLengths are those of the countries in the IBAN registry.
var ibanLengths = map[string]int{
	"AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29, "BY": 28,
	"CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
	"FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
	"IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20,
	"LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18,
	"NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31,
	"SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29,
	"VA": 22, "VG": 24, "XK": 20, "YE": 30,
}

// iban looks for an account number whose country code begins token i: letters
// and digits in any case, alone or with single spaces, dots or hyphens between
// them, that pass the mod 97 test.
func (v *view) iban(i int, found []rugzak.Finding) []rugzak.Finding {
	t := v.tokens[i]
	if t.size() < 2 || v.at(i-1).kind == digits && t.gap == attached {
		return found
	}
	from := t.to - 2 // "IBANnl91" as well
	length := ibanLengths[string([]rune{unicode.ToUpper(v.runes[from]), unicode.ToUpper(v.runes[from+1])})]
	if length == 0 {
		return found
	}
	taken, at, separators := 0, from, 0
	remainder, head := 0, [4]int{}
	for ; int(at) < len(v.runes) && taken < length; at++ {
		r := unicode.ToUpper(v.runes[at])
		value := -1
		switch {
		case r >= '0' && r <= '9':
			value = int(r - '0')
		case r >= 'A' && r <= 'Z':
			value = int(r-'A') + 10
		case (r == ' ' || r == '.' || r == '-' || r == '\u00a0' || r == '+') && separators == 0 && taken > 1:
			separators++
			continue
		default:
			return found
		}
		if (taken == 2 || taken == 3) && value > 9 {
			return found
		}
		separators = 0
		if taken < 4 {
			head[taken] = value
		} else {
			remainder = mod97(remainder, value)
		}
		taken++
	}
	if taken < length || int(at) < len(v.runes) && (unicode.IsLetter(v.runes[at]) || unicode.IsDigit(v.runes[at])) {
		return found
	}
	for _, value := range head {
		remainder = mod97(remainder, value)
	}
	if remainder != 1 {
		return found
	}
	return append(found, v.finding(rugzak.FindingIBAN, from, at))
}

// mod97 appends a digit, or a letter as two digits.
func mod97(remainder, value int) int {
	if value > 9 {
		return (remainder*100 + value) % 97
	}
	return (remainder*10 + value) % 97
}
