// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Phases are chosen by people. An entry keeps its phase, also when nobody can
// choose it any more; none is lost by a form that leaves it out.
func TestPhases(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	in := simple("In een fase", "Tekst", rugzak.LevelInternal)
	in.Phase = "verkennen"
	e := h.share(t, writer, in)
	was, err := h.Phases(ctx, facilitator)
	if err != nil || len(was) != 4 {
		t.Fatalf("phases: %+v, %v", was, err)
	}
	next := []rugzak.Phase{{ID: "in-beweging", NameNL: " Onderweg ", NameEN: "On the way"}, {ID: "verkennen", NameNL: "Verkennen", Closed: true}, {NameNL: "In beweging"}}
	if err := h.SavePhases(ctx, writer, was, next); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody without the role: %v", err)
	}
	if err := h.SavePhases(ctx, facilitator, was, next); err != nil {
		t.Fatal(err)
	}
	now, err := h.Phases(ctx, backpack.Operator())
	want := []rugzak.Phase{
		{ID: "in-beweging", NameNL: "Onderweg", NameEN: "On the way"}, {ID: "verkennen", NameNL: "Verkennen", Closed: true}, {ID: "in-beweging-2", NameNL: "In beweging"},
		{ID: "instappen", NameNL: "Instappen", NameEN: "Getting on board", Closed: true}, {ID: "verankeren", NameNL: "Verankeren", NameEN: "Anchoring", Closed: true},
	}
	if err != nil || !slices.Equal(now, want) {
		t.Errorf("saved %+v, %v", now, err)
	}
	if err := h.SavePhases(ctx, facilitator, was, was); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	if v, err := h.Read(ctx, writer, e.ID); err != nil || v.Phase.Name(rugzak.Dutch) != "Verkennen" {
		t.Errorf("the entry is in %+v, %v", v.Phase, err)
	}
	if _, err := h.Share(ctx, writer, h.idFor(writer), 0, in); fieldOf(err) != "phase" {
		t.Errorf("a new entry in a closed phase: %v", err)
	}
	in.Body = "Tekst met meer"
	if _, err := h.Revise(ctx, writer, e.ID, e.Version, in); err != nil {
		t.Errorf("an entry that has it: %v", err)
	}
	all := slices.Clone(now)
	for i := range all {
		all[i].Closed = true
	}
	if err := h.SavePhases(ctx, facilitator, now, all); fieldOf(err) != "phases" {
		t.Errorf("all closed: %v", err)
	}
}

// Sentences are replaced by who may, only those that can be, and two people lose
// nothing of each other's.
func TestWordingsOfThePeople(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	parts := rugzak.PartKeys()
	mine := []rugzak.Wording{{Key: "nav.mine", NL: " Mijn  tas "}, {Key: "compass.title"}}
	if err := h.SaveWordings(ctx, writer, parts, nil, mine); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody without the role: %v", err)
	}
	before, _, err := h.Wordings(ctx, writer, -1)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SaveWordings(ctx, facilitator, parts, nil, mine); err != nil {
		t.Fatal(err)
	}
	version, all, err := h.Wordings(ctx, writer, before)
	if err != nil || version == before || !slices.Equal(all, []rugzak.Wording{{Key: "nav.mine", NL: "Mijn tas"}}) {
		t.Errorf("version %d after %d: %+v, %v", version, before, all, err)
	}
	if _, none, err := h.Wordings(ctx, writer, version); err != nil || none != nil {
		t.Errorf("the same version gives %+v, %v", none, err)
	}
	if err := h.SaveWordings(ctx, facilitator, parts, nil, []rugzak.Wording{{Key: "nav.mine", NL: "Onze tas"}}); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	// The prompts of a kind are another form: it leaves the names alone.
	prompt := rugzak.KindExperience.Prompts()[0].Key()
	if err := h.SaveWordings(ctx, facilitator, rugzak.PromptKeys(rugzak.KindExperience), nil, []rugzak.Wording{{Key: prompt, EN: "Setting"}, {Key: "nav.mine", NL: "Weg"}}); err != nil {
		t.Fatal(err)
	}
	_, all, err = h.Wordings(ctx, facilitator, -1)
	if err != nil || len(all) != 2 || all[0].NL != "Mijn tas" || all[1] != (rugzak.Wording{Key: prompt, EN: "Setting"}) {
		t.Errorf("names and prompts: %+v, %v", all, err)
	}
	if err := h.SaveWordings(ctx, facilitator, []string{"error.not_found"}, nil, []rugzak.Wording{{Key: "error.not_found", NL: "Weg"}}); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a sentence that cannot be replaced: %v", err)
	}
}
