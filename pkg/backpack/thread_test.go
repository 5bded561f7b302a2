// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// curate makes a theme.
func (h *house) curate(t testing.TB, by rugzak.Person, in backpack.ThemeInput) rugzak.Theme {
	t.Helper()
	in.Confirmed = in.Also
	th, err := h.SaveTheme(t.Context(), by, "", 0, in)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// thread writes a new version of the thread of a theme.
func (h *house) thread(t testing.TB, by rugzak.Person, id rugzak.ThemeID, in backpack.ThreadInput) rugzak.Thread {
	t.Helper()
	d, err := h.ThreadToWrite(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	h.clock.turn(h.clock.Now().Add(time.Minute))
	x, err := h.SaveThread(t.Context(), by, id, d.Thread.Number, in)
	if err != nil {
		t.Fatalf("%v: %+v", err, problems(err))
	}
	return x
}

// quoting answers one question with one quote.
func quoting(q rugzak.Quote) backpack.ThreadInput {
	return backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: "Wij zien dit vaker.", Quotes: []rugzak.Quote{q}}}}
}

// A quote stands in its source word for word, is of a function and an
// organisation, and is nobody's by name.
func TestQuotes(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer, curator := c.people[author], c.people["facilitator"]
	e := c.share(t, writer, simple("Wie belt?", "Wij **belden** zelf, en dat hielp.", rugzak.LevelInternal))
	in := simple("Stil", "Niemand belde.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	nameless := c.share(t, writer, in)
	withdrawn := c.share(t, curator, simple("Terug", "Ingetrokken tekst.", rugzak.LevelInternal))
	if _, err := c.Withdraw(t.Context(), curator, withdrawn.ID); err != nil {
		t.Fatal(err)
	}
	first := strings.Fields(writer.Name)[0]
	for _, tc := range []struct {
		name  string
		quote rugzak.Quote
		field string // of the refusal; none when it may be saved
	}{
		{"word for word", rugzak.Quote{Entry: e.ID, Text: "wij belden zelf", Function: "consulent"}, ""},
		{"without function", rugzak.Quote{Entry: e.ID, Text: "dat hielp"}, ""},
		{"something else", rugzak.Quote{Entry: e.ID, Text: "wij schreven zelf"}, "see_quote_1"},
		{"a name", rugzak.Quote{Entry: e.ID, Text: "dat hielp", Function: "consulent " + strings.ToLower(first)}, "see_function_1"},
		{"nameless", rugzak.Quote{Entry: nameless.ID, Text: "niemand belde"}, ""},
		{"a guess at who is nameless", rugzak.Quote{Entry: nameless.ID, Text: "niemand belde", Function: "jurist"}, "see_function_1"},
		{"withdrawn", rugzak.Quote{Entry: withdrawn.ID, Text: "Ingetrokken tekst"}, "see_source_1"},
		{"absent", rugzak.Quote{Entry: c.NewID(), Text: "x"}, "see_source_1"},
		{"no text", rugzak.Quote{Entry: e.ID}, "see_quote_1"},
		{"no source", rugzak.Quote{Text: "dat hielp"}, "see_source_1"},
	} {
		th := c.curate(t, curator, backpack.ThemeInput{Title: "Over " + tc.name})
		_, err := c.SaveThread(t.Context(), curator, th.ID, 0, quoting(tc.quote))
		if got := problems(err); tc.field == "" && err != nil || tc.field != "" && got[tc.field] == "" {
			t.Errorf("%s: %v %v", tc.name, err, got)
		}
		if tc.field != "" {
			continue
		}
		v, err := c.Theme(t.Context(), c.people[elsewhere], th.ID, "")
		if err != nil || len(v.Thread.Parts) != 1 || len(v.Thread.Parts[0].Quotes) != 1 {
			t.Fatalf("%s: shows %+v, %v", tc.name, v.Thread, err)
		}
		q := v.Thread.Parts[0].Quotes[0]
		if q.Text != tc.quote.Text || q.Organisation.Name != "Ahorn" || q.Function != tc.quote.Function {
			t.Errorf("%s: shows %+v", tc.name, q)
		}
		if data, _ := json.Marshal(v.Thread); strings.Contains(string(data), writer.Name) {
			t.Errorf("%s: a name stands in %s", tc.name, data)
		}
	}
	// What was quoted at the time stays when its source is written anew.
	th := c.curate(t, curator, backpack.ThemeInput{Title: "Later"})
	c.thread(t, curator, th.ID, quoting(rugzak.Quote{Entry: e.ID, Text: "wij belden zelf"}))
	if _, err := c.Revise(t.Context(), writer, e.ID, e.Version, simple("Wie belt?", "Nu anders.", rugzak.LevelInternal)); err != nil {
		t.Fatal(err)
	}
	again := quoting(rugzak.Quote{Entry: e.ID, Text: "wij belden zelf"})
	again.Intro = "Aangevuld."
	c.thread(t, curator, th.ID, again)
}

// The function beside a quote of a team tells nobody who wrote for it: the name
// of each colleague is refused alike.
func TestQuoteOfATeamTellsNoWriter(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator := c.people["facilitator"]
	in := simple("Voor het team", "Wij belden zelf en dat hielp.", rugzak.LevelInternal)
	in.Mode = rugzak.ByTeam
	e := c.share(t, c.people[author], in)
	for who, refused := range map[string]bool{author: true, teammate: true, "manager": true, gone: true, elsewhere: false, ceder: false} {
		name := strings.Fields(c.people[who].Name)
		for _, f := range []string{name[len(name)-1], "consulent " + strings.ToLower(name[len(name)-1])} {
			th := c.curate(t, curator, backpack.ThemeInput{Title: "Over " + who + " " + f})
			_, err := c.SaveThread(t.Context(), curator, th.ID, 0, quoting(rugzak.Quote{Entry: e.ID, Text: "wij belden zelf", Function: f}))
			if got := problems(err)["see_function_1"]; refused != (got == "error.quote.name") || !refused && err != nil {
				t.Errorf("%s, the name of %s: %v %v", f, who, err, problems(err))
			}
		}
	}
}

// Versions are kept: who may read their sources sees them with what changed,
// and a curator puts one back as a new version.
func TestThreadVersions(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator := c.people["facilitator"]
	// A thread from before threads had versions is the first one.
	c.put(t, func(w rugzak.Writer) error {
		return w.SaveTheme(rugzak.Theme{
			ID: "oud", Title: "Oud", Thread: "Vooraf.\n\n## Wat zien we?\n\nVeel stilte.", Curators: []rugzak.PersonID{curator.ID},
			Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}}, UpdatedAt: c.clock.Now(),
		}, 0)
	})
	v, err := c.Theme(t.Context(), c.people[elsewhere], "oud", "")
	if err != nil || !strings.Contains(v.Thread.Parts[0].HTML, "Veel stilte") || !strings.Contains(v.Thread.IntroHTML, "Vooraf") {
		t.Fatalf("an old thread: %+v, %v", v.Thread, err)
	}
	d, err := c.ThreadToWrite(t.Context(), curator, "oud")
	if err != nil {
		t.Fatal(err)
	}
	change := func(text string) backpack.ThreadInput {
		return backpack.ThreadInput{Intro: d.Thread.Intro, Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: text}}}
	}
	if x := c.thread(t, curator, "oud", change("Veel beweging.")); x.Number != 2 {
		t.Errorf("the first change is version %d", x.Number)
	}
	if x := c.thread(t, curator, "oud", change("Veel beweging.")); x.Number != 2 {
		t.Errorf("no change is version %d", x.Number)
	}
	if _, err := c.SaveThread(t.Context(), curator, "oud", 1, change("Iets anders.")); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("over an older version: %v", err)
	}
	h, err := c.ThreadHistory(t.Context(), c.people[elsewhere], "oud", 0)
	if err != nil || len(h.Lines) != 2 || !h.Lines[0].Current || h.Lines[1].Number != 1 {
		t.Fatalf("history: %+v, %v", h, err)
	}
	one, err := c.ThreadVersion(t.Context(), c.people[elsewhere], "oud", 2)
	if err != nil || one.Previous != 1 || one.CanPutBack || len(one.Diff) != 1 || one.Diff[0].Field != "see" {
		t.Errorf("a version: %+v, %v", one, err)
	}
	if _, err := c.ThreadVersion(t.Context(), c.people[elsewhere], "oud", 3); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a version that is not there: %v", err)
	}
	for _, ask := range []func() error{
		func() error { return second(c.ThreadHistory(t.Context(), c.people[ceder], "oud", 0)) },
		func() error { return second(c.ThreadVersion(t.Context(), c.people[ceder], "oud", 1)) },
	} {
		if err := ask(); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("a partner reads what was not written for them: %v", err)
		}
	}
	back, err := c.PutBackThread(t.Context(), curator, "oud", 1, 2)
	if err != nil || back.Number != 3 || back.From != 1 {
		t.Errorf("put back: %+v, %v", back, err)
	}
	if _, err := c.PutBackThread(t.Context(), curator, "oud", 2, 2); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("put back over an older version: %v", err)
	}
	if v, err = c.Theme(t.Context(), c.people[ceder], "oud", ""); err != nil || !strings.Contains(v.Thread.Parts[0].HTML, "Veel stilte") {
		t.Errorf("what was put back: %+v, %v", v.Thread, err)
	}
}

