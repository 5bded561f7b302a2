// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// autosaved sends what the script of a form sends.
func autosaved(t *testing.T, page *answer, values url.Values) (int, draftAnswer) {
	t.Helper()
	got := page.send(http.MethodPost, at(pathEntryDraft, values.Get("id")), values)
	var told draftAnswer
	if err := json.Unmarshal([]byte(got.Body), &told); err != nil {
		t.Fatalf("%d: %v\n%s", got.Status, err, got.Body)
	}
	return got.Status, told
}

// Both forms save while somebody types; the button afterwards goes on from
// there.
func TestAutosave(t *testing.T) {
	s := newSite(t)
	for path, field := range map[string]string{pathShare: "answer_happened", pathEntryNew + "?soort=success": "body"} {
		page := s.as(participant).get(path)
		if got := page.find("rz-draft").AttrOr("data-url", ""); got != at(pathEntryDraft, formValues(page.find(theForm)).Get("id")) {
			t.Errorf("%s: the script saves at %q", path, got)
		}
		values := formValues(page.find(theForm))
		values.Set(field, "Begin")
		status, told := autosaved(t, page, values)
		if status != http.StatusOK || told.Version != 1 || !strings.HasPrefix(told.Message, "Bewaard om ") || told.SavedAt == "" {
			t.Fatalf("%s: %d %+v", path, status, told)
		}
		// The answer got lost: the same form comes again, with the old base.
		if status, told = autosaved(t, page, values); status != http.StatusOK {
			t.Fatalf("%s: a repeat gives %d %+v", path, status, told)
		}
		values.Set("base", "1")
		values.Set(field, "Begin en meer")
		if version := told.Version; version > 1 {
			values.Set("base", "2")
		}
		status, told = autosaved(t, page, values)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %+v", path, status, told)
		}
		// Again with the base of before: what is stored is what is typed.
		if status, again := autosaved(t, page, values); status != http.StatusOK || again.Version != told.Version {
			t.Errorf("%s: a lost answer gives %d %+v", path, status, again)
		}
		values = maps.Clone(values)
		values["base"] = []string{"9"}
		values.Set(field, "Van een ander scherm")
		if status, told := autosaved(t, page, values); status != http.StatusConflict || !strings.Contains(told.Message, "op een andere plek gewijzigd") {
			t.Errorf("%s: a stale form gives %d %+v", path, status, told)
		}
		id := rugzak.EntryID(values.Get("id"))
		if e := s.stored(participant, string(id)); !strings.Contains(e.Body, "Begin en meer") || strings.Contains(e.Body, "ander scherm") {
			t.Errorf("%s: stored %q", path, e.Body)
		}
		// The button, from the newest version.
		e := s.stored(participant, string(id))
		form := formValues(page.find(theForm))
		form.Set("base", "0")
		form.Set(field, "Klaar")
		form.Set("title", "Klaar")
		form.Set("do", doShare)
		done := page.send(http.MethodPost, page.find(theForm).AttrOr("action", ""), form).want(http.StatusSeeOther)
		if shared := s.stored(participant, done.Header.Get("Location")); shared.ID != e.ID || shared.State != rugzak.StateShared {
			t.Errorf("%s: shared %+v", path, shared)
		}
	}
}

func TestAutosaveRefused(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	values := formValues(page.find(theForm))
	values.Set("title", strings.Repeat("x", 300))
	if status, told := autosaved(t, page, values); status != http.StatusUnprocessableEntity || told.Errors[0].Field != "title" || told.Message != told.Errors[0].Text {
		t.Errorf("%d %+v", status, told)
	}
	values.Set("id", "geen id")
	if status, _ := autosaved(t, page, values); status != http.StatusBadRequest {
		t.Errorf("%d for an id that is none", status)
	}
	other := s.share(colleague, "Van een ander", "Tekst", rugzak.LevelInternal)
	narrow := s.share(outsider, "Verborgen", "Tekst", rugzak.LevelOrganisation)
	for id, want := range map[rugzak.EntryID]int{other.ID: http.StatusForbidden, narrow.ID: http.StatusNotFound} {
		values.Set("id", string(id))
		values.Set("title", "Van mij")
		if status, _ := autosaved(t, page, values); status != want {
			t.Errorf("%d for %s", status, id)
		}
	}
	s.as(nobody).send(http.MethodPost, at(pathEntryDraft, string(newID())), values).want(http.StatusSeeOther)
	if n := draftsOf(s, participant); n != 0 {
		t.Errorf("%d drafts", n)
	}
}

