// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// deskUseCases are those of the desk of facilitators and that of the core team:
// a part of UseCases.
func deskUseCases() []UseCase {
	return []UseCase{
		{"Desk", PermCurate, AsPerson},
		{"Inbox", PermCurate, AsPerson},
		{"Proposals", PermCurate, AsThemeReader},
		{"Triage", PermCurate, AsPerson},
		{"RisingThemes", PermCurate, AsPerson},
		{"TwinThemes", PermCurate, AsPerson},
		{"BeginTheme", PermCurate, AsPerson},
		{"CoreTeamDesk", PermSteer, AsPerson},
		{"Dossier", PermSteer, AsPerson},
	}
}
