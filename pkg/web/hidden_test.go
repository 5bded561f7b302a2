// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// thing is something that stands in an address, and the same address about
// something that is not there.
type thing struct {
	prefix         string // of the routes it is in
	hidden, absent []string
	only           []string // from whom it is hidden; all of them when empty
}

// hiddenThings makes one of everything that has an address, of which only who
// made it knows.
func (s *site) hiddenThings() []thing {
	s.Helper()
	must := func(err error) {
		s.Helper()
		if err != nil {
			s.Fatal(err)
		}
	}
	ctx, me := s.Context(), s.people[participant]
	question := s.askOf(participant, "Wie belt er?", "wmo", rugzak.LevelTeam)
	said := s.say(manager, question, backpack.ResponseInput{Body: "Wij allebei?"})
	seen := s.share(participant, "Te lezen", "Tekst.", rugzak.LevelTeam, "jeugd", "welzijn")
	theme := s.theme("Alleen van ons")
	meeting, err := s.Service.SaveMeeting(ctx, me, "", 0, backpack.MeetingInput{
		Title: "Samen kijken", Day: rugzak.Today(s.Service.Clock.Now().AddDate(0, 1, 0)), Start: "10:00", End: "11:00", Place: "Zaal",
		Entry: question.ID, Organisations: []rugzak.OrganisationID{me.Organisation},
	})
	must(err)
	need, err := s.Service.AskRoom(ctx, me, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur per week"})
	must(err)
	search, err := s.Service.SaveSearch(ctx, me, backpack.SavedSearchInput{Name: "Vogels", Query: "vogel"})
	must(err)
	_, token, err := s.Service.MakeFeedToken(ctx, me, rugzak.Feed{Kind: rugzak.FeedNew}, "Lezer")
	must(err)
	notices, err := s.Service.Notices(ctx, me)
	must(err)
	if len(notices.Lines) == 0 {
		s.Fatal("the participant is told nothing")
	}
	letter, err := s.Service.SaveLetter(ctx, s.people[facilitator], theme.ID, "", 0, backpack.LetterInput{Lead: "Dit is nieuw."}, true)
	must(err)
	success := s.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title, in.Body, in.With = rugzak.KindSuccess, "Samen gelukt", "Tekst.", []rugzak.OrganisationID{s.orgs["jeugd"].ID}
		in.Audience.Level = rugzak.LevelOrganisation
	})
	month := rugzak.MonthIn(s.Service.Clock.Now())
	must(s.Service.SaveCelebration(ctx, s.people[coreteam], month, 0, []rugzak.DigestPick{{Entry: success.ID, Reason: "Hoera"}}))
	idea, err := s.Service.SaveIdea(ctx, s.people[coreteam], "", 0, backpack.IdeaInput{Title: "Meelopen", Step: "Prik een datum.", Organisations: []rugzak.OrganisationID{me.Organisation}})
	must(err)
	wonen, err := s.Service.OwnNeed(ctx, s.people[outsider])
	must(err)
	must(s.Service.SaveNeed(ctx, s.people[outsider], wonen.Need, rugzak.Need{Needs: "Wij zoeken ruimte"}))
	attached := s.attachTo(participant, question.ID, "alleen-van-ons.txt", "Tekst.")
	interim := s.frozen("Eerste stand")
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error { // as before there were partners
		interim.Figures = slices.DeleteFunc(interim.Figures, func(f rugzak.InterimFigures) bool { return f.Scope != rugzak.ScopeInside })
		return w.SaveInterim(interim)
	})
	must(err)
	none := func() string { return string(newID()) }
	outside := []string{partner, contact, outsider}
	return []thing{
		{pathAttachment, []string{string(attached.ID)}, []string{string(rugzak.NewAttachmentID())}, nil},
		{pathResponse, []string{string(question.ID), said}, []string{none(), said}, nil},
		{pathResponse, []string{string(seen.ID), said}, []string{string(seen.ID), none()}, []string{partner, contact, colleague}},
		{pathEntry, []string{string(question.ID), "1"}, []string{none(), "1"}, nil},
		{"/vraagstukken/:id", []string{string(question.ID), "1"}, []string{none(), "1"}, nil},
		{pathTheme, []string{string(theme.ID), "1"}, []string{"is-er-niet", "1"}, outside},
		{pathCelebrateMonth, []string{month}, []string{"2019-01"}, nil},
		{pathLetter, []string{letter.ID}, []string{none()}, outside},
		{pathIdea, []string{idea.ID}, []string{none()}, nil},
		{pathTextReport, []string{"idee", idea.ID}, []string{"idee", none()}, nil},
		{pathTextReport, []string{"behoefte", string(s.orgs["wonen"].ID)}, []string{"behoefte", "is-er-niet"}, []string{partner, contact}},
		{pathInterim, []string{interim.ID}, []string{none()}, outside},
		{"/:of/:subject", []string{"vraagstuk", string(question.ID)}, []string{"vraagstuk", none()}, nil},
		{"/:of/:subject", []string{"thema", string(theme.ID)}, []string{"thema", "is-er-niet"}, outside},
		{pathOrganisationBag, []string{string(s.orgs["wonen"].ID)}, []string{"is-er-niet"}, []string{partner, contact}},
		{pathProfile, []string{string(s.people[outsider].ID)}, []string{none()}, []string{partner, contact}},
		{pathProfile, []string{string(me.ID)}, []string{none()}, []string{outsider}},
		{pathMeeting, []string{meeting.ID}, []string{none()}, nil},
		{pathRoomNeed, []string{need.ID}, []string{none()}, nil},
		{pathSavedOne, []string{search.ID}, []string{none()}, nil},
		{pathFeedRevoke, []string{token.ID}, []string{none()}, nil},
		{pathNoticeRemove, []string{notices.Lines[0].Notice.ID}, []string{none()}, nil},
	}
}

