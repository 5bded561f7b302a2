// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// namedOnCard is how many further organisations a card names before it counts.
const namedOnCard = 2

// wordList joins names as a sentence does: "a, b en c".
func wordList(p *locale.Printer, names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + p.T("word.and") + " " + names[last]
}

// foundIn says in which places of an entry something was found.
func foundIn(p *locale.Printer, in []backpack.FoundIn) string {
	names := make([]string, len(in))
	for i, place := range in {
		names[i] = p.T("search.in." + string(place))
	}
	return wordList(p, names)
}

// audienceText says in words who may read an entry; short counts where there
// are many names.
func audienceText(p *locale.Printer, w backpack.AudienceWords, short bool) string {
	switch {
	case w.Draft:
		return p.T("audience.draft")
	case w.Withdrawn:
		return p.T("state.withdrawn")
	case w.Reported:
		return p.T("audience.reported")
	}
	level := audienceLevel(p, w)
	also := make([]string, 0, len(w.Also)+1)
	if w.WholeMunicipality {
		name := "audience.internal"
		if level != "" { // in the middle of the words
			name = "audience.internal.inside"
		}
		also = append(also, p.T(name))
	}
	for _, o := range w.Also {
		also = append(also, o.Name)
	}
	others := wordList(p, also)
	if short && len(also) > namedOnCard {
		others = p.N("count.organisations", len(also))
	}
	switch {
	case level == "":
		return others
	case others == "":
		return level
	}
	return p.T("audience.with_also", level, others)
}

func audienceLevel(p *locale.Printer, w backpack.AudienceWords) string {
	switch w.Level {
	case rugzak.LevelTeam:
		if w.Team.Name != "" {
			return w.Team.Name
		}
		return p.T("audience.team")
	case rugzak.LevelOrganisation:
		return w.Organisation.Name
	case rugzak.LevelInternal:
		return p.T("audience.internal")
	}
	return ""
}

// audienceIcon names the picture beside these words.
func audienceIcon(w backpack.AudienceWords) string {
	switch {
	case w.Draft, w.Withdrawn, w.Reported:
		return "lock"
	case len(w.Also) > 0 || w.WholeMunicipality:
		return "partner"
	case w.Level == rugzak.LevelTeam:
		return "team"
	case w.Level == rugzak.LevelInternal:
		return "globe"
	}
	return "building"
}

// otherLanguage is the language of words that are in another one than the page,
// as far as they tell themselves: nobody said in which language a theme or a
// meeting is. A screen reader then says them well.
func otherLanguage(p *locale.Printer, text string) string {
	if lang := locale.Guess(text); lang != p.Lang() {
		return lang
	}
	return ""
}
