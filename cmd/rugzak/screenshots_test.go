// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// maxPicture is the size a picture in the documentation may have, in bytes.
const maxPicture = 200 << 10

// TestScreenshots writes the pictures of the documentation to the directory
// RUGZAK_SCREENSHOTS, from a new demonstration: make screenshots.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("RUGZAK_SCREENSHOTS")
	if dir == "" {
		t.Skip("set RUGZAK_SCREENSHOTS to the directory for the pictures")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	chromium := startChromium(t)
	s := startShowcase(t)
	for _, device := range []struct {
		name string
		look screen
	}{{"390", phone()}, {"1280", desktop()}} {
		name, look := device.name, device.look
		b := newBrowser(t, chromium, s.at, look)
		shoot := func(page string) {
			t.Helper()
			b.waits("the page", `document.readyState === "complete"`)
			for _, w := range b.layout(look) {
				t.Errorf("%s at %s px: %s", page, name, w)
			}
			b.picture(filepath.Join(dir, page+"-"+name+".png"))
		}
		b.open("/inloggen")
		shoot("sign-in")
		b.signIn(s, "participant")
		shoot("home")
		b.open("/ik-deel-iets")
		shoot("quick-entry")
		b.search("contact in de wachttijd")
		shoot("search")
		b.search("samen aan de keukentafel")
		b.press("main article:has(.rz-kind--experience) h2 a")
		shoot("entry")
		b.press(`form[action$="/meenemen"] button`)
		b.open("/rugzak")
		shoot("my-backpack")
		b.press(`form[action$="/uit-rugzak"] button`) // as it was, for the other screen
		b.open(fullForm)
		shoot("full-form")
		b.open("/themas")
		b.press("main article a")
		shoot("theme")
		b.open("/kompas")
		shoot("compass")
	}
}

// picture writes what is on the screen to a file, in few colours so that it
// stays small.
func (b *tab) picture(file string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatalf("take a picture of %s: %v", b.path(), err)
	}
	shot, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fewColours(shot)); err != nil {
		b.Fatal(err)
	}
	if out.Len() > maxPicture {
		b.Errorf("%s is %d bytes, more than %d", filepath.Base(file), out.Len(), maxPicture)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
}

// fewColours draws a picture with its 256 most used colours; a rarer one, on
// the edge of a letter, becomes the nearest of them.
func fewColours(shot image.Image) *image.Paletted {
	count := map[color.RGBA]int{}
	box := shot.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(shot.At(x, y)).(color.RGBA) }
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	var palette color.Palette
	for len(palette) < 256 && len(count) > 0 {
		var most color.RGBA
		for c, n := range count {
			if n > count[most] || n == count[most] && lower(c, most) {
				most = c
			}
		}
		palette = append(palette, most)
		delete(count, most)
	}
	out := image.NewPaletted(box, palette)
	nearest := map[color.RGBA]uint8{}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := at(x, y)
			i, known := nearest[c]
			if !known {
				i = uint8(palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// lower orders colours, so that the same picture always gives the same file.
func lower(a, b color.RGBA) bool {
	if a.R != b.R {
		return a.R < b.R
	}
	if a.G != b.G {
		return a.G < b.G
	}
	return a.B < b.B
}
