// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// movementPaths are the ways in which a text of compass, agenda and needs
// reaches the store: a part of textPaths.
func (h *house) movementPaths(t *testing.T) map[string]func(number string) error {
	t.Helper()
	ctx := t.Context()
	writer, curator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	named := func(number string) string { return "Nummer " + number }
	item := func() rugzak.AgendaItem {
		made, err := h.AddAgendaItem(ctx, curator, backpack.AgendaInput{Title: "Samen", Horizon: rugzak.HorizonNow})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	compass := func() (int, backpack.CompassInput) {
		m, err := h.Movement(ctx, curator)
		if err != nil {
			t.Fatal(err)
		}
		return m.Compass.Version, backpack.CompassInput{Purpose: m.Compass.Purpose, Drives: m.Compass.Open(), Reviewed: true}
	}
	return map[string]func(string) error{
		"SaveTeamNeed": func(number string) error {
			_, team, err := h.OwnTeamNeed(ctx, writer)
			if err != nil {
				return err
			}
			return h.SaveTeamNeed(ctx, writer, team.Need, rugzak.Need{Offers: named(number)})
		},
		"SavePhases": func(number string) error {
			m, err := h.Movement(ctx, curator)
			if err != nil {
				return err
			}
			return h.SavePhases(ctx, curator, m.Phases, append(slices.Clone(m.Phases), rugzak.Phase{NameNL: "Fase", NameEN: named(number)}))
		},
		"SaveWordings": func(number string) error {
			m, err := h.Movement(ctx, curator)
			if err != nil {
				return err
			}
			return h.SaveWordings(ctx, curator, []string{"nav.mine"}, m.Wordings, []rugzak.Wording{{Key: "nav.mine", NL: named(number)}})
		},
		"AddAgendaItem": func(number string) error {
			return second(h.AddAgendaItem(ctx, curator, backpack.AgendaInput{Title: named(number), Horizon: rugzak.HorizonNow, Reviewed: true}))
		},
		"SaveAgendaItem": func(number string) error {
			a := item()
			return second(h.SaveAgendaItem(ctx, curator, a.ID, a.Version, backpack.AgendaInput{Title: a.Title, Text: named(number), Horizon: a.Horizon, Reviewed: true}))
		},
		"ProgressItem": func(number string) error { return h.ProgressItem(ctx, curator, item().ID, named(number)) },
		"FinishItem":   func(number string) error { return h.FinishItem(ctx, curator, item().ID, true, named(number)) },
		"SaveCompass purpose": func(number string) error {
			version, in := compass()
			in.Purpose = named(number)
			return second(h.SaveCompass(ctx, curator, version, in))
		},
		"SaveCompass drive": func(number string) error {
			version, in := compass()
			in.Drives[0].Meaning = named(number)
			return second(h.SaveCompass(ctx, curator, version, in))
		},
		"SaveCompass why": func(number string) error {
			version, in := compass()
			in.Purpose, in.Why = in.Purpose+" Nog iets.", named(number)
			return second(h.SaveCompass(ctx, curator, version, in))
		},
	}
}
