// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func withDossier(c *Config) {
	c.Dossier = func(to io.Writer, words rugzak.DossierWords) DossierFile { return exchange.NewDossier(to, words) }
}

// The core team starts an idea; who is invited answers on the first page; it
// becomes an item of the agenda.
func TestIdeaThroughThePages(t *testing.T) {
	s := newSite(t)
	welzijn, jeugd := string(s.orgs["welzijn"].ID), string(s.orgs["jeugd"].ID)
	core := s.as(coreteam)
	form := core.get(pathIdeaNew).want(http.StatusOK)
	form.submit(`form[action="`+pathIdeaNew+`"]`, "title", "Meelopen", "step", "").want(http.StatusUnprocessableEntity).holds("title", "Meelopen")
	made := form.submit(`form[action="`+pathIdeaNew+`"]`, "title", "Een ochtend meelopen", "text", "Zo leren we elkaars werk kennen.", "step", "Prik een datum.", "organisations", welzijn).want(http.StatusSeeOther)
	address := made.Header.Get("Location")
	made.follow().shows("Een ochtend meelopen").shows("Stichting Welzijn")
	id := path.Base(address)
	// Sending the form twice makes one idea.
	again := form.submit(`form[action="`+pathIdeaNew+`"]`, "title", "Een ochtend meelopen", "step", "Prik een datum.", "organisations", welzijn)
	if got := again.Header.Get("Location"); got != address {
		t.Errorf("sent twice: %s and %s", address, got)
	}
	s.as(partner).get(pathHome).shows("Jullie zijn uitgenodigd").shows("Een ochtend meelopen")
	s.as(participant).get(pathHome).hides("Een ochtend meelopen")
	hidden, absent := s.as(participant).get(address).want(http.StatusNotFound), s.as(participant).get(at(pathIdea, "06h1h54kgdssr2una9c2188kac")).want(http.StatusNotFound)
	if hidden.text("main") != absent.text("main") {
		t.Error("a hidden idea is not answered like an absent one")
	}
	page := s.as(partner).get(address).want(http.StatusOK).hides("Verder met dit idee")
	page.submit(`form[action="`+at(pathIdeaAnswer, id)+`"]`, "note", "Graag").want(http.StatusUnprocessableEntity).holds("note", "Graag")
	page.submit(`form[action="`+at(pathIdeaAnswer, id)+`"]`, "reply", "yes", "note", "Graag in mei").want(http.StatusSeeOther).follow().shows("Je antwoord is bewaard").shows("Graag in mei")
	// A colleague with an older form wipes nothing: both answers are shown first.
	answer := `form[action="` + at(pathIdeaAnswer, id) + `"]`
	both := page.submit(answer, "reply", "later", "note", "").want(http.StatusConflict).shows("Graag in mei")
	both.submit(answer, "reply", "later", "note", "Na de zomer").want(http.StatusSeeOther)
	s.as(partner).get(address).submit(answer, "reply", "yes", "note", "Graag in mei").want(http.StatusSeeOther)
	core.get(pathIdeas).shows("1 antwoord")
	core.get(pathCoreTeam).shows("1 open idee")
	edit := core.get(at(pathIdeaEdit, id)).want(http.StatusOK)
	submitted := formValues(edit.find(`form[action="` + at(pathIdeaEdit, id) + `"]`))
	submitted["organisations"] = []string{welzijn, jeugd}
	core.send(http.MethodPost, at(pathIdeaEdit, id), submitted).want(http.StatusSeeOther).follow().shows("Jeugd").shows("Graag in mei")
	// Partners are told of nobody they may not know, and of no answers of theirs.
	done := core.get(address).submit(`form[action="` + at(pathIdeaAgenda, id) + `"]`).want(http.StatusSeeOther)
	done.follow().want(http.StatusOK).shows("Een ochtend meelopen")
	core.get(address).shows("Dit werd een agendapunt").shows("Werd een agendapunt")
	core.get(pathIdeas).shows("Werd een agendapunt")
	s.as(partner).get(pathHome).hides("Jullie zijn uitgenodigd")
	core.get(address).submit(`form[action="` + at(pathIdeaReopen, id) + `"]`).want(http.StatusSeeOther)
	draft := core.get(address).submit(`form[action="` + at(pathIdeaQuestion, id) + `"]`).want(http.StatusSeeOther)
	draft.follow().want(http.StatusOK).shows("Lees het na en deel het.")
	core.get(pathIdeas).shows("Werd een vraagstuk")
	s.as(partner).get(address).shows("staat nog niet open voor jou").shows("Kreeg een vervolg")
	core.get(address).submit(`form[action="` + at(pathIdeaRemove, id) + `"]`).want(http.StatusSeeOther)
	core.get(address).want(http.StatusNotFound)
}

