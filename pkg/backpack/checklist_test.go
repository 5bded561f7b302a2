// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func checklistProbes() map[string]probe {
	return map[string]probe{
		"Checklist": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Checklist(ctx, by))
		},
		"SaveChecklist": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			v, err := c.Checklist(ctx, backpack.Operator())
			if err != nil {
				return err
			}
			return c.SaveChecklist(ctx, by, v.Version, []rugzak.CheckPoint{rugzak.CheckWoo})
		},
	}
}

// Who ticked a point first stays with it; whoever saves an old list is told.
func TestChecklist(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	admin := h.person(t, "beheerder@voorbeeld.test")
	officer := h.join(t, admin.Organisation, "", rugzak.RolePrivacyOfficer)
	participant := h.person(t, "deelnemer@voorbeeld.test")
	for _, c := range []struct {
		name   string
		by     rugzak.Person
		base   int
		points []rugzak.CheckPoint
		code   rugzak.Code
		done   int
	}{
		{"a participant", participant, 0, []rugzak.CheckPoint{rugzak.CheckWoo}, rugzak.CodeForbidden, 0},
		{"an officer", officer, 0, []rugzak.CheckPoint{rugzak.CheckWoo}, "", 1},
		{"an old list", admin, 0, nil, rugzak.CodeConflict, 1},
		{"a point that is none", admin, 1, []rugzak.CheckPoint{"soep"}, rugzak.CodeInvalid, 1},
		{"one more, by another", admin, 1, []rugzak.CheckPoint{rugzak.CheckWoo, rugzak.CheckDPIA}, "", 2},
	} {
		if err := h.SaveChecklist(t.Context(), c.by, c.base, c.points); rugzak.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
		v, err := h.Checklist(t.Context(), officer)
		if err != nil || v.Done != c.done || len(v.Points) != len(rugzak.CheckPoints()) {
			t.Errorf("%s: %+v, %v", c.name, v, err)
		}
	}
	name := func(p rugzak.CheckPoint) (string, bool) {
		v, err := h.Checklist(t.Context(), admin)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(v.Points, func(l backpack.ChecklistPoint) bool { return l.Point == p })
		return v.Points[i].Name, v.Points[i].Former
	}
	if got, _ := name(rugzak.CheckWoo); got != officer.Name {
		t.Errorf("ticked by %q", got)
	}
	if got, _ := name(rugzak.CheckDPIA); got != admin.Name {
		t.Errorf("ticked by %q", got)
	}
	if err := h.AnonymisePerson(t.Context(), admin, officer.ID); err != nil {
		t.Fatal(err)
	}
	if got, former := name(rugzak.CheckWoo); got != "" || !former {
		t.Errorf("ticked by %q, former %v", got, former)
	}
	h.see(t, func(r rugzak.Reader) error {
		var acts int
		for record, err := range r.AuditLog(0) {
			if err != nil {
				return err
			}
			if record.Verb == rugzak.AuditSettings && record.Detail == "checklist" {
				acts++
			}
		}
		if acts != 2 {
			t.Errorf("%d acts in the audit log", acts)
		}
		return nil
	})
}

// Anybody may know how long things are kept.
func TestRetentionTerms(t *testing.T) {
	h := newHouse(t)
	want := rugzak.DefaultSettings().Retention
	want.Review = 36
	if err := h.SaveRetention(t.Context(), backpack.Operator(), 0, want); err != nil {
		t.Fatal(err)
	}
	if got, err := h.RetentionTerms(t.Context()); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}
