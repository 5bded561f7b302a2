// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"regexp"
	"slices"
	"strings"
)

// entryAddress finds the one address of an entry in a text, whatever stands
// before it.
var entryAddress = regexp.MustCompile(`/ervaringen/([0-9a-z]{26})(?:[^0-9A-Za-z]|$)`)

// Quotes are the entries a text leads to by their address: what it is made of.
// Every address counts, wherever in the Markdown it stands.
func Quotes(markdown string) []EntryID {
	var out []EntryID
	for rest := markdown; ; {
		m := entryAddress.FindStringSubmatchIndex(rest)
		if m == nil {
			return out
		}
		if id := EntryID(rest[m[2]:m[3]]); ValidID(string(id)) && !slices.Contains(out, id) {
			out = append(out, id)
		}
		rest = rest[m[3]:]
	}
}

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
