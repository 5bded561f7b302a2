// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"errors"
	"fmt"
	"slices"

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

// ideas starts the ideas of the starter content, in a demonstration only: who is
// invited finds them on the first page.
func (l *starterLoader) ideas(b rugzak.Backpack, demo bool) error {
	if !demo {
		return nil
	}
	had, err := l.w.Ideas()
	if err != nil {
		return err
	}
	for n, i := range b.Ideas {
		if slices.ContainsFunc(had, func(x rugzak.Idea) bool { return x.Sample && x.Title == i.Title }) {
			continue
		}
		at := l.now().AddDate(0, 0, -5*(n+1))
		i.ID, i.At, i.UpdatedAt, i.Organisations = rugzak.NewID(at), at, at, l.known(i.Organisations)
		slices.Sort(i.Organisations)
		for j := range i.Answers {
			if o, ok := l.organisations[i.Answers[j].Organisation]; ok {
				i.Answers[j].Organisation = o.ID
			}
			i.Answers[j].At = at.AddDate(0, 0, j+1)
		}
		if err := i.Validate(); err != nil {
			return fmt.Errorf("starter content, idea %q: %w", i.Title, err)
		}
		if err := l.w.SaveIdea(i, 0); err != nil {
			return err
		}
	}
	return nil
}

// removeSampleIdeas takes the ideas of the starter content away.
func removeSampleIdeas(w rugzak.Writer) error {
	all, err := w.Ideas()
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Sample {
			if err := w.RemoveIdea(i.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// ideasUse notes the organisations that ideas speak of.
func ideasUse(r rugzak.Reader, used map[rugzak.OrganisationID]bool) error {
	all, err := r.Ideas()
	for _, i := range all {
		for _, o := range i.Organisations {
			used[o] = true
		}
	}
	return err
}
