// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"rugzak/pkg/locale"
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
