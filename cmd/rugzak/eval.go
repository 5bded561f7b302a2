// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) evalCommand() *cobra.Command {
	var in evalRequest
	cmd := &cobra.Command{
		Use:   "eval --queries FILE",
		Short: "Measure whether questions find what they should",
		Long: `Measure how well a list of questions finds what it should: MRR@10, success@1,
success@10 and nDCG@10, for each category and over all.

With --as it asks your own backpack, as that person, and changes nothing. With
--docs it reads the documents of a file into a backpack for the occasion, asks
that one, and throws it away.

FILE holds a question on each line, as JSON: query, relevant (a list of ids of
entries, or their addresses, or ids of --docs), and if you like qid and category.
A spreadsheet saved as .csv does as well, with the same names over its columns,
or vraag and bijdrage. Documents are JSON Lines with id, lang, title and
body_markdown.

A line that cannot be used, and a relevant id that is not there, is told with its
line; the command then ends with 1.`,
		Example: `  rugzak eval --queries questions.csv --as a@example.test --missed --data /var/lib/rugzak
  rugzak eval --queries queries.jsonl --docs docs.jsonl --ranked ranked.jsonl --json`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd, "data")
	flags := cmd.Flags()
	flags.StringVar(&in.queries, "queries", "", "JSON Lines or .csv file with questions and what they should find (required)")
	flags.StringVar(&in.docs, "docs", "", "JSON Lines file with documents to ask, instead of the backpack")
	flags.StringVar(&in.as, "as", "", "e-mail address of the person who asks your own backpack")
	flags.StringVar(&in.ranked, "ranked", "", "write what each question finds to this file, best first, as JSON Lines")
	flags.BoolVar(&in.missed, "missed", false, "list the questions that find nothing of what they should")
	flags.BoolVar(&in.asJSON, "json", false, "answer in JSON")
	_ = cmd.MarkFlagRequired("queries") // fails for an unknown flag only
	cmd.MarkFlagsOneRequired("docs", "as")
	for _, other := range []string{"as", "data"} {
		cmd.MarkFlagsMutuallyExclusive("docs", other)
	}
	_ = cmd.MarkFlagFilename("queries", "jsonl", "ndjson", "csv", "tsv")
	_ = cmd.MarkFlagFilename("docs", "jsonl", "ndjson")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		in.entries = in.docs == ""
		queries, err := readQueries(in.queries, in.entries)
		if err != nil {
			return err
		}
		if in.docs != "" {
			return a.withDocuments(cmd.Context(), in.docs, func(ctx context.Context, d *fileBackpack) error {
				return a.eval(ctx, in, queries, d)
			})
		}
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			return a.eval(ctx, in, queries, &ownEntries{client: c, as: in.as})
		})
	})
	return cmd
}

// evalRequest is what the flags say.
type evalRequest struct {
	queries, docs, as, ranked string
	missed, asJSON            bool
	entries                   bool // relevant are entries of the backpack
}

// finder is what the questions are put to.
type finder interface {
	// find returns the ids of what a query finds, best first.
	find(ctx context.Context, query string) ([]string, error)
	// missing returns those of the ids that nobody could find.
	missing(ctx context.Context, ids []string) ([]string, error)
	// faults is the number of documents that were not taken.
	faults() int
}

// stageAsk is the stage of putting questions.
const stageAsk = "ask"

// eval puts all questions, and tells how well they do.
func (a *app) eval(ctx context.Context, in evalRequest, queries []evalQuery, f finder) error {
	ranked, err := newRankedFile(in.ranked)
	if err != nil {
		return err
	}
	unknown, err := a.tellMissing(ctx, in, queries, f)
	if err != nil {
		return cmp.Or(err, ranked.close())
	}
	answers, err := a.ask(ctx, queries, f, ranked)
	if err := cmp.Or(err, ranked.close()); err != nil {
		return err
	}
	result := resultOf(answers)
	if in.asJSON {
		err = a.printJSON(result)
	} else {
		err = a.printMeasured(result, answers, in.missed)
	}
	if err == nil && (unknown || f.faults() > 0) {
		err = errTold
	}
	return err
}

// tellMissing names the relevant ids that are not there: their questions
// cannot do well.
func (a *app) tellMissing(ctx context.Context, in evalRequest, queries []evalQuery, f finder) (some bool, err error) {
	var ids []string
	for _, q := range queries {
		ids = append(ids, q.Relevant...)
	}
	slices.Sort(ids)
	gone, err := f.missing(ctx, slices.Compact(ids))
	if err != nil || len(gone) == 0 {
		return false, err
	}
	key := "cli.eval.no_document"
	if in.entries {
		key = "cli.eval.no_entry"
	}
	for _, q := range queries {
		for _, id := range q.Relevant {
			if slices.Contains(gone, id) {
				a.warn(place(filepath.Base(in.queries), q.line) + ": " + a.say.T(key, id))
			}
		}
	}
	return true, nil
}

// evalAnswer is what one question found.
type evalAnswer struct {
	evalQuery
	ranked   []string
	measured rugzak.Measured
	took     time.Duration
}

func (a *app) ask(ctx context.Context, queries []evalQuery, f finder, ranked *rankedFile) ([]evalAnswer, error) {
	bar := a.bar(stageAsk)
	defer bar.done()
	var out []evalAnswer
	for i, q := range queries {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		start := time.Now()
		found, err := f.find(ctx, q.Query)
		if err != nil {
			return nil, err
		}
		out = append(out, evalAnswer{q, found, rugzak.MeasureRanking(found, q.Relevant), time.Since(start)})
		if err := ranked.add(q.QID, found); err != nil {
			return nil, err
		}
		bar.set(control.Progress{Stage: stageAsk, Done: i + 1, Total: len(queries)})
	}
	return out, nil
}

// rankedFile takes what each question found; without a path it takes nothing.
type rankedFile struct {
	file *os.File
	json *json.Encoder
}

func newRankedFile(path string) (*rankedFile, error) {
	if path == "" {
		return &rankedFile{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &rankedFile{file, json.NewEncoder(file)}, nil
}

func (r *rankedFile) add(qid string, ids []string) error {
	if r.file == nil {
		return nil
	}
	return r.json.Encode(struct {
		QID    string   `json:"qid"`
		Ranked []string `json:"ranked"`
	}{qid, append([]string{}, ids...)}) // an empty list is [], not null
}

func (r *rankedFile) close() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}
