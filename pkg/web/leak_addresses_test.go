// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// filling is what can stand in an address in place of its parameters.
type filling struct {
	prefix string // of the routes; the first that fits counts
	values [][]string
}

// ofSecrets are routes that answer to a secret only, and tell of an account or a
// way to sign in, not of entries.
var ofSecrets = []string{pathVia, pathViaBack, pathFirst, pathPassword, pathInvitation, pathStopMail}

// questions are what an address can be asked beside its parameters.
func (w *crawler) questions() map[string][]string {
	first, welzijn, wonen := string(w.entries[0]), string(w.orgs["welzijn"].ID), string(w.orgs["wonen"].ID)
	theme := string(w.themes[0])
	return map[string][]string{
		pathQuestions:  {"?q=kanarie", "?stand=open", "?stand=answered", "?bal=" + welzijn, "?alleen=samen", "?alleen=zonder-trekker", "?alleen=mijn", "?theme=samen&q=vogel"},
		pathMethods:    {"?q=kanarie", "?q=geheimzinnig"},
		pathAgenda:     {"?weergave=lijst"},
		pathAgendaLink: {"?q=kanarie", "?soort=succes", "?soort=succes&q=geheimzinnig"},
		pathBalls:      {"?van=wmo&bij=" + welzijn, "?bij=" + wonen, "?van=" + wonen},
		pathTalks:      {"?met=" + welzijn, "?met=" + wonen, "?met=wmo", "?met=wmo&q=kanarie"},
		pathDraw:       {"?trek=20261126-0", "?trek=20261126-1&uit=" + drawKept, "?uit=" + drawTheme + theme, "?uit=" + drawOrg + "wmo&trek=20261126-2", "?uit=" + drawOrg + wonen},
		pathEntryNew:   {"?soort=application&les=" + first, "?soort=method&versie=" + string(w.entries[1]), "?soort=question&titel=kanarie"},
		pathMeetingNew: {"?over=" + string(w.entries[2]), "?thema=" + theme},
		pathRoomNew:    {"?over=" + first},
		pathFeeds:      {"?volg=theme:" + theme},
		pathDigestDesk: {"?bijdrage=" + first},
		pathEntryTrail: {"?vanaf=1"},
		pathEntry:      {"?reacties=2"},
		pathMentions:   {"?naam=te", "?naam=Test+m", "?naam=part"},
		pathOverlap:    {"?q=kanarie"},
		pathMove:       {"?naar=answered&q=kanarie", "?naar=trying"},
		pathTheme:      {"?q=kanarie"},
		pathThemeAdd:   {"?q=kanarie"},
		pathGlossary:   {"?q=ka"},
		pathEntryMerge: {"?met=" + first, "?met=" + string(w.entries[1])},
		pathThemeMerge: {"?met=" + theme},
		pathTerms:      {"?q=ka"},
		pathPeople:     {"?q=test"},
	}
}

// valuesOf are the parameters with which a route is visited; complete reports
// whether there are any, where it has parameters that are no secret.
func (w *crawler) valuesOf(r route) (out [][]string, complete bool) {
	if strings.Contains(r.path, "*") || slices.Contains(ofSecrets, r.path) {
		return nil, true
	}
	if !strings.Contains(r.path, ":") {
		return [][]string{nil}, true
	}
	for _, f := range w.fillings {
		if strings.HasPrefix(r.path, f.prefix) || strings.HasSuffix(r.path, f.prefix) {
			return f.values, len(f.values) > 0
		}
	}
	return nil, false
}

