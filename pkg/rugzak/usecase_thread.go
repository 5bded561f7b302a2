// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// threadUseCases are those of common threads and theme letters: a part of
// UseCases. A version is
// shown to who may read all its sources.
func threadUseCases() []UseCase {
	return []UseCase{
		{"Thread", "", AsThemeReader},
		{"ThreadHistory", "", AsThemeReader},
		{"ThreadVersion", "", AsThemeReader},
		{"ThreadToWrite", PermCurate, AsThemeReader},
		{"ThreadFindings", "", AsProgram},
		{"NarrowSources", PermCurate, AsThemeReader},
		{"PreviewThread", PermCurate, AsThemeReader},
		{"SaveThread", PermCurate, AsThemeReader},
		{"PutBackThread", PermCurate, AsThemeReader},
		{"AskConsent", PermCurate, AsThemeReader},

		{"Celebrations", "", AsPerson},
		{"CelebrationDesk", PermSteer, AsPerson},
		{"SaveCelebration", PermSteer, AsPerson},

		{"ThemeLetters", "", AsThemeReader},
		{"ThemeLetter", "", AsThemeReader},
		{"LetterToWrite", PermCurate, AsThemeReader},
		{"SaveLetter", PermCurate, AsThemeReader},
		{"RemoveLetter", PermCurate, AsThemeReader},
	}
}
