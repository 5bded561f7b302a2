// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// noting is an index that remembers of how much use the documents were that
// went in.
type noting struct {
	rugzak.Index
	mu     *sync.Mutex
	useful map[rugzak.EntryID]int
}

func (x noting) Apply(ctx context.Context, b rugzak.Batch) error {
	x.note(b)
	return x.Index.Apply(ctx, b)
}

func (x noting) Rebuild(ctx context.Context) (rugzak.Rebuilding, error) {
	fresh, err := x.Index.Rebuild(ctx)
	return notingRebuild{fresh, x}, err
}

type notingRebuild struct {
	rugzak.Rebuilding
	index noting
}

func (r notingRebuild) Apply(ctx context.Context, b rugzak.Batch) error {
	r.index.note(b)
	return r.Rebuilding.Apply(ctx, b)
}

func (x noting) note(b rugzak.Batch) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, d := range b.Put {
		x.useful[d.ID] = d.Useful
	}
	for _, id := range b.Remove {
		delete(x.useful, id)
	}
}

// The index knows of how much use a lesson was, whatever happens to its
// applications, and counts only those that all its readers may read.
func TestUseOfALesson(t *testing.T) {
	x := noting{mu: &sync.Mutex{}, useful: map[rugzak.EntryID]int{}}
	h := openHouse(t, t.TempDir(), func(inner rugzak.Index) rugzak.Index { x.Index = inner; return x })
	h.starter(t)
	writer, officer := h.person(t, "deelnemer@voorbeeld.test"), h.person(t, "privacy@voorbeeld.test")
	lesson, other := h.share(t, writer, simple("Bel de avond ervoor", "Dan komt iedereen.", rugzak.LevelInternal)), h.share(t, writer, simple("Nog een les", "Tekst.", rugzak.LevelInternal))
	want := func(step string, use, ofOther int) {
		t.Helper()
		h.caughtUp(t)
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.useful[lesson.ID] != use || x.useful[other.ID] != ofOther {
			t.Errorf("%s: the lessons were of use %d and %d times, want %d and %d", step, x.useful[lesson.ID], x.useful[other.ID], use, ofOther)
		}
	}
	apply := func(to rugzak.EntryID, outcome rugzak.Outcome, level rugzak.Level) rugzak.Entry {
		t.Helper()
		in := simple("Bij ons ook", "We belden ook.", level)
		in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: to, Outcome: outcome}
		return h.share(t, writer, in)
	}
	revise := func(e rugzak.Entry, to rugzak.EntryID, outcome rugzak.Outcome) rugzak.Entry {
		t.Helper()
		in := h.InputOf(e)
		in.Application = &rugzak.ApplicationData{Lesson: to, Outcome: outcome}
		saved, err := h.Revise(t.Context(), writer, e.ID, e.Version, in)
		if err != nil {
			t.Fatal(err)
		}
		return saved.Entry
	}
	must := func(saved backpack.Saved, err error) rugzak.Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return saved.Entry
	}
	want("before", 0, 0)
	first := apply(lesson.ID, rugzak.OutcomeWorked, rugzak.LevelInternal)
	want("posted", 1, 0)
	apply(lesson.ID, rugzak.OutcomeNot, rugzak.LevelInternal)
	apply(lesson.ID, rugzak.OutcomeUnknown, rugzak.LevelInternal)
	want("posted without success", 1, 0)
	narrow := apply(lesson.ID, rugzak.OutcomePartly, rugzak.LevelOrganisation)
	want("posted for fewer readers", 1, 0)
	narrow = must(h.ChangeAudience(t.Context(), writer, narrow.ID, narrow.Version, rugzak.Audience{Level: rugzak.LevelInternal}))
	want("widened", 2, 0)
	must(h.ChangeAudience(t.Context(), writer, narrow.ID, narrow.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}))
	want("narrowed", 1, 0)
	first = revise(first, lesson.ID, rugzak.OutcomeNot)
	want("it did not work after all", 0, 0)
	first = revise(first, lesson.ID, rugzak.OutcomePartly)
	want("partly", 1, 0)
	first = revise(first, other.ID, rugzak.OutcomePartly)
	want("of another lesson", 0, 1)
	first = revise(first, lesson.ID, rugzak.OutcomeWorked)
	want("and back", 1, 0)
	first = must(h.Withdraw(t.Context(), writer, first.ID))
	want("withdrawn", 0, 0)
	first = must(h.PutBack(t.Context(), writer, first.ID))
	want("put back", 1, 0)
	lesson = must(h.ChangeAudience(t.Context(), writer, lesson.ID, lesson.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}))
	want("the lesson narrowed", 2, 0)
	if err := h.Reindex(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want("made anew", 2, 0)
	if _, err := h.Report(t.Context(), writer, first.ID, rugzak.ReasonStory); err != nil {
		t.Fatal(err)
	}
	want("reported", 1, 0)
	incidents, err := h.Incidents(t.Context(), officer)
	if err != nil || len(incidents) != 1 {
		t.Fatalf("%d reports, %v", len(incidents), err)
	}
	if _, err := h.Settle(t.Context(), officer, incidents[0].ID, rugzak.SettledBack, false); err != nil {
		t.Fatal(err)
	}
	want("report settled", 2, 0)
	if _, err := h.PurgeOwn(t.Context(), writer, first.ID); err != nil {
		t.Fatal(err)
	}
	want("purged", 1, 0)
}
