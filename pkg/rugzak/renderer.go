// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// Renderer turns the Markdown of an entry into safe HTML and into plain text.
// Implementations are safe for concurrent use and bounded in time and output.
type Renderer interface {
	// Render returns sanitised HTML. The language decides the titles of
	// callouts and the labels of footnotes. A text that would cost too much
	// gives an *Error with CodeInvalid that says what to change.
	Render(ctx context.Context, source string, lang Lang) (Rendered, error)
	// Plain returns the text without marks, link targets and image addresses,
	// for the index and for cards.
	Plain(ctx context.Context, source string) (string, error)
	// Advise lists what may read easier in a text, from top to bottom.
	Advise(ctx context.Context, source string) ([]Advice, error)
	// Forget drops every text it keeps to answer faster.
	Forget()
}

// Rendered is a text ready to be shown.
type Rendered struct {
	HTML     string
	Headings []Heading
}

// Heading is a line of the table of contents. Level is the level on the page,
// where the page's own title is level 1.
type Heading struct {
	Level int
	ID    string
	Text  string
}
