// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"errors"
	"strings"

	"rugzak/pkg/rugzak"
)

// maxAllProblems bounds what is told of a folder that must be right as a whole.
const maxAllProblems = 200

// folderReader reads the files of a source that is right as a whole or not at
// all, and collects what is wrong in any of them.
type folderReader struct {
	source    *Source
	used      map[string]bool
	problems  []rugzak.FieldError
	malformed bool
	stopped   bool // the source is larger than its limit
}

// file reads a file that must be there.
func (r *folderReader) file(name string, read func(data []byte, p *problems)) {
	p := &problems{place: name}
	if !r.source.has(name) {
		p.breaks(0, "exchange.missing_file")
		r.note(p)
		return
	}
	r.optional(name, read)
}

// optional reads a file if it is there.
func (r *folderReader) optional(name string, read func(data []byte, p *problems)) {
	if r.stopped || !r.source.has(name) {
		return
	}
	if r.used == nil {
		r.used = map[string]bool{}
	}
	r.used[name] = true
	p := &problems{place: name}
	data, err := r.source.read(name)
	switch {
	case errors.Is(err, errSpent):
		r.stopped = true
		r.fail(r.source.spent())
	case err != nil:
		r.fail(err)
	default:
		read(data, p)
		r.note(p)
	}
}

// eachBelow reads the Markdown files of a folder, in order of their names.
func (r *folderReader) eachBelow(folder string, read func(name string, data []byte, p *problems)) {
	for _, name := range r.source.names {
		if strings.HasPrefix(name, folder) && isMarkdown(name) {
			r.optional(name, func(data []byte, p *problems) { read(name, data, p) })
		}
	}
}

func (r *folderReader) note(p *problems) {
	if err := p.err(); err != nil {
		r.fail(err)
	}
}

func (r *folderReader) fail(err error) {
	if rugzak.CodeOf(err) == rugzak.CodeMalformed {
		r.malformed = true
	}
	for _, f := range fieldsOf(err) {
		if len(r.problems) < maxAllProblems {
			r.problems = append(r.problems, f)
		}
	}
}

func (r *folderReader) err() error {
	all := problems{list: r.problems, malformed: r.malformed}
	if len(all.list) == 0 {
		return nil
	}
	code := rugzak.CodeInvalid
	if all.malformed {
		code = rugzak.CodeMalformed
	}
	return &rugzak.Error{Code: code, Key: "exchange.refused", Fields: all.list}
}
