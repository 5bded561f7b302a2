// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

var bucketCelebrations = []byte("celebrations") // month -> what is celebrated

type celebrationRecord struct {
	Picks   []pickRecord `json:"p,omitempty"`
	At      time.Time    `json:"at"`
	Version int          `json:"v"`
}

func (r celebrationRecord) celebration(month string) rugzak.Celebration {
	c := rugzak.Celebration{Month: month, At: r.At, Version: r.Version}
	for _, p := range r.Picks {
		c.Picks = append(c.Picks, rugzak.DigestPick{Entry: rugzak.EntryID(p.Entry), Reason: p.Reason})
	}
	return c
}

// Celebration returns what is celebrated in a month.
func (r *reader) Celebration(month string) (rugzak.Celebration, error) {
	var record celebrationRecord
	err := r.get(bucketCelebrations, []byte(month), &record)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound {
		err = nil
	}
	return record.celebration(month), err
}

// Celebrations lists what was celebrated, newest month first.
func (r *reader) Celebrations() (out []rugzak.Celebration, err error) {
	each(r, bucketCelebrations, func(month string, record celebrationRecord, failed error) bool {
		out, err = append(out, record.celebration(month)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	return out, nil
}

// SaveCelebration stores what is celebrated in a month, or takes it away.
func (w *writer) SaveCelebration(c rugzak.Celebration, base int) error {
	if err := validID(c.Month); err != nil {
		return err
	}
	before, err := w.Celebration(c.Month)
	if err != nil {
		return err
	}
	if before.Version != base {
		return rugzak.Conflict()
	}
	return w.putCelebration(c, base+1)
}

func (w *writer) putCelebration(c rugzak.Celebration, version int) error {
	if len(c.Picks) == 0 {
		return w.remove(bucketCelebrations, []byte(c.Month))
	}
	record := celebrationRecord{At: c.At, Version: version}
	for _, p := range c.Picks {
		record.Picks = append(record.Picks, pickRecord{Entry: string(p.Entry), Reason: p.Reason})
	}
	return w.put(bucketCelebrations, []byte(c.Month), record)
}

// uncelebrate takes an entry that goes out of every month, with why it was
// chosen.
func (w *writer) uncelebrate(id rugzak.EntryID) error {
	all, err := w.Celebrations()
	if err != nil {
		return err
	}
	chosen := func(p rugzak.DigestPick) bool { return p.Entry == id }
	for _, c := range all {
		if slices.ContainsFunc(c.Picks, chosen) {
			c.Picks = slices.DeleteFunc(c.Picks, chosen)
			if err := w.putCelebration(c, c.Version+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// celebrations checks that what is celebrated can be read, and is there.
func (c *checker) celebrations() {
	each(&c.reader, bucketCelebrations, func(month string, record celebrationRecord, err error) bool {
		if c.good("what is celebrated in "+month, err) {
			for _, p := range record.Picks {
				if !c.has(bucketEntries, p.Entry) {
					c.report("what is celebrated in " + month + " is gone: " + p.Entry)
				}
			}
		}
		return true
	})
}
