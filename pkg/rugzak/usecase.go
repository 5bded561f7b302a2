// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// Standing is what a person must be to what a use case is about, besides
// having a role.
type Standing string

// The standings.
const (
	// AsAnybody needs no account: who holds the right secret, or nobody yet.
	AsAnybody Standing = "anybody"
	// AsPerson is for everybody who is signed in; what it shows is what they may
	// read.
	AsPerson Standing = "person"
	// AsReader is for who may read the entry.
	AsReader Standing = "reader"
	// AsAuthor is for who wrote the entry, by name or without.
	AsAuthor Standing = "author"
	// AsThemeReader is for who may see the theme.
	AsThemeReader Standing = "theme-reader"
	// AsProgram is for the program itself: it acts for nobody, or for whoever
	// holds the data directory.
	AsProgram Standing = "program"
)

// UseCase is one thing the backpack does, and for whom. Name is its method in
// package backpack.
type UseCase struct {
	Name  string
	Needs Permission // a role must give it; empty when none is needed
	Of    Standing
}

// UseCases is the table of who may do what, beside the table of roles. Tests
// hold every use case, every route, every role and every audience to it, and
// fail on a use case or a route that is not in it.
func UseCases() []UseCase {
	return slices.Concat(threadUseCases(), attachmentUseCases(), loopUseCases(), keepingUseCases(), methodUseCases(), feedUseCases(), bagUseCases(), inquiryUseCases(), participationUseCases(), responseUseCases(), roomUseCases(), roundUseCases(), deskUseCases(), careUseCases(), resultsUseCases(), movementUseCases(), []UseCase{
		{"Who", "", AsAnybody},
		{"SignIn", "", AsAnybody},
		{"SignOut", "", AsAnybody},
		{"TokenValid", "", AsAnybody},
		{"CreateFirstAdministrator", "", AsAnybody},
		{"ChoosePassword", "", AsAnybody},
		{"PasswordLinkFor", "", AsAnybody},
		{"UseState", "", AsAnybody},
		{"SignInVia", "", AsAnybody},
		{"SignInByProxy", "", AsAnybody},
		{"AskReset", "", AsAnybody},
		{"KnownDevice", "", AsAnybody},
		{"RetentionTerms", "", AsAnybody},
		{"AccessibilityStatement", "", AsAnybody},
		{"AskAnyPasskey", "", AsAnybody},
		{"PasskeySignIn", "", AsAnybody},
		{"SecondStep", "", AsAnybody},
		{"AskPasskey", "", AsAnybody},
		{"FinishWithPasskey", "", AsAnybody},
		{"FinishWithCode", "", AsAnybody},
		{"FinishWithRecovery", "", AsAnybody},

		{"Home", "", AsPerson},
		{"Mine", "", AsPerson},
		{"Search", "", AsPerson},
		{"Suggest", "", AsPerson},
		{"Wider", "", AsPerson},
		{"SavedSearches", "", AsPerson},
		{"SavedSearch", "", AsPerson},
		{"SaveSearch", "", AsPerson},
		{"ChangeSavedSearch", "", AsPerson},
		{"RemoveSavedSearch", "", AsPerson},
		{"TellSavedSearches", "", AsProgram},
		{"NoteSearchGap", "", AsPerson},
		{"SearchGaps", PermCurate, AsPerson},
		{"MarkSearchGap", PermCurate, AsPerson},
		{"RemoveSearchGap", PermCurate, AsPerson},
		{"CountSearchGaps", "", AsProgram},
		{"Themes", "", AsPerson},
		{"OrganisationNames", "", AsPerson},
		{"AudienceChoices", "", AsPerson},
		{"FormChoices", "", AsPerson},
		{"NewID", "", AsPerson},
		{"Unkeep", "", AsPerson},
		{"WideningsForMe", "", AsPerson},
		{"Preview", "", AsPerson},
		{"Check", "", AsPerson},
		{"Advise", "", AsPerson},
		{"SimilarToDraft", PermPost, AsPerson},
		{"SetLanguage", "", AsPerson},
		{"FinishTour", "", AsPerson},
		{"SetVisual", "", AsPerson},
		{"SetProfile", "", AsPerson},
		{"ChangePassword", "", AsPerson},
		{"Sessions", "", AsPerson},
		{"EndSession", "", AsPerson},
		{"EndSessions", "", AsPerson},
		{"ContinueSession", "", AsPerson},
		{"RememberDevice", "", AsPerson},
		{"Factors", "", AsPerson},
		{"AskNewPasskey", "", AsPerson},
		{"AddPasskey", "", AsPerson},
		{"BeginCodeApp", "", AsPerson},
		{"ShowCodeApp", "", AsPerson},
		{"CodeAppPicture", "", AsPerson},
		{"AddCodeApp", "", AsPerson},
		{"RemoveFactor", "", AsPerson},
		{"MakeRecoveryCodes", "", AsPerson},

		{"Read", "", AsReader},
		{"Similar", "", AsReader},
		{"History", "", AsReader},
		{"Revision", "", AsReader},
		{"EntryToReport", "", AsReader},
		{"Report", "", AsReader},
		{"Keep", PermPost, AsReader},
		{"WideningChoices", PermPost, AsReader},
		{"AskWidening", PermPost, AsReader},

		{"SaveDraft", PermPost, AsAuthor},
		{"Share", PermPost, AsAuthor},
		{"Revise", PermPost, AsAuthor},
		{"Restore", PermPost, AsAuthor},
		{"ChangeAudience", PermPost, AsAuthor},
		{"AnswerWidening", PermPost, AsAuthor},
		{"Withdraw", PermPost, AsAuthor},
		{"PutBack", PermPost, AsAuthor},
		{"DeleteDraft", PermPost, AsAuthor},
		{"AskPutBack", PermPost, AsAuthor},
		{"PurgeOwn", PermPost, AsAuthor},
		{"PurgeOwnPast", PermPost, AsAuthor},

		{"Theme", "", AsThemeReader},
		{"ThemeToReport", "", AsThemeReader},
		{"ReportTheme", "", AsThemeReader},
		{"SaveTheme", PermCurate, AsThemeReader},
		{"ThemePartners", PermCurate, AsPerson},
		{"Terms", PermCurate, AsPerson},
		{"Term", PermCurate, AsPerson},
		{"TryTerm", PermCurate, AsPerson},
		{"SaveTerm", PermCurate, AsPerson},
		{"RemoveTerm", PermCurate, AsPerson},
		{"ThemeCandidates", PermCurate, AsThemeReader},
		{"AddToTheme", PermCurate, AsReader},
		{"RemoveFromTheme", PermCurate, AsReader},
		{"PinInTheme", PermCurate, AsReader},

		{"Organisations", PermAdminister, AsPerson},
		{"Organisation", PermAdminister, AsPerson},
		{"OrganisationNamed", PermAdminister, AsPerson},
		{"SaveOrganisation", PermAdminister, AsPerson},
		{"People", PermAdminister, AsPerson},
		{"Person", PermAdminister, AsPerson},
		{"PersonByEmail", PermAdminister, AsPerson},
		{"SavePerson", PermAdminister, AsPerson},
		{"AnonymisePerson", PermAdminister, AsPerson},
		{"Left", PermAdminister, AsPerson},
		{"PasswordLink", PermAdminister, AsPerson},
		{"Unlink", PermAdminister, AsPerson},
		{"SetPassword", PermAdminister, AsPerson},
		{"ResetFactors", PermAdminister, AsPerson},
		{"AccountSettings", PermAdminister, AsPerson},
		{"SaveAccountSettings", PermAdminister, AsPerson},
		{"LoadStarter", PermAdminister, AsPerson},
		{"Samples", PermAdminister, AsPerson},
		{"RemoveSamples", PermAdminister, AsPerson},

		{"ReportFalseAlarm", PermPost, AsPerson},
		{"PrivacyDesk", PermAudit, AsPerson},
		{"SavePrivacySettings", PermAdminister, AsPerson},
		{"Checklist", PermAudit, AsPerson},
		{"SaveChecklist", PermAudit, AsPerson},
		{"Incidents", PermPrivacy, AsPerson},
		{"Incident", PermPrivacy, AsPerson},
		{"NoteIncident", PermPrivacy, AsPerson},
		{"Settle", PermPrivacy, AsPerson},
		{"PurgeReportedPast", PermPrivacy, AsPerson},
		{"Purges", PermPrivacy, AsPerson},

		{"AuditLog", PermAudit, AsPerson},
		{"AuditTable", PermAudit, AsPerson},
		{"AuditChain", PermAudit, AsPerson},
		{"VerifyAudit", PermAudit, AsPerson},
		{"Invite", PermInvite, AsPerson},
		{"Invitations", PermInvite, AsPerson},
		{"InviteChoices", PermInvite, AsPerson},
		{"RenewInvitation", PermInvite, AsPerson},
		{"WithdrawInvitation", PermInvite, AsPerson},
		{"OwnOrganisation", PermInvite, AsPerson},
		{"DeactivateColleague", PermInvite, AsPerson},
		{"PreviewInvitations", PermInvite, AsPerson},
		{"InviteAll", PermInvite, AsPerson},
		{"Leave", PermAdminister, AsPerson},
		{"Colleagues", "", AsPerson},
		{"HandOver", PermPost, AsPerson},
		{"Notices", "", AsPerson},
		{"SeenNotices", "", AsPerson},
		{"RemoveNotice", "", AsPerson},
		{"WhoAndNews", "", AsAnybody},
		{"OpenInvitation", "", AsAnybody},
		{"AcceptInvitation", "", AsAnybody},
		{"AcceptInvitationFor", "", AsProgram},
		{"ForgetInvitations", "", AsProgram},
		{"MailOn", "", AsProgram},
		{"Deliver", "", AsProgram},
		{"SendMail", "", AsProgram},

		{"Follow", "", AsProgram},
		{"FinishPurges", "", AsProgram},
		{"HoldFile", "", AsProgram},
		{"EraseEntries", "", AsProgram},
		{"Tombstones", "", AsProgram},
		{"CatchUp", "", AsProgram},
		{"Reindex", "", AsProgram},
		{"CatchUpMeaning", "", AsProgram},
		{"RemakeMeaning", "", AsProgram},
		{"CheckMeaning", "", AsProgram},
		{"Ready", "", AsProgram},
		{"ReadOnly", "", AsProgram},
		{"EraseFormer", "", AsProgram},
		{"FirstStart", "", AsProgram},
		{"ShipTerms", "", AsProgram},
		{"ResetLink", "", AsProgram},
		{"PasswordFits", "", AsProgram},
		{"RefusedVia", "", AsProgram},
		{"LocalAccounts", "", AsProgram},
		{"Export", PermAdminister, AsProgram},
		{"Backup", PermAdminister, AsProgram},
		{"Import", PermAdminister, AsProgram},
		{"ImportWhole", PermAdminister, AsProgram},
		{"InputOf", "", AsProgram},
		{"Compare", "", AsProgram},
		{"ThemeFindings", "", AsProgram},
		{"HoldsNumber", "", AsProgram},
	})
}
