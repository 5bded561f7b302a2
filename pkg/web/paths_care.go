// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

// The paths of theme care.
const (
	pathGlossary = "/begrippen"

	pathThemeMerge  = "/themas/:id/samenvoegen"
	pathThemeApart  = "/themas/:id/samenvoegen-ongedaan"
	pathThemeSplit  = "/themas/:id/splitsen"
	pathThemeClose  = "/themas/:id/sluiten"
	pathThemeReopen = "/themas/:id/heropenen"
)

// carePaths are theirs by the names templates use.
func carePaths() map[string]string {
	return map[string]string{
		"glossary":   pathGlossary,
		"themeMerge": pathThemeMerge, "themeApart": pathThemeApart, "themeSplit": pathThemeSplit, "themeClose": pathThemeClose, "themeReopen": pathThemeReopen,
	}
}
