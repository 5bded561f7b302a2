// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"

	"rugzak/pkg/rugzak"
)

var (
	bucketNoticeSettings = []byte("noticesettings") // person -> how they want to be told
	bucketUnsubscribes   = []byte("unsubscribes")   // hash -> what a link in a mail stops
)

type noticeSettingsRecord struct {
	Choices map[string]noticeChoiceRecord `json:"c,omitempty"`
	Quiet   bool                          `json:"q,omitempty"`
	Digest  bool                          `json:"d,omitempty"`
}

type noticeChoiceRecord struct {
	Hidden bool   `json:"h,omitempty"`
	Mail   string `json:"m"`
}

type unsubscribeRecord struct {
	Person string `json:"p"`
	Stream string `json:"s"`
}

// NoticeSettings returns how a person wants to be told.
func (r *reader) NoticeSettings(person rugzak.PersonID) (rugzak.NoticeSettings, error) {
	var record noticeSettingsRecord
	err := r.get(bucketNoticeSettings, []byte(person), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	s := rugzak.NoticeSettings{Person: person, Quiet: record.Quiet, Digest: record.Digest}
	for group, c := range record.Choices {
		if s.Choices == nil {
			s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{}
		}
		s.Choices[rugzak.NoticeGroup(group)] = rugzak.NoticeChoice{Hidden: c.Hidden, Mail: rugzak.MailWay(c.Mail)}
	}
	return s, err
}

// SaveNoticeSettings stores how a person wants to be told.
func (w *writer) SaveNoticeSettings(s rugzak.NoticeSettings) error {
	if err := validID(s.Person); err != nil {
		return err
	}
	record := noticeSettingsRecord{Quiet: s.Quiet, Digest: s.Digest}
	for group, c := range s.Choices {
		if record.Choices == nil {
			record.Choices = map[string]noticeChoiceRecord{}
		}
		record.Choices[string(group)] = noticeChoiceRecord{Hidden: c.Hidden, Mail: string(c.Mail)}
	}
	return w.put(bucketNoticeSettings, []byte(s.Person), record)
}

// Unsubscribe returns what a link stops.
func (r *reader) Unsubscribe(hash string) (rugzak.Unsubscribe, error) {
	var record unsubscribeRecord
	err := r.get(bucketUnsubscribes, []byte(hash), &record)
	return rugzak.Unsubscribe{Hash: hash, Person: rugzak.PersonID(record.Person), Stream: rugzak.MailStream(record.Stream)}, err
}

// SaveUnsubscribe stores what a link stops.
func (w *writer) SaveUnsubscribe(u rugzak.Unsubscribe) error {
	if err := errors.Join(validID(u.Hash), validID(u.Person)); err != nil {
		return err
	}
	return w.put(bucketUnsubscribes, []byte(u.Hash), unsubscribeRecord{Person: string(u.Person), Stream: string(u.Stream)})
}

// forgetToldHow removes how a person wanted to be told, and their links.
func (w *writer) forgetToldHow(person rugzak.PersonID) error {
	var hashes []string
	var failed error
	each(&w.reader, bucketUnsubscribes, func(hash string, record unsubscribeRecord, err error) bool {
		if failed = err; record.Person == string(person) {
			hashes = append(hashes, hash)
		}
		return err == nil
	})
	if failed != nil {
		return failed
	}
	for _, hash := range hashes {
		if err := w.remove(bucketUnsubscribes, []byte(hash)); err != nil {
			return err
		}
	}
	return errors.Join(w.remove(bucketNoticeSettings, []byte(person)), w.remove(bucketDigested, []byte(person)))
}

// toldHow checks what people chose, what was chosen for them, and their links:
// they can be read and lead to people.
func (c *checker) toldHow() {
	owned := func(what, person string, err error) bool {
		if c.good(what, err) && !c.has(bucketPeople, person) {
			c.report(what + " for a person who is gone: " + person)
		}
		return true
	}
	each(&c.reader, bucketNoticeSettings, func(person string, _ noticeSettingsRecord, err error) bool {
		return owned("a choice of notices", person, err)
	})
	each(&c.reader, bucketDigested, func(person string, _ digestedRecord, err error) bool {
		return owned("a week of mail", person, err)
	})
	each(&c.reader, bucketUnsubscribes, func(_ string, record unsubscribeRecord, err error) bool {
		return owned("a link to stop mail", record.Person, err)
	})
	each(&c.reader, bucketDigests, func(week string, record digestRecord, err error) bool {
		if c.good("the message of week "+week, err) {
			for _, p := range record.Picks {
				if !c.has(bucketEntries, p.Entry) {
					c.report("the message of week " + week + " holds an entry that is gone")
				}
			}
		}
		return true
	})
}
