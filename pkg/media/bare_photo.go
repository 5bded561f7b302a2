// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// The markers of a JPEG that count here (ITU-T T.81, table B.1).
const (
	photoBegin   = 0xd8
	photoEnd     = 0xd9
	photoScan    = 0xda
	photoExif    = 0xe1 // and XMP
	photoIPTC    = 0xed
	photoComment = 0xfe
)

// barePhoto copies a photo within a document without where and by whom it was
// taken, and without what stands behind it. Its pixels stay as they are, and how it
// was held too: programs differ in whether they turn it. What is no photo is copied.
func barePhoto(to io.Writer, from io.Reader) error {
	r, w := bufio.NewReader(from), bufio.NewWriter(to)
	err := photoSegments(w, r)
	if errors.Is(err, errNoPhoto) {
		_, err = io.Copy(w, r)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err == nil { // the rest counts for whether the part is whole
		_, err = io.Copy(io.Discard, r)
	}
	return errors.Join(err, w.Flush())
}

var errNoPhoto = errors.New("no photo from here on")

func photoSegments(w *bufio.Writer, r *bufio.Reader) error {
	for scanning := false; ; {
		c, err := r.ReadByte()
		if err != nil {
			return err
		}
		if c != 0xff {
			if err := w.WriteByte(c); err != nil || !scanning {
				return errors.Join(err, errNoPhoto)
			}
			continue
		}
		marker, err := r.ReadByte()
		if err != nil {
			return errors.Join(w.WriteByte(c), err)
		}
		switch {
		case marker == 0xff: // fills up
			err = errors.Join(w.WriteByte(c), r.UnreadByte())
		case marker == photoBegin, scanning && (marker == 0 || marker >= 0xd0 && marker <= 0xd7):
			_, err = w.Write([]byte{c, marker})
		case marker == photoEnd:
			_, err = w.Write([]byte{c, marker})
			return err
		default:
			scanning = scanning || marker == photoScan
			err = photoSegment(w, r, marker)
		}
		if err != nil {
			return err
		}
	}
}

// photoSegment copies one segment, unless it tells of the maker.
func photoSegment(w *bufio.Writer, r *bufio.Reader, marker byte) error {
	length, err := r.Peek(2)
	size := 0
	if err == nil {
		size = int(binary.BigEndian.Uint16(length))
	}
	if size < 2 {
		_, err := w.Write([]byte{0xff, marker})
		return errors.Join(err, errNoPhoto)
	}
	segment := make([]byte, size)
	n, err := io.ReadFull(r, segment)
	switch {
	case marker == photoIPTC || marker == photoComment:
		return err
	case marker == photoExif:
		if held := heldIn(segment[2:n]); held != nil {
			_, failed := w.Write(held)
			return errors.Join(failed, err)
		}
		return err
	}
	_, failed := w.Write(append([]byte{0xff, marker}, segment[:n]...))
	return errors.Join(failed, err)
}

// heldIn is a segment of EXIF that says only how the photo was held; nil where
// that is upright, or nothing says so.
func heldIn(segment []byte) []byte {
	b, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !ok || len(b) < 10 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return nil
	}
	entries := b[at+2:]
	for n := int(order.Uint16(b[at:])); n > 0 && len(entries) >= 12; n-- {
		if held := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && held > 1 && held <= 8 {
			return append([]byte{0xff, photoExif, 0, 34}, "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"+string(rune(held))+"\x00\x00\x00\x00\x00\x00"...)
		}
		entries = entries[12:]
	}
	return nil
}
