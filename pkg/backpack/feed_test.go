// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// feed makes an address for somebody and returns what reads it.
func (h *house) feed(t testing.TB, by rugzak.Person, f rugzak.Feed) (read func() (backpack.FeedView, error), token rugzak.FeedToken) {
	t.Helper()
	secret, token, err := h.MakeFeedToken(t.Context(), by, f, "Telefoon")
	if err != nil {
		t.Fatal(err)
	}
	return func() (backpack.FeedView, error) {
		return h.ReadFeed(context.Background(), secret, f.Kind == rugzak.FeedCalendar)
	}, token
}

func feedIDs(t testing.TB, read func() (backpack.FeedView, error)) []rugzak.EntryID {
	t.Helper()
	v, err := read()
	if err != nil {
		t.Fatal(err)
	}
	out := []rugzak.EntryID{}
	for _, item := range v.Items {
		out = append(out, item.ID)
	}
	return out
}

func TestFeedHasTheRightsOfTheMoment(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	writer, reader := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	theme, err := h.SaveTheme(t.Context(), h.person(t, "facilitator@voorbeeld.test"), "", 0, backpack.ThemeInput{Title: "Zwanen", Also: []rugzak.OrganisationID{reader.Organisation}})
	if err != nil {
		t.Fatal(err)
	}
	saved, err := h.SaveSearch(t.Context(), reader, backpack.SavedSearchInput{Name: "Zwanen", Query: "zwanenbrug"})
	if err != nil {
		t.Fatal(err)
	}
	all, _ := h.feed(t, reader, rugzak.Feed{Kind: rugzak.FeedNew})
	search, _ := h.feed(t, reader, rugzak.Feed{Kind: rugzak.FeedSearch, About: saved.ID})
	inTheme, _ := h.feed(t, reader, rugzak.Feed{Kind: rugzak.FeedTheme, About: string(theme.ID)})
	in := simple("Over de zwanenbrug", "Zo ging het.", rugzak.LevelInternal, reader.Organisation)
	in.Lesson, in.Themes = "Bel eerst", []rugzak.ThemeID{theme.ID}
	e := h.share(t, writer, in)
	in.Title, in.Audience.Also = "De zwanenbrug, intern", nil
	h.share(t, writer, in)
	h.caughtUp(t)
	for name, read := range map[string]func() (backpack.FeedView, error){"search": search, "theme": inTheme} {
		if got := feedIDs(t, read); !slices.Equal(got, []rugzak.EntryID{e.ID}) {
			t.Errorf("the feed of a %s holds %v", name, got)
		}
	}
	if got := feedIDs(t, all); len(got) == 0 || got[0] != e.ID {
		t.Errorf("the feed of everything begins %v", got)
	}
	v, err := search()
	if err != nil || v.Items[0].Title != e.Title || v.Items[0].Lesson != "" {
		t.Errorf("a feed holds %+v, %v", v.Items, err)
	}
	// What goes out of sight is gone from the feed at once.
	e, _ = h.stored(t, e.ID)
	if _, err := h.ChangeAudience(t.Context(), writer, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	// Until the index knows, nothing is said at all.
	if v, err := search(); len(v.Items) != 0 || err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		t.Errorf("at once after it was narrowed the feed holds %+v, %v", v.Items, err)
	}
	h.caughtUp(t)
	if got := feedIDs(t, search); len(got) != 0 {
		t.Errorf("after it was narrowed the feed holds %v", got)
	}
	if err := h.RemoveSavedSearch(t.Context(), reader, saved.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := search(); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the feed of a search that is gone: %v", err)
	}
	if lines, err := h.FeedTokens(t.Context(), reader); err != nil || len(lines) != 3 || !slices.ContainsFunc(lines, func(l backpack.FeedLine) bool { return l.Gone && l.Token.Feed.About == saved.ID }) {
		t.Errorf("the list is %+v, %v", lines, err)
	}
}

// What mail may hold, a feed may hold.
func TestFeedHoldsWhatMailHolds(t *testing.T) {
	for holds, want := range map[rugzak.MailHolds][2]bool{
		rugzak.MailHoldsLink: {false, false}, rugzak.MailHoldsTitle: {true, false}, rugzak.MailHoldsLesson: {true, true},
	} {
		for _, level := range []rugzak.Level{rugzak.LevelTeam, rugzak.LevelOrganisation, rugzak.LevelInternal} {
			title, lesson := rugzak.FeedShows(holds, rugzak.Entry{Audience: rugzak.Audience{Level: level}})
			if title != want[0] || lesson != (want[1] && level == rugzak.LevelInternal) {
				t.Errorf("with %s a feed holds of an entry at level %s: title %v, lesson %v", holds, level, title, lesson)
			}
		}
	}
}

