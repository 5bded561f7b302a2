// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"rugzak/pkg/rugzak"
)

// failure is an error on its way from server to command. The command makes the
// sentence, in its own language.
type failure struct {
	Code   rugzak.Code    `json:"code"`
	Key    string         `json:"key"`
	Args   []any          `json:"args,omitempty"`
	Fields []fieldFailure `json:"fields,omitempty"`
	// Detail is for --verbose: the command belongs to whoever holds the data.
	Detail string `json:"detail,omitempty"`
}

type fieldFailure struct {
	Field string `json:"field,omitempty"`
	Key   string `json:"key"`
	Args  []any  `json:"args,omitempty"`
	Place string `json:"place,omitempty"`
	Line  int    `json:"line,omitempty"`
}

func failureOf(err error) *failure {
	if err == nil {
		return nil
	}
	f := &failure{Code: rugzak.CodeInternal, Key: "error.internal", Detail: err.Error()}
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		f.Code, f.Key, f.Args = e.Code, e.Key, e.Args
		for _, x := range e.Fields {
			f.Fields = append(f.Fields, fieldFailure(x))
		}
	}
	return f
}

// err gives the error back as it was.
func (f *failure) err() error {
	if f == nil {
		return nil
	}
	e := &rugzak.Error{Code: f.Code, Key: f.Key, Args: plain(f.Args)}
	for _, x := range f.Fields {
		x.Args = plain(x.Args)
		e.Fields = append(e.Fields, rugzak.FieldError(x))
	}
	if f.Detail != "" {
		e.Err = errors.New(f.Detail)
	}
	return e
}

// plain turns the numbers of JSON into those that sentences are printed with.
func plain(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = a
		if n, ok := a.(json.Number); ok {
			if whole, err := n.Int64(); err == nil {
				out[i] = int(whole)
			} else {
				out[i] = n.String()
			}
		}
	}
	return out
}

// decode reads JSON in which numbers keep their form.
func decode(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return dec.Decode(into)
}

func (f *failure) status() int {
	switch f.Code {
	case rugzak.CodeInvalid:
		return http.StatusUnprocessableEntity
	case rugzak.CodeMalformed, rugzak.CodeUsage:
		return http.StatusBadRequest
	case rugzak.CodeNotFound:
		return http.StatusNotFound
	case rugzak.CodeForbidden, rugzak.CodeSignIn:
		return http.StatusForbidden
	case rugzak.CodeConflict:
		return http.StatusConflict
	case rugzak.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case rugzak.CodeTooMany:
		return http.StatusTooManyRequests
	case rugzak.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
