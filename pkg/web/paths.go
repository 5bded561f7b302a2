// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"strings"

	"rugzak/pkg/rugzak"
)

// The paths of the site, as people see them. They stay valid for ever: who
// renames one adds a redirect. In this form they are also what the router
// matches.
const (
	pathHome     = "/"
	pathSignIn   = "/inloggen"
	pathSignOut  = "/uitloggen"
	pathVia      = "/inloggen/via/:provider"
	pathViaBack  = "/inloggen/via/:provider/terug"
	pathProceed  = "/inloggen/doorgaan"
	pathFirst    = "/eerste-beheerder/:secret"
	pathPassword = "/wachtwoord/:secret"
	pathForgot   = "/wachtwoord-vergeten"
	pathAccount  = "/account"
	pathOwnWord  = "/account/wachtwoord"
	pathLanguage = "/taal"
	pathTourDone = "/rondleiding/klaar"
	pathVisual   = "/account/opmaak"
	pathHelp     = "/hulp"
	pathHelpPage = "/hulp/:page"
	pathHealth   = "/healthz"
	pathReady    = "/readyz"
	pathRobots   = "/robots.txt"
	pathSecurity = "/.well-known/security.txt"
	pathStatic   = "/static/*"

	pathShare           = "/ik-deel-iets"
	pathAsk             = "/ik-vraag-iets"
	pathEntryNew        = "/ervaringen/nieuw"
	pathEntryPreview    = "/ervaringen/voorbeeld"
	pathEntryCheck      = "/ervaringen/nagaan"
	pathFalseAlarm      = "/privacy/klopt-niet"
	pathEntry           = "/ervaringen/:id"
	pathEntryEdit       = "/ervaringen/:id/bewerken"
	pathEntryDraft      = "/ervaringen/:id/concept"
	pathEntryAudience   = "/ervaringen/:id/zichtbaar"
	pathWidening        = "/ervaringen/:id/breder"
	pathWideningAnswer  = "/ervaringen/:id/breder/:request"
	pathEntryWithdraw   = "/ervaringen/:id/intrekken"
	pathEntryPutBack    = "/ervaringen/:id/terugzetten"
	pathEntryDelete     = "/ervaringen/:id/verwijderen"
	pathEntryStay       = "/ervaringen/:id/nog-bewaren"
	pathEntryReview     = "/ervaringen/:id/herzien"
	pathEntryKeep       = "/ervaringen/:id/meenemen"
	pathEntryUsed       = "/ervaringen/:id/gebruikt"
	pathEntryApply      = "/ervaringen/:id/toepassen"
	pathEntryTrail      = "/ervaringen/:id/gebruik"
	pathEntryAgreement  = "/ervaringen/:id/werkafspraak"
	pathEntryAgreedBy   = "/ervaringen/:id/werkafspraak/samen"
	pathLineage         = "/ervaringen/:id/stamboom"
	pathEntryUnkeep     = "/ervaringen/:id/uit-rugzak"
	pathEntryThemes     = "/ervaringen/:id/themas"
	pathEntryReport     = "/ervaringen/:id/melden"
	pathEntryReady      = "/ervaringen/:id/melding-klaar"
	pathEntryPurge      = "/ervaringen/:id/definitief-verwijderen"
	pathEntryPurgePast  = "/ervaringen/:id/oude-versies-verwijderen"
	pathHistory         = "/ervaringen/:id/versies"
	pathGuide           = "/ervaringen/:id/begeleiden"
	pathRevision        = "/ervaringen/:id/versies/:number"
	pathRevisionRestore = "/ervaringen/:id/versies/:number/terugzetten"

	pathSearch       = "/zoeken"
	pathSuggest      = "/zoeken/suggesties"
	pathOpenSearch   = "/opensearch.xml"
	pathManifest     = "/rugzak.webmanifest"
	pathMine         = "/rugzak"
	pathDraw         = "/rugzak/kaart"
	pathFeeds        = "/account/feeds"
	pathFeedRevoke   = "/account/feeds/:id/intrekken"
	pathFeed         = "/feed/:secret/rugzak.atom"
	pathFeedCalendar = "/feed/:secret/agenda.ics"
	pathQuestions    = "/vraagstukken"
	pathMethods      = "/werkvormen"
	pathThemes       = "/themas"
	pathThemeNew     = "/themas/nieuw"
	pathTheme        = "/themas/:id"
	pathThemeEdit    = "/themas/:id/bewerken"
	pathThemeReport  = "/themas/:id/melden"
	pathThemePins    = "/themas/:id/vastzetten"
	pathThemeUnpin   = "/themas/:id/losmaken"
	pathThemeAdd     = "/themas/:id/toevoegen"
	pathThemeRemove  = "/themas/:id/verwijderen"

	pathCelebrate      = "/wat-vieren-we"
	pathCelebrateMonth = "/wat-vieren-we/:month"
	pathCelebrateDesk  = "/kernteam/wat-vieren-we"

	pathLetters      = "/themas/:id/brieven"
	pathLetterNew    = "/themas/:id/brieven/nieuw"
	pathLetterEdit   = "/themas/:id/brieven/:letter/bewerken"
	pathLetter       = "/themabrieven/:letter"
	pathLetterRemove = "/themabrieven/:letter/verwijderen"

	pathThread         = "/themas/:id/rode-draad"
	pathThreadConsent  = "/themas/:id/rode-draad/toestemming"
	pathThreadVersions = "/themas/:id/rode-draad/versies"
	pathThreadVersion  = "/themas/:id/rode-draad/versies/:number"
	pathThreadPutBack  = "/themas/:id/rode-draad/versies/:number/terugzetten"

	pathMineKept    = "/rugzak/meegenomen"
	pathMineApplied = "/rugzak/toepassingen"
	pathMineDrafts  = "/rugzak/concepten"
	pathMineBalls   = "/rugzak/bal-bij-ons"

	pathBagTake         = "/rugzak/downloaden"
	pathTeamBag         = "/rugzak/team"
	pathOwnBag          = "/rugzak/organisatie"
	pathNeed            = "/rugzak/organisatie/behoefte"
	pathOrganisationBag = "/organisaties/:id"
	pathTalks           = "/rugzak/overleg"
	pathTalksTake       = "/rugzak/overleg/meenemen"

	pathSaved       = "/rugzak/zoekvragen"
	pathSavedNew    = "/rugzak/zoekvragen/nieuw"
	pathSavedOne    = "/rugzak/zoekvragen/:id"
	pathSavedRemove = "/rugzak/zoekvragen/:id/verwijderen"

	pathGaps           = "/beheer/zoekvragen"
	pathGapRemove      = "/beheer/zoekvragen/wissen"
	pathSettingsLoop   = "/beheer/instellingen/meenemen"
	pathSettingsSearch = "/beheer/instellingen/zoeken"

	pathBalls      = "/vraagstukken/ballen"
	pathMove       = "/vraagstukken/:id/stand"
	pathBall       = "/vraagstukken/:id/bal"
	pathBallTake   = "/vraagstukken/:id/bal/pakken"
	pathBallAnswer = "/vraagstukken/:id/bal/antwoord"
	pathBallBack   = "/vraagstukken/:id/bal/terugnemen"
	pathLead       = "/vraagstukken/:id/trekker"
	pathExperiment = "/vraagstukken/:id/experimenten/:number"

	pathOverlap       = "/ervaringen/:id/overlap"
	pathOverlapRemove = "/ervaringen/:id/overlap/weghalen"

	// What people join in with is a vraagstuk, a thema or an agendapunt.
	pathJoin        = "/meedoen/:of/:subject"
	pathFollow      = "/meekijken/:of/:subject"
	pathThink       = "/meedenken/:of/:subject"
	pathStopJoining = "/niet-meer-meedoen/:of/:subject"
	pathPromise     = "/beloften/:of/:subject"

	pathIncidents    = "/privacy/meldingen"
	pathIncident     = "/privacy/meldingen/:id"
	pathIncidentNote = "/privacy/meldingen/:id/notitie"
	pathIncidentPast = "/privacy/meldingen/:id/oude-versies"

	pathAdmin           = "/beheer"
	pathOrganisations   = "/beheer/organisaties"
	pathOrganisationNew = "/beheer/organisaties/nieuw"
	pathOrganisation    = "/beheer/organisaties/:id"
	pathPeople          = "/beheer/deelnemers"
	pathPersonNew       = "/beheer/deelnemers/nieuw"
	pathPerson          = "/beheer/deelnemers/:id"
	pathPersonLink      = "/beheer/deelnemers/:id/link"
	pathPersonFactors   = "/beheer/deelnemers/:id/tweede-stap"
	pathSettings        = "/beheer/instellingen"
	pathSettingsAccount = "/beheer/instellingen/inloggen"
	pathRoles           = "/beheer/rollen"
	pathSamples         = "/beheer/voorbeelden"
	pathSamplesRemove   = "/beheer/voorbeelden/verwijderen"
	pathSamplesLoad     = "/beheer/voorbeelden/toevoegen"
	pathAdminPrivacy    = "/beheer/privacy"
	pathChecklist       = "/beheer/checklist"
	pathRetention       = "/beheer/instellingen/bewaartermijnen"
	pathOwnData         = "/account/gegevens"
	pathOwnDataTake     = "/account/gegevens/meenemen"
	pathOwnDataAsk      = "/account/gegevens/verzoek"
	pathOwnDataBack     = "/account/gegevens/verzoek/:id/intrekken"
	pathRequests        = "/beheer/verzoeken"
	pathRequest         = "/beheer/verzoeken/:id"
	pathWoo             = "/privacy/woo"
	pathAudit           = "/beheer/logboek"
	pathAuditTable      = "/beheer/logboek/tabel"
	pathAuditChain      = "/beheer/logboek/keten"

	pathInvitations        = "/beheer/uitnodigingen"
	pathInvite             = "/beheer/uitnodigingen/nieuw"
	pathInvitationRenew    = "/beheer/uitnodigingen/:id/vernieuwen"
	pathInvitationWithdraw = "/beheer/uitnodigingen/:id/intrekken"
	pathInvitation         = "/uitnodiging/:secret"
	pathBulk               = "/beheer/uitnodigingen/lijst"
	pathOwnOrganisation    = "/organisatie"
	pathDeactivate         = "/organisatie/mensen/:id/uitzetten"

	pathMessages     = "/account/berichten"
	pathStopMail     = "/afmelden/:secret"
	pathDigest       = "/weekbericht"
	pathDigestWant   = "/weekbericht/per-mail"
	pathDigestMail   = "/weekbericht/voorbeeld"
	pathDigestDesk   = "/beheer/weekbericht"
	pathSettingsMail = "/beheer/instellingen/mail"
	pathTestMail     = "/beheer/instellingen/mail/proef"

	pathNotices      = "/meldingen"
	pathNoticesSeen  = "/meldingen/gezien"
	pathNoticeRemove = "/meldingen/:id/weghalen"

	pathResponses        = "/ervaringen/:id/reacties"
	pathResponse         = "/ervaringen/:id/reacties/:response"
	pathResponseEdit     = "/ervaringen/:id/reacties/:response/bewerken"
	pathResponseWithdraw = "/ervaringen/:id/reacties/:response/intrekken"
	pathResponsePutBack  = "/ervaringen/:id/reacties/:response/terugzetten"
	pathResponsePurge    = "/ervaringen/:id/reacties/:response/definitief-verwijderen"
	pathResponseBecome   = "/ervaringen/:id/reacties/:response/wordt-ervaring"
	pathResponseThank    = "/ervaringen/:id/reacties/:response/bedankt"
	pathResponseReport   = "/ervaringen/:id/reacties/:response/melden"
	pathRecognise        = "/ervaringen/:id/herkenbaar"
	pathThank            = "/ervaringen/:id/bedankt"
	pathAskPhase         = "/ervaringen/:id/vraagfase"
	pathMentions         = "/ervaringen/:id/noemen"

	pathSimilar        = "/ervaringen/:id/lijkt-hierop"
	pathSimilarWriting = "/ervaringen/lijkt-hierop"

	pathDesk          = "/begeleiding"
	pathInbox         = "/begeleiding/zonder-thema"
	pathRising        = "/begeleiding/opkomend"
	pathProposals     = "/begeleiding/themas/:id/voorstellen"
	pathCoreTeam      = "/kernteam"
	pathResults       = "/stand-van-zaken"
	pathInterims      = "/tussenstanden"
	pathInterimNew    = "/tussenstanden/nieuw"
	pathInterim       = "/tussenstanden/:id"
	pathInterimRemove = "/tussenstanden/:id/weghalen"

	pathTerms      = "/beheer/begrippen"
	pathTermNew    = "/beheer/begrippen/nieuw"
	pathTerm       = "/beheer/begrippen/:id"
	pathTermRemove = "/beheer/begrippen/:id/verwijderen"

	pathProfile = "/deelnemers/:id"
	pathWhy     = "/account/waarom"

	pathRoom         = "/ruimte"
	pathRoomNew      = "/ruimte/nieuw"
	pathRoomNeed     = "/ruimte/:id"
	pathRoomMake     = "/ruimte/:id/maken"
	pathRoomAsk      = "/ruimte/:id/vragen"
	pathRoomThank    = "/ruimte/:id/bedanken"
	pathRoomAnswer   = "/ruimte/:id/antwoorden"
	pathRoomClose    = "/ruimte/:id/afronden"
	pathRoomWithdraw = "/ruimte/:id/intrekken"
	pathRoomReport   = "/ruimte/:id/melden"

	pathMeetingNew    = "/bijeenkomsten/nieuw"
	pathMeeting       = "/bijeenkomsten/:id"
	pathMeetingEdit   = "/bijeenkomsten/:id/wijzigen"
	pathMeetingCancel = "/bijeenkomsten/:id/afzeggen"
	pathMeetingReport = "/bijeenkomsten/:id/melden"
	pathMeetingCome   = "/bijeenkomsten/:id/ik-kom"
	pathMeetingLeave  = "/bijeenkomsten/:id/ik-kom-niet"

	pathLeave    = "/beheer/deelnemers/:id/vertrek"
	pathErase    = "/beheer/deelnemers/:id/wissen"
	pathFormer   = "/beheer/vertrokken"
	pathHandOver = "/account/overdragen"
)

