// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"html"
	"regexp"
	"strings"

	"rugzak/pkg/rugzak"
)

var (
	// linked finds what leads somewhere in HTML the sanitiser wrote: attributes
	// stand between double quotes.
	linked = regexp.MustCompile(` (href|src)="([^"]*)"`)
	// pictured is a whole image: one that cannot be shown offline is left out.
	pictured = regexp.MustCompile(`<img [^>]*>`)
	// siteAddress is the address of an entry or a theme, with or without the site
	// before it.
	siteAddress = regexp.MustCompile(`^(?:https?://[^/?#]+)?/(ervaringen|themas)/([0-9a-z-]+)/?(?:[?#].*)?$`)
	// inMarkdown is such an address in Markdown, with what stands before it.
	inMarkdown = regexp.MustCompile(`(?:https?://[^/?#\s()<>\[\]]+)?/(ervaringen|themas)/([0-9a-z-]+)`)
)

// offline lets the links of a text lead to pages of the dossier. What leads
// elsewhere on the site, and pictures that stand on it, cannot work without it
// and become plain text.
func (d *Dossier) offline(from, text string) string {
	text = pictured.ReplaceAllString(text, "")
	return linked.ReplaceAllStringFunc(text, func(attribute string) string {
		m := linked.FindStringSubmatch(attribute)
		address := html.UnescapeString(m[2])
		switch file := d.fileOf(address); {
		case strings.HasPrefix(address, "#"):
			return attribute
		case file != "":
			return ` ` + m[1] + `="` + relative(from, file+".html") + `"`
		case siteAddress.MatchString(address), !elsewhere(address):
			return ""
		}
		return attribute
	})
}

// elsewhere reports whether an address leads out of the site.
func elsewhere(address string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(strings.ToLower(address), scheme) {
			return true
		}
	}
	return false
}

// offlineMarkdown does the same for the Markdown of a text, as far as it leads to
// pages of the dossier; other addresses stay to be read.
func (d *Dossier) offlineMarkdown(from, text string) string {
	return inMarkdown.ReplaceAllStringFunc(text, func(address string) string {
		if file := d.fileOf(address); file != "" {
			return relative(from, file+".md")
		}
		return address
	})
}

// fileOf is the page an address leads to; empty when it is not in the dossier.
func (d *Dossier) fileOf(address string) string {
	m := siteAddress.FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	if m[1] == "themas" {
		return d.themes[rugzak.ThemeID(m[2])]
	}
	return d.entries[rugzak.EntryID(m[2])].file
}