// things makes one of everything that has an address of its own, for those who
// see no hidden entries too, and notes how it is addressed.
func (w *crawler) things() {
	t := w.site
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, ask := t.Context(), w.entries[2]
	one := func(ids ...string) [][]string {
		var out [][]string
		for _, id := range ids {
			out = append(out, []string{id, "1"})
		}
		return out
	}
	said, _, err := t.Service.Respond(ctx, t.people[partner], ask, backpack.ResponseInput{Kind: rugzak.ResponseQuestion, Lang: rugzak.Dutch, Body: "Wie belt er nu?"})
	must(err)
	day := rugzak.Today(t.Service.Clock.Now().AddDate(0, 1, 0))
	meeting, err := t.Service.SaveMeeting(ctx, t.people[participant], "", 0, backpack.MeetingInput{
		Title: "Samen kijken", Day: day, Start: "10:00", End: "11:00", Place: "Zaal", Entry: ask,
		Organisations: []rugzak.OrganisationID{rugzak.WholeMunicipality, t.orgs["welzijn"].ID},
	})
	must(err)
	need, err := t.Service.AskRoom(ctx, t.people[partner], backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur per week", Entry: ask})
	must(err)
	saved := map[string]string{}
	var secrets [][]string
	for _, who := range []string{colleague, partner} {
		search, err := t.Service.SaveSearch(ctx, t.people[who], backpack.SavedSearchInput{Name: "Vogels", Query: "kanarie", Notify: true})
		must(err)
		saved[who] = search.ID
		must(t.Service.Keep(ctx, t.people[who], w.entries[0], "Voor later"))
		must(t.Service.Join(ctx, t.people[who], rugzak.Subject(rugzak.EntrySubject(ask)), backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel", When: day, ShowName: true}))
		must(t.Service.SignUp(ctx, t.people[who], meeting.ID, true))
		for _, f := range []rugzak.Feed{{Kind: rugzak.FeedNew}, {Kind: rugzak.FeedBackpack}, {Kind: rugzak.FeedCalendar},
			{Kind: rugzak.FeedSearch, About: search.ID}, {Kind: rugzak.FeedTheme, About: string(w.themes[0])}} {
			secret, _, err := t.Service.MakeFeedToken(ctx, t.people[who], f, "Lezer")
			must(err)
			_, err = t.Service.ReadFeed(ctx, secret, f.Kind == rugzak.FeedCalendar) // its page says when it was last read
			must(err)
			secrets = append(secrets, []string{secret})
		}
	}
	reported := t.share(participant, "Iets over iemand", "Tekst.", rugzak.LevelInternal)
	_, err = t.Service.Report(ctx, t.people[colleague], reported.ID, rugzak.ReasonName)
	must(err)
	incidents, err := t.Service.Incidents(ctx, t.people[privacyperson])
	must(err)
	if len(incidents) != 1 {
		t.Fatalf("%d reports", len(incidents))
	}
	term := string(t.idFor(facilitator))
	must(t.Service.SaveTerm(ctx, t.people[facilitator], rugzak.Term{ID: rugzak.TermID(term), Preferred: "woning", Others: []string{"huis"}}, 0))
	set, err := t.Service.SaveQuestionSet(ctx, t.people[facilitator], "", 0, backpack.QuestionSetInput{NameNL: "Vast", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}}})
	must(err)
	idea, answered := w.start("Meelopen"), w.start("Samen eten")
	must(t.Service.AnswerIdea(ctx, t.people[partner], answered, rugzak.IdeaAnswer{}, rugzak.IdeaAnswer{Reply: rugzak.IdeaYes, Note: "Graag in de ochtend"}))
	w.idea, w.interim = idea, t.frozen("Zo staan we ervoor").ID
	var entries, themes, orgs, people []string
	for _, id := range w.entries {
		entries = append(entries, string(id))
	}
	for _, id := range w.themes {
		themes = append(themes, string(id))
	}
	for _, key := range []string{"wmo", "welzijn", "wonen"} {
		orgs = append(orgs, string(t.orgs[key].ID))
	}
	for _, who := range []string{participant, manager, colleague, partner} {
		people = append(people, string(t.people[who].ID))
	}
	attached := t.attachTo(participant, w.entries[0], "kanarie.txt", "Een kanarie in huis.")
	letters := w.tellThemes()
	joint := t.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title, in.Body, in.With = rugzak.KindSuccess, "Samen gelukt", "Een kanarie in huis.", []rugzak.OrganisationID{t.orgs["welzijn"].ID}
		in.Audience = rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{t.orgs["welzijn"].ID}}
		in.Confirmed = in.Audience.Also
	})
	month := rugzak.MonthIn(t.Service.Clock.Now())
	must(t.Service.SaveCelebration(ctx, t.people[coreteam], month, 0, []rugzak.DigestPick{{Entry: joint.ID, Reason: "Hoera"}}))
	w.fillings = []filling{
		{pathTextReport, [][]string{{"idee", idea}, {"agendapunt", "a"}, {"kompas", "all"}, {"ronde", t.round}, {"behoefte", orgs[0]}, {"behoefte", orgs[2]}}},
		{pathAttachment, one(string(attached.ID))},
		{pathResponse, [][]string{{string(ask), said.ID}, {entries[0], said.ID}}},
		{pathEntry, one(entries...)},
		{"/vraagstukken/:id", [][]string{{string(ask), "0"}, {entries[0], "0"}}},
		{pathAgendaItem, [][]string{{"a"}, {"b"}}},
		{pathCompassVersion, one("0")},
		{pathPrompts, one("experience", "question")},
		{"/:of/:subject", [][]string{{"vraagstuk", string(ask)}, {"vraagstuk", entries[0]}, {"thema", themes[0]}, {"agendapunt", "a"}}},
		{pathCelebrateMonth, one(month)},
		{pathLetters + "/:letter", [][]string{{themes[0], letters[0]}}},
		{pathLetter, one(letters...)},
		{pathIdeas + "/:id", one(idea, answered)},
		{pathIdea, one(idea, answered)},
		{pathInterim, one(w.interim)},
		{pathTheme, one(themes...)},
		{"/begeleiding/themas/:id", one(themes...)},
		{"/begeleiding/dubbel/:id", one(entries...)},
		{"/begeleiding/te-herzien/:id", one(entries...)},
		{pathOrganisationBag, one(orgs...)},
		{pathOrganisation, one(orgs...)},
		{pathProfile, one(people...)},
		{pathPerson, one(people...)},
		{pathMeeting, one(meeting.ID)},
		{pathRound, one(t.round)},
		{pathQuestionSet, one(string(set.ID))},
		{pathRoomNeed, one(need.ID)},
		{pathSavedOne, one(saved[colleague], saved[partner])},
		{pathIncident, one(incidents[0].ID)},
		{pathTerm, one(term)},
		{pathHelpPage, one("toepassen")},
		{"/feed/:secret/", secrets},
	}
}

