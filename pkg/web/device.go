// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// sign is a word in a browser's own description, and our code for what it
// means. The first that is found counts: many browsers name others as well.
type sign struct{ word, code string }

var (
	browserSigns = []sign{
		{"edg", "edge"}, {"samsungbrowser", "samsung"}, {"opr/", "opera"}, {"firefox", "firefox"}, {"fxios", "firefox"},
		{"crios", "chrome"}, {"chrom", "chrome"}, {"safari", "safari"},
	}
	systemSigns = []sign{
		{"android", "android"}, {"iphone", "ios"}, {"ipad", "ios"}, {"windows", "windows"}, {"mac os", "macos"},
		{"cros", "chromeos"}, {"linux", "linux"},
	}
)

// otherCode stands for every browser and system we do not know.
const otherCode = "other"

// clientOf says in two coarse codes what browser somebody comes with. No
// version and no model: people must know their own sessions apart, and nobody
// must be known by it.
func clientOf(r *http.Request) string {
	said := strings.ToLower(r.UserAgent())
	return codeIn(said, browserSigns) + " " + codeIn(said, systemSigns)
}

func codeIn(said string, signs []sign) string {
	for _, s := range signs {
		if strings.Contains(said, s.word) {
			return s.code
		}
	}
	return otherCode
}

// clientWords says the codes of clientOf in words.
func clientWords(p *locale.Printer, client string) string {
	browser, system, _ := strings.Cut(client, " ")
	known := func(code string, signs []sign) string {
		for _, s := range signs {
			if s.code == code {
				return code
			}
		}
		return otherCode
	}
	return p.T("session.client", p.T("browser."+known(browser, browserSigns)), p.T("system."+known(system, systemSigns)))
}

// mostDevices is how many people a shared browser is known to.
const mostDevices = 4

// devices are the words by which this browser is known to who signed in here.
func (s *Server) devices(c echo.Context) []string {
	words := strings.Split(s.cookieValue(c, cookieDevice), "~")
	if len(words) > mostDevices {
		words = words[:mostDevices]
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" || len(w) > maxDevice })
}

// maxDevice bounds one word, in bytes.
const maxDevice = 100

// rememberDevice makes this browser known to a person: others who guess at
// their password do not make it wait.
func (s *Server) rememberDevice(c echo.Context, id rugzak.PersonID) error {
	known := s.devices(c)
	word, err := s.Service.RememberDevice(c.Request().Context(), id, known)
	if err != nil || word == "" {
		return err
	}
	known = append([]string{word}, known...)
	s.setCookie(c, cookieDevice, strings.Join(known[:min(len(known), mostDevices)], "~"), deviceLasts)
	return nil
}
