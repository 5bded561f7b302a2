// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

const longBody = "## Wat speelde er?\n\nEen inwoner belde drie keer.\n\n## Wat deden we?\n\nWe belden **eerst** elkaar.\n\n### Vooraf\n\nEen afspraak.\n\n## Wat leverde het op?\n\nRust."

// Everybody reads what is shared with them, and the others cannot tell that it
// is there.
func TestReadEntryPerRole(t *testing.T) {
	s := newSite(t)
	internal := s.share(participant, "Samen bellen", "Een tekst over bellen.", rugzak.LevelInternal, "welzijn")
	team := s.share(participant, "Alleen het team", "Een geheim plan.", rugzak.LevelTeam)
	missing := entryPath(newID())
	reads := map[string][]string{
		entryPath(internal.ID): {participant, colleague, facilitator, coreteam, manager, privacyperson, administrator, partner, contact},
		entryPath(team.ID):     {participant, manager},
	}
	for path, readers := range reads {
		for _, who := range everybody() {
			switch got := s.as(who).get(path); {
			case who == nobody:
				got.want(http.StatusSeeOther)
			case contains(readers, who):
				got.want(http.StatusOK).find("article .rz-prose")
			default:
				got.hides("geheim")
				sameAnswer(t, got, s.as(who).get(missing))
				sameAnswer(t, s.as(who).get(path+"/versies"), s.as(who).get(missing+"/versies"))
				sameAnswer(t, s.as(who).get(path+"/versies/1"), s.as(who).get(missing+"/versies/1"))
				sameAnswer(t, s.as(who).post(path+"/meenemen"), s.as(who).post(missing+"/meenemen"))
				sameAnswer(t, s.as(who).post(path+"/versies/1/terugzetten", "base", "1"), s.as(who).post(missing+"/versies/1/terugzetten", "base", "1"))
			}
		}
	}
	for _, id := range []string{"x", "ABC", "..", "%00", strings.Repeat("a", 300), string(internal.ID) + "x"} {
		s.as(participant).get("/ervaringen/" + id).want(http.StatusNotFound)
	}
}

func TestEntryPageSaysWhatItIs(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Wie heeft de bal?")
	e := s.write(participant, func(in *backpack.Input) {
		in.Title, in.Lesson, in.Body = "Samen bellen", "Bel eerst elkaar.", longBody+strings.Repeat("\n\nEn zo ging het verder, week na week.", 60)
		in.Themes, in.Tags, in.Month, in.ReviewBy = []rugzak.ThemeID{theme.ID}, []string{"bellen & bezoek"}, "2026-03", "2028-05"
		in.Audience.Also = []rugzak.OrganisationID{s.orgs["welzijn"].ID}
		in.Phase = "verkennen"
	})
	a := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
	for _, text := range []string{
		"Ervaring", "Samen bellen", "Bel eerst elkaar.", "Test participant, Wmo", "Toegang, Wmo", "Hele gemeente, en ook Stichting Welzijn",
		"Wie heeft de bal?", "Verkennen", "maart 2026", "mei 2028", "bellen & bezoek", "Op deze pagina",
	} {
		a.shows(text)
	}
	if got := a.text(".rz-toc > ul > li"); got != "Wat speelde er?Wat deden we?VoorafWat leverde het op?" && !strings.Contains(got, "Wat deden we?") {
		t.Errorf("the table of contents says %q", got)
	}
	target := strings.TrimPrefix(a.link(".rz-toc a", "Wat deden we?"), "#")
	a.find(`.rz-prose [id="` + target + `"]`)
	if i, j := strings.Index(a.Body, "Bel eerst elkaar."), strings.Index(a.Body, "Een inwoner belde"); i < 0 || i > j {
		t.Error("the lesson does not come first")
	}
	a.hides("/bewerken").hides("/intrekken").hides(`name="theme"`)
	s.inEnglish(colleague)
	s.as(colleague).get(entryPath(e.ID)).shows("In Dutch").shows("Exploring").shows("March 2026").find(`h1[lang="nl"]`)
	// A partner learns of itself only.
	b := s.as(partner).get(entryPath(e.ID)).want(http.StatusOK).shows("Stichting Welzijn").hides("Hele gemeente").hides(theme.Title)
	if b.Doc.Find(".rz-toc").Length() != 1 {
		t.Error("no table of contents for a partner")
	}
}

