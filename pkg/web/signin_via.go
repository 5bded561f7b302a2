// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// Provider is a sign-in provider and the way to it.
type Provider struct {
	rugzak.Provider
	Door rugzak.ProviderDoor
}

// ViaPage tells who was not let in by a provider or a proxy what they can do.
// It is plain on purpose: why exactly stands in the log.
type ViaPage struct {
	Page
	Kind string // invite, failed, again or away
	Name string // of the provider; empty for a proxy
}

// ViaButton is the button of a provider on the sign-in page.
type ViaButton struct{ Path, Name string }

func viaPages() []pageDef { return []pageDef{{"account/via", ViaPage{}}} }

// viaRoutes are the way to a provider and back. Leaving is a GET: a form may
// not lead to another host (form-action), and nothing is kept here but a cookie.
func (s *Server) viaRoutes() []route {
	return []route{
		{http.MethodGet, pathVia, public, s.leaveVia},
		{http.MethodGet, pathViaBack, public, s.returnVia},
		{http.MethodPost, pathProceed, public, s.proceed},
	}
}

const (
	// flowLasts is how long somebody may take to sign in at a provider.
	flowLasts = 10 * time.Minute
)

// flow is one sign-in under way, sealed in a cookie of the browser that began.
type flow struct {
	Provider rugzak.ProviderID `json:"p"`
	State    string            `json:"s"`
	Nonce    string            `json:"n"`
	Verifier string            `json:"v"`
	Back     LocalPath         `json:"b"`
	Until    time.Time         `json:"u"`
}

func (s *Server) provider(c echo.Context) (Provider, bool) {
	for _, p := range s.Providers {
		if string(p.ID) == c.Param("provider") {
			return p, true
		}
	}
	return Provider{}, false
}

// callback is the address at which a provider sends people back. It comes from
// the configuration, never from a request.
func (s *Server) callback(p Provider) string {
	return s.BaseURL.Scheme + "://" + s.BaseURL.Host + at(pathViaBack, string(p.ID))
}

// viaButtons are the providers as the sign-in page offers them.
func (s *Server) viaButtons(c echo.Context, back LocalPath) []ViaButton {
	var out []ViaButton
	for _, p := range s.Providers {
		path := at(pathVia, string(p.ID))
		if back != pathHome {
			path += returnQuery(back)
		}
		out = append(out, ViaButton{Path: path, Name: p.Name(s.lang(c))})
	}
	return out
}

// leaveVia sends the browser to a provider.
func (s *Server) leaveVia(c echo.Context) error {
	p, ok := s.provider(c)
	back := localPathOr(c.QueryParam("naar"), pathHome)
	switch {
	case s.by(c).ID != "":
		return s.redirect(c, back)
	case !ok:
		return s.mustSignIn(c)
	}
	begun := rugzak.NewSignInFlow(s.callback(p))
	to, err := p.Door.Out(c.Request().Context(), begun)
	if err != nil {
		return s.refusedVia(c, p, err)
	}
	kept, err := s.keepFlow(flow{
		Provider: p.ID, State: begun.State, Nonce: begun.Nonce, Verifier: begun.Verifier, Back: back,
		Until: s.Clock.Now().Add(flowLasts).UTC().Truncate(time.Second),
	})
	if err != nil {
		return err
	}
	s.setCookie(c, cookieFlow, kept, flowLasts)
	return s.redirectAway(c, to)
}

// keepFlow seals a sign-in under way for its cookie. A way back that does not fit
// in one goes: signing in must not fail on it.
func (s *Server) keepFlow(f flow) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // it stands in no page, and addresses have many such signs
	if err := e.Encode(f); err != nil {
		return "", err
	}
	sealed := s.sealer.close(sealFlow, b.String())
	if len(sealed) > maxSealed(sealFlow) && f.Back != pathHome {
		f.Back = pathHome
		return s.keepFlow(f)
	}
	return sealed, nil
}

// redirectAway leads to a provider: the only way out of the site.
func (s *Server) redirectAway(c echo.Context, to rugzak.ProviderAddress) error {
	c.Response().Header().Set(echo.HeaderLocation, string(to))
	return c.String(http.StatusSeeOther, s.printer(c).T("redirect.follow")+"\n")
}

