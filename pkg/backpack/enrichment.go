// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"iter"

	"rugzak/pkg/rugzak"
)

// EnrichmentChoices lists what a facilitator can ask the author of an entry to
// add.
func (s *Service) EnrichmentChoices(ctx context.Context, by rugzak.Person, id rugzak.EntryID) ([]rugzak.EnrichPoint, error) {
	err := s.view(ctx, "enrichment choices", func(r rugzak.Reader) error {
		_, mine, err := lookCare(r, by, id)
		if err == nil && mine {
			err = rugzak.Forbidden("error.care.own")
		}
		return err
	})
	return rugzak.EnrichPoints(), err
}

// AskEnrichment asks the author of an entry to add something (verrijken). Who
// asks does not learn who the author is.
func (s *Service) AskEnrichment(ctx context.Context, by rugzak.Person, id rugzak.EntryID, points []rugzak.EnrichPoint, text string) error {
	x := rugzak.Enrichment{Entry: id, Asker: by.ID, Points: unique(points), Text: rugzak.Line(text), State: rugzak.WideningOpen}
	found, err := s.shortTexts(ctx, field{"text", x.Text})
	if err != nil {
		return err
	}
	_, err = s.update(ctx, "ask enrichment", func(w rugzak.Writer) error {
		e, mine, err := lookCare(w, by, id)
		if err != nil {
			return err
		}
		over, err := s.mayAskCare(by, e, mine, "text", asAsks(w.AllEnrichments(), asEnrichAsk))
		if err != nil {
			return err
		}
		for _, o := range over {
			if err := w.RemoveEnrichment(o.Entry, o.ID); err != nil {
				return err
			}
		}
		if err := x.Validate(); err != nil {
			return err
		}
		if err := refuseAcross(w, e, found); err != nil {
			return err
		}
		x.ID, x.At = rugzak.NewID(s.now()), s.now()
		if err := w.SaveEnrichment(x); err != nil {
			return err
		}
		return s.tellCare(w, e, rugzak.NoticeEnrichAsked)
	})
	return err
}

// asAsks yields requests of one kind as those to widen.
func asAsks[T any](all iter.Seq2[T, error], as func(T) rugzak.Widening) iter.Seq2[rugzak.Widening, error] {
	return func(yield func(rugzak.Widening, error) bool) {
		for x, err := range all {
			if !yield(as(x), err) {
				return
			}
		}
	}
}

// AnswerEnrichment is the author's answer: it was added, or not now.
func (s *Service) AnswerEnrichment(ctx context.Context, by rugzak.Person, id rugzak.EntryID, request string, done bool) error {
	_, err := s.update(ctx, "answer enrichment", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.ValidID(request) {
			return rugzak.NotFound()
		}
		x, err := w.Enrichment(id, request)
		if err != nil {
			return err
		}
		if stands, err := s.stands(w, e, asEnrichAsk(x)); err != nil || !stands {
			if err == nil {
				err = rugzak.NotFound()
			}
			return err
		}
		kind := rugzak.NoticeEnrichNo
		x.State = rugzak.WideningNo
		if done {
			x.State, kind = rugzak.WideningYes, rugzak.NoticeEnrichYes
		}
		x.Text = "" // it was read, and may repeat what was taken out because of it
		if err := w.SaveEnrichment(x); err != nil {
			return err
		}
		return s.tellCareAsker(w, asEnrichAsk(x), kind)
	})
	return err
}