func TestEntryByTeamAndWithoutName(t *testing.T) {
	s := newSite(t)
	team := s.write(participant, func(in *backpack.Input) { in.Title, in.Mode = "Van ons samen", rugzak.ByTeam })
	s.as(colleague).get(entryPath(team.ID)).shows("Namens Toegang").hides("Test participant")
	hidden := s.write(participant, func(in *backpack.Input) { in.Title, in.Mode = "Zonder mijn naam", rugzak.Anonymous })
	a := s.as(colleague).get(entryPath(hidden.ID)).shows("Zonder naam").hides("Test participant").hides(string(s.people[participant].ID))
	if day := hidden.SharedAt.Format("2006-01-02"); strings.Contains(a.Body, day) {
		t.Error("the page of an entry without name tells the day")
	}
	a.shows(s.Catalogue.Printer("nl").Month(hidden.SharedAt))
	s.as(participant).get(entryPath(hidden.ID)).find(`a[href$="/bewerken"]`)
	s.as(participant).get(pathMine).shows("Zonder mijn naam")
}

func TestQuestionMethodAndApplication(t *testing.T) {
	s := newSite(t)
	q := s.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindQuestion, "Hoe houden we contact?"
		in.Question = &rugzak.QuestionData{
			Size: rugzak.SizeJoint, State: rugzak.QuestionTrying, BallWith: s.orgs["wmo"].ID, Since: "2026-09-14",
			NextStep: "Drie ouders bellen", When: "2026-10-01", HopedGain: "Minder onrust", Gain: "Ouders weten meer",
		}
		in.Audience.Also = []rugzak.OrganisationID{s.orgs["welzijn"].ID}
	})
	for _, text := range []string{"Wordt uitgeprobeerd", "De bal ligt bij", "Wmo, sinds 14 september 2026", "Drie ouders bellen", "1 oktober 2026", "Minder onrust", "Ouders weten meer"} {
		s.as(colleague).get(entryPath(q.ID)).shows(text)
		s.as(partner).get(entryPath(q.ID)).shows(text)
	}
	m := s.write(participant, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindMethod, "Terugblik in een kwartier"
		in.Method = &rugzak.MethodData{
			Goal: "look-back", MinutesMin: 10, MinutesMax: 15, GroupMin: 3, Guidance: "light", Trust: "high", Preparation: "Zet stoelen klaar",
			Materials: "Stiften", Place: "Een rustige kamer", Steps: []rugzak.Step{{Minutes: 5, Text: "Wat was het plan?"}, {Minutes: 10, Text: "Wat gebeurde er?"}},
		}
	})
	a := s.as(colleague).get(entryPath(m.ID))
	for _, text := range []string{"Terugblikken", "10 tot 15 minuten", "3 mensen", "Lichte begeleiding", "Veel vertrouwen nodig", "Zet stoelen klaar", "Stiften", "Een rustige kamer", "Wat was het plan?", "Samen"} {
		a.shows(text)
	}
	if got := a.text("table tbody tr:last-child td"); got != "15" {
		t.Errorf("the steps together take %q", got)
	}
	lesson := s.share(participant, "De les van Wmo", "Zo deden wij het.", rugzak.LevelInternal, "welzijn")
	used := s.write(colleague, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindApplication, "Wij belden ook eerst"
		in.Application = &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomePartly}
		in.Audience.Also = []rugzak.OrganisationID{s.orgs["welzijn"].ID}
		in.Confirmed = in.Audience.Also
	})
	s.as(partner).get(entryPath(used.ID)).want(http.StatusOK).shows("De les van Wmo")
	if _, err := s.Service.ChangeAudience(s.Context(), s.people[participant], lesson.ID, lesson.Version, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	s.as(participant).get(entryPath(used.ID)).shows("De les van Wmo").shows("Werkte deels")
	s.as(participant).get(entryPath(lesson.ID)).shows("Waar is dit gebruikt?").shows("Wij belden ook eerst")
	// The partner may read that it was used, not what.
	s.as(partner).get(entryPath(used.ID)).want(http.StatusOK).shows("Werkte deels").hides("De les van Wmo").hides(string(lesson.ID))
}

func TestRelatedBothWays(t *testing.T) {
	s := newSite(t)
	first := s.share(participant, "De eerste stap", "Tekst.", rugzak.LevelInternal, "welzijn")
	second := s.write(colleague, func(in *backpack.Input) {
		in.Title, in.Relations = "De tweede stap", []rugzak.Relation{{Type: rugzak.BuildsOn, To: first.ID}}
	})
	s.as(participant).get(entryPath(second.ID)).shows("Bouwt voort op").shows("De eerste stap")
	s.as(participant).get(entryPath(first.ID)).shows("Hierop is voortgebouwd in").shows("De tweede stap")
	s.as(partner).get(entryPath(first.ID)).want(http.StatusOK).hides("De tweede stap").hides(string(second.ID)).hides("voortgebouwd")
}