// of reports whether a route is about the thing: the longest prefix wins, so
// that a response is not taken for an entry.
func (x thing) of(r route) bool {
	if x.prefix == "/:of/:subject" {
		return strings.HasSuffix(r.path, x.prefix)
	}
	if x.prefix == pathEntry && strings.HasPrefix(r.path, pathResponse) {
		return false
	}
	return r.path == x.prefix || strings.HasPrefix(r.path, x.prefix+"/")
}

// filledIn is a form with something in every field a form of the site has.
func filledIn() url.Values {
	form := url.Values{}
	for name, value := range map[string]string{
		"title": "Iets", "body": "Tekst.", "lang": "nl", "kind": "question", "audience": "organisation", "author_mode": "name",
		"theme": "samen", "to": "wmo", "note": "Graag.", "state": "open", "step": "Bellen", "when": "2026-12-24", "organisation": "wmo",
		"answer": "used", "agreed": "yes", "keuze": "keep", "reason": "contact", "outcome": "worked", "lesson": "Een regel", "day": "2026-12-24",
		"start": "10:00", "end": "11:00", "organisations": "wmo", "name": "Iets", "text": "Een uur", "made": "Een uur", "question": "Wanneer?",
		"thanks": "Dank", "weeks": "6", "purpose": "Voor later", "query": "vogel", "base": "1", "reviewed": "yes", "do": "yes", "reply": "yes",
	} {
		form.Set(name, value)
	}
	return form
}

// leaving are the routes by which people leave what they may not see any more:
// the answer is always that they left.
var leaving = []string{pathEntryUnkeep, pathStopJoining, pathMeetingLeave, pathFeedRevoke, pathNoticeRemove, pathSavedRemove}

