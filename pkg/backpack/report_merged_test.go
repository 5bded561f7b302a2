// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"testing"

	"rugzak/pkg/rugzak"
)

// mergedAt counts the texts somebody reads on the page of an entry that went
// into it; less than none when they may not read the page.
func (c *cast) mergedAt(t *testing.T, who string, into rugzak.EntryID) int {
	t.Helper()
	v, err := c.Read(t.Context(), c.people[who], into)
	if err != nil {
		return -1
	}
	return len(v.Merged)
}

// What is read on the page of another entry can be reported as well as that
// entry can: it is hidden there at once, and goes back to where it was.
func TestMergedTextIsReported(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx, officer := t.Context(), c.people["privacyofficer"]
	into := c.share(t, c.people[author], simple("Samen bellen", "Wij belden.", rugzak.LevelInternal))
	from := c.share(t, c.people[teammate], simple("Samen gebeld", "Een inwoner uit de Dorpsstraat.", rugzak.LevelInternal))
	if _, err := c.MergeEntries(ctx, c.people["facilitator"], from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	report := func(who string) error {
		if _, err := c.EntryToReport(ctx, c.people[who], from.ID); err != nil {
			return err
		}
		_, err := c.Report(ctx, c.people[who], from.ID, rugzak.ReasonName)
		return err
	}
	for _, who := range []string{ceder, nobodyAtAll} { // who never could read it
		if err := report(who); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s reports it: %v", who, err)
		}
	}
	if err := report(elsewhere); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{elsewhere, "facilitator", "privacyofficer"} {
		if got := c.mergedAt(t, who, into.ID); got != 0 {
			t.Errorf("%s reads %d merged texts once one was reported", who, got)
		}
	}
	if _, err := c.Read(ctx, officer, from.ID); err != nil {
		t.Errorf("who decides reads %v", err)
	}
	if _, err := c.Read(ctx, c.people[elsewhere], from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("who reported it reads %v", err)
	}
	if _, err := c.UndoEntryMerge(ctx, c.people["facilitator"], into.ID, from.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("taken apart while it is reported: %v", err)
	}
	v := c.incidentOf(t, "privacyofficer")
	if v.Readers < 5 {
		t.Errorf("%d people could read it", v.Readers)
	}
	if _, err := c.Settle(ctx, officer, v.ID, rugzak.SettledBack, false); err != nil {
		t.Fatal(err)
	}
	if now, _ := c.stored(t, from.ID); now.State != rugzak.StateWithdrawn || c.mergedAt(t, elsewhere, into.ID) != 1 {
		t.Errorf("put back as %s", now.State)
	}

	// A report of the whole page: who decides sees both texts and can purge each.
	if _, err := c.Report(ctx, c.people[elsewhere], into.ID, ""); err != nil {
		t.Fatal(err)
	}
	if got := c.mergedAt(t, "privacyofficer", into.ID); got != 1 {
		t.Errorf("who decides reads %d merged texts", got)
	}
	if got := c.mergedAt(t, author, into.ID); got != 0 {
		t.Errorf("its author reads %d merged texts of a reported one", got)
	}
	if err := report(elsewhere); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("reported while nobody reads it: %v", err)
	}
	if err := report("privacyofficer"); err != nil {
		t.Fatal(err)
	}
	open := 0
	all, err := c.Incidents(ctx, officer)
	for _, line := range all {
		if line.Open() {
			open++
			if _, err := c.Settle(ctx, officer, line.ID, rugzak.SettledPurged, false); err != nil {
				t.Error(err)
			}
		}
	}
	if err != nil || open != 2 {
		t.Errorf("%d reports to decide on, %v", open, err)
	}
	for _, id := range []rugzak.EntryID{into.ID, from.ID} {
		c.see(t, func(r rugzak.Reader) error {
			if _, err := r.Entry(id); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("a purged text is there still: %v", err)
			}
			return nil
		})
	}
}

// A text of which the author ended the merge while it was reported stays with
// its author alone.
func TestReportedMergedTextLeavesTheMerge(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	into := c.share(t, c.people[author], simple("Samen bellen", "Wij belden.", rugzak.LevelInternal))
	from := c.share(t, c.people[teammate], simple("Samen gebeld", "Ook wij.", rugzak.LevelInternal))
	if _, err := c.MergeEntries(ctx, c.people["facilitator"], from.ID, into.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Report(ctx, c.people[elsewhere], from.ID, ""); err != nil {
		t.Fatal(err)
	}
	if err := c.LeaveMerge(ctx, c.people[teammate], from.ID); err != nil {
		t.Fatal(err)
	}
	v := c.incidentOf(t, "privacyofficer")
	if _, err := c.Settle(ctx, c.people["privacyofficer"], v.ID, rugzak.SettledBack, false); err != nil {
		t.Fatal(err)
	}
	if now, _ := c.stored(t, from.ID); now.State != rugzak.StateWithdrawn || c.mergedAt(t, elsewhere, into.ID) != 0 {
		t.Errorf("put back as %s", now.State)
	}
}
