// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// The value of an entry begins with its rights, unpacked: whoever may not see
// it must not notice from the time it takes how long its text is, nor that it
// is there. The value says so with this bit of how it is packed.
const withRights = 0x80

// rightsRecord is the part of an entryRecord that decides who may see it.
type rightsRecord struct {
	State   string   `json:"s"`
	Mode    string   `json:"m"`
	Authors []string `json:"au,omitempty"`
	Level   string   `json:"lv"`
	Also    []string `json:"al,omitempty"`
	Org     string   `json:"o"`
	OrgKind string   `json:"ok"`
	Team    string   `json:"te,omitempty"`
}

// encodeEntry makes the stored value of an entry: the head of every value, the
// length of the rights, the rights, and the record as it is packed.
func encodeEntry(key []byte, r entryRecord) ([]byte, error) {
	value, err := encode(bucketEntries, key, r)
	if err != nil {
		return nil, err
	}
	rights, err := json.Marshal(rightsRecord{r.State, r.Mode, r.Authors, r.Level, r.Also, r.Org, r.OrgKind, r.Team})
	if err != nil {
		return nil, fmt.Errorf("encode rights: %w", err)
	}
	front := append(binary.AppendUvarint(nil, uint64(len(rights))), rights...)
	value = slices.Insert(value, headLength, front...)
	value[1] |= withRights
	putChecksum(bucketEntries, key, value)
	return value, nil
}

// rightsOf tells the rights in front of a value from what comes behind them.
func rightsOf(value []byte) (rights, rest []byte, err error) {
	rest = value[headLength:]
	if value[1]&withRights == 0 {
		return nil, rest, nil
	}
	length, n := binary.Uvarint(rest)
	if n <= 0 || length > uint64(len(rest)-n) {
		return nil, nil, fmt.Errorf("%w: rights are cut off", errDamaged)
	}
	return rest[n : n+int(length)], rest[n+int(length):], nil
}

// Rights returns of an entry only what decides who may see it.
func (r *reader) Rights(id rugzak.EntryID) (rugzak.Entry, error) {
	if err := r.settle(id); err != nil {
		return rugzak.Entry{}, err
	}
	if id == "" {
		return rugzak.Entry{}, rugzak.NotFound()
	}
	var record rightsRecord
	key := []byte(id)
	err := r.look(bucketEntries, key, func(value []byte) error {
		if value == nil {
			return rugzak.NotFound()
		}
		if err := intact(bucketEntries, key, value); err != nil {
			return r.damaged(bucketEntries, key, err)
		}
		rights, _, err := rightsOf(value)
		if err == nil && rights == nil { // written before there were rights in front
			err = decode(bucketEntries, key, value, &record)
		} else if err == nil {
			err = json.Unmarshal(rights, &record)
		}
		if err != nil {
			return r.damaged(bucketEntries, key, err)
		}
		return nil
	})
	if err != nil {
		return rugzak.Entry{}, err
	}
	return entryRecord{
		State: record.State, Mode: record.Mode, Authors: record.Authors, Level: record.Level, Also: record.Also,
		Org: record.Org, OrgKind: record.OrgKind, Team: record.Team,
	}.entry(id), nil
}

// rightsIn is what Rights returns of an entry that is read whole.
func rightsIn(e rugzak.Entry) rugzak.Entry {
	return rugzak.Entry{
		ID: e.ID, State: e.State, Mode: e.Mode, Authors: e.Authors, Audience: e.Audience,
		Organisation: e.Organisation, OrganisationKind: e.OrganisationKind, Team: e.Team,
	}
}
