// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// RelationType says how one entry speaks of another.
type RelationType string

// The relations. The entry that holds the relation is the later one: it builds
// on, answers, applies, sees also or translates the other.
const (
	BuildsOn      RelationType = "builds-on"
	Answers       RelationType = "answers"
	Applies       RelationType = "applies"
	SeeAlso       RelationType = "see-also"
	TranslationOf RelationType = "translation-of"
)

// RelationTypes lists the relations in the order in which they are offered.
func RelationTypes() []RelationType {
	return []RelationType{BuildsOn, Answers, Applies, SeeAlso, TranslationOf}
}

// Valid reports whether t is known.
func (t RelationType) Valid() bool {
	switch t {
	case BuildsOn, Answers, Applies, SeeAlso, TranslationOf:
		return true
	}
	return false
}

// Relation leads from the entry that holds it to another.
type Relation struct {
	Type RelationType
	To   EntryID
}
