// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import "rugzak/pkg/rugzak"

// pending holds the entries of a transaction that are still being packed.
// Packing a text takes longer than all else a save does, so that a large
// import packs on every core while it goes on.
type pending map[rugzak.EntryID]chan packed

type packed struct {
	value []byte
	err   error
}

// maxPending bounds the memory and the goroutines of packing.
const maxPending = 64

// putEntry stores an entry, which is packed meanwhile.
func (w *writer) putEntry(id rugzak.EntryID, record entryRecord) error {
	if len(w.pending) >= maxPending {
		if err := w.settleAll(); err != nil {
			return err
		}
	}
	done := make(chan packed, 1)
	go func() {
		value, err := encodeEntry([]byte(id), record)
		done <- packed{value, err}
	}()
	w.pending[id] = done
	return nil
}

// settle waits for an entry that is still being packed and stores it. Whoever
// looks for an entry settles it first.
func (r *reader) settle(id rugzak.EntryID) error {
	done, ok := r.pending[id]
	if !ok {
		return nil
	}
	delete(r.pending, id)
	p := <-done
	if p.err != nil {
		return p.err
	}
	return (&writer{reader: *r}).store(bucketEntries, []byte(id), p.value)
}

// settleAll stores everything that is still being packed: before a commit.
func (w *writer) settleAll() error {
	for id := range w.pending {
		if err := w.settle(id); err != nil {
			return err
		}
	}
	return nil
}
