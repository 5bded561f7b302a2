// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// The compass has versions: what it was can still be read, with what changed. A
// drive that goes stays on the entries in which it was seen.
func TestCompassVersions(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	writer, partner, facilitator := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	m, err := h.Movement(ctx, facilitator)
	if err != nil {
		t.Fatal(err)
	}
	first := m.Compass
	in := simple("Met een drijfveer", "Tekst", rugzak.LevelInternal)
	in.Drives = []rugzak.DriveID{first.Drives[0].ID}
	e := h.share(t, writer, in)

	next := backpack.CompassInput{Purpose: "Wij beginnen *dichtbij*.", Drives: slices.Clone(first.Drives), Why: " Na de  ronde "}
	next.Drives[0] = rugzak.Drive{Name: "Dichtbij", Meaning: "Wij komen langs."} // another in place of the first
	next.Drives[1], next.Drives[2] = next.Drives[2], next.Drives[1]
	if _, err := h.SaveCompass(ctx, writer, first.Version, next); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody without the role: %v", err)
	}
	saved, err := h.SaveCompass(ctx, facilitator, first.Version, next)
	if err != nil || saved.Version != first.Version+1 || saved.Why != "Na de ronde" || saved.Sample {
		t.Fatalf("saved: %+v, %v", saved, err)
	}
	open := saved.Open()
	if len(open) != len(first.Drives) || open[0].ID != "dichtbij" || open[1].ID != first.Drives[2].ID || open[2].ID != first.Drives[1].ID {
		t.Errorf("the drives now: %+v", open)
	}
	if gone, ok := saved.Drive(first.Drives[0].ID); !ok || !gone.Closed {
		t.Errorf("the drive that went: %+v, %t", gone, ok)
	}
	if v, err := h.Read(ctx, writer, e.ID); err != nil || len(v.Drives) != 1 || v.Drives[0].ID != first.Drives[0].ID {
		t.Errorf("the entry has %+v, %v", v.Drives, err)
	}
	again := simple("Nog een", "Tekst", rugzak.LevelInternal)
	again.Drives = in.Drives
	if _, err := h.Share(ctx, writer, h.idFor(writer), 0, again); fieldOf(err) != "drives" {
		t.Errorf("a new entry with a drive that went: %v", err)
	}
	in.Body = "Tekst met meer"
	if _, err := h.Revise(ctx, writer, e.ID, e.Version, in); err != nil {
		t.Errorf("an entry that has it: %v", err)
	}

	if _, err := h.SaveCompass(ctx, facilitator, first.Version, backpack.CompassInput{Purpose: "Anders", Drives: first.Drives}); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("on top of what was not seen: %v", err)
	}
	for field, bad := range map[string]backpack.CompassInput{
		"purpose": {Purpose: "Bel 111222333", Drives: first.Drives},
		"drives":  {Purpose: "Samen", Drives: first.Drives[:3]},
		"why":     {Purpose: "Samen", Drives: first.Drives, Why: "Mail jan@elders.example"},
	} {
		if _, err := h.SaveCompass(ctx, facilitator, saved.Version, bad); fieldOf(err) != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	// A drive of a name that went before is that one again.
	back := backpack.CompassInput{Purpose: "Wij beginnen dichtbij.", Drives: append([]rugzak.Drive{{Name: first.Drives[0].Name}}, open[1:]...)}
	third, err := h.SaveCompass(ctx, facilitator, saved.Version, back)
	if err != nil || third.Open()[0].ID != first.Drives[0].ID {
		t.Errorf("again: %+v, %v", third.Open(), err)
	}

	all, err := h.CompassVersions(ctx, partner)
	if err != nil || len(all) != 3 || !all[0].Current || all[0].Version != third.Version || all[2].Purpose != first.Purpose {
		t.Fatalf("the versions: %+v, %v", all, err)
	}
	v, err := h.CompassVersion(ctx, partner, saved.Version)
	if err != nil || v.Before == nil || v.After == nil || v.Before.Version != first.Version {
		t.Fatalf("the second: %+v, %v", v, err)
	}
	fields, added := []string{}, ""
	for _, d := range v.Diff {
		fields = append(fields, d.Field)
		for _, p := range d.Pieces {
			if p.Op == rugzak.DiffAdded {
				added += p.Text
			}
		}
	}
	if !slices.Equal(fields, []string{"purpose", "drives"}) || added == "" {
		t.Errorf("what changed: %q, added %q", fields, added)
	}
	if _, err := h.CompassVersion(ctx, partner, 99); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a version that is not there: %v", err)
	}
}
