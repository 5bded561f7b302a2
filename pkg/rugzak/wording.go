// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// Wording replaces a sentence of the product by one of the organisation's own,
// in each language by itself: a name of a part, or a prompt of a kind.
type Wording struct {
	Key    string // of the catalogue
	NL, EN string // empty keeps the sentence of the product
}

// In is the sentence in a language; empty when it was not replaced.
func (w Wording) In(l Lang) string {
	if l == English {
		return w.EN
	}
	return w.NL
}

// The limits of wordings.
const (
	MaxWording  = 200 // characters in a prompt or a hint
	MaxPartName = 40  // in the name of a part: it stands in menus
)

// partKeys are the names of the parts of the site that an organisation may
// choose, by their keys in the catalogue.
var partKeys = []string{
	"nav.mine", "nav.themes", "kind.question.plural", "kind.method.plural", "compass.title", "agenda.title", "programme.title", "needs.title",
	"digest.title", "draw.title",
}

// PartKeys lists the keys of the names of parts.
func PartKeys() []string { return slices.Clone(partKeys) }

// PromptKeys lists the keys of the prompts of a kind and of the hints beneath
// them: those of the full form, and of the short one.
func PromptKeys(k Kind) []string {
	var out []string
	add := func(prompts []Prompt) {
		for _, p := range prompts {
			if p.Kind == k && !slices.Contains(out, p.HintKey()) {
				out = append(out, p.Key(), p.HintKey())
			}
		}
	}
	add(k.QuickPrompts())
	add(k.Prompts())
	return out
}

// WordingKeys lists every sentence that may be replaced.
func WordingKeys() []string {
	out := PartKeys()
	for _, k := range Kinds() {
		out = append(out, PromptKeys(k)...)
	}
	return out
}

// ValidateWordings wants sentences that may be replaced, each once.
func ValidateWordings(all []Wording) error {
	var p Problems
	keys := WordingKeys()
	seen := map[string]bool{}
	for _, w := range all {
		if !slices.Contains(keys, w.Key) || seen[w.Key] {
			p.Add(w.Key, "error.choose")
		}
		seen[w.Key] = true
		most := MaxWording
		if slices.Contains(partKeys, w.Key) {
			most = MaxPartName
		}
		checkLine(&p, w.Key, w.NL, most)
		checkLine(&p, w.Key, w.EN, most)
	}
	return p.Err()
}

// WordingReader tells whether wordings changed.
type WordingReader interface {
	// WordingsVersion changes with every save of other wordings, so that whoever
	// keeps them knows whether they still hold.
	WordingsVersion() (int, error)
}
