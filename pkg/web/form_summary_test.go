// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"rugzak/pkg/rugzak"
)

// Above a form that was sent empty, no two links say the same, and each says
// which field it leads to; beside the field the message is as it was.
func TestSummaryNamesTheFields(t *testing.T) {
	s := newSite(t)
	for lang, want := range map[rugzak.Lang][]string{
		rugzak.Dutch:   {"Titel: vul dit in.", "Fout: Vul dit in.", "Waarom dit idee?"},
		rugzak.English: {"Title: fill this in.", "Error: Fill this in.", "Why this idea?"},
	} {
		core := s.as(coreteam)
		core.post(pathLanguage, "language", string(lang), "return", "/").want(http.StatusSeeOther)
		for _, path := range []string{pathAgendaNew, pathIdeaNew, pathMeetingNew, pathRoundNew, pathInterimNew} {
			page := core.post(path, "title", "").want(http.StatusUnprocessableEntity)
			seen := map[string]bool{}
			page.find(".rz-error-summary li a").Each(func(_ int, a *goquery.Selection) {
				if seen[a.Text()] || page.Doc.Find(a.AttrOr("href", "")).Length() == 0 {
					t.Errorf("%s, %s: %q is said twice or leads nowhere", lang, path, a.Text())
				}
				seen[a.Text()] = true
			})
			if page.Doc.Find("#title-error").Length() == 0 {
				continue // a title is made for it
			}
			if !seen[want[0]] {
				t.Errorf("%s, %s: the summary says %v", lang, path, seen)
			}
			if got := strings.Join(strings.Fields(page.find("#title-error").Text()), " "); got != want[1] {
				t.Errorf("%s, %s: beside the field it says %q", lang, path, got)
			}
		}
		asked := core.post(pathIdeaNew, "text", strings.Repeat("a", rugzak.MaxIdeaText+1)).want(http.StatusUnprocessableEntity)
		if got := asked.find(`.rz-error-summary a[href="#text"]`).Text(); !strings.HasPrefix(got, want[2]+" ") {
			t.Errorf("%s: a label that asks is followed by %q", lang, got)
		}
	}
}