func TestFeedAddressEnds(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	me, other := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	admin := h.person(t, "beheerder@voorbeeld.test")
	h.caughtUp(t)
	read, token := h.feed(t, me, rugzak.Feed{Kind: rugzak.FeedNew})
	opens := func(what string, want bool) {
		t.Helper()
		_, err := read()
		if (err == nil) != want || err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	opens("a new address", true)
	if lines, err := h.FeedTokens(t.Context(), me); err != nil || len(lines) != 1 || !lines[0].Token.UsedAt.Equal(rugzak.FeedDay(h.clock.Now())) {
		t.Errorf("the list says %+v, %v", lines, err)
	}
	if _, err := h.ReadFeed(t.Context(), token.Hash, false); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("what is stored opens the feed: %v", err)
	}
	if err := h.RevokeFeedToken(t.Context(), other, token.ID); err != nil {
		t.Fatal(err)
	}
	opens("after somebody else wanted it gone", true)
	if err := h.RevokeFeedToken(t.Context(), me, token.ID); err != nil {
		t.Fatal(err)
	}
	opens("after it was revoked", false)

	read, _ = h.feed(t, me, rugzak.Feed{Kind: rugzak.FeedCalendar})
	opens("a calendar", true)
	if err := h.Leave(t.Context(), admin, me.ID, ""); err != nil {
		t.Fatal(err)
	}
	opens("after the person left", false)
	if err := h.AnonymisePerson(t.Context(), admin, me.ID); err != nil {
		t.Fatal(err)
	}
	opens("after the person was erased", false)
	err := h.store.View(t.Context(), func(r rugzak.Reader) error {
		if left, err := r.FeedTokens(me.ID); err != nil || len(left) != 0 {
			t.Errorf("left of a former colleague: %+v, %v", left, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	for name, f := range map[string]rugzak.Feed{
		"an unknown kind": {Kind: "iets"}, "a theme without id": {Kind: rugzak.FeedTheme}, "new with an id": {Kind: rugzak.FeedNew, About: "x"},
		"a theme that is not there": {Kind: rugzak.FeedTheme, About: "bestaat-niet"}, "somebody's search": {Kind: rugzak.FeedSearch, About: string(h.NewID())},
	} {
		if _, _, err := h.MakeFeedToken(t.Context(), other, f, "Telefoon"); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range rugzak.MaxFeedTokens {
		h.feed(t, other, rugzak.Feed{Kind: rugzak.FeedNew})
	}
	if _, _, err := h.MakeFeedToken(t.Context(), other, rugzak.Feed{Kind: rugzak.FeedNew}, "Een te veel"); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("more addresses than are allowed: %v", err)
	}
}

func TestCalendarHoldsOwnDates(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	me, other := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "partner@voorbeeld.test")
	in := simple("Wie belt de school?", "Daarover.", rugzak.LevelInternal)
	in.Kind = rugzak.KindQuestion
	in.Question = &rugzak.QuestionData{Size: rugzak.SizeLearning, State: rugzak.QuestionOpen, NextStep: "Bellen met school", When: "2026-12-03"}
	e := h.share(t, me, in)
	_, err := h.store.Update(t.Context(), func(w rugzak.Writer) error {
		meeting := rugzak.Meeting{ID: rugzak.NewID(h.clock.Now()), Title: "Samen leren", Day: "2026-12-10", Start: "14:00", Place: "Zaal 1", Organisations: []rugzak.OrganisationID{me.Organisation}, MadeBy: other.ID, At: h.clock.Now(), UpdatedAt: h.clock.Now()}
		if err := w.SaveMeeting(meeting, 0); err != nil {
			return err
		}
		return w.SaveParticipation(rugzak.Participation{
			Person: me.ID, Of: rugzak.Subject("entry:" + string(e.ID)), Way: rugzak.WayDo, Step: "Koffie zetten", When: "2026-12-05", Meeting: meeting.ID, At: h.clock.Now(),
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []backpack.ExperimentInput{
		{Step: "Samen naar school", Organisation: me.Organisation, Mine: true, Until: "2026-12-08"},
		{Step: "Zonder mijn naam", Organisation: me.Organisation, Until: "2026-12-09"},
	} {
		if _, err := h.SaveExperiment(t.Context(), me, e.ID, h.inquiry(t, me, e.ID).Version, 0, x); err != nil {
			t.Fatal(err)
		}
	}
	dates := func(by rugzak.Person) map[string]backpack.Occasion {
		t.Helper()
		read, _ := h.feed(t, by, rugzak.Feed{Kind: rugzak.FeedCalendar})
		v, err := read()
		if err != nil {
			t.Fatal(err)
		}
		out, uids := map[string]backpack.Occasion{}, map[string]bool{}
		for _, o := range v.Occasions {
			if uids[o.UID] {
				t.Errorf("the id %s stands twice", o.UID)
			}
			uids[o.UID] = true
			if o.Kind != backpack.OccasionRound {
				out[o.Text] = o
			}
		}
		if len(uids) == len(out) {
			t.Error("no reflection round is in the calendar")
		}
		return out
	}
	mine := dates(me)
	if mine["Bellen met school"].Start.Format(time.DateOnly) != "2026-12-03" || mine["Koffie zetten"].Entry != e.ID ||
		mine["Samen leren"].Start.Format(time.DateTime) != "2026-12-10 13:00:00" || mine["Samen leren"].Place != "Zaal 1" {
		t.Errorf("the calendar holds %+v", mine)
	}
	if x := mine["Samen naar school"]; x.Kind != backpack.OccasionTry || x.Entry != e.ID || x.Start.Format(time.DateOnly) != "2026-12-08" {
		t.Errorf("the experiment with my name is %+v", x)
	}
	if _, there := mine["Zonder mijn naam"]; there {
		t.Error("an experiment nobody put a name to is in the calendar")
	}
	for text, o := range dates(me) {
		if o.UID != mine[text].UID {
			t.Errorf("%s has another id the second time", text)
		}
	}
	for text := range dates(other) {
		if text == "Bellen met school" || text == "Koffie zetten" || text == "Samen leren" || text == "Samen naar school" {
			t.Errorf("somebody else's calendar holds %q", text)
		}
	}
}
