// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/config"
	"rugzak/pkg/control"
	"rugzak/pkg/exchange"
	"rugzak/pkg/rugzak"
)

// ownEntries puts questions to a backpack that is there, as one person.
type ownEntries struct {
	client *control.Client
	as     string
}

func (o *ownEntries) find(ctx context.Context, query string) ([]string, error) {
	found, err := o.client.Search(ctx, control.SearchRequest{As: o.as, Query: query, Limit: rugzak.MeasuredHits, Plain: true})
	var ids []string
	for _, h := range found.Hits {
		ids = append(ids, string(h.ID))
	}
	return ids, err
}

func (o *ownEntries) missing(ctx context.Context, ids []string) ([]string, error) {
	const atOnce = 1000
	var out []string
	for part := range slices.Chunk(ids, atOnce) {
		answer, err := o.client.Missing(ctx, control.MissingRequest{As: o.as, Entries: part})
		if err != nil {
			return nil, err
		}
		out = append(out, answer.Missing...)
	}
	return out, nil
}

func (o *ownEntries) faults() int { return 0 }

// fileBackpack holds the texts of a file, in a backpack for the occasion.
type fileBackpack struct {
	service *backpack.Service
	reader  rugzak.Person
	ids     map[rugzak.EntryID]string // as they are in the file
	known   map[string]bool
	refused int
}

// withDocuments posts the documents of a file into a backpack in a folder that
// is gone at the end, also of a run that is broken off.
func (a *app) withDocuments(ctx context.Context, file string, fn func(context.Context, *fileBackpack) error) (err error) {
	data, err := os.Open(file)
	if err != nil {
		return err
	}
	defer data.Close()
	dir, err := os.MkdirTemp("", "rugzak-eval-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	conf, err := config.Load(config.Input{
		Flags: map[string]string{"data": filepath.Join(dir, "data")}, Env: func(string) (string, bool) { return "", false }, ReadFile: os.ReadFile,
	})
	if err != nil {
		return err
	}
	p, err := open(conf, a.catalogue, a.clock, a.commandLog())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }() // before the folder goes
	if err := shipTerms(ctx, p.service); err != nil {    // as in every new backpack
		return err
	}
	d := &fileBackpack{service: p.service, ids: map[rugzak.EntryID]string{}, known: map[string]bool{}}
	if err := d.load(ctx, a, data); err != nil {
		return err
	}
	return fn(ctx, d)
}

// load posts the documents the way an import does, and waits for the index.
func (d *fileBackpack) load(ctx context.Context, a *app, data *os.File) error {
	start := time.Now()
	total, err := countLines(data)
	if err != nil {
		return err
	}
	const name = "eval"
	by := backpack.Operator()
	o, err := d.service.SaveOrganisation(ctx, by, "", 0, backpack.OrganisationInput{Name: name, Kind: rugzak.Department})
	if err != nil {
		return err
	}
	d.reader, err = d.service.SavePerson(ctx, by, "", 0, backpack.PersonInput{
		Name: name, Email: name + "@" + name + ".invalid", Organisation: o.ID, Roles: []rugzak.Role{rugzak.RoleParticipant},
	})
	if err != nil {
		return err
	}
	bar := a.bar(control.StageWrite)
	defer bar.done()
	var lines []string // by line number
	items := func() iter.Seq[rugzak.Incoming] {
		return func(yield func(rugzak.Incoming) bool) {
			for in := range exchange.JSONLines(data, filepath.Base(data.Name()), name) {
				lines = append(lines, make([]string, max(0, in.Line+1-len(lines)))...)
				lines[in.Line] = in.Entry.External.ID
				bar.set(control.Progress{Stage: control.StageWrite, Done: in.Line, Total: max(total, in.Line)})
				if !yield(in) {
					return
				}
			}
		}
	}
	options := backpack.ImportOptions{
		Source: name, Organisation: o, Audience: rugzak.Audience{Level: rugzak.LevelInternal}, Privacy: backpack.PrivacyReport,
	}
	sum, err := d.service.Import(ctx, by, options, items(), func(l backpack.ImportLine) {
		if l.Err == nil {
			d.ids[l.ID], d.known[lines[l.Line]] = lines[l.Line], true
			return
		}
		bar.done()
		for _, line := range a.sentences(atPlace(control.File{Place: l.Place, Line: l.Line}, l.Err)) {
			a.warn(line)
		}
	})
	if err != nil {
		return err
	}
	d.refused = sum.Refused
	err = d.service.Reindex(ctx, func(done, _ int) {
		bar.set(control.Progress{Stage: control.StageIndex, Done: done, Total: len(d.known)})
	})
	if err != nil {
		return err
	}
	bar.done()
	a.note(a.say.T("cli.eval.loaded", a.say.Number(len(d.known)), seconds(time.Since(start))))
	return nil
}

func (d *fileBackpack) find(ctx context.Context, query string) ([]string, error) {
	found, err := d.service.Search(ctx, d.reader, backpack.Asked{Query: query, Size: rugzak.MeasuredHits, Plain: true})
	var ids []string
	for _, h := range found.Hits {
		ids = append(ids, d.ids[h.ID])
	}
	return ids, err
}

func (d *fileBackpack) missing(_ context.Context, ids []string) ([]string, error) {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return d.known[id] }), nil
}

func (d *fileBackpack) faults() int { return d.refused }

// countLines counts the lines of a file and goes back to its beginning.
func countLines(f *os.File) (int, error) {
	buf := make([]byte, 64<<10)
	for n := 0; ; {
		got, err := f.Read(buf)
		n += bytes.Count(buf[:got], []byte{'\n'})
		if errors.Is(err, io.EOF) {
			_, err = f.Seek(0, io.SeekStart)
			return n, err
		}
		if err != nil {
			return 0, err
		}
	}
}