// start starts an idea of the core team.
func (s *site) start(title string) string {
	s.Helper()
	i, err := s.Service.SaveIdea(s.Context(), s.people[coreteam], "", 0, backpack.IdeaInput{
		Title: title, Text: "Zo leren we elkaars werk kennen.", Step: "Prik een datum.", Organisations: []rugzak.OrganisationID{s.orgs["wmo"].ID, s.orgs["welzijn"].ID},
	})
	if err != nil {
		s.Fatal(err)
	}
	return i.ID
}

// frozen is an interim result of how things are now.
func (s *site) frozen(title string) rugzak.InterimResult {
	s.Helper()
	i, err := s.Service.FreezeInterim(s.Context(), s.people[coreteam], backpack.InterimInput{Title: title, Span: rugzak.ResultSpans()[0]})
	if err != nil {
		s.Fatal(err)
	}
	return i
}

// tellThemes lets a facilitator quote in the thread of each theme, twice, and
// send a letter about it.
func (w *crawler) tellThemes() (letters []string) {
	t := w.site
	t.Helper()
	curator := t.people[facilitator]
	for _, id := range w.themes[:1] { // the others are not there
		for _, intro := range []string{"Eerst.", "Daarna."} {
			d, err := t.Service.ThreadToWrite(t.Context(), curator, id)
			if err != nil {
				t.Fatal(err)
			}
			section := rugzak.ThreadSection{Prompt: rugzak.PromptSee, Text: "Wij zien dit vaker."}
			for _, e := range d.Sources[:min(len(d.Sources), 2)] {
				section.Quotes = append(section.Quotes, rugzak.Quote{Entry: e.ID, Text: e.Title})
			}
			in := backpack.ThreadInput{Intro: intro, Sections: []rugzak.ThreadSection{section}, Bound: true, Reviewed: true}
			if _, err := t.Service.SaveThread(t.Context(), curator, id, d.Thread.Number, in); err != nil {
				t.Fatal(err)
			}
		}
		d, err := t.Service.LetterToWrite(t.Context(), curator, id, "")
		if err != nil {
			t.Fatal(err)
		}
		in := backpack.LetterInput{Lead: "Dit is nieuw.", Picks: d.Letter.Picks, Question: d.Letter.Question, Method: d.Letter.Method, Meeting: d.Letter.Meeting}
		l, err := t.Service.SaveLetter(t.Context(), curator, id, "", 0, in, true)
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, l.ID)
	}
	return letters
}

