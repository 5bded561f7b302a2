// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// An interim result stays as it was, whatever is written later. A story is shown
// to who may read its entry at that moment, and once it is purged it says only
// that it was removed, to who could read it.
func TestInterimStaysAsItWas(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	core, member, partner := h.person(t, "kernteam@voorbeeld.test"), h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	colleague := h.person(t, "leidinggevende@voorbeeld.test") // of another department
	in := simple("Bel eerst", "Wij belden.", rugzak.LevelInternal, partner.Organisation)
	in.Lesson = "Wie belt, noemt een dag."
	e := h.share(t, member, in)
	h.follows(t)
	if err := h.FollowPeople(t.Context()); err != nil {
		t.Fatal(err)
	}
	frozen := backpack.InterimInput{
		Title: "Eerste", Text: "We begonnen.", Span: rugzak.SpanAll, Key: rugzak.NewID(h.clock.Now()),
		Stories:     map[rugzak.Rung]rugzak.EntryID{rugzak.RungTogether: e.ID},
		Definitions: []rugzak.InterimDefinition{{Key: "together", NL: "Zo tellen we.", EN: "So we count."}},
	}
	made, err := h.FreezeInterim(t.Context(), core, frozen)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := h.FreezeInterim(t.Context(), core, frozen); err != nil || again.ID != made.ID {
		t.Errorf("the same form made another: %v, %v", again.ID, err)
	}
	story := func(p rugzak.Person) (backpack.InterimStoryView, bool) {
		t.Helper()
		v, err := h.Interim(t.Context(), p, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		s, ok := v.Shown[rugzak.RungTogether]
		return s, ok
	}
	before := map[string]backpack.InterimView{}
	for name, p := range map[string]rugzak.Person{"member": colleague, "partner": partner} {
		if before[name], err = h.Interim(t.Context(), p, made.ID); err != nil {
			t.Fatal(err)
		}
		if s, ok := story(p); !ok || s.Text != in.Lesson {
			t.Errorf("%s sees %+v", name, s)
		}
	}
	if before["member"].Results.Now.Entries == 0 || before["member"].Hash == before["partner"].Hash {
		t.Errorf("figures: %+v", before["member"].Results.Now)
	}
	// Much happens later; nothing of it shows.
	h.clock.turn(h.clock.Now().Add(40 * 24 * time.Hour))
	changed := h.InputOf(e)
	changed.Lesson, changed.Title = "Iets heel anders.", "Anders"
	if _, err := h.Revise(t.Context(), member, e.ID, e.Version, changed); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		h.share(t, member, simple("Nog een", "Nog een.", rugzak.LevelInternal, partner.Organisation))
	}
	h.follows(t)
	for name, p := range map[string]rugzak.Person{"member": colleague, "partner": partner} {
		after, err := h.Interim(t.Context(), p, made.ID)
		if err != nil || !reflect.DeepEqual(after, before[name]) {
			t.Errorf("%s: it changed: %+v, %v", name, after, err)
		}
	}
	// Narrowed: who may not read it any more sees no story.
	e, _ = h.stored(t, e.ID)
	if _, err := h.ChangeAudience(t.Context(), member, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	if s, ok := story(partner); ok {
		t.Errorf("a partner still sees %+v", s)
	}
	if s, ok := story(colleague); !ok || s.Text != in.Lesson {
		t.Errorf("a member sees %+v", s)
	}
	// Purged: a date is left, for who could read it last; the bytes are gone.
	if _, err := h.PurgeOwn(t.Context(), member, e.ID); err != nil {
		t.Fatal(err)
	}
	if s, ok := story(colleague); !ok || s.Text != "" || s.Title != "" || s.Removed.IsZero() {
		t.Errorf("after the purge a member sees %+v", s)
	}
	if s, ok := story(partner); ok {
		t.Errorf("after the purge a partner sees %+v", s)
	}
	h.see(t, func(r rugzak.Reader) error {
		i, err := r.Interim(made.ID)
		data, _ := json.Marshal(i)
		if err == nil && containsText(string(data), in.Lesson, in.Title) {
			t.Errorf("left after the purge: %s", data)
		}
		return err
	})
	// The numbers stay: an entry was there.
	after, err := h.Interim(t.Context(), colleague, made.ID)
	if err != nil || after.Hash != before["member"].Hash || !reflect.DeepEqual(after.Results, before["member"].Results) {
		t.Errorf("the figures changed: %v", err)
	}
	if err := h.RemoveInterim(t.Context(), core, made.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Interim(t.Context(), colleague, made.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("after it was taken away: %v", err)
	}
}

func containsText(data string, texts ...string) bool {
	for _, text := range texts {
		if quoted, err := json.Marshal(text); err == nil && strings.Contains(data, string(quoted)) {
			return true
		}
	}
	return false
}

// A story that not everybody may read, and a text about a person, are refused.
func TestInterimRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	core, member := h.person(t, "kernteam@voorbeeld.test"), h.person(t, "deelnemer@voorbeeld.test")
	narrow := simple("Van ons", "Van ons.", rugzak.LevelOrganisation)
	narrow.Lesson = "Van ons alleen."
	e := h.share(t, member, narrow)
	for name, in := range map[string]backpack.InterimInput{
		"narrow story": {Title: "Titel", Span: rugzak.SpanAll, Stories: map[rugzak.Rung]rugzak.EntryID{rugzak.RungUseful: e.ID}},
		"no title":     {Span: rugzak.SpanAll},
		"no span":      {Title: "Titel"},
		"number":       {Title: "Titel", Text: "BSN 111222333", Span: rugzak.SpanAll},
		"phone":        {Title: "Titel", Text: "Bel 06-12345678", Span: rugzak.SpanAll},
	} {
		if _, err := h.FreezeInterim(t.Context(), core, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
