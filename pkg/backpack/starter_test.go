// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/content"
	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func (h *house) load(t testing.TB, lang rugzak.Lang, demo bool) int {
	t.Helper()
	b, entries, err := exchange.Starter(content.FS, lang)
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.LoadStarter(t.Context(), backpack.Operator(), b, entries, demo)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Loading again adds nothing, the languages stand beside each other, and what
// the entries speak of is there, in whatever order the parts were loaded.
func TestStarterOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	plain := h.load(t, rugzak.Dutch, false)
	more := h.load(t, rugzak.Dutch, true)
	if plain == 0 || more == 0 || len(h.model(t).entries) != plain+more {
		t.Errorf("%d entries, then %d for the demonstration, %d in all", plain, more, len(h.model(t).entries))
	}
	dutch := h.export(t, true)
	if again := h.load(t, rugzak.Dutch, true) + h.load(t, rugzak.Dutch, false); again > 0 {
		t.Errorf("loaded again: %d", again)
	}
	english := h.load(t, rugzak.English, true)
	both := h.export(t, true)
	if english != plain+more || len(both.Entries) != 2*english {
		t.Errorf("%d in English beside %d", english, plain+more)
	}
	if len(both.Everything.People) != len(dutch.Everything.People) {
		t.Errorf("%d people, then %d", len(dutch.Everything.People), len(both.Everything.People))
	}
	m := h.model(t)
	for _, e := range m.entries {
		for _, rel := range e.Relations {
			if _, ok := m.entries[rel.To]; !ok {
				t.Errorf("%s leads nowhere", e.External.ID)
			}
		}
		if e.Application != nil {
			if _, ok := m.entries[e.Application.Lesson]; !ok {
				t.Errorf("%s applies nothing", e.External.ID)
			}
		}
		for _, th := range e.Themes {
			if _, ok := m.themes[th]; !ok {
				t.Errorf("%s is in no theme %s", e.External.ID, th)
			}
		}
	}
}

