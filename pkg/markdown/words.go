// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import "rugzak/pkg/rugzak"

// words are the few texts the renderer adds itself, in one language.
type words struct {
	external   string // said after a link to another website
	footnotes  string // names the list of footnotes
	footnote   string // title of the mark of a footnote
	backToText string // says where the arrow behind a footnote leads
	taskDone   string
	taskOpen   string
	callouts   map[calloutKind]string
	table      func(number int) string
}

func newWords(text func(lang rugzak.Lang, key string, args ...any) string, lang rugzak.Lang) words {
	w := words{
		external:   text(lang, "markdown.external"),
		footnotes:  text(lang, "markdown.footnotes"),
		footnote:   text(lang, "markdown.footnote"),
		backToText: text(lang, "markdown.footnote.back"),
		taskDone:   text(lang, "markdown.task.done"),
		taskOpen:   text(lang, "markdown.task.open"),
		callouts:   make(map[calloutKind]string),
		table:      func(number int) string { return text(lang, "markdown.table", number) },
	}
	for _, kind := range []calloutKind{note, tip, important, warning, caution} {
		w.callouts[kind] = text(lang, "markdown.callout."+string(kind))
	}
	return w
}
