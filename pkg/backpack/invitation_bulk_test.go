// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Good lines are done, bad ones told, and the preview says beforehand what
// happens, without doing it.
func TestInvitingATable(t *testing.T) {
	c := newCast(t)
	admin, contact := c.people["administrator"], c.people["partnercontact"]
	outcomes := func(r backpack.BulkReport) string {
		var out []string
		for _, l := range r.Lines {
			word := string(l.Outcome)
			for _, p := range l.Problems {
				word += ":" + p.Field
			}
			out = append(out, word)
		}
		return strings.Join(out, " ")
	}
	table := []byte("email;naam;organisatie;team;rollen;taal\n" +
		"een@ahorn.test;Een;ahorn;NOORD;participant, manager;en\n" +
		"twee@ceder.test;Twee;Ceder;;partnercontact;\n" +
		"geen adres;Drie;Ahorn;;;\n" +
		"vier@ahorn.test;Vier;Bestaat niet;;;\n" +
		"vijf@ahorn.test;Vijf;Ahorn;Oost;;\n" +
		"zes@ceder.test;Zes;Ceder;;administrator;\n" +
		"zeven@ahorn.test;Zeven;Ahorn;;tovenaar;fr\n" +
		c.people[author].Email + ";Acht;Ahorn;;;\n" +
		"Een@ahorn.test;Nogmaals;Ahorn;;;\n" +
		"tien@ahorn.test;Klant 123456782;Ahorn;;;\n" +
		"elf@ahorn.test;;Ahorn;;;\n")
	const want = "made made wrong:email wrong:organisation wrong:team wrong:roles wrong:language skipped:email wrong:email wrong:name made"
	preview, err := c.PreviewInvitations(t.Context(), admin, table)
	if err != nil || outcomes(preview) != want {
		t.Fatalf("preview: %s, %v", outcomes(preview), err)
	}
	if all, err := c.Invitations(t.Context(), admin); err != nil || len(all) > 0 {
		t.Fatalf("the preview made %d invitations, %v", len(all), err)
	}
	done, err := c.InviteAll(t.Context(), admin, table)
	if err != nil || outcomes(done) != want || done.Made != 3 || done.Skipped != 1 || done.Wrong != 7 {
		t.Fatalf("done: %s, %+v, %v", outcomes(done), done, err)
	}
	first, err := c.OpenInvitation(t.Context(), done.Lines[0].Secret)
	if err != nil || first.Team.ID != "noord" || roleNames(first.Invitation.Roles) != "participant manager" || first.Invitation.Language != rugzak.English {
		t.Errorf("the first: %+v, %v", first, err)
	}
	again, err := c.InviteAll(t.Context(), admin, table)
	if err != nil || again.Made != 0 || again.Skipped != 4 || again.Wrong != 7 {
		t.Errorf("again: %s, %v", outcomes(again), err)
	}
	c.clock.turn(c.clock.Now().Add(rugzak.InvitationLasts))
	if renewed, err := c.InviteAll(t.Context(), admin, table); err != nil || renewed.Made != 3 {
		t.Errorf("after they ran out: %s, %v", outcomes(renewed), err)
	}
	if all, err := c.Invitations(t.Context(), admin); err != nil || len(all) != 3 {
		t.Errorf("%d invitations, %v", len(all), err)
	}

	// A contact gets no further with a table than with the form.
	other := c.people[douglas]
	mine, err := c.InviteAll(t.Context(), contact, []byte("email;organisation;roles\n"+
		"a@ceder.test;;\nb@ceder.test;Ceder;participant\nc@ceder.test;Ahorn;\nd@ceder.test;Douglas;\ne@ceder.test;bestaat niet;\nf@ceder.test;;facilitator\n"+
		other.Email+";;\n"+c.people[ceder].Email+";;\n"))
	if got := outcomes(mine); err != nil || got != "made made wrong:organisation wrong:organisation wrong:organisation wrong:roles made skipped:email" {
		t.Errorf("a contact: %s, %v", got, err)
	}
	if fmt.Sprint(mine.Lines[2].Problems) != fmt.Sprint(mine.Lines[4].Problems) {
		t.Error("a contact can tell an organisation from none")
	}
	if _, err := c.InviteAll(t.Context(), c.people["facilitator"], table); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a facilitator: %v", err)
	}
}
