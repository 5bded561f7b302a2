// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Identity joins what a sign-in provider calls somebody to a person. The
// subject is the provider's own number for them: it stays when a name or an
// address changes, and an address that is given to somebody else does not
// bring it along.
type Identity struct {
	Issuer, Subject string
	Person          PersonID
	At              time.Time // when they were joined
}

// IdentityReader reads who is known from which provider.
type IdentityReader interface {
	Identity(issuer, subject string) (Identity, error)
	Identities(person PersonID) ([]Identity, error) // oldest first
}

// IdentityWriter keeps who is known from which provider.
type IdentityWriter interface {
	SaveIdentity(i Identity) error
	RemoveIdentity(issuer, subject string) error
	// UseOnce notes that something with this hash was used, and gives
	// CodeConflict when it was before. What was noted until a time before now
	// may be forgotten.
	UseOnce(hash string, now, until time.Time) error
}

// Vouched is what a provider says of somebody who signed in there. Whoever
// makes one has checked signature, issuer, audience, times and nonce.
type Vouched struct {
	Issuer, Subject string
	Email           string
	EmailVerified   bool
	Name            string
	// Claims holds the texts of the claims that a provider's mappings name.
	Claims map[string][]string
}

// ProviderID is the short name of a sign-in provider in addresses and logs.
type ProviderID string

// Provider is a sign-in provider as the configuration has it: whom it may
// vouch for, and how its claims become organisation, team and roles.
type Provider struct {
	ID             ProviderID
	NameNL, NameEN string // on the button
	// Organisation is that of whoever no claim gives another; may be empty.
	Organisation  OrganisationID
	Organisations ClaimMap[OrganisationID]
	Teams         ClaimMap[TeamID]
	Roles         ClaimMap[Role]
	DefaultRoles  []Role   // everybody has these
	EmailDomains  []string // lower case; empty allows all
	Create        bool     // makes an account for whoever has none
	TrustEmail    bool     // takes every address as verified
}

// ClaimMap says what the values of one claim mean.
type ClaimMap[T ~string] struct {
	Claim string // empty: there is no mapping
	To    map[string][]T
}

// Has reports whether there is a mapping.
func (m ClaimMap[T]) Has() bool { return m.Claim != "" }

