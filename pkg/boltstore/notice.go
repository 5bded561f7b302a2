// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

type noticeRecord struct {
	Kind  string    `json:"k"`
	Entry string    `json:"e,omitempty"`
	Theme string    `json:"t,omitempty"`
	About string    `json:"a,omitempty"`
	At    time.Time `json:"at"`
	Read  bool      `json:"r,omitempty"`
}

// bucketNoticePeople finds the person of a notice: the change log names notices
// only.
var bucketNoticePeople = []byte("noticepeople") // id of the notice -> person

type noticePersonRecord struct {
	Person string `json:"p"`
}

type mailRecord struct {
	Kind       string    `json:"k"`
	To         string    `json:"p,omitempty"`
	Invitation string    `json:"i,omitempty"`
	Entry      string    `json:"e,omitempty"`
	Notice     string    `json:"no,omitempty"`
	Week       string    `json:"w,omitempty"`
	At         time.Time `json:"at"`
	Attempts   int       `json:"n,omitempty"`
	NotBefore  time.Time `json:"nb,omitzero"`
}

// Notice returns one notice of a person.
func (r *reader) Notice(person rugzak.PersonID, id string) (rugzak.Notice, error) {
	var record noticeRecord
	if err := r.get(bucketNotices, pair(person, id), &record); err != nil {
		return rugzak.Notice{}, err
	}
	return rugzak.Notice{
		ID: id, Person: person, Kind: rugzak.NoticeKind(record.Kind), Entry: rugzak.EntryID(record.Entry),
		Theme: rugzak.ThemeID(record.Theme), About: record.About, At: record.At, Read: record.Read,
	}, nil
}

