// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// newPolicy allows exactly what this package's renderers write. It is the
// second wall: the renderers escape everything themselves.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "dl", "dt", "dd", "sup", "h2", "h3", "h4", "h5", "h6",
		"table", "thead", "tbody", "tr", "th", "td")

	allow := func(attribute, pattern string, elements ...string) {
		p.AllowAttrs(attribute).Matching(regexp.MustCompile(`^(?:` + pattern + `)$`)).OnElements(elements...)
	}
	const sentence = `[^<>]{0,1000}`
	allow("id", idPrefix+`[\p{L}\p{N}_:-]+`, "h2", "h3", "h4", "h5", "h6", "sup", "li")

	p.AllowAttrs("href").OnElements("a")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	allow("class", `rz-external|footnote-ref|footnote-backref`, "a")
	allow("rel", regexp.QuoteMeta(externalRel), "a")
	allow("role", `doc-noteref|doc-backlink`, "a")
	p.AllowAttrs("title").OnElements("a", "img")

	allow("src", `/(?:[^/\\\s][^\\\s]*)?`, "img")
	p.AllowAttrs("alt").OnElements("img")
	allow("loading", `lazy`, "img")

	allow("class", `rz-visually-hidden`, "span")
	allow("aria-hidden", `true`, "span")
	allow("class", `language-[A-Za-z0-9_+#.-]{1,40}`, "code")
	allow("start", `[0-9]{1,9}`, "ol")
	allow("class", `rz-task`, "li")
	allow("type", `checkbox`, "input")
	allow("checked", ``, "input")
	allow("disabled", ``, "input")
	allow("aria-label", sentence, "input", "div")

	allow("class", `rz-table|footnotes`, "div")
	allow("role", `region|doc-endnotes`, "div")
	allow("tabindex", `0`, "div")
	allow("scope", `col`, "th")
	allow("class", `rz-align-(?:left|center|right)`, "th", "td")

	allow("class", `rz-callout rz-callout--(?:note|tip|important|warning|caution)`, "aside")
	allow("role", `note`, "aside")
	allow("class", `rz-callout__title`, "p")
	return p
}
