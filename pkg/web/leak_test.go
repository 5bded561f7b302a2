// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// crawler reads everything the site shows to somebody.
type crawler struct {
	*asker
	entries []rugzak.EntryID // that all of them may see who see any
	hidden  []rugzak.EntryID
	themes  []rugzak.ThemeID

	fillings      []filling
	idea, interim string
}

// addresses are all addresses a GET of the table can have: those with a
// parameter once for each thing there is, and with everything that can be asked.
// A route that nothing is known to stand in is a failure: its page would not be
// looked at.
func (w *crawler) addresses() []string {
	questions := w.questions()
	questions[pathSearch] = nil
	for _, q := range []string{"q=kanarie", "q=titel%3Averhaal", "q=vogel*", "q=%22een+kanarie%22", "q=kanari", "q=-mus+kanarie", "q=van%3Atest",
		"q=kanarie&sort=newest", "q=kanarie&theme=samen", "q=kanarie&kind=insight", "theme=samen", "q=" + "bestaatniet",
		"q=%22kanarie+bestaatniet%22+vogel", "q=kanarie+-vogel", "q=kanarie&soort=method", "q=vogel&archief=1", "q=kanari&letterlijk=1",
		"q=knarie", "q=kanra", "q=kana", "q=ka*", "q=titel%3Aka*", "q=verhal+knaire", "q=kana+rie", "q=kanarievogel", "q=geheimzig", "q=geheim+zinnig", "q=zingt+-gehe*"} {
		questions[pathSearch] = append(questions[pathSearch], "?"+q)
	}
	for _, q := range []string{"k", "ver", "verhaal over", "kan", "kana", "kanar", "geh", "geheimz", "vog", "sam", "werk", "inz", "wel"} {
		questions[pathSuggest] = append(questions[pathSuggest], "?q="+url.QueryEscape(q))
	}
	questions[pathSavedNew] = []string{"?q=kanarie", "?soort=insight"}
	var out []string
	for _, r := range w.Server.routes() {
		if r.method != http.MethodGet || r.access == machine {
			continue
		}
		values, complete := w.valuesOf(r)
		if !complete {
			w.Errorf("nothing is known that stands in %s: say it in things()", r.path)
		}
		for _, v := range values {
			address := at(r.path, v...)
			out = append(out, address)
			for _, q := range questions[r.path] {
				out = append(out, address+q)
			}
		}
		delete(questions, r.path)
	}
	for path := range questions {
		w.Errorf("%s is no route", path)
	}
	return out
}

// shown is what an address shows to somebody, headers and all.
func (w *crawler) shown(who, address string) string {
	c := newClient(w.site)
	if cookie := w.sessions[who]; cookie != nil {
		c.cookies[cookieSession] = cookie
	}
	return w.withoutNew(withoutID(c.get(address)))
}

// anID is everything that has the form of an id.
var anID = regexp.MustCompile(`[0-9a-v]{26}`)

// withoutNew takes away the ids that were made for a form.
func (w *crawler) withoutNew(page string) string {
	return anID.ReplaceAllStringFunc(page, func(id string) string {
		if slices.Contains(w.entries, rugzak.EntryID(id)) || slices.Contains(w.hidden, rugzak.EntryID(id)) {
			return id
		}
		return "NEW"
	})
}

// all is everything somebody sees, by address.
func (w *crawler) all(who string) map[string]string {
	out := map[string]string{}
	for _, address := range w.addresses() {
		out[address] = w.shown(who, address)
	}
	return out
}

