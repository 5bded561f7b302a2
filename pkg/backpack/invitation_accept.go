// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// invitationGone is the one answer to a link that is wrong, used, withdrawn or
// run out, to one whose inviter may no longer invite, and to one for an
// address that has an account.
func invitationGone() error {
	return &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.invitation_gone"}
}

// Acceptance is what somebody fills in who comes in by an invitation.
type Acceptance struct {
	Name, Password string
	Language       rugzak.Lang // of the site; that of the invitation when empty
	Client         string      // see rugzak.Arrival
}

// OpenInvitation tells what an invitation offers. Looking does not use it up:
// mail systems look too.
func (s *Service) OpenInvitation(ctx context.Context, secret string) (InvitationLine, error) {
	var line InvitationLine
	err := s.view(ctx, "invitation", func(r rugzak.Reader) error {
		i, o, err := s.usableInvitation(r, secret)
		if err != nil {
			return err
		}
		line = InvitationLine{Invitation: i, Organisation: o, Works: true}
		line.Invitation.Link, line.Invitation.Mailed = "", ""
		line.Team, _ = o.Team(i.Team)
		return nil
	})
	return line, err
}

// AcceptInvitation makes the account an invitation offers, with a name and a
// password, and signs in. The invitation is used up.
func (s *Service) AcceptInvitation(ctx context.Context, secret string, in Acceptance) (session string, err error) {
	if err := s.localOnly(); err != nil { // they come in by a provider, invited all the same
		return "", err
	}
	open, err := s.OpenInvitation(ctx, secret) // before the work of a password
	if err != nil {
		return "", err
	}
	hash, err := s.newPassword(ctx, open.Invitation.Person("", in.Name, open.Organisation), in.Password)
	if err != nil {
		return "", err
	}
	_, err = s.update(ctx, "accept invitation", func(w rugzak.Writer) error {
		i, o, err := s.usableInvitation(w, secret)
		if err != nil {
			return err
		}
		if in.Language.Valid() {
			i.Language = in.Language
		}
		p, err := s.comeIn(w, i, o, in.Name)
		if err != nil {
			return err
		}
		if err := w.SaveCredential(rugzak.Credential{Person: p.ID, Password: hash}); err != nil {
			return err
		}
		session, err = s.beginSession(w, p, rugzak.Arrival{How: rugzak.ByLink, Client: in.Client})
		return err
	})
	return session, err
}

// AcceptInvitationFor makes the account of an invitation for somebody whose
// address another system vouches for, inside the transaction of the caller,
// who also begins the session. The organisation may be empty: any that invited
// the address. Where there is no invitation that works it gives CodeNotFound.
func (s *Service) AcceptInvitationFor(w rugzak.Writer, email string, organisation rugzak.OrganisationID, name string) (rugzak.Person, error) {
	all, err := w.Invitations()
	if err != nil {
		return rugzak.Person{}, err
	}
	email = rugzak.CleanEmail(email)
	for _, i := range slices.Backward(all) {
		if i.Email != email || organisation != "" && i.Organisation != organisation {
			continue
		}
		o, err := s.mayComeIn(w, i)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return rugzak.Person{}, err
		}
		return s.comeIn(w, i, o, name)
	}
	return rugzak.Person{}, invitationGone()
}

// usableInvitation finds the invitation of a link that works.
func (s *Service) usableInvitation(r rugzak.Reader, secret string) (rugzak.Invitation, rugzak.Organisation, error) {
	i, err := r.InvitationByLink(rugzak.HashSecret(secret))
	if isMissing(err) {
		err = invitationGone()
	}
	if err != nil {
		return i, rugzak.Organisation{}, err
	}
	o, err := s.mayComeIn(r, i)
	return i, o, err
}

// mayComeIn says where an invitation leads; it gives CodeNotFound for one that
// leads nowhere.
func (s *Service) mayComeIn(r rugzak.Reader, i rugzak.Invitation) (rugzak.Organisation, error) {
	works, err := s.invitationWorks(r, i)
	if err != nil || !works {
		return rugzak.Organisation{}, orGone(err)
	}
	if _, err := r.PersonByEmail(i.Email); !isMissing(err) {
		return rugzak.Organisation{}, orGone(err)
	}
	o, err := r.Organisation(i.Organisation)
	if isMissing(err) || err == nil && o.Closed {
		err = invitationGone()
	}
	return o, err
}

func orGone(err error) error {
	if err == nil {
		return invitationGone()
	}
	return err
}

// invitationWorks reports whether an invitation did not run out and its inviter
// may still invite there: what somebody lost the right to give is not given.
func (s *Service) invitationWorks(r rugzak.Reader, i rugzak.Invitation) (bool, error) {
	if !i.Open(s.now()) {
		return false, nil
	}
	if i.InvitedBy == Operator().ID {
		return true, nil
	}
	inviter, err := r.Person(i.InvitedBy)
	if isMissing(err) {
		return false, nil
	}
	return err == nil && rugzak.CanInvite(inviter, i.Organisation), err
}

// comeIn makes the person and uses the invitation up. A name that was typed
// goes before the one of the invitation; a team that is gone is left out.
func (s *Service) comeIn(w rugzak.Writer, i rugzak.Invitation, o rugzak.Organisation, name string) (rugzak.Person, error) {
	if name = rugzak.Line(name); name == "" {
		name = i.Name
	}
	if err := s.refuseNumbers(field{"name", name}); err != nil {
		return rugzak.Person{}, err
	}
	if _, ok := o.Team(i.Team); !ok {
		i.Team = ""
		i.Roles = slices.DeleteFunc(i.Roles, func(r rugzak.Role) bool { return r == rugzak.RoleManager })
		if len(i.Roles) == 0 {
			i.Roles = []rugzak.Role{rugzak.RoleParticipant}
		}
	}
	p := i.Person(rugzak.PersonID(rugzak.NewID(s.now())), name, o)
	if err := p.Validate(o); err != nil {
		return p, err
	}
	if err := s.savePerson(w, p, p, 0); err != nil {
		return p, err
	}
	p.Version = 1
	return p, w.RemoveInvitation(i.ID)
}

// forgetInvitations removes the invitations for an address.
func (s *Service) forgetInvitations(w rugzak.Writer, email string) error {
	all, err := w.Invitations()
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Email == email {
			if err := w.RemoveInvitation(i.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// ForgetInvitations removes the invitations that ran out long ago. The service
// calls it once a day.
func (s *Service) ForgetInvitations(ctx context.Context) error {
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		all, err := w.Invitations()
		if err != nil {
			return err
		}
		for _, i := range all {
			if s.now().After(i.Expires.Add(rugzak.InvitationKept)) {
				if err := w.RemoveInvitation(i.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}