// at fills the parameters of a path, in order.
func at(path string, values ...string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(path[1:], "/") {
		b.WriteByte('/')
		if strings.HasPrefix(part, ":") && len(values) > 0 {
			part, values = url.PathEscape(values[0]), values[1:]
		}
		b.WriteString(part)
	}
	return b.String()
}

// entryPath is the one address of an entry of any kind.
func entryPath(id rugzak.EntryID) string { return at(pathEntry, string(id)) }

func themePath(id rugzak.ThemeID) string { return at(pathTheme, string(id)) }

func helpPath(page string) string { return at(pathHelpPage, page) }

// pathFuncs are the paths as templates use them: {{searchPath}} for a fixed
// one, {{entryPath .ID}} for one with parameters.
func pathFuncs() template.FuncMap {
	funcs := template.FuncMap{}
	paths := map[string]string{
		"home": pathHome, "signIn": pathSignIn, "signOut": pathSignOut, "proceed": pathProceed, "first": pathFirst, "password": pathPassword, "forgot": pathForgot,
		"personFactors": pathPersonFactors, "settings": pathSettings, "settingsAccount": pathSettingsAccount,
		"account": pathAccount, "ownWord": pathOwnWord, "language": pathLanguage, "tourDone": pathTourDone, "visual": pathVisual, "help": pathHelp, "helpPage": pathHelpPage,
		"share": pathShare, "ask": pathAsk, "entryNew": pathEntryNew, "entryPreview": pathEntryPreview, "entryCheck": pathEntryCheck, "falseAlarm": pathFalseAlarm, "entry": pathEntry,
		"entryEdit": pathEntryEdit, "entryDraft": pathEntryDraft, "entryAudience": pathEntryAudience,
		"widening": pathWidening, "wideningAnswer": pathWideningAnswer,
		"entryWithdraw": pathEntryWithdraw, "entryPutBack": pathEntryPutBack, "entryDelete": pathEntryDelete,
		"entryKeep": pathEntryKeep, "entryUnkeep": pathEntryUnkeep, "entryUsed": pathEntryUsed, "entryApply": pathEntryApply, "entryTrail": pathEntryTrail,
		"entryAgreement": pathEntryAgreement, "entryAgreedBy": pathEntryAgreedBy, "lineage": pathLineage, "settingsLoop": pathSettingsLoop,
		"entryThemes": pathEntryThemes,
		"entryReport": pathEntryReport, "entryReady": pathEntryReady, "entryPurge": pathEntryPurge, "entryPurgePast": pathEntryPurgePast,
		"themeReport": pathThemeReport, "incidents": pathIncidents, "incident": pathIncident,
		"incidentNote": pathIncidentNote, "incidentPast": pathIncidentPast,
		"history": pathHistory, "revision": pathRevision, "revisionRestore": pathRevisionRestore,
		"search": pathSearch, "suggest": pathSuggest, "openSearch": pathOpenSearch, "manifest": pathManifest, "mine": pathMine,
		"bagTake": pathBagTake, "teamBag": pathTeamBag, "ownBag": pathOwnBag, "need": pathNeed, "organisationBag": pathOrganisationBag,
		"talks": pathTalks, "talksTake": pathTalksTake,
		"mineKept": pathMineKept, "mineApplied": pathMineApplied, "mineDrafts": pathMineDrafts, "mineBalls": pathMineBalls, "questions": pathQuestions, "methods": pathMethods,
		"themes": pathThemes, "themeNew": pathThemeNew, "theme": pathTheme, "themeEdit": pathThemeEdit, "themePins": pathThemePins,
		"themeUnpin": pathThemeUnpin, "themeAdd": pathThemeAdd, "themeRemove": pathThemeRemove,
		"celebrate": pathCelebrate, "celebrateMonth": pathCelebrateMonth, "celebrateDesk": pathCelebrateDesk,
		"letters": pathLetters, "letterNew": pathLetterNew, "letterEdit": pathLetterEdit, "letter": pathLetter, "letterRemove": pathLetterRemove,
		"thread": pathThread, "threadConsent": pathThreadConsent, "threadVersions": pathThreadVersions, "threadVersion": pathThreadVersion, "threadPutBack": pathThreadPutBack,
		"gaps": pathGaps, "gapRemove": pathGapRemove, "settingsSearch": pathSettingsSearch,
		"saved": pathSaved, "savedNew": pathSavedNew, "savedOne": pathSavedOne, "savedRemove": pathSavedRemove,
		"roles": pathRoles,
		"admin": pathAdmin, "organisations": pathOrganisations, "organisationNew": pathOrganisationNew,
		"organisation": pathOrganisation, "people": pathPeople, "personNew": pathPersonNew, "person": pathPerson,
		"personLink": pathPersonLink, "samples": pathSamples, "samplesRemove": pathSamplesRemove, "samplesLoad": pathSamplesLoad, "adminPrivacy": pathAdminPrivacy, "checklist": pathChecklist,
		"invitations": pathInvitations, "invite": pathInvite, "invitationRenew": pathInvitationRenew, "invitationWithdraw": pathInvitationWithdraw,
		"bulk": pathBulk, "messages": pathMessages, "stopMail": pathStopMail, "digest": pathDigest, "digestWant": pathDigestWant,
		"digestMail": pathDigestMail, "digestDesk": pathDigestDesk, "settingsMail": pathSettingsMail, "testMail": pathTestMail,
		"notices": pathNotices, "noticesSeen": pathNoticesSeen, "noticeRemove": pathNoticeRemove,
		"leave": pathLeave, "erase": pathErase, "former": pathFormer, "handOver": pathHandOver,
		"invitation": pathInvitation, "ownOrganisation": pathOwnOrganisation, "deactivate": pathDeactivate,
		"retention": pathRetention, "entryStay": pathEntryStay, "entryReview": pathEntryReview,
		"woo": pathWoo, "ownData": pathOwnData, "ownDataTake": pathOwnDataTake, "ownDataAsk": pathOwnDataAsk,
		"ownDataBack": pathOwnDataBack, "requests": pathRequests, "request": pathRequest,
		"responses": pathResponses, "response": pathResponse, "responseEdit": pathResponseEdit, "responseWithdraw": pathResponseWithdraw,
		"responsePutBack": pathResponsePutBack, "responsePurge": pathResponsePurge, "responseBecome": pathResponseBecome,
		"responseThank": pathResponseThank, "responseReport": pathResponseReport, "recognise": pathRecognise, "thank": pathThank,
		"askPhase": pathAskPhase, "mentions": pathMentions,
		"similar": pathSimilar, "similarWriting": pathSimilarWriting,
		"guide": pathGuide, "draw": pathDraw, "feeds": pathFeeds, "feedRevoke": pathFeedRevoke,
		"balls": pathBalls, "move": pathMove, "ball": pathBall, "ballTake": pathBallTake, "ballAnswer": pathBallAnswer,
		"ballBack": pathBallBack, "lead": pathLead, "experiment": pathExperiment,
		"overlap": pathOverlap, "overlapRemove": pathOverlapRemove,
		"join": pathJoin, "follow": pathFollow, "think": pathThink, "stopJoining": pathStopJoining, "promise": pathPromise,
		"desk": pathDesk, "inbox": pathInbox, "rising": pathRising, "proposals": pathProposals, "coreTeam": pathCoreTeam,
		"terms": pathTerms, "termNew": pathTermNew, "term": pathTerm, "termRemove": pathTermRemove,
		"results": pathResults, "interims": pathInterims, "interimNew": pathInterimNew, "interim": pathInterim, "interimRemove": pathInterimRemove,
		"profile": pathProfile, "why": pathWhy,
		"room": pathRoom, "roomNew": pathRoomNew, "roomNeed": pathRoomNeed, "roomMake": pathRoomMake, "roomAsk": pathRoomAsk,
		"roomThank": pathRoomThank, "roomAnswer": pathRoomAnswer, "roomClose": pathRoomClose, "roomWithdraw": pathRoomWithdraw, "roomReport": pathRoomReport,
		"meetingNew": pathMeetingNew, "meeting": pathMeeting, "meetingEdit": pathMeetingEdit, "meetingCancel": pathMeetingCancel,
		"meetingCome": pathMeetingCome, "meetingLeave": pathMeetingLeave, "meetingReport": pathMeetingReport,
		"audit": pathAudit, "auditTable": pathAuditTable, "auditChain": pathAuditChain,
	}
	maps.Copy(paths, factorPaths())
	maps.Copy(paths, movementPaths())
	maps.Copy(paths, roundPaths())
	maps.Copy(paths, attachmentPaths())
	maps.Copy(paths, ideaPaths())
	maps.Copy(paths, map[string]string{"self": pathSelf, "dossier": pathDossier, "accessible": pathAccessible, "settingsAccessible": pathSettingsAccessible})
	maps.Copy(paths, carePaths())
	for name, path := range paths {
		funcs[name+"Path"] = func(values ...any) (string, error) {
			if len(values) != strings.Count(path, "/:") {
				return "", fmt.Errorf("%d values for the path %s", len(values), path)
			}
			texts := make([]string, len(values))
			for i, v := range values {
				texts[i] = fmt.Sprint(v)
			}
			return at(path, texts...), nil
		}
	}
	funcs["subjectPath"] = subjectPath
	return funcs
}
