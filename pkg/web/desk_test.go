// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"testing"

	"rugzak/pkg/rugzak"
)

// The desks are for those who work at them, and every card leads somewhere.
func TestDesks(t *testing.T) {
	s := newSite(t)
	s.theme("Samen")
	s.share(participant, "Wie belt", "Wij belden samen.", rugzak.LevelInternal)
	s.caughtUp()
	for _, desk := range []struct {
		path string
		of   []string
	}{{pathDesk, []string{facilitator, coreteam}}, {pathCoreTeam, []string{coreteam}}} {
		for _, who := range everybody() {
			if who == nobody {
				continue
			}
			may := slices.Contains(desk.of, who)
			c := s.as(who)
			if link := c.get(pathHome).Doc.Find(`nav a[href="` + desk.path + `"]`).Length(); (link > 0) != may {
				t.Errorf("%s: the menu of %s has %d links", who, desk.path, link)
			}
			if !may {
				c.get(desk.path).want(http.StatusForbidden)
				continue
			}
			page := c.get(desk.path).want(http.StatusOK)
			cards := page.find("main article h2 a")
			if cards.Length() < 2 {
				t.Errorf("%s: %d cards", desk.path, cards.Length())
			}
			for i := range cards.Length() {
				c.get(cards.Eq(i).AttrOr("href", "")).want(http.StatusOK)
			}
		}
	}
	s.as(facilitator).get(pathDesk).shows("1 open thema")
	s.inEnglish(coreteam)
	s.as(coreteam).get(pathCoreTeam).shows("No ball lies still.")
}
