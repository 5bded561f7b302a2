// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// What grew beside questions, overlaps and who joins in come through a whole
// export, with the same bytes the second time.
func TestJoiningExported(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	ctx := t.Context()
	author, other := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	e := h.share(t, author, asked(author, "Hoe bellen we?", other.Organisation, rugzak.Audience{Level: rugzak.LevelInternal}))
	more := h.share(t, author, simple("Ook bellen", "Over bellen.", rugzak.LevelInternal))
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	if err := h.Join(ctx, author, of, backpack.JoinInput{Way: rugzak.WayDo, Step: "Ik bel", When: "2026-12-01", ShowName: true}); err != nil {
		t.Fatal(err)
	}
	if err := h.SeeOverlap(ctx, other, e.ID, more.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.AnswerBall(ctx, other, e.ID, h.inquiry(t, other, e.ID).Version, true, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Lead(ctx, author, e.ID, h.inquiry(t, author, e.ID).Version, backpack.LeadTake, ""); err != nil {
		t.Fatal(err)
	}
	d, err := h.OwnData(ctx, author)
	if err != nil || len(d.Joined) != 1 || d.Joined[0].Title != e.Title || len(d.Led) != 1 {
		t.Errorf("own data: %+v, %+v, %v", d.Joined, d.Led, err)
	}
	first := h.export(t, true)
	again := newHouse(t)
	if _, err := again.ImportWhole(ctx, backpack.Operator(), first.Everything, first.whole, nil); err != nil {
		t.Fatal(err)
	}
	if a, b := first.comparable(t), again.export(t, true).comparable(t); a != b {
		t.Errorf("exported again:\n%s", firstDifference(a, b))
	}
	v := again.inquiry(t, author, e.ID)
	if v.Ball.ID != other.Organisation || len(v.Passes) != 2 || v.Lead == nil || len(v.Join.Team.Named) != 1 {
		t.Errorf("read back: %+v", v)
	}
	read, err := again.Read(ctx, author, more.ID)
	if err != nil || len(read.Overlaps) != 1 {
		t.Errorf("overlaps read back: %d, %v", len(read.Overlaps), err)
	}
}
