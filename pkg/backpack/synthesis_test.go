// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func linkTo(ids ...rugzak.EntryID) string {
	text := "Wat zien we? Samen een draadkanarie.\n"
	for _, id := range ids {
		text += "\n- [zie](https://rugzak.example/ervaringen/" + string(id) + ")"
	}
	return text
}

// A common thread is never saved for more people than may read each of its
// sources; what the curator may not see and what is not there are alike.
func TestThreadIsNoWiderThanItsSources(t *testing.T) {
	c := newCast(t)
	writer, curator := c.people[author], c.people["facilitator"]
	share := func(level rugzak.Level, also ...rugzak.OrganisationID) rugzak.EntryID {
		return c.share(t, writer, simple("Bron "+string(level), "Tekst", level, also...)).ID
	}
	team, department, all := share(rugzak.LevelTeam), share(rugzak.LevelOrganisation), share(rugzak.LevelInternal)
	outside := share(rugzak.LevelInternal, c.partner)
	draft, err := c.SaveDraft(t.Context(), curator, c.idFor(curator), 0, simple("Concept", "Tekst", rugzak.LevelInternal))
	if err != nil {
		t.Fatal(err)
	}
	hidden, narrow := "error.source.hidden", "error.source.narrow"
	for _, tc := range []struct {
		name    string
		sources []rugzak.EntryID
		also    []rugzak.OrganisationID
		keys    []string // of the errors; none when it may be saved
		bound   []string // of those that stay for one kept to who may read its sources
	}{
		{"nothing quoted", nil, []rugzak.OrganisationID{c.partner}, nil, nil},
		{"for all", []rugzak.EntryID{all, outside}, nil, nil, nil},
		{"a department only", []rugzak.EntryID{all, department}, nil, []string{narrow}, nil},
		{"a team, which the curator does not see", []rugzak.EntryID{team}, nil, []string{hidden}, []string{hidden}},
		{"absent", []rugzak.EntryID{c.NewID()}, nil, []string{hidden}, []string{hidden}},
		{"the curator's own draft", []rugzak.EntryID{draft.Entry.ID}, nil, []string{narrow}, nil},
		{"a partner may read all of it", []rugzak.EntryID{outside}, []rugzak.OrganisationID{c.partner}, nil, nil},
		{"a partner may not read all of it", []rugzak.EntryID{outside, all}, []rugzak.OrganisationID{c.partner}, []string{narrow}, nil},
		{"each too narrow", []rugzak.EntryID{team, department}, nil, []string{hidden, narrow}, []string{hidden}},
	} {
		th := c.curate(t, curator, backpack.ThemeInput{Title: "Thema " + tc.name, Also: tc.also})
		in := backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptWorks, Text: linkTo(tc.sources...)}}}
		save := func(want []string) {
			t.Helper()
			_, err := c.SaveThread(t.Context(), curator, th.ID, 0, in)
			var keys []string
			if e, ok := errors.AsType[*rugzak.Error](err); ok {
				for _, f := range e.Fields {
					keys = append(keys, f.Key)
					if f.Field != string(rugzak.PromptWorks) {
						t.Errorf("%s: the error stands at %s", tc.name, f.Field)
					}
				}
			}
			if !slices.Equal(keys, want) {
				t.Errorf("%s: %v, want %v", tc.name, err, want)
			}
		}
		if save(tc.keys); len(tc.keys) > 0 {
			in.Bound = true
			save(tc.bound)
		}
	}
	th := c.curate(t, curator, backpack.ThemeInput{Title: "Drie bronnen"})
	found, err := c.NarrowSources(t.Context(), curator, th.ID, backpack.ThreadInput{Intro: linkTo(team, department, all)})
	if err != nil || len(found) != 2 || found[0].Title != "" || found[0].CanAsk || found[1].Title != "Bron organisation" || !found[1].CanAsk {
		t.Errorf("the form tells %+v, %v", found, err)
	}
}

