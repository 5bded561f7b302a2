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
	bucketResponses  = []byte("responses")  // entry 0 id -> response
	bucketResponders = []byte("responders") // person 0 entry 0 id -> nothing
	bucketWaiting    = []byte("waiting")    // organisation 0 id 0 entry -> nothing: questions without an answer
)

type responseRecord struct {
	To        string    `json:"to,omitempty"`
	Kind      string    `json:"k"`
	Author    string    `json:"p,omitempty"`
	Org       string    `json:"o,omitempty"`
	Body      string    `json:"b,omitempty"`
	Lang      string    `json:"l"`
	Mentions  []string  `json:"m,omitempty"`
	NotBSN    []string  `json:"nb,omitempty"`
	Inside    bool      `json:"in,omitempty"`
	At        time.Time `json:"at"`
	Edited    time.Time `json:"e,omitzero"`
	Withdrawn bool      `json:"w,omitempty"`
	Reported  bool      `json:"r,omitempty"`
	Waits     string    `json:"wa,omitempty"`
	Became    string    `json:"be,omitempty"`
	Version   int       `json:"v"`
}

func (record responseRecord) response(entry rugzak.EntryID, id string) rugzak.Response {
	return rugzak.Response{
		ID: id, Entry: entry, To: record.To, Kind: rugzak.ResponseKind(record.Kind), Author: rugzak.PersonID(record.Author),
		Organisation: rugzak.OrganisationID(record.Org), Body: record.Body, Lang: rugzak.Lang(record.Lang),
		Mentions: words[string, rugzak.PersonID](record.Mentions), NotBSN: record.NotBSN, Inside: record.Inside,
		At: record.At, EditedAt: record.Edited, Withdrawn: record.Withdrawn, Reported: record.Reported,
		Waits: rugzak.OrganisationID(record.Waits), Became: rugzak.EntryID(record.Became), Version: record.Version,
	}
}

// Response returns one response to an entry.
func (r *reader) Response(entry rugzak.EntryID, id string) (rugzak.Response, error) {
	var record responseRecord
	if err := r.get(bucketResponses, pair(entry, id), &record); err != nil {
		return rugzak.Response{}, err
	}
	return record.response(entry, id), nil
}

// Responses lists the responses to an entry, oldest first.
func (r *reader) Responses(entry rugzak.EntryID) ([]rugzak.Response, error) {
	return collected(listed(r, bucketResponses, string(entry), func(id string) (rugzak.Response, error) { return r.Response(entry, id) }))
}

// ResponsesBy yields the responses of a person, by entry.
func (r *reader) ResponsesBy(person rugzak.PersonID) iter.Seq2[rugzak.Response, error] {
	return listed(r, bucketResponders, string(person), func(rest string) (rugzak.Response, error) {
		entry, id, _ := strings.Cut(rest, "\x00")
		return r.Response(rugzak.EntryID(entry), id)
	})
}

// ResponsesWaiting yields the questions that wait for an organisation, oldest
// first.
func (r *reader) ResponsesWaiting(organisation rugzak.OrganisationID) iter.Seq2[rugzak.Response, error] {
	return listed(r, bucketWaiting, string(organisation), func(rest string) (rugzak.Response, error) {
		id, entry, _ := strings.Cut(rest, "\x00")
		return r.Response(rugzak.EntryID(entry), id)
	})
}

// AllResponses yields every response, by entry and id.
func (r *reader) AllResponses() iter.Seq2[rugzak.Response, error] {
	return func(yield func(rugzak.Response, error) bool) {
		each(r, bucketResponses, func(key string, record responseRecord, err error) bool {
			entry, id, _ := strings.Cut(key, "\x00")
			return yield(record.response(rugzak.EntryID(entry), id), err) && err == nil
		})
	}
}

