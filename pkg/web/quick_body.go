// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// quickText is what the three answers make together.
type quickText struct {
	answers  []quickAnswer
	body     string
	proposed string // the title, when the writer gave none
}

// quickAnswer is one answer and where it stands in the body, counted in lines
// from 1.
type quickAnswer struct {
	field, text string
	question    string
	first, last int
}

// answerField is the name of the field in which a question is answered.
func answerField(p rugzak.Prompt) string { return answerPrefix + p.Name }

const answerPrefix = "answer_"

// readQuick makes the Markdown of the answers: each beneath its question, in
// the language of the writer. A question without answer is left out.
func (s *Server) readQuick(f *Form) quickText {
	var q quickText
	var b strings.Builder
	line := 1
	for _, asked := range s.askedIn(f) {
		text := strings.Trim(f.Value(asked.field), "\n")
		a := quickAnswer{field: asked.field, text: text, question: asked.text}
		if strings.TrimSpace(text) != "" {
			if b.Len() > 0 {
				b.WriteString("\n")
				line++
			}
			b.WriteString("## " + asked.text + "\n\n" + text + "\n")
			a.first = line + 2
			a.last = a.first + strings.Count(text, "\n")
			line = a.last + 1
		}
		q.answers = append(q.answers, a)
	}
	q.body = b.String()
	return q
}

// askedIn are the questions of a form and the fields in which they are answered:
// those of a round stand in the form itself.
func (s *Server) askedIn(f *Form) (out []quickAnswer) {
	if answersRound(f) {
		for n := 1; n <= rugzak.MaxRoundQuestions; n++ {
			if question := rugzak.Line(f.Value(roundAskField(n))); question != "" {
				out = append(out, quickAnswer{field: roundAnswerField(n), text: question})
			}
		}
		if len(out) == 0 {
			out = []quickAnswer{{field: roundAnswerField(1)}}
		}
		return out
	}
	p := s.Catalogue.Printer(f.Value("lang"))
	for _, prompt := range rugzak.Kind(f.Value("kind")).QuickPrompts() {
		out = append(out, quickAnswer{field: answerField(prompt), text: p.T(prompt.Key())})
	}
	return out
}

func (q quickText) texts() []string {
	out := make([]string, len(q.answers))
	for i, a := range q.answers {
		out[i] = a.text
	}
	return out
}

// asked is the question that is answered in a field.
func (q quickText) asked(field string) string {
	i := slices.IndexFunc(q.answers, func(a quickAnswer) bool { return a.field == field })
	return q.answers[max(i, 0)].question
}

// at finds the answer a line of the body belongs to, and the line in it.
func (q quickText) at(line int) (field string, within int) {
	for _, a := range q.answers {
		if a.first > 0 && line >= a.first && line <= a.last {
			return a.field, line - a.first + 1
		}
	}
	return q.answers[0].field, line
}

// place puts field errors about the body beside the answer they are about. What
// is wrong with a title made of the first answer is told there only.
func (q quickText) place(err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || e.Code != rugzak.CodeInvalid {
		return err
	}
	var fields []rugzak.FieldError
	inBody := slices.ContainsFunc(e.Fields, func(f rugzak.FieldError) bool { return f.Field == "body" })
	for _, f := range e.Fields {
		switch {
		case f.Field == "title" && inBody && (q.proposed != "" || strings.Join(q.texts(), "") == ""):
			continue
		case f.Field == "title" && q.proposed != "":
			f.Field = q.answers[0].field
		case f.Field == "body":
			f.Field = q.answers[0].field
			if line, ok := lineOf(f); ok {
				var within int
				f.Field, within = q.at(line)
				f.Args = []any{within}
			}
		}
		fields = append(fields, f)
	}
	return &rugzak.Error{Code: e.Code, Key: e.Key, Args: e.Args, Fields: fields, Err: err}
}

// lineOf is the line a finding is on.
func lineOf(f rugzak.FieldError) (int, bool) {
	if !strings.HasPrefix(f.Key, "privacy.") || len(f.Args) != 1 {
		return 0, false
	}
	line, ok := f.Args[0].(int)
	return line, ok
}

// placeFindings does the same for findings.
func (q quickText) placeFindings(found Findings, proposed bool) Findings {
	inBody := slices.ContainsFunc(found, func(f Finding) bool { return f.Field == "body" })
	var out Findings
	carry := map[string]string{} // box of a number that is left out here
	for _, f := range found {
		switch {
		case f.Field == "title" && proposed && inBody:
			if f.ID != "" {
				carry[f.Number] = f.ID
			}
			continue
		case f.Field == "title" && proposed:
			f.Field = q.answers[0].field
		case f.Field == "body":
			f.Field, f.Line = q.at(f.Line)
		}
		if id := carry[f.Number]; id != "" && f.ID == "" && f.Declarable {
			f.ID = id
			delete(carry, f.Number)
		}
		out = append(out, f)
	}
	return out
}
