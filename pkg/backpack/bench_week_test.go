// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// tuesdayAfter is when the first message of the week goes out after the newest
// entry of a crowd.
func tuesdayAfter(c rugzaktest.Crowd) time.Time {
	at := rugzaktest.Noon.Add(time.Duration(c.Entries) * time.Minute).UTC().Truncate(24 * time.Hour).Add(10 * time.Hour)
	for at = at.AddDate(0, 0, 1); at.Weekday() != time.Tuesday; {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// BenchmarkWeek measures the page of the message of the week.
func BenchmarkWeek(b *testing.B) {
	inCrowds(b, func(b *testing.B, h *house, by rugzak.Person) {
		h.clock.turn(tuesdayAfter(crowdSizes[1]))
		for b.Loop() {
			if _, err := h.WeekMessage(b.Context(), by); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDigests measures the mail of one week to everybody: queued, made and
// handed over to a mail system that takes no time. Run it with -benchtime 1x: a
// second week has nothing new.
func BenchmarkDigests(b *testing.B) {
	for _, size := range crowdSizes {
		b.Run(inWords(size), func(b *testing.B) {
			c := &cast{house: newHouse(b)}
			box := c.withPost()
			if _, err := size.Fill(b.Context(), c.store); err != nil {
				b.Fatal(err)
			}
			c.clock.turn(tuesdayAfter(size).Add(-7 * 24 * time.Hour))
			var people []rugzak.Person
			c.see(b, func(r rugzak.Reader) error {
				for p, err := range r.People() {
					if err != nil {
						return err
					}
					people = append(people, p)
				}
				return nil
			})
			for _, p := range people {
				c.subscribe(b, p)
			}
			c.clock.turn(tuesdayAfter(size))
			for b.Loop() {
				c.queueDigests(b, "a")
				if err := c.SendMail(b.Context(), "a"); err != nil {
					b.Fatal(err)
				}
			}
			if len(box.got) < size.People*9/10 {
				b.Fatalf("%d of %d people were mailed", len(box.got), size.People)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(len(box.got)), "µs/mail")
		})
	}
}

// BenchmarkDraw measures drawing a card.
func BenchmarkDraw(b *testing.B) {
	for _, size := range crowdSizes {
		b.Run(inWords(size), func(b *testing.B) {
			h := newHouse(b)
			who, err := size.Fill(b.Context(), h.store)
			if err != nil {
				b.Fatal(err)
			}
			if err := h.Reindex(b.Context(), func(int, int) {}); err != nil {
				b.Fatal(err)
			}
			for name, p := range map[string]rugzak.Person{"member": who.Member, "partner": who.Partner} {
				b.Run(name, func(b *testing.B) {
					for turn := 0; b.Loop(); turn++ {
						v, err := h.DrawOne(b.Context(), p, backpack.DrawAsked{Draw: rugzak.Draw{Day: "20261126", Turn: turn % 1000}})
						if err != nil || v.Card == nil {
							b.Fatal(v.Card, err)
						}
					}
				})
			}
		})
	}
}
