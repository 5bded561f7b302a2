// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// theme makes one; also are the keys of partners who see it.
func (s *site) theme(title string, also ...string) rugzak.Theme {
	s.Helper()
	in := backpack.ThemeInput{Title: title, Summary: "Waar gaat het over?"}
	for _, key := range also {
		in.Also = append(in.Also, s.orgs[key].ID)
	}
	in.Confirmed = in.Also
	t, err := s.Service.SaveTheme(s.Context(), s.people[facilitator], "", 0, in)
	if err != nil {
		s.Fatal(err)
	}
	thread := backpack.ThreadInput{Sections: []rugzak.ThreadSection{{Prompt: rugzak.PromptSee, Text: "Het **lukt** vaker."}}}
	if _, err := s.Service.SaveThread(s.Context(), s.people[facilitator], t.ID, 0, thread); err != nil {
		s.Fatal(err)
	}
	t.Version++ // its thread was saved
	return t
}

func (s *site) inTheme(t rugzak.Theme, entries ...rugzak.Entry) {
	s.Helper()
	for _, e := range entries {
		if _, err := s.Service.AddToTheme(s.Context(), s.people[facilitator], e.ID, t.ID); err != nil {
			s.Fatal(err)
		}
	}
}

// caughtUp waits until the index has followed every change.
func (s *site) caughtUp() {
	s.Helper()
	head, _, err := s.Store.Head(s.Context())
	if err != nil {
		s.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		v, err := s.Service.Search(s.Context(), s.people[participant], backpack.Asked{WaitFor: head, Plain: true})
		if err == nil && !v.Behind {
			return
		}
	}
	s.Fatal("the index does not catch up")
}

// inEnglish lets somebody read the site in English.
func (s *site) inEnglish(who string) {
	s.Helper()
	if err := s.Service.SetLanguage(s.Context(), s.people[who], rugzak.English); err != nil {
		s.Fatal(err)
	}
}

// Members see every theme, a partner those shared with it; what is hidden
// answers as what is not there.
func TestWhoSeesAThemeOnItsPages(t *testing.T) {
	s := newSite(t)
	shared, hidden := s.theme("Samen met welzijn", "welzijn"), s.theme("Alleen van ons")
	absent := rugzak.Theme{ID: "bestaat-niet"}
	for _, who := range everybody() {
		c := s.as(who)
		if who == nobody {
			for _, path := range []string{pathThemes, themePath(shared.ID), themePath(absent.ID), pathThemeNew} {
				c.get(path).want(http.StatusSeeOther)
			}
			continue
		}
		sees := map[rugzak.ThemeID]bool{shared.ID: who != outsider, hidden.ID: s.people[who].IsMember()}
		list := c.get(pathThemes).want(http.StatusOK)
		missing := c.get(themePath(absent.ID)).want(http.StatusNotFound)
		for _, theme := range []rugzak.Theme{shared, hidden} {
			if sees[theme.ID] {
				list.shows(theme.Title).shows("Waar gaat het over?")
				c.get(themePath(theme.ID)).want(http.StatusOK).shows("Het lukt vaker.").find("div.rz-prose strong")
				continue
			}
			list.hides(theme.Title)
			got := c.get(themePath(theme.ID)).want(http.StatusNotFound).hides(theme.Title)
			if got.text("main") != missing.text("main") {
				t.Errorf("%s: a hidden theme and an absent one differ", who)
			}
		}
		if who == outsider {
			list.shows("zodra iemand het met jouw organisatie deelt")
		}
		if curates := who == facilitator || who == coreteam; curates != (list.Doc.Find(`a[href="`+pathThemeNew+`"]`).Length() > 0) {
			t.Errorf("%s: button for a new theme: %v", who, !curates)
		}
	}
	s.inEnglish(participant)
	s.as(participant).get(pathThemes).want(http.StatusOK).shows("Themes")
	s.as(participant).get(themePath(shared.ID)).want(http.StatusOK).shows("The common thread").shows("About this theme")
}

// A page of a theme counts and shows what this reader may read, pins included.
func TestEntriesOfAThemeFollowTheReader(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal", "welzijn")
	all := s.share(participant, "Voor iedereen", "Tekst", rugzak.LevelInternal)
	both := s.share(participant, "Ook voor welzijn", "Tekst", rugzak.LevelInternal, "welzijn")
	s.inTheme(theme, all, both)
	if err := s.Service.PinInTheme(s.Context(), s.people[facilitator], all.ID, theme.ID, true); err != nil {
		t.Fatal(err)
	}
	s.caughtUp()
	page := s.as(colleague).get(themePath(theme.ID)).want(http.StatusOK).shows("2 bijdragen").shows("Voor iedereen").shows("Ook voor welzijn")
	if got := page.text("section[aria-labelledby=begin] h3"); got != "Voor iedereen" {
		t.Errorf("begin hier holds %q", got)
	}
	s.as(partner).get(themePath(theme.ID)).want(http.StatusOK).shows("1 bijdrage").shows("Ook voor welzijn").
		hides("Voor iedereen").hides(string(all.ID)).hides("Begin hier")
	s.as(partner).get(pathThemes).want(http.StatusOK).shows("1 bijdrage")
	s.as(partner).get(themePath(theme.ID)).hides("Test facilitator").hides("Bijdrage toevoegen")
}

