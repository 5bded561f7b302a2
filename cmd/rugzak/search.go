// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

func (a *app) searchCommand() *cobra.Command {
	var in control.SearchRequest
	var asJSON bool
	var kinds, organisations, themes, phases, years, languages []string
	cmd := &cobra.Command{
		Use:   "search --as EMAIL QUERY...",
		Short: "Show what a person would find",
		Long: `Show exactly what a person would find: no more and no less.

A query holds words, "a phrase", -without, begin*, titel:, thema: and van:.
Without words it lists everything, newest first. Typing errors in words that
stand nowhere are repaired, and that is told; --literal takes them as they are.`,
		Example: `  rugzak search --as a@example.test 'keukentafelgesprek -jeugd'
  rugzak search --as a@example.test --json --kind question wachtlijst`,
		Args: cobra.ArbitraryArgs,
	}
	addSettings(cmd, "data")
	flags := cmd.Flags()
	flags.StringVar(&in.As, "as", "", "e-mail address of the person (required)")
	flags.BoolVar(&asJSON, "json", false, "answer in JSON")
	flags.IntVar(&in.Limit, "limit", 10, "number of hits")
	flags.BoolVar(&in.Newest, "newest", false, "newest first instead of best first")
	flags.BoolVar(&in.Archived, "archived", false, "also look in the archive")
	flags.BoolVar(&in.Literal, "literal", false, "take the words as they were typed: repair no typing errors")
	flags.StringArrayVar(&kinds, "kind", nil, "only this kind, such as experience or question; may be repeated")
	flags.StringArrayVar(&organisations, "organisation", nil, "only this organisation, by name or id; may be repeated")
	flags.StringArrayVar(&themes, "theme", nil, "only this theme, by id; may be repeated")
	flags.StringArrayVar(&phases, "phase", nil, "only this phase, by id; may be repeated")
	flags.StringArrayVar(&years, "year", nil, "only this year; may be repeated")
	flags.StringArrayVar(&languages, "language", nil, "only entries in this language, nl or en; may be repeated")
	_ = cmd.MarkFlagRequired("as") // fails for an unknown flag only
	a.completeOrganisations(cmd, "organisation")
	cmd.RunE = a.action(func(cmd *cobra.Command, args []string) error {
		in.Query = strings.Join(args, " ")
		return a.withClient(cmd, reads, func(ctx context.Context, c *control.Client) error {
			ids, err := organisationIDs(ctx, c, organisations)
			if err != nil {
				return err
			}
			in.Filter = rugzak.Filter{}
			for facet, values := range map[rugzak.Facet][]string{
				rugzak.FacetKind: kinds, rugzak.FacetOrganisation: ids, rugzak.FacetTheme: themes,
				rugzak.FacetPhase: phases, rugzak.FacetYear: years, rugzak.FacetLang: languages,
			} {
				if len(values) > 0 {
					in.Filter[facet] = values
				}
			}
			found, err := c.Search(ctx, in)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(found)
			}
			return a.printHits(in.Query, found)
		})
	})
	return cmd
}

// organisationIDs looks up organisations by name or id.
func organisationIDs(ctx context.Context, c *control.Client, names []string) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	all, err := c.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, name := range names {
		o, ok := organisationNamed(all, name)
		if !ok {
			return nil, refused("error.organisation_unknown", name)
		}
		ids = append(ids, string(o.ID))
	}
	return ids, nil
}

func organisationNamed(all []control.Organisation, name string) (control.Organisation, bool) {
	for _, o := range all {
		if string(o.ID) == name || strings.EqualFold(o.Name, rugzak.Line(name)) {
			return o, true
		}
	}
	return control.Organisation{}, false
}

func (a *app) printHits(query string, found control.SearchAnswer) error {
	if found.Corrected {
		_, _ = fmt.Fprintln(a.stdout, a.say.T("wider.corrected", query, found.Meant))
	} else if found.Meant != "" {
		_, _ = fmt.Fprintln(a.stdout, a.say.T("wider.meant", found.Meant))
	}
	if len(found.Also) > 0 {
		_, _ = fmt.Fprintln(a.stdout, a.say.T("search.also"), strings.Join(found.Also, ", "))
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	for _, h := range found.Hits {
		_, _ = fmt.Fprintf(w, "%.3f\t%s\t%s\t%s\t%s\n", h.Score, h.ID, h.Title, h.Organisation, h.Date)
	}
	if len(found.Hits) > 0 {
		_, _ = fmt.Fprintln(w)
	}
	_, _ = fmt.Fprintln(w, a.say.N("cli.search.total", found.Total))
	for _, f := range found.Facets {
		var values []string
		for _, v := range f.Values {
			name := v.Name
			if name == "" {
				name = v.Value
			}
			values = append(values, fmt.Sprintf("%s %s", name, a.say.Number(v.Count)))
		}
		_, _ = fmt.Fprintf(w, "%s:\t%s\n", f.Facet, strings.Join(values, ", "))
	}
	return w.Flush()
}

// printJSON prints a value for a program.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
