// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

func TestCodecSizes(t *testing.T) {
	bucket, key := bucketEntries, []byte("k")
	for _, n := range []int{0, 1, worthPacking - 1, worthPacking, 4096, rugzak.MaxBody} {
		for _, body := range []string{strings.Repeat("x", n), rugzaktest.Body(n)} {
			value, err := encode(bucket, key, entryRecord{Body: body})
			if err != nil {
				t.Fatal(err)
			}
			var got entryRecord
			if err := decode(bucket, key, value, &got); err != nil || got.Body != body {
				t.Errorf("%d bytes came back as %d, %v", len(body), len(got.Body), err)
			}
			if err := decode(bucket, []byte("other"), value, &got); err == nil {
				t.Error("a record is read under another key")
			}
			if err := decode(bucketRevisions, key, value, &got); err == nil {
				t.Error("a record is read from another bucket")
			}
		}
	}
}

// Every single changed byte of a record is noticed.
func TestCodecNoticesEveryByte(t *testing.T) {
	e := rugzaktest.Full(1)
	key := []byte(e.ID)
	value, err := encode(bucketEntries, key, recordOf(e))
	if err != nil {
		t.Fatal(err)
	}
	for i := range value {
		for bit := range 8 {
			value[i] ^= 1 << bit
			var record entryRecord
			if err := decode(bucketEntries, key, value, &record); err == nil {
				t.Fatalf("byte %d, bit %d: not noticed", i, bit)
			}
			value[i] ^= 1 << bit
		}
	}
	for n := range value {
		var record entryRecord
		if err := decode(bucketEntries, key, value[:n], &record); err == nil {
			t.Fatalf("cut to %d bytes: not noticed", n)
		}
	}
}

// A field that is added to the domain and forgotten here would be lost: every
// field of the sample comes back through its record, and the sample has all.
func TestRecordsHoldEveryField(t *testing.T) {
	full := rugzaktest.Full(1)
	for i := range reflect.TypeFor[rugzak.Entry]().NumField() {
		if reflect.ValueOf(full).Field(i).IsZero() {
			t.Errorf("the sample has no %s", reflect.TypeFor[rugzak.Entry]().Field(i).Name)
		}
	}
	rugzaktest.Same(t, "entry", recordOf(full).entry(full.ID), full)
}

// FuzzDecode gives the decoder whatever it may find on a disk: it answers with
// a record or an error.
func FuzzDecode(f *testing.F) {
	key := []byte("k")
	for _, record := range []any{recordOf(rugzaktest.Full(1)), recordOf(rugzaktest.Draft(2)), pointerRecord{ID: "x"}, changeRecord{}} {
		value, err := encode(bucketEntries, key, record)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(value[headLength:], value[1])
	}
	f.Add([]byte{}, byte(packedFlate))
	f.Add([]byte(`{"b":1}`), byte(packedPlain))
	f.Fuzz(func(t *testing.T, packed []byte, how byte) {
		// With a checksum that fits, so that what is behind it is reached.
		value := append([]byte{recordVersion, how, 0, 0, 0, 0}, packed...)
		putChecksum(bucketEntries, key, value)
		var record entryRecord
		if err := decode(bucketEntries, key, value, &record); err != nil {
			return
		}
		again, err := encode(bucketEntries, key, record)
		if err != nil {
			t.Fatalf("a record that was read cannot be written: %v", err)
		}
		var second entryRecord
		if err := decode(bucketEntries, key, again, &second); err != nil {
			t.Fatalf("a record that was written cannot be read: %v", err)
		}
		rugzaktest.Same(t, "record", recordOf(second.entry("x")), recordOf(record.entry("x")))
	})
}

// The rights in front of an entry are those of the entry, also in a value that
// was written before they stood in front.
func TestRightsInFront(t *testing.T) {
	e := rugzaktest.Full(1)
	key := []byte(e.ID)
	for name, make := range map[string]func() ([]byte, error){
		"in front": func() ([]byte, error) { return encodeEntry(key, recordOf(e)) },
		"not yet":  func() ([]byte, error) { return encode(bucketEntries, key, recordOf(e)) },
	} {
		value, err := make()
		if err != nil {
			t.Fatal(err)
		}
		var record entryRecord
		if err := decode(bucketEntries, key, value, &record); err != nil || !reflect.DeepEqual(record.entry(e.ID), e) {
			t.Errorf("%s: %+v, %v", name, record, err)
		}
		s := filled(t, testPath(t))
		tamper(t, s, func(tx *bbolt.Tx) error { return tx.Bucket(bucketEntries).Put(key, value) })
		err = s.View(t.Context(), func(r rugzak.Reader) error {
			rights, err := r.Rights(e.ID)
			if !reflect.DeepEqual(rights, rightsIn(e)) {
				t.Errorf("%s: %+v", name, rights)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	value, err := encodeEntry(key, recordOf(e))
	if err != nil {
		t.Fatal(err)
	}
	for n := headLength; n < len(value); n += 7 { // sums that fit, rights that do not
		short := bytes.Clone(value[:n])
		putChecksum(bucketEntries, key, short)
		var record entryRecord
		if err := decode(bucketEntries, key, short, &record); err == nil {
			t.Errorf("cut to %d bytes: not noticed", n)
		}
	}
}
