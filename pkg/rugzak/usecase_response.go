// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// responseUseCases are those of responses, recognition and thanks: a part of
// UseCases. Whose response it is, the use case decides.
func responseUseCases() []UseCase {
	return []UseCase{
		{"Responses", "", AsReader},
		{"ResponseToReport", "", AsReader},
		{"ReportResponse", "", AsReader},
		{"Respond", PermPost, AsReader},
		{"EditResponse", PermPost, AsReader},
		{"WithdrawResponse", PermPost, AsReader},
		{"PutBackResponse", PermPost, AsReader},
		{"PurgeOwnResponse", PermPost, AsReader},
		{"EntryFromResponse", PermPost, AsReader},
		{"MentionChoices", PermPost, AsReader},
		{"Press", PermPost, AsReader},
		{"CheckResponse", PermPost, AsPerson},
		{"WaitingResponses", "", AsPerson},
		{"BeginAskPhase", PermPost, AsAuthor},
		{"EndAskPhase", PermPost, AsAuthor},
	}
}
