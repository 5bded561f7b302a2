// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ask searches as somebody, with names and values in turn.
func (c *client) ask(namesAndValues ...string) *answer {
	c.Helper()
	return c.get(pathSearch + "?" + pairs(c, namesAndValues).Encode()).want(http.StatusOK)
}

func searchSite(t *testing.T) *site {
	s := newSite(t)
	s.share(participant, "Afspraken over huisbezoek", "We maakten afspraken met de wijkverpleegkundigen.", rugzak.LevelInternal)
	s.share(colleague, "Warme overdracht", "De jongere hoefde het verhaal maar één keer te vertellen.", rugzak.LevelInternal, "welzijn")
	s.share(participant, "Wachten op een plek", "De wachttijd was lang, maar we belden elke week.", rugzak.LevelInternal)
	s.share(participant, "Een geheim overleg", "Alleen het team weet van de wachtlijst.", rugzak.LevelTeam)
	s.write(colleague, func(in *backpack.Input) {
		in.Kind, in.Title, in.Body = rugzak.KindQuestion, "Wie belt de school?", "Over de wachttijd bij jeugdhulp."
		in.Question = &rugzak.QuestionData{Size: rugzak.SizeLearning, State: rugzak.QuestionOpen}
	})
	s.caughtUp()
	return s
}

func TestSearchAsPeopleAsk(t *testing.T) {
	s := searchSite(t)
	c := s.as(colleague)
	for query, want := range map[string][]string{
		"afspraak":                           {"Afspraken over huisbezoek"}, // inflected
		"wijkverpleegkundige":                {"Afspraken over huisbezoek"},
		`"jongere hoefde"`:                   {"Warme overdracht"},
		`"verhaal jongere"`:                  {},
		"wachttijd -school":                  {"Wachten op een plek"},
		"wachtt*":                            {"Wachten op een plek", "Wie belt de school?"},
		"titel:overdracht":                   {"Warme overdracht"},
		"van:jeugd overdracht":               {"Warme overdracht"},
		`"wachtlijst"`:                       {}, // of another team
		"geheim":                             {},
		"parkeervergunning":                  {},
		`"niet gesloten afspraak`:            {"Afspraken over huisbezoek"},
		"afspraak AND (":                     {"Afspraken over huisbezoek"},
		"titel: afspraak":                    {"Afspraken over huisbezoek"},
		"- afspraak":                         {"Afspraken over huisbezoek"},
		"afspraak \x00\u0007":                {"Afspraken over huisbezoek"},
		"<script>alert(1)</script> afspraak": {"Afspraken over huisbezoek"},
	} {
		a := c.ask("q", query).lists(want...)
		if got := a.find("input#q").AttrOr("value", ""); got != strings.TrimSpace(query) && !strings.Contains(query, "\x00") {
			t.Errorf("the box holds %q after asking %q", got, query)
		}
		if len(want) > 0 {
			total := "1 bijdrage gevonden"
			if len(want) > 1 {
				total = strconv.Itoa(len(want)) + " bijdragen gevonden"
			}
			a.shows(total)
		} else {
			a.shows("Niets gevonden").find(`.rz-empty a[href^="` + pathAsk + `"]`)
		}
		if strings.Contains(a.Body, "<script>alert") {
			t.Errorf("%q came back as a script", query)
		}
	}
	if a := c.ask("q", "afspraak"); a.text(".rz-card mark") == "" {
		t.Error("nothing is marked")
	}
	// Tabs, bookmarks and the list of pages one was on tell searches apart.
	for path, want := range map[string]string{
		pathSearch: "Zoeken - Rugzak", pathSearch + "?q=afspraak": "afspraak - Zoeken - Rugzak",
		pathQuestions + "?q=afspraak": "afspraak - Vraagstukken - Rugzak", pathSearch + "?q=111222333": "Zoeken - Rugzak",
	} {
		if got := c.get(path).text("title"); got != want {
			t.Errorf("the window of %s says %q", path, got)
		}
	}
	question := c.get(c.ask("q", "parkeervergunning & meer").link(".rz-empty a", "leervraag")).want(http.StatusOK)
	if got := question.find("#title").AttrOr("value", ""); question.Path != pathAsk || got != "parkeervergunning & meer" {
		t.Errorf("%s begins with %q", question.Path, got)
	}
}

