// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package privacy

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// name looks at token i for a title with a name behind it, a first name with
// an age, or somebody's son or daughter.
func (v *view) name(i int, found []rugzak.Finding) []rugzak.Finding {
	t := v.tokens[i]
	if t.means&(titleWord|familyTitle) != 0 {
		if last, ok := v.named(i); ok {
			f := v.finding(rugzak.FindingName, t.from, v.tokens[last].to)
			f.Suggestion = rugzak.SuggestResident
			if t.means&familyTitle != 0 {
				f.Suggestion = rugzak.SuggestFamily
			}
			return append(found, f)
		}
	}
	if t.means&childOf != 0 {
		if last, ok := v.childOfSomebody(i); ok {
			f := v.finding(rugzak.FindingName, t.from, v.tokens[last].to)
			f.Suggestion = rugzak.SuggestYoung
			return append(found, f)
		}
	}
	if last, age, ok := v.nameWithAge(i); ok {
		f := v.finding(rugzak.FindingName, t.from, v.tokens[last].to)
		f.Suggestion = rugzak.SuggestResident
		if age < 18 {
			f.Suggestion = rugzak.SuggestYoung
		}
		return append(found, f)
	}
	return found
}

// maxParticles is how many words such as "van der" stand before a name.
const maxParticles = 3

// named looks for a name behind the title at i.
func (v *view) named(i int) (last int, ok bool) {
	t := v.tokens[i]
	if t.gap == attached && v.at(i-1).kind != mark || t.caps && isOneOf(v.text(t), "ms") || t.capital && isOneOf(v.text(t), "family") {
		return 0, false // "MS Teams", "Family Medical Leave"
	}
	if t.means&familyTitle != 0 && t.capital && (v.at(i-1).capital || isOneOf(v.wordAt(i-1), "en", "and")) {
		return 0, false // part of a name: "Centrum voor Jeugd en Gezin Noord"
	}
	j := i + 1
	if p := v.at(j); p.kind == mark && p.mark == '.' && p.gap == attached && t.means&abbreviation != 0 {
		j++
	} else if t.means&fullStop != 0 {
		return 0, false
	}
	for range maxParticles {
		p := v.at(j)
		if p.kind == mark && p.mark == '\'' && v.at(j+1).means&particle != 0 { // 't
			j++
			continue
		}
		if p.kind != word || p.gap > wrapped || p.means&particle == 0 || p.capital && v.at(j+1).means&particle == 0 && !v.at(j+1).capital {
			break
		}
		j++
	}
	n := v.at(j)
	if n.kind != word || !n.capital || n.gap > wrapped || n.gap == attached && v.at(j-1).mark != '.' && v.at(j-1).mark != '\'' {
		return 0, false
	}
	if n.means&(noName|birthWord|monthName) != 0 || n.caps && n.size() > 1 && n.means&particle == 0 || t.means&familyTitle != 0 && v.tokens[i].capital && v.firstOfSentence(i) && n.means&noName != 0 {
		return 0, false
	}
	if v.at(j+1).kind == mark && v.at(j+1).mark == '-' && v.at(j+2).kind == word && !v.at(j+2).capital && v.at(j+2).gap == attached {
		return 0, false // "familie Wmo-consulent"
	}
	return v.nameEnd(j), true
}

// nameEnd goes on over initials and further names.
func (v *view) nameEnd(j int) int {
	last := j
	for k := j + 1; k <= j+6; k++ {
		t := v.at(k)
		switch {
		case t.kind == mark && t.mark == '.' && t.gap == attached && v.at(k-1).size() == 1:
		case t.kind == mark && t.mark == '-' && t.gap == attached && v.at(k+1).capital:
		case t.kind == word && t.capital && t.gap <= spaced && t.means&noName == 0 && t.sentence == v.at(j).sentence:
			last = k
		case t.kind == word && t.means&particle != 0 && t.gap == spaced && (v.at(k+1).capital || v.at(k+1).means&particle != 0 && v.at(k+2).capital):
		default:
			return last
		}
	}
	return last
}

// childOfSomebody looks for "van de bakker" or "of Karim" behind the word at i.
// "van een inwoner" is general.
func (v *view) childOfSomebody(i int) (last int, ok bool) {
	of, who := v.at(i+1), v.at(i+2)
	if of.kind != word || !isOneOf(v.wordAt(i+1), "van", "of") || of.gap > wrapped || who.gap > wrapped || who.kind != word {
		return 0, false
	}
	before := isOneOf(v.wordAt(i+2), "de", "het", "the", "mijn", "onze", "haar", "zijn", "my", "our") || who.means&(particle|titleWord) != 0
	if who.means&article != 0 || !before && !who.capital || isOneOf(v.wordAt(i+3), "cliënt", "inwoner", "client", "resident") {
		return 0, false
	}
	last = i + 2
	if next := v.at(last + 1); before && next.kind == word && next.gap <= wrapped {
		last++
	}
	return last, true
}