// A curator finds an entry, adds it, pins it, and takes it out again.
func TestCuratingATheme(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Wachttijd")
	e := s.share(participant, "Bellen in de wachttijd", "Wij belden elke week.", rugzak.LevelInternal)
	other := s.share(participant, "Iets anders", "Over formulieren.", rugzak.LevelInternal)
	hidden := s.share(colleague, "Alleen voor Jeugd", "Wij belden ook.", rugzak.LevelOrganisation)
	s.caughtUp()
	c := s.as(facilitator)

	page := c.get(themePath(theme.ID)).want(http.StatusOK).shows("Hier staat nog niets dat jij mag lezen")
	found := page.submit("form.rz-search", "q", "wachttijden").want(http.StatusOK).shows("Bellen in de wachttijd").
		hides("Iets anders").hides(hidden.Title)
	added := found.submit(`form:has(input[name=entry][value="` + string(e.ID) + `"])`).follow().want(http.StatusOK)
	if added.text("[role=status]") == "" || added.Doc.Find("article").Length() != 0 {
		t.Errorf("after adding, the search shows it again: %s", added.text("main"))
	}
	added.get(themePath(theme.ID)).want(http.StatusOK).shows("Bellen in de wachttijd")

	page = c.get(themePath(theme.ID)).submit(`form:has([name=entry]#entry)`, "entry", s.URL+entryPath(other.ID)+"?x=1#kop").follow().want(http.StatusOK).shows("Iets anders")
	page = page.submit(`form[action$="/vastzetten"]:has([value="` + string(e.ID) + `"])`).follow().want(http.StatusOK)
	if got := page.text("section[aria-labelledby=begin] h3"); got != e.Title {
		t.Errorf("begin hier holds %q", got)
	}
	page = page.submit(`form[action$="/losmaken"]`).follow().want(http.StatusOK).hides("Begin hier</h2>")
	page = page.submit(`form[action$="/verwijderen"]:has([value="` + string(e.ID) + `"])`).follow().want(http.StatusOK)
	if page.Doc.Find(`article a[href="`+entryPath(e.ID)+`"]`).Length() > 0 {
		t.Error("the entry is still in the theme")
	}

	for _, wrong := range []string{"", "onzin", entryPath("bestaatniet"), string(newID()), entryPath(hidden.ID)} {
		got := page.submit(`form:has([name=entry]#entry)`, "entry", wrong).want(http.StatusUnprocessableEntity).shows("Onder deze link is geen bijdrage")
		if v := got.find("#entry").AttrOr("value", ""); v != wrong {
			t.Errorf("typed %q, kept %q", wrong, v)
		}
	}
	c.post(at(pathThemeAdd, "bestaat-niet"), "entry", string(e.ID)).want(http.StatusNotFound)
	c.post(at(pathThemePins, string(theme.ID)), "entry", string(hidden.ID)).want(http.StatusNotFound)
	c.post(at(pathThemePins, string(theme.ID)), "entry", "onzin").want(http.StatusNotFound)
	c.post(at(pathThemeRemove, string(theme.ID)), "entry", "").want(http.StatusNotFound)
}

// Only curators change themes; the others are told who can, and nothing changes.
func TestOthersDoNotCurate(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal", "welzijn")
	e := s.share(participant, "Een bijdrage", "Tekst", rugzak.LevelInternal, "welzijn")
	for _, who := range []string{participant, manager, administrator, partner, outsider} {
		c := s.as(who)
		for _, path := range []string{pathThemeAdd, pathThemeRemove, pathThemePins, pathThemeUnpin, pathThemeEdit} {
			c.post(at(path, string(theme.ID)), "entry", string(e.ID), "title", "Anders").want(http.StatusForbidden).shows("facilitator")
		}
		for _, path := range []string{pathThemeNew, at(pathThemeEdit, string(theme.ID)), at(pathThemeAdd, string(theme.ID))} {
			c.get(path).want(http.StatusForbidden).shows("facilitator")
		}
		c.post(pathThemeNew, "title", "Van mij").want(http.StatusForbidden)
	}
	v, err := s.Service.Theme(t.Context(), s.people[facilitator], theme.ID, "")
	if err != nil || v.Theme.Version != theme.Version || len(v.Entries) != 0 {
		t.Errorf("the theme changed: %+v, %v", v.Theme, err)
	}
}

