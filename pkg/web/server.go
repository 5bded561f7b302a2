// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package web is the site: it turns requests into use cases of package
// backpack and what they return into pages. It decides nothing about who may
// read or change what; it knows how to ask, how to show, and how to be safe in
// a browser.
//
// A feature is a file: its rows of the route table, its page structs, its
// handlers. routes.go, paths.go and pages.go join them.
package web

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Config is what the site works with.
type Config struct {
	Service   *backpack.Service
	Renderer  rugzak.Renderer
	Catalogue *locale.Catalogue
	// Templates, Static and Content are the files of the packages of these
	// names; with Dev they are read again for each request.
	Templates, Static, Content fs.FS
	// Starter reads the example set of a language.
	Starter func(lang rugzak.Lang) (rugzak.Backpack, []rugzak.Incoming, error)
	// Own begins the file of somebody's own data.
	Own func(to io.Writer) OwnFile
	// Bag begins the file of somebody's own backpack.
	Bag func(to io.Writer, words rugzak.BagWords) BagFile
	// Woo begins the file of a selection for a request under the Woo.
	Woo func(to io.Writer, words rugzak.WooWords) WooFile
	// Dossier begins the dossier by which the movement is handed over.
	Dossier  func(to io.Writer, words rugzak.DossierWords) DossierFile
	Throttle rugzak.Throttle
	// Limiter bounds how much anybody may ask for; nil bounds nothing.
	Limiter rugzak.Limiter
	// BaseURL is the scheme and host by which people reach the site; nil when
	// nobody said. Under https cookies are bound to it.
	BaseURL *url.URL
	// AllowedHosts are further names the site answers to, without port.
	AllowedHosts []string
	// TrustedProxies are those whose forwarded headers are believed.
	TrustedProxies []netip.Prefix
	SiteName       string
	// SecurityContact is where people report a weakness: an e-mail or https
	// address; empty when nobody said.
	SecurityContact string
	// Providers are the sign-in providers, in the order of their buttons. They
	// need BaseURL: it is where they send people back to.
	Providers []Provider
	// ProxyAuthHeader names who is signed in, when it comes from one of
	// ProxyAuthFrom; empty when that is off.
	ProxyAuthHeader string
	ProxyAuthFrom   []netip.Prefix
	MaxBody         int64 // bytes of a request body; 0 means 1 MiB
	// House is the house style of the organisation; nil is the site's own.
	House *HouseStyle
	// StylePage shows the page with every part of the design to everybody.
	StylePage bool
	Dev       bool
	Log       *slog.Logger
	Clock     rugzak.Clock
}

// defaultMaxBody holds an entry of the longest length, encoded as a form.
const defaultMaxBody = 1 << 20

// Server is the site. It is safe for concurrent use.
type Server struct {
	Config
	echo      *echo.Echo
	access    map[string]access // by method and path
	crossSite *http.CrossOriginProtection
	pages     pageTable
	templates pageTemplates
	wordings  atomic.Int64 // version of the sentences that were replaced
	assets    *assets
	help      helpSets
	pools     *pools
	made      *madePages
	sealer    *sealer
}

// New builds the site. It reads and parses every template and help page, so
// that a mistake in one shows at start.
func New(c Config) (*Server, error) {
	if c.MaxBody <= 0 {
		c.MaxBody = defaultMaxBody
	}
	s := &Server{Config: c, crossSite: http.NewCrossOriginProtection(), pools: newPools(), made: newMadePages(), templates: pageTemplates{sets: templateSets{}}}
	// Mail programs send the form of a link to stop mail, from wherever they are.
	s.crossSite.AddInsecureBypassPattern("POST " + strings.Replace(pathStopMail, ":secret", "{secret}", 1))
	if c.BaseURL != nil {
		if err := s.crossSite.AddTrustedOrigin(c.BaseURL.Scheme + "://" + c.BaseURL.Host); err != nil {
			return nil, fmt.Errorf("web: base URL: %w", err)
		}
	}
	if len(c.Providers) > 0 && c.BaseURL == nil {
		return nil, errors.New("web: sign-in providers need a base URL")
	}
	var err1, err2, err3, err4, err5 error
	s.assets, err1 = loadAssets(c.Static, c.House)
	if err1 == nil && c.StylePage {
		s.assets.addStates()
	}
	s.pages, err2 = newPageTable(pages())
	err3 = s.checkTemplates()
	s.help, err4 = readHelp(c.Content)
	s.sealer, err5 = newSealer()
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	s.echo = s.newEcho()
	return s, nil
}

func (s *Server) newEcho() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.handleError
	e.IPExtractor, e.SchemeExtractor = trustedExtractors(s.TrustedProxies)
	e.Pre(s.observe, s.secureHeaders, s.limitHead, s.checkHost, s.limitBody, s.sameOrigin)
	e.Use(s.guard)
	s.register(e)
	return e
}

// trustedExtractors believe forwarded headers of the given proxies only.
func trustedExtractors(proxies []netip.Prefix) (echo.IPExtractor, echo.SchemeExtractor) {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect(), echo.ExtractSchemeDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		p = p.Masked()
		trust = append(trust, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(trust...), echo.ExtractSchemeFromHeaders(trust...)
}

// Handler is the site as an http.Handler.
func (s *Server) Handler() http.Handler { return s.echo }

// NewHTTPServer returns a server for the handler with every limit set: a slow
// or endless request cannot hold it.
func NewHTTPServer(addr string, h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
}
