// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The tour has three steps on the first page, goes with plain links, and never
// comes back once somebody closed it, on any device; others still get it, and it
// can be read again under help.
func TestTourOfThreeSteps(t *testing.T) {
	s := newSite(t)
	for _, who := range []string{participant, partner} {
		c := s.as(who)
		page := c.get(pathHome).want(http.StatusOK)
		seen := []string{}
		for step := 1; ; step++ {
			page.shows(fmt.Sprintf("stap %d van 3", step))
			seen = append(seen, page.find("#rondleiding").Text())
			if to := page.find(".rz-tour a.utrecht-button-link--primary-action").AttrOr("href", ""); c.get(to).Status != http.StatusOK {
				t.Errorf("step %d leads to %s, which %s may not open", step, to, who)
			}
			if step == 3 {
				break
			}
			next := page.link(".rz-tour a", "Volgende stap")
			if !strings.HasSuffix(next, "#rondleiding") {
				t.Errorf("the next step is not in view: %s", next)
			}
			page = c.get(strings.TrimSuffix(next, "#rondleiding")).want(http.StatusOK)
		}
		if seen[0] == seen[1] || seen[1] == seen[2] {
			t.Errorf("the steps are %q", seen)
		}
		page.submit(".rz-tour form").follow().want(http.StatusOK).shows("rondleiding is klaar")
		for _, again := range []string{pathHome, pathHome + "?stap=2"} {
			if c.get(again).Doc.Find(".rz-tour").Length() != 0 || s.as(who).get(again).Doc.Find(".rz-tour").Length() != 0 {
				t.Errorf("it came back for %s on %s", who, again)
			}
		}
		c.post(pathTourDone).want(http.StatusSeeOther)
		c.get(pathHelp).shows("Rondleiding in drie stappen")
		c.get(pathHelp + "/rondleiding").want(http.StatusOK).shows("Deel iets kleins")
	}
	s.as(colleague).get(pathHome).find(".rz-tour")
	for _, step := range []string{"0", "4", "-1", "twee", "99999999999999999999", "%00"} {
		s.as(colleague).get(pathHome + "?stap=" + step).want(http.StatusOK).shows("stap 1 van 3")
	}
	s.as(nobody).post(pathTourDone).want(http.StatusSeeOther).follow().shows("Inloggen")
}
