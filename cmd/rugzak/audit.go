// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rugzak/pkg/backpack"
	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) auditCommand() *cobra.Command {
	var since string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Show the audit log",
		Long: `Show who did what that touches access or privacy, newest first. Looking at the
log is itself written in it.

With --json it prints the records as they are stored, oldest first: people under
an alias, each line with a hash over all lines before it. "rugzak audit verify"
follows that chain, also in a file kept elsewhere.`,
		Example: `  rugzak audit --since 2026-03-01
  rugzak audit --json > audit.jsonl
  rugzak audit verify audit.jsonl`,
		Args: cobra.NoArgs,
	}
	addSettings(cmd, "data")
	cmd.Flags().StringVar(&since, "since", "", "only what happened on or after this day, as 2026-03-23")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the stored chain as JSON Lines")
	cmd.AddCommand(a.auditVerify())
	cmd.RunE = a.action(func(cmd *cobra.Command, _ []string) error {
		var from time.Time
		if since != "" {
			var err error
			if from, err = a.say.ParseDay(since); err != nil {
				return &rugzak.Error{Code: rugzak.CodeUsage, Key: "error.day", Err: err}
			}
		}
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			if asJSON {
				return c.AuditChain(ctx, a.stdout, from)
			}
			return a.tellAudit(ctx, c, from)
		})
	})
	return cmd
}

// tellAudit prints the log in words, as it comes.
func (a *app) tellAudit(ctx context.Context, c *control.Client, from time.Time) error {
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(c.Audit(ctx, w, from)) }() // the reader gets the error
	defer r.Close()
	dec := json.NewDecoder(bufio.NewReader(r))
	for {
		var l backpack.AuditLine
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		_, _ = fmt.Fprintln(a.stdout, a.auditWords(l))
	}
}

// auditWords is a line of the log for a terminal: number, time, act, who, and
// what about.
func (a *app) auditWords(l backpack.AuditLine) string {
	act := string(l.Verb)
	if key := "audit_act." + act; a.say.Has(key) {
		act = a.say.T(key)
	}
	words := []string{fmt.Sprintf("%6d", l.Number), l.At.Local().Format("2006-01-02 15:04:05"), act, a.auditParty(l.By)}
	if l.Subject.Kind != "" {
		words = append(words, "-> "+a.auditParty(l.Subject))
	}
	if more := strings.Join(append(strings.Fields(l.Detail), l.Names...), ", "); more != "" {
		words = append(words, "("+more+")")
	}
	return strings.Join(words, "  ")
}

func (a *app) auditParty(p backpack.AuditParty) string {
	if p.Name != "" {
		return p.Name + " (" + p.ID + ")"
	}
	return strings.TrimSuffix(p.Kind+" "+p.ID, " ")
}

func (a *app) auditVerify() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify [FILE]",
		Short: "Follow the chain of the audit log",
		Long: `Follow the chain of the audit log and say whether it is whole: that of the
store, or that of a file made with "rugzak audit --json". Ends with 1 when a
record was changed, taken out or put in.`,
		Args: cobra.MaximumNArgs(1),
	}
	addSettings(cmd, "data")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
				state, err := c.AuditState(ctx)
				if err != nil {
					return err
				}
				return a.tellChain(state)
			})
		}
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		state, err := rugzak.VerifyAuditLines(f)
		if err != nil {
			return err
		}
		if state.First > 1 {
			a.tell(a.say.T("cli.audit.cut", int(state.First)))
		}
		return a.tellChain(state)
	})
	return cmd
}

// tellChain says what a chain is like; one that is not whole ends with 1.
func (a *app) tellChain(state rugzak.AuditState) error {
	for _, line := range a.chainLines(state) {
		if !state.Whole() {
			a.warn(line)
			continue
		}
		a.tell(line)
	}
	if !state.Whole() {
		return errTold
	}
	return nil
}

func (a *app) chainLines(state rugzak.AuditState) []string {
	lines := []string{a.say.T("cli.audit.whole", a.say.Number(int(state.Records)))}
	if !state.Whole() {
		lines = []string{a.say.T("cli.audit.broken", int(state.Broken))}
	}
	if state.Head.Number > 0 {
		lines = append(lines, a.say.T("cli.audit.head", int(state.Head.Number), state.Head.Hash))
	}
	return lines
}
