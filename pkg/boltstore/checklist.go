// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

// bucketChecklist: one record, what was ticked of the legal checklist.
var bucketChecklist = []byte("checklist")

var checklistKey = []byte("checklist")

type checklistRecord struct {
	Marks   []checkMarkRecord `json:"m,omitempty"`
	Version int               `json:"v"`
}

type checkMarkRecord struct {
	Point string    `json:"p"`
	By    string    `json:"b,omitempty"`
	At    time.Time `json:"at"`
}

// Checklist returns what was ticked.
func (r *reader) Checklist() (rugzak.Checklist, error) {
	var record checklistRecord
	if err := r.get(bucketChecklist, checklistKey, &record); err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return rugzak.Checklist{}, err
	}
	c := rugzak.Checklist{Version: record.Version}
	for _, m := range record.Marks {
		c.Marks = append(c.Marks, rugzak.CheckMark{Point: rugzak.CheckPoint(m.Point), By: rugzak.PersonID(m.By), At: m.At})
	}
	return c, nil
}

// SaveChecklist stores what was ticked.
func (w *writer) SaveChecklist(c rugzak.Checklist, base int) error {
	before, err := w.Checklist()
	if err != nil {
		return err
	}
	if before.Version != base {
		return rugzak.Conflict()
	}
	record := checklistRecord{Version: base + 1}
	for _, m := range c.Marks {
		record.Marks = append(record.Marks, checkMarkRecord{Point: string(m.Point), By: string(m.By), At: m.At})
	}
	return w.put(bucketChecklist, checklistKey, record)
}

// checklist checks that it can be read.
func (c *checker) checklist() {
	each(&c.reader, bucketChecklist, func(_ string, _ checklistRecord, err error) bool {
		return c.good("the checklist", err) || true
	})
}