// nameWithAge looks for "Karim (43)", "Fatima, 34 jaar", "Jan van 12" and
// "Sanne is 16" at token i, and returns the age.
func (v *view) nameWithAge(i int) (last, age int, ok bool) {
	t := v.tokens[i]
	if !t.capital || t.caps || t.size() < 2 || t.means&(noName|monthName|titleWord) != 0 {
		return 0, 0, false
	}
	known := t.means&firstName != 0
	if !known && (v.firstOfSentence(i) || v.at(i-1).kind == word && v.at(i-1).means&(article|areaWord|schoolWord|workWord) != 0 || isOneOf(v.wordAt(i-1), "de", "het", "the")) {
		return 0, 0, false
	}
	j := i + 1
	if n := v.at(j); n.kind == word && n.capital && n.means&noName == 0 && n.gap == spaced {
		j++ // a last name
		if v.at(j).mark == '.' && v.at(j).gap == attached && v.at(j-1).size() == 1 {
			j++
		}
	}
	open := v.at(j)
	strong := false // what stands between can hardly be anything else
	switch {
	case open.kind == mark && open.mark == '(' && open.gap == spaced:
		j++
		strong = known && v.at(j+1).mark == ')'
	case open.kind == mark && open.mark == ',' && open.gap == attached:
		j++
	case isOneOf(v.wordAt(j), "van", "is", "was", "wordt", "aged"):
		j++
		strong = known
		if isOneOf(v.wordAt(j), "bijna", "net", "nu", "pas", "ongeveer", "almost", "now") {
			j++
		}
	default:
		return 0, 0, false
	}
	number := v.at(j)
	age = v.value(number)
	if number.kind != digits || number.size() > 2 || number.gap > wrapped || age < 0 || v.runes[number.from] == '0' && number.size() > 1 {
		return 0, 0, false
	}
	last = j
	after := v.at(j + 1)
	years := after.means&ageWord != 0 && after.gap <= spaced || after.mark == '-' && v.at(j+2).means&ageWord != 0
	if years {
		last = j + 1
		if after.mark == '-' {
			last++
		}
		behind := v.at(last + 1)
		if behind.means&unit != 0 && !strings.EqualFold(v.wordAt(last+1), "oud") && !strings.EqualFold(v.wordAt(last+1), "old") {
			return 0, 0, false
		}
		return last, age, true
	}
	if strong && (after.kind == mark && after.mark != '%' && after.mark != '-' && after.mark != ':' && after.mark != '/' && (after.mark != '.' && after.mark != ',' || v.at(j+2).gap != attached || v.at(j+2).kind != digits) || after.gap == paragraph || after.kind == word && isOneOf(v.wordAt(j+1), "en", "and", "die")) {
		return last, age, true
	}
	if known && open.mark == ',' && after.mark == ',' && after.gap == attached { // Fatima, 34, belde
		return last, age, true
	}
	return 0, 0, false
}

// specialReach is how many tokens lie at most between a word about health,
// belief or crime and the word for a person.
const specialReach = 9

// special looks for special data at token i near a word for one person.
func (v *view) special(i int, found []rugzak.Finding) []rugzak.Finding {
	t := v.tokens[i]
	last := i
	if t.means&phrase != 0 && strings.HasPrefix(strings.ToLower(v.phraseWord(i+1)), specialPhrases[strings.ToLower(v.phraseWord(i))]) {
		last = i + 1
	} else if t.means&special == 0 {
		return found
	}
	if v.at(last+1).gap == attached && v.at(last+1).mark == '-' && v.at(last+2).kind == word && v.at(last+2).gap == attached && !isOneOf(v.wordAt(last+2), "positief", "positive") {
		return found // "diagnose-instrument"
	}
	for j := 1; j <= specialReach; j++ {
		for _, at := range [2]int{i - j, last + j} {
			p := v.at(at)
			if p.sentence == t.sentence && p.kind == word && v.isOnePerson(at) {
				f := v.finding(rugzak.FindingSpecial, t.from, v.tokens[last].to)
				f.Suggestion = rugzak.SuggestNeeded
				return append(found, f)
			}
		}
	}
	return found
}

func (v *view) phraseWord(i int) string {
	if t := v.at(i); t.kind == word && t.size() <= maxWord/2 {
		return v.text(t)
	}
	return ""
}

// isOnePerson holds for a word that speaks of one person: "hij", "de cliënt",
// "mevrouw De V.", a first name in the middle of a sentence.
func (v *view) isOnePerson(i int) bool {
	t := v.tokens[i]
	if t.means&personOne != 0 {
		return !isOneOf(v.wordAt(i-1), "per", "elke", "iedere", "geen", "every", "each") && (v.at(i+1).gap != attached || v.at(i+1).mark != '-' || v.at(i+2).gap != attached)
	}
	if t.means&titleWord != 0 {
		_, ok := v.named(i)
		return ok
	}
	return t.means&firstName != 0 && t.capital && !t.caps && t.means&noName == 0
}

// equalFold compares short words.
func equalFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }
