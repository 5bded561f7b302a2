// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"errors"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketIdeas     = []byte("ideas")     // id -> idea
	bucketIdeaLists = []byte("idealists") // organisation 0 id -> nothing, while it is open
)

type ideaRecord struct {
	Title   string             `json:"t"`
	Text    string             `json:"x,omitempty"`
	Step    string             `json:"st"`
	Orgs    []string           `json:"o"`
	Answers []ideaAnswerRecord `json:"a,omitempty"`
	State   string             `json:"s"`
	Became  string             `json:"b,omitempty"`
	Sample  bool               `json:"sa,omitempty"`
	At      time.Time          `json:"at"`
	Updated time.Time          `json:"ua"`
	Version int                `json:"v"`
}

type ideaAnswerRecord struct {
	Org   string    `json:"o"`
	Reply string    `json:"r"`
	Note  string    `json:"n,omitempty"`
	At    time.Time `json:"at"`
}

func (r ideaRecord) idea(id string) rugzak.Idea {
	i := rugzak.Idea{
		ID: id, Title: r.Title, Text: r.Text, Step: r.Step, Organisations: words[string, rugzak.OrganisationID](r.Orgs),
		State: rugzak.IdeaState(r.State), Became: rugzak.Subject(r.Became), Sample: r.Sample, At: r.At, UpdatedAt: r.Updated, Version: r.Version,
	}
	for _, a := range r.Answers {
		i.Answers = append(i.Answers, rugzak.IdeaAnswer{Organisation: rugzak.OrganisationID(a.Org), Reply: rugzak.IdeaReply(a.Reply), Note: a.Note, At: a.At})
	}
	return i
}

// ideaKeys are the lists an idea stands in.
func ideaKeys(i rugzak.Idea) [][]byte {
	var out [][]byte
	if i.State == rugzak.IdeaOpen {
		for _, o := range i.Organisations {
			out = append(out, pair(o, i.ID))
		}
	}
	return out
}

// Idea returns one idea.
func (r *reader) Idea(id string) (rugzak.Idea, error) {
	var record ideaRecord
	if err := r.get(bucketIdeas, []byte(id), &record); err != nil {
		return rugzak.Idea{}, err
	}
	return record.idea(id), nil
}

// OpenIdeas lists the open ones to which an organisation is invited.
func (r *reader) OpenIdeas(o rugzak.OrganisationID) ([]rugzak.Idea, error) {
	return collected(listed(r, bucketIdeaLists, string(o), r.Idea))
}

// Ideas lists all of them.
func (r *reader) Ideas() ([]rugzak.Idea, error) {
	var out []rugzak.Idea
	var failed error
	each(r, bucketIdeas, func(id string, record ideaRecord, err error) bool {
		out, failed = append(out, record.idea(id)), err
		return err == nil
	})
	return out, failed
}

// SaveIdea stores an idea.
func (w *writer) SaveIdea(i rugzak.Idea, base int) error {
	if err := validID(i.ID); err != nil {
		return err
	}
	before, err := w.Idea(i.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	for _, key := range ideaKeys(before) {
		if err := w.remove(bucketIdeaLists, key); err != nil {
			return err
		}
	}
	record := ideaRecord{
		Title: i.Title, Text: i.Text, Step: i.Step, Orgs: words[rugzak.OrganisationID, string](i.Organisations), State: string(i.State),
		Became: string(i.Became), Sample: i.Sample, At: i.At, Updated: i.UpdatedAt, Version: base + 1,
	}
	for _, a := range i.Answers {
		record.Answers = append(record.Answers, ideaAnswerRecord{Org: string(a.Organisation), Reply: string(a.Reply), Note: a.Note, At: a.At})
	}
	for _, key := range ideaKeys(i) {
		if err := w.store(bucketIdeaLists, key, nil); err != nil {
			return err
		}
	}
	return w.put(bucketIdeas, []byte(i.ID), record)
}

// RemoveIdea takes an idea away.
func (w *writer) RemoveIdea(id string) error {
	i, err := w.Idea(id)
	if err != nil {
		return err
	}
	var all error
	for _, key := range ideaKeys(i) {
		all = errors.Join(all, w.remove(bucketIdeaLists, key))
	}
	return errors.Join(all, w.remove(bucketIdeas, []byte(id)))
}

// ideas checks that ideas can be read and stand in their lists.
func (c *checker) ideas() {
	each(&c.reader, bucketIdeas, func(id string, record ideaRecord, err error) bool {
		if c.good("the idea "+id, err) {
			for _, key := range ideaKeys(record.idea(id)) {
				c.expect(bucketIdeaLists, key, "")
			}
		}
		return true
	})
}
