// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"

	"rugzak/pkg/rugzak"
)

// The files of what grew beside questions, of overlaps and of who joins in: one
// record of the product on each line. Fields that are not known are passed over.
const (
	inquiriesName      = "inquiries.jsonl"
	overlapsName       = "overlaps.jsonl"
	participationsName = "participations.jsonl"
)

// recordsFile writes one record a line.
func recordsFile[T any](all []T) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, v := range all {
		_ = enc.Encode(v) // plain values always encode
	}
	return out.Bytes()
}

// readRecords reads one record a line; check says what is wrong with one.
func readRecords[T any](data []byte, p *problems, check func(T) error) []T {
	data, ok := cleanBytes(data, p)
	if !ok {
		return nil
	}
	var out []T
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			p.breaks(number, "exchange.json")
			return nil
		}
		for _, f := range fieldsOf(check(v)) {
			p.add(number, f.Field, f.Key, f.Args...)
		}
		out = append(out, v)
	}
	return out
}

func (w *Writer) putJoining(b rugzak.Backpack) {
	inquiries := slices.SortedFunc(slices.Values(b.Inquiries), func(a, b rugzak.Inquiry) int { return cmp.Compare(a.Entry, b.Entry) })
	overlaps := slices.SortedFunc(slices.Values(b.Overlaps), func(a, b rugzak.Overlap) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	joined := slices.SortedFunc(slices.Values(b.Participations), func(a, b rugzak.Participation) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Of, b.Of))
	})
	if len(inquiries) > 0 {
		w.put(inquiriesName, recordsFile(inquiries))
	}
	if len(overlaps) > 0 {
		w.put(overlapsName, recordsFile(overlaps))
	}
	if len(joined) > 0 {
		w.put(participationsName, recordsFile(joined))
	}
}

// readJoining reads these files, of entries and people that are there.
func (w *Whole) readJoining(r *folderReader) {
	b := &w.backpack
	people := map[rugzak.PersonID]bool{}
	for _, person := range b.People {
		people[person.ID] = true
	}
	r.optional(inquiriesName, func(data []byte, p *problems) {
		b.Inquiries = readRecords(data, p, rugzak.Inquiry.Validate)
		for _, i := range b.Inquiries {
			w.wantEntry(string(i.Entry), p)
		}
	})
	r.optional(overlapsName, func(data []byte, p *problems) {
		b.Overlaps = readRecords(data, p, func(rugzak.Overlap) error { return nil })
		for _, o := range b.Overlaps {
			w.wantEntry(string(o.A), p)
			w.wantEntry(string(o.B), p)
		}
	})
	r.optional(participationsName, func(data []byte, p *problems) {
		b.Participations = readRecords(data, p, rugzak.Participation.Validate)
		for _, j := range b.Participations {
			if !people[j.Person] {
				p.unknown("person", string(j.Person))
			}
			if kind, id := j.Of.Split(); kind == rugzak.OfEntry {
				w.wantEntry(id, p)
			}
		}
	})
}
