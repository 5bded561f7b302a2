// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// readResponsesWhole reads what was said about entries for a whole export. A
// response does not lead to a draft that will be shared without name, unless
// hidden authors are asked for.
func readResponsesWhole(r rugzak.Reader, b *rugzak.Backpack, hiddenAuthors bool) error {
	for x, err := range r.AllResponses() {
		if err != nil {
			return err
		}
		if x.Became != "" && !hiddenAuthors {
			e, err := r.Rights(x.Became)
			if isMissing(err) || err == nil && e.Mode == rugzak.Anonymous {
				x.Became = ""
			} else if err != nil {
				return err
			}
		}
		b.Responses = append(b.Responses, x)
	}
	for x, err := range r.AllSignals() {
		if err != nil {
			return err
		}
		b.Signals = append(b.Signals, x)
	}
	return nil
}

// putResponses stores what was said about the entries of a whole import, except
// what was purged.
func (s *Service) putResponses(w rugzak.Writer, b rugzak.Backpack, purged map[rugzak.EntryID]bool) error {
	gone := buried(b)
	for _, x := range b.Responses {
		if purged[x.Entry] {
			continue
		}
		if _, err := block(s.screen([]field{{"body", x.Body}}, x.NotBSN)); err != nil {
			return err
		}
		if err := w.SaveResponse(x, 0); err != nil {
			return err
		}
		if x.Reported { // somebody must be able to settle it
			e, err := w.Entry(x.Entry)
			if err != nil {
				return err
			}
			err = w.SaveIncident(rugzak.Incident{
				ID: rugzak.NewID(s.now()), Entry: x.Entry, Response: x.ID, Found: s.now(), Reason: rugzak.ReasonElse, State: e.State,
				Version: x.Version, Audience: e.Audience, Organisation: e.Organisation, Team: e.Team,
			})
			if err != nil {
				return err
			}
		}
	}
	for _, x := range b.Responses {
		if x.Author != "" && !purged[x.Entry] && gone[rugzak.ResponseSubject(x.Entry, x.ID)] {
			if err := w.PurgeResponse(x.Entry, x.ID); err != nil {
				return err
			}
		}
	}
	for _, x := range b.Signals {
		if purged[x.Entry] || x.Response != "" && gone[rugzak.ResponseSubject(x.Entry, x.Response)] {
			continue
		}
		if err := w.SaveSignal(x); err != nil {
			return err
		}
	}
	return nil
}

// ownResponses lists what a person said, and what they recognised or thanked
// for. The entry is named only while they may read it.
func (s *Service) ownResponses(r rugzak.Reader, p rugzak.Person, d *rugzak.OwnData) error {
	type seen struct {
		title  string
		unseen bool
	}
	known := map[rugzak.EntryID]seen{}
	about := func(id rugzak.EntryID) (seen, error) {
		if s, ok := known[id]; ok {
			return s, nil
		}
		e, _, err := look(r, p, id)
		if err != nil && !isMissing(err) {
			return seen{}, err
		}
		known[id] = seen{e.Title, isMissing(err)}
		return known[id], nil
	}
	for x, err := range r.ResponsesBy(p.ID) {
		if err != nil {
			return err
		}
		of, err := about(x.Entry)
		if err != nil {
			return err
		}
		d.Responses = append(d.Responses, rugzak.OwnResponse{
			ID: x.ID, Entry: x.Entry, Title: of.title, Kind: x.Kind, Text: x.Body, At: x.At, EditedAt: x.EditedAt,
			Withdrawn: x.Withdrawn, Reported: x.Reported, Unseen: of.unseen,
		})
	}
	for x, err := range r.SignalsBy(p.ID) {
		if err != nil {
			return err
		}
		of, err := about(x.Entry)
		if err != nil {
			return err
		}
		d.Signals = append(d.Signals, rugzak.OwnSignal{Entry: x.Entry, Title: of.title, Kind: x.Kind, At: x.At})
	}
	slices.SortStableFunc(d.Responses, func(a, b rugzak.OwnResponse) int { return a.At.Compare(b.At) })
	return nil
}
