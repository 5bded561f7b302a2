// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"iter"
	"slices"

	"rugzak/pkg/rugzak"
)

// PrivacyMode says what an import does with what may be personal data. In both
// modes everything that was found is listed in the lines of the report.
type PrivacyMode string

// The modes (DESIGN section 10).
const (
	// PrivacyStrict refuses a file with a number that may be a BSN and, when the
	// audience reaches across a border, one with anything that identifies a
	// person.
	PrivacyStrict PrivacyMode = "strict"
	// PrivacyReport refuses only numbers beside the word BSN, and takes bare
	// matches as declared by the importer.
	PrivacyReport PrivacyMode = "report"
)

// ImportOptions says under whose name an import comes in, and for whom. What
// the files themselves say of author and audience is not trusted.
type ImportOptions struct {
	Source       string // names where the ids come from, so that a second import updates
	Organisation rugzak.Organisation
	Author       rugzak.Person // may be empty: the entries then show the organisation only
	Audience     rugzak.Audience
	// ConfirmPartners says that partners in the audience are meant.
	ConfirmPartners bool
	Privacy         PrivacyMode
}

// Outcome of one file of an import.
const (
	ImportAdded     = "added"
	ImportUpdated   = "updated"
	ImportUnchanged = "unchanged"
	ImportRefused   = "refused"
)

// ImportLine tells what became of one file.
type ImportLine struct {
	Place   string
	Line    int
	ID      rugzak.EntryID
	Outcome string
	Err     error    // why it was refused
	Ignored []string // fields that were there and were not used
	// Declared counts the numbers that were taken as declared by the importer.
	Declared int
	// Found is what may be personal data, without the text itself. Of very many
	// findings the first are listed.
	Found []ImportFinding
}

// ImportFinding is one place to look at.
type ImportFinding struct {
	Field string
	Line  int // in the field; 1 is the first
	Class rugzak.FindingClass
}

// ImportSummary counts what became of the files.
type ImportSummary struct {
	Added, Updated, Unchanged, Refused, Declared int
	// Noticed counts the files in which something was found.
	Noticed int
}

// Import takes entries from files. A bad file is reported and never takes a
// good one with it. Importing the same ids again updates. report is called for
// each file, in order. Relations are made when everything is in.
func (s *Service) Import(ctx context.Context, by rugzak.Person, o ImportOptions, items iter.Seq[rugzak.Incoming], report func(ImportLine)) (ImportSummary, error) {
	if !rugzak.CanAdminister(by) {
		return ImportSummary{}, rugzak.Forbidden("error.administrators_only")
	}
	run := importRun{Service: s, options: o, report: report}
	if err := run.check(ctx); err != nil {
		return ImportSummary{}, err
	}
	if err := s.auditImport(ctx, by, o); err != nil {
		return ImportSummary{}, err
	}
	var batch []importItem
	for in := range items {
		if err := ctx.Err(); err != nil {
			return run.sum, err
		}
		batch = append(batch, run.judge(ctx, in))
		if len(batch) == importBatch {
			if err := run.write(ctx, batch); err != nil {
				return run.sum, err
			}
			batch = nil
		}
	}
	if err := run.write(ctx, batch); err != nil {
		return run.sum, err
	}
	return run.sum, run.relate(ctx)
}

