// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"errors"
	"fmt"
	"strings"
)

// Code says what sort of failure an Error is. It decides the HTTP status and
// the exit code of a command.
type Code string

// The codes. Everything that is not an *Error counts as CodeInternal.
const (
	CodeInternal    Code = "internal"    // 500: our fault
	CodeInvalid     Code = "invalid"     // 422: a field or text breaks a rule
	CodeMalformed   Code = "malformed"   // 400: the request cannot be understood
	CodeNotFound    Code = "not_found"   // 404: absent, or hidden from this reader
	CodeForbidden   Code = "forbidden"   // 403: may read, may not do this
	CodeSignIn      Code = "sign_in"     // 303: nobody is signed in
	CodeConflict    Code = "conflict"    // 409: somebody else was first
	CodeTooLarge    Code = "too_large"   // 413
	CodeTooMany     Code = "too_many"    // 429
	CodeUnavailable Code = "unavailable" // 503: try again later
	CodeUsage       Code = "usage"       // commands: exit 2
)

// Error is a failure that a person may read about: Key names the sentence in
// the catalogue, Args fill it. Err is for the log only and never shown.
type Error struct {
	Code   Code
	Key    string
	Args   []any
	Fields []FieldError // with CodeInvalid: what is wrong where
	Err    error
}

// FieldError names the form field, front matter key or flag that is wrong and
// the sentence that says what to do about it.
type FieldError struct {
	Field string
	Key   string
	Args  []any
	// Place and Line say where in which file; only errors of files have them.
	Place string
	Line  int
}

// Error is for logs and tests. It never holds what a person typed.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Key != "" {
		b.WriteString(" ")
		b.WriteString(e.Key)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " [%s: %s]", f.Field, f.Key)
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of err: CodeInternal for every error that is not an
// *Error, the empty code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// NotFound is the answer for absent and for hidden alike.
func NotFound() *Error { return &Error{Code: CodeNotFound, Key: "error.not_found"} }

// Forbidden says why somebody who may read this may not do that.
func Forbidden(key string, args ...any) *Error {
	return &Error{Code: CodeForbidden, Key: key, Args: args}
}

// Conflict is the answer when the text changed since the writer opened it.
func Conflict() *Error { return &Error{Code: CodeConflict, Key: "error.conflict"} }

// Problems collects field errors in the order in which they were found.
type Problems []FieldError

// Add notes that field breaks the rule that key explains.
func (p *Problems) Add(field, key string, args ...any) {
	*p = append(*p, FieldError{Field: field, Key: key, Args: args})
}

// Err returns nil when there are no problems.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Key: "error.check_form", Fields: p}
}
