// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// Form is what a person typed and what is wrong with it. A page shows it again
// with everything kept. Its field names are those of the domain's field errors.
type Form struct {
	values  url.Values
	printer *locale.Printer
	// General is the sentence about the form as a whole; may be empty.
	General string
	Writer  rugzak.PersonID // for whom it was made; see fieldWriter
	Errors  []FieldMessage  // in order of finding
	// labels are those the page gave the fields; unnamed are the messages
	// that do not say of themselves what they are about.
	labels  map[string]string
	unnamed map[FieldMessage]bool
	// numbers are those that the form was refused for, where the page cannot look
	// again.
	numbers Findings
}

// FieldMessage is what is wrong with one field, in the reader's language.
type FieldMessage struct{ Field, Text string }

func malformed(err error) error {
	return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed", Err: err}
}

// newForm is an empty form; fill it with Set.
func (s *Server) newForm(c echo.Context) *Form {
	f := &Form{values: url.Values{}, printer: s.printer(c), Writer: s.by(c).ID, labels: map[string]string{}, unnamed: map[FieldMessage]bool{}}
	forms, _ := c.Get(formsKey).([]*Form)
	c.Set(formsKey, append(forms, f))
	return f
}

// readForm reads the named fields of a form that was sent, and no others. Line
// ends become LF and nothing else changes.
func (s *Server) readForm(c echo.Context, names ...string) (*Form, error) {
	r := c.Request()
	if kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); r.ContentLength != 0 && (err != nil || kind != echo.MIMEApplicationForm) {
		return nil, malformed(err)
	}
	if err := r.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, err
		}
		return nil, malformed(err)
	}
	if writer := r.PostForm.Get(fieldWriter); writer != "" && rugzak.PersonID(writer) != s.by(c).ID {
		return nil, &rugzak.Error{Code: rugzak.CodeForbidden, Key: keyOtherWriter}
	}
	f := s.newForm(c)
	for _, name := range namesIn(r.PostForm, names) {
		for _, v := range r.PostForm[name] {
			if !utf8.ValidString(v) {
				return nil, malformed(nil)
			}
			f.values.Add(name, rugzak.Newlines(v))
		}
	}
	return f, nil
}

// fieldWriter says for whom a form to write in was made: who signs in after them
// in the same browser must not come to be the author of what they typed.
const (
	fieldWriter    = "writer"
	keyOtherWriter = "error.other_writer"
)

// namesIn puts in the place of a name that ends in a star those that were sent.
func namesIn(sent url.Values, names []string) []string {
	var out []string
	for _, name := range names {
		prefix, all := strings.CutSuffix(name, "*")
		if !all {
			out = append(out, name)
			continue
		}
		for _, have := range slices.Sorted(maps.Keys(sent)) {
			if strings.HasPrefix(have, prefix) {
				out = append(out, have)
			}
		}
	}
	return out
}

// Set fills a field.
func (f *Form) Set(name string, values ...string) *Form {
	f.values[name] = values
	return f
}

// Value is the first value of a field.
func (f *Form) Value(name string) string { return f.values.Get(name) }

// All are the values of a field, such as of ticked boxes.
func (f *Form) All(name string) []string { return f.values[name] }

// Has reports whether a value is chosen.
func (f *Form) Has(name, value string) bool { return slices.Contains(f.values[name], value) }

// Int is the value of a field as a number; 0 for everything that is none.
func (f *Form) Int(name string) int {
	n, err := strconv.Atoi(f.Value(name))
	if err != nil {
		return 0
	}
	return n
}

// Error is what is wrong with a field; empty when nothing is.
func (f *Form) Error(name string) string {
	for _, e := range f.Errors {
		if e.Field == name {
			return e.Text
		}
	}
	return ""
}

// Failed reports whether there is anything to say.
func (f *Form) Failed() bool { return f.General != "" || len(f.Errors) > 0 }

// Refuse puts err into the form when the person can do something about it
// there, and returns the status of the answer: 422 or 409. For any other error
// it returns 0, and the handler passes the error on.
func (f *Form) Refuse(err error) int {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || e.Code != rugzak.CodeInvalid && e.Code != rugzak.CodeConflict {
		return 0
	}
	f.General, f.Errors, f.numbers = "", nil, numbersIn(err)
	for _, p := range e.Fields {
		message := FieldMessage{p.Field, f.printer.T(p.Key, p.Args...)}
		f.unnamed[message] = slices.Contains(unnamedMessages, p.Key)
		f.Errors = append(f.Errors, message)
	}
	if len(f.Errors) == 0 {
		f.General = f.printer.T(e.Key, e.Args...)
	}
	return status(e.Code)
}
