// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// InvitationInput is what the form of an invitation holds. No role means
// participant.
type InvitationInput struct {
	Email, Name  string
	Organisation rugzak.OrganisationID
	Team         rugzak.TeamID
	Roles        []rugzak.Role
	Language     rugzak.Lang
}

// Invited is an invitation that was made or renewed. The secret of its link is
// told this once.
type Invited struct {
	Invitation rugzak.Invitation
	Secret     string
	Mailed     bool // it is also on its way by mail
}

// InvitationLine is an invitation in the list of who may invite.
type InvitationLine struct {
	Invitation   rugzak.Invitation
	Organisation rugzak.Organisation
	Team         rugzak.Team
	By           string // name of the inviter, for administrators
	Works        bool   // it did not run out, and the inviter may still invite
}

// maxOpenOfPartner is how many invitations of one partner may be open: a
// contact invites colleagues, not the world.
const maxOpenOfPartner = 100

// Invite asks somebody to come in, at a place the inviter may invite into: an
// administrator everywhere, a partner contact in the own organisation and with
// the roles of partners only. A newer invitation ends an older one for the same
// address and organisation.
//
// An address that has an account already is told to administrators, and to a
// contact when it is a colleague. For anybody else's address a contact gets the
// answer they always get: the invitation is made, and leads nowhere, so that
// nobody can find out who else has an account.
func (s *Service) Invite(ctx context.Context, by rugzak.Person, in InvitationInput) (Invited, error) {
	if !rugzak.CanInvite(by, in.Organisation) {
		return Invited{}, rugzak.Forbidden("error.invite_where")
	}
	var out Invited
	_, err := s.update(ctx, "invite", func(w rugzak.Writer) error {
		all, err := w.Invitations()
		if err != nil {
			return err
		}
		out, err = s.invite(w, by, in, all)
		return err
	})
	return out, err
}

// invite does it inside a transaction; all are the invitations there are.
func (s *Service) invite(w rugzak.Writer, by rugzak.Person, in InvitationInput, all []rugzak.Invitation) (Invited, error) {
	i, err := s.readyInvitation(w, by, in)
	if err != nil {
		return Invited{}, err
	}
	open := 0
	for _, other := range all {
		if other.Organisation != i.Organisation {
			continue
		}
		if other.Email == i.Email {
			if err := w.RemoveInvitation(other.ID); err != nil && !isMissing(err) {
				return Invited{}, err
			}
		} else if other.Open(s.now()) {
			open++
		}
	}
	if open >= maxOpenOfPartner && !rugzak.CanAdminister(by) {
		return Invited{}, rugzak.Forbidden("error.too_many_invitations", maxOpenOfPartner)
	}
	return s.sendInvitation(w, by, i)
}

// readyInvitation makes an invitation of a form and checks all there is to
// check. It writes nothing.
func (s *Service) readyInvitation(r rugzak.Reader, by rugzak.Person, in InvitationInput) (rugzak.Invitation, error) {
	i := rugzak.Invitation{
		ID: rugzak.NewID(s.now()), Email: rugzak.CleanEmail(in.Email), Name: rugzak.Line(in.Name), Organisation: in.Organisation,
		Team: in.Team, Roles: unique(in.Roles), Language: in.Language.Or(rugzak.Dutch),
	}
	if len(i.Roles) == 0 {
		i.Roles = []rugzak.Role{rugzak.RoleParticipant}
	}
	if !rugzak.CanInvite(by, i.Organisation) {
		return i, rugzak.Forbidden("error.invite_where")
	}
	if err := s.refuseNumbers(field{"name", i.Name}, field{"email", i.Email}); err != nil {
		return i, err
	}
	o, err := r.Organisation(i.Organisation)
	if err != nil && !isMissing(err) {
		return i, err
	}
	if o.Closed {
		o = rugzak.Organisation{}
	}
	if err := i.Validate(o); err != nil {
		return i, err
	}
	known, err := r.PersonByEmail(i.Email)
	if isMissing(err) {
		return i, nil
	}
	if err == nil && (rugzak.CanAdminister(by) || known.Organisation == by.Organisation) {
		var ps rugzak.Problems
		ps.Add("email", "error.invited_known")
		err = ps.Err()
	}
	return i, err
}

