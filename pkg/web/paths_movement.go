// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// The paths of compass, agenda and needs, and of what people set in the site.
const (
	pathCompass   = "/kompas"
	pathAgenda    = "/agenda"
	pathProgramme = "/programma"

	pathCompassEdit     = "/kompas/wijzigen"
	pathCompassVersions = "/kompas/versies"
	pathCompassVersion  = "/kompas/versies/:version"

	pathShape     = "/inrichten"
	pathPhases    = "/inrichten/fasen"
	pathPartNames = "/inrichten/namen"
	pathPrompts   = "/inrichten/vragen/:kind"

	pathNeeds    = "/behoeften"
	pathTeamNeed = "/rugzak/team/behoefte"

	pathAgendaNew      = "/agenda/nieuw"
	pathAgendaItem     = "/agenda/:id"
	pathAgendaEdit     = "/agenda/:id/wijzigen"
	pathAgendaMove     = "/agenda/:id/verplaatsen"
	pathAgendaProgress = "/agenda/:id/voortgang"
	pathAgendaFinish   = "/agenda/:id/afronden"
	pathAgendaLink     = "/agenda/:id/koppelen"
	pathAgendaRemove   = "/agenda/:id/verwijderen"
)

// movementPaths are theirs by the names templates use.
func movementPaths() map[string]string {
	return map[string]string{
		"compass": pathCompass, "agenda": pathAgenda, "programme": pathProgramme,
		"compassEdit": pathCompassEdit, "compassVersions": pathCompassVersions, "compassVersion": pathCompassVersion,
		"shape": pathShape, "phases": pathPhases, "partNames": pathPartNames, "prompts": pathPrompts,
		"needs": pathNeeds, "teamNeed": pathTeamNeed,
		"agendaNew": pathAgendaNew, "agendaItem": pathAgendaItem, "agendaEdit": pathAgendaEdit, "agendaMove": pathAgendaMove,
		"agendaProgress": pathAgendaProgress, "agendaFinish": pathAgendaFinish, "agendaLink": pathAgendaLink, "agendaRemove": pathAgendaRemove,
	}
}
