// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package oidc is the way to sign-in providers that speak OpenID Connect, and
// back: the authorisation code flow with PKCE (S256), state and nonce. It
// checks everything about what a provider says, and decides nothing about who
// may come in.
package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"rugzak/pkg/rugzak"
)

// Options says which provider it is, and how it knows us.
type Options struct {
	Issuer, ClientID, ClientSecret string
	Scopes                         []string
	Claims                         []string // to be returned as texts
	Clock                          rugzak.Clock
}

// Door is the way to one provider. It asks the provider for its addresses when
// they are first needed, so that one that is down keeps no site from starting.
type Door struct {
	options Options
	client  *http.Client

	mu      sync.Mutex
	found   *oidc.Provider
	foundAt time.Time
	failed  error
	retryAt time.Time
}

const (
	// refreshAfter is how long the addresses of a provider are believed.
	refreshAfter = 12 * time.Hour
	// retryAfter is how long a provider that failed is left alone.
	retryAfter = 5 * time.Second
	// leeway is how far the clocks of provider and site may be apart.
	leeway = time.Minute
	// maxCode bounds what is sent on to the provider.
	maxCode = 4 << 10
)

// New returns the way to a provider. It connects to nothing yet.
func New(o Options) *Door { return &Door{options: o, client: newClient()} }

// Issuer is the provider's own name for itself.
func (d *Door) Issuer() string { return d.options.Issuer }

// refused joins a reason to what the log may know.
func refused(reason rugzak.Refusal, format string, args ...any) error {
	return fmt.Errorf("%w: %s", reason, fmt.Sprintf(format, args...))
}

// discover returns the provider's addresses and keys.
func (d *Door) discover(ctx context.Context) (*oidc.Provider, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.options.Clock.Now()
	switch {
	case d.found != nil && now.Sub(d.foundAt) < refreshAfter:
		return d.found, nil
	case now.Before(d.retryAt):
		return d.found, d.unlessFound(d.failed)
	}
	// The provider keeps this context for fetching keys later on.
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), d.client)
	p, err := oidc.NewProvider(ctx, d.options.Issuer)
	if err == nil {
		err = d.safe(p)
	}
	if err != nil {
		d.failed, d.retryAt = refused(rugzak.RefusedUnavailable, "%v", withoutBody(err)), now.Add(retryAfter)
		return d.found, d.unlessFound(d.failed)
	}
	d.found, d.foundAt, d.failed = p, now, nil
	return p, nil
}

// unlessFound lets addresses that were found before go on serving.
func (d *Door) unlessFound(err error) error {
	if d.found != nil {
		return nil
	}
	return err
}

// safe refuses addresses that are not as safe as the issuer's own.
func (d *Door) safe(p *oidc.Provider) error {
	var more struct {
		Keys string `json:"jwks_uri"`
	}
	if err := p.Claims(&more); err != nil {
		return errors.New("the discovery document cannot be read")
	}
	issuer, err := url.Parse(d.options.Issuer)
	if err != nil {
		return errors.New("the issuer is no address")
	}
	for _, address := range []string{p.Endpoint().AuthURL, p.Endpoint().TokenURL, more.Keys} {
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || issuer.Scheme != "http") {
			return errors.New("an address in the discovery document is not https")
		}
	}
	return nil
}

func (d *Door) config(p *oidc.Provider, f rugzak.SignInFlow) oauth2.Config {
	return oauth2.Config{
		ClientID: d.options.ClientID, ClientSecret: d.options.ClientSecret,
		Endpoint: p.Endpoint(), RedirectURL: f.Callback, Scopes: d.options.Scopes,
	}
}

// Out is where the browser goes to sign in.
func (d *Door) Out(ctx context.Context, f rugzak.SignInFlow) (rugzak.ProviderAddress, error) {
	p, err := d.discover(ctx)
	if err != nil {
		return "", err
	}
	c := d.config(p, f)
	return rugzak.ProviderAddress(c.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier))), nil
}

// In exchanges the code for a token and checks the token.
func (d *Door) In(ctx context.Context, f rugzak.SignInFlow, code string) (rugzak.Vouched, error) {
	if code == "" || len(code) > maxCode {
		return rugzak.Vouched{}, refused(rugzak.RefusedProvider, "no code")
	}
	p, err := d.discover(ctx)
	if err != nil {
		return rugzak.Vouched{}, err
	}
	ctx = oidc.ClientContext(ctx, d.client)
	c := d.config(p, f)
	token, err := c.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		if answer, ok := errors.AsType[*oauth2.RetrieveError](err); ok && answer.Response.StatusCode < 500 {
			return rugzak.Vouched{}, refused(rugzak.RefusedExchange, "status %d, %.40q", answer.Response.StatusCode, answer.ErrorCode)
		}
		return rugzak.Vouched{}, refused(rugzak.RefusedUnavailable, "%v", withoutBody(err))
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := d.check(ctx, p, f, raw)
	if err != nil {
		return rugzak.Vouched{}, err
	}
	return d.read(id)
}

// check verifies a token: signature and issuer, audience, times and nonce.
func (d *Door) check(ctx context.Context, p *oidc.Provider, f rugzak.SignInFlow, raw string) (*oidc.IDToken, error) {
	strict := oidc.Config{ClientID: d.options.ClientID, Now: d.options.Clock.Now}
	id, err := p.Verifier(&strict).Verify(ctx, raw)
	if err != nil {
		return nil, refused(d.why(ctx, p, raw, err), "the token does not pass")
	}
	var more struct {
		Party     string `json:"azp"`
		NotBefore int64  `json:"nbf"`
	}
	if err := id.Claims(&more); err != nil {
		return nil, refused(rugzak.RefusedToken, "a claim has the wrong form")
	}
	now := d.options.Clock.Now()
	switch {
	case more.Party != "" && more.Party != d.options.ClientID, more.Party == "" && len(id.Audience) > 1:
		return nil, refused(rugzak.RefusedAudience, "made for another party")
	case id.IssuedAt.After(now.Add(leeway)), time.Unix(more.NotBefore, 0).After(now.Add(leeway)):
		return nil, refused(rugzak.RefusedExpired, "not valid yet")
	case f.Nonce == "" || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(f.Nonce)) != 1:
		return nil, refused(rugzak.RefusedNonce, "the nonce is another")
	}
	return id, nil
}

// why finds the reason for the log. The token is refused already.
func (d *Door) why(ctx context.Context, p *oidc.Provider, raw string, err error) rugzak.Refusal {
	if _, expired := errors.AsType[*oidc.TokenExpiredError](err); expired {
		return rugzak.RefusedExpired
	}
	passes := func(loose oidc.Config) bool {
		loose.SkipExpiryCheck = true
		_, err := p.Verifier(&loose).Verify(ctx, raw)
		return err == nil
	}
	switch {
	case passes(oidc.Config{ClientID: d.options.ClientID}):
		return rugzak.RefusedExpired // not valid yet
	case passes(oidc.Config{SkipClientIDCheck: true}):
		return rugzak.RefusedAudience
	case passes(oidc.Config{SkipClientIDCheck: true, SkipIssuerCheck: true}):
		return rugzak.RefusedIssuer
	}
	return rugzak.RefusedToken
}

// withoutBody keeps of an error what cannot hold anything a person typed: the
// first line, cut short.
func withoutBody(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	if len(line) > 200 {
		line = line[:200]
	}
	return line
}