// An unfinished last word is marked in the words it may become, a finished one in
// no longer word.
func TestSearchMarksUnfinishedWords(t *testing.T) {
	s := newSite(t)
	s.share(participant, "Over vogels", "Wij zagen een kraanvogel.", rugzak.LevelInternal)
	s.share(participant, "Het wijkhuis", "Daar waren wij.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(colleague)
	for query, want := range map[string]int{"kra": 1, "wij kra": 1, "wij": 2, "wijkh": 1} {
		marks := c.ask("q", query).find(".rz-card mark")
		if got := marks.Text(); marks.Length() != want || query == "wij" && !strings.EqualFold(got, "wijwij") {
			t.Errorf("%q marks %q", query, got)
		}
	}
	c.ask("q", "kra").lists("Over vogels")
	c.ask("q", "kra", "letterlijk", "1").lists()
}

// The beginning of a text keeps its lines apart.
func TestExcerptOnACard(t *testing.T) {
	s := newSite(t)
	s.share(participant, "Iets", "## Wat er gebeurde\n\nWij belden\nsamen.\n\n- een\n- twee", rugzak.LevelInternal)
	s.caughtUp()
	s.as(colleague).ask().shows("Wat er gebeurde · Wij belden samen. een · twee")
}

// What only its tags say is found, and shows why.
func TestSearchFindsTags(t *testing.T) {
	s := newSite(t)
	for _, tags := range [][]string{{"koffie", "kraanvogel"}, nil} {
		s.write(participant, func(in *backpack.Input) { in.Title, in.Body, in.Tags = "Iets", "Tekst.", tags })
	}
	s.caughtUp()
	a := s.as(colleague).ask("q", "kraanvogels").shows("Trefwoorden: koffie, kraanvogel")
	if got := a.text(".rz-card mark"); got != "kraanvogel" {
		t.Errorf("marked is %q", got)
	}
	s.as(colleague).ask("q", "tekst").hides("Trefwoorden")
}

func TestSearchTakesAnyAddress(t *testing.T) {
	s := searchSite(t)
	c := s.as(participant)
	long := strings.Repeat("wachttijd é ", 1200)
	for _, query := range []string{
		"q=" + url.QueryEscape(long), "q=%zz", "q=%ff%fe", "soort=%ff", "soort=bestaat-niet", "organisatie=x&organisatie=y&organisatie=" + strings.Repeat("z", 5000),
		"jaar=tweeduizend", "taal=de", "thema=", "volgorde=achterstevoren", "na=onzin", "voor=%00", "na=a&voor=b", "q=a;b", "&&&=", "fase=%3Cb%3E", "drijfveer=niets",
	} {
		a := c.get(pathSearch + "?" + query).want(http.StatusOK)
		if n := len(a.Body); n > 200<<10 {
			t.Errorf("%.30s: a page of %d bytes", query, n)
		}
	}
	if got := c.ask("q", long).find("input#q").AttrOr("value", ""); len(got) > rugzak.MaxQuery || !strings.HasPrefix(long, got) || len(got) < rugzak.MaxQuery-4 {
		t.Errorf("the box holds %d bytes", len(got))
	}
	a := c.ask("soort", "bestaat-niet").shows("Niets gevonden met deze filters").lists()
	c.get(a.link(".rz-chip", "bestaat-niet")).want(http.StatusOK).find(".rz-card")
	if c.ask("q", "wacht").Header.Get("X-Robots-Tag") == "" {
		t.Error("search pages may be indexed by others")
	}
}

// Facets count what the reader may see, and follow the words and the choices.
func TestFacetsReact(t *testing.T) {
	s := searchSite(t)
	c := s.as(colleague)
	facets := func(a *answer) string { return a.text(".rz-facet") }
	all := c.ask()
	for _, want := range []string{"Ervaring3 bijdragen", "Vraagstuk1 bijdrage", "Wmo2 bijdragen", "Jeugd2 bijdragen", "Nederlands4 bijdragen"} {
		if !strings.Contains(facets(all), want) {
			t.Errorf("the facets do not say %q: %s", want, facets(all))
		}
	}
	words := c.ask("q", "wachttijd")
	if got := facets(words); !strings.Contains(got, "Ervaring1") || !strings.Contains(got, "Vraagstuk1") {
		t.Errorf("with words the facets say %s", got)
	}
	one := c.get(words.link(".rz-facet a", "Vraagstuk")).want(http.StatusOK).lists("Wie belt de school?")
	if got := facets(one); strings.Contains(got, "Wmo") || !strings.Contains(got, "Jeugd1") {
		t.Errorf("with a kind chosen the facets say %s", got)
	}
	one.find(`.rz-facet a[aria-current="true"]`)
	if one.find("input#q").AttrOr("value", "") != "wachttijd" {
		t.Error("the words are gone after choosing")
	}
	// The other kind stays beside the chosen one, with its count; choosing it adds it.
	if got := facets(one); !strings.Contains(got, "Vraagstuk1") || !strings.Contains(got, "Ervaring1") {
		t.Errorf("beside a chosen kind the facets say %s", got)
	}
	both := c.get(one.link(".rz-facet a", "Ervaring")).want(http.StatusOK).lists("Wie belt de school?", "Wachten op een plek")
	if n := both.find(`.rz-facet a[aria-current="true"]`).Length(); n != 2 {
		t.Errorf("%d values are chosen, want 2", n)
	}
	c.get(both.link(".rz-facet a", "Vraagstuk")).lists("Wachten op een plek") // choosing once more takes it off
	two := c.get(one.link(".rz-facet a", "Jeugd")).lists("Wie belt de school?")
	back := c.get(two.link(".rz-chip", "Soort: Vraagstuk")).lists("Wie belt de school?")
	c.get(back.link(".rz-chip", "Jeugd")).lists("Wachten op een plek", "Wie belt de school?")
	c.get(two.link(".rz-chip", "Alle filters weghalen")).lists("Wachten op een plek", "Wie belt de school?")
	c.ask("soort", "experience", "soort", "question").shows("4 bijdragen gevonden")
	// The order is kept, and kept apart.
	newest := c.get(words.link("a", "nieuwste")).lists("Wachten op een plek", "Wie belt de school?")
	if newest.titles()[0] != "Wie belt de school?" {
		t.Errorf("newest first gives %q", newest.titles())
	}
	if !strings.Contains(newest.link(".rz-facet a", "Vraagstuk"), "volgorde=nieuwste") {
		t.Error("choosing a filter forgets the order")
	}
	s.inEnglish(colleague)
	c.ask("q", "wachttijd").shows("2 entries found").shows("Department or partner").shows("Dutch")
}

// Total, facets and pages of a partner are those of what is shared with them.
func TestPartnerFindsOnlyWhatIsShared(t *testing.T) {
	s := searchSite(t)
	hidden := s.theme("Verborgen thema")
	e := s.share(participant, "Met een thema", "De wachttijd bij de buurt.", rugzak.LevelInternal, "welzijn")
	if _, err := s.Service.AddToTheme(t.Context(), s.people[facilitator], e.ID, hidden.ID); err != nil {
		t.Fatal(err)
	}
	s.caughtUp()
	c := s.as(partner)
	all := c.ask().lists("Warme overdracht", "Met een thema").shows("2 bijdragen, de nieuwste eerst").hides("Verborgen").hides(string(hidden.ID))
	if got := all.text(".rz-facet"); !strings.Contains(got, "Jeugd1") || !strings.Contains(got, "Ervaring2") || strings.Contains(got, "Vraagstuk") {
		t.Errorf("the facets say %s", got)
	}
	c.ask("q", "wachttijd").lists("Met een thema").shows("1 bijdrage gevonden")
	c.ask("thema", string(hidden.ID)).lists().hides("Verborgen thema")
	c.ask("q", "thema:verborgen").lists()
	c.ask("organisatie", string(s.orgs["wonen"].ID)).lists().hides("Stichting Wonen")
	for _, path := range []string{pathQuestions, pathMethods} {
		c.get(path).want(http.StatusOK).lists().hides("school")
	}
	s.as(outsider).ask().lists().shows("Er is nog niets te vinden")
}

// Page after page shows every hit once, in both orders and both directions.
func TestPaging(t *testing.T) {
	s := newSite(t)
	var want []string
	for i := range 34 {
		title := fmt.Sprintf("Verhaal %02d", i)
		want = append(want, title)
		s.share(participant, title, "Over de wachttijd"+strings.Repeat(" en wachttijd", i%5)+".", rugzak.LevelInternal)
		s.share(participant, "Verborgen", "Over de wachttijd.", rugzak.LevelTeam)
	}
	s.caughtUp()
	c := s.as(colleague)
	for _, order := range []string{"", "nieuwste"} {
		for _, query := range []string{"", "wachttijd"} {
			a := c.ask("q", query, "volgorde", order)
			var pages [][]string
			for range 10 {
				pages = append(pages, a.titles())
				next, ok := a.Doc.Find(`a[rel="next"]`).Attr("href")
				if !ok {
					break
				}
				a = c.get(next).want(http.StatusOK).shows("34 bijdragen")
			}
			got := slices.Concat(pages...)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("order %q, query %q: pages show %q", order, query, got)
			}
			for i := len(pages) - 2; i >= 0; i-- {
				a = c.get(a.link(`a[rel="prev"]`, "Vorige"))
				if !slices.Equal(a.titles(), pages[i]) {
					t.Errorf("back on page %d: %q, was %q", i, a.titles(), pages[i])
				}
			}
		}
	}
}

