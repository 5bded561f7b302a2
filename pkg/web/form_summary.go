// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// formsKey is where the forms of a request are kept.
const formsKey = "forms"

// unnamedMessages are true of any field: beside the field that is clear, in a
// list above the form it is not.
var unnamedMessages = []string{
	"error.required", "error.choose", "error.too_long", "error.too_many", "error.unprintable", "error.number",
	"error.range", "error.day", "error.month", "error.months", "error.clock", "error.slug",
}

// Summary lists what is wrong for above the form: a message that fits any field
// comes with the label of its field, when the page gave it one.
func (f *Form) Summary() []FieldMessage {
	out := slices.Clone(f.Errors)
	for i, e := range out {
		label := strings.TrimRight(f.labels[e.Field], ":. ")
		switch {
		case label == "" || !f.unnamed[e]:
		case strings.HasSuffix(label, "?"):
			out[i].Text = label + " " + e.Text
		default:
			first, size := utf8.DecodeRuneInString(e.Text)
			out[i].Text = label + ": " + string(unicode.ToLower(first)) + e.Text[size:]
		}
	}
	return out
}

// wantsLabels reports whether the summary of a form has to name fields. Their
// labels are known only once the page, which begins with the summary, was made.
func wantsLabels(c echo.Context) bool {
	forms, _ := c.Get(formsKey).([]*Form)
	return slices.ContainsFunc(forms, func(f *Form) bool {
		return slices.ContainsFunc(f.Errors, func(e FieldMessage) bool { return f.unnamed[e] })
	})
}
