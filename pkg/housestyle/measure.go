// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/jpeg" // the ways a logo may be stored
	_ "image/png"
	"math"
	"path"
	"strconv"
	"strings"
)

// logoHeight is what widths are told at.
const logoHeight = 40

// measure tells how wide a logo is at a height of logoHeight, so that a page
// keeps its place for it; a square when that cannot be told.
func measure(name string, body []byte) int {
	w, h := 1.0, 1.0
	if path.Ext(name) == ".svg" {
		w, h = svgSize(body)
	} else if c, _, err := image.DecodeConfig(bytes.NewReader(body)); err == nil {
		w, h = float64(c.Width), float64(c.Height)
	}
	if w <= 0 || h <= 0 || w/h > 12 {
		return logoHeight
	}
	return max(1, int(math.Round(w/h*logoHeight)))
}

// sizes tells how big an icon is, the way a manifest says it.
func sizes(name string, body []byte) string {
	if path.Ext(name) == ".svg" {
		return "any"
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return ""
	}
	return strconv.Itoa(c.Width) + "x" + strconv.Itoa(c.Height)
}

// svgSize reads the size of a drawing from its first element.
func svgSize(body []byte) (w, h float64) {
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		t, err := d.Token()
		if err != nil {
			return 1, 1
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range e.Attr {
			if box := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' }); a.Name.Local == "viewBox" && len(box) == 4 {
				w, _ = strconv.ParseFloat(box[2], 64) // 0 is no size
				h, _ = strconv.ParseFloat(box[3], 64)
				return w, h
			}
		}
		return 1, 1
	}
}
