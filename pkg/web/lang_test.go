// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Wherever words of an entry stand on a page in another language, the page says
// in which language they are: so that they are read aloud as they should, on every
// page, in lists and choices, headings and the way back too.
func TestWordsOfEntriesSayTheirLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	theme, err := s.Service.SaveTheme(t.Context(), s.people[facilitator], "", 0, backpack.ThemeInput{
		Title: "Samen", Also: []rugzak.OrganisationID{s.orgs["welzijn"].ID}, Confirmed: []rugzak.OrganisationID{s.orgs["welzijn"].ID},
	})
	if err != nil {
		t.Fatal(err)
	}
	w := &crawler{asker: newAsker(s), themes: []rugzak.ThemeID{theme.ID}}
	s.movement()
	for i := range 3 {
		e := s.write(participant, func(in *backpack.Input) {
			in.Title, in.Lesson, in.Body = "Verhaal over een kanarie", "Een kanarie is een les.", "Een kanarie is een vogel en zingt."
			in.Themes, in.Tags = []rugzak.ThemeID{theme.ID}, []string{"vogel"}
			switch i {
			case 1:
				in.Kind, in.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore", Steps: []rugzak.Step{{Minutes: 5, Text: "Een kanarie is stil"}}}
			case 2:
				in.Kind, in.Question = rugzak.KindQuestion, &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, BallWith: s.orgs["welzijn"].ID, NextStep: "Een kanarie is gezocht"}
			}
			in.Audience.Also = []rugzak.OrganisationID{s.orgs["welzijn"].ID}
			in.Confirmed = in.Audience.Also
		})
		w.entries = append(w.entries, e.ID)
	}
	w.things()
	s.caughtUp()
	found := map[string]int{}
	for _, who := range []string{participant, colleague, facilitator, coreteam, partner, privacyperson} {
		s.inEnglish(who)
		c := newClient(s)
		c.cookies[cookieSession] = w.sessions[who]
		for _, address := range w.addresses() {
			if strings.Contains(address, "?q=") || strings.Contains(address, "titel=") { // says what was typed
				continue
			}
			page := c.get(address)
			if page.Doc == nil {
				continue
			}
			for _, node := range page.Doc.Find("body").Nodes {
				unsaid(node, page.Doc.Find("html").AttrOr("lang", ""), func(text string) {
					if found[address]++; found[address] == 1 {
						t.Errorf("%s of %s does not say in which language this is: %s", address, who, text)
					}
				})
			}
		}
	}
}

// dutchWords stand in an entry, or in a response to one.
var dutchWords = regexp.MustCompile("Verhaal over een kanarie|Een kanarie is|Wie belt er nu")

// unsaid looks for words of a Dutch entry where the language is another one.
func unsaid(n *html.Node, lang string, found func(text string)) {
	for _, a := range n.Attr {
		if a.Key == "lang" {
			lang = a.Val
		}
	}
	if n.Type == html.TextNode && lang != "nl" && dutchWords.MatchString(n.Data) {
		around := goquery.NewDocumentFromNode(n.Parent.Parent)
		outer, _ := around.Html()
		found(strings.Join(strings.Fields(outer), " "))
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		unsaid(child, lang, found)
	}
}
