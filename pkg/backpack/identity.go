// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// refusedVia is the answer to everybody whom a provider or a proxy does not
// get in. Which of the few sentences is shown, the reason decides.
func refusedVia(reason rugzak.Refusal) error {
	return &rugzak.Error{Code: rugzak.CodeForbidden, Key: "error.via", Err: reason}
}

// LocalAccounts reports whether people may sign in with what they have here: a
// password or a passkey.
func (s *Service) LocalAccounts() bool { return !s.NoLocalAccounts }

// localOnly refuses what local accounts are needed for.
func (s *Service) localOnly() error {
	if s.NoLocalAccounts {
		return rugzak.Forbidden("error.local_off")
	}
	return nil
}

// UseState notes that the answer of a provider is being used: each works once,
// whichever process it reaches. A time that is over works no more.
func (s *Service) UseState(ctx context.Context, state string, until time.Time) error {
	now := s.now()
	if state == "" || now.After(until) {
		return refusedVia(rugzak.RefusedState)
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error { return w.UseOnce(rugzak.HashSecret(state), now, until) })
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		return refusedVia(rugzak.RefusedReplay)
	}
	return err
}

// SignInVia signs in whom a provider vouches for.
//
// Somebody the provider vouched for before is that person. For a new one, the
// person of that address is meant when they belong to the very organisation
// the provider puts them in, and the provider does not know that person under
// another subject: an address that a colleague left behind opens nothing. Else
// an invitation into that organisation is accepted, or an account is made where
// the configuration says so. A person of an
// organisation the provider is not bound to is never signed in by it, and
// nobody who was made inactive is let in again.
func (s *Service) SignInVia(ctx context.Context, by rugzak.Provider, v rugzak.Vouched, client string) (secret string, p rugzak.Person, err error) {
	to, err := by.Place(v)
	if err == nil {
		if err = s.refuseNumbers(field{"name", to.Name}, field{"email", to.Email}); err != nil {
			err = rugzak.RefusedName
		}
	}
	if err == nil {
		_, err = s.update(ctx, "sign in by a provider", func(w rugzak.Writer) (err error) {
			if p, err = s.personVia(w, by, v, to); err != nil {
				return err
			}
			secret, err = s.beginSession(w, p, rugzak.Arrival{How: rugzak.BySSO, Client: client})
			return err
		})
	}
	if err != nil {
		return "", rugzak.Person{}, s.noted(ctx, viaCode(by.ID), p, err)
	}
	return secret, p, nil
}

// viaCode is how a provider stands in the audit log.
func viaCode(id rugzak.ProviderID) string { return string(rugzak.BySSO) + " " + string(id) }

// RefusedVia writes down that the answer of a provider was refused, and why,
// before anybody was looked for.
func (s *Service) RefusedVia(ctx context.Context, by rugzak.ProviderID, reason rugzak.Refusal) error {
	return s.noted(ctx, viaCode(by), rugzak.Person{}, reason)
}

// noted writes a refusal into log and audit log, and gives the one answer to
// it. Every other error stays what it is. The person is whom it concerns, when
// that is known.
func (s *Service) noted(ctx context.Context, how string, p rugzak.Person, err error) error {
	reason, ok := errors.AsType[rugzak.Refusal](err)
	if !ok {
		return err
	}
	s.Log.WarnContext(ctx, "sign-in refused", "how", how, "reason", string(reason), "person", string(p.ID))
	s.refused(ctx, p, how+" "+string(reason))
	return refusedVia(reason)
}

// personVia finds or makes the person and brings them to where the provider
// puts them.
func (s *Service) personVia(w rugzak.Writer, by rugzak.Provider, v rugzak.Vouched, to rugzak.Placement) (rugzak.Person, error) {
	o, err := w.Organisation(to.Organisation)
	if isMissing(err) {
		return rugzak.Person{}, rugzak.RefusedNoOrganisation
	}
	if err != nil {
		return rugzak.Person{}, err
	}
	known, err := w.Identity(v.Issuer, v.Subject)
	if err == nil {
		p, err := w.Person(known.Person)
		if err != nil {
			return p, err
		}
		if err := mayBe(by, p); err != nil {
			return p, err
		}
		return s.placed(w, by, p, to, o)
	}
	if !isMissing(err) {
		return rugzak.Person{}, err
	}
	p, err := w.PersonByEmail(to.Email)
	switch {
	case isMissing(err):
		p, err = s.newVia(w, by, to, o)
	case err == nil:
		if err = mayLink(w, by, v, p, o); err == nil {
			p, err = s.placed(w, by, p, to, o)
		}
	}
	if err != nil {
		return p, err
	}
	return p, w.SaveIdentity(rugzak.Identity{Issuer: v.Issuer, Subject: v.Subject, Person: p.ID, At: s.now()})
}

// mayBe refuses people the provider has no say over, and inactive ones.
func mayBe(by rugzak.Provider, p rugzak.Person) error {
	switch {
	case !by.VouchesFor(p.Organisation):
		return rugzak.RefusedOrganisation
	case p.Inactive:
		return rugzak.RefusedInactive
	}
	return nil
}

// mayLink decides whether a new subject with a person's address is that person.
func mayLink(r rugzak.Reader, by rugzak.Provider, v rugzak.Vouched, p rugzak.Person, o rugzak.Organisation) error {
	if p.Organisation != o.ID {
		return rugzak.RefusedOrganisation
	}
	if err := mayBe(by, p); err != nil {
		return err
	}
	all, err := r.Identities(p.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(i rugzak.Identity) bool { return i.Issuer == v.Issuer }) {
		return rugzak.RefusedLinked
	}
	return nil
}

