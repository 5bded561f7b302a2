// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A meeting has a method: who may read that sees it, others see the meeting
// without it.
func TestMeetingMethod(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, by := t.Context(), c.people["facilitator"]
	in := simple("Oor en stem", "Zo gaat het.", rugzak.LevelOrganisation)
	in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore", MinutesMin: 10, MinutesMax: 20, GroupMin: 3, GroupMax: 9, Guidance: "none", Trust: "low"}
	method := c.share(t, by, in)
	other := c.share(t, by, simple("Geen werkvorm", "Tekst.", rugzak.LevelInternal))
	choices, err := c.MeetingChoices(ctx, by, "", "")
	if err != nil || len(choices.Methods) != 1 || choices.Methods[0].ID != method.ID || len(choices.Themes) != 1 {
		t.Fatalf("the choices are %+v, %v", choices, err)
	}
	m := c.meeting("", rugzak.WholeMunicipality)
	m.Method = other.ID
	_, err = c.SaveMeeting(ctx, by, "", 0, m)
	wantField(t, "what is no method", err, "method")
	m.Method, m.Theme = method.ID, c.theme
	made, err := c.SaveMeeting(ctx, by, "", 0, m)
	if err != nil || made.Method != method.ID || made.Theme != c.theme {
		t.Fatalf("%+v, %v", made, err)
	}
	for name, want := range map[string]bool{"facilitator": true, author: true, elsewhere: false} {
		v, err := c.Service.Meeting(ctx, c.people[name], made.ID)
		if err != nil || (v.Method != nil) != want {
			t.Errorf("%s sees the method: %v, %v", name, v.Method, err)
		}
		if said, _ := json.Marshal(v); !want && strings.Contains(string(said), string(method.ID)) {
			t.Errorf("%s learns which: %s", name, said)
		}
	}
	m.Method = ""
	changed, err := c.SaveMeeting(ctx, by, made.ID, made.Version, m)
	if err != nil || changed.Method != "" {
		t.Errorf("taken out: %+v, %v", changed, err)
	}
}

// Phases with a day stand on the programme line; those without do not.
func TestPhasesOnTheProgramme(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, by := t.Context(), c.people["facilitator"]
	was, err := c.Phases(ctx, by)
	if err != nil {
		t.Fatal(err)
	}
	next := append([]rugzak.Phase{}, was...)
	next[0].Begins = "31-12-2026"
	wantField(t, "what is no day", c.SavePhases(ctx, by, was, next), "phases")
	today := c.clock.Now()
	next[0].Begins, next[1].Begins = today.AddDate(0, -2, 0).Format("2006-01-02"), today.AddDate(0, 2, 0).Format("2006-01-02")
	if err := c.SavePhases(ctx, by, was, next); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{author, ceder} {
		v, err := c.Programme(ctx, c.people[name])
		if err != nil {
			t.Fatal(err)
		}
		phases := func(months []backpack.ProgrammeMonth) (out []string) {
			for _, m := range months {
				for _, item := range m.Items {
					if item.Phase != nil {
						out = append(out, string(item.Phase.ID))
					}
				}
			}
			return out
		}
		if past, coming := phases(v.Past), phases(v.Coming); strings.Join(past, " ") != string(was[0].ID) || strings.Join(coming, " ") != string(was[1].ID) {
			t.Errorf("%s sees %v and then %v", name, past, coming)
		}
	}
}
