// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"
)

// A stored value is: version of the record, how it is packed, CRC-32C, packed
// bytes. The checksum is over the bucket and the key too: a flipped bit, and a
// record under another's key, are an error instead of wrong content.
const (
	recordVersion = 1
	packedPlain   = 0
	packedFlate   = 1
	headLength    = 6
	// maxUnpacked bounds what a damaged value can make us allocate.
	maxUnpacked = 16 << 20
	// worthPacking is the length from which packing saves more than it costs.
	worthPacking = 200
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errDamaged = errors.New("record is damaged")

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriterDict(io.Discard, flate.DefaultCompression, []byte(packDictionary))
	if err != nil {
		panic("boltstore: the level is a constant: " + err.Error())
	}
	return w
}}

// encode makes the stored value of a record.
func encode(bucket, key []byte, record any) ([]byte, error) {
	plain, err := json.Marshal(record)
	if err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	out := bytes.NewBuffer(make([]byte, headLength, headLength+len(plain)))
	how := byte(packedPlain)
	if len(plain) >= worthPacking {
		w := packers.Get().(*flate.Writer)
		w.Reset(out)
		if _, err := w.Write(plain); err != nil {
			return nil, fmt.Errorf("pack record: %w", err)
		}
		if err := w.Close(); err != nil {
			return nil, fmt.Errorf("pack record: %w", err)
		}
		packers.Put(w)
		how = packedFlate
	}
	if how == packedPlain || out.Len() >= headLength+len(plain) {
		how = packedPlain
		out.Truncate(headLength)
		out.Write(plain)
	}
	b := out.Bytes()
	b[0], b[1] = recordVersion, how
	putChecksum(bucket, key, b)
	return b, nil
}

func putChecksum(bucket, key, value []byte) {
	binary.BigEndian.PutUint32(value[2:], checksum(bucket, key, value))
}

func checksum(bucket, key, value []byte) uint32 {
	sum := crc32.Update(0, castagnoli, bucket)
	sum = crc32.Update(sum, castagnoli, key)
	sum = crc32.Update(sum, castagnoli, value[:2])
	return crc32.Update(sum, castagnoli, value[headLength:])
}

// intact checks the head of a value and its checksum.
func intact(bucket, key, value []byte) error {
	if len(value) < headLength {
		return fmt.Errorf("%w: too short", errDamaged)
	}
	if checksum(bucket, key, value) != binary.BigEndian.Uint32(value[2:]) {
		return fmt.Errorf("%w: checksum differs", errDamaged)
	}
	if value[0] != recordVersion {
		return fmt.Errorf("%w: unknown version %d", errDamaged, value[0])
	}
	return nil
}

// decode reads a stored value back into a record.
func decode(bucket, key, value []byte, record any) error {
	if err := intact(bucket, key, value); err != nil {
		return err
	}
	_, plain, err := rightsOf(value)
	if err != nil {
		return err
	}
	switch value[1] &^ withRights {
	case packedPlain:
	case packedFlate:
		if plain, err = unpack(plain); err != nil {
			return fmt.Errorf("%w: %w", errDamaged, err)
		}
	default:
		return fmt.Errorf("%w: unknown packing %d", errDamaged, value[1])
	}
	if err := json.Unmarshal(plain, record); err != nil {
		return fmt.Errorf("%w: %w", errDamaged, err)
	}
	return nil
}

var unpackers = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

func unpack(packed []byte) ([]byte, error) {
	r := unpackers.Get().(io.ReadCloser)
	defer unpackers.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(packed), []byte(packDictionary)); err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(plain) > maxUnpacked {
		err = errors.New("too long")
	}
	return plain, err
}
