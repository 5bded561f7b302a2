// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"errors"
	"iter"
	"path"
	"strings"

	"rugzak/pkg/rugzak"
)

// Documents reads the Markdown files (.md, .markdown) of a source, sorted by
// name; other files are passed over. The origin of an entry is from, with the
// id of its front matter or else its name without extension. What a file does
// not say stays empty, but for its title: the first heading of level 1, or its
// name. Author and Audience are handed over as they stand, and the Audience of
// the Entry is left empty: the caller decides.
func (s *Source) Documents(from string) iter.Seq[rugzak.Incoming] {
	return func(yield func(rugzak.Incoming) bool) {
		for _, err := range s.refused {
			if !yield(rejected(err)) {
				return
			}
		}
		ids := map[string]string{}
		for _, name := range s.names {
			if !isMarkdown(name) {
				continue
			}
			data, err := s.read(name)
			if errors.Is(err, errSpent) {
				yield(rejected(s.spent()))
				return
			}
			in := rejected(err)
			if err == nil {
				in = readDocument(name, data, from, ids)
			}
			if !yield(in) {
				return
			}
		}
	}
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// rejected is the Incoming of a file that cannot be taken.
func rejected(err error) rugzak.Incoming {
	in := rugzak.Incoming{Err: err}
	if f := fieldsOf(err); len(f) > 0 {
		in.Place, in.Line = f[0].Place, f[0].Line
	}
	return in
}

// readDocument reads one file. ids holds the names of the files read before,
// by their id.
func readDocument(name string, data []byte, from string, ids map[string]string) rugzak.Incoming {
	p := &problems{place: name}
	in := rugzak.Incoming{Place: name}
	d := split(data, maxFrontMatter, p)
	if d == nil {
		return rejected(p.err())
	}
	id := d.fields.text("id")
	if id == "" {
		id = strings.TrimSuffix(name, path.Ext(name))
	}
	readEntry(d, handedOver, &in)
	d.fields.done()
	in.Entry.External = rugzak.External{Source: from, ID: id}
	if in.Entry.Title == "" {
		in.Entry.Title = titleOf(d.body, name)
	}
	if first, twice := ids[id]; twice {
		d.fields.problem("id", "exchange.id_twice", first)
	}
	ids[id] = name
	checkEntry(d, in.Entry, validateHandedOver)
	d.checkBody(p)
	in.Err = p.err()
	in.Line = firstLine(in.Err)
	return in
}

// titleOf is the first heading of level 1, outside code, or else the name of
// the file.
func titleOf(body, name string) string {
	code := ""
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\n")
		text := strings.TrimLeft(line, " ")
		if mark := codeFence(text); len(line)-len(text) < 4 && mark != "" && (code == "" || strings.HasPrefix(mark, code)) {
			if code == "" {
				code = mark
			} else {
				code = ""
			}
			continue
		}
		if code != "" || len(line)-len(text) > 3 || !strings.HasPrefix(text, "# ") {
			continue
		}
		title := rugzak.Line(text[2:])
		if plain := strings.TrimRight(title, "#"); plain == "" || strings.HasSuffix(plain, " ") {
			title = strings.TrimSpace(plain)
		}
		if title != "" {
			return title
		}
	}
	base := path.Base(name)
	return rugzak.Line(strings.TrimSuffix(base, path.Ext(base)))
}

// codeFence returns the run of three or more backticks or tildes a line begins
// with.
func codeFence(line string) string {
	for _, c := range []string{"`", "~"} {
		rest := strings.TrimLeft(line, c)
		if n := len(line) - len(rest); n >= 3 {
			return line[:n]
		}
	}
	return ""
}