// A writer's next search finds what they just wrote. When the index of a busy
// machine does not come that far within half a second, the page says so.
func TestReadYourOwnWrites(t *testing.T) {
	s := newSite(t)
	s.caughtUp()
	c := s.as(participant)
	for i := range 10 {
		word := fmt.Sprintf("uniekwoord%d", i)
		saved, err := s.Service.Share(t.Context(), s.people[participant], s.idFor(participant), 0, backpack.Input{
			Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: word, Body: "Tekst.", Mode: rugzak.ByName,
			Audience: rugzak.Audience{Level: rugzak.LevelInternal},
		})
		if err != nil {
			t.Fatal(err)
		}
		c.cookies[cookieAfter] = &http.Cookie{Name: cookieAfter, Value: s.Server.sealer.close(sealAfter, string(saved.Position))}
		for end := time.Now().Add(time.Minute); ; {
			began := time.Now()
			a := c.ask("q", word)
			waited := time.Since(began)
			if slices.Contains(a.titles(), word) || time.Now().After(end) {
				a.lists(word)
				break
			}
			if a.shows("Je nieuwste wijziging is bewaard, maar nog niet vindbaar"); waited < 500*time.Millisecond {
				t.Errorf("the search waited only %v", waited)
			}
			if t.Failed() {
				break
			}
		}
	}
}

