// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"strings"
	"unicode"
)

// smallWords are the words by which a text gives its language away. What is a
// word of both languages, as "in", "is", "we" and "of", is left out.
var smallWords = languageOf(map[string]string{
	Dutch:   "de het een van ik je jij jou jouw wij ons onze hij zij ze ik u en niet geen dat die deze dit met voor aan als bij om uit naar door tot dan nog wel ook er zijn heeft hebben wordt worden kan kunnen moet mag wil gaat wat wie waar hoe waarom wanneer welke maar dus omdat zodat samen meer eens na te op zo zoals iets iemand hun hen elkaar elk elke ieder iedere één alle alles",
	English: "the a an i you your our us he she they it and not no that this these those with for to at from by until than yet also there are has have be been were will would can could must may what who where how why when which but so because together more once after as on if something somebody their them each every one all everything its",
})

// languageOf is the language of each word, of words per language.
func languageOf(words map[string]string) map[string]string {
	of := map[string]string{}
	for lang, all := range words {
		for word := range strings.FieldsSeq(all) {
			of[word] = lang
		}
	}
	return of
}

// Guess says in which of the languages of the site a text is, going by its
// small words. It is empty when they do not tell. Marks of HTML do not count.
func Guess(text string) string {
	count := map[string]int{}
	for word := range strings.FieldsFuncSeq(bare(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		count[smallWords[strings.ToLower(word)]]++
	}
	switch {
	case count[Dutch] > count[English]:
		return Dutch
	case count[English] > count[Dutch]:
		return English
	}
	return ""
}

// bare takes the tags out of HTML.
func bare(text string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteByte(' ')
		if _, text, found = strings.Cut(after, ">"); !found {
			b.WriteString(after)
			return b.String()
		}
	}
}