// A theme that was ticked, saved and unticked again is gone.
func TestUntickedThemeOfDraft(t *testing.T) {
	s := newSite(t)
	theme := s.newTheme("Een thema")
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	values := formValues(page.find(theForm))
	values.Set("themes", string(theme))
	_, told := autosaved(t, page, values)
	if e := s.stored(participant, values.Get("id")); len(e.Themes) != 1 {
		t.Fatalf("themes %v", e.Themes)
	}
	values.Del("themes")
	values.Set("base", "1")
	if status, again := autosaved(t, page, values); status != http.StatusOK || again.Version <= told.Version {
		t.Fatalf("%d %+v", status, again)
	}
	if e := s.stored(participant, values.Get("id")); len(e.Themes) != 0 {
		t.Errorf("themes %v", e.Themes)
	}
}

// newTheme makes a theme that members see.
func (s *site) newTheme(title string) rugzak.ThemeID {
	s.Helper()
	theme, err := s.Service.SaveTheme(s.Context(), s.people[facilitator], "", 0, backpack.ThemeInput{Title: title})
	if err != nil {
		s.Fatal(err)
	}
	return theme.ID
}

func TestDeleteAndWithdraw(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	draft := submitWith(c.get(pathShare), "do", doDraft, "answer_happened", "Weg ermee").Header.Get("Location")
	c.get(draft + "/intrekken").want(http.StatusConflict)
	asked := c.get(draft + "/verwijderen").want(http.StatusOK).shows("Dit concept gaat voorgoed weg.").shows("Weg ermee")
	c.get(draft).want(http.StatusOK) // asking changes nothing
	asked.submit(`form[action$="/verwijderen"]`).follow().want(http.StatusOK).shows("Het concept is verwijderd.")
	c.get(draft).want(http.StatusNotFound)

	e := s.share(participant, "Te vroeg", "Tekst", rugzak.LevelInternal)
	c.get(at(pathEntryDelete, string(e.ID))).want(http.StatusForbidden).shows("Alleen een concept kun je verwijderen.")
	c.post(at(pathEntryDelete, string(e.ID))).want(http.StatusForbidden)
	gone := c.get(at(pathEntryWithdraw, string(e.ID))).want(http.StatusOK).submit(`form[action$="/intrekken"]`).follow().want(http.StatusOK).shows("Ingetrokken.")
	s.as(colleague).get(entryPath(e.ID)).want(http.StatusNotFound)
	c.post(at(pathEntryWithdraw, string(e.ID))).want(http.StatusSeeOther) // pressed twice
	gone.submit(`form[action$="/terugzetten"]`).follow().want(http.StatusOK).shows("Teruggezet.")
	s.as(colleague).get(entryPath(e.ID)).want(http.StatusOK)
}

// A form that was sent without a word comes back without becoming a draft; with
// a word in it the script keeps it.
func TestEmptyFormMakesNoDraft(t *testing.T) {
	s := newSite(t)
	unsaved := func(a *answer) bool {
		_, is := a.want(http.StatusUnprocessableEntity).find(theForm).Attr("data-unsaved")
		return is
	}
	me := s.as(participant)
	full := pathEntryNew + "?soort=success"
	for _, empty := range []*answer{
		me.get(pathShare).submit(theForm, "do", "share"), me.get(pathAsk).submit(theForm, "do", "share"), me.get(full).submit(theForm, "do", "share"),
	} {
		if unsaved(empty) {
			t.Errorf("%s: nothing was typed, and the script would keep it", empty.Path)
		}
	}
	for _, typed := range []*answer{
		me.get(pathShare).submit(theForm, "title", "Een titel", "do", "share"), me.get(pathAsk).submit(theForm, "question_hoped_gain", "Rust", "do", "share"),
		me.get(full).submit(theForm, "body", "## Een eigen kop", "do", "share"), me.get(full).submit(theForm, "tags", "wachttijd", "do", "share"),
	} {
		if !unsaved(typed) {
			t.Errorf("%s: the script would not keep what was typed", typed.Path)
		}
	}
}
