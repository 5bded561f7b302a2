// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package control

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"

	"rugzak/pkg/backpack"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// The forms in which files are sent.
const (
	FormatZip   = "zip"
	FormatLines = "jsonl"
)

// ImportRequest says what comes with the files of an import.
type ImportRequest struct {
	Format       string               `json:"format"`
	Name         string               `json:"name"` // of the file, for messages
	Whole        bool                 `json:"whole,omitempty"`
	Source       string               `json:"source,omitempty"`
	Organisation string               `json:"organisation,omitempty"` // name or id
	Audience     string               `json:"audience,omitempty"`     // LEVEL[+NAME,...]
	Author       string               `json:"author,omitempty"`       // e-mail address
	Privacy      backpack.PrivacyMode `json:"privacy,omitempty"`
	// ConfirmPartners says that partners in the audience are meant.
	ConfirmPartners bool `json:"confirm_partners,omitempty"`
}

// File tells what became of one file of an import.
type File struct {
	Place    string         `json:"place"`
	Line     int            `json:"line,omitempty"`
	ID       rugzak.EntryID `json:"id,omitempty"`
	Outcome  string         `json:"outcome"`
	Ignored  []string       `json:"ignored,omitempty"`
	Declared int            `json:"declared,omitempty"`
	Findings []Finding      `json:"findings,omitempty"`
	Failure  *failure       `json:"failure,omitempty"`
}

// Finding is a place in a file with what may be personal data; the text itself
// is not told.
type Finding struct {
	Field string              `json:"field"`
	Line  int                 `json:"line"` // in the field
	Class rugzak.FindingClass `json:"class"`
}

func findingsOf(found []backpack.ImportFinding) []Finding {
	var out []Finding
	for _, f := range found {
		out = append(out, Finding(f))
	}
	return out
}

// Err says why a file was refused.
func (f File) Err() error { return f.Failure.err() }

// ImportResult counts what became of the files. Entries is set for a whole
// import, the others for any other.
type ImportResult struct {
	Entries   int `json:"entries,omitempty"`
	Added     int `json:"added"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
	Declared  int `json:"declared"`
	Noticed   int `json:"noticed,omitempty"` // files in which something was found
}

// maxZipNames is what the list of names of a zip may take besides its files.
const maxZipNames = 64 << 20

func limitsOf(whole bool) exchange.Limits {
	if whole {
		return exchange.WholeExport()
	}
	return exchange.HandedOver()
}

func (s *Server) importing(r *http.Request, e *events) (any, error) {
	var in ImportRequest
	if err := json.Unmarshal([]byte(r.URL.Query().Get("request")), &in); err != nil {
		return nil, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "cli.error.protocol", Err: err}
	}
	limits := limitsOf(in.Whole)
	if in.Format == FormatZip && in.Whole {
		return s.importWhole(r, e, limits)
	}
	options, err := s.importOptions(r.Context(), in)
	if err != nil {
		return nil, err
	}
	defer s.Service.HoldFile()()
	f, err := newSpool(s.Dir, r.Body, limits.Total+maxZipNames)
	if err != nil {
		return nil, err
	}
	defer f.remove()
	var items iter.Seq[rugzak.Incoming]
	total := f.lines
	switch in.Format {
	case FormatZip:
		source, err := exchange.Zip(f, f.size, limits)
		if err != nil {
			return nil, err
		}
		defer source.Close()
		items, total = source.Documents(in.Source), source.Len()
	case FormatLines:
		items = exchange.JSONLines(io.LimitReader(f, limits.Total), in.Name, in.Source)
	default:
		return nil, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "cli.error.protocol"}
	}
	return s.importFiles(r.Context(), e, options, items, total)
}

// importOptions looks up what a request names.
func (s *Server) importOptions(ctx context.Context, in ImportRequest) (backpack.ImportOptions, error) {
	o := backpack.ImportOptions{Source: in.Source, Privacy: in.Privacy, ConfirmPartners: in.ConfirmPartners}
	var err error
	if o.Audience, err = rugzak.ParseAudience(in.Audience); err != nil {
		return o, atField("audience", err)
	}
	if in.Organisation != "" {
		if o.Organisation, err = s.Service.OrganisationNamed(ctx, s.by, in.Organisation); err != nil {
			return o, atField("organisation", err)
		}
	}
	for i, name := range o.Audience.Also {
		if name == rugzak.WholeMunicipality {
			continue
		}
		named, err := s.Service.OrganisationNamed(ctx, s.by, string(name))
		if err != nil {
			return o, atField("audience", err)
		}
		o.Audience.Also[i] = named.ID
	}
	if in.Author != "" {
		if o.Author, err = s.Service.PersonByEmail(ctx, s.by, in.Author); err != nil {
			return o, atField("author", err)
		}
	}
	return o, nil
}

// atField says with which flag an error belongs.
func atField(field string, err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok || len(e.Fields) > 0 || e.Code == rugzak.CodeInternal {
		return err
	}
	return &rugzak.Error{Code: e.Code, Key: "error.check_form", Fields: []rugzak.FieldError{{Field: field, Key: e.Key, Args: e.Args}}, Err: e.Err}
}

func (s *Server) importFiles(ctx context.Context, e *events, o backpack.ImportOptions, items iter.Seq[rugzak.Incoming], total int) (any, error) {
	done := 0
	counted := func(yield func(rugzak.Incoming) bool) {
		for in := range items {
			done++
			e.progress(StageWrite, done, max(total, done+1))
			if !yield(in) {
				return
			}
		}
	}
	sum, err := s.Service.Import(ctx, s.by, o, counted, func(l backpack.ImportLine) {
		if l.Err != nil || len(l.Ignored) > 0 || l.Declared > 0 || len(l.Found) > 0 {
			e.send(Event{File: &File{
				Place: l.Place, Line: l.Line, ID: l.ID, Outcome: l.Outcome, Ignored: l.Ignored, Declared: l.Declared, Findings: findingsOf(l.Found), Failure: failureOf(l.Err),
			}})
		}
	})
	if err != nil {
		return nil, err
	}
	return ImportResult{Added: sum.Added, Updated: sum.Updated, Unchanged: sum.Unchanged, Refused: sum.Refused, Declared: sum.Declared, Noticed: sum.Noticed}, nil
}
