// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"rugzak/static"
)

func TestStylePage(t *testing.T) {
	off := newSite(t)
	for name, c := range map[string]*client{"a participant": off.as(participant), "nobody": off.as(nobody)} {
		c.get(pathHelp + "/stijl").want(http.StatusNotFound)
		if strings.Contains(c.get(pathHelp).Body, "stijl\"") {
			t.Errorf("%s sees the page in the list", name)
		}
	}
	s := newSite(t, func(c *Config) { c.StylePage = true })
	me := s.as(nobody)
	a := me.get(pathHelp + "/stijl").want(http.StatusOK).shows("De stijl van de site").shows("Een belafspraak in plaats van een wachtbrief")
	icons, err := static.FS.ReadFile("img/icons.svg")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := a.find(".rz-icons li").Length(), len(regexp.MustCompile(`<symbol id="[a-z]+" viewBox="0 0 24 24"`).FindAll(icons, -1)); got != want {
		t.Errorf("shows %d of %d icons", got, want)
	}
	for selector, least := range map[string]int{
		".rz-states button": 24, ".rz-states button:disabled": 4, `.rz-states button[aria-busy="true"]`: 4, ".rz-is-hover": 8, ".rz-is-focus": 8, ".rz-is-active": 4,
		`[aria-invalid="true"]`: 1, ".rz-card": 7, ".utrecht-alert": 4, ".rz-empty": 1, ".rz-door": 2, ".rz-lesson": 1, ".rz-prose .rz-callout": 2, ".rz-prose table": 1,
		".rz-chart": 1, "table": 3, ".rz-chip": 4, ".utrecht-badge-status": 3, ".rz-error-summary": 1, ".utrecht-pagination": 1, ".rz-suggest__option": 2, ".rz-steps li": 3,
		".rz-swatches li": 28,
	} {
		if got := a.Doc.Find(selector).Length(); got < least {
			t.Errorf("shows %d of %s, want %d", got, selector, least)
		}
	}
	sheet, err := s.Server.assets.path(statesFile)
	if err != nil {
		t.Fatal(err)
	}
	css := me.get(sheet).want(http.StatusOK).Body
	if !strings.Contains(css, ".utrecht-button--primary-action.rz-is-hover") || !strings.Contains(css, ".rz-is-focus{") || strings.Contains(css, ":hover") {
		t.Error("the states are not those of the site")
	}
	me.header.Set("Accept-Language", "en")
	me.get(pathHelp + "/stijl").want(http.StatusOK).shows("The style of the site").shows("A date to call instead of a waiting letter")
}
