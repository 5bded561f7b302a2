// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// Permission is something a role allows. Reading is no permission: nobody
// reads more because of a role.
type Permission string

// The permissions.
const (
	PermPost       Permission = "post"       // write entries of one's own, keep entries
	PermCurate     Permission = "curate"     // make themes, add and remove entries one may read
	PermSteer      Permission = "steer"      // the desk of the core team: publish interim results, the dossier, what came of a round
	PermShape      Permission = "shape"      // phases, prompts of kinds, names of parts
	PermRoom       Permission = "room"       // make room for needs of the own team, ask and thank
	PermInvite     Permission = "invite"     // invite people; a partner contact for the own organisation only
	PermPrivacy    Permission = "privacy"    // entries that were reported, purge
	PermAudit      Permission = "audit"      // read the audit log
	PermAdminister Permission = "administer" // organisations, teams, people, settings, starter content
)

// rights is the table of roles: what each adds to reading and writing one's own.
var rights = map[Role][]Permission{
	RoleParticipant:    {PermPost},
	RoleFacilitator:    {PermPost, PermCurate, PermShape},
	RoleCoreTeam:       {PermPost, PermCurate, PermSteer, PermShape},
	RoleManager:        {PermPost, PermRoom},
	RolePartnerContact: {PermPost, PermInvite},
	RolePrivacyOfficer: {PermPost, PermPrivacy, PermAudit},
	RoleAdministrator:  {PermPost, PermShape, PermInvite, PermAudit, PermAdminister},
}

// Permissions lists the permissions for the table in the documentation.
func Permissions() []Permission {
	return []Permission{PermPost, PermCurate, PermSteer, PermShape, PermRoom, PermInvite, PermPrivacy, PermAudit, PermAdminister}
}

// Allows reports whether a role gives a permission.
func (r Role) Allows(perm Permission) bool { return slices.Contains(rights[r], perm) }

// can reports whether an active person has a role that gives the permission.
func (p Person) can(perm Permission) bool {
	return p.ID != "" && !p.Inactive && slices.ContainsFunc(p.Roles, func(r Role) bool { return r.Allows(perm) })
}

// CanPost reports whether the person may write entries.
func CanPost(p Person) bool { return p.can(PermPost) }

// CanCurate reports whether the person may make and change themes.
func CanCurate(p Person) bool { return p.can(PermCurate) && p.IsMember() }

// CanSteer reports whether the person works at the desk of the core team.
func CanSteer(p Person) bool { return p.can(PermSteer) && p.IsMember() }

// CanShape reports whether the person chooses phases, prompts and names of the
// site: facilitators, the core team and administrators.
func CanShape(p Person) bool { return p.can(PermShape) && p.IsMember() }

// CanAdminister reports whether the person manages organisations and people.
// It gives no right to read anything.
func CanAdminister(p Person) bool { return p.can(PermAdminister) && p.IsMember() }

// CanInvite reports whether the person invites people into an organisation: an
// administrator into all, a partner contact into the own one.
func CanInvite(p Person, o OrganisationID) bool {
	return p.can(PermInvite) && (CanAdminister(p) || p.Kind == Partner && o != "" && o == p.Organisation)
}

// CanHandlePrivacy reports whether the person settles reports of personal data
// and purges.
func CanHandlePrivacy(p Person) bool { return p.can(PermPrivacy) && p.IsMember() }

// CanAudit reports whether the person reads the audit log.
func CanAudit(p Person) bool { return p.can(PermAudit) && p.IsMember() }

// CanRead is the rule of who may see an entry. The hidden author of an entry
// without name is not known here: the use case asks the store for that.
func CanRead(p Person, e Entry) bool {
	if p.ID == "" || p.Inactive {
		return false
	}
	return e.IsAuthor(p.ID) || slices.ContainsFunc(ReaderTokens(p), func(t string) bool {
		return slices.Contains(AudienceTokens(e), t)
	})
}

// CanReadTheme reports whether the person may see the title, summary and
// thread of a theme.
func CanReadTheme(p Person, t Theme) bool {
	if p.ID == "" || p.Inactive {
		return false
	}
	return p.IsMember() || slices.Contains(t.Audience.Also, p.Organisation)
}

// CanReadThread reports whether the person may see what is written in a theme
// they may see: once it was reported, only its curators and privacy officers.
func CanReadThread(p Person, t Theme) bool {
	return CanReadTheme(p, t) && (!t.Reported || CanHandlePrivacy(p) || CanCurate(p) && slices.Contains(t.Curators, p.ID))
}

// InternalToken is the token of the members of all departments, PrivacyToken
// that of privacy officers, for entries that were reported.
const (
	InternalToken = "internal"
	PrivacyToken  = "privacy"
)

// PersonToken, TeamToken and OrganisationToken name readers in the index and
// in the lists of the store.
func PersonToken(id PersonID) string { return "person:" + string(id) }

// TeamToken names the members of a team. Team ids are unique only within their
// organisation, so both are in it.
func TeamToken(o OrganisationID, t TeamID) string { return "team:" + string(o) + "/" + string(t) }

// OrganisationToken names the members of an organisation.
func OrganisationToken(id OrganisationID) string { return "org:" + string(id) }

// ReaderTokens are the tokens by which a person reads. They are complete: an
// entry is readable if and only if they share a token with EntryTokens (or the
// person is its hidden author).
func ReaderTokens(p Person) []string {
	if p.ID == "" || p.Inactive || p.Organisation == "" {
		return nil
	}
	tokens := []string{PersonToken(p.ID), OrganisationToken(p.Organisation)}
	if p.Team != "" {
		tokens = append(tokens, TeamToken(p.Organisation, p.Team))
	}
	if p.IsMember() {
		tokens = append(tokens, InternalToken)
	}
	if CanHandlePrivacy(p) {
		tokens = append(tokens, PrivacyToken)
	}
	return tokens
}

// AudienceTokens are the tokens the audience of an entry lets in: none for
// drafts and withdrawn entries, that of privacy officers for reported ones.
func AudienceTokens(e Entry) []string {
	if e.State == StateReported {
		return []string{PrivacyToken}
	}
	if !e.State.Public() {
		return nil
	}
	var tokens []string
	switch e.Audience.Level {
	case LevelTeam:
		if e.Team != "" {
			tokens = append(tokens, TeamToken(e.Organisation, e.Team))
		}
	case LevelOrganisation:
		tokens = append(tokens, OrganisationToken(e.Organisation))
	case LevelInternal:
		tokens = append(tokens, OrganisationToken(e.Organisation))
		if e.OrganisationKind == Department {
			tokens = append(tokens, InternalToken)
		}
	default:
		return nil
	}
	for _, o := range e.Audience.Also {
		if o == WholeMunicipality {
			tokens = append(tokens, InternalToken)
		} else {
			tokens = append(tokens, OrganisationToken(o))
		}
	}
	return tokens
}

// EntryTokens are the tokens under which an entry is indexed and listed: those
// of its audience and of its named authors.
func EntryTokens(e Entry) []string {
	tokens := AudienceTokens(e)
	for _, a := range e.Authors {
		tokens = append(tokens, PersonToken(a))
	}
	slices.Sort(tokens)
	return slices.Compact(tokens)
}
