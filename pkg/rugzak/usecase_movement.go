// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// movementUseCases are those of what gives direction: compass, agenda and
// needs. Beside facilitators and the core team, everybody of an organisation
// that leads an item tells how far it is.
func movementUseCases() []UseCase {
	return []UseCase{
		{"Movement", "", AsPerson},
		{"DriveCounts", "", AsPerson},
		{"CompassVersions", "", AsPerson},
		{"CompassVersion", "", AsPerson},
		{"CompassFindings", PermCurate, AsPerson},
		{"SaveCompass", PermCurate, AsPerson},
		{"Agenda", "", AsPerson},
		{"AgendaItem", "", AsPerson},
		{"Wordings", "", AsPerson},
		{"SaveWordings", PermShape, AsPerson},
		{"Phases", PermShape, AsPerson},
		{"SavePhases", PermShape, AsPerson},
		{"AgendaOfEntry", "", AsReader},
		{"AgendaFindings", PermCurate, AsPerson},
		{"AgendaOrganisations", PermCurate, AsPerson},
		{"AddAgendaItem", PermCurate, AsPerson},
		{"SaveAgendaItem", PermCurate, AsPerson},
		{"MoveItem", PermCurate, AsPerson},
		{"OrderItem", PermCurate, AsPerson},
		{"RemoveItem", PermCurate, AsPerson},
		{"ProgressItem", PermPost, AsPerson},
		{"FinishItem", PermPost, AsPerson},
		{"AgendaCandidates", PermPost, AsPerson},
		{"LinkItem", PermPost, AsPerson},
	}
}
