// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rugzak/pkg/rugzak"
)

// A second id in a request, in the address or in the form, that is hidden or
// belongs elsewhere is answered like one that is absent.
func TestSecondIDsInRequests(t *testing.T) {
	s := newSite(t)
	theme, inside := s.theme("Met welzijn", "welzijn"), s.theme("Alleen van ons")
	mine := s.share(participant, "Van mij", "Tekst", rugzak.LevelInternal)
	other := s.share(participant, "Ook van mij", "Tekst", rugzak.LevelOrganisation)
	narrow := s.share(participant, "Alleen het team", "geheim", rugzak.LevelTeam)
	theirs := s.share(partner, "Van de partner", "Tekst", rugzak.LevelOrganisation)
	draft := submitWith(s.as(manager).get(pathShare), "do", doDraft, "answer_happened", "geheim concept").Header.Get("Location")
	if err := s.Service.AskWidening(t.Context(), s.people[facilitator], other.ID, rugzak.Audience{Level: rugzak.LevelInternal}); err != nil {
		t.Fatal(err)
	}
	asks, err := s.Service.WideningsForMe(t.Context(), s.people[participant])
	if err != nil || len(asks) != 1 {
		t.Fatal(asks, err)
	}
	entry := func(path string, id rugzak.EntryID) string { return at(path, string(id)) }
	page := func(who, path string) url.Values { return formValues(s.as(who).get(path).find(theForm)) }
	full := func(who string, fields ...string) url.Values {
		v := page(who, pathEntryNew+"?soort=experience")
		for i := 0; i < len(fields); i += 2 {
			v[fields[i]] = []string{fields[i+1]}
		}
		v.Set("title", "Titel")
		v.Set("body", "Tekst")
		v.Set("do", doShare)
		return v
	}
	wonen := string(s.orgs["wonen"].ID)
	for _, tc := range []struct {
		name, who, path string // X stands for the second id
		form            url.Values
		hidden          string
	}{
		{"entry into a theme by its link", facilitator, at(pathThemeAdd, string(theme.ID)), url.Values{"entry": {"X"}}, string(narrow.ID)},
		{"pin", facilitator, at(pathThemePins, string(theme.ID)), url.Values{"entry": {"X"}}, string(narrow.ID)},
		{"unpin", facilitator, at(pathThemeUnpin, string(theme.ID)), url.Values{"entry": {"X"}}, string(narrow.ID)},
		{"entry out of a theme", facilitator, at(pathThemeRemove, string(theme.ID)), url.Values{"entry": {"X"}}, string(narrow.ID)},
		{"request about another entry", participant, strings.Replace(entry(pathWideningAnswer, mine.ID), ":request", "X", 1), url.Values{"do": {doYes}}, asks[0].ID},
		{"request about an entry of others", facilitator, strings.Replace(entry(pathWideningAnswer, narrow.ID), ":request", "X", 1), url.Values{"do": {doYes}}, asks[0].ID},
		{"version", participant, entry(pathHistory, mine.ID) + "/X/terugzetten", url.Values{"base": {"1"}}, "7"},
		{"audience", partner, entry(pathEntryAudience, theirs.ID), url.Values{"base": {"1"}, "audience": {"organisation"}, "also": {"X"}, "confirmed": {"X"}}, wonen},
		{"what is asked for", contact, entry(pathWidening, theirs.ID), url.Values{"audience": {"X"}}, wonen},
		{"relation", partner, pathEntryNew, full(partner, "relations", "X", "relation_type", "builds-on"), string(narrow.ID)},
		{"theme of an entry", partner, pathEntryNew, full(partner, "themes", "X"), string(inside.ID)},
		{"draft of somebody else", participant, pathEntryNew, full(participant, "id", "X"), strings.TrimSuffix(strings.TrimPrefix(draft, "/ervaringen/"), "/bewerken")},
		{"entry into a theme that is not there", facilitator, entry(pathEntryThemes, mine.ID), url.Values{"theme": {"X"}}, "welzijn"},
	} {
		ask := func(id string) *answer {
			form := url.Values{}
			for name, values := range tc.form {
				for _, v := range values {
					form.Add(name, strings.ReplaceAll(v, "X", id))
				}
			}
			return s.as(tc.who).send(http.MethodPost, strings.Replace(tc.path, "X", id, 1), form)
		}
		absent := rugzak.NewID(testTime)
		switch {
		case tc.name == "version":
			absent = "9"
		case !rugzak.ValidID(tc.hidden):
			absent = "bestaat-niet"
		}
		hidden, none := ask(tc.hidden), ask(absent)
		text := func(a *answer, id string) string { return strings.ReplaceAll(a.text("main"), id, "X") }
		if hidden.Status != none.Status || text(hidden, tc.hidden) != text(none, absent) || hidden.Status < 400 {
			t.Errorf("%s: hidden gives %d %q, absent %d %q", tc.name, hidden.Status, text(hidden, tc.hidden), none.Status, text(none, absent))
		}
		hidden.hides("geheim")
	}
	for who, path := range map[string]string{participant: entryPath(mine.ID), partner: entryPath(theirs.ID)} {
		if now := s.stored(who, path); now.Version != 1 || len(now.Audience.Also) > 0 {
			t.Errorf("%s was changed: %+v", path, now)
		}
	}
}
