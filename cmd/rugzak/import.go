// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rugzak/pkg/backpack"
	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) importCommand() *cobra.Command {
	var in control.ImportRequest
	var privacy string
	var asJSON bool
	var reportTo string
	cmd := &cobra.Command{
		Use:   "import PATH",
		Short: "Read entries from files",
		Long: `Read entries from a folder or a .zip of Markdown files with YAML front matter,
or from a .jsonl file with the fields id, lang, title and body_markdown.

A file that cannot be taken is told with its line and the reason, and the others
go on; the command then ends with 1. Importing the same ids from the same
source again updates what is there. Author and audience come from the flags,
not from the files.

--whole reads an export of Rugzak into an empty backpack, all or nothing.`,
		Example: `  rugzak import notes/ --organisation Jeugd --author a@example.test
  rugzak import docs.jsonl --organisation wmo --audience internal --privacy report
  rugzak import export.zip --whole --data new/`,
		Args: cobra.ExactArgs(1),
	}
	addSettings(cmd, "data")
	flags := cmd.Flags()
	flags.StringVar(&in.Organisation, "organisation", "", "organisation the entries are of, by name or id (required without --whole)")
	flags.StringVar(&in.Audience, "audience", "organisation", "who may read them: team, organisation or internal, with +NAME,... for organisations on top")
	flags.StringVar(&in.Author, "author", "", "e-mail address of the author; without it only the organisation shows")
	flags.StringVar(&in.Source, "source", "", "name of where the ids come from (default: the name of the file)")
	flags.StringVar(&privacy, "privacy", string(backpack.PrivacyStrict), "strict: refuse files with numbers that may be a BSN and, for partners, with anything that identifies a person; report: list all of it, and refuse only numbers beside the word BSN")
	flags.StringVar(&reportTo, "report", "", "write where personal data may stand to this file, without the text: .csv, or JSON Lines")
	flags.BoolVar(&in.ConfirmPartners, "confirm-partners", false, "yes, the entries may be read by the partners in --audience")
	flags.BoolVar(&in.Whole, "whole", false, "read a whole export into an empty backpack")
	flags.BoolVar(&asJSON, "json", false, "answer in JSON, a line per file that needs attention and one for the sum")
	cmd.MarkFlagsMutuallyExclusive("whole", "organisation")
	cmd.MarkFlagsMutuallyExclusive("whole", "audience")
	cmd.MarkFlagsMutuallyExclusive("whole", "author")
	cmd.MarkFlagsMutuallyExclusive("whole", "source")
	cmd.MarkFlagsMutuallyExclusive("whole", "privacy")
	cmd.MarkFlagsMutuallyExclusive("whole", "report")
	cmd.MarkFlagsMutuallyExclusive("whole", "confirm-partners")
	cmd.MarkFlagsOneRequired("whole", "organisation")
	a.completeOrganisations(cmd, "organisation")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		in.Privacy = backpack.PrivacyMode(privacy)
		in.Name = filepath.Base(args[0])
		if in.Source == "" {
			in.Source = sourceOf(args[0])
		}
		files, err := openImport(args[0], &in)
		if err != nil {
			return err
		}
		defer files.Close()
		report, err := newPrivacyReport(reportTo)
		if err != nil {
			return err
		}
		err = a.withClient(cmd, writes, func(ctx context.Context, c *control.Client) error {
			return a.importFiles(ctx, c, in, files, asJSON, report)
		})
		if unwritten := report.close(); unwritten != nil {
			err = errors.Join(err, unwritten)
		}
		return err
	})
	return cmd
}

// sourceOf makes the name of a source of that of a file.
func sourceOf(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	base := filepath.Base(path)
	if s := rugzak.Slug(strings.TrimSuffix(base, filepath.Ext(base))); s != "" {
		return s
	}
	return "import"
}

