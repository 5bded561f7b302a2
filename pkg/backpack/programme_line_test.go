// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"errors"
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

// Whoever takes the tick away and keeps a draft finds it taken away, and nothing
// of that stays when they share.
func TestTakingStaysWithTheDraft(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, by, r := t.Context(), c.people[author], c.openRound(t)
	in := simple("Antwoord", "Tekst.", rugzak.LevelInternal)
	in.Occasion = rugzak.RoundOccasion(r.ID)
	id := c.idFor(by)
	saved, err := c.SaveDraft(ctx, by, id, 0, in)
	if err != nil || !saved.Entry.HideTaking {
		t.Fatalf("%+v, %v", saved.Entry, err)
	}
	in.ShowTaking = true
	if saved, err = c.SaveDraft(ctx, by, id, saved.Entry.Version, in); err != nil || saved.Entry.HideTaking {
		t.Fatalf("%+v, %v", saved.Entry, err)
	}
	in.ShowTaking = false
	if saved, err = c.Share(ctx, by, id, saved.Entry.Version, in); err != nil || saved.Entry.HideTaking {
		t.Fatalf("%+v, %v", saved.Entry, err)
	}
	if v := c.seesRound(t, "coreteam", r.ID); len(v.Taking) != 0 {
		t.Errorf("taking part are %v", namesOf(v.Taking))
	}
}

// The compass remembers in which round it was decided to change it; what is no
// round is forgotten.
func TestCompassOccasion(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	r := c.openRound(t)
	var drives []rugzak.Drive
	for _, name := range []string{"Een", "Twee", "Drie", "Vier"} {
		drives = append(drives, rugzak.Drive{Name: name})
	}
	for n, of := range []rugzak.Subject{rugzak.RoundOccasion(r.ID), rugzak.RoundOccasion(string(c.NewID())), rugzak.MeetingOccasion(string(c.NewID()))} {
		got, err := c.SaveCompass(t.Context(), c.people["coreteam"], n, backpack.CompassInput{Purpose: strings.Repeat("Doel ", n+1), Drives: drives, Occasion: of})
		if want := map[bool]rugzak.Subject{true: of}[n == 0]; err != nil || got.Occasion != want {
			t.Errorf("%q became %q, %v", of, got.Occasion, err)
		}
	}
}

// A refused line of a harvest is told by its own number.
func TestHarvestTellsWhichLine(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	by := c.people["facilitator"]
	m, err := c.SaveMeeting(t.Context(), by, "", 0, c.meeting("", rugzak.WholeMunicipality))
	if err != nil {
		t.Fatal(err)
	}
	lines := []backpack.HarvestLine{{ID: c.idFor(by), Kind: rugzak.KindExperience, Text: "Goed"}, {ID: c.idFor(by), Kind: rugzak.KindExperience, Text: "Mijn BSN is 123456782"}}
	_, err = c.SaveHarvest(t.Context(), by, m.ID, rugzak.Dutch, lines, true)
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || len(e.Fields) != 1 || e.Fields[0].Field != "line_2" || len(e.Fields[0].Args) != 1 || e.Fields[0].Args[0] != 2 {
		t.Errorf("refused is %+v", err)
	}
	_, err = c.SaveHarvest(t.Context(), by, m.ID, rugzak.Dutch, make([]backpack.HarvestLine, backpack.MaxHarvest+1), true)
	if e, ok := errors.AsType[*rugzak.Error](err); !ok || e.Key != "error.too_many" {
		t.Errorf("too many lines: %v", err)
	}
}
