// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// What a sign-in through a provider must and must not do is tested against real
// providers, in cmd/rugzak (TestSingleSignOn...). Here stands what they would
// not show: bad addresses, large answers, redirects, outages.

func reason(err error) rugzak.Refusal {
	r, _ := errors.AsType[rugzak.Refusal](err)
	return r
}

// moving is a clock that a test moves.
type moving struct{ now time.Time }

func (m *moving) Now() time.Time { return m.now }

func TestCheckAddress(t *testing.T) {
	for _, address := range []string{
		"169.254.169.254:80", "169.254.0.1:443", "[fe80::1%eth0]:80", "[fd00:ec2::254]:80", "100.100.100.200:80", "168.63.129.16:80",
		"192.0.0.192:80", "0.0.0.0:80", "[::]:80", "224.0.0.1:80", "[ff02::1]:80", "[::ffff:169.254.169.254]:80", "naam:80", "",
	} {
		if checkAddress(address) == nil {
			t.Errorf("%s may be dialled", address)
		}
	}
	for _, address := range []string{"127.0.0.1:80", "10.1.2.3:443", "192.168.1.1:443", "[fd12:3456::1]:443", "93.184.216.34:443", "[2001:db8::1]:443"} {
		if err := checkAddress(address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	// The check stands in the way of every connection, whatever name led there.
	if _, err := newClient().Get("http://169.254.169.254/latest/meta-data/"); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("the address of metadata gives %v", err)
	}
}

// An answer that is too large or leads to another host counts as no answer.
func TestClientIsBounded(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "elders") }))
	defer elsewhere.Close()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/large":
			_, _ = io.WriteString(w, strings.Repeat("a", maxAnswer+1))
		case "/fits":
			_, _ = io.WriteString(w, strings.Repeat("a", maxAnswer-1))
		case "/away":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case "/on":
			http.Redirect(w, r, "/fits", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		}
	}))
	defer site.Close()
	for path, fine := range map[string]bool{"/large": false, "/fits": true, "/away": false, "/on": true, "/round": false} {
		resp, err := newClient().Get(site.URL + path)
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			resp.Body.Close()
		}
		if (err == nil) != fine {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// provider is what a discovery document can be.
type provider struct {
	*httptest.Server
	down   atomic.Bool
	asked  atomic.Int32
	change func(map[string]any)
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.asked.Add(1)
		if p.down.Load() {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		doc := map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/auth", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		}
		if p.change != nil {
			p.change(doc)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(doc)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *provider) door(clock rugzak.Clock) *Door {
	return New(Options{Issuer: p.URL, ClientID: "rugzak", ClientSecret: "geheim", Scopes: []string{"openid", "email"}, Clock: clock})
}

// The way out carries state, nonce and the proof of PKCE, and neither the
// verifier nor the secret.
func TestOut(t *testing.T) {
	p := newProvider(t)
	f := rugzak.NewSignInFlow("https://rugzak.example/inloggen/via/a/terug")
	to, err := p.door(&moving{time.Now()}).Out(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		p.URL + "/auth?", "response_type=code", "client_id=rugzak", "state=" + f.State, "nonce=" + f.Nonce, "code_challenge_method=S256",
		"scope=openid+email", "redirect_uri=https%3A%2F%2Frugzak.example%2Finloggen%2Fvia%2Fa%2Fterug",
	} {
		if !strings.Contains(string(to), part) {
			t.Errorf("%s lacks %s", to, part)
		}
	}
	if strings.Contains(string(to), f.Verifier) || strings.Contains(string(to), "geheim") {
		t.Errorf("%s tells a secret", to)
	}
	if other := rugzak.NewSignInFlow(""); other.State == f.State || other.Nonce == f.Nonce || other.Verifier == f.Verifier || f.State == f.Nonce || len(f.Verifier) < 43 {
		t.Error("the secrets of two ways out are alike")
	}
}

// A provider that is down is asked again after a while; one that was found goes
// on serving while it is down.
func TestDiscoveryAgain(t *testing.T) {
	p, clock := newProvider(t), &moving{time.Now()}
	d := p.door(clock)
	out := func() error { _, err := d.Out(context.Background(), rugzak.NewSignInFlow("")); return err }
	p.down.Store(true)
	for range 3 {
		if err := out(); reason(err) != rugzak.RefusedUnavailable {
			t.Fatalf("while it is down: %v", err)
		}
	}
	if n := p.asked.Load(); n != 1 {
		t.Errorf("it was asked %d times in a moment", n)
	}
	p.down.Store(false)
	clock.now = clock.now.Add(retryAfter)
	if err := out(); err != nil {
		t.Fatalf("when it is back: %v", err)
	}
	p.down.Store(true)
	for range 2 {
		clock.now = clock.now.Add(refreshAfter)
		if err := out(); err != nil {
			t.Errorf("after it was found: %v", err)
		}
	}
}

// A discovery document that is not of this provider, or leads out of TLS, is
// none.
func TestBadDiscovery(t *testing.T) {
	for name, change := range map[string]func(map[string]any){
		"issuer":   func(d map[string]any) { d["issuer"] = "https://kwaad.example" },
		"no auth":  func(d map[string]any) { delete(d, "authorization_endpoint") },
		"no token": func(d map[string]any) { delete(d, "token_endpoint") },
		"no keys":  func(d map[string]any) { delete(d, "jwks_uri") },
		"file":     func(d map[string]any) { d["jwks_uri"] = "file:///etc/passwd" },
		"user":     func(d map[string]any) { d["token_endpoint"] = "https://u:p@kwaad.example/" },
	} {
		p := newProvider(t)
		p.change = change
		if _, err := p.door(&moving{time.Now()}).Out(t.Context(), rugzak.NewSignInFlow("")); reason(err) != rugzak.RefusedUnavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTexts(t *testing.T) {
	for raw, want := range map[string]string{
		`"a"`: "a", `["a","b"]`: "a|b", `true`: "true", `12`: "", `{"a":1}`: "", `null`: "", `["a",1]`: "", ``: "", `[]`: "",
	} {
		if got := strings.Join(texts(json.RawMessage(raw)), "|"); got != want {
			t.Errorf("%s gives %q, want %q", raw, got, want)
		}
	}
}

// A provider behind TLS cannot lead out of it.
func TestDiscoveryStaysInTLS(t *testing.T) {
	keys := "https://"
	var site *httptest.Server
	site = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"issuer": site.URL, "authorization_endpoint": site.URL + "/auth", "token_endpoint": site.URL + "/token",
			"jwks_uri": keys + "sleutels.example/keys",
		})
	}))
	defer site.Close()
	for scheme, fine := range map[string]bool{"https://": true, "http://": false} {
		keys = scheme
		d := New(Options{Issuer: site.URL, ClientID: "rugzak", Clock: &moving{time.Now()}})
		d.client = site.Client()
		if _, err := d.Out(t.Context(), rugzak.NewSignInFlow("")); (err == nil) != fine {
			t.Errorf("keys by %s: %v", scheme, err)
		}
	}
}
