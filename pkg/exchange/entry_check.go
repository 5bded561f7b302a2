// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// checkEntry notes what the rules of an entry say, on the line of the key that
// breaks them. A line that has a problem already is left alone: the first one
// is the nearer to the cause. The characters of the body are checkBody's.
func checkEntry(d *document, e rugzak.Entry, validate func(rugzak.Entry) error) {
	for _, f := range fieldsOf(validate(e)) {
		switch {
		case f.Field != "body":
			d.fields.fieldProblem(f)
		case f.Key == "error.body_required":
			d.fields.p.add(d.bodyAt-d.fields.p.offset, f.Field, f.Key)
		}
	}
}

// fieldProblem puts a problem of a form field on the line of its key.
func (m *mapping) fieldProblem(f rugzak.FieldError) {
	if m.p.hasBelow(f.Field) {
		return
	}
	line, found := m.fieldLine(f.Field)
	if !found || !m.p.hasLine(line) {
		m.p.add(line, f.Field, f.Key, f.Args...)
	}
}

// fieldLine finds the key of a form field: "title" is a key itself,
// "question_state" is the key state inside question, "method_minutes" begins
// with minutes_min inside method.
func (m *mapping) fieldLine(field string) (line int, found bool) {
	if m.values[field] != nil {
		return m.line(field), true
	}
	outer, inner, ok := strings.Cut(field, "_")
	n := m.values[outer]
	if !ok || n == nil {
		return m.at, false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i].Value; key == inner || key == inner+"_min" {
			return n.Content[i+1].Line, true
		}
	}
	return n.Line, false
}

// validateHandedOver checks what the file itself can break. What it leaves to
// others, as organisation and audience, is stood in for.
func validateHandedOver(e rugzak.Entry) error {
	if e.Kind == "" {
		e.Kind = rugzak.KindExperience
	}
	if e.Mode == "" {
		e.Mode = rugzak.ByName
	}
	e.Lang = e.Lang.Or(rugzak.Dutch)
	e.Organisation, e.OrganisationKind, e.Team = "somewhere", rugzak.Department, "someone"
	e.Audience = rugzak.Audience{Level: rugzak.LevelTeam}
	return e.Validate()
}

// validateStored checks an entry as the store may hold it.
func validateStored(e rugzak.Entry) error {
	if e.State == "" {
		return &rugzak.Error{Fields: []rugzak.FieldError{{Field: "state", Key: "error.choose"}}}
	}
	if e.State == rugzak.StateDraft {
		return e.ValidateDraft()
	}
	return e.Validate()
}
