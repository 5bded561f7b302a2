// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/xml"
	"net/http"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

func (s *Server) openSearchRoutes() []route {
	return []route{{http.MethodGet, pathOpenSearch, machine, s.showOpenSearch}}
}

// openSearch tells a browser how to search here from its address bar
// (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	LongName    string          `xml:"LongName"`
	Description string          `xml:"Description"`
	Language    string          `xml:"Language"`
	Encoding    string          `xml:"InputEncoding"`
	Right       string          `xml:"SyndicationRight"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type string `xml:"type,attr"`
	URL  string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr"`
	Template string `xml:"template,attr"`
}

// The longest names the format allows, in characters.
const (
	maxShortName = 16
	maxLongName  = 48
)

// showOpenSearch needs nobody to be signed in: browsers fetch it without their
// cookies, and it tells no more than the sign-in page does, the name and the
// address of the site. It names no address for suggestions. Browsers ask those
// without the cookies of the site, so there would be none, while everything
// typed in an address bar would be sent here.
func (s *Server) showOpenSearch(c echo.Context) error {
	lang := rugzak.Lang(c.QueryParam("taal")).Or(rugzak.Dutch)
	p := s.Catalogue.Printer(string(lang))
	icon, err := s.assets.path("img/favicon.svg")
	if err != nil {
		return err
	}
	body, err := xml.MarshalIndent(openSearch{
		ShortName: s.shortName(), LongName: cutRunes(s.SiteName, maxLongName), Description: p.T("opensearch.description", s.SiteName),
		Language: string(lang), Encoding: "UTF-8", Right: "private",
		Image: openSearchImage{Type: "image/svg+xml", URL: s.address(c, icon)},
		URLs: []openSearchURL{
			{Type: "text/html", Rel: "results", Template: s.address(c, pathSearch) + "?q={searchTerms}"},
			{Type: mimeOpenSearch, Rel: "self", Template: s.address(c, pathOpenSearch) + "?taal=" + string(lang)},
		},
	}, "", "  ")
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, mimeOpenSearch, append([]byte(xml.Header), body...))
}

const mimeOpenSearch = "application/opensearchdescription+xml"

// shortName is the name of the site where it is short enough, else that of the
// product: half a name would look like a mistake.
func (s *Server) shortName() string {
	if utf8.RuneCountInString(s.SiteName) <= maxShortName {
		return s.SiteName
	}
	return "Rugzak"
}