// "x nieuwe ervaringen sinds de laatste bijwerking" counts what the reader may
// read, and nothing else.
func TestFreshInTheme(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator, writer := c.people["facilitator"], c.people[author]
	th := c.curate(t, curator, backpack.ThemeInput{Title: "Vers", Also: []rugzak.OrganisationID{c.partner}})
	add := func(level rugzak.Level, also ...rugzak.OrganisationID) {
		t.Helper()
		c.clock.turn(c.clock.Now().Add(time.Minute))
		in := simple("Iets nieuws", "Tekst", level, also...)
		in.Themes = []rugzak.ThemeID{th.ID}
		c.share(t, writer, in)
	}
	add(rugzak.LevelInternal, c.partner)
	c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "Tot hier."})
	add(rugzak.LevelInternal, c.partner)
	add(rugzak.LevelInternal)
	add(rugzak.LevelTeam)
	for who, want := range map[string]int{author: 3, teammate: 3, elsewhere: 2, "facilitator": 2, ceder: 1} {
		v, err := c.Theme(t.Context(), c.people[who], th.ID, "")
		if err != nil || v.Thread.Fresh != want || v.Thread.MoreFresh {
			t.Errorf("%s is told of %d, want %d: %v", who, v.Thread.Fresh, want, err)
		}
	}
	c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "Bijgewerkt."})
	if v, err := c.Theme(t.Context(), curator, th.ID, ""); err != nil || v.Thread.Fresh != 0 {
		t.Errorf("after an update %d, %v", v.Thread.Fresh, err)
	}
}

