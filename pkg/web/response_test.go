// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

const respondForm = "#reageer form"

// say responds to an entry and gives the id of the response.
func (s *site) say(who string, e rugzak.Entry, in backpack.ResponseInput) string {
	s.Helper()
	if in.Kind == "" {
		in.Kind = rugzak.ResponseQuestion
	}
	in.Lang = rugzak.Dutch
	x, _, err := s.Service.Respond(s.Context(), s.people[who], e.ID, in)
	if err != nil {
		s.Fatal(err)
	}
	return x.ID
}

// What is refused stays in the form, with what is wrong beside it.
func TestRefusedResponseKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	s.inEnglish(manager)
	for who, wrong := range map[string]struct{ button, number, long string }{
		colleague: {"Plaats reactie", "burgerservicenummer", "te lang"},
		manager:   {"Post response", "citizen service number", "too long"},
	} {
		c := s.as(who)
		page := c.get(entryPath(e.ID)).want(http.StatusOK)
		for what, text := range map[string]string{wrong.number: "Bel over 111222333.\nMorgen", wrong.long: strings.Repeat("a", rugzak.MaxResponse+1)} {
			bad := page.submit(respondForm, "kind", "tip", "body", text, "do", "send").want(http.StatusUnprocessableEntity).shows(what)
			if got := strings.TrimPrefix(bad.find("#body").Text(), "\n"); got != text {
				t.Errorf("%s: of %d bytes stays %.60q", who, len(text), got)
			}
			if bad.find("#kind option[selected]").AttrOr("value", "") != "tip" || bad.Doc.Find("#body[aria-invalid=true]").Length() == 0 {
				t.Errorf("%s: the kind is lost, or the text is not marked", who)
			}
			if bad.find(".rz-error-summary a").AttrOr("href", "") != "#body" {
				t.Errorf("%s: the summary does not lead to the text", who)
			}
		}
		// Mended on that very page, it is stored once however often it is sent.
		mended := page.submit(respondForm, "kind", "tip", "body", "111222333", "do", "send").want(http.StatusUnprocessableEntity)
		for range 2 {
			mended.submit(respondForm, "body", "Bel morgen, zegt "+who, "do", "send").follow().follow().shows("Bel morgen, zegt " + who)
		}
	}
	v, err := s.Service.Responses(s.Context(), s.people[participant], e.ID, 1, "")
	if err != nil || v.Total != 2 {
		t.Errorf("%d responses, %v", v.Total, err)
	}
	s.as(colleague).get(entryPath(e.ID)).submit(respondForm, "body", " ", "do", "send").want(http.StatusUnprocessableEntity).shows("Schrijf eerst je reactie")
}

// In two tabs nothing is lost: who saves last sees both texts and decides.
func TestResponseInTwoTabs(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	id := s.say(colleague, e, backpack.ResponseInput{Body: "Eerste tekst"})
	c := s.as(colleague)
	address := at(pathResponseEdit, string(e.ID), id)
	one, two := c.get(address).want(http.StatusOK), c.get(address).want(http.StatusOK)
	one.submit(respondForm, "body", "Uit het ene tabblad", "do", "send").follow().follow().shows("Uit het ene tabblad")
	lost := two.submit(respondForm, "body", "Uit het andere tabblad", "kind", "tip", "do", "send").want(http.StatusConflict)
	lost.shows("Je reactie is intussen veranderd")
	if got := lost.text("#body"); got != "Uit het andere tabblad" {
		t.Errorf("what was typed is %q now", got)
	}
	if got := lost.text(".rz-source"); got != "Uit het ene tabblad" {
		t.Errorf("what is stored is shown as %q", got)
	}
	if lost.find("#kind option[selected]").AttrOr("value", "") != "tip" {
		t.Error("the kind that was chosen is lost")
	}
	lost.submit(respondForm, "do", "send").follow().follow().shows("Uit het andere tabblad").hides("Uit het ene tabblad")
	s.as(participant).get(address).want(http.StatusForbidden)
	s.as(outsider).get(address).want(http.StatusNotFound)
}

