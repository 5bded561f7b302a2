// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// withFiles is the file of the entry of the example set that has attachments.
const withFiles = "samen-aan-de-keukentafel.md"

// attach gives one entry of the example set a drawing and a text, as its author
// would.
func (d demonstration) attach(ctx context.Context, s *backpack.Service, people []backpack.PersonLine, entries []rugzak.Incoming, catalogue *locale.Catalogue) error {
	e := slices.IndexFunc(entries, func(in rugzak.Incoming) bool { return strings.HasSuffix(in.Place, withFiles) })
	if e < 0 {
		return nil
	}
	say := catalogue.Printer(string(d.lang))
	var drawing bytes.Buffer
	if err := png.Encode(&drawing, tableDrawing()); err != nil {
		return err
	}
	for _, l := range people {
		if !l.Person.Sample || !rugzak.CanPost(l.Person) {
			continue
		}
		mine, err := s.Mine(ctx, l.Person, "")
		if err != nil {
			return err
		}
		i := slices.IndexFunc(mine.Entries, func(c backpack.Card) bool { return c.Title == entries[e].Entry.Title })
		if i < 0 {
			continue
		}
		id := mine.Entries[i].ID
		if had, err := s.Attachments(ctx, l.Person, id); err != nil || len(had) > 0 {
			return err
		}
		for _, in := range []backpack.NewAttachment{
			{Name: say.T("attachment.sample.picture") + ".png", File: &drawing, Said: backpack.AttachmentWords{Alt: say.T("attachment.sample.alt"), People: rugzak.ShowsNobody}},
			{Name: say.T("attachment.sample.text") + ".txt", File: strings.NewReader(say.T("attachment.sample.written")), Said: backpack.AttachmentWords{People: rugzak.ShowsNobody}},
		} {
			if _, _, err := s.Attach(ctx, l.Person, id, in); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}

// tableDrawing is a kitchen table from above: a round top, three cups and two notes.
func tableDrawing() image.Image {
	const w, h = 1200, 800
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	paint := func(c color.RGBA, in func(x, y int) bool) {
		for y := range h {
			for x := range w {
				if in(x, y) {
					m.SetRGBA(x, y, c)
				}
			}
		}
	}
	round := func(cx, cy, r int) func(x, y int) bool {
		return func(x, y int) bool { return (x-cx)*(x-cx)+(y-cy)*(y-cy) <= r*r }
	}
	paint(color.RGBA{246, 242, 233, 255}, func(int, int) bool { return true })
	paint(color.RGBA{156, 66, 12, 255}, round(600, 400, 352))
	paint(color.RGBA{251, 229, 203, 255}, round(600, 400, 340))
	for _, c := range [][2]int{{430, 260}, {790, 300}, {560, 590}} {
		paint(color.RGBA{13, 92, 83, 255}, round(c[0], c[1], 74))
		paint(color.RGBA{255, 253, 249, 255}, round(c[0], c[1], 64))
		paint(color.RGBA{122, 80, 48, 255}, round(c[0], c[1], 50))
	}
	for _, n := range []image.Rectangle{image.Rect(500, 350, 640, 480), image.Rect(680, 440, 810, 570)} {
		paint(color.RGBA{255, 224, 138, 255}, func(x, y int) bool { return image.Pt(x, y).In(n) })
		for line := 1; line <= 3; line++ {
			stroke := image.Rect(n.Min.X+18, n.Min.Y+line*32, n.Max.X-18, n.Min.Y+line*32+6)
			paint(color.RGBA{85, 96, 91, 255}, func(x, y int) bool { return image.Pt(x, y).In(stroke) })
		}
	}
	return m
}
