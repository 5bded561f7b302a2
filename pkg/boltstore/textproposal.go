// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"iter"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// bucketTextProposals: entry 0 id -> another text for it.
var bucketTextProposals = []byte("textproposals")

type textProposalRecord struct {
	Asker  string    `json:"p"`
	Title  string    `json:"t"`
	Lesson string    `json:"l,omitempty"`
	Body   string    `json:"b,omitempty"`
	Why    string    `json:"w,omitempty"`
	Base   int       `json:"v"`
	NotBSN []string  `json:"nb,omitempty"`
	State  string    `json:"s"`
	At     time.Time `json:"at"`
}

func (r textProposalRecord) proposal(key string) rugzak.TextProposal {
	entry, id, _ := strings.Cut(key, "\x00")
	return rugzak.TextProposal{
		ID: id, Entry: rugzak.EntryID(entry), Asker: rugzak.PersonID(r.Asker), Title: r.Title, Lesson: r.Lesson, Body: r.Body, Why: r.Why,
		Base: r.Base, NotBSN: r.NotBSN, State: rugzak.WideningState(r.State), At: r.At,
	}
}

// TextProposal returns one proposal.
func (r *reader) TextProposal(entry rugzak.EntryID, id string) (rugzak.TextProposal, error) {
	return askOf(r, bucketTextProposals, entry, id, textProposalRecord.proposal)
}

// TextProposals lists those about an entry, oldest first.
func (r *reader) TextProposals(entry rugzak.EntryID) ([]rugzak.TextProposal, error) {
	return asksOf(r, bucketTextProposals, entry, textProposalRecord.proposal)
}

// AllTextProposals yields every one, by entry.
func (r *reader) AllTextProposals() iter.Seq2[rugzak.TextProposal, error] {
	return allAsks(r, bucketTextProposals, textProposalRecord.proposal)
}

// SaveTextProposal stores a proposal.
func (w *writer) SaveTextProposal(x rugzak.TextProposal) error {
	record := textProposalRecord{
		Asker: string(x.Asker), Title: x.Title, Lesson: x.Lesson, Body: x.Body, Why: x.Why, Base: x.Base, NotBSN: x.NotBSN,
		State: string(x.State), At: x.At,
	}
	return errors.Join(validID(x.Asker), w.saveAsk(bucketTextProposals, x.Entry, x.ID, record))
}

// RemoveTextProposal takes one away.
func (w *writer) RemoveTextProposal(entry rugzak.EntryID, id string) error {
	if _, err := w.TextProposal(entry, id); err != nil {
		return err
	}
	return w.removeAsk(bucketTextProposals, entry, id)
}
