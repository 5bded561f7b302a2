// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// AdviceKind says how a text may read easier. Advice never refuses anything.
type AdviceKind string

const (
	// AdviceHeadingLevel is a heading that skips a level.
	AdviceHeadingLevel AdviceKind = "heading_level"
	// AdviceHeadingBold is a line in bold that stands where a heading would.
	AdviceHeadingBold AdviceKind = "heading_bold"
	// AdviceLinkWords is a link whose words do not say where it leads.
	AdviceLinkWords AdviceKind = "link_words"
	// AdviceLinkBare is an address without words.
	AdviceLinkBare AdviceKind = "link_bare"
	// AdvicePicture is a picture that is not described.
	AdvicePicture AdviceKind = "picture"
	// AdviceSentence is a sentence that is long.
	AdviceSentence AdviceKind = "sentence"
	// AdviceParagraph is a paragraph that is long.
	AdviceParagraph AdviceKind = "paragraph"
)

// AdviceKinds are all kinds.
func AdviceKinds() []AdviceKind {
	return []AdviceKind{
		AdviceHeadingLevel, AdviceHeadingBold, AdviceLinkWords, AdviceLinkBare, AdvicePicture, AdviceSentence, AdviceParagraph,
	}
}

// Advice is one thing about a text that may read easier.
type Advice struct {
	Kind  AdviceKind
	Line  int    // of the source, from 1
	Text  string // the words it is about; may be empty
	Words int    // how many a sentence or paragraph has, else 0
}
