// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// exportRounds adds reflection rounds and sets of questions to a whole export.
func exportRounds(r rugzak.Reader, b *rugzak.Backpack) (err error) {
	if b.Rounds, err = r.Rounds(); err != nil {
		return err
	}
	b.QuestionSets, err = r.QuestionSets()
	return err
}

// putRounds stores them again, without the changes of entries that were purged.
func putRounds(w rugzak.Writer, b rugzak.Backpack) error {
	gone := buried(b)
	for _, r := range b.Rounds {
		r.Changes = slices.DeleteFunc(slices.Clone(r.Changes), func(c rugzak.RoundChange) bool { return gone[rugzak.EntrySubject(c.Entry)] })
		if err := errors.Join(r.Validate(), w.SaveRound(r, 0)); err != nil {
			return err
		}
	}
	for _, q := range b.QuestionSets {
		if err := errors.Join(q.Validate(), w.SaveQuestionSet(q, 0)); err != nil {
			return err
		}
	}
	return nil
}

// roundTexts lists what people typed in them.
func roundTexts(b rugzak.Backpack) (out []field) {
	for _, r := range b.Rounds {
		out = append(out, textsOfRound(r)...)
	}
	for _, q := range b.QuestionSets {
		out = append(out, field{"id", string(q.ID)}, field{"name_nl", q.NameNL}, field{"name_en", q.NameEN})
		out = append(out, questionTexts(q.Questions)...)
	}
	return out
}

func textsOfRound(r rugzak.ReflectionRound) []field {
	out := append([]field{{"title", r.Title}, {"text", r.Text}, {"outcome", r.Outcome}}, questionTexts(r.Questions)...)
	for _, c := range r.Changes {
		out = append(out, field{"domain", c.Domain}, field{"reason", c.Reason})
	}
	for _, d := range r.Decisions {
		out = append(out, field{"decision", d.Text})
	}
	return out
}

func questionTexts(all []rugzak.RoundQuestion) (out []field) {
	for _, q := range all {
		out = append(out, field{"questions", q.NL}, field{"questions", q.EN})
	}
	return out
}
