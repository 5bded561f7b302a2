// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"

	"rugzak/pkg/backpack"
)

func TestDrawOneForAMeeting(t *testing.T) {
	s := newSite(t)
	c := s.as(colleague)
	s.caughtUp()
	c.get(pathDraw).want(http.StatusOK).shows("Hier is nog niets om uit te pakken")
	lesson := func(who, title string) {
		s.write(who, func(in *backpack.Input) { in.Title, in.Lesson = title, "Bel eerst: "+title })
	}
	lesson(participant, "Eén voordeur")
	lesson(colleague, "Wie belt de school?")
	s.caughtUp()
	first := c.get(pathDraw).want(http.StatusOK).shows("Herkennen wij dit? Wat zouden wij anders doen?").shows("Bel eerst:")
	title := first.text("h2")
	if again := s.as(participant).get(pathDraw).text("h2"); again != title {
		t.Errorf("one draws %q, the other %q", title, again)
	}
	next := c.get(first.link("a", "Nog een")).want(http.StatusOK)
	if next.text("h2") == title {
		t.Error("the next card is the same")
	}
	if again := c.get(first.link("a", "Nog een")).text("h2"); again != next.text("h2") {
		t.Error("an address gives another card the second time")
	}
	only := next.submit("form.rz-draw__where", "uit", drawOrg+string(s.orgs["jeugd"].ID)).want(http.StatusOK).shows("Wie belt de school?")
	if got := only.find("option[selected]").AttrOr("value", ""); got != drawOrg+string(s.orgs["jeugd"].ID) {
		t.Errorf("chosen is %q", got)
	}
	// Taking along comes back to the same card.
	kept := only.submit("form[action$='/meenemen']").follow().want(http.StatusOK).shows("Wie belt de school?").shows("Meegenomen")
	kept.submit("form.rz-draw__where", "uit", drawKept).want(http.StatusOK).shows("Wie belt de school?")
	for _, address := range []string{"?trek=onzin", "?trek=99999999-9999", "?uit=thema%3Abestaat-niet", "?uit=organisatie%3A"} {
		c.get(pathDraw + address).want(http.StatusOK)
	}
	if a := s.as(outsider).get(pathDraw).want(http.StatusOK); a.Doc.Find("article, .rz-draw__lesson").Length() > 0 {
		t.Error("an outsider draws what is not theirs to read")
	}
	s.inEnglish(colleague)
	c.get(pathDraw).want(http.StatusOK).shows("Do we recognise this?")
}
