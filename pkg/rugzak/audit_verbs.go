// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// The acts that stand in the audit log. A word, once used, keeps its meaning.
const (
	AuditSignIn          AuditVerb = "sign-in"         // detail: how
	AuditSignInRefused   AuditVerb = "sign-in.refused" // detail: why
	AuditSignOut         AuditVerb = "sign-out"
	AuditSessionsEnded   AuditVerb = "sessions.ended"
	AuditPassword        AuditVerb = "password.changed"
	AuditFactor          AuditVerb = "factor.changed" // detail: which, added or removed
	AuditFeed            AuditVerb = "feed.changed"   // private address of a feed; detail: made or revoked
	AuditInvited         AuditVerb = "person.invited" // detail: the roles
	AuditUninvited       AuditVerb = "person.uninvited"
	AuditPersonMade      AuditVerb = "person.made"    // detail: the roles
	AuditRoles           AuditVerb = "person.roles"   // detail: the roles
	AuditMoved           AuditVerb = "person.moved"   // detail: the organisation
	AuditAddress         AuditVerb = "person.address" // another e-mail address: where links to a new password go
	AuditDeactivated     AuditVerb = "person.deactivated"
	AuditActivated       AuditVerb = "person.activated"
	AuditPersonRemoved   AuditVerb = "person.removed"
	AuditHandedOver      AuditVerb = "entries.handed-over"
	AuditAudiencePartner AuditVerb = "audience.partner" // widened to partners; detail: the audience
	AuditExported        AuditVerb = "exported"         // detail: what sort
	AuditReported        AuditVerb = "entry.reported"
	AuditReportSettled   AuditVerb = "entry.report-settled" // detail: how
	AuditPurged          AuditVerb = "purged"               // detail: the reason code
	AuditSettings        AuditVerb = "settings.changed"     // detail: which part
	AuditRetention       AuditVerb = "retention"            // detail: what was removed
	AuditAsked           AuditVerb = "person.asked"         // about own data; detail: what
	AuditAskSettled      AuditVerb = "person.asked.settled" // detail: what, and done or refused
	AuditMerged          AuditVerb = "merged"               // a theme or an entry; detail: into which
	AuditApart           AuditVerb = "merged.undone"        // detail: what it had gone into
	AuditReviewed        AuditVerb = "entry.reviewed"       // by a facilitator, for an author who left; detail: what
	AuditRestored        AuditVerb = "backup.restored"
)

// AuditVerbs lists the acts in the order in which they are offered to look for.
func AuditVerbs() []AuditVerb {
	return []AuditVerb{
		AuditSignIn, AuditSignInRefused, AuditSignOut, AuditSessionsEnded, AuditPassword, AuditFactor, AuditFeed,
		AuditInvited, AuditUninvited, AuditPersonMade, AuditRoles, AuditMoved, AuditAddress, AuditDeactivated, AuditActivated, AuditPersonRemoved,
		AuditHandedOver, AuditMerged, AuditApart, AuditReviewed,
		AuditAudiencePartner, AuditReported, AuditReportSettled, AuditPurged,
		AuditExported, AuditSettings, AuditRetention, AuditRestored,
		AuditAsked, AuditAskSettled,
	}
}

// What an act of AuditExported took out: its detail.
const (
	ExportWhole       = "whole"        // everything, by whoever holds the data
	ExportWholeHidden = "whole-hidden" // with who wrote without name
	ExportBackup      = "backup"
	ExportAuditTable  = "audit-table"
	ExportAuditChain  = "audit-chain"
	ExportOwnData     = "own-data"
	ExportBackpack    = "backpack" // somebody's own, in readable files
	ExportWoo         = "woo"
	ExportDossier     = "dossier" // of the movement, for handing it over
)