// Whatever somebody guesses in an address, and whatever they send there: what is
// hidden answers like what is not there, and stays as it is.
func TestHiddenAnswersLikeAbsentOnEveryRoute(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	things := s.hiddenThings()
	ask := newAsker(s)
	send := func(who string, r route, values []string) *answer {
		c := newClient(s)
		c.cookies[cookieSession] = ask.sessions[who]
		var form url.Values
		if r.method == http.MethodPost {
			form = filledIn()
		}
		return c.send(r.method, at(r.path, values...), form)
	}
	plain := func(a *answer, x thing) string {
		text := withoutID(a)
		for i := range x.hidden {
			if x.hidden[i] != x.absent[i] {
				text = strings.NewReplacer(x.hidden[i], "THING", x.absent[i], "THING").Replace(text)
			}
		}
		return anID.ReplaceAllString(text, "ID")
	}
	elsewhere := []string{ // about the reader's own, or the same for everybody
		pathHelpPage, pathSessionEnd, pathFactorRemove, pathOwnDataBack, pathDeactivate,
		pathCompassVersion, pathAgendaItem, pathAgendaProgress, pathAgendaFinish, pathAgendaLink,
		pathRound, pathRoundAnswer,
	}
	for _, r := range s.Server.routes() {
		if r.access != person && r.access != enrolling || !strings.Contains(r.path, ":") || slices.Contains(elsewhere, r.path) {
			continue
		}
		tried := 0
		for _, x := range things {
			if !x.of(r) {
				continue
			}
			for _, who := range []string{partner, contact, outsider, colleague} {
				if len(x.only) > 0 && !slices.Contains(x.only, who) {
					continue
				}
				tried++
				got, none := send(who, r, x.hidden), send(who, r, x.absent)
				if a, b := plain(got, x), plain(none, x); got.Status != none.Status || a != b {
					t.Errorf("%s %s tells %s: %d, absent %d\n%s", r.method, got.Path, who, got.Status, none.Status, firstDifference(b, a))
				}
				if got.Status < 400 && !slices.Contains(leaving, r.path) {
					t.Errorf("%s %s lets %s in: %d", r.method, got.Path, who, got.Status)
				}
			}
		}
		if tried == 0 {
			t.Errorf("%s %s: nothing hidden is tried there", r.method, r.path)
		}
	}
	s.everythingIsThere(things)
}

// everythingIsThere looks, as who made them, whether nobody changed the things.
func (s *site) everythingIsThere(things []thing) {
	s.Helper()
	me := s.as(participant)
	for _, x := range things {
		switch x.prefix {
		case pathEntry, pathMeeting, pathLetter, pathIdea, pathInterim, pathRoomNeed, pathSavedOne, pathTheme:
			me.get(at(x.prefix, x.hidden...)).want(http.StatusOK)
		}
	}
	lines, err := s.Service.FeedTokens(s.Context(), s.people[participant])
	if err != nil || len(lines) != 1 {
		s.Errorf("feeds: %+v, %v", lines, err)
	}
	notices, err := s.Service.Notices(s.Context(), s.people[participant])
	if err != nil || len(notices.Lines) == 0 {
		s.Errorf("notices: %+v, %v", notices, err)
	}
}

