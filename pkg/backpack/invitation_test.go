// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

const goodWords = "een lange testzin"

func invited(email string, o rugzak.OrganisationID, roles ...rugzak.Role) backpack.InvitationInput {
	return backpack.InvitationInput{Email: email, Organisation: o, Roles: roles}
}

// A contact invites into the own organisation, as participant or contact, and
// in no other way, whatever the form says.
func TestWhatAContactMayInvite(t *testing.T) {
	c := newCast(t)
	contact, admin := c.people["partnercontact"], c.people["administrator"]
	ahorn, douglasOrg := c.people[author].Organisation, c.people[douglas].Organisation
	for _, test := range []struct {
		name string
		by   rugzak.Person
		in   backpack.InvitationInput
		want rugzak.Code
	}{
		{"own", contact, invited("a@ceder.test", c.partner), ""},
		{"own contact", contact, invited("b@ceder.test", c.partner, rugzak.RoleParticipant, rugzak.RolePartnerContact), ""},
		{"department", contact, invited("c@ceder.test", ahorn), rugzak.CodeForbidden},
		{"other partner", contact, invited("d@ceder.test", douglasOrg), rugzak.CodeForbidden},
		{"unknown organisation", contact, invited("e@ceder.test", "bestaat-niet"), rugzak.CodeForbidden},
		{"no organisation", contact, invited("f@ceder.test", ""), rugzak.CodeForbidden},
		{"administrator of the own", contact, invited("g@ceder.test", c.partner, rugzak.RoleAdministrator), rugzak.CodeInvalid},
		{"facilitator of the own", contact, invited("h@ceder.test", c.partner, rugzak.RoleParticipant, rugzak.RoleFacilitator), rugzak.CodeInvalid},
		{"team of another", contact, backpack.InvitationInput{Email: "i@ceder.test", Organisation: c.partner, Team: "noord"}, rugzak.CodeInvalid},
		{"no address", contact, invited("geen adres", c.partner), rugzak.CodeInvalid},
		{"a number in the name", contact, backpack.InvitationInput{Email: "j@ceder.test", Name: "Klant 123456782", Organisation: c.partner}, rugzak.CodeInvalid},
		{"by the administrator", admin, invited("k@ceder.test", c.partner, rugzak.RolePartnerContact), ""},
		{"by the administrator into a team", admin, backpack.InvitationInput{Email: "l@ahorn.test", Organisation: ahorn, Team: "noord", Roles: []rugzak.Role{rugzak.RoleManager}}, ""},
		{"by the administrator nowhere", admin, invited("m@ceder.test", "bestaat-niet"), rugzak.CodeInvalid},
		{"by a participant", c.people[author], invited("n@ahorn.test", ahorn), rugzak.CodeForbidden},
		{"by a facilitator", c.people["facilitator"], invited("o@ahorn.test", ahorn), rugzak.CodeForbidden},
	} {
		made, err := c.Invite(t.Context(), test.by, test.in)
		if rugzak.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want code %q", test.name, err, test.want)
		}
		if _, err := c.OpenInvitation(t.Context(), made.Secret); (err == nil) != (test.want == "") {
			t.Errorf("%s: the link gives %v", test.name, err)
		}
	}
	lines, err := c.Invitations(t.Context(), contact)
	if err != nil || len(lines) != 3 {
		t.Fatalf("the contact sees %d invitations, %v", len(lines), err)
	}
	for _, l := range lines {
		if l.Organisation.ID != c.partner || l.By != "" || l.Invitation.Link != "" {
			t.Errorf("the contact sees %+v", l)
		}
	}
	all, err := c.Invitations(t.Context(), admin)
	if err != nil || len(all) != 4 {
		t.Fatalf("the administrator sees %d invitations, %v", len(all), err)
	}
	ahornInvitation := ""
	for _, l := range all {
		if l.Organisation.ID == ahorn {
			ahornInvitation = l.Invitation.ID
		}
	}
	for _, try := range []func() error{
		func() error { return c.WithdrawInvitation(t.Context(), contact, ahornInvitation) },
		func() error { _, err := c.RenewInvitation(t.Context(), contact, ahornInvitation); return err },
	} {
		if err := try(); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("a contact and an invitation of a department: %v", err)
		}
	}
}

