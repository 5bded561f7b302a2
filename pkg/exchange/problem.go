// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// maxProblems bounds what is told of one file: after that many its writer
// first has something to repair.
const maxProblems = 20

// problems collects what is wrong with one file.
type problems struct {
	place     string
	offset    int // lines of the file before the part that is being read
	malformed bool
	list      []rugzak.FieldError
}

// add notes a problem on a line of the part that is being read. A second
// problem of the same field on the same line is the first one again.
func (p *problems) add(line int, field, key string, args ...any) {
	if line > 0 {
		line += p.offset
	}
	same := func(f rugzak.FieldError) bool { return f.Line == line && f.Field == field }
	if len(p.list) >= maxProblems || slices.ContainsFunc(p.list, same) {
		return
	}
	p.list = append(p.list, rugzak.FieldError{Field: field, Key: key, Args: args, Place: p.place, Line: line})
}

// breaks notes a problem that makes the rest of the file unreadable.
func (p *problems) breaks(line int, key string, args ...any) {
	p.malformed = true
	p.add(line, "", key, args...)
}

// hasBelow reports whether a part of a field has a problem.
func (p *problems) hasBelow(field string) bool {
	return slices.ContainsFunc(p.list, func(f rugzak.FieldError) bool { return strings.HasPrefix(f.Field, field+".") })
}

// unknown notes an id that leads nowhere.
func (p *problems) unknown(field, id string) {
	if len(p.list) < maxProblems {
		p.list = append(p.list, rugzak.FieldError{Field: field, Key: "exchange.unknown_ref", Args: []any{shown(id)}, Place: p.place})
	}
}

func (p *problems) hasLine(line int) bool {
	return slices.ContainsFunc(p.list, func(f rugzak.FieldError) bool { return f.Line == line+p.offset })
}

// err returns what was found in the order of the lines, nil when nothing is
// wrong.
func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	slices.SortStableFunc(p.list, func(a, b rugzak.FieldError) int { return a.Line - b.Line })
	code := rugzak.CodeInvalid
	if p.malformed {
		code = rugzak.CodeMalformed
	}
	return &rugzak.Error{Code: code, Key: "exchange.refused", Fields: p.list}
}

// refuse makes the error of a single problem.
func refuse(place string, line int, key string, args ...any) error {
	p := problems{place: place}
	p.breaks(line, key, args...)
	return p.err()
}

// fieldsOf returns the single problems of an error of this package.
func fieldsOf(err error) []rugzak.FieldError {
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		return e.Fields
	}
	return nil
}

// firstLine is the line of the first problem of an error of this package.
func firstLine(err error) int {
	if fields := fieldsOf(err); len(fields) > 0 {
		return fields[0].Line
	}
	return 0
}

// maxShown is how much of a word from a file is repeated in a message, in
// characters.
const maxShown = 60

// shown makes a word from a file fit to stand in a message.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return '?'
		}
		return r
	}, rugzak.Line(s))
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}
