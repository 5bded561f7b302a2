// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package bleveindex

import "strings"

// TermKey is the form in which a search compares words.
func (x *Index) TermKey(words string) string {
	return strings.Join(phrase(queryTokens(words), x.analysers.nl), " ")
}
