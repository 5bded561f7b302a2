// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"strings"

	"github.com/chromedp/chromedp"
)

// path is the path and the query of the page.
func (b *tab) path() string {
	v, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.pathname + location.search`))
	return v
}

// text is the visible text of what a selector finds first; empty when there is
// nothing.
func (b *tab) text(selector string) string {
	v, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector(`+quoted(selector)+`)?.innerText ?? ""`))
	return v
}

// has reports whether the page has what a selector finds.
func (b *tab) has(selector string) bool {
	return js[bool](b, `document.querySelector(`+quoted(selector)+`) !== null`)
}

// shows fails the test unless the page says this.
func (b *tab) shows(words string) {
	b.Helper()
	b.says("body", words)
}

// says fails the test unless what a selector finds says all of this.
func (b *tab) says(selector string, words ...string) {
	b.Helper()
	text := b.text(selector)
	for _, w := range words {
		if !strings.Contains(text, w) {
			b.Errorf("%s: %s does not say %q:\n%s", b.path(), selector, w, b.text("main"))
		}
	}
}

// hides fails the test when what a selector finds says any of this.
func (b *tab) hides(selector string, words ...string) {
	b.Helper()
	text := b.text(selector)
	for _, w := range words {
		if strings.Contains(text, w) {
			b.Errorf("%s: %s says %q:\n%s", b.path(), selector, w, b.text("main"))
		}
	}
}