// What the organisations can do themselves is kept, and a note that says who
// somebody is by number is not.
func TestSelfCheckThroughThePages(t *testing.T) {
	s := newSite(t)
	core := s.as(coreteam)
	page := core.get(pathSelf).want(http.StatusOK).shows("0 van de 13")
	page.submit(`form[action="`+pathSelf+`"]`, "how_themes", "help", "note_themes", "bsn 111222333").want(http.StatusUnprocessableEntity)
	page.submit(`form[action="`+pathSelf+`"]`, "how_themes", "yes", "how_balls", "no", "note_balls", "Samen oefenen").want(http.StatusSeeOther).follow().shows("1 van de 13").shows("Gezegd op")
	page.submit(`form[action="`+pathSelf+`"]`, "how_themes", "no").want(http.StatusConflict)
	if v := core.get(pathSelf).find("#note_balls").AttrOr("value", ""); v != "Samen oefenen" {
		t.Errorf("the note is %q", v)
	}
}

// The dossier opens without the site: every link in it leads to a file that is in
// it, in both forms.
func TestDossierLinksResolve(t *testing.T) {
	s := newSite(t, withDossier)
	theme := s.theme("Samen")
	one := s.share(coreteam, "Eerste `les` [1]", "Zie [hier](/ervaringen/nieuw) en [de site](https://voorbeeld.test/x).", rugzak.LevelInternal)
	two := s.share(coreteam, "Tweede les", "Zie [de eerste](/ervaringen/"+string(one.ID)+"#kop) en [het thema](/themas/"+string(theme.ID)+").\n\n## Kop\n\n[onder](#kop)", rugzak.LevelInternal)
	for _, e := range []rugzak.Entry{one, two} {
		if _, err := s.Service.AddToTheme(t.Context(), s.people[coreteam], e.ID, theme.ID); err != nil {
			t.Fatal(err)
		}
	}
	files := s.dossier(coreteam)
	for _, part := range []string{"1-kompas", "2-themas", "3-inzichten", "4-open-vragen", "5-agenda", "6-programmalijn", "7-rollen", "8-draaiboek", "index"} {
		for _, ending := range []string{".html", ".md"} {
			if files[part+ending] == "" {
				t.Errorf("the dossier has no %s%s", part, ending)
			}
		}
	}
	checked := 0
	for name, text := range files {
		find := linkInHTML
		if strings.HasSuffix(name, ".md") {
			find = linkInMarkdown
		}
		for _, m := range find.FindAllStringSubmatch(text, -1) {
			to := m[1]
			if strings.HasPrefix(to, "https://voorbeeld.test/") {
				continue
			}
			file, fragment, _ := strings.Cut(to, "#")
			if strings.HasSuffix(name, ".md") && strings.HasPrefix(file, "/") {
				continue // an address on the site, to be read
			}
			checked++
			target := name
			if file != "" {
				target = path.Join(path.Dir(name), file)
			}
			if files[target] == "" {
				t.Errorf("%s leads to %s, which is not there", name, to)
			} else if fragment != "" && strings.HasSuffix(target, ".html") && !strings.Contains(files[target], `id="`+fragment+`"`) {
				t.Errorf("%s leads to the place %s, which is not there", name, to)
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d links were looked at", checked)
	}
	if strings.Contains(files["themas/"+string(theme.ID)+".html"], "/ervaringen/") {
		t.Error("a page leads to the site")
	}
	if !strings.Contains(files["8-draaiboek.html"], "Elke week (een uur)") || strings.Contains(files["7-rollen.html"], string(participant)) {
		t.Error("the playbook is not there, or participants are named")
	}
}

var (
	linkInHTML     = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	linkInMarkdown = regexp.MustCompile(`\]\(([^)]*)\)`)
)

// holds checks what stands in a field.
func (a *answer) holds(field, value string) {
	a.Helper()
	if got := a.find("#"+field).AttrOr("value", ""); got != value {
		a.Errorf("the field %s holds %q, want %q", field, got, value)
	}
}

// dossier unpacks the dossier somebody makes.
func (s *site) dossier(who string) map[string]string {
	s.Helper()
	a := s.as(who).get(pathDossier).want(http.StatusOK).submit(`form[action="` + pathDossier + `"]`).want(http.StatusOK)
	r, err := zip.NewReader(bytes.NewReader([]byte(a.Body)), int64(len(a.Body)))
	if err != nil {
		s.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			s.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			s.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}
