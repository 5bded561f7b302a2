// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// entryAddress finds the one address of an entry in a text, whatever stands
// before it.
var entryAddress = regexp.MustCompile(`/ervaringen/([0-9a-z]{26})(?:[^0-9A-Za-z]|$)`)

// Quotes are the entries a text leads to by their address: what it is made of.
// Every address counts, wherever in the Markdown it stands.
func Quotes(markdown string) []EntryID {
	var out []EntryID
	for _, text := range []string{markdown, decoded(markdown)} {
		for {
			m := entryAddress.FindStringSubmatchIndex(text)
			if m == nil {
				break
			}
			if id := EntryID(text[m[2]:m[3]]); ValidID(string(id)) && !slices.Contains(out, id) {
				out = append(out, id)
			}
			text = text[m[3]:]
		}
	}
	return out
}

// decoded is a text with its entities, escapes and percent signs as the browser
// that follows an address reads them.
func decoded(markdown string) string {
	if !strings.ContainsAny(markdown, `&%\`) {
		return ""
	}
	return percentByte.ReplaceAllStringFunc(html.UnescapeString(escapedMark.ReplaceAllString(markdown, "$1")), func(code string) string {
		b, err := strconv.ParseUint(code[1:], 16, 8)
		if err != nil {
			return code
		}
		return string([]byte{byte(b)})
	})
}

var (
	percentByte = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	escapedMark = regexp.MustCompile(`\\([!-/:-@\[-\x60{-~])`)
)

// ThemeTokens are the tokens the audience of a theme lets in.
func ThemeTokens(t Theme) []string {
	tokens := []string{InternalToken}
	for _, o := range t.Audience.Also {
		tokens = append(tokens, OrganisationToken(o))
	}
	return tokens
}

// Covers reports whether everybody whom the tokens of a text let in may read a
// source with this audience. A synthesis is never shared wider than what it is
// made of. kind tells the kind of an organisation.
func Covers(source Entry, tokens []string, kind func(OrganisationID) OrganisationKind) bool {
	may := AudienceTokens(source)
	for _, token := range tokens {
		if !slices.Contains(may, token) && !slices.ContainsFunc(wider(token, kind), func(w string) bool { return slices.Contains(may, w) }) {
			return false
		}
	}
	return true
}

// wider are the tokens of groups that hold everybody of this one.
func wider(token string, kind func(OrganisationID) OrganisationKind) []string {
	if rest, ok := strings.CutPrefix(token, "team:"); ok {
		name, _, _ := strings.Cut(rest, "/")
		organisation := OrganisationToken(OrganisationID(name))
		return append(wider(organisation, kind), organisation)
	}
	if rest, ok := strings.CutPrefix(token, "org:"); ok && kind(OrganisationID(rest)) == Department {
		return []string{InternalToken}
	}
	return nil
}

// Sources are the entries an insight says it is based on; other kinds have
// none.
func (e Entry) Sources() []EntryID {
	if e.Kind != KindInsight {
		return nil
	}
	var out []EntryID
	for _, rel := range e.Relations {
		if rel.Type == BuildsOn && !slices.Contains(out, rel.To) {
			out = append(out, rel.To)
		}
	}
	return out
}