// Without script a colleague is looked up by a button and put in the text by
// another, and nothing is sent before the writer says so.
func TestMentionWithoutScript(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal, "welzijn")
	c := s.as(participant)
	page := c.get(entryPath(e.ID)).want(http.StatusOK)
	asked := page.submit(respondForm, "body", "Dag", "kind", "tip", "naam", "colle", "do", "find").want(http.StatusOK)
	button := asked.find(`#reageer button[value^="mention:"]`)
	if button.Length() != 1 || !strings.Contains(button.Text(), "Test "+colleague+", Jeugd") {
		t.Fatalf("offered: %s", button.Text())
	}
	chosen := asked.submit(respondForm, "do", button.AttrOr("value", "")).want(http.StatusOK)
	token := rugzak.Mention(s.people[colleague].ID)
	if got := chosen.text("#body"); got != "Dag "+token {
		t.Errorf("the text is %q", got)
	}
	if chosen.find("#kind option[selected]").AttrOr("value", "") != "tip" || chosen.find("#naam").AttrOr("value", "") != "" {
		t.Error("the kind is lost, or the name is still there")
	}
	if v, err := s.Service.Responses(s.Context(), s.people[participant], e.ID, 1, ""); err != nil || v.Total != 0 {
		t.Errorf("looking up a name stored %d responses, %v", v.Total, err)
	}
	chosen.submit(respondForm, "do", "send").follow().follow().shows("Dag @Test " + colleague).hides(token)
	s.as(colleague).get(pathNotices).shows("Je bent genoemd in een reactie")
	// Who may not read it is not found, and neither is anybody by a partner.
	for who, name := range map[string]string{participant: outsider, partner: colleague} {
		s.as(who).get(entryPath(e.ID)).submit(respondForm, "naam", name, "do", "find").want(http.StatusOK).shows("Niemand gevonden")
	}
}

// A response has an address that leads to the page of threads it is on.
func TestLinkToResponse(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	var ids []string
	for i := range 21 {
		ids = append(ids, s.say(colleague, e, backpack.ResponseInput{Body: fmt.Sprintf("Reactie nummer %d.", i+1)}))
	}
	answer := s.say(participant, e, backpack.ResponseInput{Body: "Antwoord op de laatste.", Kind: rugzak.ResponseAnswer, To: ids[20]})
	c := s.as(manager)
	first := c.get(entryPath(e.ID)).want(http.StatusOK).shows("22 reacties").shows("Reactie nummer 20.").hides("Reactie nummer 21.")
	second := first.get(strings.SplitN(first.find(`.rz-responses nav a, .rz-responses a[rel=next]`).First().AttrOr("href", ""), "#", 2)[0]).want(http.StatusOK)
	second.shows("Reactie nummer 21.").shows("Antwoord op de laatste.").hides("Reactie nummer 20.")
	for id, page := range map[string]string{ids[0]: "", ids[20]: "?reacties=2", answer: "?reacties=2"} {
		to := c.get(responsePath(e.ID, id)).want(http.StatusSeeOther).Header.Get("Location")
		if want := entryPath(e.ID) + page + "#reactie-" + id; to != want {
			t.Errorf("the address leads to %s, want %s", to, want)
		}
		c.get(strings.SplitN(to, "#", 2)[0]).find("#reactie-" + id)
	}
	for _, number := range []string{"0", "-3", "99", "x"} { // is the nearest page
		c.get(entryPath(e.ID) + "?reacties=" + number).want(http.StatusOK).shows("22 reacties")
	}
	absent := c.get(responsePath(e.ID, string(newID()))).want(http.StatusNotFound).text("main")
	if hidden := s.as(outsider).get(responsePath(e.ID, ids[0])).want(http.StatusNotFound).text("main"); hidden != absent {
		t.Errorf("hidden says %q, absent %q", hidden, absent)
	}
}

// Withdrawn, a response is for its writer only, until they put it back; a
// reported one is hidden at once.
func TestWithdrawAndReportResponse(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal)
	id := s.say(colleague, e, backpack.ResponseInput{Body: "Kraanvogel."})
	writer, reader := s.as(colleague), s.as(manager)
	page := entryPath(e.ID)
	press := func(address string) *answer {
		t.Helper()
		return writer.get(page).submit(fmt.Sprintf(`form[action=%q]`, address)).follow().follow()
	}
	press(at(pathResponseWithdraw, string(e.ID), id)).shows("Kraanvogel.").shows("Alleen jij ziet hem nog")
	reader.get(page).hides("Kraanvogel.")
	reader.get(responsePath(e.ID, id)).want(http.StatusNotFound)
	press(at(pathResponsePutBack, string(e.ID), id)).shows("Je reactie staat er weer")
	reader.get(page).shows("Kraanvogel.")

	report := reader.get(at(pathResponseReport, string(e.ID), id)).want(http.StatusOK).shows("De reactie is meteen verborgen")
	report.submit(fmt.Sprintf(`form[action=%q]`, at(pathResponseReport, string(e.ID), id)), "reason", string(rugzak.ReasonStory)).follow().hides("Kraanvogel.")
	for who, reads := range map[string]bool{participant: false, manager: false, colleague: true, privacyperson: true} {
		if got := s.as(who).get(page).want(http.StatusOK); strings.Contains(got.Body, "Kraanvogel.") != reads {
			t.Errorf("%s reads a reported response: want %v", who, reads)
		}
	}
	writer.get(pathNotices).shows("Iemand meldde dat in jouw reactie")
	writer.get(page).submit(fmt.Sprintf(`form[action=%q]`, at(pathResponsePurge, string(e.ID), id))).follow().hides("Kraanvogel.")
}

