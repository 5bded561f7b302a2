// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// careUseCases are those of theme care: a part of UseCases.
func careUseCases() []UseCase {
	return []UseCase{
		{"Glossary", "", AsPerson},

		{"ThemeMoved", "", AsThemeReader},
		{"ThemeMergeChoices", PermCurate, AsThemeReader},
		{"MergeThemes", PermCurate, AsThemeReader},
		{"UndoThemeMerge", PermCurate, AsThemeReader},
		{"ThemeToSplit", PermCurate, AsThemeReader},
		{"SplitTheme", PermCurate, AsThemeReader},
		{"CloseTheme", PermCurate, AsThemeReader},

		{"CareForMe", "", AsPerson},
		{"EnrichmentChoices", PermCurate, AsReader},
		{"AskEnrichment", PermCurate, AsReader},
		{"AnswerEnrichment", PermPost, AsAuthor},
		{"TextToPropose", PermCurate, AsReader},
		{"ProposalFindings", PermCurate, AsReader},
		{"ProposeText", PermCurate, AsReader},
		{"ProposedText", PermPost, AsAuthor},
		{"AnswerText", PermPost, AsAuthor},
		{"ReviewQueue", PermCurate, AsPerson},
		{"AskArchive", PermCurate, AsReader},
		{"ReviewFor", PermCurate, AsReader},

		{"Doubles", PermCurate, AsPerson},
		{"EntryMoved", "", AsReader},
		{"EntryMergeView", PermCurate, AsReader},
		{"MergeEntries", PermCurate, AsReader},
		{"UndoEntryMerge", PermCurate, AsReader},
		{"SayNotDouble", PermCurate, AsReader},
		{"LeaveMerge", PermPost, AsAuthor},
	}
}
