// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"time"

	"rugzak/pkg/rugzak"
)

// bucketSelfCheck: one record, what the core team said of "Kunnen we dit zelf?".
var bucketSelfCheck = []byte("selfcheck")

var selfCheckKey = []byte("selfcheck")

type selfCheckRecord struct {
	Answers []selfAnswerRecord `json:"a,omitempty"`
	Version int                `json:"v"`
}

type selfAnswerRecord struct {
	Point string    `json:"p"`
	How   string    `json:"h"`
	Note  string    `json:"n,omitempty"`
	At    time.Time `json:"at"`
}

// SelfCheck returns the answers.
func (r *reader) SelfCheck() (rugzak.SelfCheck, error) {
	var record selfCheckRecord
	if err := r.get(bucketSelfCheck, selfCheckKey, &record); err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return rugzak.SelfCheck{}, err
	}
	c := rugzak.SelfCheck{Version: record.Version}
	for _, a := range record.Answers {
		c.Answers = append(c.Answers, rugzak.SelfAnswer{Point: rugzak.SelfPoint(a.Point), How: rugzak.SelfHow(a.How), Note: a.Note, At: a.At})
	}
	return c, nil
}

// SaveSelfCheck stores the answers.
func (w *writer) SaveSelfCheck(c rugzak.SelfCheck, base int) error {
	before, err := w.SelfCheck()
	if err != nil {
		return err
	}
	if before.Version != base {
		return rugzak.Conflict()
	}
	record := selfCheckRecord{Version: base + 1}
	for _, a := range c.Answers {
		record.Answers = append(record.Answers, selfAnswerRecord{Point: string(a.Point), How: string(a.How), Note: a.Note, At: a.At})
	}
	return w.put(bucketSelfCheck, selfCheckKey, record)
}

// selfCheck checks that it can be read.
func (c *checker) selfCheck() {
	each(&c.reader, bucketSelfCheck, func(_ string, _ selfCheckRecord, err error) bool {
		return c.good("the checklist of the core team", err) || true
	})
}
