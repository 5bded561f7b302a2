// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import (
	_ "embed"
	"strings"
)

// The lists of everyday words that mean nearly the same: a group per line, its
// members with " = " between.
var (
	//go:embed thesaurus/nl.txt
	thesaurusDutch string
	//go:embed thesaurus/en.txt
	thesaurusEnglish string
)

// thesaurusGroups reads the lists.
func thesaurusGroups() [][]string {
	var groups [][]string
	for _, list := range []string{thesaurusDutch, thesaurusEnglish} {
		for line := range strings.Lines(list) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				groups = append(groups, strings.Split(line, " = "))
			}
		}
	}
	return groups
}

// thesaurusWorth is what a word of these lists is worth beside the word that was
// typed: little, as everyday words have more meanings than one. The groups that
// facilitators keep are worth more.
const thesaurusWorth = 0.25
