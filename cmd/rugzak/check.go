// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rugzak/pkg/config"
	"rugzak/pkg/control"
)

// finding is one thing that is wrong, and what to do about it.
type finding struct {
	Wrong string `json:"wrong"`
	Do    string `json:"do"`
}

// checkAnswer is what check --json prints.
type checkAnswer struct {
	Settings []config.Setting     `json:"settings"`
	Findings []finding            `json:"findings"`
	Sizes    *control.CheckResult `json:"sizes,omitempty"`
}

func (a *app) checkCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong and what to do",
		Long: `Read the whole store, compare it with the search index, read what is attached,
and look at the settings.
Every finding comes with what to do about it. Ends with 1 when there are any.`,
		Example: `  rugzak check --data /var/lib/rugzak
  rugzak check --json`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "answer in JSON")
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		answer := checkAnswer{Findings: []finding{}}
		conf, err := a.settings(cmd)
		if problems, ok := errors.AsType[config.Problems](err); ok {
			for _, p := range problems {
				answer.Findings = append(answer.Findings, finding{Wrong: p.Source + ": " + p.Field + ": " + p.Wrong, Do: p.Remedy})
			}
			return a.printCheck(answer, asJSON)
		}
		if err != nil {
			return err
		}
		answer.Settings = conf.Describe()
		if err := a.checkTheme(conf, &answer); err != nil {
			return err
		}
		a.checkData(cmd.Context(), conf, &answer)
		return a.printCheck(answer, asJSON)
	})
	return cmd
}

func (a *app) checkData(ctx context.Context, conf config.Config, answer *checkAnswer) {
	add := func(wrong, do string) { answer.Findings = append(answer.Findings, finding{wrong, do}) }
	if loose(conf.DataDir) {
		add(a.say.T("cli.check.loose", conf.DataDir), a.say.T("cli.check.loose.do", conf.DataDir))
	}
	bar := a.bar(control.StageCheck)
	err := a.withStore(ctx, conf, reads, func(ctx context.Context, c *control.Client) error {
		sizes, err := c.Check(ctx, func(e control.Event) {
			if e.Progress != nil {
				bar.set(*e.Progress)
			}
			if p := e.Problem; p != nil {
				wrong := a.say.T(p.Key, p.Args...)
				if p.Detail != "" {
					wrong += ": " + p.Detail
				}
				add(wrong, a.say.T(p.Key+".do"))
			}
		})
		if err == nil {
			answer.Sizes = &sizes
		}
		return err
	})
	bar.done()
	if err != nil {
		for _, line := range a.sentences(err) {
			add(line, a.say.T("cli.check.failed.do"))
		}
		if a.verbose {
			a.warn(a.say.T("cli.error.detail", err.Error()))
		}
	}
}

// checkTheme looks at the house style, without the data.
func (a *app) checkTheme(conf config.Config, answer *checkAnswer) error {
	_, problems, err := readTheme(conf)
	for _, p := range problems {
		answer.Findings = append(answer.Findings, themeFinding(a.say, p))
	}
	return err
}

func (a *app) printCheck(answer checkAnswer, asJSON bool) error {
	var err error
	if asJSON {
		err = a.printJSON(answer)
	} else {
		err = a.tellCheck(answer)
	}
	if err == nil && len(answer.Findings) > 0 {
		err = errTold
	}
	return err
}

func (a *app) tellCheck(answer checkAnswer) error {
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	if !a.quiet && len(answer.Settings) > 0 {
		_, _ = fmt.Fprintln(w, a.say.T("cli.check.settings"))
		for _, s := range answer.Settings {
			_, _ = fmt.Fprintf(w, "  %s\t%s\t(%s)\n", s.Name, s.Value, s.Source)
		}
		_, _ = fmt.Fprintln(w)
	}
	if s := answer.Sizes; s != nil && !a.quiet {
		const mega = 1 << 20
		_, _ = fmt.Fprintln(w, a.say.T("cli.check.sizes", a.say.Number(s.Entries), a.say.Number(int(s.StoreSize/mega)), a.say.Number(s.Documents), a.say.Number(int(s.IndexSize/mega))))
		_, _ = fmt.Fprintln(w, a.say.T("cli.check.files", a.say.Number(s.Files), a.say.Number(int(s.FilesSize/mega))))
		if m := s.Meaning; m != nil && m.Dimensions > 0 {
			_, _ = fmt.Fprintln(w, a.say.T("cli.check.meaning", m.Model, m.Dimensions, a.say.Number(m.Entries), a.say.Number(int(m.Size/mega))))
			if m.Behind {
				_, _ = fmt.Fprintln(w, a.say.T("cli.check.meaning_behind"))
			}
		}
		for _, line := range a.chainLines(s.Audit) {
			_, _ = fmt.Fprintln(w, line)
		}
	}
	for _, f := range answer.Findings {
		_, _ = fmt.Fprintf(w, "\n%s\n  %s\n", f.Wrong, f.Do)
	}
	if len(answer.Findings) == 0 && !a.quiet {
		_, _ = fmt.Fprintln(w, a.say.T("cli.check.fine"))
	}
	return w.Flush()
}
