// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

type incidentRecord struct {
	Entry    string    `json:"e,omitempty"`
	Theme    string    `json:"t,omitempty"`
	Response string    `json:"re,omitempty"`
	Meeting  string    `json:"me,omitempty"`
	Need     string    `json:"ne,omitempty"`
	Text     string    `json:"tx,omitempty"`
	Found    time.Time `json:"f"`
	Reason   string    `json:"r"`
	Reporter string    `json:"p,omitempty"`
	State    string    `json:"s,omitempty"`
	Version  int       `json:"v,omitempty"`
	Revision int       `json:"rv,omitempty"`
	Level    string    `json:"lv,omitempty"`
	Also     []string  `json:"al,omitempty"`
	Org      string    `json:"o,omitempty"`
	Team     string    `json:"te,omitempty"`
	Readers  int       `json:"n,omitempty"`
	Asked    time.Time `json:"a,omitzero"`
	Note     string    `json:"no,omitempty"`
	Settled  time.Time `json:"st,omitzero"`
	How      string    `json:"h,omitempty"`
	By       string    `json:"b,omitempty"`
}

func (r incidentRecord) incident(id string) rugzak.Incident {
	return rugzak.Incident{
		ID: id, Entry: rugzak.EntryID(r.Entry), Theme: rugzak.ThemeID(r.Theme), Response: r.Response, Meeting: r.Meeting, Need: r.Need, Text: rugzak.Subject(r.Text), Found: r.Found,
		Reason: rugzak.ReportReason(r.Reason), Reporter: rugzak.PersonID(r.Reporter),
		State: rugzak.State(r.State), Version: r.Version, Revision: r.Revision,
		Audience:     rugzak.Audience{Level: rugzak.Level(r.Level), Also: words[string, rugzak.OrganisationID](r.Also)},
		Organisation: rugzak.OrganisationID(r.Org), Team: rugzak.TeamID(r.Team), Readers: r.Readers,
		Asked: r.Asked, Note: r.Note, Settled: r.Settled, How: rugzak.Settlement(r.How), By: rugzak.PersonID(r.By),
	}
}

// Incident returns one incident.
func (r *reader) Incident(id string) (rugzak.Incident, error) {
	var record incidentRecord
	err := r.get(bucketIncidents, []byte(id), &record)
	return record.incident(id), err
}

// Incidents yields the incidents newest first.
func (r *reader) Incidents() iter.Seq2[rugzak.Incident, error] {
	return func(yield func(rugzak.Incident, error) bool) {
		var all []rugzak.Incident
		var failed error
		each(r, bucketIncidents, func(id string, record incidentRecord, err error) bool {
			all, failed = append(all, record.incident(id)), err
			return err == nil
		})
		if failed != nil {
			yield(rugzak.Incident{}, failed)
			return
		}
		for _, i := range slices.Backward(all) {
			if !yield(i, nil) {
				return
			}
		}
	}
}

// SaveIncident stores an incident.
func (w *writer) SaveIncident(i rugzak.Incident) error {
	if err := validID(i.ID); err != nil {
		return err
	}
	if err := w.markText(i); err != nil {
		return err
	}
	return w.put(bucketIncidents, []byte(i.ID), incidentRecord{
		Entry: string(i.Entry), Theme: string(i.Theme), Response: i.Response, Meeting: i.Meeting, Need: i.Need, Text: string(i.Text), Found: i.Found, Reason: string(i.Reason), Reporter: string(i.Reporter),
		State: string(i.State), Version: i.Version, Revision: i.Revision, Level: string(i.Audience.Level),
		Also: words[rugzak.OrganisationID, string](i.Audience.Also), Org: string(i.Organisation), Team: string(i.Team),
		Readers: i.Readers, Asked: i.Asked, Note: i.Note, Settled: i.Settled, How: string(i.How), By: string(i.By),
	})
}

// reported checks incidents, tombstones and purges: they can be read, and what
// is purged is gone.
func (c *checker) reported() {
	each(&c.reader, bucketIncidents, func(id string, _ incidentRecord, err error) bool {
		return c.good("incident "+id, err) || true
	})
	each(&c.reader, bucketReportedTexts, func(text string, id string, err error) bool {
		if c.good("reported text "+text, err) {
			if i, err := c.Incident(id); err != nil || !i.Open() || string(i.Text) != text {
				c.report("text " + text + " is hidden, and no report of it is open")
			}
		}
		return true
	})
	each(&c.reader, bucketPurges, func(id string, _ purgeRecord, err error) bool { return c.good("purge "+id, err) || true })
	each(&c.reader, bucketTombstones, func(subject string, record tombstoneRecord, err error) bool {
		id, isEntry := strings.CutPrefix(subject, rugzak.EntrySubject(""))
		if c.good("tombstone of "+subject, err) && isEntry && record.Version == 0 && c.has(bucketEntries, id) {
			c.report(fmt.Sprintf("entry %s was purged and is there again", id))
		}
		return true
	})
}