// returnVia takes the answer of a provider. Everything that is wrong with it
// ends on one page, without a session.
func (s *Server) returnVia(c echo.Context) error {
	p, ok := s.provider(c)
	if !ok {
		return s.mustSignIn(c)
	}
	f, ok := s.flow(c, p)
	s.setCookie(c, cookieFlow, "", -1)
	if !ok { // anybody can bring this about, and nothing was begun: not worth a place in the audit log
		return s.refusedVia(c, p, rugzak.RefusedState)
	}
	attempt := rugzak.Attempt{Of: rugzak.GuessPassword, Address: c.RealIP(), Account: f.State}
	if wait := s.Throttle.Begin(attempt); wait > 0 {
		form := s.newForm(c).Set("return", string(f.Back))
		s.tooSoon(c, form, wait)
		return s.showSignInForm(c, http.StatusTooManyRequests, form)
	}
	secret, err := s.signInVia(c, p, f)
	reason, _ := errors.AsType[rugzak.Refusal](err)
	// Whom the provider knows and the site does not was not guessing: a whole
	// building may share the address.
	s.Throttle.End(attempt, err == nil || reason.NeedsInvitation() || reason == rugzak.RefusedUnavailable)
	if err != nil {
		return s.refusedVia(c, p, err)
	}
	if err := s.endSession(c); err != nil { // of whoever used this browser before
		return err
	}
	s.begin(c, secret)
	return s.redirect(c, f.Back)
}

// flow is the sign-in that this browser began at this provider, when the
// answer is to it.
func (s *Server) flow(c echo.Context, p Provider) (flow, bool) {
	var f flow
	if json.Unmarshal([]byte(s.sealer.open(sealFlow, s.cookieValue(c, cookieFlow))), &f) != nil {
		return f, false
	}
	states := c.QueryParams()["state"]
	return f, f.Provider == p.ID && f.State != "" && s.Clock.Now().Before(f.Until) &&
		len(states) == 1 && subtle.ConstantTimeCompare([]byte(states[0]), []byte(f.State)) == 1
}

// signInVia checks the answer and signs in whom the provider vouches for.
func (s *Server) signInVia(c echo.Context, p Provider, f flow) (secret string, err error) {
	ctx := c.Request().Context()
	refuse := func(err error) (string, error) {
		reason, ok := errors.AsType[rugzak.Refusal](err)
		if !ok {
			return "", err
		}
		s.Log.WarnContext(ctx, "provider refused", "provider", string(p.ID), "id", requestID(c), "err", err)
		return "", s.Service.RefusedVia(ctx, p.ID, reason)
	}
	if err := s.Service.UseState(ctx, f.State, f.Until); err != nil {
		return refuse(err)
	}
	query := c.QueryParams()
	switch {
	case len(query["iss"]) > 0 && (len(query["iss"]) > 1 || query.Get("iss") != p.Door.Issuer()):
		return refuse(rugzak.RefusedIssuer)
	case len(query["error"]) > 0 || len(query["code"]) != 1:
		return refuse(rugzak.RefusedProvider)
	}
	v, err := p.Door.In(ctx, rugzak.SignInFlow{State: f.State, Nonce: f.Nonce, Verifier: f.Verifier, Callback: s.callback(p)}, query.Get("code"))
	if err != nil {
		return refuse(err)
	}
	secret, _, err = s.Service.SignInVia(ctx, p.Provider, v, clientOf(c.Request()))
	return secret, err
}

// refusedVia shows the page for a refusal; other errors stay what they are.
func (s *Server) refusedVia(c echo.Context, p Provider, err error) error {
	reason, ok := errors.AsType[rugzak.Refusal](err)
	if !ok {
		return err
	}
	kind, code := "failed", http.StatusForbidden
	switch {
	case reason == rugzak.RefusedUnavailable:
		kind, code = "away", http.StatusServiceUnavailable
		s.Log.WarnContext(c.Request().Context(), "provider cannot be reached", "provider", string(p.ID), "id", requestID(c), "err", err)
		c.Response().Header().Set("Retry-After", retryAfter)
	case reason == rugzak.RefusedState:
		kind = "again"
		s.Log.InfoContext(c.Request().Context(), "sign-in refused", "provider", string(p.ID), "id", requestID(c), "reason", string(reason))
	case reason == rugzak.RefusedReplay:
		kind = "again"
	case reason.NeedsInvitation():
		kind = "invite"
	}
	page := ViaPage{Page: s.page(c, "via.title."+kind), Kind: kind, Name: p.Name(s.lang(c))}
	page.Return = pathSignIn // the answer of a provider works once
	return s.render(c, code, page)
}
