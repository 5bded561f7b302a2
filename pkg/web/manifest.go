// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

func (s *Server) manifestRoutes() []route {
	return []route{{http.MethodGet, pathManifest, machine, s.showManifest}}
}

// manifest tells a phone how the site stands among its apps (W3C Web Application
// Manifest). There is no service worker beside it: nothing of the site is kept
// on a device that others may use too.
type manifest struct {
	ID          string             `json:"id"`
	Name        string             `json:"name"`
	ShortName   string             `json:"short_name"`
	Description string             `json:"description"`
	Lang        rugzak.Lang        `json:"lang"`
	Dir         string             `json:"dir"`
	Start       string             `json:"start_url"`
	Scope       string             `json:"scope"`
	Display     string             `json:"display"`
	Background  string             `json:"background_color"`
	Theme       string             `json:"theme_color"`
	Icons       []manifestIcon     `json:"icons"`
	Shortcuts   []manifestShortcut `json:"shortcuts"`
	ShareTarget manifestShare      `json:"share_target"`
}

type manifestIcon struct {
	Src     string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

type manifestShortcut struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// manifestShare is where the phone brings what somebody shares from another app.
// It only asks for a page: what it brings stands in a form that is not stored
// before its writer says so.
type manifestShare struct {
	Action string         `json:"action"`
	Method string         `json:"method"`
	Coding string         `json:"enctype"`
	Params manifestParams `json:"params"`
}

type manifestParams struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	URL   string `json:"url"`
}

// The colours of the frame around the site, of its own paper and accent in light.
const (
	manifestPaper  = "#f6f2e9"
	manifestAccent = "#0d5c53"
)

// showManifest needs nobody to be signed in: browsers fetch it without their
// cookies, and it tells no more than the sign-in page does.
func (s *Server) showManifest(c echo.Context) error {
	lang := rugzak.Lang(c.QueryParam("taal")).Or(rugzak.Dutch)
	p := s.Catalogue.Printer(string(lang))
	m := manifest{
		ID: pathHome, Name: s.SiteName, ShortName: s.shortName(), Description: p.T("manifest.description"), Lang: lang, Dir: "ltr",
		Start: pathHome, Scope: pathHome, Display: "standalone", Background: manifestPaper, Theme: manifestAccent,
		Shortcuts:   []manifestShortcut{{p.T("action.share_something"), pathShare}, {p.T("action.ask_something"), pathAsk}, {p.T("nav.search"), pathSearch}},
		ShareTarget: manifestShare{Action: pathShare, Method: http.MethodGet, Coding: echo.MIMEApplicationForm, Params: manifestParams{Title: paramTitle, Text: paramText, URL: paramAddress}},
	}
	if h := s.House; h != nil {
		m.Background, m.Theme = cmp.Or(h.Paper, m.Background), cmp.Or(h.Accent, m.Theme)
	}
	for _, icon := range s.appIcons() {
		address, err := s.assets.path(icon.name)
		if err != nil {
			return err
		}
		m.Icons = append(m.Icons, manifestIcon{address, icon.sizes, icon.mime, icon.purpose})
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "application/manifest+json", body)
}

// appIcon is an icon of the site among the apps of a phone.
type appIcon struct{ name, sizes, mime, purpose string }

// appIcons are the icons of the site, or the one of its house style.
func (s *Server) appIcons() []appIcon {
	if h := s.House; h != nil && h.Favicon != "" && h.IconSizes != "" {
		return []appIcon{{houseFolder + h.Favicon, h.IconSizes, mimes()[path.Ext(h.Favicon)], "any"}}
	}
	return []appIcon{
		{"img/favicon.svg", "any", "image/svg+xml", "any"},
		{"img/icon-192.png", "192x192", "image/png", "any"},
		{"img/icon-512.png", "512x512", "image/png", "any"},
		{"img/icon-maskable.png", "512x512", "image/png", "maskable"},
	}
}

// What another app shares beside a title.
const (
	paramText    = "tekst"
	paramAddress = "adres"
)

// beginShared puts what somebody shares from another app in the form, as the
// first answer: a text, and the address of a page below it. As with words that
// come with a link, a number that may be a citizen service number stays out, and
// the page says so.
func (s *Server) beginShared(w writing, text, address string) {
	address = rugzak.Line(address)
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") || strings.ContainsAny(address, " <>\"`\\") {
		address = ""
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if address != "" && !strings.Contains(text, address) {
		text = strings.TrimSpace(text + "\n\n" + address)
	}
	if text == "" {
		return
	}
	if s.Service.HoldsNumber(text) {
		w.form.leftOut()
		return
	}
	w.form.Set(answerField(w.in.Kind.QuickPrompts()[0]), text)
}