// What a form or a question in an address names is no way to find out what there
// is: what is hidden is refused like what is not there.
func TestFormsTellNothingOfHiddenThings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	things := map[string]thing{}
	for _, x := range s.hiddenThings() {
		if _, there := things[x.prefix]; !there {
			things[x.prefix] = x
		}
	}
	id := func(prefix string, hidden bool) string {
		x := things[prefix]
		if hidden {
			return x.hidden[0]
		}
		return x.absent[0]
	}
	said := func(hidden bool) string {
		if hidden {
			return things[pathResponse].hidden[1]
		}
		return string(newID())
	}
	ask := newAsker(s)
	for _, who := range []string{partner, colleague} {
		own := s.askOf(who, "Eigen vraag", "", rugzak.LevelOrganisation)
		s.caughtUp()
		get := func(path string, namesAndValues ...string) *answer {
			return ask.as(who).get(path + "?" + pairs(s, namesAndValues).Encode())
		}
		post := func(path string, namesAndValues ...string) *answer {
			return ask.as(who).post(at(path, string(own.ID), "1"), namesAndValues...)
		}
		day := rugzak.Today(s.Service.Clock.Now().AddDate(0, 1, 0))
		for name, try := range map[string]func(hidden bool) *answer{
			"overlap": func(h bool) *answer { return post(pathOverlap, "other", id(pathEntry, h)) },
			"link of overlap": func(h bool) *answer {
				return post(pathOverlap, "other_link", entryPath(rugzak.EntryID(id(pathEntry, h))))
			},
			"overlap to remove": func(h bool) *answer { return post(pathOverlapRemove, "other", id(pathEntry, h)) },
			"answer": func(h bool) *answer {
				return post(pathMove, "base", "0", "state", "answered", "answer", id(pathEntry, h))
			},
			"answered response": func(h bool) *answer { return post(pathResponses, "to", said(h), "kind", "answer", "body", "Ja.") },
			"response to answer": func(h bool) *answer {
				return get(at(pathResponses, string(own.ID)), "op", said(h))
			},
			"meeting about": func(h bool) *answer {
				return post(pathMeetingNew, "entry", id(pathEntry, h), "title", "Samen", "day", day, "start", "10:00", "end", "11:00",
					"place", "Zaal", "organisations", string(s.people[who].Organisation), "key", string(newID()))
			},
			"plan a meeting": func(h bool) *answer { return get(pathMeetingNew, "over", id(pathEntry, h)) },
			"room for": func(h bool) *answer {
				return post(pathRoomNew, "kind", "time", "text", "Een uur", "entry", id(pathEntry, h))
			},
			"ask for room":   func(h bool) *answer { return get(pathRoomNew, "over", id(pathEntry, h)) },
			"feed of search": func(h bool) *answer { return post(pathFeeds, "feed", "search:"+id(pathSavedOne, h), "name", "x") },
			"own version of": func(h bool) *answer { return get(pathEntryNew, "soort", "method", paramVersionOf, id(pathEntry, h)) },
			"lesson applied": func(h bool) *answer {
				return post(pathEntryNew, "kind", "application", "application_lesson", id(pathEntry, h), "outcome", "worked", "title", "x", "body", "y", "lang", "nl", "do", "share")
			},
			"similar to": func(h bool) *answer {
				return post(pathSimilarWriting, "id", id(pathEntry, h), "title", "Wie belt er?", "lang", "nl", "kind", "question")
			},
			"taken for talks": func(h bool) *answer {
				return post(pathTalksTake, "met", "wmo", "entries", id(pathEntry, h), "keep", id(pathEntry, h))
			},
		} {
			toldAlike(t, who+" "+name, id(pathEntry, true), id(pathEntry, false), try)
		}
		if who != partner {
			continue
		}
		for name, try := range map[string]func(hidden bool) *answer{
			"feed of theme": func(h bool) *answer { return post(pathFeeds, "feed", "theme:"+id(pathTheme, h), "name", "x") },
			"to follow":     func(h bool) *answer { return get(pathFeeds, paramFollow, "theme:"+id(pathTheme, h)) },
			"card of theme": func(h bool) *answer { return get(pathDraw, paramDrawFrom, drawTheme+id(pathTheme, h)) },
			"meeting theme": func(h bool) *answer { return get(pathMeetingNew, "thema", id(pathTheme, h)) },
		} {
			toldAlike(t, who+" "+name, id(pathTheme, true), id(pathTheme, false), try)
		}
		for name, try := range map[string]func(hidden bool) *answer{
			"ball to":       func(h bool) *answer { return post(pathBall, "base", "0", "to", id(pathOrganisationBag, h)) },
			"talks with":    func(h bool) *answer { return get(pathTalks, "met", id(pathOrganisationBag, h)) },
			"card of":       func(h bool) *answer { return get(pathDraw, paramDrawFrom, drawOrg+id(pathOrganisationBag, h)) },
			"balls between": func(h bool) *answer { return get(pathBalls, "van", "wmo", "bij", id(pathOrganisationBag, h)) },
			"ball with":     func(h bool) *answer { return get(pathQuestions, paramBall, id(pathOrganisationBag, h)) },
			"experiment of": func(h bool) *answer {
				return ask.as(who).post(at(pathExperiment, string(own.ID), "0"), "base", "0", "step", "Bellen", "organisation", id(pathOrganisationBag, h))
			},
		} {
			toldAlike(t, who+" "+name, id(pathOrganisationBag, true), id(pathOrganisationBag, false), try)
		}
	}
}

// toldAlike wants one answer about what is hidden and what is not there.
func toldAlike(t *testing.T, what, hidden, absent string, try func(hidden bool) *answer) {
	t.Helper()
	plain := func(a *answer) string {
		return anID.ReplaceAllString(strings.NewReplacer(hidden, "THING", absent, "THING").Replace(withoutID(a)), "ID")
	}
	none := try(false)
	got := try(true)
	if a, b := plain(got), plain(none); got.Status != none.Status || a != b {
		t.Errorf("%s tells what is hidden: %d, absent %d\n%s", what, got.Status, none.Status, firstDifference(b, a))
	}
}