// A thread with a source that is too narrow is refused; kept to who may read
// its sources it is shown to them, and to everybody once the author consents.
func TestThreadWaitsForConsent(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator, writer := c.people["facilitator"], c.people[author]
	e := c.share(t, writer, simple("Van ons", "Wij belden zelf.", rugzak.LevelOrganisation))
	th := c.curate(t, curator, backpack.ThemeInput{Title: "Wacht", Also: []rugzak.OrganisationID{c.partner}})
	in := quoting(rugzak.Quote{Entry: e.ID, Text: "wij belden zelf", Function: "consulent"})
	_, err := c.SaveThread(t.Context(), curator, th.ID, 0, in)
	if got := problems(err); got["see_source_1"] != "error.source.narrow" {
		t.Fatalf("too wide: %v", err)
	}
	in.Bound = true
	if x := c.thread(t, curator, th.ID, in); !x.Bound {
		t.Error("it does not know what it is bound to")
	}
	sees := func(who string) bool {
		t.Helper()
		v, err := c.Theme(t.Context(), c.people[who], th.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		data, _ := json.Marshal(v)
		return strings.Contains(string(data), "belden")
	}
	if !sees(author) || !sees("facilitator") || sees(elsewhere) || sees(ceder) {
		t.Error("it is shown to others than who may read its source")
	}
	if err := c.AskConsent(t.Context(), curator, th.ID, e.ID); err != nil {
		t.Fatal(err)
	}
	if err := c.AskConsent(t.Context(), curator, th.ID, e.ID); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("asked twice: %v", err)
	}
	found, err := c.NarrowSources(t.Context(), curator, th.ID, in)
	if err != nil || len(found) != 1 || found[0].Asking != rugzak.WideningOpen || found[0].CanAsk {
		t.Errorf("while it is asked: %+v, %v", found, err)
	}
	if _, err := c.AnswerWidening(t.Context(), writer, e.ID, c.requests(t, writer)[0].ID, true, c.partner); err != nil {
		t.Fatal(err)
	}
	if !sees(elsewhere) || !sees(ceder) {
		t.Error("consent does not reach the thread")
	}
	in.Bound, in.Intro = true, "En nu voor iedereen."
	if x := c.thread(t, curator, th.ID, in); x.Bound {
		t.Error("it is bound to nothing, and says so")
	}
}

