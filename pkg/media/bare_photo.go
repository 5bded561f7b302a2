// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
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
		if held := heldIn(segment[:n]); held != nil {
			_, failed := w.Write(held)
			return errors.Join(failed, err)
		}
		return err
	}
	_, failed := w.Write(append([]byte{0xff, marker}, segment[:n]...))
	return errors.Join(failed, err)
}

// heldIn is a segment of EXIF that says only how the photo was held; nil where
// that is upright, or the segment does not say so.
func heldIn(segment []byte) []byte {
	alone := slices.Concat([]byte{0xff, photoBegin, 0xff, photoExif}, segment, []byte{0xff, photoEnd})
	photo, err := formatOf(bytes.NewReader(alone))
	if err != nil {
		return nil
	}
	held := photo.orientation(bytes.NewReader(alone))
	if held == 1 {
		return nil
	}
	return append([]byte{0xff, photoExif, 0, 34}, "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"+string(rune(held))+"\x00\x00\x00\x00\x00\x00"...)
}