// openImport opens what is to be sent, and says in which form that is.
func openImport(path string, in *control.ImportRequest) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	ext := strings.ToLower(filepath.Ext(path))
	switch {
	case info.IsDir():
		in.Format = control.FormatZip
		return zipFolder(path, in.Whole)
	case ext == ".zip":
		in.Format = control.FormatZip
	case (ext == ".jsonl" || ext == ".ndjson") && !in.Whole:
		in.Format = control.FormatLines
	default:
		return nil, usage("cli.error.import_form", path)
	}
	return os.Open(path)
}

func (a *app) importFiles(ctx context.Context, c *control.Client, in control.ImportRequest, files io.Reader, asJSON bool, report *privacyReport) error {
	bar := a.bar(control.StageWrite)
	blocked := false // by a number that the importer may declare
	lines := json.NewEncoder(a.stdout)
	lines.SetEscapeHTML(false)
	sum, err := c.Import(ctx, in, files, func(e control.Event) {
		switch {
		case e.Progress != nil:
			bar.set(*e.Progress)
			return
		case e.File == nil:
			return
		}
		report.add(*e.File)
		switch {
		case asJSON:
			_ = lines.Encode(e.File)
		default:
			bar.done()
			a.printFile(*e.File)
		}
		blocked = blocked || hasKey(e.File.Err(), keyBareNumber)
	})
	bar.done()
	if err != nil {
		return err
	}
	switch {
	case asJSON:
		err = lines.Encode(sum)
	case in.Whole:
		a.tell(a.say.N("cli.import.whole", sum.Entries))
	default:
		a.tell(a.say.T("cli.import.sum", a.say.Number(sum.Added), a.say.Number(sum.Updated), a.say.Number(sum.Unchanged), a.say.Number(sum.Refused)))
		if sum.Noticed > 0 {
			a.tell(a.say.N("cli.import.noticed_sum", sum.Noticed))
		}
		if sum.Declared > 0 {
			a.tell(a.say.N("cli.import.declared", sum.Declared))
		}
	}
	if blocked && !asJSON {
		a.warn(a.say.T("cli.import.hint_privacy"))
	}
	if err == nil && sum.Refused > 0 {
		err = errTold
	}
	return err
}

// printFile says what is to be said of one file: why it was refused, what in it
// was not used.
func (a *app) printFile(f control.File) {
	if err := f.Err(); err != nil {
		for _, line := range a.sentences(atPlace(f, err)) {
			a.warn(line)
		}
		return
	}
	if a.quiet {
		return
	}
	if len(f.Ignored) > 0 {
		a.warn(place(f.Place, 0) + ": " + a.say.T("cli.import.ignored", strings.Join(f.Ignored, ", ")))
	}
	if f.Declared > 0 {
		a.warn(place(f.Place, f.Line) + ": " + a.say.N("cli.import.declared", f.Declared))
	}
	if len(f.Findings) > 0 {
		a.warn(place(f.Place, f.Line) + ": " + a.noticed(f))
	}
	if len(f.Ignored) == 0 && f.Declared == 0 && len(f.Findings) == 0 {
		a.warn(fmt.Sprintf("%s: %s", place(f.Place, f.Line), f.Outcome))
	}
}

// keyBareNumber is the sentence about a number that may be a BSN.
const keyBareNumber = "privacy.bsn"

func hasKey(err error, key string) bool {
	e, ok := errors.AsType[*rugzak.Error](err)
	return ok && slices.ContainsFunc(e.Fields, func(f rugzak.FieldError) bool { return f.Key == key })
}

// atPlace says of every field in which file it stands.
func atPlace(f control.File, err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return err
	}
	moved := *e
	moved.Fields = slices.Clone(e.Fields)
	if len(moved.Fields) == 0 {
		moved.Fields = []rugzak.FieldError{{Key: e.Key, Args: e.Args}}
	}
	for i, field := range moved.Fields {
		if field.Place == "" {
			moved.Fields[i].Place, moved.Fields[i].Line = f.Place, f.Line
		}
	}
	return &moved
}
