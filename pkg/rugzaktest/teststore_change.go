// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func storeChanges(t testing.TB, s rugzak.Store, after rugzak.Position, limit int) []rugzak.Change {
	t.Helper()
	changes, err := s.Changes(t.Context(), after, limit)
	if err != nil {
		t.Fatalf("Changes: %v", err)
	}
	return changes
}

func testStoreLog(t *testing.T, s rugzak.Store) {
	var want []rugzak.Change
	var last rugzak.Position
	for n := range 20 {
		c := rugzak.Change{
			At: Noon.Add(time.Duration(n) * time.Second), Actor: "person:" + ID(n), Verb: rugzak.VerbEntryRevised,
			Subject: rugzak.EntrySubject(rugzak.EntryID(ID(n))),
		}
		second := c
		second.Actor, second.Subject, second.Verb = "system", "theme:wonen", rugzak.VerbThemeSaved
		pos := storeUpdate(t, s, func(w rugzak.Writer) error {
			if err := w.Log(c); err != nil {
				return err
			}
			return w.Log(second)
		})
		if pos <= last {
			t.Fatalf("position %q does not lie after %q", pos, last)
		}
		last = pos
		want = append(want, c, second)
		if silent := storeUpdate(t, s, func(rugzak.Writer) error { return nil }); silent != pos {
			t.Fatalf("an update without changes gave %q, want the head %q", silent, pos)
		}
	}
	got := storeChanges(t, s, "", 1000)
	if len(got) != len(want) {
		t.Fatalf("%d changes, want %d", len(got), len(want))
	}
	for i := range got {
		if i > 0 && got[i].Position <= got[i-1].Position {
			t.Errorf("position %d, %q, does not lie after %q", i, got[i].Position, got[i-1].Position)
		}
		want[i].Position = got[i].Position
	}
	Same(t, "changes", got, want)
	if got[len(got)-1].Position != last {
		t.Errorf("the last update gave %q, the log ends with %q", last, got[len(got)-1].Position)
	}
	for i, c := range got {
		for _, limit := range []int{1, 3, 100} {
			Same(t, "changes after", storeChanges(t, s, c.Position, limit), got[i+1:min(len(got), i+1+limit)])
		}
	}
	for _, limit := range []int{0, -1} {
		Same(t, "no changes asked for", storeChanges(t, s, "", limit), nil)
	}
	if _, err := s.Changes(t.Context(), "no position", 10); rugzak.CodeOf(err) != rugzak.CodeMalformed {
		t.Errorf("an impossible position gave %v", err)
	}
}

// A follower that reads while many write sees every change once, in an order
// that never changes afterwards.
func testStoreLogWhileWriting(t *testing.T, s rugzak.Store) {
	const writers, each = 4, 25
	var group sync.WaitGroup
	for n := range writers {
		group.Go(func() {
			for i := range each {
				_, err := s.Update(t.Context(), func(w rugzak.Writer) error {
					return w.Log(rugzak.Change{At: Noon, Actor: "system", Verb: rugzak.VerbEntryRevised, Subject: fmt.Sprintf("entry:%d-%d", n, i)})
				})
				if err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	var followed []rugzak.Change
	var after rugzak.Position
	for ended := false; ; {
		part := storeChanges(t, s, after, 7)
		if followed = append(followed, part...); len(part) > 0 {
			after = part[len(part)-1].Position
			continue
		}
		if ended {
			break
		}
		select {
		case <-done:
			ended = true // one more look
		case <-time.After(time.Millisecond):
		}
	}
	Same(t, "what was followed and what the log holds", followed, storeChanges(t, s, "", 1000))
	if len(followed) != writers*each {
		t.Errorf("followed %d changes, want %d", len(followed), writers*each)
	}
	subjects := map[string]bool{}
	for _, c := range followed {
		subjects[c.Subject] = true
	}
	if len(subjects) != writers*each {
		t.Errorf("%d different subjects", len(subjects))
	}
}

func testStoreHead(t *testing.T, s rugzak.Store) {
	log := func(verbs ...rugzak.Verb) rugzak.Position {
		return storeUpdate(t, s, func(w rugzak.Writer) error {
			for _, verb := range verbs {
				if err := w.Log(rugzak.Change{At: Noon, Actor: "system", Verb: verb, Subject: "entry:x"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	heads := func(wantHead, wantNarrowed rugzak.Position) {
		t.Helper()
		head, narrowed, err := s.Head(t.Context())
		if head != wantHead || narrowed != wantNarrowed || err != nil {
			t.Errorf("Head = %q, %q, %v, want %q, %q", head, narrowed, err, wantHead, wantNarrowed)
		}
	}
	first := log(rugzak.VerbEntryShared)
	heads(first, "")
	narrow := log(rugzak.VerbAudienceNarrow)
	heads(narrow, narrow)
	later := log(rugzak.VerbAudienceWide)
	heads(later, narrow)
	both := log(rugzak.VerbEntryWithdrawn, rugzak.VerbEntryShared)
	positions := storeChanges(t, s, "", 10)
	if both != positions[4].Position {
		t.Errorf("update gave %q, want %q", both, positions[4].Position)
	}
	heads(both, positions[3].Position)
	for _, verb := range []rugzak.Verb{rugzak.VerbEntryRemoved, rugzak.VerbDraftDeleted} {
		pos := log(verb)
		heads(pos, pos)
	}
	if !slices.IsSortedFunc(storeChanges(t, s, "", 10), func(a, b rugzak.Change) int {
		if a.Position < b.Position {
			return -1
		}
		return 1
	}) {
		t.Error("positions do not sort as strings")
	}
}
