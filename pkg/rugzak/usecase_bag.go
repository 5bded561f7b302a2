// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// bagUseCases are those of the pages of backpacks: one's own, that of a team
// and of an organisation.
func bagUseCases() []UseCase {
	return []UseCase{
		{"MinePart", "", AsPerson},
		{"TakeBackpack", "", AsPerson},
		{"TeamBag", "", AsPerson},
		{"OrganisationBag", "", AsPerson},
		{"Talks", "", AsPerson},
		{"OwnNeed", PermPost, AsPerson},
		{"SaveNeed", PermPost, AsPerson},
		{"OwnTeamNeed", PermPost, AsPerson},
		{"SaveTeamNeed", PermPost, AsPerson},
		{"Needs", "", AsPerson},
		{"KeepFor", "", AsPerson},
	}
}
