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

var (
	bucketSignals    = []byte("signals")    // entry 0 kind 0 response 0 person -> signal
	bucketSignallers = []byte("signallers") // person 0 entry 0 kind 0 response -> nothing
)

type signalRecord struct {
	At time.Time `json:"at"`
}

func signalKey(s rugzak.Signal) []byte {
	return pair(pair(pair(s.Entry, s.Kind), s.Response), s.Person)
}

func signallerKey(s rugzak.Signal) []byte {
	return pair(pair(pair(s.Person, s.Entry), s.Kind), s.Response)
}

func (record signalRecord) signal(key string) rugzak.Signal {
	parts := append(strings.Split(key, "\x00"), "", "", "")
	return rugzak.Signal{
		Entry: rugzak.EntryID(parts[0]), Kind: rugzak.SignalKind(parts[1]), Response: parts[2], Person: rugzak.PersonID(parts[3]),
		At: record.At,
	}
}

// Signal returns a signal like this one.
func (r *reader) Signal(s rugzak.Signal) (rugzak.Signal, error) {
	var record signalRecord
	if err := r.get(bucketSignals, signalKey(s), &record); err != nil {
		return rugzak.Signal{}, err
	}
	s.At = record.At
	return s, nil
}

// Signals yields the signals about an entry and its responses, by kind.
func (r *reader) Signals(entry rugzak.EntryID) iter.Seq2[rugzak.Signal, error] {
	return listed(r, bucketSignals, string(entry), func(rest string) (rugzak.Signal, error) {
		return r.Signal(signalRecord{}.signal(string(entry) + "\x00" + rest))
	})
}

// SignalsBy yields the signals a person gave, by entry.
func (r *reader) SignalsBy(person rugzak.PersonID) iter.Seq2[rugzak.Signal, error] {
	return listed(r, bucketSignallers, string(person), func(rest string) (rugzak.Signal, error) {
		return r.Signal(signalRecord{}.signal(rest + "\x00" + string(person)))
	})
}

// AllSignals yields every signal, by entry.
func (r *reader) AllSignals() iter.Seq2[rugzak.Signal, error] {
	return func(yield func(rugzak.Signal, error) bool) {
		each(r, bucketSignals, func(key string, record signalRecord, err error) bool {
			return yield(record.signal(key), err) && err == nil
		})
	}
}

// SaveSignal stores a signal.
func (w *writer) SaveSignal(s rugzak.Signal) error {
	err := errors.Join(validID(s.Entry), validID(s.Person), validID(s.Kind))
	if s.Response != "" {
		err = errors.Join(err, validID(s.Response))
	}
	if err != nil {
		return err
	}
	if err := w.store(bucketSignallers, signallerKey(s), nil); err != nil {
		return err
	}
	return w.put(bucketSignals, signalKey(s), signalRecord{At: s.At})
}

// RemoveSignal takes a signal back.
func (w *writer) RemoveSignal(s rugzak.Signal) error {
	if _, err := w.Signal(s); err != nil {
		return err
	}
	return errors.Join(w.remove(bucketSignallers, signallerKey(s)), w.remove(bucketSignals, signalKey(s)))
}

// removeSignals takes some of the signals about an entry away.
func (w *writer) removeSignals(entry rugzak.EntryID, which func(rugzak.Signal) bool) error {
	for s, err := range w.Signals(entry) { // reads the keys first
		if err == nil && which(s) {
			err = w.RemoveSignal(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forgetSignals takes what a person gave away.
func (w *writer) forgetSignals(person rugzak.PersonID) error {
	for s, err := range w.SignalsBy(person) {
		if err == nil {
			err = w.RemoveSignal(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
