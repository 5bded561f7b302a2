// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// evalQuery is a question and what it should find.
type evalQuery struct {
	QID      string   `json:"qid"`
	Category string   `json:"category"`
	Query    string   `json:"query"`
	Relevant []string `json:"relevant"`
	line     int
}

// noCategory is the category of questions without one.
const noCategory = "-"

// readQueries reads a list of questions: a table when the name of the file ends
// as that of one, JSON Lines otherwise. All lines that cannot be used are
// told at once. With entries, what is relevant are entries of the backpack,
// by id or by address.
func readQueries(file string, entries bool) ([]evalQuery, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	r := queryReader{place: filepath.Base(file), entries: entries, ids: map[string]int{}}
	switch strings.ToLower(filepath.Ext(file)) {
	case ".csv", ".tsv":
		r.readTable(data)
	default:
		for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\uFEFF"))) {
			r.line++
			if text := bytes.TrimSpace(line); len(text) > 0 {
				r.read(text)
			}
		}
	}
	if len(r.out) == 0 && len(r.problems) == 0 {
		return nil, refused("cli.eval.none", file)
	}
	if len(r.problems) > 0 {
		return nil, &rugzak.Error{Code: rugzak.CodeInvalid, Key: "cli.eval.none", Args: []any{file}, Fields: r.problems}
	}
	return r.out, nil
}

// queryReader reads the lines of a list of questions.
type queryReader struct {
	place    string
	line     int
	entries  bool
	ids      map[string]int // the line of each
	out      []evalQuery
	problems []rugzak.FieldError
}

func (r *queryReader) add(field, key string, args ...any) {
	r.problems = append(r.problems, rugzak.FieldError{Field: field, Key: key, Args: args, Place: r.place, Line: r.line})
}

func (r *queryReader) read(text []byte) {
	q := evalQuery{line: r.line}
	if !utf8.Valid(text) {
		r.add("", "exchange.utf8")
		return
	}
	if err := json.Unmarshal(text, &q); err != nil {
		wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
		switch {
		case !ok || wrong.Field == "":
			r.add("", "exchange.json")
		case wrong.Field == "relevant" && wrong.Value != "array":
			r.add(wrong.Field, "exchange.want_list")
		default:
			r.add(wrong.Field, "exchange.want_text")
		}
		return
	}
	r.take(q)
}

// take judges a question and keeps it when it can be put.
func (r *queryReader) take(q evalQuery) {
	before := len(r.problems)
	q.Query = strings.TrimSpace(q.Query)
	if q.Query == "" {
		r.add("query", "exchange.needed", "query")
	}
	if len(q.Relevant) == 0 {
		r.add("relevant", "exchange.needed", "relevant")
	}
	for i, id := range q.Relevant {
		if r.entries {
			q.Relevant[i] = entryOf(id)
		}
		if q.Relevant[i] == "" {
			r.add("relevant", "cli.eval.no_id", id)
		}
	}
	q.QID = cmp.Or(q.QID, strconv.Itoa(r.line))
	q.Category = cmp.Or(strings.TrimSpace(q.Category), noCategory)
	if first, twice := r.ids[q.QID]; twice {
		r.add("qid", "exchange.again_line", first)
	}
	r.ids[q.QID] = r.line
	if len(r.problems) == before {
		r.out = append(r.out, q)
	}
}

// entryOf reads the id of an entry from the id itself, or from the address of
// its page; empty when there is none in it.
func entryOf(text string) string {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return ""
	}
	if id := strings.ToLower(path.Base(u.Path)); rugzak.ValidID(id) {
		return id
	}
	return ""
}
