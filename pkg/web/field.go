// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"

	"rugzak/pkg/rugzak"
)

// Field is one field of a form as the partials "field" and "choices" show it.
// Templates make it with Form.Field and shape it with its methods:
//
//	{{template "field" ((.Form.Field "email" (t "word.email")).As "email").Auto "username"}}
type Field struct {
	Name, Label, Hint, Error, Value string
	Type                            string // of the input; "radio" and "checkbox" for choices
	Autocomplete                    string
	Required, Optional              bool
	Rows                            int // more than 0 makes it a text area
	Lang                            string
	Digits                          bool // a phone shows its digits
	// Tools are those for writing that a text area has: "long", "short" or none.
	Tools   string
	Finds   bool // what is typed is looked for among entries
	Options []Option
}

// Option is one choice. Value is what is sent, Label what is shown.
type Option struct {
	ID, Value, Label, Hint string
	Chosen                 bool
	Lang                   rugzak.Lang // of the label, where it is of an entry; else empty
}

// Field describes a field with what was typed in it and what is wrong with it.
func (f *Form) Field(name, label string) Field {
	if f.labels != nil {
		f.labels[name] = label
	}
	return Field{Name: name, Label: label, Type: "text", Value: f.Value(name), Error: f.Error(name)}
}

// Choices describes radio buttons ("radio") or boxes ("checkbox"), or with
// type "select" a list; what was chosen is chosen again.
func (f *Form) Choices(name, label, kind string, options []Option) Field {
	field := f.Field(name, label)
	field.Type = kind
	for i, o := range options {
		o.ID = name
		if i > 0 { // the first has the id that the error summary links to
			o.ID = fmt.Sprintf("%s-%d", name, i+1)
		}
		o.Chosen = f.Has(name, o.Value)
		field.Options = append(field.Options, o)
	}
	return field
}

// As sets the type of the input: email, password, month, hidden and so on.
func (f Field) As(kind string) Field { f.Type = kind; return f }

// Auto says what a browser may fill in.
func (f Field) Auto(what string) Field { f.Autocomplete = what; return f }

// WithHint adds a line of help beneath the label.
func (f Field) WithHint(hint string) Field { f.Hint = hint; return f }

// Lines makes it a text area of so many lines.
func (f Field) Lines(n int) Field { f.Rows = n; return f }

// WithTools gives a text area tools for writing: "long", or "short" for an answer
// of a few lines.
func (f Field) WithTools(which string) Field { f.Tools = which; return f }

// Finding helps to find an entry: a script puts its address in the field.
func (f Field) Finding() Field { f.Finds = true; return f }

// Must marks it as required.
func (f Field) Must() Field { f.Required = true; return f }

// MayBeEmpty says beside the label that it is not required.
func (f Field) MayBeEmpty() Field { f.Optional = true; return f }

// Numeric makes a phone show its digits.
func (f Field) Numeric() Field { f.Digits = true; return f }

// In says in which language the text of the field is.
func (f Field) In(lang string) Field { f.Lang = lang; return f }

// DescribedBy lists the ids of the hint and the error.
func (f Field) DescribedBy() string {
	ids := ""
	if f.Hint != "" {
		ids = f.Name + "-hint"
	}
	if f.Error != "" {
		if ids != "" {
			ids += " "
		}
		ids += f.Name + "-error"
	}
	return ids
}

// Number asks for a whole number.
func (f Field) Number() Field { f.Type = "number"; return f }
