// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"
	"unicode"

	"rugzak/pkg/rugzak"
)

// The longest parts of an address that are followed.
const (
	maxLocal  = 64
	maxDomain = 120
)

// email looks for an address around the "@" at token i, unless its domain is
// known.
func (v *view) email(i int, known []string, found []rugzak.Finding) []rugzak.Finding {
	at := v.tokens[i].from
	from := at
	for from > 0 && at-from < maxLocal && isLocal(v.runes[from-1]) {
		from--
	}
	for from < at && strings.ContainsRune(".-'+_", v.runes[from]) {
		from++
	}
	to, dots := at+1, int32(0)
	for int(to) < len(v.runes) && to-at < maxDomain {
		r := v.runes[to]
		next := int(to)+1 < len(v.runes) && isDomain(v.runes[to+1])
		if r == '.' && next && to > at+1 {
			dots = to
		} else if !isDomain(r) && (r != '-' || !next) {
			break
		}
		to++
	}
	if from == at || dots == 0 || to-dots < 3 || !unicode.IsLetter(v.runes[dots+1]) {
		return found
	}
	domain := strings.ToLower(string(v.runes[at+1 : to]))
	for _, k := range known {
		k = strings.ToLower(k)
		if domain == k || strings.HasSuffix(domain, "."+k) {
			return found
		}
	}
	return append(found, v.finding(rugzak.FindingEmail, from, to))
}

func isLocal(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-_+'", r)
}

func isDomain(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