// Two entries that each say "see also" of the other name each other once.
func TestSeeAlsoOnce(t *testing.T) {
	s := newSite(t)
	first := s.share(participant, "De eerste stap", "Tekst.", rugzak.LevelInternal)
	see := func(to rugzak.EntryID) []rugzak.Relation { return []rugzak.Relation{{Type: rugzak.SeeAlso, To: to}} }
	second := s.write(colleague, func(in *backpack.Input) { in.Title, in.Relations = "De tweede stap", see(first.ID) })
	in := s.Service.InputOf(first)
	in.Relations = append(see(second.ID), rugzak.Relation{Type: rugzak.BuildsOn, To: second.ID})
	if _, err := s.Service.Revise(t.Context(), s.people[participant], first.ID, first.Version, in); err != nil {
		t.Fatal(err)
	}
	related := s.as(participant).get(entryPath(first.ID)).find(`section[aria-labelledby="hoort-erbij"] li`)
	if text := related.Text(); related.Length() != 2 || strings.Count(text, "Zie ook") != 1 || !strings.Contains(text, "Bouwt voort op") {
		t.Errorf("%d things belong to it: %q", related.Length(), text)
	}
}

func TestActionsFollowRights(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Wie heeft de bal?")
	e := s.share(participant, "Samen bellen", "Tekst.", rugzak.LevelInternal, "welzijn")
	mine := s.as(participant).get(entryPath(e.ID))
	for _, action := range []string{"/bewerken", "/zichtbaar", "/intrekken", "/versies"} {
		mine.find(`a[href="` + entryPath(e.ID) + action + `"]`)
	}
	mine.find(`a[href="` + at(pathEntryApply, string(e.ID)) + `"]`)
	s.as(partner).get(entryPath(e.ID)).hides("/bewerken").hides(`name="theme"`).find(`form[action$="/meenemen"]`)
	s.as(administrator).get(entryPath(e.ID)).hides("/bewerken").hides(`name="theme"`)
	put := s.as(facilitator).get(entryPath(e.ID)).submit(`form[action$="/themas"]`, "theme", string(theme.ID)).follow()
	put.shows("De bijdrage staat nu bij het thema.").find(`a[href="` + themePath(theme.ID) + `"]`)
	s.as(facilitator).post(entryPath(e.ID)+"/themas", "theme", "bestaat-niet").want(http.StatusNotFound)
	s.as(participant).post(entryPath(e.ID)+"/themas", "theme", string(theme.ID)).want(http.StatusForbidden)
}

// What is withdrawn is gone at once for everybody else, on every surface.
func TestWithdrawnIsGoneAtOnce(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Even terugnemen", "Een zeldzaamwoord staat hier.", rugzak.LevelInternal, "welzijn")
	s.caughtUp()
	s.as(colleague).post(entryPath(e.ID)+"/meenemen", "purpose", "voor later").want(http.StatusSeeOther)
	s.as(colleague).get(pathSearch + "?q=zeldzaamwoord").lists("Even terugnemen")
	if _, err := s.Service.Withdraw(t.Context(), s.people[participant], e.ID); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{colleague, partner, administrator, facilitator} {
		for _, path := range []string{pathHome, pathSearch, pathSearch + "?q=zeldzaamwoord", pathMine} {
			s.as(who).get(path).hides("Even terugnemen").hides(string(e.ID))
		}
		s.as(who).get(entryPath(e.ID)).want(http.StatusNotFound)
	}
	a := s.as(participant).get(entryPath(e.ID)).want(http.StatusOK).shows("Ingetrokken").shows("Alleen de schrijvers")
	a.find(`form[action$="/terugzetten"]`)
	if a.Doc.Find(`form[action$="/meenemen"]`).Length() > 0 {
		t.Error("a withdrawn entry is offered to take along")
	}
	s.as(participant).get(pathMine).find(`#ingetrokken`)
	s.as(participant).get(pathHome).hides("Even terugnemen")
}

func TestDraftIsForItsAuthor(t *testing.T) {
	s := newSite(t)
	in := backpack.Input{Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Body: "Nog niet af.", Mode: rugzak.ByName, Audience: rugzak.Audience{Level: rugzak.LevelDraft}}
	saved, err := s.Service.SaveDraft(t.Context(), s.people[participant], s.idFor(participant), 0, in)
	if err != nil {
		t.Fatal(err)
	}
	id := saved.Entry.ID
	s.as(participant).get(entryPath(id)).want(http.StatusOK).shows("Dit is een concept").shows("Zonder titel").hides("/meenemen")
	s.as(participant).get(pathHome).shows("Mijn concepten").find(`a[href="` + entryPath(id) + `/bewerken"]`)
	s.as(participant).get(pathMine).shows("Verder schrijven")
	s.as(participant).get(entryPath(id) + "/versies").want(http.StatusOK).shows("Er zijn nog geen versies")
	for _, who := range []string{manager, colleague, administrator, partner} {
		sameAnswer(t, s.as(who).get(entryPath(id)), s.as(who).get(entryPath(newID())))
		s.as(who).get(pathHome).hides(string(id))
	}
}