// What is quoted of a source vanishes with it, from every surface: it is shown
// to nobody who may not read the source, whoever made the thread, and nothing
// keeps its bytes once the source is purged.
func TestQuoteGoesWithItsSource(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		act  func(*testing.T, *cast, rugzak.Entry) error
		gone bool // from the store too
		held bool // the commentary waits for its curators
	}{
		"narrowed": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			return second(c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}))
		}, false, true},
		"withdrawn": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			return second(c.Withdraw(t.Context(), c.people[author], e.ID))
		}, false, true},
		"reported": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			return second(c.Report(t.Context(), c.people[elsewhere], e.ID, rugzak.ReasonName))
		}, false, true},
		"purged": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			return second(c.PurgeOwn(t.Context(), c.people[author], e.ID))
		}, true, false},
		"purged after it was narrowed": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			now, err := c.ChangeAudience(t.Context(), c.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam})
			if err != nil {
				return err
			}
			return second(c.PurgeOwn(t.Context(), c.people[author], now.Entry.ID))
		}, true, true},
		"taken out of its past": {func(t *testing.T, c *cast, e rugzak.Entry) error {
			if err := second(c.Revise(t.Context(), c.people[author], e.ID, e.Version, simple("De bron", "Iets anders.", rugzak.LevelInternal, c.partner))); err != nil {
				return err
			}
			return second(c.PurgeOwnPast(t.Context(), c.people[author], e.ID))
		}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			curator := c.people["facilitator"]
			e := c.share(t, c.people[author], simple("De bron", "De wielewaal zong.", rugzak.LevelInternal, c.partner))
			th := c.curate(t, curator, backpack.ThemeInput{Title: "Met citaat", Also: []rugzak.OrganisationID{c.partner}})
			for _, intro := range []string{"Eerst", "Daarna"} {
				in := quoting(rugzak.Quote{Entry: e.ID, Text: "De wielewaal zong", Function: "boswachter"})
				in.Intro = intro
				c.thread(t, curator, th.ID, in)
			}
			if err := tc.act(t, c, e); err != nil {
				t.Fatal(err)
			}
			for _, who := range c.names {
				p := c.people[who]
				reads := second(c.Read(t.Context(), p, e.ID)) == nil && !tc.gone
				v, _ := c.Theme(t.Context(), p, th.ID, "")
				shown := []any{v}
				if h, err := c.ThreadHistory(t.Context(), p, th.ID, 0); err == nil {
					for _, line := range h.Lines {
						x, err := c.ThreadVersion(t.Context(), p, th.ID, line.Number)
						if err != nil {
							t.Errorf("%s: version %d of the list: %v", who, line.Number, err)
						}
						shown = append(shown, x)
					}
				}
				d, _ := c.ThreadToWrite(t.Context(), p, th.ID)
				data, err := json.Marshal(append(shown, d, v.Thread.Parts))
				if err != nil {
					t.Fatal(err)
				}
				if tells := strings.Contains(string(data), "wielewaal") || strings.Contains(string(data), "boswachter"); tells && !reads {
					t.Errorf("%s still sees what was quoted: %s", who, data)
				}
				commentary := strings.Contains(string(data), "Wij zien dit vaker")
				open := p.ID != "" && !p.Inactive && (p.IsMember() || p.Organisation == c.partner)
				if want := open && (!tc.held || who == "facilitator" || reads && !tc.gone); commentary != want {
					t.Errorf("%s sees the commentary: %v, want %v", who, commentary, want)
				}
			}
			if !tc.gone {
				return
			}
			if err := c.FinishPurges(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := c.store.EachRecord(t.Context(), func(bucket string, key, record []byte) error {
				if strings.Contains(string(record), "wielewaal") {
					t.Errorf("still in %s %q", bucket, key)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			x := c.thread(t, curator, th.ID, backpack.ThreadInput{Intro: "Bijgewerkt.", Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: "Wij zien dit vaker."}}})
			if x.Held || slices.ContainsFunc(x.Sections, func(s rugzak.ThreadSection) bool { return len(s.Quotes) > 0 }) {
				t.Errorf("what its curators looked at: %+v", x)
			}
		})
	}
}
