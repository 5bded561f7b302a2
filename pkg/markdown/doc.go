// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package markdown turns the Markdown of an entry into safe HTML and plain
// text, whatever the text holds and at a bounded cost.
//
// The dialect is CommonMark with GFM tables, task lists, strikethrough and bare
// links, footnotes, definition lists and callouts ("> [!TIP]", also by their
// Dutch names). It differs from CommonMark on purpose in these points:
//
//   - HTML is text: tags are shown as typed. Two exceptions: <br> breaks the
//     line, and a closed comment is not shown.
//   - Headings move so that the highest of the text becomes level two, because
//     the page has its own title. A second-level heading of the source with
//     nothing under it is left out, because it is an unanswered question of a
//     template; so is a heading without words.
//   - Ids begin with "user-content-"; links to "#heading" are led there.
//   - Links lead to http, https, mailto, tel or this site; any other link
//     leaves its text. Images come from this site only; others become a link.
//   - Control characters that turn the direction of text are made visible.
//
// Three things bound the cost. The parser underneath takes no context and can
// take seconds and gigabytes for small hostile texts, so a linear scan refuses
// some texts before parsing, a guard counts work while parsing, and the output
// has a limit. All three count; none looks at the clock, so that a text is
// always accepted or always refused.
package markdown
