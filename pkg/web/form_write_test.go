// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// theForm is the form of every page on which people write.
const theForm = "form#schrijven"

// stored is an entry as the store has it, asked by its author.
func (s *site) stored(who, path string) rugzak.Entry {
	s.Helper()
	id, ok := entryIDIn(path)
	if !ok {
		s.Fatalf("%q is no address of an entry", path)
	}
	v, err := s.Service.Read(s.Context(), s.people[who], id)
	if err != nil {
		s.Fatal(err)
	}
	return v.Entry
}

// The full form of every kind, filled in as its writer would, gives the entry
// that was meant.
func TestPostEveryKind(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "Bel voor je mailt", "Een les.", rugzak.LevelInternal)
	more := map[rugzak.Kind][]string{
		rugzak.KindApplication: {"application_lesson", s.URL + entryPath(lesson.ID), "application_outcome", "partly"},
		rugzak.KindQuestion: {
			"question_size", "joint", "question_state", "exploring", "question_ball_with", string(s.orgs["jeugd"].ID),
			"question_since", "2026-09-14", "question_next_step", "Samen bellen", "question_when", "2026-09-21",
			"question_hoped_gain", "Minder wachten", "question_gain", "Nog niets",
		},
		rugzak.KindMethod: {
			"method_goal", "look-back", "method_minutes", "15", "method_minutes_max", "20", "method_group", "3", "method_group_max", "12",
			"method_guidance", "light", "method_trust", "medium", "method_preparation", "Geen", "method_materials", "Papier",
			"method_place", "Kring", "method_steps", "5 min. Wat was de bedoeling?\r\n10 Wat gebeurde er?\r\n\r\nAfronden",
		},
	}
	for _, kind := range rugzak.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			page := s.as(participant).get(pathEntryNew + "?soort=" + string(kind)).want(http.StatusOK)
			body := page.find("#body").Text()
			for _, prompt := range kind.Prompts() {
				heading := s.Catalogue.Printer("nl").T(prompt.Key())
				if !strings.Contains(body, "## "+heading+"\n") {
					t.Errorf("the text does not begin with the heading %q", heading)
				}
				page.shows(s.Catalogue.Printer("nl").T(prompt.HintKey()))
			}
			fields := append([]string{
				"do", doShare, "title", "  Titel  van de bijdrage ", "lesson", "Eerst bellen", "body", "## Kop\r\n\r\nTekst  \r\nmet regels",
				"lang", "en", "audience", "internal", "author_mode", "name", "tags", "wachttijd, bellen,, wachttijd",
				"month", "2026-03", "review_by", "2027-03", "phase", "verkennen",
			}, more[kind]...)
			done := submitWith(page, fields...).want(http.StatusSeeOther)
			e := s.stored(participant, done.Header.Get("Location"))
			if e.Kind != kind || e.State != rugzak.StateShared || e.Title != "Titel van de bijdrage" || e.Body != "## Kop\n\nTekst  \nmet regels" ||
				e.Lesson != "Eerst bellen" || e.Lang != rugzak.English || e.Audience.Level != rugzak.LevelInternal ||
				!slices.Equal(e.Tags, []string{"wachttijd", "bellen"}) || e.Month != "2026-03" || e.ReviewBy != "2027-03" || e.Phase != "verkennen" {
				t.Errorf("stored %+v", e)
			}
			switch kind {
			case rugzak.KindApplication:
				if *e.Application != (rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomePartly}) {
					t.Errorf("stored %+v", *e.Application)
				}
			case rugzak.KindQuestion:
				want := rugzak.QuestionData{
					Size: rugzak.SizeJoint, State: rugzak.QuestionExploring, BallWith: s.orgs["wmo"].ID, Since: e.SharedAt.Format(time.DateOnly), Asked: s.orgs["jeugd"].ID,
					NextStep: "Samen bellen", When: "2026-09-21", HopedGain: "Minder wachten", Gain: "Nog niets",
				}
				if *e.Question != want {
					t.Errorf("stored %+v", *e.Question)
				}
			case rugzak.KindMethod:
				want := rugzak.MethodData{
					Goal: "look-back", MinutesMin: 15, MinutesMax: 20, GroupMin: 3, GroupMax: 12, Guidance: "light", Trust: "medium",
					Preparation: "Geen", Materials: "Papier", Place: "Kring",
					Steps: []rugzak.Step{{Minutes: 5, Text: "Wat was de bedoeling?"}, {Minutes: 10, Text: "Wat gebeurde er?"}, {Text: "Afronden"}},
				}
				if !reflect.DeepEqual(*e.Method, want) {
					t.Errorf("stored %+v", *e.Method)
				}
			}
			// What the form of the stored entry sends untouched changes nothing.
			edit := page.get(at(pathEntryEdit, string(e.ID))).want(http.StatusOK)
			submitWith(edit, "do", doSave).want(http.StatusSeeOther)
			if now := s.stored(participant, entryPath(e.ID)); !reflect.DeepEqual(now, e) {
				t.Errorf("an untouched form changed the entry\nfrom %+v\nto   %+v", e, now)
			}
		})
	}
}