// stuckIndex is an index that does not come further than a position.
type stuckIndex struct {
	rugzak.Index
	at *rugzak.Position
}

func (x stuckIndex) Position(context.Context) (rugzak.Position, error) { return *x.at, nil }

// While the index cannot be trusted, or has not come far enough, the page says
// so and keeps what was typed.
func TestSearchWhileTheIndexIsBehind(t *testing.T) {
	at := new(rugzak.Position)
	s := newSite(t, func(c *Config) {
		deps := c.Service.Deps
		deps.Index = stuckIndex{deps.Index, at}
		c.Service = backpack.New(deps)
	})
	e := s.share(participant, "Samen bellen", "Over de wachttijd.", rugzak.LevelInternal)
	s.caughtUp()
	c := s.as(participant)
	for _, path := range []string{pathSearch, pathQuestions, pathMethods} {
		a := c.get(path + "?q=wachttijd").want(http.StatusServiceUnavailable).shows("de zoeklijst wordt opnieuw gemaakt").hides("Samen bellen")
		if a.Header.Get("Retry-After") == "" || a.find("input#q").AttrOr("value", "") != "wachttijd" {
			t.Errorf("%s does not say when to come back, or forgets what was typed", path)
		}
	}
	c.get(pathHome).want(http.StatusOK).shows("Samen bellen") // does not need the index
	*at = s.head()
	s.revise(participant, e, "Samen bellen", "Nog steeds over de wachttijd.")
	c.ask("q", "wachttijd").lists("Samen bellen").hides("nog niet vindbaar")
	c.cookies[cookieAfter] = &http.Cookie{Name: cookieAfter, Value: s.Server.sealer.close(sealAfter, string(s.head()))}
	c.ask("q", "wachttijd").lists("Samen bellen").shows("Je nieuwste wijziging is bewaard, maar nog niet vindbaar")
	c.get(pathQuestions).want(http.StatusOK).shows("nog niet vindbaar")
	if _, err := s.Service.Withdraw(t.Context(), s.people[participant], e.ID); err != nil {
		t.Fatal(err)
	}
	s.as(colleague).get(pathSearch + "?q=wachttijd").want(http.StatusServiceUnavailable).hides("Samen bellen")
}

