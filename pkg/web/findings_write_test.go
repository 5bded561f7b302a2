// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// What was found stands beside its field with a reason and a suggestion; the
// writer ticks once to have looked, in both forms.
func TestFindingsAreLookedAtOnce(t *testing.T) {
	s := newSite(t)
	for path, x := range map[string]struct{ field, more string }{
		pathShare: {"answer_happened", "title"}, pathEntryNew + "?soort=insight": {"body", "title"},
	} {
		form := s.as(participant).get(path)
		text := "Wij spraken elkaar.\n\nDit ging over mevrouw Jansen, 06-12345678."
		asked := submitWith(form, "do", doShare, x.field, text, x.more, "Samen bellen").want(http.StatusUnprocessableEntity)
		asked.find(`.rz-error-summary a[href="#reviewed"]`)
		beside := asked.text(`[data-findings="` + x.field + `"]`)
		for _, want := range []string{"Regel 3:", "Schrijf bijvoorbeeld ‘een inwoner’.", "Dit lijkt een telefoonnummer.", "Delen met een andere organisatie kan pas als dit weg is."} {
			if !strings.Contains(beside, want) {
				t.Errorf("%s: beside the field stands %q, without %q", path, beside, want)
			}
		}
		if got := asked.find(`[data-findings="` + x.field + `"] mark`).Length(); got != 2 {
			t.Errorf("%s: %d marks", path, got)
		}
		if got := formValues(asked.find(theForm)).Get(x.field); rugzak.Newlines(got) != text {
			t.Errorf("%s: the text is %q now", path, got)
		}
		// Something else is wrong too: what was ticked stays ticked.
		wrong := submitWith(asked, "do", doShare, "reviewed", "yes", "title", strings.Repeat("x", rugzak.MaxTitle+1)).want(http.StatusUnprocessableEntity)
		if _, ticked := wrong.find("#reviewed").Attr("checked"); !ticked {
			t.Errorf("%s: the box is empty again", path)
		}
		submitWith(wrong, "do", doShare, "title", "Samen bellen").want(http.StatusSeeOther)
		// A draft is not asked.
		submitWith(s.as(participant).get(path), "do", doDraft, x.field, text, x.more, "Samen bellen").want(http.StatusSeeOther)
	}
}

// A partner in the audience: refused by line and class, until it is gone.
func TestFindingsForPartners(t *testing.T) {
	s := newSite(t)
	welzijn := string(s.orgs["welzijn"].ID)
	form := s.as(participant).get(pathShare)
	bad := submitWith(form, "do", doShare, "answer_happened", "Een\n\nBel 06-12345678", "also", welzijn).want(http.StatusUnprocessableEntity)
	bad.shows("Op regel 3 staat een telefoonnummer. Haal het weg: dit mag niet naar een andere organisatie.")
	submitWith(bad, "do", doShare, "answer_happened", "Een\n\nBel ons").want(http.StatusOK).shows("Delen met Stichting Welzijn?")
	// Later: another audience for a text with a number in it.
	asked := submitWith(s.as(participant).get(pathShare), "do", doShare, "answer_happened", "Bel 06-12345678").want(http.StatusUnprocessableEntity)
	done := submitWith(asked, "do", doShare, "reviewed", "yes").want(http.StatusSeeOther)
	e := s.stored(participant, done.Header.Get("Location"))
	page := s.as(participant).get(at(pathEntryAudience, string(e.ID)))
	page.submit("main form", "do", doSave, "also", welzijn).want(http.StatusUnprocessableEntity).shows("Haal die eerst weg.")
}

