// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// appIcons are the icons of the site among the apps of a phone: how wide, and
// which part of that the drawn icon takes; all of the rest has its colour, as
// phones cut such icons to a shape of their own.
var appIcons = []struct {
	file string
	size int64
	part float64
	full bool
}{
	{"icon-192.png", 192, 1, false}, {"icon-512.png", 512, 1, false}, {"icon-maskable.png", 512, .78, true}, {"icon-180.png", 180, .94, true},
}

// TestBrowserIcons holds that the icons in static/img are those that are drawn
// there as favicon.svg. With RUGZAK_ICONS=1 it makes them anew: make icons.
func TestBrowserIcons(t *testing.T) {
	chromium := startChromium(t)
	dir := filepath.Join("..", "..", "static", "img")
	drawn := string(read(t, filepath.Join(dir, "favicon.svg")))
	colour := regexp.MustCompile(`<rect[^>]* fill="(#[0-9a-f]{6})"`).FindStringSubmatch(drawn)
	if colour == nil {
		t.Fatal("the icon has no ground")
	}
	pages := map[string]string{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, pages[r.URL.Path])
	}))
	defer site.Close()
	for _, icon := range appIcons {
		ground := "none"
		if icon.full {
			ground = colour[1]
		}
		edge := (1 - icon.part) * 24
		pages["/"+icon.file] = fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 48 48"><rect width="48" height="48" fill="%s"/><svg x="%f" y="%f" width="%f" height="%f" viewBox="0 0 48 48">%s</svg></svg>`,
			icon.size, icon.size, ground, edge, edge, 48-2*edge, 48-2*edge, drawn)
		b := newBrowser(t, chromium, site.URL, screen{icon.size, icon.size, 1, false})
		b.open("/" + icon.file)
		if _, err := chromedp.Call(b.ctx, emulation.SetDefaultBackgroundColorOverride, emulation.SetDefaultBackgroundColorOverrideParams{Color: &cdp.RGBA{}}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(b.ctx, patience)
		data, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		now, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, icon.file)
		if os.Getenv("RUGZAK_ICONS") == "1" {
			var out bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, now); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := png.Decode(bytes.NewReader(read(t, file)))
		if err != nil {
			t.Fatal(err)
		}
		if kept.Bounds() != now.Bounds() || differing(kept, now) > int(icon.size*icon.size)/100 {
			t.Errorf("%s is another drawing than favicon.svg: make icons", icon.file)
		}
	}
}

// differing counts the dots of which the colour is clearly another.
func differing(a, b image.Image) (n int) {
	far := func(x, y uint32) bool { return max(x, y)-min(x, y) > 0x2000 }
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r, g, bl, al := a.At(x, y).RGBA()
			r2, g2, b2, a2 := b.At(x, y).RGBA()
			if far(r, r2) || far(g, g2) || far(bl, b2) || far(al, a2) {
				n++
			}
		}
	}
	return n
}