// When a source gets narrower, the thread follows at once: who may not read
// each source does not see it, on any surface, and the curators are told.
func TestThreadFollowsItsSources(t *testing.T) {
	for name, narrowing := range map[string]func(c *cast, e rugzak.Entry) error{
		"narrowed": func(c *cast, e rugzak.Entry) error {
			_, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam})
			return err
		},
		"withdrawn": func(c *cast, e rugzak.Entry) error {
			_, err := c.Withdraw(t.Context(), c.people[author], e.ID)
			return err
		},
		"removed": func(c *cast, e rugzak.Entry) error {
			_, err := c.store.Update(t.Context(), func(w rugzak.Writer) error { return w.RemoveEntry(e.ID) })
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			e := c.share(t, c.people[author], simple("De bron", "Tekst", rugzak.LevelInternal, c.partner))
			in := backpack.ThemeInput{Title: "Met draad", Also: []rugzak.OrganisationID{c.partner}}
			th := c.curate(t, c.people["facilitator"], in)
			c.thread(t, c.people["facilitator"], th.ID, backpack.ThreadInput{Intro: linkTo(e.ID)})
			seen := func(who string) (backpack.ThemeView, bool) {
				v, err := c.Theme(t.Context(), c.people[who], th.ID, "")
				if err != nil {
					t.Fatalf("%s: %v", who, err)
				}
				lists, err := c.Themes(t.Context(), c.people[who])
				if err != nil {
					t.Fatal(err)
				}
				choices, err := c.FormChoices(t.Context(), c.people[who])
				if err != nil {
					t.Fatal(err)
				}
				data, err := json.Marshal([]any{v, lists, choices})
				if err != nil {
					t.Fatal(err)
				}
				return v, strings.Contains(string(data), "draadkanarie")
			}
			readers := []string{"facilitator", "coreteam", elsewhere, "administrator", teammate, ceder}
			for _, who := range readers {
				if _, sees := seen(who); !sees {
					t.Errorf("%s does not see the thread", who)
				}
			}
			if err := narrowing(c, e); err != nil {
				t.Fatal(err)
			}
			for _, who := range readers {
				v, sees := seen(who)
				want := who == "facilitator" || who == teammate && name == "narrowed" // who made it mends it
				if sees != want {
					t.Errorf("%s sees the thread: %v, want %v", who, sees, want)
				}
				if told := len(v.Narrow) > 0 || v.ThreadHidden; told != (who == "facilitator" || who == "coreteam") {
					t.Errorf("%s is told: %v", who, told)
				}
			}
			// Another curator who saves the rest does not wipe it out, and may not widen it.
			v, _ := seen("coreteam")
			in.Summary = "Nieuw"
			var err error
			if th, err = c.SaveTheme(t.Context(), c.people["coreteam"], th.ID, v.Theme.Version, in); err != nil {
				t.Fatalf("saving the rest: %v", err)
			}
			if v, sees := seen("facilitator"); !sees || v.Theme.Summary != "Nieuw" {
				t.Error("the thread was lost")
			}
			in.Also = append(in.Also, c.people[douglas].Organisation)
			if _, err := c.SaveTheme(t.Context(), c.people["coreteam"], th.ID, th.Version, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
				t.Errorf("widening a thread with a narrow source: %v", err)
			}
			in.Also = []rugzak.OrganisationID{c.partner}
			c.thread(t, c.people["coreteam"], th.ID, backpack.ThreadInput{}) // leaves it as it is
			if _, sees := seen("facilitator"); !sees {
				t.Error("the thread was wiped out")
			}
			c.thread(t, c.people["coreteam"], th.ID, backpack.ThreadInput{Intro: "Een andere draadkanarie, zonder bron."})
			if _, sees := seen(ceder); !sees {
				t.Error("the thread without the source is not seen")
			}
		})
	}
}

// An insight is not shared wider than what it says it is based on: not when it
// is shared, not when its audience grows, and not when it is put back.
func TestInsightIsNoWiderThanItsSources(t *testing.T) {
	c := newCast(t)
	writer := c.people[author]
	source := c.share(t, writer, simple("Bron", "Tekst", rugzak.LevelOrganisation))
	in := simple("Inzicht", "Tekst", rugzak.LevelInternal)
	in.Kind, in.Relations = rugzak.KindInsight, []rugzak.Relation{{Type: rugzak.BuildsOn, To: source.ID}}
	refused := func(what string, err error) {
		t.Helper()
		if rugzak.CodeOf(err) != rugzak.CodeInvalid || !strings.Contains(answerOf(err), "error.source.narrow") {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := c.Share(t.Context(), writer, c.idFor(writer), 0, in)
	refused("sharing", err)
	in.Audience.Level = rugzak.LevelTeam // narrower is fine
	c.share(t, writer, in)
	in.Audience.Level = rugzak.LevelOrganisation
	e := c.share(t, writer, in)
	_, err = c.ChangeAudience(t.Context(), writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal})
	refused("widening", err)
	in.Audience.Also = []rugzak.OrganisationID{c.partner}
	_, err = c.Revise(t.Context(), writer, e.ID, e.Version, in)
	refused("revising", err)
	if err := c.AskWidening(t.Context(), c.people["facilitator"], e.ID, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	_, err = c.AnswerWidening(t.Context(), writer, e.ID, c.requests(t, writer)[0].ID, true)
	refused("saying yes", err)
	if _, err := c.Withdraw(t.Context(), writer, e.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ChangeAudience(t.Context(), writer, source.ID, source.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	_, err = c.PutBack(t.Context(), writer, e.ID)
	refused("putting back", err)
	// What only sees also, or is no insight, is no synthesis.
	in.Audience.Also, in.Audience.Level, in.Relations[0].Type = nil, rugzak.LevelInternal, rugzak.SeeAlso
	c.share(t, writer, in)
	in.Kind, in.Relations[0].Type = rugzak.KindExperience, rugzak.BuildsOn
	c.share(t, writer, in)
}

// An older text of an insight comes back only when whoever reads it now may
// read what it was based on then.
func TestRestoredInsightIsNoWiderThanItsSources(t *testing.T) {
	c := newCast(t)
	writer := c.people[author]
	source := c.share(t, writer, simple("Bron", "Tekst", rugzak.LevelOrganisation))
	in := simple("Inzicht", "Tekst", rugzak.LevelOrganisation)
	in.Kind, in.Relations = rugzak.KindInsight, []rugzak.Relation{{Type: rugzak.BuildsOn, To: source.ID}}
	e := c.share(t, writer, in)
	in.Relations, in.Body, in.Audience.Level = nil, "Zonder bron", rugzak.LevelInternal
	wide, err := c.Revise(t.Context(), writer, e.ID, e.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Restore(t.Context(), writer, e.ID, 1, wide.Entry.Version); !strings.Contains(answerOf(err), "error.source.narrow") {
		t.Errorf("restored: %v", err)
	}
	back, err := c.ChangeAudience(t.Context(), writer, e.ID, wide.Entry.Version, rugzak.Audience{Level: rugzak.LevelOrganisation})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Restore(t.Context(), writer, e.ID, 1, back.Entry.Version); err != nil {
		t.Errorf("restored for who may read the source: %v", err)
	}
}