func TestLists(t *testing.T) {
	s := newSite(t)
	s.share(participant, "Geen vraag", "Tekst.", rugzak.LevelInternal)
	for i := range 12 {
		s.write(participant, func(in *backpack.Input) {
			in.Kind, in.Title = rugzak.KindQuestion, fmt.Sprintf("Vraag %02d", i)
			in.Question = &rugzak.QuestionData{
				Size: rugzak.SizeJoint, State: rugzak.QuestionExploring, BallWith: s.orgs["wmo"].ID, Since: "2026-09-14", NextStep: "Bellen met school",
			}
		})
	}
	s.write(colleague, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindMethod, "Terugblik"
		in.Method = &rugzak.MethodData{Goal: "look-back", MinutesMin: 15, MinutesMax: 15, GroupMin: 3, GroupMax: 12}
	})
	s.caughtUp()
	c := s.as(colleague)
	a := c.get(pathQuestions).want(http.StatusOK).shows("12 vraagstukken").shows("De bal ligt bij Wmo, sinds 14 september 2026").
		shows("Volgende stap: Bellen met school").shows("In onderzoek").hides("Geen vraag").hides("Terugblik")
	if got := a.titles(); len(got) != 10 || got[0] != "Vraag 11" {
		t.Errorf("the list begins with %q", got)
	}
	next := c.get(a.link(`a[rel="next"]`, "Volgende")).lists("Vraag 01", "Vraag 00")
	if !strings.HasPrefix(next.Path, pathQuestions) {
		t.Errorf("the next page is %s", next.Path)
	}
	if strings.Contains(a.text(".rz-facet"), "Ervaring") {
		t.Error("a list of one kind offers kinds")
	}
	c.get(pathQuestions + "?soort=method").shows("12 vraagstukken") // the kind is the list's own
	// In a list too, values are added to each other: here two organisations.
	s.write(colleague, func(in *backpack.Input) {
		in.Kind, in.Title = rugzak.KindQuestion, "Vraag van Jeugd"
		in.Question = &rugzak.QuestionData{Size: rugzak.SizeLearning, State: rugzak.QuestionOpen}
	})
	s.caughtUp()
	youth := c.get(c.get(pathQuestions).link(".rz-facet a", "Jeugd")).lists("Vraag van Jeugd")
	c.get(youth.link(".rz-facet a", "Wmo")).shows("13 vraagstukken")
	c.get(pathQuestions + "?q=parkeren").shows("Niets gevonden voor “parkeren”")
	c.get(pathMethods).lists("Terugblik").shows("Terugblikken").shows("15 minuten").shows("3 tot 12 mensen")
	s.inEnglish(colleague)
	c.get(pathMethods).shows("Looking back").shows("15 minutes").shows("1 working method")
}
