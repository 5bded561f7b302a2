// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Where there is nothing yet, each page says so, why, and what one can do: a link
// that works for who reads it.
func TestEmptyPagesHelp(t *testing.T) {
	s := newSite(t)
	s.caughtUp()
	all := []string{
		pathHome, pathSearch, pathQuestions, pathMethods, pathThemes, pathBalls, pathAgenda, pathCompass, pathProgramme, pathCelebrate,
		pathDigest, pathNotices, pathSaved, pathTeamBag, pathOwnBag, pathMine, pathInterims,
		minePartPaths["kept"], minePartPaths["applied"], minePartPaths["drafts"], minePartPaths["balls"],
		pathSearch + "?q=bestaatniet", pathQuestions + "?q=bestaatniet", pathSearch + "?soort=insight",
	}
	for _, who := range []string{participant, manager, partner, contact, facilitator, coreteam} {
		for _, lang := range []string{"nl", "en"} {
			if lang == "en" {
				s.inEnglish(who)
			}
			c := s.as(who)
			for _, path := range all {
				page := c.get(path)
				if page.Status == http.StatusSeeOther { // to the own part of it
					page = page.follow()
				}
				page.want(http.StatusOK)
				if page.Doc.Find(".rz-empty").Length() == 0 {
					t.Errorf("%s of %s says nothing where there is nothing", path, who)
				}
				page.Doc.Find(".rz-empty").Each(func(_ int, e *goquery.Selection) {
					if e.Find("h2, h3").Length() != 1 || e.Find("p").First().Text() == "" {
						t.Errorf("%s of %s: it has no heading, or says nothing: %s", path, who, e.Text())
					}
					links := e.Find("a[href]")
					if links.Length() == 0 {
						t.Errorf("%s of %s leads nowhere: %s", path, who, e.Text())
					}
					links.Each(func(_ int, a *goquery.Selection) {
						if got := c.get(a.AttrOr("href", "")); got.Status != http.StatusOK && got.Status != http.StatusSeeOther {
							t.Errorf("%s of %s leads to %s, which answers %d", path, who, got.Path, got.Status)
						}
					})
				})
			}
		}
	}
}
