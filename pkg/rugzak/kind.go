// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Kind is the sort of an entry. These words are used in the store, in front
// matter, on the command line and in JSON; Dutch is screen text only.
type Kind string

// The seven kinds.
const (
	KindExperience  Kind = "experience"  // ervaring
	KindSuccess     Kind = "success"     // gezamenlijk succes
	KindFailure     Kind = "failure"     // leerzame mislukking
	KindQuestion    Kind = "question"    // vraagstuk of leervraag
	KindInsight     Kind = "insight"     // inzicht
	KindMethod      Kind = "method"      // werkvorm
	KindApplication Kind = "application" // toepassing
)

// Kinds lists the kinds in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{KindExperience, KindSuccess, KindFailure, KindQuestion, KindInsight, KindMethod, KindApplication}
}

// Valid reports whether k is one of the seven kinds.
func (k Kind) Valid() bool {
	switch k {
	case KindExperience, KindSuccess, KindFailure, KindQuestion, KindInsight, KindMethod, KindApplication:
		return true
	}
	return false
}

// Prompt is one heading of a kind's template: Key names its heading and the
// hint beneath it in the catalogue as "prompt.<kind>.<name>" and
// "prompt.<kind>.<name>.hint".
type Prompt struct {
	Kind Kind
	Name string
}

// Key is the catalogue key of the heading.
func (p Prompt) Key() string { return "prompt." + string(p.Kind) + "." + p.Name }

// HintKey is the catalogue key of the question beneath the heading.
func (p Prompt) HintKey() string { return p.Key() + ".hint" }

var promptNames = map[Kind][]string{
	KindExperience:  {"situation", "task", "action", "result", "reflection", "transfer"},
	KindSuccess:     {"worked", "organisations", "differently", "noticed", "more"},
	KindFailure:     {"intended", "approach", "different", "pattern", "know_now", "watch_for"},
	KindQuestion:    {"question", "why_now", "known", "whom"},
	KindInsight:     {"sentence", "based_on", "holds", "monday", "unknown"},
	KindMethod:      {"when", "questions", "tips", "adaptations", "source"},
	KindApplication: {"where", "changed", "outcome", "message"},
}

// Prompts returns the headings of the full form of a kind, in order.
func (k Kind) Prompts() []Prompt { return prompts(k, promptNames[k]) }

// QuickPrompts returns the three fields of the sixty-second door ("Ik deel
// iets"), which make an experience, or of a short question ("Ik vraag iets").
func (k Kind) QuickPrompts() []Prompt {
	if k == KindQuestion {
		return prompts(k, []string{"question", "why_now", "known"})
	}
	return prompts(KindExperience, []string{"happened", "learned", "next"})
}

func prompts(k Kind, names []string) []Prompt {
	out := make([]Prompt, len(names))
	for i, n := range names {
		out[i] = Prompt{Kind: k, Name: n}
	}
	return out
}

// DefaultLevel is the audience a new entry of this kind starts with: narrow
// for what went wrong, the own department for the rest.
func (k Kind) DefaultLevel() Level {
	if k == KindFailure {
		return LevelTeam
	}
	return LevelOrganisation
}
