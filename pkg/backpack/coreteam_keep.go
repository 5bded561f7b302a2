// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"errors"

	"rugzak/pkg/rugzak"
)

// exportCoreTeam adds ideas and the checklist of the core team to an export,
// without versions: they begin anew.
func exportCoreTeam(r rugzak.Reader, b *rugzak.Backpack) (err error) {
	if b.Ideas, err = r.Ideas(); err != nil {
		return err
	}
	for i := range b.Ideas {
		b.Ideas[i].Version = 0
	}
	b.SelfCheck, err = r.SelfCheck()
	b.SelfCheck.Version = 0
	return err
}

// putCoreTeam stores them in an empty backpack.
func putCoreTeam(w rugzak.Writer, b rugzak.Backpack) error {
	for _, i := range b.Ideas {
		if err := errors.Join(i.Validate(), w.SaveIdea(i, 0)); err != nil {
			return err
		}
	}
	if len(b.SelfCheck.Answers) == 0 {
		return nil
	}
	return w.SaveSelfCheck(b.SelfCheck, 0)
}

// coreTeamTexts are their texts, for screening.
func coreTeamTexts(b rugzak.Backpack) []field {
	var out []field
	for _, i := range b.Ideas {
		out = append(out, ideaTexts(i)...)
	}
	for _, a := range b.SelfCheck.Answers {
		out = append(out, field{"note", a.Note})
	}
	return out
}

// ideaTexts are the texts of an idea.
func ideaTexts(i rugzak.Idea) []field {
	out := []field{{"title", i.Title}, {"text", i.Text}, {"step", i.Step}}
	for _, a := range i.Answers {
		out = append(out, field{"note", a.Note})
	}
	return out
}