// check looks at the options once, before the first file, and at the settings
// that matter to every file.
func (run *importRun) check(ctx context.Context) error {
	o := run.options
	var p rugzak.Problems
	if o.Organisation.ID == "" {
		p.Add("organisation", "error.required")
	}
	if o.Author.ID != "" && o.Author.Organisation != o.Organisation.ID {
		p.Add("author", "error.author_elsewhere")
	}
	if o.Source == "" || len(o.Source) > rugzak.MaxSource {
		p.Add("source", "error.external")
	}
	if o.Privacy != PrivacyStrict && o.Privacy != PrivacyReport {
		p.Add("privacy", "error.choose")
	}
	if err := p.Err(); err != nil {
		return err
	}
	probe := rugzak.Entry{
		Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "x", Body: "x", Mode: rugzak.ByName,
		Organisation: o.Organisation.ID, OrganisationKind: o.Organisation.Kind, Team: o.Author.Team, Audience: o.Audience,
	}
	if err := probe.Validate(); err != nil {
		return err
	}
	return run.view(ctx, "check audience", func(r rugzak.Reader) (err error) {
		known, err := knownTo(r)
		if err != nil {
			return err
		}
		run.inspect = run.Screener.Inspector(known)
		probe.State = rugzak.StateShared
		if run.crosses, err = crosses(r, probe); err != nil {
			return err
		}
		if err := confirmImport(r, probe, o.ConfirmPartners); err != nil {
			return err
		}
		for _, id := range o.Audience.Also {
			if id == rugzak.WholeMunicipality {
				continue
			}
			if _, err := r.Organisation(id); isMissing(err) {
				return &rugzak.Error{Code: rugzak.CodeNotFound, Key: "error.organisation_unknown", Args: []any{string(id)}}
			} else if err != nil {
				return err
			}
		}
		return nil
	})
}

type importRun struct {
	*Service
	options ImportOptions
	report  func(ImportLine)
	sum     ImportSummary
	inspect func(text string) []rugzak.Finding
	crosses bool // the audience reaches an organisation across a border
	// related are the entries whose relations wait until all are in.
	related []importItem
}

type importItem struct {
	rugzak.Incoming
	declared int
	found    []ImportFinding
}

// judge checks a file by everything that needs no transaction.
func (run *importRun) judge(ctx context.Context, in rugzak.Incoming) importItem {
	it := importItem{Incoming: in}
	if it.Err != nil {
		return it
	}
	e := &it.Entry
	if a := e.Application; a != nil && a.Tell { // its writer alone may say that
		e.Application = &rugzak.ApplicationData{Lesson: a.Lesson, Outcome: a.Outcome}
		it.Ignored = append(it.Ignored, "tell")
	}
	if it.Author != "" {
		it.Ignored = append(it.Ignored, "author")
	}
	if it.Audience != "" {
		it.Ignored = append(it.Ignored, "audience")
	}
	if e.Kind == "" {
		e.Kind = rugzak.KindExperience
	}
	if !e.Lang.Valid() {
		e.Lang = rugzak.Dutch
	}
	e.External.Source = run.options.Source
	e.Mode = rugzak.ByName
	e.Organisation, e.OrganisationKind, e.Team = run.options.Organisation.ID, run.options.Organisation.Kind, run.options.Author.Team
	e.Audience = run.options.Audience.Clean(e.Organisation)
	if run.options.Author.ID != "" {
		e.Authors = []rugzak.PersonID{run.options.Author.ID}
	}
	input := run.InputOf(*e).clean()
	input.NotBSN = nil
	texts := append(input.texts(), field{"id", e.External.ID})
	if run.options.Privacy == PrivacyReport {
		for _, f := range run.screen(texts, nil) { // numbers only
			if f.Declarable && !slices.Contains(input.NotBSN, f.Number) {
				input.NotBSN = append(input.NotBSN, f.Number)
				it.declared++
			}
		}
	}
	found := placeFindings(texts, input.NotBSN, run.inspect)
	for _, f := range found[:min(len(found), maxShown)] {
		it.found = append(it.found, ImportFinding{Field: f.Field, Line: f.Line, Class: f.Class})
	}
	if _, it.Err = block(found); it.Err != nil {
		return it
	}
	if run.crosses && run.options.Privacy == PrivacyStrict {
		if it.Err = refusePartners(found); it.Err != nil {
			return it
		}
	}
	input.fill(e)
	if _, err := run.Renderer.Plain(ctx, e.Body); err != nil {
		it.Err = asBodyProblem(err)
	}
	return it
}
