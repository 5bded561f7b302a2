// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// While the index is behind on what may be seen, a partner is not told that
// another one, whom they know by what that one shares with them, is not there;
// and neither is one they do not know.
func TestTalksWhileTheIndexIsBehind(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	reader, other := c.people[ceder], c.people[douglas]
	both := []rugzak.OrganisationID{reader.Organisation, other.Organisation}
	if _, err := c.SaveTheme(t.Context(), c.people["facilitator"], "", 0, backpack.ThemeInput{Title: "Met beide", Also: both}); err != nil {
		t.Fatal(err)
	}
	c.share(t, other, simple("Voor de ander", "Tekst.", rugzak.LevelOrganisation, reader.Organisation))
	narrowed := c.share(t, c.people[author], simple("Wordt smaller", "Tekst.", rugzak.LevelInternal))
	talks := func(with rugzak.OrganisationID) rugzak.Code {
		v, err := c.Talks(t.Context(), reader, with, "", "")
		if err == nil && v.With.ID != with {
			t.Errorf("talks with %q instead of %q", v.With.ID, with)
		}
		return rugzak.CodeOf(err)
	}
	c.caughtUp(t)
	if got, absent := talks(other.Organisation), talks("bestaat-niet"); got != "" || absent != rugzak.CodeNotFound {
		t.Fatalf("talks with a partner: %q, with nobody: %q", got, absent)
	}
	c.stop() // from here on the index is behind
	if _, err := c.ChangeAudience(t.Context(), c.people[author], narrowed.ID, narrowed.Version, rugzak.Audience{Level: rugzak.LevelTeam}); err != nil {
		t.Fatal(err)
	}
	if got, absent := talks(other.Organisation), talks("bestaat-niet"); got != rugzak.CodeUnavailable || absent != got {
		t.Errorf("behind, talks with a partner: %q, with nobody: %q", got, absent)
	}
	c.caughtUp(t)
	if got := talks(other.Organisation); got != "" {
		t.Errorf("caught up, talks with a partner: %q", got)
	}
}
