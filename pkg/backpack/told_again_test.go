// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// Who asks, takes back and asks again, and who says and unsays that two entries
// are about the same, tells the same people once a day.
func TestToldOnceADay(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author, contact := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "contactpersoon@voorbeeld.test")
	third := h.person(t, "facilitator@voorbeeld.test")
	wide := rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{contact.Organisation}}
	e := h.share(t, author, asked(author, "Hoe bellen we op tijd?", author.Organisation, wide))
	other := h.share(t, author, simple("Te laat gebeld", "Daarom.", rugzak.LevelInternal))
	count := func(by rugzak.Person, kind rugzak.NoticeKind) int {
		t.Helper()
		n := 0
		err := h.store.View(ctx, func(r rugzak.Reader) error {
			all, err := r.Notices(by.ID)
			for _, o := range all {
				if o.Kind == kind && o.Entry == e.ID {
					n++
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	again := func() {
		t.Helper()
		version := h.inquiry(t, author, e.ID).Version
		if _, err := h.AskBall(ctx, author, e.ID, version, contact.Organisation, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := h.TakeBackBall(ctx, author, e.ID, version+1); err != nil {
			t.Fatal(err)
		}
		if err := h.SeeOverlap(ctx, third, e.ID, other.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.RemoveOverlap(ctx, third, e.ID, other.ID); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		again()
	}
	for _, day := range []int{1, 2} {
		if got := count(contact, rugzak.NoticeBallAsked); got != day {
			t.Errorf("day %d: the contact of the partner was told %d times that the ball is asked", day, got)
		}
		if got := count(author, rugzak.NoticeOverlap); got != day {
			t.Errorf("day %d: the author was told %d times of overlap", day, got)
		}
		h.clock.turn(h.clock.Now().Add(25 * time.Hour))
		again()
	}
}
