// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// BenchmarkPage reads pages over a real connection as somebody who is signed
// in, beside the same bytes from a plain net/http server in the same run.
func BenchmarkPage(b *testing.B) {
	s := newSite(b)
	var e rugzak.Entry
	for i := range 30 {
		e = s.share(participant, fmt.Sprintf("Contact in de wachttijd %d", i), strings.Repeat("## Situatie\n\nWe belden **elke week** met wie wachtte.\n\n- wat speelt er\n- wat kan nu al\n\n", 6), rugzak.LevelInternal, "welzijn")
	}
	if err := s.Service.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	me := s.as(participant)
	for name, path := range map[string]string{
		"entry": entryPath(e.ID), "home": pathHome, "search": pathSearch + "?q=wachttijd", "help": helpPath("delen"),
	} {
		a := me.get(path).want(http.StatusOK)
		plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, a.Body)
		}))
		defer plain.Close()
		for _, server := range []struct{ name, url string }{{"rugzak", s.URL}, {"plain", plain.URL}} {
			b.Run(name+"/"+server.name, func(b *testing.B) { read(b, server.url+path, me.cookies[cookieSession]) })
		}
	}
}

func read(b *testing.B, url string, cookie *http.Cookie) {
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	for b.Loop() {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
		if err != nil {
			b.Fatal(err)
		}
		r.AddCookie(cookie)
		resp, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusOK || n == 0 {
			b.Fatal(resp.StatusCode, n, err)
		}
	}
}
