// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// dossierInterims are the interim results, as they were frozen. Of their stories
// those stand there that the dossier holds: it repeats nothing of another text.
func (n *names) dossierInterims(by rugzak.Person, there map[rugzak.EntryID]bool) ([]rugzak.DossierInterim, error) {
	all, err := n.reader.Interims()
	if err != nil {
		return nil, err
	}
	var out []rugzak.DossierInterim
	for _, i := range all {
		frozen, _, ok := i.Thaw(rugzak.ScopeOf(by))
		if !ok {
			continue
		}
		line := rugzak.DossierInterim{Result: i, Figures: rugzak.DossierFigures(frozen.Results.Now)}
		line.Result.Figures, line.Result.Stories = nil, nil
		for _, story := range i.Stories {
			if !story.Removed.IsZero() || !there[story.Entry] {
				continue
			}
			shown, ok, err := storyFor(n.reader, by, story)
			if err != nil {
				return nil, err
			}
			if ok {
				line.Result.Stories = append(line.Result.Stories, shown.InterimStory)
			}
		}
		out = append(out, line)
	}
	return out, nil
}
