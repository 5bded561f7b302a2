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
		{"Ideas", PermSteer, AsPerson},
		{"IdeaToEdit", PermSteer, AsPerson},
		{"IdeaChoices", PermSteer, AsPerson},
		{"SaveIdea", PermSteer, AsPerson},
		{"CloseIdea", PermSteer, AsPerson},
		{"ReopenIdea", PermSteer, AsPerson},
		{"RemoveIdea", PermSteer, AsPerson},
		{"IdeaToQuestion", PermSteer, AsPerson},
		{"IdeaToAgenda", PermSteer, AsPerson},
		{"Idea", "", AsPerson},
		{"MyIdeas", "", AsPerson},
		{"AnswerIdea", PermPost, AsPerson},
		{"SelfCheck", PermSteer, AsPerson},
		{"SaveSelfCheck", PermSteer, AsPerson},
	}
}
