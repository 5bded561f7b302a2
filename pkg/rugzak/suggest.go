// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Suggester says what somebody may be looking for while they type.
type Suggester interface {
	// Suggest finds titles and words for one reader. All but the last of the
	// typed words must stand in a title, the last one may be the beginning of a
	// word; accents and capitals make no difference. Entries the reader may not
	// find, and those in the archive, change nothing of the answer.
	Suggest(ctx context.Context, t Typing) (Suggested, error)
	// Recognise gives what looks in names for typed words, by the same rules.
	Recognise(typed string) func(name string) (Recognised, bool)
}

// Typing is what one reader has typed so far.
type Typing struct {
	Text   string
	Tokens []string // ReaderTokens: without any, nothing is found
	// Titles and Words are the most that are wanted of each.
	Titles, Words int
}

// MaxTyping is the length in bytes beyond which nothing is suggested: who has
// typed so much knows what to look for.
const MaxTyping = 100

// Suggested is what the index has for typed words.
type Suggested struct {
	// Titles are entries: first those whose title begins with the first typed
	// word, then the others, each newest first.
	Titles []EntryID
	// Words are the typed text with its last word finished, those that occur in
	// most of what the reader may find first. They stand in titles and tags.
	Words    []string
	Position Position // up to which the index had followed the log
}

// Recognised says where typed words stand in a name.
type Recognised struct {
	Marks []Span
	// Begins says that the name begins with them.
	Begins bool
}
