// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// The paths of reflection rounds and of the harvest of a meeting.
const (
	pathRoundNew       = "/programma/rondes/nieuw"
	pathRound          = "/programma/rondes/:id"
	pathRoundEdit      = "/programma/rondes/:id/bewerken"
	pathRoundRemove    = "/programma/rondes/:id/verwijderen"
	pathRoundAnswer    = "/programma/rondes/:id/antwoord"
	pathRoundOutcome   = "/programma/rondes/:id/uitkomst"
	pathRoundChange    = "/programma/rondes/:id/verandering"
	pathRoundUnchange  = "/programma/rondes/:id/verandering/weghalen"
	pathRoundDecide    = "/programma/rondes/:id/besluit"
	pathRoundUndecide  = "/programma/rondes/:id/besluit/weghalen"
	pathHarvest        = "/bijeenkomsten/:id/oogst"
	pathQuestionSets   = "/programma/vragensets"
	pathQuestionSetNew = "/programma/vragensets/nieuw"
	pathQuestionSet    = "/programma/vragensets/:id"
)

func roundPaths() map[string]string {
	return map[string]string{
		"roundNew": pathRoundNew, "round": pathRound, "roundEdit": pathRoundEdit, "roundRemove": pathRoundRemove, "roundAnswer": pathRoundAnswer,
		"roundOutcome": pathRoundOutcome, "roundChange": pathRoundChange, "roundUnchange": pathRoundUnchange, "roundDecide": pathRoundDecide,
		"harvest":       pathHarvest,
		"roundUndecide": pathRoundUndecide, "questionSets": pathQuestionSets, "questionSetNew": pathQuestionSetNew, "questionSet": pathQuestionSet,
	}
}
