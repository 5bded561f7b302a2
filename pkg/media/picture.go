// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"rugzak/pkg/rugzak"
)

const (
	large   = 2048 // pixels along the longest side of what is kept
	small   = 640  // and of the small one
	quality = 82   // of a JPEG
	// maxMemory is what unpacking a picture may take, in bytes.
	maxMemory = 192 << 20
)

// format is how one kind of picture is read.
type format struct {
	name   string
	begins string // its first bytes
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	meta   imagemeta.ImageFormat
}

var formats = []format{
	{"jpeg", "\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, imagemeta.JPEG},
	{"png", "\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, imagemeta.PNG},
	{"gif", "GIF8", gif.DecodeConfig, gif.Decode, 0}, // of moving ones the first picture
	{"webp", "RIFF", webp.DecodeConfig, webp.Decode, imagemeta.WebP},
}

// Picture makes an image anew.
func (f *Files) Picture(ctx context.Context, file rugzak.Upload) (p rugzak.Picture, err error) {
	if f.turn != nil {
		select {
		case f.turn <- struct{}{}:
			defer func() { <-f.turn }()
		case <-ctx.Done():
			return rugzak.Picture{}, ctx.Err()
		}
	}
	defer func() {
		if failed := recover(); failed != nil { // a decoder that a file got the better of
			err = errors.Join(refused("error.attachment.damaged"), fmt.Errorf("media: picture: %v", failed))
		}
	}()
	form, err := formatOf(file)
	if err != nil {
		return rugzak.Picture{}, err
	}
	if err := form.fits(file); err != nil {
		return rugzak.Picture{}, err
	}
	turned := form.orientation(file)
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return rugzak.Picture{}, fmt.Errorf("media: picture: %w", err)
	}
	decoded, err := form.decode(file)
	if err != nil {
		return rugzak.Picture{}, refused("error.attachment.damaged")
	}
	if err := ctx.Err(); err != nil {
		return rugzak.Picture{}, err
	}
	return drawn(decoded, turned)
}

func formatOf(file rugzak.Upload) (format, error) {
	head := make([]byte, 16)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return format{}, fmt.Errorf("media: picture: %w", err)
	}
	for _, f := range formats {
		if bytes.HasPrefix(head[:n], []byte(f.begins)) {
			return f, nil
		}
	}
	return format{}, refused("error.attachment.damaged")
}

// fits refuses a picture that would take too much before anything is unpacked.
func (f format) fits(file rugzak.Upload) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("media: picture: %w", err)
	}
	c, err := f.config(file)
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return refused("error.attachment.damaged")
	}
	pixels := int64(c.Width) * int64(c.Height)
	if pixels > rugzak.MaxPixels {
		return refused("error.attachment.pixels", rugzak.MaxPixels/1_000_000)
	}
	each := int64(4) // bytes per pixel once unpacked
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8
	case color.YCbCrModel:
		each = 3
		if f.name == "jpeg" && progressive(file) {
			each += 12 // what it gathers before it has a pixel
		}
	case color.GrayModel:
		each = 1
	}
	if pixels*each > maxMemory {
		return refused("error.attachment.pixels", maxMemory/each/1_000_000)
	}
	return nil
}

// progressive reports whether a JPEG comes in rounds (ITU-T T.81, B.2.2: SOF2).
func progressive(file io.ReaderAt) bool {
	at := int64(2)
	var head [4]byte
	for range 1000 {
		if _, err := file.ReadAt(head[:], at); err != nil || head[0] != 0xff {
			return true // not as it should be: reckon with the worst
		}
		switch m := head[1]; {
		case m == 0xff: // filled up
			at++
			continue
		case m == 0xc2:
			return true
		case m >= 0xc0 && m <= 0xcf && m != 0xc4 && m != 0xc8 && m != 0xcc, m == 0xda:
			return false
		}
		at += 2 + int64(binary.BigEndian.Uint16(head[2:]))
	}
	return true
}

// orientation is how a picture was held, 1 to 8 as in EXIF; 1 when it does not say.
func (f format) orientation(file rugzak.Upload) int {
	turned := 1
	if f.meta == 0 {
		return turned
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return turned
	}
	_, _ = imagemeta.Decode(imagemeta.Options{ // what it cannot read is not turned
		R: file, ImageFormat: f.meta, Sources: imagemeta.EXIF, LimitNumTags: 500, LimitTagSize: 1000,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if n, ok := tag.Value.(uint16); ok && n >= 1 && n <= 8 {
				turned = int(n)
			}
			return imagemeta.ErrStopWalking
		},
	})
	return turned
}

// drawn makes the pictures that are kept.
func drawn(from image.Image, turned int) (rugzak.Picture, error) {
	seen := seethrough(from)
	whole := turn(scaled(from, large), turned)
	p := rugzak.Picture{Type: "image/jpeg", Width: whole.Rect.Dx(), Height: whole.Rect.Dy()}
	if seen {
		p.Type = "image/png"
	}
	var err error
	if p.Data, err = written(whole, seen); err != nil {
		return rugzak.Picture{}, err
	}
	if max(p.Width, p.Height) > small {
		if p.Small, err = written(scaled(whole, small), seen); err != nil {
			return rugzak.Picture{}, err
		}
	}
	return p, nil
}

// seethrough reports whether any pixel lets the page show.
func seethrough(from image.Image) bool {
	if o, ok := from.(interface{ Opaque() bool }); ok {
		return !o.Opaque()
	}
	return true
}

// scaled draws a picture no larger than most along its longest side. It halves
// as long as it can, and each step reads the four points around one: a better
// kernel takes 32 bytes for each pixel on its way.
func scaled(from image.Image, most int) *image.RGBA {
	b := from.Bounds()
	for max(b.Dx(), b.Dy()) >= 2*most {
		from = resized(from, max(1, b.Dx()/2), max(1, b.Dy()/2))
		b = from.Bounds()
	}
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > most {
		w, h = max(1, w*most/longest), max(1, h*most/longest)
	}
	return resized(from, w, h)
}

func resized(from image.Image, w, h int) *image.RGBA {
	b := from.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(to, to.Rect, from, b.Min, draw.Src)
	} else {
		draw.ApproxBiLinear.Scale(to, to.Rect, from, b, draw.Src, nil)
	}
	return to
}

// turn puts a picture upright. Orientations as in EXIF 2.3, 4.6.4.A.
func turn(from *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			var tx, ty int
			switch orientation {
			case 2:
				tx, ty = w-1-x, y
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				tx, ty = x, h-1-y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(to.Pix[to.PixOffset(tx, ty):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}

func written(p *image.RGBA, seethrough bool) ([]byte, error) {
	var out bytes.Buffer
	var err error
	if seethrough {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, p)
	} else {
		err = jpeg.Encode(&out, p, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return nil, fmt.Errorf("media: write picture: %w", err)
	}
	return out.Bytes(), nil
}
