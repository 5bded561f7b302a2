// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package bleveindex is rugzak.Index on bleve: it finds entries, and it may be
// thrown away at any time.
//
// A folder holds one sub-folder per index and a small pointer file that names
// the current one. What cannot be read is moved out of the way and a new, empty
// index takes its place; whoever follows the change log then fills it again.
//
// Searching reads bleve's postings itself instead of going through bleve's
// queries, because rights, words, counts and order are then decided in one pass
// over one snapshot: a word counts the same in both languages, a text with all
// words stands above a text with some, and nothing outside the reader's tokens
// is ever touched by a count.
package bleveindex
