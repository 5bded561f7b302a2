// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// options says what to compare.
type options struct {
	docs, queries          string
	sizes                  []int
	engines                []string
	rounds, perRound       int
	posts                  int
	rewrites, rewriteBelow int
	rewriteAll             bool
	dir                    string
	json, markdown, svg    string
	report                 string
}

func main() {
	if os.Getenv(childEnv) != "" {
		os.Exit(childMain())
	}
	o, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(0)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := compare(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		stop()
		os.Exit(1)
	}
}

func parse(args []string) (options, error) {
	var o options
	var sizes, engines string
	f := flag.NewFlagSet("compare", flag.ContinueOnError)
	f.StringVar(&o.docs, "docs", "", "texts to find, JSON lines with id, lang, title and body_markdown")
	f.StringVar(&o.queries, "queries", "", "queries with known answers, JSON lines with qid, category, query and relevant")
	f.StringVar(&sizes, "size", "", "how many generated texts: one or more numbers, with commas")
	f.StringVar(&engines, "engines", strings.Join([]string{engineRugzak, engineBleve, enginePostgres, engineSQLite}, ","), "engines to compare, with commas")
	f.IntVar(&o.rounds, "rounds", 5, "rounds of queries; medians of the rounds are reported")
	f.IntVar(&o.perRound, "per-round", 0, "queries of a round (default 200, 100 from 50,000 texts, 30 from 300,000)")
	f.IntVar(&o.posts, "posts", 40, "texts posted in each round while two clients search")
	f.IntVar(&o.rewrites, "rewrites", 5, "how often everything is written anew to see what that does to the size")
	f.IntVar(&o.rewriteBelow, "rewrite-up-to", 100_000, "with more texts than this nothing is written anew, as it takes long")
	f.BoolVar(&o.rewriteAll, "rewrite-all", false, "write everything anew in all engines, not in Rugzak only")
	f.StringVar(&o.dir, "dir", os.TempDir(), "where the engines keep their files during the run")
	f.StringVar(&o.json, "json", "", "write the results to this file, as JSON lines")
	f.StringVar(&o.markdown, "markdown", "", "write the tables to this file (default: print them)")
	f.StringVar(&o.svg, "svg", "", "write the plots to this folder")
	f.StringVar(&o.report, "report", "", "measure nothing: make tables and plots of these earlier results, with commas")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("what is %q", f.Arg(0))
	}
	o.engines = strings.Split(engines, ",")
	for _, e := range o.engines {
		if !slices.Contains([]string{engineRugzak, engineBleve, enginePostgres, engineSQLite}, e) {
			return o, fmt.Errorf("there is no engine %q", e)
		}
	}
	for s := range strings.SplitSeq(sizes, ",") {
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 10 {
			return o, fmt.Errorf("-size: %q is no number of texts", s)
		}
		o.sizes = append(o.sizes, n)
	}
	switch {
	case (o.docs == "") != (o.queries == ""):
		return o, errors.New("-docs and -queries belong together")
	case o.docs == "" && len(o.sizes) == 0 && o.report == "":
		return o, errors.New("give -docs and -queries, or -size, or -report")
	case o.rounds < 1 || o.posts < 0 || o.rewrites < 0:
		return o, errors.New("-rounds, -posts and -rewrites count upwards")
	}
	return o, nil
}

// compare measures what was asked for and writes what came out. What was
// measured before something failed is written all the same.
func compare(ctx context.Context, o options) (err error) {
	var results []record
	if o.report != "" {
		for file := range strings.SplitSeq(o.report, ",") {
			part, err := readLines[record](file)
			if err != nil {
				return err
			}
			results = append(results, part...)
		}
		return write(o, results)
	}
	out, err := openResults(o.json)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if o.docs != "" {
		set, err := readCorpus(o.docs, o.queries)
		if err != nil {
			return err
		}
		if set.source, err = absolute(o.docs, o.queries); err != nil {
			return err
		}
		if err := measure(ctx, o, set, &results, out); err != nil {
			return errors.Join(err, write(o, results))
		}
	}
	for _, size := range o.sizes {
		if err := measure(ctx, o, generated(size), &results, out); err != nil {
			return errors.Join(err, write(o, results))
		}
	}
	return write(o, results)
}

func absolute(docs, queries string) ([2]string, error) {
	d, err := filepath.Abs(docs)
	if err != nil {
		return [2]string{}, err
	}
	q, err := filepath.Abs(queries)
	return [2]string{d, q}, err
}

// write makes tables and plots of results.
func write(o options, results []record) error {
	text := tables(results)
	if o.markdown == "" {
		fmt.Print(text)
	} else if err := os.WriteFile(o.markdown, []byte(text), 0o644); err != nil {
		return err
	}
	if o.svg == "" {
		return nil
	}
	return plots(o.svg, results)
}
