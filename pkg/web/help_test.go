// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rugzak/pkg/rugzak"
)

// What everybody needs comes first, apart from what a few people need, on the
// page of all help and beside every page of it.
func TestHelpComesInGroups(t *testing.T) {
	s := newSite(t)
	me := s.as(participant)
	index, beside := me.get(pathHelp).want(http.StatusOK), me.get(pathHelp+"/welkom").want(http.StatusOK)
	for _, page := range []struct {
		page  *answer
		heads string
		first string
	}{{index, "main h2", "main .rz-list"}, {beside, "aside h3", "aside .rz-list"}} {
		heads := page.page.find(page.heads)
		if heads.Length() != len(helpGroups) {
			t.Fatalf("%s has %d headings, not %d", page.page.Path, heads.Length(), len(helpGroups))
		}
		if got := heads.First().Text(); got != "De rugzak gebruiken" {
			t.Errorf("%s begins with %q", page.page.Path, got)
		}
		lists := page.page.find(page.first)
		using, roles := lists.First().Text(), lists.Last().Text()
		if !strings.Contains(using, "Welkom bij de rugzak") || strings.Contains(using, "Juridische checklist") || !strings.Contains(roles, "Juridische checklist") {
			t.Errorf("%s has in its first list %q and in its last %q", page.page.Path, using, roles)
		}
	}
	texts := s.Server.help[rugzak.Dutch]
	if n := index.find("main .rz-list a").Length(); n != len(texts) {
		t.Errorf("%d of %d pages are listed", n, len(texts))
	}
}

// A page of which nobody said what it is for is among those for everybody; a
// group that does not exist is a mistake in the file.
func TestHelpPageSaysItsGroup(t *testing.T) {
	read := func(front string) (HelpText, error) {
		sets, err := readHelp(fstest.MapFS{"nl/help/a.md": &fstest.MapFile{Data: []byte("---\ntitle: A\n" + front + "---\nTekst.\n")}})
		if err != nil {
			return HelpText{}, err
		}
		return sets[rugzak.Dutch][0], nil
	}
	for front, want := range map[string]HelpGroup{"": helpUsing, "group: privacy\n": helpPrivacy, "order: 3\ngroup: roles\n": helpRoles} {
		if text, err := read(front); err != nil || text.Group != want {
			t.Errorf("%q is in group %q: %v", front, text.Group, err)
		}
	}
	if _, err := read("group: iedereen\n"); err == nil || !strings.Contains(err.Error(), "iedereen") {
		t.Errorf("an unknown group gave %v", err)
	}
	if !slices.IsSortedFunc(grouped([]HelpText{{Group: helpRoles}, {Group: helpUsing}}), func(a, b HelpTexts) int {
		return slices.Index(helpGroups, a.Group) - slices.Index(helpGroups, b.Group)
	}) {
		t.Error("the groups come in another order")
	}
}