// goOn lets people do with hidden entries what they can do: respond, name, thank,
// take along, join in, try, meet, ask for room, link and apply.
func (w *crawler) goOn(ask rugzak.EntryID, others []rugzak.EntryID) {
	t := w.site
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, me, mate := t.Context(), t.people[participant], t.people[manager]
	said, _, err := t.Service.Respond(ctx, mate, ask, backpack.ResponseInput{Kind: rugzak.ResponseQuestion, Lang: rugzak.Dutch, Body: "Een kanarie? " + rugzak.Mention(me.ID)})
	must(err)
	_, _, err = t.Service.Respond(ctx, me, ask, backpack.ResponseInput{To: said.ID, Kind: rugzak.ResponseQuestion, Lang: rugzak.Dutch, Body: "Geheimzinnig, die kanarie."})
	must(err)
	t.attachTo(participant, ask, "geheimzinnig.txt", "Een kanarie zingt geheimzinnig.")
	for i, id := range others {
		_, err := t.Service.Press(ctx, mate, rugzak.Signal{Entry: id, Kind: rugzak.SignalRecognise})
		must(err)
		_, err = t.Service.Press(ctx, mate, rugzak.Signal{Entry: id, Kind: rugzak.SignalThank})
		must(err)
		must(t.Service.Keep(ctx, mate, id, "Voor het overleg"))
		must(t.Service.SeeOverlap(ctx, mate, id, w.entries[i%len(w.entries)]))
	}
	day := rugzak.Today(t.Service.Clock.Now().AddDate(0, 1, 0))
	for _, p := range []rugzak.Person{me, mate} {
		must(t.Service.Join(ctx, p, rugzak.Subject(rugzak.EntrySubject(ask)), backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel", When: day, ShowName: true}))
	}
	version := 0
	must(t.Store.View(ctx, func(r rugzak.Reader) error {
		i, err := r.Inquiry(ask)
		if rugzak.CodeOf(err) == rugzak.CodeNotFound {
			return nil
		}
		version = i.Version
		return err
	}))
	_, err = t.Service.SaveExperiment(ctx, me, ask, version, 0, backpack.ExperimentInput{Step: "Een week bellen", Mine: true, Until: day})
	must(err)
	meeting, err := t.Service.SaveMeeting(ctx, me, "", 0, backpack.MeetingInput{
		Title: "Geheim overleg", Day: day, Start: "10:00", End: "11:00", Place: "Zaal", Entry: ask, Organisations: []rugzak.OrganisationID{me.Organisation},
	})
	must(err)
	must(t.Service.SignUp(ctx, mate, meeting.ID, true))
	_, err = t.Store.Update(ctx, func(to rugzak.Writer) error { // an idea became one, and an interim result quotes it
		idea, err := to.Idea(w.idea)
		if err != nil {
			return err
		}
		idea.Became = rugzak.Subject(rugzak.EntrySubject(ask))
		interim, err := to.Interim(w.interim)
		if err != nil {
			return err
		}
		interim.Stories = append(interim.Stories, rugzak.InterimStory{
			Rung: rugzak.RungTogether, Entry: ask, Version: 1, Kind: rugzak.KindQuestion, Lang: rugzak.Dutch, Title: "Geheimzinnig", Text: "Een kanarie.", Organisation: "Wmo",
		})
		return errors.Join(to.RemoveIdea(idea.ID), to.SaveIdea(idea, 0), to.SaveInterim(interim)) // of the same version
	})
	must(err)
	_, err = t.Store.Update(ctx, func(w rugzak.Writer) error { // they answered the round
		for _, id := range append(others, ask) {
			e, err := w.Entry(id)
			if err != nil {
				return err
			}
			e.Occasion = rugzak.RoundOccasion(t.round)
			if err := w.SaveEntry(e, e.Version, nil); err != nil {
				return err
			}
		}
		return nil
	})
	must(err)
	_, err = t.Service.AskRoom(ctx, me, backpack.RoomInput{Kind: rugzak.RoomTime, Text: "Een uur voor de kanarie", Entry: ask})
	must(err)
}

// tellsNothing asks every page that takes an entry from its address for a hidden
// one, and wants the answer that the id of nothing gets.
func (w *crawler) tellsNothing(t *testing.T, who string, hidden rugzak.EntryID) {
	t.Helper()
	for _, path := range []string{
		pathDigestDesk + "?bijdrage=", pathEntryNew + "?soort=application&les=", pathEntryNew + "?soort=method&versie=", pathMeetingNew + "?over=",
		pathRoomNew + "?over=", at(pathResponses, string(w.entries[2])) + "?op=", pathQuestions + "?bal=", pathTalks + "?met=", pathDraw + "?uit=thema:",
	} {
		get := func(id rugzak.EntryID) string {
			c := newClient(w.site)
			c.cookies[cookieSession] = w.sessions[who]
			return anID.ReplaceAllString(withoutID(c.send(http.MethodGet, path+string(id), nil)), "ID")
		}
		if a, b := get(hidden), get(newID()); a != b {
			t.Errorf("%s tells %q of %s:\n%s", path, who, hidden, firstDifference(b, a))
		}
	}
}