// sendInvitation gives an invitation a new link and a new term, in the name of
// who sends it, and puts it in the mail.
func (s *Service) sendInvitation(w rugzak.Writer, by rugzak.Person, i rugzak.Invitation) (Invited, error) {
	var out Invited
	out.Secret, i.Link = rugzak.NewSecret()
	i.Mailed, i.InvitedBy = "", by.ID
	i.At, i.Expires = s.now(), s.now().Add(rugzak.InvitationLasts)
	if err := w.SaveInvitation(i); err != nil {
		return out, err
	}
	out.Invitation = i
	if err := s.audit(w, by, rugzak.AuditInvited, rugzak.OrganisationSubject(i.Organisation), roleCode(i.Roles)); err != nil {
		return out, err
	}
	var err error
	out.Mailed, err = s.queueMail(w, rugzak.Mail{Kind: MailInvitation, Invitation: i.ID})
	return out, err
}

// Invitations lists the invitations into the organisations the person may
// invite into, newest first.
func (s *Service) Invitations(ctx context.Context, by rugzak.Person) ([]InvitationLine, error) {
	if !rugzak.CanInvite(by, by.Organisation) {
		return nil, rugzak.Forbidden("error.inviters_only")
	}
	var out []InvitationLine
	err := s.view(ctx, "invitations", func(r rugzak.Reader) error {
		all, err := r.Invitations()
		if err != nil {
			return err
		}
		for _, i := range slices.Backward(all) {
			if !rugzak.CanInvite(by, i.Organisation) {
				continue
			}
			line := InvitationLine{Invitation: i}
			line.Invitation.Link, line.Invitation.Mailed = "", ""
			if line.Organisation, err = r.Organisation(i.Organisation); err != nil && !isMissing(err) {
				return err
			}
			line.Team, _ = line.Organisation.Team(i.Team)
			if line.Works, err = s.invitationWorks(r, i); err != nil {
				return err
			}
			if inviter, err := r.Person(i.InvitedBy); err == nil && rugzak.CanAdminister(by) {
				line.By = inviter.Name
			}
			out = append(out, line)
		}
		return nil
	})
	return out, err
}

// RenewInvitation gives an invitation a new link and a new term; the old links
// end.
func (s *Service) RenewInvitation(ctx context.Context, by rugzak.Person, id string) (Invited, error) {
	var out Invited
	_, err := s.update(ctx, "renew invitation", func(w rugzak.Writer) error {
		i, err := s.ownInvitation(w, by, id)
		if err != nil {
			return err
		}
		again, err := s.readyInvitation(w, by, InvitationInput{
			Email: i.Email, Name: i.Name, Organisation: i.Organisation, Team: i.Team, Roles: i.Roles, Language: i.Language,
		})
		if err != nil {
			return err
		}
		again.ID = i.ID
		out, err = s.sendInvitation(w, by, again)
		return err
	})
	return out, err
}

// WithdrawInvitation ends an invitation.
func (s *Service) WithdrawInvitation(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.update(ctx, "withdraw invitation", func(w rugzak.Writer) error {
		i, err := s.ownInvitation(w, by, id)
		if err != nil {
			return err
		}
		if err := w.RemoveInvitation(i.ID); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditUninvited, rugzak.OrganisationSubject(i.Organisation), "")
	})
	return err
}

// ownInvitation finds an invitation the person may look after; another's and
// none are the same.
func (s *Service) ownInvitation(r rugzak.Reader, by rugzak.Person, id string) (rugzak.Invitation, error) {
	if !rugzak.CanInvite(by, by.Organisation) {
		return rugzak.Invitation{}, rugzak.Forbidden("error.inviters_only")
	}
	i, err := r.Invitation(id)
	if err == nil && !rugzak.CanInvite(by, i.Organisation) {
		err = rugzak.NotFound()
	}
	return i, err
}

// InviteChoices are the places and roles a person may invite into.
func (s *Service) InviteChoices(ctx context.Context, by rugzak.Person) (places []rugzak.Organisation, roles []rugzak.Role, err error) {
	if !rugzak.CanInvite(by, by.Organisation) {
		return nil, nil, rugzak.Forbidden("error.inviters_only")
	}
	err = s.view(ctx, "places to invite into", func(r rugzak.Reader) error {
		all, err := r.Organisations()
		for _, o := range all {
			if !o.Closed && rugzak.CanInvite(by, o.ID) {
				places = append(places, o)
			}
		}
		return err
	})
	sortOrganisations(places)
	for _, r := range rugzak.Roles() {
		if rugzak.CanAdminister(by) || r == rugzak.RoleParticipant || r == rugzak.RolePartnerContact {
			roles = append(roles, r)
		}
	}
	return places, roles, err
}
