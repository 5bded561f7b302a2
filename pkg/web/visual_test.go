// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"testing"
)

// Whoever chose to write with the formatting in view gets it again, on every
// device, until they choose otherwise; others do not.
func TestVisualIsRemembered(t *testing.T) {
	s := newSite(t)
	form := pathEntryNew + "?soort=experience"
	on := func(who string) bool {
		return s.as(who).get(form).want(http.StatusOK).Doc.Find("rz-visual[data-wanted]").Length() == 1
	}
	if on(participant) {
		t.Error("it is on before it was chosen")
	}
	for _, choice := range []string{"yes", "yes", "", "yes"} {
		s.as(participant).post(pathVisual, "on", choice).want(http.StatusNoContent)
		if on(participant) != (choice != "") {
			t.Errorf("after choosing %q it is %t", choice, on(participant))
		}
	}
	if on(partner) {
		t.Error("it is on for somebody else")
	}
	s.as(nobody).post(pathVisual, "on", "yes").want(http.StatusSeeOther).follow().shows("Inloggen")
}