// SaveResponse stores a response with its keys.
func (w *writer) SaveResponse(x rugzak.Response, base int) error {
	if err := errors.Join(validID(x.Entry), validID(x.ID)); err != nil {
		return err
	}
	before, err := w.Response(x.Entry, x.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	if err := w.removeResponseKeys(before); err != nil {
		return err
	}
	for bucket, key := range responseKeys(x) {
		if err := w.store([]byte(bucket), key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketResponses, pair(x.Entry, x.ID), responseRecord{
		To: x.To, Kind: string(x.Kind), Author: string(x.Author), Org: string(x.Organisation), Body: x.Body, Lang: string(x.Lang),
		Mentions: words[rugzak.PersonID, string](x.Mentions), NotBSN: x.NotBSN, Inside: x.Inside, At: x.At, Edited: x.EditedAt,
		Withdrawn: x.Withdrawn, Reported: x.Reported, Waits: string(x.Waits), Became: string(x.Became), Version: x.Version,
	})
}

// responseKeys are the keys that lead to a response, by bucket.
func responseKeys(x rugzak.Response) map[string][]byte {
	keys := map[string][]byte{}
	if x.Author != "" {
		keys[string(bucketResponders)] = pair(pair(x.Author, x.Entry), x.ID)
	}
	if x.Waits != "" {
		keys[string(bucketWaiting)] = pair(pair(x.Waits, x.ID), x.Entry)
	}
	return keys
}

func (w *writer) removeResponseKeys(x rugzak.Response) error {
	for bucket, key := range responseKeys(x) {
		if err := w.remove([]byte(bucket), key); err != nil {
			return err
		}
	}
	return nil
}

// RemoveResponse takes a response away, and the thanks for it.
func (w *writer) RemoveResponse(entry rugzak.EntryID, id string) error {
	x, err := w.Response(entry, id)
	if err != nil {
		return err
	}
	if err := errors.Join(w.removeResponseKeys(x), w.remove(bucketResponses, pair(entry, id))); err != nil {
		return err
	}
	return w.removeSignals(entry, func(s rugzak.Signal) bool { return s.Response == id })
}

// PurgeResponse takes away what a response says, and who said it. What answers
// it stays, beneath an empty one.
func (w *writer) PurgeResponse(entry rugzak.EntryID, id string) error {
	x, err := w.Response(entry, id)
	if err != nil {
		return err
	}
	all, err := w.Responses(entry)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.To == id {
			err := w.removeSignals(entry, func(s rugzak.Signal) bool { return s.Response == id })
			empty := rugzak.Response{ID: id, Entry: entry, Kind: x.Kind, Lang: x.Lang, At: x.At, Withdrawn: true, Version: x.Version + 1}
			return errors.Join(err, w.SaveResponse(empty, x.Version))
		}
	}
	return w.RemoveResponse(entry, id)
}

// forgetResponses removes what was said about an entry.
func (w *writer) forgetResponses(entry rugzak.EntryID) error {
	all, err := w.Responses(entry)
	if err != nil {
		return err
	}
	for _, x := range all {
		if err := errors.Join(w.removeResponseKeys(x), w.remove(bucketResponses, pair(entry, x.ID))); err != nil {
			return err
		}
	}
	return w.removeSignals(entry, func(rugzak.Signal) bool { return true })
}

// responses checks responses and signals: they can be read, lead to entries,
// and to the responses they answer.
func (c *checker) responses() {
	each(&c.reader, bucketResponses, func(key string, record responseRecord, err error) bool {
		entry, id, _ := strings.Cut(key, "\x00")
		if !c.good("response "+id, err) {
			return true
		}
		for bucket, key := range responseKeys(record.response(rugzak.EntryID(entry), id)) {
			c.expect([]byte(bucket), key, "")
		}
		if !c.has(bucketEntries, entry) {
			c.report("a response to an entry that is gone: " + entry)
		}
		if record.To != "" && !c.has(bucketResponses, string(pair(entry, record.To))) {
			c.report("a response to a response that is gone: " + id)
		}
		return true
	})
	each(&c.reader, bucketSignals, func(key string, record signalRecord, err error) bool {
		s := record.signal(key)
		if !c.good("a signal about "+string(s.Entry), err) {
			return true
		}
		c.expect(bucketSignallers, signallerKey(s), "")
		if !c.has(bucketEntries, string(s.Entry)) {
			c.report("a signal about an entry that is gone: " + string(s.Entry))
		}
		if s.Response != "" && !c.has(bucketResponses, string(pair(s.Entry, s.Response))) {
			c.report("a signal about a response that is gone: " + s.Response)
		}
		return true
	})
}
