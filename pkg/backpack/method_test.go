// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"reflect"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func methodProbes() map[string]probe {
	return map[string]probe{
		"MethodUse": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.MethodUse(ctx, by, e.ID))
		},
	}
}

// methodInput is the form of a method.
func methodInput(title string, level rugzak.Level) backpack.Input {
	in := simple(title, "Zo doe je dit.", level)
	in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore", MinutesMin: 15, Steps: []rugzak.Step{{Minutes: 15, Text: "Begin"}}}
	return in
}

func TestMethodUse(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	in := methodInput("Terugblik", rugzak.LevelInternal)
	in.Audience.Also = []rugzak.OrganisationID{reader.Organisation}
	in.Confirmed = in.Audience.Also
	method := h.share(t, writer, in)
	use := func(by rugzak.Person) backpack.MethodUse {
		t.Helper()
		v, err := h.MethodUse(t.Context(), by, method.ID)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := use(reader); len(v.Adaptations) != 0 {
		t.Fatalf("adapted before anybody did: %+v", v)
	}
	adapt := func(by rugzak.Person, title string, level rugzak.Level) rugzak.Entry {
		in := methodInput(title, level)
		in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: method.ID}}
		return h.share(t, by, in)
	}
	before := use(reader)
	adapt(writer, "Onze versie", rugzak.LevelTeam)
	other := simple("Geen versie", "Noemt het alleen.", rugzak.LevelInternal)
	other.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: method.ID}}
	h.share(t, writer, other)
	if after := use(reader); !reflect.DeepEqual(before, after) {
		t.Errorf("what a reader may not see shows: %+v", after)
	}
	used := simple("Bij de partner", "Wij deden het.", rugzak.LevelOrganisation)
	used.Kind, used.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: method.ID, Outcome: rugzak.OutcomePartly}
	h.share(t, reader, used)
	adapted := adapt(reader, "Versie van de partner", rugzak.LevelOrganisation)
	v := use(reader)
	if len(v.Adaptations) != 1 || v.Adaptations[0].ID != adapted.ID {
		t.Errorf("a reader sees %+v", v)
	}
	if v := use(writer); len(v.Adaptations) != 1 || v.Adaptations[0].Title != "Onze versie" {
		t.Errorf("the writer sees %+v", v)
	}
	if _, err := h.Withdraw(t.Context(), reader, adapted.ID); err != nil {
		t.Fatal(err)
	}
	if v := use(reader); len(v.Adaptations) != 0 {
		t.Errorf("a version that was withdrawn is listed: %+v", v.Adaptations)
	}
}
