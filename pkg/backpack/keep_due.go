// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// DueKeep is something a person took along and is asked about: did they use it?
type DueKeep struct {
	Keep rugzak.Keep
	// Title, Lang and Kind are those of the entry.
	Title string
	Lang  rugzak.Lang
	Kind  rugzak.Kind
}

// keepStep is how many keeps one transaction asks about.
const keepStep = 100

// askKeeps asks who took something along, and is to be asked by now, whether
// they used it: once, and only about what they may read now. It returns how
// many were asked.
func (s *Service) askKeeps(ctx context.Context) (int, error) {
	asked := 0
	for {
		var due, told int
		_, err := s.update(ctx, "ask about keeps", func(w rugzak.Writer) error {
			due, told = 0, 0
			keeps, err := w.DueKeeps(s.now(), keepStep)
			if err != nil {
				return err
			}
			for _, k := range keeps {
				did, err := s.askKeep(w, k)
				if err != nil {
					return err
				}
				due++
				if did {
					told++
				}
			}
			return nil
		})
		if err != nil {
			return asked, err
		}
		if asked += told; due < keepStep {
			return asked, nil
		}
	}
}

// askKeep asks about one keep. What its keeper may not read is not asked about,
// and waits in silence for when they may.
func (s *Service) askKeep(w rugzak.Writer, k rugzak.Keep) (bool, error) {
	k.Ask(s.now())
	if err := w.SaveKeep(k); err != nil {
		return false, err
	}
	p, err := w.Person(k.Person)
	if isMissing(err) || err == nil && p.Inactive {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, ok, err := dueKeep(w, p, k); err != nil || !ok {
		return false, err
	}
	if err := untellKeep(w, k.Person, k.Entry); err != nil {
		return false, err
	}
	return true, w.SaveNotice(rugzak.Notice{
		ID: rugzak.NewID(s.now()), Person: k.Person, Kind: rugzak.NoticeKeepDue, Entry: k.Entry, At: s.now(),
	})
}

// untellKeep takes away what a person was asked about a keep.
func untellKeep(w rugzak.Writer, person rugzak.PersonID, id rugzak.EntryID) error {
	notices, err := w.Notices(person)
	if err != nil {
		return err
	}
	for _, n := range notices {
		if n.Kind != rugzak.NoticeKeepDue || n.Entry != id {
			continue
		}
		if err := w.RemoveNotice(person, n.ID); err != nil {
			return err
		}
	}
	return nil
}

// dueKeep is a keep as its keeper is asked about it now; ok is false for what
// they may not read.
func dueKeep(r rugzak.Reader, by rugzak.Person, k rugzak.Keep) (due DueKeep, ok bool, err error) {
	e, _, err := look(r, by, k.Entry)
	if isMissing(err) || err == nil && !e.State.Public() {
		return DueKeep{}, false, nil
	}
	return DueKeep{Keep: k, Title: e.Title, Lang: e.Lang, Kind: e.Kind}, err == nil, err
}

// DueKeeps lists what a person took along and is asked about now, longest ago
// first, as far as they may read it. It is for pages and for the digest. What it
// costs depends on how many wait for an answer.
func (s *Service) DueKeeps(r rugzak.Reader, by rugzak.Person) ([]DueKeep, error) {
	keeps, err := r.AskedKeeps(by.ID)
	if err != nil {
		return nil, err
	}
	var out []DueKeep
	for _, k := range keeps {
		due, ok, err := dueKeep(r, by, k)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, due)
		}
	}
	slices.SortStableFunc(out, func(a, b DueKeep) int { return a.Keep.AskedAt.Compare(b.Keep.AskedAt) })
	return out, nil
}

// keepDueDetail reads what a notice asks about; what was answered or left behind
// meanwhile is no longer asked.
func keepDueDetail(r rugzak.Reader, by rugzak.Person, line *NoticeLine) (ok bool, err error) {
	k, err := r.Keep(by.ID, line.Notice.Entry)
	if isMissing(err) || err == nil && !k.Waiting() {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, ok, err = dueKeep(r, by, k)
	line.Due = &k
	return ok, err
}

// MyDueKeeps lists the same for a page.
func (s *Service) MyDueKeeps(ctx context.Context, by rugzak.Person) ([]DueKeep, error) {
	var out []DueKeep
	err := s.view(ctx, "due keeps", func(r rugzak.Reader) (err error) {
		out, err = s.DueKeeps(r, by)
		return err
	})
	return out, err
}

// AnswerKeep writes down whether somebody used what they took along. What they
// did not take along, or may not read by now, gives the same answer.
func (s *Service) AnswerKeep(ctx context.Context, by rugzak.Person, id rugzak.EntryID, answer rugzak.KeepAnswer) error {
	_, err := s.update(ctx, "answer keep", func(w rugzak.Writer) error {
		if _, err := sees(w, by, id); err != nil {
			return err
		}
		if !slices.Contains(rugzak.KeepAnswers(), answer) {
			return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
		}
		k, err := w.Keep(by.ID, id)
		if err != nil {
			return err
		}
		settings, err := w.Settings()
		if err != nil {
			return err
		}
		k.Say(answer, settings.Loop.KeepWeeks, s.now())
		if err := w.SaveKeep(k); err != nil {
			return err
		}
		return untellKeep(w, by.ID, id)
	})
	return err
}