// While somebody types the server looks, answers with the same HTML as the
// page has, stores nothing and logs nothing of the text.
func TestCheckWhileWriting(t *testing.T) {
	s := newSite(t)
	for path, field := range map[string]string{pathShare: "answer_learned", pathEntryNew + "?soort=experience": "body"} {
		before := draftsOf(s, participant)
		page := s.as(participant).get(path)
		if page.find("rz-check").AttrOr("data-url", "") != pathEntryCheck {
			t.Errorf("%s: no check", path)
		}
		values := formValues(page.find(theForm))
		values.Set(field, "Geheimwoord van mevrouw Jansen, 06-12345678, "+oneBSN)
		got := page.send(http.MethodPost, pathEntryCheck, values).want(http.StatusOK)
		var told checkAnswer
		if err := json.Unmarshal([]byte(got.Body), &told); err != nil {
			t.Fatal(err)
		}
		html := told.Found[field]
		if strings.Count(html, "<mark>") != 3 || !strings.Contains(told.Review, `name="reviewed"`) || told.Message == "" {
			t.Errorf("%s: %+v", path, told)
		}
		if !strings.Contains(html, `name="not_bsn"`) || strings.Contains(html, "<script") {
			t.Errorf("%s: %s", path, html)
		}
		values.Set(field, "<script>alert(1)</script> mevrouw <b>Jansen</b>")
		if got := page.send(http.MethodPost, pathEntryCheck, values).want(http.StatusOK); strings.Contains(got.Body, `<script>`) || strings.Contains(got.Body, "<b>Jansen") {
			t.Errorf("%s: %s", path, got.Body)
		}
		values.Set(field, "Wij spraken elkaar.")
		told = checkAnswer{}
		if err := json.Unmarshal([]byte(page.send(http.MethodPost, pathEntryCheck, values).Body), &told); err != nil || len(told.Found) > 0 || told.Message != "" {
			t.Errorf("%s: nothing to find, told %+v, %v", path, told, err)
		}
		if n := draftsOf(s, participant); n != before {
			t.Errorf("%s: %d drafts, want %d", path, n, before)
		}
	}
	for _, word := range []string{"Geheimwoord", "Jansen", oneBSN, "12345678"} {
		if strings.Contains(s.Book.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}

// "This is not right" sends the sort, not the text, and is counted once per
// form; the page for administrators and the privacy officer shows it.
func TestFalseAlarm(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	bad := submitWith(c.get(pathShare), "do", doShare, "answer_happened", "Code 12-BD-GH van kamer").want(http.StatusUnprocessableEntity)
	button := bad.find(`[data-findings="answer_happened"] button[form="klopt-niet"]`)
	if button.AttrOr("value", "") != "plate.short" {
		t.Errorf("the button sends %q", button.AttrOr("value", ""))
	}
	values := formValues(bad.find("#klopt-niet"))
	if len(values) != 1 || values.Get("form") == "" {
		t.Errorf("the form sends %v", values)
	}
	values.Set("finding", "plate.short")
	for range 2 {
		c.send(http.MethodPost, pathFalseAlarm, values).want(http.StatusSeeOther).follow().shows("We tellen dit mee, zonder je tekst.")
	}
	for _, odd := range []string{"", "plate", "plate.reusachtig", "12-BD-GH.short"} {
		values.Set("finding", odd)
		c.send(http.MethodPost, pathFalseAlarm, values).want(http.StatusBadRequest)
	}
	for _, who := range []string{administrator, privacyperson} {
		got := s.as(who).get(pathAdminPrivacy).want(http.StatusOK).shows("Nederlands, kort: 1")
		if form := got.Doc.Find(`form[action="` + pathAdminPrivacy + `"]`).Length(); (form == 1) != (who == administrator) {
			t.Errorf("%s has %d forms for the settings", who, form)
		}
	}
	s.as(participant).get(pathAdminPrivacy).want(http.StatusForbidden)
}

// The administrator sets what is the organisation's own.
func TestPrivacySettings(t *testing.T) {
	s := newSite(t)
	page := s.as(administrator).get(pathAdminPrivacy).want(http.StatusOK)
	settings := `form[action="` + pathAdminPrivacy + `"]`
	bad := page.submit(settings, "known_domains", "gemeente.test\nniet goed", "case_patterns", "(").want(http.StatusUnprocessableEntity)
	bad.find(`.rz-error-summary a[href="#known_domains"]`)
	bad.find(`.rz-error-summary a[href="#case_patterns"]`)
	if got := formValues(bad.find(settings)).Get("case_patterns"); got != "(" {
		t.Errorf("what was typed is %q now", got)
	}
	page.submit(settings, "known_domains", "gemeente.test", "case_patterns", `ZK\d{4}`).want(http.StatusSeeOther).follow().shows("De instellingen zijn bewaard.")
	page.submit(settings, "known_domains", "ander.test", "case_patterns", "").want(http.StatusConflict)
	form := s.as(participant).get(pathShare)
	submitWith(form, "do", doShare, "answer_happened", "Mail team@gemeente.test").want(http.StatusSeeOther)
	submitWith(s.as(participant).get(pathShare), "do", doShare, "answer_happened", "Zie ZK1234").want(http.StatusUnprocessableEntity).shows("Dit lijkt het nummer van een zaak of een cliënt.")
}

// A number that may be a BSN is not searched with, not repeated and not logged.
func TestSearchWithNumber(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{pathSearch, pathQuestions, pathMethods} {
		for _, query := range []string{oneBSN, "111.222.333", "bsn 111 222 333"} {
			got := s.as(participant).get(path + "?q=" + url.QueryEscape(query)).want(http.StatusOK)
			got.shows("Daar zoeken we niet mee")
			if main, err := got.find("main").Html(); err != nil || strings.Contains(main, query) || got.find("main #q").AttrOr("value", "") != "" {
				t.Errorf("%s repeats %q", path, query)
			}
			for _, cookie := range got.Header.Values("Set-Cookie") {
				if strings.Contains(cookie, "111") {
					t.Errorf("%s: %s", path, cookie)
				}
			}
		}
		s.as(participant).get(path + "?q=123456789").want(http.StatusOK).hides("Daar zoeken we niet mee")
	}
	for _, form := range []string{oneBSN, "111.222.333", "111+222+333", "111%20222"} {
		if strings.Contains(s.Book.String(), form) {
			t.Errorf("the log holds %q", form)
		}
	}
}