// of is what the values of the claim mean, in the order in which they came.
func (m ClaimMap[T]) of(v Vouched) []T {
	var out []T
	for _, value := range v.Claims[m.Claim] {
		for _, t := range m.To[value] {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	return out
}

// gives is everything the mapping can give.
func (m ClaimMap[T]) gives(t T) bool {
	for _, all := range m.To {
		if slices.Contains(all, t) {
			return true
		}
	}
	return false
}

// Name is what the button says.
func (p Provider) Name(lang Lang) string {
	if lang == English && p.NameEN != "" {
		return p.NameEN
	}
	return p.NameNL
}

// VouchesFor reports whether the provider may sign in people of an
// organisation. It is bound to what the configuration names: a partner's
// provider never signs in a member of the municipality, whatever it claims.
func (p Provider) VouchesFor(o OrganisationID) bool {
	return o != "" && (o == p.Organisation || p.Organisations.gives(o))
}

// Claims lists the claims that the mappings read.
func (p Provider) Claims() []string {
	var names []string
	for _, name := range []string{p.Organisations.Claim, p.Teams.Claim, p.Roles.Claim} {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Placement is where a provider puts somebody.
type Placement struct {
	Email        string
	Name         string
	Organisation OrganisationID
	Teams        []TeamID // the first that the organisation has counts
	Roles        []Role   // by mapping
}

// Place reads who it is and where they belong, or says why it will not have
// them. It looks at what the provider says only, at nobody who is known here.
func (p Provider) Place(v Vouched) (Placement, error) {
	to := Placement{Email: CleanEmail(v.Email), Name: displayName(v.Name)}
	_, domain, _ := strings.Cut(to.Email, "@")
	switch {
	case v.Issuer == "" || v.Subject == "":
		return to, RefusedToken
	case !validEmail(to.Email):
		return to, RefusedNoEmail
	case !v.EmailVerified && !p.TrustEmail:
		return to, RefusedUnverified
	case len(p.EmailDomains) > 0 && !slices.Contains(p.EmailDomains, domain):
		return to, RefusedDomain
	}
	to.Organisation = p.Organisation
	if mapped := p.Organisations.of(v); len(mapped) == 1 {
		to.Organisation = mapped[0]
	} else if len(mapped) > 1 { // in several at once: nobody can say which
		to.Organisation = ""
	}
	if to.Organisation == "" {
		return to, RefusedNoOrganisation
	}
	to.Teams, to.Roles = p.Teams.of(v), p.Roles.of(v)
	return to, nil
}

// displayName is the name of a claim, made fit to be stored.
func displayName(s string) string {
	if !utf8.ValidString(s) {
		return ""
	}
	name := Line(s)
	if r := []rune(name); len(r) > MaxName {
		name = Line(string(r[:MaxName]))
	}
	if !cleanLine(name) {
		return ""
	}
	return name
}

// RolesFor is what roles somebody has after the mapping: those it can give
// come from the claims alone, the others stay as they were given here. What
// cannot stand in such an organisation or without a team is left out.
func (p Provider) RolesFor(had, mapped []Role, kind OrganisationKind, team TeamID) []Role {
	var out []Role
	for _, r := range Roles() {
		keeps := slices.Contains(had, r) && !p.Roles.gives(r)
		if (keeps || slices.Contains(mapped, r) || slices.Contains(p.DefaultRoles, r) || r == RoleParticipant) && r.fits(kind, team) {
			out = append(out, r)
		}
	}
	return out
}

// fits reports whether somebody of such an organisation may have the role.
func (r Role) fits(kind OrganisationKind, team TeamID) bool {
	switch {
	case r == RoleParticipant:
		return true
	case r == RolePartnerContact:
		return kind == Partner
	case r == RoleManager:
		return kind == Department && team != ""
	}
	return kind == Department
}

// Refusal is why somebody was not let in by a provider or a proxy: a code for
// the log and the audit log. Who is refused reads one of a few plain sentences.
type Refusal string

// The refusals.
const (
	RefusedState          Refusal = "state"              // not the browser that began, or too late
	RefusedReplay         Refusal = "replay"             // the answer was used before
	RefusedProvider       Refusal = "provider"           // the provider itself said no
	RefusedUnavailable    Refusal = "unavailable"        // the provider cannot be reached
	RefusedExchange       Refusal = "exchange"           // the provider does not accept the code
	RefusedToken          Refusal = "token"              // signature or form of the token
	RefusedIssuer         Refusal = "issuer"             // of somebody else
	RefusedAudience       Refusal = "audience"           // for somebody else
	RefusedExpired        Refusal = "expired"            // over, or not yet valid
	RefusedNonce          Refusal = "nonce"              // of another sign-in
	RefusedNoEmail        Refusal = "no-email"           // none, or no address
	RefusedUnverified     Refusal = "email-unverified"   // the provider did not check the address
	RefusedDomain         Refusal = "email-domain"       // not of the provider's organisations
	RefusedNoOrganisation Refusal = "no-organisation"    // no mapping, or one to nothing
	RefusedOrganisation   Refusal = "other-organisation" // the person belongs elsewhere
	RefusedLinked         Refusal = "other-subject"      // the address belongs to somebody the provider knows under another subject
	RefusedUnknown        Refusal = "unknown"            // no account, and none is made
	RefusedInactive       Refusal = "inactive"           // the account here was made inactive
	RefusedName           Refusal = "name"               // holds what may not be stored
)

// Error is for the log.
func (r Refusal) Error() string { return "sign-in refused: " + string(r) }

// NeedsInvitation reports whether the way on is an invitation: the provider is
// content, but there is no account here for whoever it is.
func (r Refusal) NeedsInvitation() bool {
	switch r {
	case RefusedNoOrganisation, RefusedOrganisation, RefusedLinked, RefusedUnknown, RefusedInactive, RefusedDomain:
		return true
	}
	return false
}
