// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// resultsUseCases are counting what is written and showing it, for
// organisations and never for people: a part of UseCases.
func resultsUseCases() []UseCase {
	return []UseCase{
		{"FollowResults", "", AsProgram},
		{"FollowPeople", "", AsProgram},
		{"Results", "", AsPerson},
		{"Interims", "", AsPerson},
		{"Interim", "", AsPerson},
		{"InterimDraft", PermSteer, AsPerson},
		{"FreezeInterim", PermSteer, AsPerson},
		{"RemoveInterim", PermSteer, AsPerson},
		{"CountResultsAnew", PermAdminister, AsPerson},
	}
}
