// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"maps"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// usedLines are the notices of the use of a lesson.
func (h *house) usedLines(t *testing.T, p rugzak.Person) (out []backpack.LessonUsed) {
	t.Helper()
	page, err := h.Notices(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Lines {
		if l.Used != nil {
			out = append(out, *l.Used)
		}
	}
	return out
}

// What an application with a narrower audience tells depends on what its writer
// said, at every moment.
func TestToldAndNotTold(t *testing.T) {
	c := newCast(t)
	writer, applier := c.people[author], c.people[elsewhere]
	lesson := c.share(t, writer, simple("De les", "Tekst.", rugzak.LevelInternal))
	in := simple("Bij ons", "Ons verhaal.", rugzak.LevelOrganisation)
	in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomeWorked}
	used := c.share(t, applier, in)
	want := func(step string, notices, total int, maturity rugzak.Maturity) {
		t.Helper()
		trail, err := c.Trail(t.Context(), writer, lesson.ID, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		got := c.usedLines(t, writer)
		if len(got) != notices || trail.Total != total || trail.Growth.Maturity != maturity {
			t.Errorf("%s: %d notices, %d in the trail, %s", step, len(got), trail.Total, trail.Growth.Maturity)
		}
		for _, u := range got {
			if u.Story != "" || u.Body != "" || !u.Mine || u.Organisation.ID != applier.Organisation {
				t.Errorf("%s: told %+v", step, u)
			}
		}
		for _, l := range trail.Lines {
			if l.Story != nil {
				t.Errorf("%s: the story shows", step)
			}
		}
	}
	tell := func(yes bool) {
		t.Helper()
		in := c.InputOf(used)
		in.Application.Tell = yes
		saved, err := c.Revise(t.Context(), applier, used.ID, used.Version, in)
		if err != nil {
			t.Fatal(err)
		}
		used = saved.Entry
	}
	want("not told", 0, 0, rugzak.MaturityIdea)
	tell(true)
	want("told", 1, 1, rugzak.MaturityOnce)
	tell(false)
	want("no longer", 0, 0, rugzak.MaturityIdea)
	tell(true)
	want("told again, once", 1, 1, rugzak.MaturityOnce)
	if _, err := c.Withdraw(t.Context(), applier, used.ID); err != nil {
		t.Fatal(err)
	}
	want("withdrawn", 0, 0, rugzak.MaturityIdea)
	if _, err := c.PutBack(t.Context(), applier, used.ID); err != nil {
		t.Fatal(err)
	}
	want("put back", 1, 1, rugzak.MaturityOnce)
	if got := c.usedLines(t, applier); len(got) != 0 {
		t.Errorf("who applied it was told %+v", got)
	}
	wide := simple("Te breed", "Tekst.", rugzak.LevelInternal, c.partner)
	wide.Confirmed, wide.Kind = wide.Audience.Also, rugzak.KindApplication
	wide.Application = &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomeNot}
	if _, err := c.Share(t.Context(), applier, c.idFor(applier), 0, wide); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("an application wider than its lesson: %v", err)
	}
}

