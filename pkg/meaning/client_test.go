// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package meaning

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func clientOf(t *testing.T, o Options) *Client {
	t.Helper()
	o.Model = "test"
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Both kinds of endpoint give each text its own vector, in order, also when
// there are more texts than one request holds.
func TestEmbed(t *testing.T) {
	server := rugzaktest.NewMeaningServer(t)
	server.Key = "sleutel"
	texts := strings.Fields(strings.Repeat("brug fiets school zorg water ", 9))
	for _, o := range []Options{{Kind: OpenAI}, {Kind: OpenAI, URL: "/v1/"}, {Kind: Ollama}, {Kind: Ollama, URL: "/"}} {
		o.URL, o.Key = server.URL+o.URL, server.Key
		got, err := clientOf(t, o).Embed(t.Context(), texts)
		if err != nil || len(got) != len(texts) {
			t.Fatalf("%s: %d vectors, %v", o.Kind, len(got), err)
		}
		for i := range got {
			same := pack(got[i]).likeness(pack(got[i%5]))
			other := pack(got[i]).likeness(pack(got[(i+1)%5]))
			if same < 990_000 || other > 500_000 {
				t.Fatalf("%s: text %d is like itself %d and like another %d", o.Kind, i, same, other)
			}
		}
		o.Key = "anders"
		if _, err := clientOf(t, o).Embed(t.Context(), texts); err == nil {
			t.Errorf("%s: another key is taken", o.Kind)
		}
	}
}

// Whatever goes wrong is an error, soon, and the error tells nothing of the text,
// of the key or of what was answered.
func TestEmbedFails(t *testing.T) {
	server := rugzaktest.NewMeaningServer(t)
	failing := rugzaktest.Failing()
	failing["leads elsewhere"] = func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "http://"+r.Host+"/v1/embeddings", http.StatusTemporaryRedirect)
		return true
	}
	for name, trouble := range failing {
		for _, kind := range []Kind{OpenAI, Ollama} {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			server.Trouble(func(w http.ResponseWriter, r *http.Request) bool {
				if name == "slow" { // nobody waits any more, now that the text has come in
					cancel()
				}
				return trouble(w, r)
			})
			got, err := clientOf(t, Options{URL: server.URL, Kind: kind, Key: "sleutel"}).Embed(ctx, []string{"geheim"})
			cancel()
			if err == nil || got != nil && len(got) == 0 {
				t.Errorf("%s, %s: %v, %v", name, kind, got, err)
				continue
			}
			for _, secret := range []string{"geheim", "sleutel", "0.123"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%s, %s: the error tells %q: %v", name, kind, secret, err)
				}
			}
		}
	}
	if n := len(server.Received()); n != 2*len(failing) {
		t.Errorf("%d texts came in: a redirect was followed", n)
	}
	server.Close()
	if _, err := clientOf(t, Options{URL: server.URL, Kind: Ollama}).Embed(t.Context(), []string{"geheim"}); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody there: %v", err)
	}
}

// A text that is refused is told from an endpoint that does not work.
func TestEmbedRefused(t *testing.T) {
	server := rugzaktest.NewMeaningServer(t)
	for status, refused := range map[int]bool{400: true, 413: true, 422: true, 401: false, 404: false, 429: false, 503: false} {
		server.Trouble(func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(status); return true })
		_, err := clientOf(t, Options{URL: server.URL, Kind: Ollama}).Embed(t.Context(), []string{"a"})
		if err == nil || strings.Contains(err.Error(), rugzak.ErrUnembeddable.Error()) != refused {
			t.Errorf("status %d: %v", status, err)
		}
	}
}

// Without TLS texts stay inside, whatever a name leads to.
func TestCheckAddress(t *testing.T) {
	for address, want := range map[string][2]bool{ // over http, over https
		"127.0.0.1:80": {true, true}, "10.1.2.3:80": {true, true}, "[fd00::1]:80": {true, true}, "[::ffff:10.0.0.1]:80": {true, true},
		"192.0.2.1:80": {false, true}, "[2001:db8::1]:80": {false, true},
		"169.254.169.254:80": {false, false}, "[fe80::1]:80": {false, false}, "0.0.0.0:80": {false, false}, "x": {false, false},
	} {
		if got := [2]bool{checkAddress(address, true) == nil, checkAddress(address, false) == nil}; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}
