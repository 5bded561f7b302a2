// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// The sentences of results fit none, one and many.
func TestResultSentences(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	part := func(lang rugzak.Lang, r rugzak.MovementResults) ResultsPart {
		return resultsPart(catalogue.Printer(string(lang)), r, nil)
	}
	all := func(p ResultsPart) []string {
		out := []string{p.AgendaSay}
		for _, rung := range p.Rungs {
			out = append(append(out, rung.Say, rung.Earlier), rung.More...)
		}
		return out
	}
	now := func(f rugzak.ResultFigures) rugzak.MovementResults { return rugzak.MovementResults{Now: f} }
	agenda := func(h rugzak.ResultHorizon) rugzak.MovementResults {
		return rugzak.MovementResults{Agenda: []rugzak.ResultHorizon{h}}
	}
	for name, c := range map[string]struct {
		r      rugzak.MovementResults
		nl, en string
	}{
		"no partner":      {now(rugzak.ResultFigures{Entries: 2}), "Er kwamen 2 bijdragen en 0 reacties bij. Er kwam geen bijdrage van een partner.", "2 entries and 0 responses were added. No entry came from a partner."},
		"one of partners": {now(rugzak.ResultFigures{Entries: 2, Replies: 1, FromPartners: 1}), "Er kwamen 2 bijdragen en 1 reactie bij. 1 bijdrage kwam van een partner.", "2 entries and 1 response were added. 1 entry came from a partner."},
		"two of partners": {now(rugzak.ResultFigures{Entries: 3, FromPartners: 2}), "Er kwamen 3 bijdragen en 0 reacties bij. 2 bijdragen kwamen van partners.", "3 entries and 0 responses were added. 2 entries came from partners."},
		"no success":      {now(rugzak.ResultFigures{}), "Er is in deze periode geen succes gedeeld.", "No success was shared in this period."},
		"one alone":       {now(rugzak.ResultFigures{Successes: 1}), "Er is 1 succes gedeeld, van één organisatie.", "1 success was shared, by one organisation."},
		"one together":    {now(rugzak.ResultFigures{Successes: 1, SuccessesTwo: 1}), "Er is 1 succes gedeeld, van minstens twee organisaties.", "1 success was shared, by at least two organisations."},
		"all together":    {now(rugzak.ResultFigures{Successes: 2, SuccessesTwo: 2}), "Er zijn 2 successen gedeeld, elk van minstens twee organisaties.", "2 successes were shared, each by at least two organisations."},
		"some together":   {now(rugzak.ResultFigures{Successes: 3, SuccessesTwo: 1}), "Er zijn 3 successen gedeeld, waarvan 1 van minstens twee organisaties.", "3 successes were shared, of which 1 by at least two organisations."},
		"none earlier":    {rugzak.MovementResults{Earlier: &rugzak.ResultFigures{}}, "In de periode ervoor waren er geen.", "There were none in the period before."},
		"earlier":         {rugzak.MovementResults{Earlier: &rugzak.ResultFigures{Questions: 4, Heard: 0}}, "De periode ervoor: 0 van 4.", "The period before: 0 of 4."},
		"none matured":    {now(rugzak.ResultFigures{}), "Geen les werd rijper. Kompas en agenda bleven zoals ze waren.", "No lesson matured. Compass and agenda stayed as they were."},
		"none, but moved": {rugzak.MovementResults{Direction: 2}, "Geen les werd rijper, en kompas of agenda kwamen 2 keer verder.", "No lesson matured, and compass or agenda moved on 2 times."},
		"one done":        {agenda(rugzak.ResultHorizon{Items: 5, Joint: 2, Done: 1}), "Op de agenda: 5 punten. 2 punten trekken we samen met een partner. 1 punt is klaar.", "On the agenda: 5 items. We lead 2 items with a partner. 1 item is done."},
		"none done":       {agenda(rugzak.ResultHorizon{Items: 1}), "Op de agenda: 1 punt. Met een partner trekken we nog niets. Er is nog niets klaar.", "On the agenda: 1 item. We lead nothing with a partner yet. Nothing is done yet."},
	} {
		for lang, want := range map[rugzak.Lang]string{rugzak.Dutch: c.nl, rugzak.English: c.en} {
			if got := all(part(lang, c.r)); !slices.Contains(got, want) {
				t.Errorf("%s: %q is not among %q", name, want, got)
			}
		}
	}
	if missing := catalogue.Missing(); len(missing) > 0 {
		t.Errorf("missing: %q", missing)
	}
}