// Notices lists the notices of a person, newest first.
func (r *reader) Notices(person rugzak.PersonID) ([]rugzak.Notice, error) {
	if person == "" {
		return nil, nil
	}
	ids, err := r.second(bucketNotices, pair(person, ""))
	if err != nil {
		return nil, err
	}
	var out []rugzak.Notice
	for _, id := range slices.Backward(ids) {
		n, err := r.Notice(person, id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// NoticesSince lists the newest notices of a person: ids are in the order of
// time.
func (r *reader) NoticesSince(person rugzak.PersonID, since time.Time) ([]rugzak.Notice, error) {
	if person == "" {
		return nil, nil
	}
	var ids []string
	prefix, first := pair(person, ""), pair(person, rugzak.NewID(since.Add(-time.Millisecond)))
	err := guard(func() error {
		c := r.tx.Bucket(bucketNotices).Cursor()
		for key, _ := c.Seek(first); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
			ids = append(ids, string(key[len(prefix):]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []rugzak.Notice
	for _, id := range slices.Backward(ids) {
		n, err := r.Notice(person, id)
		if err != nil {
			return nil, err
		}
		if !n.At.Before(since) {
			out = append(out, n)
		}
	}
	return out, nil
}

// NewestNotice is the last notice of a person.
func (r *reader) NewestNotice(person rugzak.PersonID) (rugzak.Notice, error) {
	var id string
	err := guard(func() error {
		prefix := pair(person, "")
		c := r.tx.Bucket(bucketNotices).Cursor()
		key, _ := c.Seek(append(bytes.Clone(prefix), 0xff))
		if key == nil {
			key, _ = c.Last()
		} else {
			key, _ = c.Prev()
		}
		if bytes.HasPrefix(key, prefix) {
			id = string(key[len(prefix):])
		}
		return nil
	})
	if err != nil {
		return rugzak.Notice{}, err
	}
	return r.Notice(person, id)
}

// NoticeByID finds a notice without its person.
func (r *reader) NoticeByID(id string) (rugzak.Notice, error) {
	var record noticePersonRecord
	if err := r.get(bucketNoticePeople, []byte(id), &record); err != nil {
		return rugzak.Notice{}, err
	}
	return r.Notice(rugzak.PersonID(record.Person), id)
}

// SaveNotice stores a notice, and logs one that is new.
func (w *writer) SaveNotice(n rugzak.Notice) error {
	if err := errors.Join(validID(n.Person), validID(n.ID)); err != nil {
		return err
	}
	switch _, err := w.Notice(n.Person, n.ID); {
	case rugzak.CodeOf(err) == rugzak.CodeNotFound:
		if err := w.put(bucketNoticePeople, []byte(n.ID), noticePersonRecord{Person: string(n.Person)}); err != nil {
			return err
		}
		if err := w.Log(rugzak.Change{At: n.At, Actor: "system", Verb: rugzak.VerbNoticeMade, Subject: rugzak.NoticeSubject(n.ID)}); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	return w.put(bucketNotices, pair(n.Person, n.ID), noticeRecord{
		Kind: string(n.Kind), Entry: string(n.Entry), Theme: string(n.Theme), About: n.About, At: n.At, Read: n.Read,
	})
}

// RemoveNotice takes a notice away.
func (w *writer) RemoveNotice(person rugzak.PersonID, id string) error {
	if _, err := w.Notice(person, id); err != nil {
		return err
	}
	return w.removeNotice(pair(person, id), id)
}

func (w *writer) removeNotice(key []byte, id string) error {
	return errors.Join(w.remove(bucketNotices, key), w.remove(bucketNoticePeople, []byte(id)))
}

// MailQueue lists what waits, oldest first.
func (r *reader) MailQueue() ([]rugzak.Mail, error) {
	var out []rugzak.Mail
	var failed error
	each(r, bucketMail, func(id string, record mailRecord, err error) bool {
		failed = err
		out = append(out, rugzak.Mail{
			ID: id, Kind: rugzak.MailKind(record.Kind), To: rugzak.PersonID(record.To), Invitation: record.Invitation,
			Entry: rugzak.EntryID(record.Entry), Notice: record.Notice, Week: rugzak.Week(record.Week), At: record.At, Attempts: record.Attempts, NotBefore: record.NotBefore,
		})
		return err == nil
	})
	if failed != nil {
		return nil, failed
	}
	return out, nil
}

// QueueMail stores a message that waits, or stores it again after an attempt.
func (w *writer) QueueMail(m rugzak.Mail) error {
	if err := validID(m.ID); err != nil {
		return err
	}
	return w.put(bucketMail, []byte(m.ID), mailRecord{
		Kind: string(m.Kind), To: string(m.To), Invitation: m.Invitation, Entry: string(m.Entry), Notice: m.Notice, Week: string(m.Week), At: m.At,
		Attempts: m.Attempts, NotBefore: m.NotBefore,
	})
}

// RemoveMail takes a message out of the queue; one that is gone already is no
// error.
func (w *writer) RemoveMail(id string) error { return w.remove(bucketMail, []byte(id)) }

// forgetNotices removes what was told to a person, and their mail.
func (w *writer) forgetNotices(person rugzak.PersonID) error {
	ids, err := w.second(bucketNotices, pair(person, ""))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := w.removeNotice(pair(person, id), id); err != nil {
			return err
		}
	}
	if err := w.forgetToldHow(person); err != nil {
		return err
	}
	if err := w.forgetRequests(person); err != nil {
		return err
	}
	queue, err := w.MailQueue()
	if err != nil {
		return err
	}
	for _, m := range queue {
		if m.To == person {
			if err := w.RemoveMail(m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// told checks notices and mail: they can be read and lead to people.
func (c *checker) told() {
	each(&c.reader, bucketNotices, func(key string, _ noticeRecord, err error) bool {
		person, _, _ := strings.Cut(key, "\x00")
		if c.good("a notice", err) && !c.has(bucketPeople, person) {
			c.report("a notice for a person who is gone: " + person)
		}
		return true
	})
	each(&c.reader, bucketNoticePeople, func(id string, record noticePersonRecord, err error) bool {
		if c.good("the person of notice "+id, err) && !c.has(bucketNotices, string(pair(record.Person, id))) {
			c.report("a person is named for a notice that is gone: " + id)
		}
		return true
	})
	c.toldHow()
	each(&c.reader, bucketMail, func(id string, _ mailRecord, err error) bool { return c.good("mail "+id, err) || true })
	each(&c.reader, bucketFalseAlarms, func(key string, _ falseAlarmRecord, err error) bool {
		return c.good("the count "+key, err) || true
	})
	each(&c.reader, bucketSettings, func(_ string, _ settingsRecord, err error) bool { return c.good("the settings", err) || true })
	c.announcements()
	c.requests()
}
