// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"

	"rugzak/content"
	"rugzak/pkg/auth"
	"rugzak/pkg/config"
	"rugzak/pkg/exchange"
	"rugzak/pkg/locale"
	"rugzak/pkg/oidc"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/web"
	"rugzak/static"
	"rugzak/templates"
)

// starter reads the example set of a language.
func starter(lang rugzak.Lang) (rugzak.Backpack, []rugzak.Incoming, error) {
	return exchange.Starter(content.FS, lang)
}

// site builds the pages over the use cases.
func site(c config.Config, p *parts, catalogue *locale.Catalogue, clock rugzak.Clock, log *slog.Logger) (http.Handler, error) {
	var base *url.URL
	if c.BaseURL != "" {
		var err error
		if base, err = url.Parse(c.BaseURL); err != nil {
			return nil, fmt.Errorf("base URL: %w", err)
		}
	}
	look, err := house(c, catalogue.Printer("en"), log)
	if err != nil {
		return nil, fmt.Errorf("house style: %w", err)
	}
	s, err := web.New(web.Config{
		House: look, StylePage: c.Development,
		Service: p.service, Renderer: p.renderer, Catalogue: catalogue,
		Templates: templates.FS, Static: static.FS, Content: content.FS, Starter: starter, Woo: wooFile, Dossier: dossierFile, Own: ownFile, Bag: bagFile,
		Throttle: auth.NewThrottle(clock),
		Limiter:  auth.NewLimiter(clock, auth.Rates{Search: c.SearchesPerMinute, Write: c.WritesPerMinute}),
		BaseURL:  base, AllowedHosts: c.AllowedHosts, TrustedProxies: c.TrustedProxies,
		SiteName: c.SiteName, SecurityContact: c.SecurityContact, MaxBody: c.MaxBody, Log: log, Clock: clock,
		Providers: doors(c.Providers, clock), ProxyAuthHeader: c.ProxyAuthHeader, ProxyAuthFrom: c.ProxyAuthFrom,
	})
	if err != nil {
		return nil, fmt.Errorf("build the site: %w", err)
	}
	return s.Handler(), nil
}

// doors are the ways to the sign-in providers. None is opened yet: a provider
// that is down keeps no site from starting.
func doors(providers []config.Provider, clock rugzak.Clock) []web.Provider {
	var out []web.Provider
	for _, p := range providers {
		out = append(out, web.Provider{Provider: p.Provider, Door: oidc.New(oidc.Options{
			Issuer: p.Issuer, ClientID: p.ClientID, ClientSecret: p.ClientSecret, Scopes: p.Scopes,
			Claims: p.Claims(), Clock: clock,
		})})
	}
	return out
}

// firstStartPath is where the first administrator is made.
func firstStartPath(secret string) string { return "/eerste-beheerder/" + secret }

// passwordPath is where a person chooses a password.
func passwordPath(secret string) string { return "/wachtwoord/" + secret }

// wooFile begins the file of a selection for a request under the Woo.
func wooFile(to io.Writer, words rugzak.WooWords) web.WooFile { return exchange.NewWoo(to, words) }

// ownFile begins the file of somebody's own data.
func ownFile(to io.Writer) web.OwnFile { return exchange.NewOwn(to) }

// bagFile begins the file of somebody's own backpack.
func bagFile(to io.Writer, words rugzak.BagWords) web.BagFile { return exchange.NewBag(to, words) }

// dossierFile begins the dossier by which the movement is handed over.
func dossierFile(to io.Writer, words rugzak.DossierWords) web.DossierFile {
	return exchange.NewDossier(to, words)
}