// The form of a new question can begin with a question phase, and the notice of
// who thanks says so in words.
func TestAskFirstInTheForm(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	done := submitWith(c.get(pathAsk).want(http.StatusOK), "do", doShare, "answer_question", "Hoe houden we contact?",
		"question_ask_first", "yes", "audience", "internal").want(http.StatusSeeOther)
	e := s.stored(participant, done.Header.Get("Location"))
	if e.Question == nil || e.Question.AskUntil != rugzak.AddWorkingDays(e.SharedAt, rugzak.AskDays) {
		t.Fatalf("stored %+v", e.Question)
	}
	other := s.as(colleague)
	asks := other.get(entryPath(e.ID)).want(http.StatusOK).shows("nu alleen vragen")
	if kinds := asks.find("#kind option"); kinds.Length() != 1 || kinds.AttrOr("value", "") != "question" {
		t.Errorf("others can choose from %d kinds", kinds.Length())
	}
	edit := c.get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
	if edit.Doc.Find(`[name="question_ask_first"]`).Length() != 0 {
		t.Error("the form of what is shared offers to begin with a question phase")
	}
	submitWith(edit, "do", doSave, "title", "Hoe houden we goed contact?").want(http.StatusSeeOther)
	other.get(entryPath(e.ID)).shows("nu alleen vragen")
	c.get(entryPath(e.ID)).submit(fmt.Sprintf(`form[action=%q]`, at(pathAskPhase, string(e.ID))), "do", "end").follow()
	if kinds := other.get(entryPath(e.ID)).find("#kind option"); kinds.Length() != len(rugzak.ResponseKinds(false)) {
		t.Errorf("afterwards others can choose from %d kinds", kinds.Length())
	}
	for _, who := range []string{colleague, manager} {
		s.as(who).get(entryPath(e.ID)).submit(fmt.Sprintf(`form[action=%q]`, at(pathThank, string(e.ID)))).follow()
	}
	c.get(pathNotices).shows("Je krijgt een bedankje van Test " + manager + " en Test " + colleague)
}

// A response is text of somebody else on a page with buttons: nothing in it acts,
// fetches, hides or breaks out of its place, however it is written.
func TestHostileResponse(t *testing.T) {
	s := newSite(t)
	e := s.share(participant, "Een verhaal", "Tekst.", rugzak.LevelInternal, "welzijn")
	texts := []string{
		"<script>alert(1)</script><img src=x onerror=alert(1)><form action=/uitloggen method=post><button>Klik</button></form>",
		"[klik](javascript:alert(1)) [en](data:text/html,x) [hier](vbscript:x) <javascript:alert(1)>",
		"![spion](https://elders.example/spion.png) ![ook](//elders.example/x.gif)",
		"</div></article></main><h1>Overgenomen</h1><style>*{display:none}</style>",
		"# Reageer {#reageer}\n\n## Meegenomen\n\n<a id=\"reacties\"></a>",
		strings.Repeat("> ", 2000) + "diep",
		strings.Repeat("- ", 2000) + "diep",
		strings.Repeat("*[", 2000) + strings.Repeat("](", 1000),
		"@[person:\"><script>alert(1)</script>] en @[person:" + string(s.people[participant].ID) + "](javascript:alert(1))",
		"<details open><summary>x</summary><iframe src=https://elders.example></iframe></details><svg onload=alert(1)>",
	}
	plain := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
	count := func(a *answer, what string) int { return a.Doc.Find(what).Length() }
	for i, text := range texts {
		c := s.as(partner)
		c.post(at(pathResponses, string(e.ID)), "kind", "question", "body", text, "key", string(newID()), "do", "send", "reviewed", "yes")
		page := s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
		said := page.Doc.Find(".rz-response .rz-prose")
		for _, what := range []string{"script", "style", "img", "iframe", "form", "button", "svg", "object", "input", "[onerror]", "[onload]", "[style]", "[action]"} {
			if n := said.Find(what).Length(); n > 0 {
				t.Errorf("text %d puts %d %s in the page", i, n, what)
			}
		}
		said.Find("a").Each(func(_ int, a *goquery.Selection) {
			if href := a.AttrOr("href", ""); strings.Contains(href, ":") && !strings.HasPrefix(href, "https://") {
				t.Errorf("text %d leads to %q", i, href)
			}
		})
		for _, what := range []string{"main", "h1", "#reageer", "#reacties", "#meegenomen"} {
			if got := count(page, what); got != count(plain, what) {
				t.Errorf("text %d: %d of %s, was %d", i, got, what, count(plain, what))
			}
		}
		if len(page.Body) > len(plain.Body)+(i+1)*(200<<10) {
			t.Errorf("text %d makes a page of %d bytes", i, len(page.Body))
		}
	}
	if n := s.as(colleague).get(entryPath(e.ID)).Doc.Find(".rz-response").Length(); n < 4 {
		t.Errorf("only %d responses stand there: the test sees nothing", n)
	}
}