// A hidden entry changes no byte of any page of the site for whoever may not
// see it: no list, total, facet, suggestion, related entry, theme, history,
// header or address, whatever it has in common with what they may see.
func TestSiteIsTheSameWithAndWithoutHiddenEntries(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	theme, err := s.Service.SaveTheme(t.Context(), s.people[facilitator], "", 0, backpack.ThemeInput{
		Title: "Samen", Also: []rugzak.OrganisationID{s.orgs["welzijn"].ID}, Confirmed: []rugzak.OrganisationID{s.orgs["welzijn"].ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	story := func(in *backpack.Input) {
		in.Title, in.Body = "Verhaal over een kanarie", "Een kanarie is een vogel en zingt."
		in.Themes, in.Tags = []rugzak.ThemeID{theme.ID}, []string{"vogel"}
	}
	w := &crawler{asker: newAsker(s), themes: []rugzak.ThemeID{theme.ID, "bestaat-niet"}}
	s.movement()
	for i := range 3 {
		e := s.write(participant, func(in *backpack.Input) {
			story(in)
			switch i {
			case 1:
				in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore", Steps: []rugzak.Step{{Minutes: 5, Text: "Begin"}}}
			case 2:
				in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: s.orgs["welzijn"].ID}
			}
			in.Audience.Also = []rugzak.OrganisationID{s.orgs["welzijn"].ID}
			in.Confirmed = in.Audience.Also
		})
		w.entries = append(w.entries, e.ID)
	}
	w.things()
	if err := s.Service.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	others := []string{colleague, facilitator, coreteam, privacyperson, administrator, partner, contact, outsider, nobody}
	before := map[string]map[string]string{}
	for _, who := range append(others, manager) { // who is the control: in the team of the writer
		before[who] = w.all(who)
	}
	var ask rugzak.EntryID
	for i, kind := range []rugzak.Kind{rugzak.KindExperience, rugzak.KindInsight, rugzak.KindQuestion, rugzak.KindSuccess, rugzak.KindMethod, rugzak.KindApplication} {
		e := s.write(participant, func(in *backpack.Input) {
			story(in)
			in.Title, in.Body = in.Title+" en geheimzinnig", in.Body+" Knaire, kanarieh, kanarieveer en geheimzinnigheid."
			in.Kind, in.Audience.Level = kind, rugzak.LevelTeam
			in.Relations = []rugzak.Relation{{Type: rugzak.SeeAlso, To: w.entries[i%3]}}
			switch kind {
			case rugzak.KindQuestion:
				in.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: s.orgs["wmo"].ID}
			case rugzak.KindMethod:
				in.Method = &rugzak.MethodData{Goal: "explore", Steps: []rugzak.Step{{Minutes: 5, Text: "Begin"}}}
				in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: w.entries[1]}}
			case rugzak.KindApplication:
				in.Application = &rugzak.ApplicationData{Lesson: w.entries[0], Outcome: rugzak.OutcomeWorked}
			}
			if i == 0 {
				in.Mode = rugzak.Anonymous
			}
		})
		w.hidden = append(w.hidden, e.ID)
		if kind == rugzak.KindQuestion {
			ask = e.ID
		}
	}
	w.goOn(ask, w.hidden)
	s.hang("a", w.hidden...)
	if err := s.Service.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, who := range others {
		for address, was := range before[who] {
			pages++
			if is := w.shown(who, address); is != was {
				t.Errorf("%q notices hidden entries at %s:\n%s", who, address, firstDifference(was, is))
			}
		}
	}
	for _, who := range others[:len(others)-1] {
		for _, id := range w.hidden {
			w.sameAsAbsent(t, who, id)
			w.tellsNothing(t, who, id)
		}
	}
	noticed := 0
	for address, was := range before[manager] {
		if w.shown(manager, address) != was {
			noticed++
		}
	}
	if noticed < 5 {
		t.Errorf("who may see the entries finds only %d pages changed: the test would not notice a leak", noticed)
	}
	t.Logf("%d pages the same with and without", pages)
}

// sameAsAbsent sends what can name an entry in a form, and wants the answer
// that the id of nothing gets.
func (w *crawler) sameAsAbsent(t *testing.T, who string, hidden rugzak.EntryID) {
	t.Helper()
	send := func(path string, form url.Values) string {
		c := newClient(w.site)
		c.cookies[cookieSession] = w.sessions[who]
		return withoutID(c.send(http.MethodPost, path, form))
	}
	for name, do := range map[string]func(id rugzak.EntryID) string{
		"preview of a link": func(id rugzak.EntryID) string {
			return send(pathEntryPreview, url.Values{"body": {"[zie](" + entryPath(id) + ")"}, "lang": {"nl"}})
		},
		"link of a relation": func(id rugzak.EntryID) string {
			return send(pathEntryNew, url.Values{"kind": {"experience"}, "lang": {"nl"}, "title": {"x"}, "body": {"y"},
				"relation_type": {"see-also"}, "relations": {entryPath(id)}, "id": {string(rugzak.NewID(testTime))}})
		},
		"link for a theme": func(id rugzak.EntryID) string {
			return send(at(pathThemeAdd, string(w.themes[0])), url.Values{"entry": {entryPath(id)}})
		},
		"entry to pin": func(id rugzak.EntryID) string {
			return send(at(pathThemePins, string(w.themes[0])), url.Values{"entry": {string(id)}})
		},
	} {
		none := newID()
		a, b := do(hidden), do(none)
		if a, b = anID.ReplaceAllString(a, "ID"), anID.ReplaceAllString(b, "ID"); a != b {
			t.Errorf("%s tells %q of %s:\n%s", name, who, hidden, firstDifference(b, a))
		}
	}
}

// firstDifference shows where two answers part.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(i-200, 0)
	return fmt.Sprintf("…%s\n…%s", a[from:min(i+100, len(a))], b[from:min(i+100, len(b))])
}
