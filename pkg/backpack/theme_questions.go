// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

const (
	// maxThemeQuestions is how many open questions the page of a theme shows.
	maxThemeQuestions = 10
	// lookedThemeQuestions is how many it looks at: it costs the same however many
	// there are elsewhere.
	lookedThemeQuestions = 300
)

// themeQuestions lists the open questions in a theme that a reader may see, with
// who has the ball.
func (n *names) themeQuestions(by rugzak.Person, id rugzak.ThemeID) ([]rawCard, error) {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		lists = append(lists, n.reader.Entries(rugzak.OpenQuestionList(t), ""))
	}
	var out []rawCard
	looked := 0
	for e, err := range merge(lists) {
		if err != nil {
			return nil, err
		}
		if looked++; looked > lookedThemeQuestions || len(out) == maxThemeQuestions {
			break
		}
		if !e.IsOpenQuestion() || !slices.Contains(e.Themes, id) {
			continue
		}
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, err
		}
		if mine || rugzak.CanRead(by, e) {
			out = append(out, n.card(by, e, mine))
		}
	}
	return out, nil
}
