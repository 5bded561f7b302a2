// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// newTheme makes a theme that partners see.
func (c *cast) newTheme(t testing.TB, in backpack.ThemeInput) rugzak.Theme {
	t.Helper()
	in.Confirmed = in.Also
	made, err := c.SaveTheme(t.Context(), c.people["facilitator"], "", 0, in)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// inThemes shares an entry in themes.
func (c *cast) inThemes(t testing.TB, who string, in backpack.Input, themes ...rugzak.ThemeID) rugzak.Entry {
	t.Helper()
	in.Themes = themes
	return c.share(t, c.people[who], in)
}

// themesOf is which themes the store says an entry is in.
func (c *cast) themesOf(t testing.TB, id rugzak.EntryID) []rugzak.ThemeID {
	t.Helper()
	e, _ := c.stored(t, id)
	return e.Themes
}

func TestThemesMergeAndComeApart(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	old := c.newTheme(t, backpack.ThemeInput{Title: "Wachten", Summary: "Over wachttijd", Synonyms: []string{"wachtlijst"}, OpenQuestions: []string{"Hoe lang?"}})
	into := c.newTheme(t, backpack.ThemeInput{Title: "Wachttijd", Synonyms: []string{"Wachtlijst"}})
	open := c.inThemes(t, author, simple("Open", "Voor iedereen.", rugzak.LevelInternal), old.ID)
	hidden := c.inThemes(t, elsewhere, simple("Verborgen", "Alleen voor ons.", rugzak.LevelOrganisation), old.ID)
	both := c.inThemes(t, author, simple("Beide", "In twee thema's.", rugzak.LevelInternal), old.ID, into.ID)
	draft, err := c.SaveDraft(ctx, c.people[author], c.idFor(c.people[author]), 0, func() backpack.Input {
		in := simple("Concept", "Nog niet af.", rugzak.LevelInternal)
		in.Themes = []rugzak.ThemeID{old.ID}
		return in
	}())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.PinInTheme(ctx, curator, open.ID, old.ID, true); err != nil {
		t.Fatal(err)
	}
	follow := func(who string, id rugzak.ThemeID) {
		t.Helper()
		if err := c.Join(ctx, c.people[who], rugzak.Subject(rugzak.ThemeSubject(id)), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
			t.Fatal(err)
		}
	}
	follow(teammate, old.ID)
	follow(elsewhere, into.ID)

	v, err := c.ThemeMergeChoices(ctx, curator, old.ID, into.ID)
	if err != nil || v.Count != 2 || v.WordsStay || len(v.Blind) != 0 {
		t.Errorf("before the merge: %d entries, words stay %v, blind %v, %v; want the 2 the curator may read", v.Count, v.WordsStay, v.Blind, err)
	}
	c.clock.turn(c.clock.Now().Add(time.Minute))
	if _, err := c.MergeThemes(ctx, curator, old.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	for name, id := range map[string]rugzak.EntryID{"open": open.ID, "hidden": hidden.ID, "both": both.ID, "draft": draft.Entry.ID} {
		if got := c.themesOf(t, id); !slices.Equal(got, []rugzak.ThemeID{into.ID}) {
			t.Errorf("%s is in %v after the merge", name, got)
		}
	}
	if _, err := c.Theme(ctx, curator, old.ID, ""); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the theme that went is still there: %v", err)
	}
	if to, err := c.ThemeMoved(ctx, c.people[teammate], old.ID); err != nil || to != into.ID {
		t.Errorf("its address leads to %q, %v", to, err)
	}
	if _, err := c.ThemeMoved(ctx, c.people[ceder], old.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a partner who saw neither is led on: %v", err)
	}
	now, err := c.Theme(ctx, curator, into.ID, "")
	if err != nil || !slices.Equal(now.Theme.Synonyms, []string{"Wachtlijst", "Wachten"}) || !slices.Equal(now.Theme.OpenQuestions, []string{"Hoe lang?"}) ||
		len(now.Pins) != 1 || len(now.Merged) != 1 {
		t.Errorf("the other theme: %+v, %v", now, err)
	}
	if n := c.noticed(t, teammate, rugzak.NoticeThemeMerged); n != 1 {
		t.Errorf("who followed it was told %d times", n)
	}
	if got := c.followers(t, into.ID); got != 2 {
		t.Errorf("%d follow the other theme, want 2", got)
	}
	if acts := c.acts(t, rugzak.AuditMerged); len(acts) != 1 {
		t.Errorf("acts: %v", acts)
	}
	if _, err := c.SaveTheme(ctx, curator, "", 0, backpack.ThemeInput{Title: "Wachten"}); err != nil {
		t.Fatal(err)
	} else if to, err := c.ThemeMoved(ctx, curator, old.ID); err != nil || to != into.ID {
		t.Errorf("a new theme of that name takes the address: %q, %v", to, err)
	}

	later := c.inThemes(t, author, simple("Later", "Na het samenvoegen.", rugzak.LevelInternal), into.ID)
	if _, err := c.UndoThemeMerge(ctx, curator, old.ID); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[rugzak.EntryID][]rugzak.ThemeID{
		open.ID: {old.ID}, hidden.ID: {old.ID}, draft.Entry.ID: {old.ID}, both.ID: {into.ID, old.ID}, later.ID: {into.ID},
	} {
		if got := c.themesOf(t, id); !slices.Equal(got, want) {
			t.Errorf("after undoing %s is in %v, want %v", id, got, want)
		}
	}
	back, err := c.Theme(ctx, curator, old.ID, "")
	if err != nil || back.Theme.Summary != old.Summary || len(back.Pins) != 1 || !slices.Equal(back.Theme.Synonyms, old.Synonyms) {
		t.Errorf("the theme that came back: %+v, %v", back.Theme, err)
	}
	rest, err := c.Theme(ctx, curator, into.ID, "")
	if err != nil || !slices.Equal(rest.Theme.Synonyms, []string{"Wachtlijst"}) || len(rest.Theme.OpenQuestions) != 0 || len(rest.Pins) != 0 || len(rest.Merged) != 0 {
		t.Errorf("the theme that stayed: %+v, %v", rest, err)
	}
	if a, b := c.followers(t, old.ID), c.followers(t, into.ID); a != 1 || b != 1 {
		t.Errorf("%d and %d follow the themes, want 1 and 1", a, b)
	}
	storeIsSound(t, c.house)
}

// followers counts who joined in with a theme.
func (c *cast) followers(t testing.TB, id rugzak.ThemeID) (n int) {
	t.Helper()
	c.see(t, func(r rugzak.Reader) error {
		for _, err := range r.Participants(rugzak.Subject(rugzak.ThemeSubject(id))) {
			if err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n
}

func storeIsSound(t testing.TB, h *house) {
	t.Helper()
	if err := h.store.Check(t.Context(), func(problem string) { t.Errorf("check: %s", problem) }); err != nil {
		t.Error(err)
	}
}

// What partners do not see does not come to them by a merge, and who does not
// see the other theme is named before.
func TestMergingThemesKeepsToPartners(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator, mine, other := t.Context(), c.people["facilitator"], c.partner, c.people[douglas].Organisation
	seen := c.newTheme(t, backpack.ThemeInput{Title: "Samen met Ceder", OpenQuestions: []string{"Geheime vraag?"}, Also: []rugzak.OrganisationID{mine}})
	into := c.newTheme(t, backpack.ThemeInput{Title: "Samen met Douglas", Also: []rugzak.OrganisationID{other}})
	if err := c.Join(ctx, c.people[ceder], rugzak.Subject(rugzak.ThemeSubject(seen.ID)), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
		t.Fatal(err)
	}
	v, err := c.ThemeMergeChoices(ctx, curator, seen.ID, into.ID)
	if err != nil || !v.WordsStay || len(v.Blind) != 1 || v.Blind[0].ID != mine {
		t.Errorf("before the merge: %+v, %v", v, err)
	}
	if _, err := c.MergeThemes(ctx, curator, seen.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	page, err := c.Theme(ctx, c.people[douglas], into.ID, "")
	if err != nil || len(page.Theme.OpenQuestions) != 0 || len(page.Theme.Synonyms) != 0 || len(page.Merged) != 0 {
		t.Errorf("the other partner sees %+v, %v", page.Theme, err)
	}
	if _, err := c.ThemeMoved(ctx, c.people[ceder], seen.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a partner is led to a theme they do not see: %v", err)
	}
	if n := c.noticed(t, ceder, rugzak.NoticeThemeMerged) + c.followers(t, into.ID); n != 0 {
		t.Errorf("a partner who does not see the other theme was told or follows it: %d", n)
	}
	for _, who := range []string{author, ceder, "privacyofficer", "administrator"} {
		if _, err := c.UndoThemeMerge(ctx, c.people[who], seen.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s undoes a merge: %v", who, err)
		}
	}
}

func TestMergesOfThemesEnd(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	one, two, three := c.newTheme(t, backpack.ThemeInput{Title: "Een", Summary: "Oude samenvatting"}), c.newTheme(t, backpack.ThemeInput{Title: "Twee"}), c.newTheme(t, backpack.ThemeInput{Title: "Drie"})
	e := c.inThemes(t, author, simple("Iets", "Over een.", rugzak.LevelInternal), one.ID)
	for _, wrong := range []rugzak.ThemeID{"", "nergens", one.ID} {
		if _, err := c.MergeThemes(ctx, curator, one.ID, wrong); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("merging with %q gave %v", wrong, err)
		}
	}
	for _, pair := range [][2]rugzak.ThemeID{{one.ID, two.ID}, {two.ID, three.ID}} {
		if _, err := c.MergeThemes(ctx, curator, pair[0], pair[1]); err != nil {
			t.Fatal(err)
		}
	}
	if to, err := c.ThemeMoved(ctx, c.people[author], one.ID); err != nil || to != three.ID || !slices.Equal(c.themesOf(t, e.ID), []rugzak.ThemeID{three.ID}) {
		t.Errorf("after two merges the first leads to %q, %v", to, err)
	}
	if _, err := c.UndoThemeMerge(ctx, curator, one.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("undoing the first of two merges gave %v", err)
	}
	c.clock.turn(c.clock.Now().Add(rugzak.UndoLasts))
	if _, err := c.UndoThemeMerge(ctx, curator, two.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("undoing an old merge gave %v", err)
	}
	if err := c.Daily(ctx); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) error {
		m, err := r.ThemeMerge(one.ID)
		if m.Remembers() || m.From.Title != "Een" || m.Into != two.ID {
			t.Errorf("what is kept of an old merge: %+v", m)
		}
		return err
	})
	if to, err := c.ThemeMoved(ctx, c.people[author], one.ID); err != nil || to != three.ID {
		t.Errorf("the address of an old merge leads to %q, %v", to, err)
	}
	storeIsSound(t, c.house)
}

// What was not put into a theme is not proposed for the one it goes into, and may
// be proposed there again once they are apart. What somebody kept of the theme,
// a search, a feed, its id among the words, goes on with the other one.
func TestMergedThemeLeadsOn(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator, reader := t.Context(), c.people["facilitator"], c.people[author]
	old, into := c.newTheme(t, backpack.ThemeInput{Title: "Wachten"}), c.newTheme(t, backpack.ThemeInput{Title: "Geduld"})
	in := c.inThemes(t, author, simple("Erin", "Over wachten.", rugzak.LevelInternal), old.ID)
	no, later := c.inThemes(t, author, simple("Niet", "Iets anders.", rugzak.LevelInternal)), c.inThemes(t, author, simple("Later", "Nog iets.", rugzak.LevelInternal))
	choose := func(theme rugzak.ThemeID, id rugzak.EntryID, choice backpack.Choice) {
		t.Helper()
		if _, err := c.Triage(ctx, curator, []backpack.Decision{{Entry: id, Theme: theme, Choice: choice}}); err != nil {
			t.Fatal(err)
		}
	}
	choose(old.ID, no.ID, backpack.ChooseNot)
	choose(old.ID, later.ID, backpack.ChooseLater)
	choose(into.ID, in.ID, backpack.ChooseNot)
	filter := rugzak.Filter{rugzak.FacetTheme: {string(old.ID)}}
	if _, err := c.SaveSearch(ctx, reader, backpack.SavedSearchInput{Name: "Wachten", Filter: filter}); err != nil {
		t.Fatal(err)
	}
	feed, _ := c.feed(t, reader, rugzak.Feed{Kind: rugzak.FeedTheme, About: string(old.ID)})
	refused := func() (ids []rugzak.EntryID) {
		t.Helper()
		v, err := c.Proposals(ctx, curator, into.ID, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, card := range v.Refused {
			ids = append(ids, card.ID)
		}
		slices.Sort(ids)
		return ids
	}
	want := []rugzak.EntryID{no.ID, later.ID}
	slices.Sort(want)
	if _, err := c.MergeThemes(ctx, curator, old.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	if got := refused(); !slices.Equal(got, want) {
		t.Errorf("not put in: %v, want %v", got, want)
	}
	storeIsSound(t, c.house)

	c.caughtUp(t)
	for name, asked := range map[string]backpack.Asked{
		"the old theme": {Filter: filter}, "both": {Filter: rugzak.Filter{rugzak.FacetTheme: {string(old.ID), string(into.ID)}}},
		"its id among the words": {Query: "thema:" + string(old.ID)},
	} {
		v, err := c.Search(ctx, reader, asked)
		if err != nil || v.Total != 1 || v.Hits[0].ID != in.ID {
			t.Errorf("%s: %d hits, %v", name, v.Total, err)
		}
		if chosen := v.Filter[rugzak.FacetTheme]; asked.Filter != nil && !slices.Equal(chosen, []string{string(into.ID)}) {
			t.Errorf("%s: chosen is %v", name, chosen)
		}
	}
	if v, err := feed(); err != nil || v.About != "Geduld" || len(v.Items) != 1 {
		t.Errorf("the feed is about %q with %d entries, %v", v.About, len(v.Items), err)
	}

	c.clock.turn(c.clock.Now().Add(time.Minute))
	choose(into.ID, no.ID, backpack.ChooseNot) // somebody says so of this theme too
	if _, err := c.UndoThemeMerge(ctx, curator, old.ID); err != nil {
		t.Fatal(err)
	}
	want = []rugzak.EntryID{in.ID, no.ID}
	slices.Sort(want)
	if got := refused(); !slices.Equal(got, want) {
		t.Errorf("not put in once they are apart: %v, want %v", got, want)
	}
	storeIsSound(t, c.house)
}

func TestSplitAndCloseATheme(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, curator := t.Context(), c.people["facilitator"]
	from := c.newTheme(t, backpack.ThemeInput{Title: "Alles", Also: []rugzak.OrganisationID{c.partner}})
	stays := c.inThemes(t, author, simple("Blijft", "Hier.", rugzak.LevelInternal), from.ID)
	goes := c.inThemes(t, author, simple("Gaat", "Daarheen.", rugzak.LevelInternal), from.ID)
	hidden := c.inThemes(t, elsewhere, simple("Verborgen", "Alleen voor ons.", rugzak.LevelOrganisation), from.ID)
	if err := c.PinInTheme(ctx, curator, goes.ID, from.ID, true); err != nil {
		t.Fatal(err)
	}
	v, err := c.ThemeToSplit(ctx, curator, from.ID)
	if err != nil || len(v.Cards) != 2 {
		t.Errorf("%d entries to choose from, %v; want the 2 the curator may read", len(v.Cards), err)
	}
	in := backpack.ThemeSplitInput{Title: "Een deel", Key: string(c.NewID())}
	for name, wrong := range map[string][]rugzak.EntryID{"nothing": nil, "hidden": {hidden.ID}, "absent": {c.NewID()}} {
		in.Entries = wrong
		if _, _, err := c.SplitTheme(ctx, curator, from.ID, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("splitting off %s gave %v", name, err)
		}
	}
	in.Entries = []rugzak.EntryID{goes.ID}
	made, _, err := c.SplitTheme(ctx, curator, from.ID, in)
	if err != nil || len(made.Audience.Also) != 0 {
		t.Fatalf("the new theme: %+v, %v", made, err)
	}
	again, _, err := c.SplitTheme(ctx, curator, from.ID, in)
	if err != nil || again.ID != made.ID || c.themesTitled(t, "Een deel") != 1 {
		t.Errorf("sending the form again made %q, %v", again.ID, err)
	}
	for id, want := range map[rugzak.EntryID]rugzak.ThemeID{goes.ID: made.ID, stays.ID: from.ID, hidden.ID: from.ID} {
		if got := c.themesOf(t, id); !slices.Equal(got, []rugzak.ThemeID{want}) {
			t.Errorf("%s is in %v, want %s", id, got, want)
		}
	}
	page, err := c.Theme(ctx, curator, from.ID, "")
	if err != nil || len(page.Pins) != 0 {
		t.Errorf("pins after the split: %v, %v", page.Pins, err)
	}

	if err := c.Join(ctx, c.people[ceder], rugzak.Subject(rugzak.ThemeSubject(from.ID)), backpack.JoinInput{Way: rugzak.WayFollow}); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []bool{true, true, false} {
		if err := c.CloseTheme(ctx, curator, from.ID, closed); err != nil {
			t.Fatal(err)
		}
		if v, err := c.Theme(ctx, curator, from.ID, ""); err != nil || v.Theme.Closed != closed {
			t.Errorf("closed is %v, want %v; %v", v.Theme.Closed, closed, err)
		}
	}
	if n := c.noticed(t, ceder, rugzak.NoticeThemeClosed); n != 1 {
		t.Errorf("who follows it was told %d times", n)
	}
	if err := c.CloseTheme(ctx, c.people[author], from.ID, true); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant closes a theme: %v", err)
	}
}