func TestPinsAndClosedThemesHaveBounds(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Vol")
	for i := range rugzak.MaxPins + 1 {
		e := s.share(participant, fmt.Sprintf("Bijdrage %d", i), "Tekst", rugzak.LevelInternal)
		s.inTheme(theme, e)
		got := s.as(facilitator).post(at(pathThemePins, string(theme.ID)), "entry", string(e.ID))
		if i < rugzak.MaxPins {
			got.want(http.StatusSeeOther)
		} else {
			got.want(http.StatusForbidden).shows("hooguit 3")
		}
	}
	form := s.as(facilitator).get(at(pathThemeEdit, string(theme.ID))).want(http.StatusOK)
	form.submit("form.rz-panel", "closed", "yes").follow().want(http.StatusOK).shows("Afgesloten").hides("Bijdrage toevoegen")
	e := s.share(participant, "Te laat", "Tekst", rugzak.LevelInternal)
	s.as(facilitator).post(at(pathThemeAdd, string(theme.ID)), "entry", string(e.ID)).want(http.StatusForbidden).shows("afgesloten")
	list := s.as(participant).get(pathThemes).want(http.StatusOK)
	if list.text("section[aria-labelledby=afgesloten] li span:first-child") != "Vol" {
		t.Errorf("the closed theme is not under its heading: %s", list.text("main"))
	}
}

// A long list comes in pages; nothing is left out or shown twice.
func TestPagesOfATheme(t *testing.T) {
	s := newSite(t)
	theme := s.theme("Lang")
	want := map[string]bool{}
	for i := range 45 {
		e := s.share(participant, fmt.Sprintf("Bijdrage %d", i), "Tekst", rugzak.LevelInternal)
		s.inTheme(theme, e)
		want[entryPath(e.ID)] = true
	}
	c, seen := s.as(colleague), []string{}
	page, pages := c.get(themePath(theme.ID)).want(http.StatusOK), 1
	for {
		for _, a := range page.find("article h3 a").EachIter() {
			seen = append(seen, a.AttrOr("href", ""))
		}
		next := page.Doc.Find("a[rel=next]").AttrOr("href", "")
		if next == "" {
			break
		}
		page = c.get(next).want(http.StatusOK).shows("Meer bijdragen").hides("De rode draad")
		pages++
	}
	slices.Sort(seen)
	if len(seen) != len(want) || len(slices.Compact(seen)) != len(want) || pages != 3 {
		t.Errorf("%d entries on %d pages, want %d on 3", len(seen), pages, len(want))
	}
	c.get(themePath(theme.ID) + "?na=onzin").want(http.StatusOK).shows("De rode draad") // the first page
}

// The form of a theme keeps what was typed and says what is wrong where.
func TestThemeForm(t *testing.T) {
	s := newSite(t)
	c := s.as(facilitator)
	form := c.get(pathThemeNew).want(http.StatusOK).shows("de samenvatting en de rode draad")
	got := form.submit("form.rz-panel", "title", "  ", "summary", "Eén  twee", "synonyms", "bal\r\nbal\r\n\r\nwie belt", "audience", string(s.orgs["welzijn"].ID)).
		want(http.StatusUnprocessableEntity).shows("Vul dit in")
	if got.find("#summary").AttrOr("value", "") != "Eén  twee" || got.find("#audience").Is(":not([checked])") {
		t.Errorf("typed text was lost: %s", got.text("main"))
	}
	ask := got.submit("form.rz-panel", "title", "Nieuw").want(http.StatusOK).shows("Stichting Welzijn").shows("Zou de inwoner zichzelf herkennen?")
	s.as(partner).get(pathThemes).want(http.StatusOK).hides("Nieuw")
	back := ask.submit("main form", "do", "back").want(http.StatusOK)
	if back.find("#summary").AttrOr("value", "") != "Eén  twee" || back.find("#audience").Is(":not([checked])") {
		t.Errorf("going back lost what was typed: %s", back.text("main"))
	}
	saved := ask.submit("main form", "do", "save").follow().want(http.StatusOK).shows("Het thema is bewaard").
		shows("Eén").shows("bal en wie belt").shows("Stichting Welzijn").shows("Test facilitator")
	if strings.HasSuffix(saved.Path, "/nieuw") {
		t.Errorf("the theme got the address of the form: %s", saved.Path)
	}
	s.as(partner).get(saved.Path).want(http.StatusOK).shows("Eén").hides("Test facilitator")
	s.as(outsider).get(saved.Path).want(http.StatusNotFound)

	edit := c.get(saved.Path + "/bewerken").want(http.StatusOK)
	if !edit.find(`input[name=audience][value="` + string(s.orgs["welzijn"].ID) + `"]`).Is("[checked]") {
		t.Error("the partner who sees it is not ticked")
	}
	edit.submit("form.rz-panel", "audience", string(s.orgs["wmo"].ID)).want(http.StatusUnprocessableEntity)
}

