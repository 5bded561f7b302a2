// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"regexp"
	"strings"

	"rugzak/pkg/rugzak"
)

// compiled leaves out what does not compile: that is refused where it is set.
func compiled(patterns []string) []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, p := range patterns {
		if re, err := regexp.Compile(p); err == nil {
			out = append(out, re)
		}
	}
	return out
}

// caseNumbers finds what the patterns of the organisation match. The library
// matches in time linear in the text; how large a pattern may be is limited
// where it is set.
func caseNumbers(text string, patterns []*regexp.Regexp) []rugzak.Finding {
	if len(patterns) == 0 || !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	var found []rugzak.Finding
	for _, re := range patterns {
		for _, m := range re.FindAllStringIndex(text, -1) {
			if m[1] > m[0] {
				found = append(found, rugzak.Finding{Start: m[0], End: m[1], Class: rugzak.FindingCase})
			}
		}
	}
	return found
}