// A link works once, for a set time, until a newer one; it makes the very
// person it was made for. All the ways it can fail look the same.
func TestAcceptingAnInvitation(t *testing.T) {
	c := newCast(t)
	contact, admin := c.people["partnercontact"], c.people["administrator"]
	invite := func(email string) backpack.Invited {
		t.Helper()
		made, err := c.Invite(t.Context(), contact, backpack.InvitationInput{Email: email, Name: "Van de uitnodiging", Organisation: c.partner, Language: rugzak.English})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	gone := func(what, secret string) {
		t.Helper()
		_, looked := c.OpenInvitation(t.Context(), secret)
		_, came := c.AcceptInvitation(t.Context(), secret, backpack.Acceptance{Name: "X", Password: goodWords})
		for _, err := range []error{looked, came} {
			if answerOf(err) != answerOf(&rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.invitation_gone"}) {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	first := invite("Nieuw@Ceder.test")
	second := invite("nieuw@ceder.test")
	gone("an older link", first.Secret)
	gone("no link", "")
	gone("a wrong link", second.Secret+"x")
	if _, err := c.AcceptInvitation(t.Context(), second.Secret, backpack.Acceptance{Password: "kort"}); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a short password: %v", err)
	}
	session, err := c.AcceptInvitation(t.Context(), second.Secret, backpack.Acceptance{Name: " Nieuwe  Naam ", Password: goodWords})
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := c.Who(t.Context(), session)
	if err != nil || p.Name != "Nieuwe Naam" || p.Email != "nieuw@ceder.test" || p.Organisation != c.partner || p.Kind != rugzak.Partner ||
		roleNames(p.Roles) != "participant" || p.Language != rugzak.English {
		t.Errorf("who came in: %+v, %v", p, err)
	}
	gone("a used link", second.Secret)
	if _, err := c.SignIn(t.Context(), "nieuw@ceder.test", goodWords, ""); err != nil {
		t.Errorf("signing in later: %v", err)
	}

	late := invite("laat@ceder.test")
	c.clock.turn(c.clock.Now().Add(rugzak.InvitationLasts))
	gone("a link that ran out", late.Secret)
	renewed, err := c.RenewInvitation(t.Context(), contact, late.Invitation.ID)
	if err != nil {
		t.Fatal(err)
	}
	gone("the link before renewing", late.Secret)
	if l, err := c.OpenInvitation(t.Context(), renewed.Secret); err != nil || l.Invitation.Email != "laat@ceder.test" {
		t.Errorf("the renewed link: %+v, %v", l, err)
	}
	if err := c.WithdrawInvitation(t.Context(), contact, late.Invitation.ID); err != nil {
		t.Fatal(err)
	}
	gone("a withdrawn link", renewed.Secret)

	// Who lost the right to invite takes their invitations along.
	byContact := invite("rechten@ceder.test")
	in := backpack.PersonInput{Name: contact.Name, Email: contact.Email, Organisation: contact.Organisation, Roles: []rugzak.Role{rugzak.RoleParticipant}}
	if _, err := c.SavePerson(t.Context(), admin, contact.ID, contact.Version, in); err != nil {
		t.Fatal(err)
	}
	gone("the link of who may invite no more", byContact.Secret)

	c.clock.turn(c.clock.Now().Add(rugzak.InvitationLasts + rugzak.InvitationKept + time.Hour))
	if err := c.ForgetInvitations(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, err := c.Invitations(t.Context(), admin); err != nil || len(left) > 0 {
		t.Errorf("invitations that ran out long ago: %v, %v", left, err)
	}
}

// A contact cannot find out who has an account elsewhere: the answer is the
// same, and the link leads nowhere. Administrators and colleagues are told.
func TestInvitingWhoHasAnAccount(t *testing.T) {
	c := newCast(t)
	contact, admin, other := c.people["partnercontact"], c.people["administrator"], c.people[douglas]
	fresh, err1 := c.Invite(t.Context(), contact, invited("onbekend@ergens.test", c.partner))
	known, err2 := c.Invite(t.Context(), contact, invited(other.Email, c.partner))
	if answerOf(err1) != answerOf(err2) || err1 != nil || fresh.Mailed != known.Mailed || len(fresh.Secret) != len(known.Secret) {
		t.Errorf("unknown gives %v, known gives %v", err1, err2)
	}
	if _, err := c.AcceptInvitation(t.Context(), known.Secret, backpack.Acceptance{Name: "X", Password: goodWords}); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("coming in with an address that is taken: %v", err)
	}
	if p := c.person(t, other.Email); p.Version != other.Version || p.Organisation != other.Organisation {
		t.Errorf("the account changed: %+v", p)
	}
	lines, err := c.Invitations(t.Context(), contact)
	if err != nil || len(lines) != 2 || lines[0].Works != lines[1].Works {
		t.Errorf("the list tells them apart: %+v, %v", lines, err)
	}
	if _, err := c.RenewInvitation(t.Context(), contact, known.Invitation.ID); err != nil {
		t.Errorf("renewing tells them apart: %v", err)
	}
	for who, by := range map[string]rugzak.Person{other.Email: admin, c.people[ceder].Email: contact} {
		if _, err := c.Invite(t.Context(), by, invited(who, c.partner)); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s by %s: %v", who, by.Name, err)
		}
	}
}

// Another system may vouch for an address that was invited.
func TestAnInvitationForAnAddressSomebodyElseVouchesFor(t *testing.T) {
	c := newCast(t)
	admin := c.people["administrator"]
	if _, err := c.Invite(t.Context(), admin, invited("sso@ceder.test", c.partner, rugzak.RolePartnerContact)); err != nil {
		t.Fatal(err)
	}
	accept := func(email string, o rugzak.OrganisationID) (p rugzak.Person, err error) {
		_, err = c.store.Update(t.Context(), func(w rugzak.Writer) (err error) {
			p, err = c.AcceptInvitationFor(w, email, o, "Via de werkgever")
			return err
		})
		return p, err
	}
	for _, test := range []struct {
		email string
		o     rugzak.OrganisationID
		want  rugzak.Code
	}{
		{"ander@ceder.test", "", rugzak.CodeNotFound},
		{"sso@ceder.test", c.people[douglas].Organisation, rugzak.CodeNotFound},
		{"SSO@ceder.test", c.partner, ""},
		{"sso@ceder.test", c.partner, rugzak.CodeNotFound},
	} {
		p, err := accept(test.email, test.o)
		if rugzak.CodeOf(err) != test.want {
			t.Errorf("%s of %s: %v, want code %q", test.email, test.o, err, test.want)
		}
		if err == nil && (p.Name != "Via de werkgever" || roleNames(p.Roles) != "partnercontact" || p.Organisation != c.partner) {
			t.Errorf("who came in: %+v", p)
		}
	}
}

// A contact ends the access of plain participants of the own organisation, and
// of nobody else.
func TestDeactivatingAColleague(t *testing.T) {
	c := newCast(t)
	contact := c.people["partnercontact"]
	second := c.join(t, c.partner, "", rugzak.RoleParticipant, rugzak.RolePartnerContact)
	own, err := c.OwnOrganisation(t.Context(), contact)
	if err != nil || len(own.People) != 3 {
		t.Fatalf("own organisation: %+v, %v", own, err)
	}
	for _, l := range own.People {
		if l.Person.Organisation != c.partner || l.CanDeactivate != (l.Person.ID == c.people[ceder].ID) {
			t.Errorf("in the list: %+v", l)
		}
	}
	for who, want := range map[rugzak.PersonID]rugzak.Code{
		c.people[douglas].ID: rugzak.CodeNotFound, c.people[author].ID: rugzak.CodeNotFound, rugzak.PersonID(c.NewID()): rugzak.CodeNotFound,
		contact.ID: rugzak.CodeForbidden, second.ID: rugzak.CodeForbidden,
	} {
		if err := c.DeactivateColleague(t.Context(), contact, who); rugzak.CodeOf(err) != want {
			t.Errorf("%s: %v, want code %q", who, err, want)
		}
	}
	if err := c.DeactivateColleague(t.Context(), contact, c.people[ceder].ID); err != nil {
		t.Fatal(err)
	}
	if p := c.person(t, c.people[ceder].Email); !p.Inactive || p.LeftAt.IsZero() || p.Epoch != c.people[ceder].Epoch+1 {
		t.Errorf("afterwards: %+v", p)
	}
}

func roleNames(roles []rugzak.Role) string {
	var out []string
	for _, r := range roles {
		out = append(out, string(r))
	}
	return strings.Join(out, " ")
}
