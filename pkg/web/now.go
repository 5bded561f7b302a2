// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strings"

	"rugzak/pkg/locale"
)

// NowLine is one field of a record that somebody else saved while this form was
// filled in. The partial "now" shows them above what was typed, so that nobody
// overwrites what they never saw.
type NowLine struct {
	Label, Text string // Text is empty where nothing stands
	Lang        string
}

// nowLines are the fields of a form that holds the record as it is now.
func nowLines(p *locale.Printer, fields ...Field) []NowLine {
	var out []NowLine
	for _, f := range fields {
		text := f.Value
		if f.Type == "date" {
			text = printDay(p, f.Value)
		}
		if f.Options != nil {
			var chosen []string
			for _, o := range f.Options {
				if o.Chosen && o.Value != "" {
					chosen = append(chosen, o.Label)
				}
			}
			text = strings.Join(chosen, ", ")
		}
		out = append(out, NowLine{Label: f.Label, Text: text, Lang: f.Lang})
	}
	return out
}
