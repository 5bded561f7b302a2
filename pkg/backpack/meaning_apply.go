// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// applyMeaning adds what entries are now to a batch, asks for the vectors that
// are wanting, and keeps it all. The caller holds the lock.
func (s *Service) applyMeaning(ctx context.Context, b rugzak.VectorBatch, entries []rugzak.Entry) error {
	var ask []string
	var pieces []int // of each of b.Put
	for _, e := range entries {
		texts := s.meaningTexts(ctx, e)
		if len(texts) == 0 {
			b.Remove = append(b.Remove, e.ID)
			continue
		}
		m := rugzak.Meaning{ID: e.ID, Tokens: rugzak.EntryTokens(e), Sum: rugzak.MeaningSum(texts)}
		if s.Meaning.Vectors.Sum(e.ID) == m.Sum {
			texts = nil // only who may find it may have changed
		}
		b.Put, pieces, ask = append(b.Put, m), append(pieces, len(texts)), append(ask, texts...)
	}
	if len(ask) > 0 {
		vectors, err := s.Meaning.Embedder.Embed(ctx, ask)
		if errors.Is(err, rugzak.ErrUnembeddable) && len(entries) > 1 {
			return s.applyOneByOne(ctx, b, entries)
		}
		if errors.Is(err, rugzak.ErrUnembeddable) { // it is found by its words
			s.Log.WarnContext(ctx, "the endpoint for meaning does not take a text", "entry", entries[0].ID, "err", err)
			b.Put, b.Remove = nil, append(b.Remove, entries[0].ID)
		} else if err != nil {
			return err
		}
		for i, n := range pieces {
			if i < len(b.Put) {
				b.Put[i].Vectors, vectors = vectors[:n], vectors[n:]
			}
		}
	}
	err := s.Meaning.Vectors.Apply(b)
	if errors.Is(err, rugzak.ErrOtherVectors) { // another model under the same name
		return errors.Join(err, s.throwMeaning())
	}
	return err
}

// throwMeaning throws the vectors away, also those of questions: another model may
// answer under the same name. The caller holds the lock.
func (s *Service) throwMeaning() error {
	s.meanings.thrown++
	s.meanings.asked.Lock()
	clear(s.meanings.vectors)
	s.meanings.asked.Unlock()
	return s.Meaning.Vectors.Reset()
}

// applyOneByOne finds out which text it is that the endpoint does not take.
func (s *Service) applyOneByOne(ctx context.Context, b rugzak.VectorBatch, entries []rugzak.Entry) error {
	for _, e := range entries {
		if err := s.applyMeaning(ctx, rugzak.VectorBatch{}, []rugzak.Entry{e}); err != nil {
			return err
		}
	}
	b.Put = nil
	return s.Meaning.Vectors.Apply(b)
}

// meaningTexts is what the endpoint is told of an entry: nothing of drafts, of
// what was withdrawn or reported, and of texts with a number that may be a
// citizen service number.
func (s *Service) meaningTexts(ctx context.Context, e rugzak.Entry) []string {
	if !e.State.Public() {
		return nil
	}
	texts := rugzak.MeaningTexts(e.Title, e.Lesson, s.plain(ctx, e))
	if slices.ContainsFunc(append(texts, e.Title, e.Lesson, e.Body), s.HoldsNumber) {
		return nil
	}
	return texts
}

// purgeMeaning takes what was purged out of the file of vectors. It needs no
// endpoint: an entry whose past was purged keeps its vectors only when they are
// of its text as it is now.
func (s *Service) purgeMeaning(ctx context.Context, jobs []rugzak.PurgeJob) error {
	if s.Meaning == nil {
		return nil
	}
	s.meanings.mu.Lock()
	defer s.meanings.mu.Unlock()
	var gone []rugzak.EntryID
	var stay []rugzak.Entry
	err := s.view(ctx, "read purged entries", func(r rugzak.Reader) error {
		for _, j := range jobs {
			id, ok := (rugzak.Change{Subject: j.Subject}).EntryOf()
			if !ok {
				continue
			}
			e, err := r.Entry(id)
			if isMissing(err) {
				gone = append(gone, id)
			} else if err != nil {
				return err
			} else {
				stay = append(stay, e)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range stay {
		texts := s.meaningTexts(ctx, e)
		if len(texts) == 0 || s.Meaning.Vectors.Sum(e.ID) != rugzak.MeaningSum(texts) {
			gone = append(gone, e.ID)
		}
	}
	return s.Meaning.Vectors.Purge(gone)
}
