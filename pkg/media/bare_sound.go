// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"encoding/binary"
	"io"
	"slices"
)

// bareMP3 empties what stands before and behind the sound (ID3v2 and ID3v1). The
// places themselves stay, so that the file stays what it is.
func bareMP3(file io.ReaderAt, size int64) (p patches, err error) {
	const head, old = 10, 128
	b, err := piece(file, 0, size, head)
	if err != nil {
		return nil, err
	}
	if len(b) == head && string(b[:3]) == "ID3" {
		length := int64(b[6]&0x7f)<<21 | int64(b[7]&0x7f)<<14 | int64(b[8]&0x7f)<<7 | int64(b[9]&0x7f)
		p.put(5, []byte{b[5] & 0x10}) // only whether there is something behind it too
		p.clear(head, min(length, size-head))
	}
	if b, err = piece(file, max(0, size-old), size, old); err != nil {
		return nil, err
	}
	if len(b) == old && string(b[:3]) == "TAG" {
		p.clear(size-old+3, old-3)
	}
	return p, nil
}

// maxBoxes is how deep boxes of a sound may stand in each other.
const maxBoxes = 8

// bareMP4 empties the boxes that tell of a sound (ISO 14496-12): phones write the
// place where it was recorded in them.
func bareMP4(file io.ReaderAt, from, until int64, deep int) (p patches, err error) {
	for n := 0; from+8 <= until && n < maxPatches; n++ {
		b, err := piece(file, from, until, 16)
		if err != nil {
			return nil, err
		}
		head, size, name := int64(8), int64(binary.BigEndian.Uint32(b)), string(b[4:8])
		switch {
		case size == 0:
			size = until - from
		case size == 1 && len(b) == 16:
			head, size = 16, int64(min(binary.BigEndian.Uint64(b[8:]), 1<<62))
		}
		if size < head || size > until-from {
			return p, nil // broken: players stop here too
		}
		switch name {
		case "udta", "meta", "uuid":
			p.put(from+4, []byte("free"))
			p.clear(from+head, size-head)
		case "moov", "trak":
			if deep < maxBoxes {
				inner, err := bareMP4(file, from+head, from+size, deep+1)
				if err != nil {
					return nil, err
				}
				p = append(p, inner...)
			}
		}
		from += size
	}
	return p, nil
}

// bareWAV empties every part of a recording that is no sound.
func bareWAV(file io.ReaderAt, size int64) (p patches, err error) {
	for from, n := int64(12), 0; from+8 <= size && n < maxPatches; n++ {
		b, err := piece(file, from, size, 8)
		if err != nil {
			return nil, err
		}
		length := min(int64(binary.LittleEndian.Uint32(b[4:])), size-from-8)
		if !slices.Contains([]string{"fmt ", "data", "fact", "JUNK"}, string(b[:4])) {
			p.put(from, []byte("JUNK"))
			p.clear(from+8, length)
		}
		from += 8 + length + length%2
	}
	return p, nil
}
