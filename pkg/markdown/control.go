// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// turning are the characters that change the direction of the text around
// them, by which a line can read differently from what it says: the embeddings,
// overrides and isolates of Unicode. The invisible marks that only belong to a
// letter (such as U+200F) stay, because right-to-left scripts need them.
const turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

// showControls puts a visible name in place of each turning character in the
// text of clean HTML, and takes them out of its attributes. In clean HTML "<"
// and ">" stand around tags only.
func showControls(clean string) string {
	if !hasControls(clean) {
		return clean
	}
	var b strings.Builder
	inTag := false
	for _, r := range clean {
		switch {
		case r == '<' || r == '>':
			inTag = r == '<'
			b.WriteRune(r)
		case !strings.ContainsRune(turning, r):
			b.WriteRune(r)
		case !inTag:
			fmt.Fprintf(&b, `<span class="rz-control">U+%04X</span>`, r)
		}
	}
	return b.String()
}

// hideControls takes the turning characters out of plain text.
func hideControls(text string) string {
	if !hasControls(text) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(turning, r) {
			return -1
		}
		return r
	}, text)
}

// hasControls hops from one byte that may begin a turning character to the
// next, because nearly every text has none.
func hasControls(text string) bool {
	for {
		at := strings.IndexByte(text, turning[0])
		if at < 0 {
			return false
		}
		text = text[at:]
		if r, _ := utf8.DecodeRuneInString(text); strings.ContainsRune(turning, r) {
			return true
		}
		text = text[1:]
	}
}