// The demonstration shows how a lesson goes round, in both languages: used by
// two other organisations, one of which only says so, and an insight that was
// confirmed. No application is for more people than its lesson.
func TestStarterShowsTheLoop(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, lang := range rugzak.Languages() {
		h.load(t, lang, true)
	}
	m := h.model(t)
	kind := func(id rugzak.OrganisationID) rugzak.OrganisationKind { return m.orgs[id].Kind }
	reader := h.person(t, "deelnemer@voorbeeld.test")
	shown := 0
	for _, e := range m.entries {
		if a := e.Application; a != nil && !rugzak.Covers(m.entries[a.Lesson], rugzak.AudienceTokens(e), kind) {
			t.Errorf("%s is for more people than its lesson", e.External.ID)
		}
		told, some := map[string]int{"de-bal-lag-drie-weken-stil": 1, "overdracht-klaar-als-de-ander-aan-zet-is": 0}[e.External.ID]
		if !some {
			continue
		}
		shown++
		trail, err := h.Trail(t.Context(), reader, e.ID, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range trail.Lines {
			if l.Story == nil {
				told--
			}
		}
		if trail.Total != 2 || told != 0 || trail.Growth.Maturity != rugzak.MaturityConfirmed || trail.Growth.Others != 2 {
			t.Errorf("%s, %s: %+v", e.External.ID, e.Lang, trail)
		}
	}
	if shown != 4 {
		t.Errorf("%d lessons looked at", shown)
	}
}

// Removing the samples keeps what real people wrote or joined.
func TestRemoveSamples(t *testing.T) {
	h := newHouse(t)
	h.load(t, rugzak.Dutch, true)
	h.load(t, rugzak.English, true)
	ctx := t.Context()
	admin := h.person(t, "beheerder@voorbeeld.test")
	wrote := h.person(t, "deelnemer@voorbeeld.test")
	real, err := h.SaveOrganisation(ctx, admin, "", 0, backpack.OrganisationInput{Name: "Echte afdeling", Kind: rugzak.Department})
	if err != nil {
		t.Fatal(err)
	}
	partner := h.person(t, "partner@voorbeeld.test")
	newcomer := h.join(t, partner.Organisation, "", rugzak.RoleParticipant)
	colleague := h.join(t, real.ID, "", rugzak.RoleParticipant, rugzak.RoleFacilitator)
	var sample rugzak.Entry
	var theme rugzak.ThemeID
	for _, e := range h.model(t).entries {
		if rugzak.CanRead(colleague, e) && e.Mode == rugzak.ByName && len(e.Themes) > 0 {
			sample, theme = e, e.Themes[0]
		}
	}
	in := simple("Echt", "Van een voorbeeldpersoon die bleef", rugzak.LevelInternal)
	in.Themes, in.Relations = []rugzak.ThemeID{theme}, []rugzak.Relation{{Type: rugzak.BuildsOn, To: sample.ID}}
	e := h.share(t, wrote, in)
	hidden := h.person(t, "kernteam@voorbeeld.test")
	h.share(t, hidden, anonymous("Echt zonder naam", "Tekst"))
	asked := simple("Vraag", "Wie weet dit?", rugzak.LevelInternal)
	asked.Kind, asked.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: h.person(t, "leidinggevende@voorbeeld.test").Organisation}
	h.share(t, colleague, asked)
	if err := h.Keep(ctx, colleague, sample.ID, "weg"); err != nil {
		t.Fatal(err)
	}
	for title, example := range map[string]bool{"Voorbeeld": true, "Echt": false} {
		if _, err := h.FreezeInterim(ctx, hidden, backpack.InterimInput{Title: title, Span: rugzak.SpanAll, Sample: example}); err != nil {
			t.Fatal(err)
		}
	}

	removed, _, err := h.RemoveSamples(ctx, admin)
	if err != nil || removed.Entries == 0 || removed.Themes == 0 || removed.People == 0 || !removed.Movement {
		t.Fatalf("removed %+v, %v", removed, err)
	}
	left, err := h.Samples(ctx, admin)
	if err != nil || left.Any() {
		t.Errorf("left: %+v, %v", left, err)
	}
	m := h.model(t)
	if len(m.entries) != 3 || len(m.themes) != 1 {
		t.Errorf("%d entries and %d themes left", len(m.entries), len(m.themes))
	}
	people := map[rugzak.PersonID]bool{}
	for _, p := range h.export(t, true).Everything.People {
		people[p.ID] = true
		if _, ok := m.orgs[p.Organisation]; !ok {
			t.Errorf("%s lost the organisation %s", p.Name, p.Organisation)
		}
	}
	for _, p := range []rugzak.Person{admin, wrote, hidden, newcomer, colleague} {
		if !people[p.ID] {
			t.Errorf("%s is gone", p.Email)
		}
	}
	if _, ok := m.orgs[asked.Question.BallWith]; !ok {
		t.Error("the organisation that has the ball is gone")
	}
	v, err := h.Read(ctx, colleague, e.ID)
	if err != nil || len(v.Related) > 0 || len(v.Authors) != 1 {
		t.Errorf("what stays reads %+v, %v", v, err)
	}
	if interims, err := h.Interims(ctx, colleague); err != nil || len(interims) != 1 || interims[0].Title != "Echt" {
		t.Errorf("left are the interim results %+v, %v", interims, err)
	}
	if _, total := h.find(t, colleague, ""); total != 3 {
		t.Errorf("%d found", total)
	}
	kept, err := h.Mine(ctx, colleague, "")
	if err != nil || len(kept.Kept) > 0 {
		t.Errorf("still taken along: %v, %v", kept.Kept, err)
	}
	again, err := h.Revise(ctx, wrote, e.ID, e.Version, h.InputOf(e))
	if err != nil {
		t.Errorf("what stays cannot be edited: %v (%+v)", err, again)
	}
	if _, err := h.Samples(ctx, colleague); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("counted by somebody else: %v", err)
	}
	if _, _, err := h.RemoveSamples(ctx, colleague); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("removed by somebody else: %v", err)
	}
}
