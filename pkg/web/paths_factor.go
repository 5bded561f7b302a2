// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// The paths of second factors and of the sessions that people hold.
const (
	pathPasskeyAsk    = "/inloggen/passkey"
	pathPasskeyAnswer = "/inloggen/passkey/antwoord"
	pathStep          = "/inloggen/tweede-stap"
	pathStepCode      = "/inloggen/tweede-stap/code"
	pathStepRecovery  = "/inloggen/tweede-stap/herstelcode"
	pathStepAsk       = "/inloggen/tweede-stap/passkey"
	pathStepAnswer    = "/inloggen/tweede-stap/passkey/antwoord"

	pathFactors      = "/account/beveiliging"
	pathFactorAsk    = "/account/beveiliging/passkey"
	pathFactorAnswer = "/account/beveiliging/passkey/antwoord"
	pathFactorRemove = "/account/beveiliging/:id/verwijderen"
	pathCodeApp      = "/account/beveiliging/code-app"
	pathCodeAppBegin = "/account/beveiliging/code-app/nieuw"
	pathCodeAppImage = "/account/beveiliging/code-app/plaatje"
	pathRecovery     = "/account/beveiliging/herstelcodes"
	pathSessions     = "/account/sessies"
	pathSessionEnd   = "/account/sessies/:id/uitloggen"
	pathSessionsEnd  = "/account/sessies/overal"
)

func factorPaths() map[string]string {
	return map[string]string{
		"passkeyAsk": pathPasskeyAsk, "passkeyAnswer": pathPasskeyAnswer, "step": pathStep, "stepCode": pathStepCode,
		"stepRecovery": pathStepRecovery, "stepAsk": pathStepAsk, "stepAnswer": pathStepAnswer,
		"factors": pathFactors, "factorAsk": pathFactorAsk, "factorAnswer": pathFactorAnswer, "factorRemove": pathFactorRemove,
		"codeApp": pathCodeApp, "codeAppBegin": pathCodeAppBegin, "codeAppImage": pathCodeAppImage, "recovery": pathRecovery,
		"sessions": pathSessions, "sessionEnd": pathSessionEnd, "sessionsEnd": pathSessionsEnd,
	}
}
