// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

func TestSealer(t *testing.T) {
	s, err := newSealer()
	if err != nil {
		t.Fatal(err)
	}
	other, err := newSealer()
	if err != nil {
		t.Fatal(err)
	}
	const text = "00000000000004d2"
	sealed := s.close(sealAfter, text)
	if got := s.open(sealAfter, sealed); got != text {
		t.Errorf("opened %q", got)
	}
	if sealed != s.close(sealAfter, text) {
		t.Error("the same text is sealed in two ways")
	}
	if s.close(sealMark, "") != "" {
		t.Error("nothing became something")
	}
	for name, got := range map[string]string{
		"another kind": s.open(sealMark, sealed), "another process": other.open(sealAfter, sealed),
		"plain": s.open(sealAfter, text), "empty": s.open(sealAfter, ""), "cut off": s.open(sealAfter, sealed[:20]),
		"changed": s.open(sealAfter, "A"+sealed[1:]+"A"), "endless": s.open(sealAfter, strings.Repeat("A", 1<<20)),
	} {
		if got != "" {
			t.Errorf("%s opens as %q", name, got)
		}
	}
}

// What a page tells a browser to carry along tells nobody the exact moment of
// what was written without name, the score of a hit, or how much others write.
func TestPlacesAreSealed(t *testing.T) {
	s := newSite(t)
	var written []rugzak.Entry
	for i := range 25 {
		written = append(written, s.write(participant, func(in *backpack.Input) {
			in.Title, in.Mode = fmt.Sprintf("Zonder naam %02d", i), rugzak.Anonymous
			in.Body = "Over wachttijd."
		}))
	}
	s.caughtUp()
	c := s.as(participant)
	for _, path := range []string{pathMine, pathSearch, pathSearch + "?q=wachttijd"} {
		next, ok := c.get(path).want(http.StatusOK).find(`a[rel="next"]`).Attr("href")
		if !ok {
			t.Errorf("%s has no next page", path)
			continue
		}
		u, err := url.Parse(next)
		if err != nil {
			t.Fatal(err)
		}
		place := u.Query().Get("na")
		plain, err := base64.RawURLEncoding.DecodeString(place)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, e := range written {
			if strings.Contains(place+string(plain), string(e.Mark())[:16]) || strings.Contains(place+string(plain), string(e.ID)) {
				t.Errorf("the next page of %s tells a place: %s", path, place)
			}
		}
	}
	c.post(pathEntryNew, "id", string(s.idFor(participant)), "do", doDraft, "kind", "experience", "lang", "nl", "title", "Iets", "author_mode", "name").want(http.StatusSeeOther)
	cookie := c.cookies[cookieAfter]
	if cookie == nil || strings.Contains(cookie.Value, string(s.head())) || s.Server.sealer.open(sealAfter, cookie.Value) != string(s.head()) {
		t.Errorf("the cookie is %v, the head %s", cookie, s.head())
	}
}
