// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// useOfMovementRoute names the use cases behind the desks, rounds, letters, ideas,
// threads and results.
func useOfMovementRoute() map[string]string {
	return map[string]string{
		"GET " + pathHarvest:         "Harvest",
		"POST " + pathHarvest:        "SaveHarvest",
		"GET " + pathRoundNew:        "NextRound",
		"POST " + pathRoundNew:       "SaveRound",
		"GET " + pathRound:           "Round",
		"GET " + pathRoundEdit:       formOf + "SaveRound",
		"POST " + pathRoundEdit:      "SaveRound",
		"POST " + pathRoundRemove:    "RemoveRound",
		"GET " + pathRoundAnswer:     formOf + "Share",
		"POST " + pathRoundAnswer:    "Share",
		"GET " + pathRoundOutcome:    formOf + "SaveOutcome",
		"POST " + pathRoundOutcome:   "SaveOutcome",
		"POST " + pathRoundChange:    "ChooseChange",
		"POST " + pathRoundUnchange:  "DropChange",
		"POST " + pathRoundDecide:    "Decide",
		"POST " + pathRoundUndecide:  "DropDecision",
		"GET " + pathQuestionSets:    "QuestionSets",
		"GET " + pathQuestionSetNew:  formOf + "SaveQuestionSet",
		"POST " + pathQuestionSetNew: "SaveQuestionSet",
		"GET " + pathQuestionSet:     formOf + "SaveQuestionSet",
		"POST " + pathQuestionSet:    "SaveQuestionSet",

		"GET " + pathDesk:       "Desk",
		"GET " + pathInbox:      "Inbox",
		"POST " + pathInbox:     "Triage",
		"GET " + pathRising:     "RisingThemes",
		"POST " + pathRising:    "BeginTheme",
		"GET " + pathProposals:  "Proposals",
		"POST " + pathProposals: "Triage",
		"GET " + pathCoreTeam:   "CoreTeamDesk",

		"GET " + pathCelebrate:      "Celebrations",
		"GET " + pathCelebrateMonth: "Celebrations",
		"GET " + pathCelebrateDesk:  "CelebrationDesk",
		"POST " + pathCelebrateDesk: "SaveCelebration",

		"GET " + pathLetters:       "ThemeLetters",
		"GET " + pathLetterNew:     "LetterToWrite",
		"POST " + pathLetterNew:    "SaveLetter",
		"GET " + pathLetterEdit:    "LetterToWrite",
		"POST " + pathLetterEdit:   "SaveLetter",
		"GET " + pathLetter:        "ThemeLetter",
		"POST " + pathLetterRemove: "RemoveLetter",
		"GET " + pathIdeas:         "Ideas", "GET " + pathIdeaNew: "IdeaChoices", "POST " + pathIdeaNew: "SaveIdea",
		"GET " + pathIdeaEdit: "IdeaToEdit", "POST " + pathIdeaEdit: "SaveIdea", "POST " + pathIdeaQuestion: "IdeaToQuestion",
		"POST " + pathIdeaAgenda: "IdeaToAgenda", "POST " + pathIdeaClose: "CloseIdea", "POST " + pathIdeaReopen: "ReopenIdea",
		"POST " + pathIdeaRemove: "RemoveIdea", "GET " + pathIdea: "Idea", "POST " + pathIdeaAnswer: "AnswerIdea",
		"GET " + pathSelf: "SelfCheck", "POST " + pathSelf: "SaveSelfCheck",
		"GET " + pathDossier: "Dossier", "POST " + pathDossier: "Dossier",

		"GET " + pathThread:         "ThreadToWrite",
		"POST " + pathThread:        "SaveThread",
		"POST " + pathThreadConsent: "AskConsent",
		"GET " + pathThreadVersions: "ThreadHistory",
		"GET " + pathThreadVersion:  "ThreadVersion",
		"POST " + pathThreadPutBack: "PutBackThread",
		"GET " + pathInterims:       "Interims", "GET " + pathInterim: "Interim", "GET " + pathInterimNew: "InterimDraft", "POST " + pathInterimNew: "FreezeInterim", "POST " + pathInterimRemove: "RemoveInterim",
		"GET " + pathResults: "Results",
	}
}