// plain sends a request whose answer is no page.
func plain(t *testing.T, c *http.Client, r *http.Request) (int, string) {
	t.Helper()
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// submitWith sends the writing form with the button that is pressed.
func submitWith(a *answer, namesAndValues ...string) *answer {
	a.Helper()
	form := a.find(theForm)
	values := formValues(form)
	for name, v := range pairs(a, namesAndValues) {
		if form.Find(`[name="`+name+`"]`).Length() == 0 {
			a.Fatalf("%s: the form has no field %s", a.Path, name)
		}
		values[name] = v
	}
	return a.send(http.MethodPost, form.AttrOr("action", ""), values)
}

// Relations are pasted links; what cannot be read is refused and stays there.
func TestRelationsByPastedLink(t *testing.T) {
	s := newSite(t)
	other := s.share(participant, "De ander", "Tekst", rugzak.LevelInternal)
	hidden := s.share(outsider, "Verborgen", "Tekst", rugzak.LevelOrganisation)
	values := func(a *answer, links ...string) *answer {
		form := formValues(a.find(theForm))
		form["relations"], form["relation_type"] = links, slices.Repeat([]string{"builds-on"}, len(links))
		form.Set("do", doShare)
		form.Set("title", "Met verwijzing")
		form.Set("lesson", "Les")
		return a.send(http.MethodPost, pathEntryNew, form)
	}
	page := s.as(participant).get(pathEntryNew + "?soort=insight")
	for _, link := range []string{"geen link", entryPath(hidden.ID), string(newID())} {
		bad := values(page, link).want(http.StatusUnprocessableEntity).shows("Kies een bijdrage die je mag lezen").hides("Verborgen")
		if got := bad.find("#relations").AttrOr("value", ""); got != link {
			t.Errorf("the link is %q now, want %q", got, link)
		}
		if bad.Doc.Find(`#relations[aria-invalid=true]`).Length() == 0 {
			t.Errorf("%q is not marked", link)
		}
	}
	done := values(page, s.URL+entryPath(other.ID)+"/versies?x#y", "", entryPath(other.ID)).want(http.StatusSeeOther)
	e := s.stored(participant, done.Header.Get("Location"))
	if !slices.Equal(e.Relations, []rugzak.Relation{{Type: rugzak.BuildsOn, To: other.ID}}) {
		t.Errorf("relations %v", e.Relations)
	}
	page.get(at(pathEntryEdit, string(e.ID))).shows("De ander")
}

func TestKindChooser(t *testing.T) {
	s := newSite(t)
	lesson := s.share(participant, "De les", "Tekst", rugzak.LevelInternal)
	page := s.as(colleague).get(pathEntryNew).want(http.StatusOK)
	if n := page.find(`input[name=soort]`).Length(); n != len(rugzak.Kinds()) {
		t.Errorf("%d kinds on offer", n)
	}
	page.get(pathEntryNew + "?soort=onzin").want(http.StatusOK).find(`input[name=soort]`)
	form := page.get(pathEntryNew + "?les=" + string(lesson.ID))
	if form.find(`input[name=soort][checked]`).AttrOr("value", "") != "application" {
		t.Error("with a lesson the kind is an application")
	}
	apply := form.submit(`form[action="/ervaringen/nieuw"]`).want(http.StatusOK).shows("De les")
	if got := apply.find("#application_lesson").AttrOr("value", ""); got != string(lesson.ID) {
		t.Errorf("the lesson is %q", got)
	}
}

// What breaks a rule comes back with everything typed, in the language of the
// reader, next to the field.
func TestRefusedFormKeepsEverything(t *testing.T) {
	s := newSite(t)
	for lang, sentence := range map[string]string{"nl": "Vul een heel getal in.", "en": "Fill in a whole number."} {
		c := s.as(participant)
		c.post(pathLanguage, "language", lang, "return", "/").want(http.StatusSeeOther)
		page := c.get(pathEntryNew + "?soort=method")
		if got := page.find("html").AttrOr("lang", ""); got != lang {
			t.Fatalf("the page is in %q, want %q", got, lang)
		}
		bad := submitWith(page, "do", doShare, "title", "Mijn <titel>", "body", "Eerste regel\r\n\r\n  ingesprongen", "method_minutes", "tien",
			"tags", "een, twee", "method_steps", "5 Start\r\nslot").want(http.StatusUnprocessableEntity)
		bad.shows(sentence)
		if bad.Doc.Find(`.rz-error-summary a[href="#method_minutes"]`).Length() != 1 {
			t.Errorf("%s: the summary does not lead to the field", lang)
		}
		values := formValues(bad.find(theForm))
		for name, want := range map[string]string{
			"title": "Mijn <titel>", "body": "Eerste regel\r\n\r\n  ingesprongen", "method_minutes": "tien", "tags": "een, twee", "method_steps": "5 Start\r\nslot",
		} {
			if got := values.Get(name); got != want {
				t.Errorf("%s: %s is %q now, want %q", lang, name, got, want)
			}
		}
	}
}

func TestRulesOfTheFullForm(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	for name, x := range map[string]struct {
		fields   []string
		field    string
		sentence string
	}{
		"no title":   {[]string{"title", "", "body", "---"}, "title", "Geef je bijdrage een titel."},
		"template":   {[]string{"title", "Alleen kopjes"}, "body", "Schrijf een tekst, hoe kort ook."},
		"long":       {[]string{"title", strings.Repeat("a", 201), "lesson", "x"}, "title", "Dit is te lang. Gebruik hooguit 200 tekens."},
		"month":      {[]string{"title", "x", "lesson", "x", "month", "maart"}, "month", "Kies een maand"},
		"partner":    {[]string{"title", "x", "lesson", "x", "also", "onbekend"}, "audience", "Met deze organisatie kun je niet delen."},
		"level":      {[]string{"title", "x", "lesson", "x", "audience", "alles"}, "audience", "Kies een van de mogelijkheden."},
		"phase":      {[]string{"title", "x", "lesson", "x", "phase", "onzin"}, "phase", "Kies een van de mogelijkheden."},
		"body limit": {[]string{"title", "x", "body", strings.Repeat("woord ", rugzak.MaxBody/6+1)}, "body", "Je tekst is te lang."},
	} {
		t.Run(name, func(t *testing.T) {
			bad := submitWith(page, append(x.fields, "do", doShare)...).want(http.StatusUnprocessableEntity)
			if got := bad.text("#" + x.field + "-error"); !strings.Contains(got, x.sentence) {
				t.Errorf("beside the field stands %q", got)
			}
			bad.find(`.rz-error-summary a[href="#` + x.field + `"]`)
		})
	}
	if drafts := draftsOf(s, participant); drafts != 0 {
		t.Errorf("%d drafts of forms that were refused", drafts)
	}
}

// draftsOf counts the drafts on somebody's home page.
func draftsOf(s *site, who string) int {
	s.Helper()
	home, err := s.Service.Home(s.Context(), s.people[who])
	if err != nil {
		s.Fatal(err)
	}
	return len(home.Drafts)
}

func TestTooLargeForm(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	for _, path := range []string{pathShare, pathEntryNew, at(pathEntryDraft, string(newID())), pathEntryPreview} {
		c.post(path, "body", strings.Repeat("x", defaultMaxBody+1)).want(http.StatusRequestEntityTooLarge)
	}
	c.post(pathEntryNew, "kind", "onzin", "do", doShare).want(http.StatusBadRequest)
	c.post(pathEntryNew, "kind", "experience", "lang", "nl", "author_mode", "name", "title", "x", "body", "\xff", "do", doShare).want(http.StatusBadRequest)
}

// The minutes of the steps are a remark, not a mistake.
func TestStepsThatDoNotFit(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=method")
	fields := []string{"title", "Werkvorm", "lesson", "x", "method_goal", "explore", "method_minutes", "30", "method_steps", "10 Een\r\n10 Twee"}
	submitWith(page, append(fields, "do", doPreview)...).want(http.StatusOK).shows("De stappen duren samen 20 minuten.")
	done := submitWith(page, append(fields, "do", doShare)...).follow().want(http.StatusOK).shows("de minuten van de stappen samen passen niet bij de duur")
	edit := done.get(done.Path + "/bewerken")
	submitWith(edit, "do", doSave, "method_steps", "10 Een\r\n20 Twee").follow().shows("Bewaard.").hides("passen niet")
}

func TestStepLines(t *testing.T) {
	for text, want := range map[string][]rugzak.Step{
		"10 Uitleg":               {{Minutes: 10, Text: "Uitleg"}},
		"10 min. Uitleg\n\n5: Na": {{Minutes: 10, Text: "Uitleg"}, {Minutes: 5, Text: "Na"}},
		"Praten":                  {{Text: "Praten"}},
		"1-op-1 gesprek":          {{Text: "1-op-1 gesprek"}},
		"3":                       {{Minutes: 3}},
		"0 3 stellingen":          {{Text: "3 stellingen"}},
		"5 minuten":               {{Minutes: 5}},
		"":                        nil,
	} {
		got := stepsOf(text)
		if !slices.Equal(got, want) {
			t.Errorf("%q gives %v, want %v", text, got, want)
		}
		if again := stepsOf(stepLines(got)); !slices.Equal(again, got) {
			t.Errorf("%q does not come back: %v", text, again)
		}
	}
}

// Only the author edits; who may read is told who can, and hidden is absent.
func TestWhoMayChange(t *testing.T) {
	s := newSite(t)
	open := s.share(participant, "Open", "Tekst", rugzak.LevelInternal)
	narrow := s.share(participant, "Smal", "Tekst", rugzak.LevelTeam)
	absent := newID()
	for _, path := range []string{pathEntryEdit, pathEntryAudience, pathEntryWithdraw, pathEntryPutBack, pathEntryDelete} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if method == http.MethodGet && path == pathEntryPutBack {
				continue
			}
			for _, who := range []string{colleague, administrator, facilitator} {
				got := s.as(who).send(method, at(path, string(open.ID)), map[string][]string{}).want(http.StatusForbidden)
				got.shows("Dit kan alleen de schrijver.").hides("Tekst</p>")
				hid := s.as(who).send(method, at(path, string(narrow.ID)), map[string][]string{}).want(http.StatusNotFound)
				none := s.as(who).send(method, at(path, string(absent)), map[string][]string{}).want(http.StatusNotFound)
				if a, b := hid.text("main"), none.text("main"); a != b || strings.Contains(hid.Body, "Smal") {
					t.Errorf("%s %s tells hidden from absent for %s:\n%s\n%s", method, path, who, a, b)
				}
			}
		}
	}
	if e := s.stored(participant, entryPath(open.ID)); e.Version != open.Version || e.State != rugzak.StateShared {
		t.Errorf("somebody else changed the entry: %+v", e)
	}
}

