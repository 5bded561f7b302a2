// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// idpPassword is that of everybody at the providers of the tests.
const idpPassword = "een wachtwoord bij de aanbieder"

// somebody is who can sign in at a provider; see .ci/idp.
type somebody struct {
	Username, Email, Name string
	Verified              bool
	Claims                map[string]any
	Misbehave             string
}

// buildIDP builds the sign-in provider of .ci/idp once. Without it the test is
// skipped, or fails where skipping is not allowed.
var buildIDP = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rugzak-idp-*")
	if err != nil {
		return "", err
	}
	program := filepath.Join(dir, "idp")
	out, err := exec.Command("go", "build", "-C", filepath.Join("..", "..", ".ci", "idp"), "-o", program, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return program, nil
})

// idp is a real provider in a process of its own.
type idp struct {
	issuer string
	stop   func()
}

func startIDP(t *testing.T, redirect, secret string, people ...somebody) *idp {
	t.Helper()
	program, err := buildIDP()
	if err != nil {
		message := "the sign-in provider of .ci/idp cannot be built (its modules come with 'make needs'): single sign-on is not tested: " + err.Error()
		if os.Getenv("RUGZAK_CI") == "1" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	known, err := json.Marshal(people)
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, filepath.Join(t.TempDir(), "people.json"), string(known))
	cmd := exec.Command(program, "-client", "rugzak", "-secret", secret, "-redirect", redirect, "-people", file)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &idp{stop: sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // says that it was killed
	})}
	t.Cleanup(p.stop)
	line, err := bufio.NewReader(out).ReadString('\n')
	issuer, ok := strings.CutPrefix(strings.TrimSpace(line), "issuer ")
	if err != nil || !ok {
		t.Fatalf("the provider says %q: %v", line, err)
	}
	p.issuer = issuer
	return p
}

// signedUp is the site with the municipality's provider and a partner's.
type signedUp struct {
	*running
	dir          string
	own, partner *idp
}

// freeAddress is an address at which nobody listens. Providers must know it
// before the site starts. It is below the ports that the machine gives to whoever
// asks for any port, connections included: nobody takes it meanwhile.
func freeAddress(t *testing.T) string {
	t.Helper()
	var err error
	for range 100 {
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 10_000+rand.IntN(20_000))); err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal(err)
	return ""
}

// staff is somebody of the municipality at its provider.
func staff(username, email string, claims ...string) somebody {
	s := somebody{Username: username, Email: email, Name: "Test " + username, Verified: true, Claims: map[string]any{}}
	for _, c := range claims {
		name, value, _ := strings.Cut(c, "=")
		if all := strings.Split(value, "|"); len(all) > 1 {
			s.Claims[name] = all
		} else {
			s.Claims[name] = value
		}
	}
	return s
}

// wicked is somebody for whom the provider does something wrong.
func wicked(how string) somebody {
	s := staff(how, how+"@example.test", "afdeling=JZ")
	s.Misbehave = how
	return s
}

func startSignedUp(t *testing.T, more ...string) *signedUp {
	t.Helper()
	address := freeAddress(t)
	site := "http://" + address
	unverified := staff("onbevestigd", "noor@example.test", "afdeling=JZ")
	unverified.Verified = false
	s := &signedUp{
		dir: newBackpack(t),
		own: startIDP(t, site+"/inloggen/via/gemeente/terug", "geheim-van-de-gemeente",
			staff("noor", "Noor@example.test", "afdeling=JZ", "team=TJ", "groups=andere|fac"),
			staff("nieuw", "nieuw@example.test", "afdeling=JZ"),
			staff("opvolger", "nieuw@example.test", "afdeling=JZ"),
			staff("elders", "partner@example.test", "afdeling=JZ"),
			staff("zonder", "zonder@example.test"),
			wicked("nonce"), wicked("audience"), wicked("party"), wicked("issuer"), wicked("expired"), wicked("early"), wicked("signature"),
			unverified,
		),
		partner: startIDP(t, site+"/inloggen/via/welzijn/terug", "geheim-van-de-partner",
			staff("petra", "partner@example.test", "afdeling=JZ", "groups=fac"),
			staff("indringer", "beheer@example.test", "afdeling=JZ", "groups=fac"),
			staff("onbekend", "onbekend@example.test"),
		),
	}
	secret := write(t, filepath.Join(t.TempDir(), "secret"), "geheim-van-de-gemeente\n")
	config := write(t, filepath.Join(t.TempDir(), "rugzak.yaml"), fmt.Sprintf(`
base-url: %s
oidc-providers:
  - id: gemeente
    name: de gemeente
    issuer: %s
    client-id: rugzak
    client-secret-file: %s
    create: true
    organisation-claim: afdeling
    organisation-map: {JZ: jeugd}
    team-claim: team
    team-map: {TJ: toegang-jeugd}
    roles-claim: groups
    roles-map: {fac: facilitator}
  - id: welzijn
    name: Welzijn
    issuer: %s
    client-id: rugzak
    client-secret: geheim-van-de-partner
    organisation: welzijn
  - id: weg
    name: de verdwenen aanbieder
    issuer: http://%s/
    client-id: rugzak
    client-secret: geen
    organisation: welzijn
`, site, s.own.issuer, secret, s.partner.issuer, freeAddress(t)))
	s.running = serving(t, append([]string{"serve", "--data", s.dir, "--listen", address, "--config", config}, more...)...)
	return s
}

// atProvider signs somebody in at a provider, as a browser does, and returns
// where the provider sends them back to.
func atProvider(t *testing.T, site, location, username string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	back := ""
	browser := &http.Client{Jar: jar, Timeout: patience, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), site+"/") {
			back = r.URL.RequestURI()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	page, err := browser.Get(location)
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	id := page.Request.URL.Query().Get("authRequestID")
	if page.StatusCode != http.StatusOK || id == "" {
		t.Fatalf("the provider answers %d at %s", page.StatusCode, page.Request.URL)
	}
	page, err = browser.PostForm(page.Request.URL.Scheme+"://"+page.Request.URL.Host+"/login/username",
		url.Values{"id": {id}, "username": {username}, "password": {idpPassword}})
	if err != nil {
		t.Fatal(err)
	}
	page.Body.Close()
	if back == "" {
		t.Fatalf("%s: the provider does not send them back: %d", username, page.StatusCode)
	}
	return back
}

// leaves begins at a provider and returns the address it leads to.
func (s *signedUp) leaves(t *testing.T, v *visitor, path string) string {
	t.Helper()
	p, err := v.get(path)
	if err != nil || p.status != http.StatusSeeOther || !strings.HasPrefix(p.path, "http://") {
		t.Fatalf("%s answers %d and leads to %s: %v", path, p.status, p.path, err)
	}
	return p.path
}

// visits is somebody without a session.
func (s *signedUp) visits() *visitor {
	v := newVisitor()
	v.at = s.at
	return v
}

// comes lets somebody sign in at a provider and returns the site's answer.
func (s *signedUp) comes(t *testing.T, v *visitor, provider, username string) sheet {
	t.Helper()
	back := atProvider(t, s.at, s.leaves(t, v, "/inloggen/via/"+provider), username)
	p, err := v.get(back)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// isSignedIn reports whether this browser has a session.
func (v *visitor) isSignedIn(t *testing.T) bool {
	t.Helper()
	p, err := v.get("/account")
	if err != nil {
		t.Fatal(err)
	}
	return p.status == http.StatusOK
}
