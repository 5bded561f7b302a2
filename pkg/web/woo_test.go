// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"archive/zip"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

func withWoo(c *Config) {
	c.Woo = func(to io.Writer, words rugzak.WooWords) WooFile { return exchange.NewWoo(to, words) }
}

// The privacy officer counts a selection, and then takes it out.
func TestWooPage(t *testing.T) {
	s := newSite(t, withWoo)
	s.share(participant, "Verhaal voor iedereen", "We belden.", rugzak.LevelInternal)
	s.share(participant, "Verhaal voor het team", "We belden.", rugzak.LevelTeam)
	month := time.Now().UTC().Format("2006-01")
	for _, who := range everybody() {
		got := s.as(who).get(pathWoo)
		switch who {
		case privacyperson:
			got.want(http.StatusOK)
		case nobody:
			got.want(http.StatusSeeOther)
		default:
			got.want(http.StatusForbidden)
			s.as(who).post(pathWoo, "from", month, "to", month).want(http.StatusForbidden)
		}
	}
	c := s.as(privacyperson)
	form := "main form"
	page := c.get(pathWoo).want(http.StatusOK)
	page.submit(form, "from", "2026-05", "to", "2026-01").want(http.StatusUnprocessableEntity).shows("De laatste maand ligt voor de eerste")
	page.submit(form, "from", "").want(http.StatusUnprocessableEntity).shows("Kies een maand")
	counted := page.submit(form, "from", month, "to", month).want(http.StatusOK).shows("1 bijdrage in deze selectie").hides("Verhaal voor")
	file := counted.submit(`form[method="post"][action="` + pathWoo + `"]`).want(http.StatusOK)
	if d := file.Header.Get("Content-Disposition"); d != `attachment; filename="woo-`+month+`-`+month+`.zip"` {
		t.Errorf("disposition %q", d)
	}
	r, err := zip.NewReader(strings.NewReader(file.Body), int64(len(file.Body)))
	if err != nil || len(r.File) != 4 {
		t.Fatalf("%v", err)
	}
	c.post(pathWoo, "from", "x", "to", month).want(http.StatusUnprocessableEntity)
	c.get(pathAudit + "?soort=exported").want(http.StatusOK).shows("een selectie voor de Woo")
	s.inEnglish(privacyperson)
	s.as(privacyperson).get(pathWoo + "?from=" + month + "&to=" + month).want(http.StatusOK).shows("1 entry in this selection")
}
