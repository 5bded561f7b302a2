// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// Findings are what may be personal data in a form.
type Findings []Finding

// Finding is one of them, with the text around it.
type Finding struct {
	backpack.Found
	// ID is that of the box in which the writer declares the number to be
	// something else; empty when there is none, or when the same number has
	// its box higher up.
	ID string
}

// Report is what is sent when the writer says that a finding is none: the class
// and about how long it is, never the text.
func (f Finding) Report() string {
	return string(f.Class) + "." + string(rugzak.LengthOf(utf8.RuneCountInString(f.Match)))
}

// FieldFindings are the findings beside one field.
type FieldFindings struct {
	Field string
	Found Findings
}

// findings lists what the screener found in a form.
func (s *Server) findings(c echo.Context, in backpack.Input) (Findings, error) {
	found, err := s.Service.Check(c.Request().Context(), s.by(c), in)
	return withBoxes(found), err
}

// withBoxes gives each number that can be declared one box.
func withBoxes(found []backpack.Found) Findings { return withBoxesAs("not_bsn", found) }

// withBoxesAs does so where other boxes may stand as well.
func withBoxesAs(id string, found []backpack.Found) Findings {
	var out Findings
	var asked []string
	for _, f := range found {
		finding := Finding{Found: f}
		if f.Declarable && !slices.Contains(asked, f.Number) {
			asked = append(asked, f.Number)
			finding.ID = fmt.Sprintf("%s-%d", id, len(asked))
		}
		out = append(out, finding)
	}
	return out
}

// numbersIn are the numbers that something was refused for.
func numbersIn(err error) Findings {
	refused, ok := errors.AsType[*backpack.NumbersFound](err)
	if !ok {
		return nil
	}
	return withBoxesAs("attached_not_bsn", refused.Found)
}

// Declarable reports whether a writer can say of one of them that it is none.
func (f Findings) Declarable() bool {
	return slices.ContainsFunc(f, func(x Finding) bool { return x.ID != "" })
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

// At are the findings to show beside one field.
func (f Findings) At(field string) FieldFindings { return FieldFindings{field, f.Of(field)} }

// ToReview counts what the writer is asked to look at: everything that is not
// refused anyway.
func (f Findings) ToReview() int {
	count := 0
	for _, x := range f {
		if x.Class.Weight() != rugzak.WeightBlock {
			count++
		}
	}
	return count
}

// ReviewBox is the box in which a writer says to have looked at it.
type ReviewBox struct {
	Count   int
	Checked bool
	Error   string
}

func reviewBox(form *Form, found Findings) ReviewBox {
	return ReviewBox{Count: found.ToReview(), Checked: form.Has("reviewed", "yes"), Error: form.Error("reviewed")}
}

// checkAnswer tells the script of a form what to show beside each field.
type checkAnswer struct {
	Found   map[string]string `json:"found"`  // HTML by field; what is not there is empty
	Review  string            `json:"review"` // HTML
	Advice  string            `json:"advice"` // HTML
	Message string            `json:"message,omitempty"`
}

// checkText screens a form that is being written and stores nothing.
func (s *Server) checkText(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	w := writing{form: form}
	var found Findings
	if shortForm(form) {
		w.in, _ = s.quickInput(form)
		found, err = s.quickFindings(c, w)
	} else {
		w.in, _ = entryInput(form) // what cannot be read is told when it is sent
		found, err = s.findings(c, w.in)
	}
	if err != nil {
		return err
	}
	answer := checkAnswer{Found: map[string]string{}}
	for _, f := range found {
		if _, done := answer.Found[f.Field]; done {
			continue
		}
		if answer.Found[f.Field], err = s.partial(c, "write/form", "writefound", found.Of(f.Field)); err != nil {
			return err
		}
	}
	if answer.Review, err = s.partial(c, "write/form", "writereviewbox", reviewBox(form, found)); err != nil {
		return err
	}
	advice, err := s.advice(c, w)
	if err != nil {
		return err
	}
	if answer.Advice, err = s.partial(c, "write/form", "writeadvicebox", advice); err != nil {
		return err
	}
	if len(found) > 0 {
		answer.Message = s.printer(c).N("write.check.message", len(found))
	}
	return c.JSON(http.StatusOK, answer)
}

// partial renders a part of a page.
func (s *Server) partial(c echo.Context, page, name string, data any) (string, error) {
	t, err := s.template(s.lang(c), page)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("web: render %s: %w", name, err)
	}
	return b.String(), nil
}