// A preview shows what readers will see, and stores nothing; also of numbers.
func TestPreview(t *testing.T) {
	s := newSite(t)
	page := s.as(participant).get(pathEntryNew + "?soort=experience")
	seen := submitWith(page, "do", doPreview, "title", "T", "body", "Dit is **vet** <script>x</script> 111222333").want(http.StatusOK)
	if got := seen.text("#voorbeeld strong"); got != "vet" {
		t.Errorf("the preview shows %q", got)
	}
	if strings.Contains(seen.Body, "<script>x") {
		t.Error("active content got through")
	}
	if got := formValues(seen.find(theForm)).Get("title"); got != "T" {
		t.Errorf("the title is %q now", got)
	}
	fragment := func(body string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+pathEntryPreview, strings.NewReader(pairs(t, []string{"body", body, "lang", "nl"}).Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, cookie := range page.cookies {
			r.AddCookie(cookie)
		}
		return plain(t, page.http, r)
	}
	if status, body := fragment("**vet** <img src=x onerror=y>"); status != http.StatusOK || !strings.Contains(body, "<strong>vet</strong>") || strings.Contains(body, "<img") || strings.Contains(body, "<html") {
		t.Errorf("fragment %d %q", status, body)
	}
	if status, body := fragment(strings.Repeat("a ", rugzak.MaxBody)); status != http.StatusUnprocessableEntity || !strings.HasPrefix(body, "Je tekst is te lang") {
		t.Errorf("fragment %d %.80q", status, body)
	}
	if n := draftsOf(s, participant); n != 0 {
		t.Errorf("a preview stored %d drafts", n)
	}
}
