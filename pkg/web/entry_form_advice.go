// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// shownAdvice is how many pieces of advice a form shows at a time: more would
// be a list of faults.
const shownAdvice = 5

// AdviceBox is what may read easier in what somebody is writing. It never
// stands in the way.
type AdviceBox struct {
	Rows  []AdviceRow
	Total int
	// Open: the writer asked for it.
	Open bool
}

// AdviceRow is one of them: where it is, and what would help.
type AdviceRow struct {
	Field       string
	Line        int
	Where, Says string
}

// idTips is where the advice stands on the page of a form.
const idTips = "tips"

// advice advises on the text of a form.
func (s *Server) advice(c echo.Context, w writing) (AdviceBox, error) {
	advice, err := s.Service.Advise(c.Request().Context(), s.by(c), w.in.Body)
	if rugzak.CodeOf(err) == rugzak.CodeForbidden {
		return AdviceBox{}, nil // to who may change their own and no more
	}
	if err != nil {
		return AdviceBox{}, err
	}
	p := s.printer(c)
	box := AdviceBox{Total: len(advice), Open: w.form.Value("do") == doPreview}
	place := func(line int) (string, int, string) { return "body", line, p.T("advice.line", line) }
	if shortForm(w.form) {
		q := s.readQuick(w.form)
		place = func(line int) (string, int, string) {
			field, line := q.at(line)
			return field, line, p.T("advice.line.of", line, q.asked(field))
		}
	}
	for _, a := range advice[:min(len(advice), shownAdvice)] {
		row := AdviceRow{Says: adviceSays(p, a)}
		row.Field, row.Line, row.Where = place(a.Line)
		box.Rows = append(box.Rows, row)
	}
	return box, nil
}

// adviceSays is the sentence about a piece of advice.
func adviceSays(p *locale.Printer, a rugzak.Advice) string {
	key := "advice." + string(a.Kind)
	switch text := visible(a.Text); a.Kind {
	case rugzak.AdvicePicture:
		return p.T(key)
	case rugzak.AdviceParagraph:
		return p.T(key, a.Words)
	case rugzak.AdviceSentence:
		return p.T(key, a.Words, text)
	default:
		return p.T(key, text)
	}
}
