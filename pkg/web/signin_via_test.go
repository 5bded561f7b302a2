// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// knowing is the door of a provider that vouches for one person.
type knowing struct{ subject, email, state string }

func (k *knowing) Out(_ context.Context, f rugzak.SignInFlow) (rugzak.ProviderAddress, error) {
	k.state = f.State
	return "https://provider.test/?state=" + rugzak.ProviderAddress(f.State), nil
}

func (k *knowing) In(context.Context, rugzak.SignInFlow, string) (rugzak.Vouched, error) {
	return rugzak.Vouched{Issuer: k.Issuer(), Subject: k.subject, Email: k.email, EmailVerified: true}, nil
}

func (k *knowing) Issuer() string { return "https://provider.test" }

// longestCookie is what browsers keep of one at most, with its name.
const longestCookie = 4096

// Where somebody was going comes along through a provider, whatever stands in it:
// a text that their phone shares as well. What is too long for that is told.
func TestReturnThroughProvider(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = &url.URL{Scheme: "http", Host: "127.0.0.1"} })
	p := s.people[participant]
	door := &knowing{subject: "een", email: p.Email}
	s.Server.Providers = []Provider{{Provider: rugzak.Provider{ID: "gemeente", NameNL: "de gemeente", Organisation: p.Organisation}, Door: door}}
	if _, err := s.Store.Update(t.Context(), func(w rugzak.Writer) error {
		return w.SaveIdentity(rugzak.Identity{Issuer: door.Issuer(), Subject: door.subject, Person: p.ID, At: time.Now()})
	}); err != nil {
		t.Fatal(err)
	}
	through := func(to string) *answer {
		t.Helper()
		guest := newClient(s)
		in := guest.get(to).want(http.StatusSeeOther).follow().want(http.StatusOK)
		guest.get(in.link("main a", "de gemeente")).want(http.StatusSeeOther)
		if c := guest.cookies[cookieFlow]; c == nil || len(c.Name+c.Value) > longestCookie {
			t.Fatalf("%.60s…: a browser keeps no such cookie", to)
		}
		return guest.get(at(pathViaBack, "gemeente") + "?code=x&state=" + door.state).want(http.StatusSeeOther)
	}
	text := strings.TrimSpace(strings.Repeat("Dit werkte goed. ", 110))
	shared := pathShare + "?" + url.Values{"tekst": {text}}.Encode()
	for name, to := range map[string]string{"home": pathHome, "a text": shared, "signs": pathSearch + "?q=" + strings.Repeat("<&>", 130), "many choices": pathSearch + "?q=x" + strings.Repeat("&soort=vraag", 30)} {
		if got := through(to).Header.Get("Location"); got != to {
			t.Errorf("%s: leads to %q", name, got)
		}
	}
	guest := newClient(s)
	guest.get(pathShare + "?" + url.Values{"tekst": {strings.Repeat(text, 3)}}.Encode()).want(http.StatusSeeOther).follow().want(http.StatusOK).shows("Deel het daarna nog een keer.")
	if got := through(pathShare + "?" + url.Values{"tekst": {strings.Repeat(text, 3)}}.Encode()).Header.Get("Location"); got != pathShare {
		t.Errorf("what is too long leads to %q", got)
	}
	// What stands in another form than it is sent in may still be too long.
	if got := through(pathSearch + "?q=" + strings.Repeat(`"`, 1900)).Header.Get("Location"); got != pathHome {
		t.Errorf("signs that are written twice as long lead to %q", got)
	}
}
