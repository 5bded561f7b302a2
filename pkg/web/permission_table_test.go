// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// site pages are no use case: what they show is the same for everybody.
const (
	noUseCase = "-"      // the site's own: health, files, help, language
	formOf    = "form: " // shows the form of the use case behind it, and changes nothing
)

// useOfRoute names the use case behind each route. What a person may do there
// follows from rugzak.UseCases; a route that is not here fails the test.
func useOfRoute() map[string]string {
	return map[string]string{
		"GET " + pathHealth:    noUseCase,
		"GET " + pathReady:     noUseCase,
		"GET " + pathRobots:    noUseCase,
		"GET " + pathSecurity:  noUseCase,
		"GET " + pathStatic:    noUseCase,
		"GET " + pathHelp:      noUseCase,
		"GET " + pathHelpPage:  noUseCase,
		"POST " + pathLanguage: noUseCase,

		"GET " + pathSignIn:    formOf + "SignIn",
		"POST " + pathSignIn:   "SignIn",
		"GET " + pathVia:       formOf + "SignInVia",
		"GET " + pathViaBack:   "SignInVia",
		"POST " + pathProceed:  "SignInByProxy",
		"POST " + pathSignOut:  "SignOut",
		"GET " + pathFirst:     "TokenValid",
		"POST " + pathFirst:    "CreateFirstAdministrator",
		"GET " + pathPassword:  "TokenValid",
		"POST " + pathPassword: "ChoosePassword",
		"GET " + pathAccount:   formOf + "SetProfile",
		"POST " + pathAccount:  "SetProfile",
		"POST " + pathOwnWord:  "ChangePassword",

		"GET " + pathHome:      "Home",
		"GET " + pathMine:      "Mine",
		"GET " + pathSearch:    "Search",
		"GET " + pathQuestions: "Search",
		"GET " + pathMethods:   "Search",
		"GET " + pathCompass:   "Movement",
		"GET " + pathAgenda:    "Agenda",
		"GET " + pathProgramme: "Movement",

		"GET " + pathShare:         "FormChoices",
		"POST " + pathShare:        "FormChoices", // of an empty form nothing is shared
		"GET " + pathAsk:           "FormChoices",
		"POST " + pathAsk:          "FormChoices",
		"GET " + pathEntryNew:      "FormChoices",
		"POST " + pathEntryNew:     "FormChoices",
		"POST " + pathEntryPreview: "Preview",
		"POST " + pathEntryCheck:   "Check",

		"GET " + pathEntry:            "Read",
		"GET " + pathHistory:          "History",
		"GET " + pathRevision:         "Revision",
		"POST " + pathRevisionRestore: "Restore",
		"GET " + pathEntryEdit:        formOf + "Revise",
		"POST " + pathEntryEdit:       "Revise",
		"POST " + pathEntryDraft:      "SaveDraft",
		"GET " + pathEntryAudience:    formOf + "ChangeAudience",
		"POST " + pathEntryAudience:   "ChangeAudience",
		"GET " + pathEntryWithdraw:    formOf + "Withdraw",
		"POST " + pathEntryWithdraw:   "Withdraw",
		"POST " + pathEntryPutBack:    "PutBack",
		"GET " + pathWidening:         "WideningChoices",
		"POST " + pathWidening:        "AskWidening",
		"POST " + pathWideningAnswer:  "AnswerWidening",
		"GET " + pathEntryDelete:      formOf + "DeleteDraft",
		"POST " + pathEntryDelete:     "DeleteDraft",
		"POST " + pathEntryKeep:       "Keep",
		"POST " + pathEntryUnkeep:     "Unkeep",
		"POST " + pathEntryThemes:     "AddToTheme",

		"GET " + pathThemes:       "Themes",
		"GET " + pathTheme:        "Theme",
		"GET " + pathThemeNew:     "ThemePartners",
		"POST " + pathThemeNew:    "SaveTheme",
		"GET " + pathThemeEdit:    formOf + "SaveTheme",
		"POST " + pathThemeEdit:   "SaveTheme",
		"GET " + pathThemeAdd:     "ThemeCandidates",
		"POST " + pathThemeAdd:    "ThemeCandidates",
		"POST " + pathThemeRemove: "ThemeCandidates",
		"POST " + pathThemePins:   "ThemeCandidates",
		"POST " + pathThemeUnpin:  "ThemeCandidates",

		"GET " + pathAdmin:            "Organisations",
		"GET " + pathRoles:            "Organisations",
		"GET " + pathOrganisations:    "Organisations",
		"GET " + pathOrganisationNew:  formOf + "SaveOrganisation",
		"POST " + pathOrganisationNew: "SaveOrganisation",
		"GET " + pathOrganisation:     "Organisation",
		"POST " + pathOrganisation:    "SaveOrganisation",
		"GET " + pathPeople:           "People",
		"GET " + pathPersonNew:        formOf + "SavePerson",
		"POST " + pathPersonNew:       "SavePerson",
		"GET " + pathPerson:           "Person",
		"POST " + pathPerson:          "SavePerson",
		"POST " + pathPersonLink:      "PasswordLink",
		"GET " + pathAudit:            "AuditLog",
		"GET " + pathAdminPrivacy:     "PrivacyDesk",
		"POST " + pathAdminPrivacy:    "SavePrivacySettings",
		"POST " + pathFalseAlarm:      "ReportFalseAlarm",
		"POST " + pathAuditTable:      "AuditTable",
		"POST " + pathAuditChain:      "AuditChain",
		"GET " + pathSamples:          "Samples",
		"POST " + pathSamplesLoad:     "LoadStarter",
		"GET " + pathSamplesRemove:    "Samples",
		"POST " + pathSamplesRemove:   "RemoveSamples",
	}
}