// Who wrote without name, and who took the lesson along, are told; the record of
// the first does not say which lesson it is.
func TestUseOfNamelessLesson(t *testing.T) {
	c := newCast(t)
	writer, applier, taker := c.people[author], c.people[elsewhere], c.people[teammate]
	in := simple("Zonder naam", "Tekst.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	lesson := c.share(t, writer, in)
	if err := c.Keep(t.Context(), taker, lesson.ID, "voor later"); err != nil {
		t.Fatal(err)
	}
	in = simple("Bij ons", "Ons verhaal.", rugzak.LevelInternal)
	in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: rugzak.OutcomePartly}
	used := c.share(t, applier, in)
	for _, p := range []rugzak.Person{writer, taker} {
		got := c.usedLines(t, p)
		if len(got) != 1 || got[0].Story != used.ID || got[0].Lesson != lesson.ID || got[0].Mine != (p.ID == writer.ID) {
			t.Errorf("%s is told %+v", p.ID, got)
		}
	}
	err := c.store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Notices(writer.ID)
		for _, n := range all {
			if n.Entry != "" || n.About == string(used.ID) {
				t.Errorf("stored %+v", n)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Two organisations that used a lesson are two lines, each with its own outcome:
// neither stands for the other.
func TestEachUseIsALine(t *testing.T) {
	c := newCast(t)
	writer := c.people[author]
	lesson := c.share(t, writer, simple("De les", "Tekst.", rugzak.LevelInternal, c.partner))
	want := map[rugzak.OrganisationID]rugzak.Outcome{}
	for applier, outcome := range map[string]rugzak.Outcome{elsewhere: rugzak.OutcomePartly, ceder: rugzak.OutcomeWorked} {
		p := c.people[applier]
		in := simple("Bij ons", "Ons verhaal.", rugzak.LevelOrganisation)
		in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: lesson.ID, Outcome: outcome, Tell: true}
		c.share(t, p, in)
		want[p.Organisation] = outcome
	}
	got := map[rugzak.OrganisationID]rugzak.Outcome{}
	for _, u := range c.usedLines(t, writer) {
		got[u.Organisation.ID] = u.Outcome
	}
	if len(want) != 2 || !maps.Equal(got, want) {
		t.Errorf("the writer is told %v, not %v", got, want)
	}
	page, err := c.Notices(t.Context(), writer)
	if err != nil || len(page.Lines) != 2 || page.Lines[0].Times != 1 {
		t.Fatalf("%+v, %v", page.Lines, err)
	}
	if err := c.RemoveNotice(t.Context(), writer, page.Lines[0].Notice.ID); err != nil {
		t.Fatal(err)
	}
	if left := c.usedLines(t, writer); len(left) != 1 || left[0].Organisation.ID != page.Lines[1].Used.Organisation.ID {
		t.Errorf("after one is taken away: %+v", left)
	}
}

// The question comes once, after the time, about what may still be read.
func TestAskedAboutKeeps(t *testing.T) {
	c := newCast(t)
	writer, taker := c.people[author], c.people[elsewhere]
	lesson := c.share(t, writer, simple("De les", "Tekst.", rugzak.LevelInternal))
	other := c.share(t, writer, simple("Een andere", "Tekst.", rugzak.LevelInternal))
	for _, e := range []rugzak.Entry{lesson, other} {
		if err := c.Keep(t.Context(), taker, e.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := c.ChangeAudience(t.Context(), writer, other.ID, other.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	asked := func(step string, want int) {
		t.Helper()
		if err := c.Daily(t.Context()); err != nil {
			t.Fatal(err)
		}
		due, err := c.MyDueKeeps(t.Context(), taker)
		if err != nil {
			t.Fatal(err)
		}
		page, err := c.Notices(t.Context(), taker)
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, l := range page.Lines {
			if l.Due != nil {
				lines++
			}
		}
		if len(due) != want || lines != want {
			t.Errorf("%s: %d due, %d notices, want %d", step, len(due), lines, want)
		}
	}
	const day = 24 * time.Hour
	asked("at once", 0)
	c.clock.turn(c.clock.Now().Add(41 * day))
	asked("a day early", 0)
	c.clock.turn(c.clock.Now().Add(2 * day))
	asked("after six weeks", 1)
	c.clock.turn(c.clock.Now().Add(2 * day))
	asked("not twice", 1)
	if err := c.AnswerKeep(t.Context(), taker, lesson.ID, rugzak.KeepNotYet); err != nil {
		t.Fatal(err)
	}
	asked("answered", 0)
	c.clock.turn(c.clock.Now().Add(43 * day))
	asked("again", 1)
	if err := c.AnswerKeep(t.Context(), taker, lesson.ID, rugzak.KeepUnfit); err != nil {
		t.Fatal(err)
	}
	c.clock.turn(c.clock.Now().Add(400 * day))
	asked("no more", 0)
	if err := c.AnswerKeep(t.Context(), taker, other.ID, rugzak.KeepUsed); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("an answer about what is hidden: %v", err)
	}
}
