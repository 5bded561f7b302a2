// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
)

// Pressing the button twice makes one thing; a form that comes late with other
// words shows both texts.
func TestFormsMakeThingsOnce(t *testing.T) {
	s := newSite(t)
	c := s.as(participant)
	for path, to := range map[string]string{pathShare: pathShare, pathEntryNew + "?soort=insight": pathEntryNew} {
		values := formValues(c.get(path).find(theForm))
		values.Set("do", doShare)
		values.Set("title", "Dubbel verhaal")
		values.Set("answer_happened", "Iets")
		values.Set("body", "Iets")
		var both [4]string
		var all sync.WaitGroup
		for i := range both {
			browser := newClient(s)
			browser.cookies[cookieSession] = c.cookies[cookieSession]
			all.Go(func() {
				both[i] = browser.send(http.MethodPost, to, values).Header.Get("Location")
			})
		}
		all.Wait()
		for _, l := range both {
			if l == "" || l != both[0] {
				t.Errorf("%s leads to %q", path, both)
				break
			}
		}
		values.Set("title", "Ander verhaal")
		c.send(http.MethodPost, to, values).want(http.StatusConflict).shows("Dubbel verhaal")
		s.as(colleague).send(http.MethodPost, to, values).want(http.StatusForbidden)
		values.Set(fieldWriter, string(s.people[colleague].ID)) // a browser says what its owner likes
		s.as(colleague).send(http.MethodPost, to, values).want(http.StatusNotFound)
	}
	s.caughtUp()
	v, err := s.Service.Search(t.Context(), s.people[participant], backpack.Asked{Query: "titel:dubbel"})
	if err != nil || v.Total != 2 {
		t.Errorf("%d entries were made of two forms, %v", v.Total, err)
	}

	f := s.as(facilitator)
	form := f.get(pathThemeNew)
	first := form.submit("form.rz-panel", "title", "De bal").follow()
	second := form.submit("form.rz-panel", "title", "De bal").follow()
	if first.Path != second.Path {
		t.Errorf("one form made %s and %s", first.Path, second.Path)
	}
	late := form.submit("form.rz-panel", "title", "De bal ligt stil").want(http.StatusConflict).shows("Iemand anders bewaarde dit thema")
	if done := late.submit("form.rz-panel:has(#summary)").follow().want(http.StatusOK).shows("De bal ligt stil"); done.Path != first.Path {
		t.Errorf("the second text is at %s now", done.Path)
	}
}
