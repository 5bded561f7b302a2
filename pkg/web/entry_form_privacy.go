// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"slices"

	"rugzak/pkg/backpack"
)

// Findings are the numbers in a form that may be citizen service numbers.
type Findings []Finding

// Finding is one of them, with the text around it.
type Finding struct {
	backpack.Found
	// ID is that of the box in which the writer declares the number to be
	// something else; empty when there is none, or when the same number has
	// its box higher up.
	ID string
}

// findings lists what the screener found in a form.
func (s *Server) findings(in backpack.Input) Findings {
	var out Findings
	var asked []string
	for _, f := range s.Service.Findings(in) {
		finding := Finding{Found: f}
		if f.Declarable && !slices.Contains(asked, f.Number) {
			asked = append(asked, f.Number)
			finding.ID = fmt.Sprintf("not_bsn-%d", len(asked))
		}
		out = append(out, finding)
	}
	return out
}

// Of are the findings in one field.
func (f Findings) Of(field string) Findings {
	var out Findings
	for _, x := range f {
		if x.Field == field {
			out = append(out, x)
		}
	}
	return out
}
