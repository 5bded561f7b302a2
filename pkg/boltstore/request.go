// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"time"

	"rugzak/pkg/rugzak"
)

type requestRecord struct {
	Person string    `json:"p"`
	Kind   string    `json:"k"`
	Text   string    `json:"t,omitempty"`
	At     time.Time `json:"at"`
}

func (r requestRecord) request(id string) rugzak.PersonRequest {
	return rugzak.PersonRequest{ID: id, Person: rugzak.PersonID(r.Person), Kind: rugzak.RequestKind(r.Kind), Text: r.Text, At: r.At}
}

// PersonRequest returns what somebody asks about their own data.
func (r *reader) PersonRequest(id string) (rugzak.PersonRequest, error) {
	var record requestRecord
	if err := r.get(bucketRequests, []byte(id), &record); err != nil {
		return rugzak.PersonRequest{}, err
	}
	return record.request(id), nil
}

// PersonRequests lists those that wait, oldest first.
func (r *reader) PersonRequests() ([]rugzak.PersonRequest, error) {
	var out []rugzak.PersonRequest
	var failed error
	each(r, bucketRequests, func(id string, record requestRecord, err error) bool {
		failed = err
		out = append(out, record.request(id))
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

// SavePersonRequest stores a request.
func (w *writer) SavePersonRequest(r rugzak.PersonRequest) error {
	if err := errors.Join(validID(r.ID), validID(r.Person)); err != nil {
		return err
	}
	return w.put(bucketRequests, []byte(r.ID), requestRecord{Person: string(r.Person), Kind: string(r.Kind), Text: r.Text, At: r.At})
}

// RemovePersonRequest takes a request away.
func (w *writer) RemovePersonRequest(id string) error {
	if _, err := w.PersonRequest(id); err != nil {
		return err
	}
	return w.remove(bucketRequests, []byte(id))
}

// forgetRequests removes what a person asked.
func (w *writer) forgetRequests(person rugzak.PersonID) error {
	all, err := w.PersonRequests()
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Person == person {
			if err := w.RemovePersonRequest(r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// requests checks requests: they can be read and lead to people.
func (c *checker) requests() {
	each(&c.reader, bucketRequests, func(id string, record requestRecord, err error) bool {
		if c.good("request "+id, err) && !c.has(bucketPeople, record.Person) {
			c.report("a request of a person who is gone: " + record.Person)
		}
		return true
	})
}
