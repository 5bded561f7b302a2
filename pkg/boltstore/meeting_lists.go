// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"errors"
	"iter"
	"slices"

	"rugzak/pkg/rugzak"
)

// bucketMeetingLists puts the meetings of each list in the order in which they
// begin.
var bucketMeetingLists = []byte("meetinglists") // list 0 day and time 0 meeting -> nothing

// meetingKeys are the places of a meeting in its lists.
func meetingKeys(m rugzak.Meeting) (keys [][]byte) {
	for _, l := range m.Lists() {
		keys = append(keys, pair(l, pair(m.Day+" "+m.Start, m.ID)))
	}
	return keys
}

// MeetingsFrom yields those of a list from a day on, the first one first.
func (r *reader) MeetingsFrom(l rugzak.MeetingList, day string) iter.Seq2[rugzak.Meeting, error] {
	return func(yield func(rugzak.Meeting, error) bool) {
		place := walk{tx: r.tx, bucket: bucketMeetingLists, last: pair(l, day)}
		for {
			key, err := place.next()
			if err == nil && !bytes.HasPrefix(key, pair(l, "")) {
				return
			}
			var m rugzak.Meeting
			if err == nil {
				m, err = r.meetingAt(key)
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// MeetingsBefore yields those of before a day, the last one first.
func (r *reader) MeetingsBefore(l rugzak.MeetingList, day string) iter.Seq2[rugzak.Meeting, error] {
	const atOnce = 20
	return func(yield func(rugzak.Meeting, error) bool) {
		prefix, end := pair(l, ""), pair(l, day)
		for {
			keys, err := r.keysBefore(bucketMeetingLists, prefix, end, atOnce)
			if err != nil {
				yield(rugzak.Meeting{}, err)
				return
			}
			for _, key := range keys {
				m, err := r.meetingAt(key)
				if !yield(m, err) || err != nil {
					return
				}
				end = key
			}
			if len(keys) < atOnce {
				return
			}
		}
	}
}

// keysBefore copies the last keys with a prefix that come before an end, the
// last one first.
func (r *reader) keysBefore(bucket, prefix, end []byte, most int) (keys [][]byte, err error) {
	err = guard(func() error {
		c := r.tx.Bucket(bucket).Cursor()
		key, _ := c.Seek(end)
		if key == nil {
			key, _ = c.Last()
		} else {
			key, _ = c.Prev()
		}
		for ; len(keys) < most && bytes.HasPrefix(key, prefix); key, _ = c.Prev() {
			keys = append(keys, bytes.Clone(key))
		}
		return nil
	})
	return keys, err
}

// meetingAt reads the meeting a place leads to. The meeting itself says where it
// stands.
func (r *reader) meetingAt(key []byte) (rugzak.Meeting, error) {
	m, err := r.Meeting(string(key[bytes.LastIndexByte(key, 0)+1:]))
	if rugzak.CodeOf(err) == rugzak.CodeNotFound ||
		err == nil && !slices.ContainsFunc(meetingKeys(m), func(k []byte) bool { return bytes.Equal(k, key) }) {
		return rugzak.Meeting{}, r.damaged(bucketMeetingLists, key, errors.New("leads to a meeting that stands elsewhere"))
	}
	return m, err
}

// forgetPlaces takes a meeting as it is stored out of its lists.
func (w *writer) forgetPlaces(old rugzak.Meeting) error {
	for _, key := range meetingKeys(old) {
		if err := w.remove(bucketMeetingLists, key); err != nil {
			return err
		}
	}
	return nil
}
