// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketInterims = []byte("interims") // id -> interim result

type interimRecord struct {
	Number  int             `json:"n"`
	Title   string          `json:"t"`
	Text    string          `json:"x,omitempty"`
	Lang    string          `json:"l"`
	Span    string          `json:"sp"`
	At      time.Time       `json:"at"`
	Figures []figuresRecord `json:"f,omitempty"`
	Stories []storyRecord   `json:"st,omitempty"`
	Sample  bool            `json:"sa,omitempty"`
}

type figuresRecord struct {
	Scope string `json:"s"`
	Data  string `json:"d"`
	Hash  string `json:"h"`
}

type storyRecord struct {
	Rung    string    `json:"r"`
	Entry   string    `json:"e"`
	Version int       `json:"v"`
	Kind    string    `json:"k"`
	Lang    string    `json:"l"`
	Title   string    `json:"t,omitempty"`
	Text    string    `json:"x,omitempty"`
	Org     string    `json:"o,omitempty"`
	Hash    string    `json:"h"`
	Readers []string  `json:"rd,omitempty"`
	Removed time.Time `json:"rm,omitzero"`
}

func (r interimRecord) interim(id string) rugzak.InterimResult {
	i := rugzak.InterimResult{
		ID: id, Number: r.Number, Title: r.Title, Text: r.Text, Lang: rugzak.Lang(r.Lang), Span: rugzak.ResultSpan(r.Span), At: r.At, Sample: r.Sample,
	}
	for _, f := range r.Figures {
		i.Figures = append(i.Figures, rugzak.InterimFigures{Scope: rugzak.Scope(f.Scope), Data: f.Data, Hash: f.Hash})
	}
	for _, s := range r.Stories {
		i.Stories = append(i.Stories, rugzak.InterimStory{
			Rung: rugzak.Rung(s.Rung), Entry: rugzak.EntryID(s.Entry), Version: s.Version, Kind: rugzak.Kind(s.Kind), Lang: rugzak.Lang(s.Lang),
			Title: s.Title, Text: s.Text, Organisation: s.Org, Hash: s.Hash, Readers: s.Readers, Removed: s.Removed,
		})
	}
	return i
}

// Interim returns one interim result.
func (r *reader) Interim(id string) (rugzak.InterimResult, error) {
	var record interimRecord
	if err := r.get(bucketInterims, []byte(id), &record); err != nil {
		return rugzak.InterimResult{}, err
	}
	return record.interim(id), nil
}

// Interims lists all, newest first.
func (r *reader) Interims() (out []rugzak.InterimResult, err error) {
	each(r, bucketInterims, func(id string, record interimRecord, failed error) bool {
		out, err = append(out, record.interim(id)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b rugzak.InterimResult) int { return b.Number - a.Number })
	return out, nil
}

// SaveInterim stores an interim result.
func (w *writer) SaveInterim(i rugzak.InterimResult) error {
	if err := validID(i.ID); err != nil {
		return err
	}
	record := interimRecord{
		Number: i.Number, Title: i.Title, Text: i.Text, Lang: string(i.Lang), Span: string(i.Span), At: i.At, Sample: i.Sample,
	}
	for _, f := range i.Figures {
		record.Figures = append(record.Figures, figuresRecord{Scope: string(f.Scope), Data: f.Data, Hash: f.Hash})
	}
	for _, s := range i.Stories {
		record.Stories = append(record.Stories, storyRecord{
			Rung: string(s.Rung), Entry: string(s.Entry), Version: s.Version, Kind: string(s.Kind), Lang: string(s.Lang),
			Title: s.Title, Text: s.Text, Org: s.Organisation, Hash: s.Hash, Readers: s.Readers, Removed: s.Removed,
		})
	}
	return w.put(bucketInterims, []byte(i.ID), record)
}

// RemoveInterim takes an interim result away.
func (w *writer) RemoveInterim(id string) error {
	if _, err := w.Interim(id); err != nil {
		return err
	}
	return w.remove(bucketInterims, []byte(id))
}

// ForgetStories takes out what stories say of an entry.
func (w *writer) ForgetStories(id rugzak.EntryID, before int, at time.Time) error {
	all, err := w.Interims()
	if err != nil {
		return err
	}
	for _, i := range all {
		changed := false
		for n, s := range i.Stories {
			if s.Entry != id || !s.Removed.IsZero() || before > 0 && (s.Version >= before || w.saysStill(s)) {
				continue
			}
			i.Stories[n].Forget(at)
			changed = true
		}
		if changed {
			if err := w.SaveInterim(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// saysStill reports whether an entry says now what was quoted of it.
func (w *writer) saysStill(s rugzak.InterimStory) bool {
	e, err := w.Entry(s.Entry)
	return err == nil && e.Title == s.Title && e.Lesson == s.Text
}

// keepReaders writes down, for stories of an entry that is about to go, whom it
// was for last: they are told that it was there, and nobody else.
func (w *writer) keepReaders(id rugzak.EntryID) error {
	e, err := w.Entry(id)
	if err != nil {
		return err
	}
	all, err := w.Interims()
	if err != nil {
		return err
	}
	e.State = rugzak.StateShared
	for _, i := range all {
		changed := false
		for n, s := range i.Stories {
			if s.Entry == id {
				i.Stories[n].Readers = rugzak.AudienceTokens(e)
				changed = true
			}
		}
		if changed {
			if err := w.SaveInterim(i); err != nil {
				return err
			}
		}
	}
	return nil
}

// interims checks interim results: they can be read, and hold what they froze.
func (c *checker) interims() {
	each(&c.reader, bucketInterims, func(id string, record interimRecord, err error) bool {
		if c.good("interim result "+id, err) && record.interim(id).Validate() != nil {
			c.report("interim result " + id + " is not what was frozen")
		}
		return true
	})
}