func TestPreviewOfTheThreadSavesNothing(t *testing.T) {
	s := newSite(t)
	c, theme := s.as(facilitator), s.theme("De bal")
	edit := c.get(at(pathThread, string(theme.ID))).want(http.StatusOK)
	got := edit.submit("form.rz-thread-form", "see", "Dit is **nieuw** <script>alert(1)</script>", "do", "preview").want(http.StatusOK)
	if got.text("section[aria-labelledby=voorbeeld] strong") != "nieuw" || got.Doc.Find("section[aria-labelledby=voorbeeld] script").Length() > 0 {
		t.Errorf("the preview shows %q", got.text("section[aria-labelledby=voorbeeld]"))
	}
	if !strings.Contains(got.text("#see"), "**nieuw**") {
		t.Error("the text was lost")
	}
	c.get(themePath(theme.ID)).shows("Het lukt vaker.").hides("nieuw</strong>")
	edit.submit("form.rz-thread-form", "see", strings.Repeat("> ", 5000), "do", "preview").want(http.StatusUnprocessableEntity)
	edit.submit("form.rz-thread-form", "see", strings.Repeat("x", rugzak.MaxThread+1)).want(http.StatusUnprocessableEntity).shows("te lang")
}

// A number that may be a BSN is refused, can be declared to be none, and not
// beside the word.
func TestThemeAndPersonalNumbers(t *testing.T) {
	const number = "123456782"
	s := newSite(t)
	c := s.as(facilitator)
	form := c.get(at(pathThread, string(s.theme("Cijfers").ID)))
	got := form.submit("form.rz-thread-form", "works", "Regel een\n\nZaak "+number+" loopt.").
		want(http.StatusUnprocessableEntity).shows("Op regel 3")
	if got.text("mark") != number || got.find("[name=not_bsn]").AttrOr("value", "") != number {
		t.Errorf("the finding shows %q", got.text("mark"))
	}
	saved := got.submit("form.rz-thread-form", "not_bsn", number).follow().want(http.StatusOK).shows(number)
	edit := c.get(saved.Path + "/rode-draad").want(http.StatusOK)
	if !edit.find("[name=not_bsn]").Is("[checked]") {
		t.Error("the declaration is forgotten")
	}
	edit.submit("form.rz-thread-form", "ask", "Nog steeds").follow().want(http.StatusOK).shows("Nog steeds")
	named := edit.get(saved.Path+"/rode-draad").submit("form.rz-thread-form", "works", "BSN "+number).want(http.StatusUnprocessableEntity)
	if named.Doc.Find("[name=not_bsn]").Length() > 0 {
		t.Error("beside the word BSN it can be declared")
	}
	if strings.Contains(s.Book.String(), number) {
		t.Error("the number is in the log")
	}
}

// Who saves second sees both texts and decides.
func TestTwoCuratorsAtOnce(t *testing.T) {
	s := newSite(t)
	theme := s.theme("De bal")
	first, second := s.as(facilitator).get(at(pathThemeEdit, string(theme.ID))), s.as(coreteam).get(at(pathThemeEdit, string(theme.ID)))
	first.submit("form.rz-panel", "summary", "Tekst van de eerste").want(http.StatusSeeOther)
	both := second.submit("form.rz-panel", "summary", "Tekst van de tweede", "title", "Andere titel").want(http.StatusConflict).
		shows("Iemand anders bewaarde dit thema").shows("Tekst van de eerste")
	if both.find("#summary").AttrOr("value", "") != "Tekst van de tweede" || both.find("#title").AttrOr("value", "") != "Andere titel" {
		t.Errorf("the second text was lost: %s", both.text("main"))
	}
	s.as(participant).get(themePath(theme.ID)).shows("Tekst van de eerste")
	both.submit("form.rz-panel:has(#summary)").follow().want(http.StatusOK).shows("Tekst van de tweede").shows("Andere titel")
}

func TestEntryInLink(t *testing.T) {
	id := rugzak.NewID(testTime)
	for _, typed := range []string{id, " " + id + "\t", "/ervaringen/" + id, "https://rugzak.example/ervaringen/" + id, "https://rugzak.example/ervaringen/" + id + "/versies?x=1#y"} {
		if got, ok := entryIDIn(typed); !ok || string(got) != id {
			t.Errorf("%q gives %q", typed, got)
		}
	}
	for _, typed := range []string{"", "x", "/ervaringen/", "/themas/" + id, id + id, strings.ToUpper(id) + "!"} {
		if got, ok := entryIDIn(typed); ok {
			t.Errorf("%q gives %q", typed, got)
		}
	}
}
