// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// maxAcceptLanguage bounds the header before it is parsed; browsers send less
// than a tenth of it.
const maxAcceptLanguage = 512

// Match returns the language of the product that fits an Accept-Language
// header best, and the default for one that is empty, malformed or fits none.
func Match(acceptLanguage string) string {
	if len(acceptLanguage) > maxAcceptLanguage {
		acceptLanguage = acceptLanguage[:maxAcceptLanguage]
		acceptLanguage = acceptLanguage[:max(0, strings.LastIndexByte(acceptLanguage, ','))]
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return Default
	}
	matcher := language.NewMatcher([]language.Tag{language.Dutch, language.English})
	_, index, confidence := matcher.Match(wanted...)
	if confidence == language.No {
		return Default
	}
	return Languages()[index]
}
