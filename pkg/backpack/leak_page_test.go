// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// pages reads every entry with its relations and history.
func (c check) pages(t *testing.T) {
	t.Helper()
	for id, e := range c.m.entries {
		v, err := c.Read(t.Context(), c.p, id)
		h, herr := c.History(t.Context(), c.p, id)
		_, rerr := c.Revision(t.Context(), c.p, id, 1)
		if !c.m.sees(c.p, e) {
			for _, err := range []error{err, herr, rerr} {
				if got, want := fmt.Sprint(err), fmt.Sprint(c.absent(t)); got[strings.Index(got, ":"):] != want[strings.Index(want, ":"):] {
					t.Errorf("hidden entry: %v, absent: %v", got, want)
				}
			}
			continue
		}
		if err != nil || herr != nil {
			t.Fatal(err, herr)
		}
		c.clean(t, "entry", v)
		c.clean(t, "history", h)
		if asked, err := c.WideningChoices(t.Context(), c.p, id); err != nil {
			t.Error(err)
		} else {
			c.clean(t, "what may be asked", asked)
		}
		if v.Mine != c.m.wrote(c.p, e) {
			t.Errorf("mine: %v", v.Mine)
		}
		want := map[string]bool{}
		for _, rel := range e.Relations {
			if c.m.sees(c.p, c.m.entries[rel.To]) {
				want[string(rel.Type)+" to "+string(rel.To)] = true
			}
		}
		for _, other := range c.m.entries {
			applies := other.Application != nil && other.Application.Lesson == id
			if applies && other.State.Public() || !c.m.sees(c.p, other) {
				continue // the trail tells of it, or nothing does
			}
			for _, rel := range other.Relations {
				if rel.To == id {
					want[string(rel.Type)+" from "+string(other.ID)] = true
				}
			}
			if applies {
				want["applies from "+string(other.ID)] = true
			}
		}
		c.trail(t, e)
		got := map[string]bool{}
		for _, rel := range v.Related {
			got[string(rel.Type)+map[bool]string{false: " to ", true: " from "}[rel.Inverse]+string(rel.Card.ID)] = true
		}
		if v.Lesson != nil && slices.Contains(e.Relations, rugzak.Relation{Type: rugzak.Applies, To: v.Lesson.ID}) {
			got["applies to "+string(v.Lesson.ID)] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("related: %v, want %v", got, want)
		}
		if lesson := e.Application; lesson != nil && (v.Lesson != nil) != c.m.sees(c.p, c.m.entries[lesson.Lesson]) {
			t.Errorf("lesson of an application: %v", v.Lesson)
		}
		c.audienceWords(t, e, v)
		if e.Mode == rugzak.Anonymous && e.State != rugzak.StateDraft {
			c.nameless(t, e, v, h)
		}
	}
}

func (c check) absent(t *testing.T) error {
	_, err := c.Read(t.Context(), c.p, c.NewID())
	return err
}

// audienceWords: a partner learns only of itself and of departments.
func (c check) audienceWords(t *testing.T, e rugzak.Entry, v backpack.EntryView) {
	t.Helper()
	if c.p.Kind == rugzak.Department || v.Mine {
		return
	}
	for _, o := range v.Audience.Also {
		if o.ID != c.p.Organisation && (o.Kind == rugzak.Partner || e.Organisation != c.p.Organisation) {
			t.Errorf("%s learns that %s may read", c.p.Organisation, o.Name)
		}
	}
	if e.Organisation != c.p.Organisation && (v.Audience.Level != "" || v.Audience.WholeMunicipality) {
		t.Errorf("%s learns of an audience: %+v", c.p.Organisation, v.Audience)
	}
	// That the ball lies with the organisation that asks is told by the entry.
	if b := v.BallWith; b.Kind == rugzak.Partner && b.ID != c.p.Organisation && b.ID != e.Organisation {
		t.Errorf("%s learns that %s has the ball", c.p.Organisation, b.ID)
	}
}

// nameless: nothing of the page of an entry without name leads to its writer.
func (c check) nameless(t *testing.T, e rugzak.Entry, v backpack.EntryView, h backpack.HistoryView) {
	t.Helper()
	v.Related, v.Lesson, v.Kept, v.Themes, v.OtherThemes = nil, nil, nil, nil, nil // of others, or the reader's own
	h.Entry = backpack.EntryView{}
	r, err := c.Revision(t.Context(), c.p, e.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	r.Entry = backpack.EntryView{}
	data, err := json.Marshal([]any{v, h, r})
	if err != nil {
		t.Fatal(err)
	}
	writer := c.m.hidden[e.ID][0]
	i := slices.IndexFunc(c.people, func(p rugzak.Person) bool { return p.ID == writer })
	if strings.Contains(string(data), string(writer)) || strings.Contains(string(data), c.people[i].Name) {
		t.Errorf("the page of an entry without name tells who wrote it: %s", data)
	}
	if !v.Mine && (v.Entry.SharedAt.Day() != 1 || v.Entry.UpdatedAt.Day() != 1 || r.Revision.At.Day() != 1) {
		t.Errorf("the page of an entry without name tells the day")
	}
}
