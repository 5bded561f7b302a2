// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "strings"

// wordsPerMinute is how fast adults read a plain text: 202 words a minute in
// Dutch and 228 in English, the means of Trauzettel-Klosinski and Dietz,
// "Standardized Assessment of Reading Performance: The New International Reading
// Speed Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012),
// 5452-5461. One study measured both languages by equal texts, read aloud. In
// silence people read somewhat faster, so that the time promised is rather too
// long than too short.
var wordsPerMinute = map[Lang]int{Dutch: 202, English: 228}

// readingFromWords is the length from which telling the time helps; a shorter
// text is read before one has read how long it takes.
const readingFromWords = 100

// ReadingMinutes is about how many minutes it takes to read that many words,
// rounded up; 0 for a text that is read at a glance.
func ReadingMinutes(words int, lang Lang) int {
	if words < readingFromWords {
		return 0
	}
	speed := wordsPerMinute[lang]
	if speed == 0 {
		speed = wordsPerMinute[Dutch]
	}
	return (words + speed - 1) / speed
}

// CountWords counts the words of a text. A sign that stands alone is none.
func CountWords(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(word, isWordRune) {
			n++
		}
	}
	return n
}

// CountWordsInHTML counts the words of a rendered text.
func CountWordsInHTML(html string) int {
	n := 0
	for html != "" {
		text, rest, _ := strings.Cut(html, "<")
		n += CountWords(text)
		_, html, _ = strings.Cut(rest, ">")
	}
	return n
}
