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

	pathEnrich       = "/ervaringen/:id/aanvullen"
	pathEnrichAnswer = "/ervaringen/:id/aanvullen/:request"
	pathPropose      = "/ervaringen/:id/voorstel"
	pathProposed     = "/ervaringen/:id/voorstel/:request"

	pathDoubles    = "/begeleiding/dubbel"
	pathEntryMerge = "/begeleiding/dubbel/:id"
	pathEntryApart = "/begeleiding/dubbel/:id/ongedaan"
	pathNotDouble  = "/begeleiding/dubbel/:id/niet-hetzelfde"
	pathLeaveMerge = "/ervaringen/:id/los"

	pathReviewQueue = "/begeleiding/te-herzien"
	pathReviewAsk   = "/begeleiding/te-herzien/:id/vragen"
	pathReviewFor   = "/begeleiding/te-herzien/:id/beslissen"
)

// carePaths are theirs by the names templates use.
func carePaths() map[string]string {
	return map[string]string{
		"glossary":   pathGlossary,
		"themeMerge": pathThemeMerge, "themeApart": pathThemeApart, "themeSplit": pathThemeSplit, "themeClose": pathThemeClose, "themeReopen": pathThemeReopen,
		"enrich": pathEnrich, "enrichAnswer": pathEnrichAnswer, "propose": pathPropose, "proposed": pathProposed,
		"doubles": pathDoubles, "entryMerge": pathEntryMerge, "entryApart": pathEntryApart, "notDouble": pathNotDouble, "leaveMerge": pathLeaveMerge,
		"reviewQueue": pathReviewQueue, "reviewAsk": pathReviewAsk, "reviewFor": pathReviewFor,
	}
}