// newVia makes the account of somebody who signs in for the first time: that of
// an invitation into the organisation, or else a new one.
func (s *Service) newVia(w rugzak.Writer, by rugzak.Provider, to rugzak.Placement, o rugzak.Organisation) (rugzak.Person, error) {
	local, _, _ := strings.Cut(to.Email, "@")
	invited, err := s.AcceptInvitationFor(w, to.Email, o.ID, to.Name)
	if rugzak.CodeOf(err) == rugzak.CodeInvalid { // neither of them says a name
		invited, err = s.AcceptInvitationFor(w, to.Email, o.ID, local)
	}
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return rugzak.Person{}, rugzak.RefusedName
	}
	if err == nil {
		if invited, err = w.Person(invited.ID); err != nil {
			return invited, err
		}
		return s.placed(w, by, invited, to, o)
	}
	if !isMissing(err) {
		return rugzak.Person{}, err
	}
	if !by.Create || o.Closed {
		return rugzak.Person{}, rugzak.RefusedUnknown
	}
	p := rugzak.Person{
		ID: rugzak.PersonID(rugzak.NewID(s.now())), Email: to.Email, Name: to.Name,
		Organisation: o.ID, Kind: o.Kind, Team: teamIn(o, to.Teams),
	}
	if p.Name == "" {
		p.Name = local
	}
	p.Roles = by.RolesFor(nil, to.Roles, p.Kind, p.Team)
	if err := p.Validate(o); err != nil {
		return rugzak.Person{}, rugzak.RefusedName
	}
	if err := s.savePerson(w, p, p, 0); err != nil {
		return p, err
	}
	p.Version = 1
	return p, nil
}

// placed brings a person to the organisation, team and roles of the mappings
// there are. What no mapping speaks of stays as it was.
func (s *Service) placed(w rugzak.Writer, by rugzak.Provider, before rugzak.Person, to rugzak.Placement, o rugzak.Organisation) (rugzak.Person, error) {
	p := before
	moves := by.Organisations.Has() && p.Organisation != o.ID
	switch {
	case moves && o.Closed:
		return before, rugzak.RefusedNoOrganisation
	case moves:
		p.Organisation, p.Kind, p.Team = o.ID, o.Kind, ""
	case p.Organisation != o.ID: // moved here by an administrator, within the provider's bounds
		var err error
		if o, err = w.Organisation(p.Organisation); err != nil {
			return before, err
		}
	}
	if by.Teams.Has() {
		p.Team = teamIn(o, to.Teams)
	}
	if by.Roles.Has() || moves || p.Team != before.Team {
		p.Roles = by.RolesFor(before.Roles, to.Roles, p.Kind, p.Team)
		if sameSet(p.Roles, before.Roles) {
			p.Roles = before.Roles
		}
	}
	if !rightsChanged(before, p) {
		return before, nil
	}
	p.SettleWhy(before)
	p.Epoch++ // every session begins anew with the new rights
	if err := s.keepsAdministrator(w, p); err != nil {
		if rugzak.CodeOf(err) != rugzak.CodeInvalid {
			return before, err
		}
		s.Log.Warn("the last administrator stays as they are, whatever the provider says", "provider", string(by.ID), "person", string(p.ID))
		return before, nil
	}
	if err := p.Validate(o); err != nil {
		return before, err
	}
	if err := s.auditPerson(w, p, before, p); err != nil {
		return before, err
	}
	if err := s.savePerson(w, p, p, before.Version); err != nil {
		return before, err
	}
	p.Version++
	return p, nil
}

// teamIn is the first of the teams that the organisation has.
func teamIn(o rugzak.Organisation, teams []rugzak.TeamID) rugzak.TeamID {
	for _, t := range teams {
		if _, ok := o.Team(t); ok {
			return t
		}
	}
	return ""
}

// SignInByProxy signs in the person of an address that a trusted proxy names.
// It makes nobody.
func (s *Service) SignInByProxy(ctx context.Context, email, client string) (secret string, p rugzak.Person, err error) {
	_, err = s.update(ctx, "sign in by the proxy", func(w rugzak.Writer) (err error) {
		p, err = w.PersonByEmail(rugzak.CleanEmail(email))
		switch {
		case isMissing(err):
			return rugzak.RefusedUnknown
		case err != nil:
			return err
		case p.Inactive:
			return rugzak.RefusedInactive
		}
		secret, err = s.beginSession(w, p, rugzak.Arrival{How: rugzak.ByProxy, Client: client})
		return err
	})
	if err != nil {
		return "", rugzak.Person{}, s.noted(ctx, string(rugzak.ByProxy), p, err)
	}
	return secret, p, nil
}

// Unlink forgets by which providers a person is known, and ends their
// sessions: the next sign-in joins anew. It is for who got another account at
// the provider, and for an address that changed hands.
func (s *Service) Unlink(ctx context.Context, by rugzak.Person, id rugzak.PersonID) (int, error) {
	if !rugzak.CanAdminister(by) {
		return 0, rugzak.Forbidden("error.administrators_only")
	}
	gone := 0
	_, err := s.update(ctx, "unlink", func(w rugzak.Writer) error {
		p, err := w.Person(id)
		if err != nil {
			return err
		}
		all, err := w.Identities(id)
		if err != nil {
			return err
		}
		for _, i := range all {
			if err := w.RemoveIdentity(i.Issuer, i.Subject); err != nil {
				return err
			}
		}
		if gone = len(all); gone == 0 {
			return nil
		}
		p.Epoch++
		if err := s.audit(w, by, rugzak.AuditFactor, rugzak.PersonActor(id), "sso removed"); err != nil {
			return err
		}
		return s.savePerson(w, by, p, p.Version)
	})
	return gone, err
}
