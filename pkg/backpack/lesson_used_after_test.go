// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"sync"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// usedBy shares an application of a lesson.
func (c *cast) usedBy(t *testing.T, who string, lesson rugzak.EntryID, how rugzak.Outcome, level rugzak.Level, tell bool) rugzak.Entry {
	t.Helper()
	in := simple("Toegepast", "Ons verhaal.", level)
	in.Kind, in.Application = rugzak.KindApplication, &rugzak.ApplicationData{Lesson: lesson, Outcome: how, Tell: tell}
	return c.share(t, c.people[who], in)
}

// usedScene is a lesson that somebody took along and another organisation used.
type usedScene struct {
	*cast
	lesson, used rugzak.Entry
}

func newUsedScene(t *testing.T) *usedScene {
	t.Helper()
	c := newCast(t)
	x := &usedScene{cast: c, lesson: c.share(t, c.people[author], simple("De les", "Tekst.", rugzak.LevelInternal))}
	if err := c.Keep(t.Context(), c.people["facilitator"], x.lesson.ID, ""); err != nil {
		t.Fatal(err)
	}
	x.used = c.usedBy(t, elsewhere, x.lesson.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	x.tells(t, author, 1, 1, rugzak.MaturityOnce)
	x.tells(t, "facilitator", 1, 1, rugzak.MaturityOnce)
	return x
}

// noTrail stands for a lesson whose trail is not to be seen.
const noTrail = -1

// tells wants so many notices of its use, and so many lines in the trail.
func (x *usedScene) tells(t *testing.T, who string, notices, total int, maturity rugzak.Maturity) {
	t.Helper()
	trail, err := x.Trail(t.Context(), x.people[who], x.lesson.ID, 0, 10)
	switch {
	case total == noTrail && rugzak.CodeOf(err) != rugzak.CodeNotFound:
		t.Errorf("%s sees the trail %+v, %v", who, trail, err)
	case total != noTrail && (err != nil || trail.Total != total || trail.Growth.Maturity != maturity):
		t.Errorf("%s sees %d in the trail, %s, %v; want %d, %s", who, trail.Total, trail.Growth.Maturity, err, total, maturity)
	}
	if got := x.usedLines(t, x.people[who]); len(got) != notices {
		t.Errorf("%s has %d notices, want %d: %+v", who, len(got), notices, got)
	}
}

// What becomes of a lesson or of its application is followed at once by the
// trail, by how mature the lesson is, and by what people were told.
func TestTrailFollowsWhatBecomesOfIt(t *testing.T) {
	t.Parallel()
	officer := "privacyofficer"
	for name, step := range map[string]func(*testing.T, *usedScene){
		"application purged": func(t *testing.T, x *usedScene) {
			if _, err := x.PurgeOwn(t.Context(), x.people[elsewhere], x.used.ID); err != nil {
				t.Fatal(err)
			}
			x.tells(t, author, 0, 0, rugzak.MaturityIdea)
			x.tells(t, "facilitator", 0, 0, rugzak.MaturityIdea)
			if kinds, _ := x.noticesOf(t, author); len(kinds) > 0 {
				t.Errorf("stored notices %v", kinds)
			}
		},
		"lesson purged": func(t *testing.T, x *usedScene) {
			if _, err := x.PurgeOwn(t.Context(), x.people[author], x.lesson.ID); err != nil {
				t.Fatal(err)
			}
			x.tells(t, author, 0, noTrail, "")
			x.tells(t, "facilitator", 0, noTrail, "")
			if kinds, _ := x.noticesOf(t, "facilitator"); len(kinds) > 0 {
				t.Errorf("stored notices %v", kinds)
			}
			if v, err := x.Read(t.Context(), x.people["facilitator"], x.used.ID); err != nil || v.Lesson != nil {
				t.Errorf("its application: %+v, %v", v.Lesson, err)
			}
			if l, err := x.Lineage(t.Context(), x.people["facilitator"], x.used.ID); err != nil || len(l.Before) > 0 {
				t.Errorf("its application came from %+v, %v", l.Before, err)
			}
		},
		"application reported": func(t *testing.T, x *usedScene) {
			if _, err := x.Report(t.Context(), x.people["facilitator"], x.used.ID, rugzak.ReasonName); err != nil {
				t.Fatal(err)
			}
			x.tells(t, author, 0, 0, rugzak.MaturityIdea)
			x.tells(t, officer, 0, 0, rugzak.MaturityIdea)
			if _, err := x.Settle(t.Context(), x.people[officer], x.incidentOf(t, officer).ID, rugzak.SettledBack, false); err != nil {
				t.Fatal(err)
			}
			x.tells(t, author, 1, 1, rugzak.MaturityOnce) // told once
		},
		"lesson reported": func(t *testing.T, x *usedScene) {
			if _, err := x.Report(t.Context(), x.people["facilitator"], x.lesson.ID, rugzak.ReasonName); err != nil {
				t.Fatal(err)
			}
			x.tells(t, "facilitator", 0, noTrail, "")
			x.tells(t, elsewhere, 0, noTrail, "")
			if _, err := x.Settle(t.Context(), x.people[officer], x.incidentOf(t, officer).ID, rugzak.SettledBack, false); err != nil {
				t.Fatal(err)
			}
			x.tells(t, "facilitator", 1, 1, rugzak.MaturityOnce)
		},
		"lesson for fewer": func(t *testing.T, x *usedScene) {
			x.audience(t, rugzak.Audience{Level: rugzak.LevelTeam})
			x.tells(t, author, 1, 1, rugzak.MaturityOnce)
			x.tells(t, teammate, 0, 1, rugzak.MaturityOnce)
			x.tells(t, "facilitator", 0, noTrail, "")
			x.tells(t, elsewhere, 0, noTrail, "")
			v, err := x.Read(t.Context(), x.people[elsewhere], x.used.ID)
			if err != nil || v.Lesson != nil {
				t.Errorf("the application shows its hidden lesson: %+v, %v", v.Lesson, err)
			}
		},
		// For more people than its application is: they are told nothing of it.
		"lesson for more": func(t *testing.T, x *usedScene) {
			x.audience(t, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{x.partner}})
			x.tells(t, author, 1, 1, rugzak.MaturityIdea)
			x.tells(t, ceder, 0, 0, rugzak.MaturityIdea)
			in := x.InputOf(x.used)
			in.Application.Tell = true
			if _, err := x.Revise(t.Context(), x.people[elsewhere], x.used.ID, x.used.Version, in); err != nil {
				t.Fatal(err)
			}
			x.tells(t, author, 1, 1, rugzak.MaturityOnce)
			x.tells(t, ceder, 0, 1, rugzak.MaturityOnce)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			step(t, newUsedScene(t))
		})
	}
}

// audience changes for whom the lesson is.
func (x *usedScene) audience(t *testing.T, a rugzak.Audience) {
	t.Helper()
	in := x.InputOf(x.lesson)
	in.Audience, in.Confirmed = a, a.Also
	saved, err := x.Revise(t.Context(), x.people[author], x.lesson.ID, x.lesson.Version, in)
	if err != nil {
		t.Fatal(err)
	}
	x.lesson = saved.Entry
}

// Of a former colleague nothing is left that they noted, and nobody asks or
// tells them anything. What they told of a lesson stays, of their organisation.
func TestFormerColleagueTookAlongAndApplied(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	lesson := c.share(t, c.people[author], simple("De les", "Tekst.", rugzak.LevelInternal))
	own := c.share(t, c.people[elsewhere], simple("Eigen les", "Tekst.", rugzak.LevelInternal))
	purpose, note := "voor de kwartelkoningx", "eerst de roerdompenx bellen"
	if err := c.TakeAlong(t.Context(), c.people[elsewhere], lesson.ID, backpack.KeepInput{Purpose: &purpose, Note: &note}); err != nil {
		t.Fatal(err)
	}
	c.usedBy(t, elsewhere, lesson.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	c.usedBy(t, author, own.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	c.clock.turn(c.clock.Now().AddDate(0, 0, 43))
	if err := c.Daily(t.Context()); err != nil {
		t.Fatal(err)
	}
	gone := c.people[elsewhere]
	if due, err := c.MyDueKeeps(t.Context(), gone); err != nil || len(due) != 1 || len(c.usedLines(t, gone)) != 1 {
		t.Fatalf("control: asked about %v, told %v, %v", due, c.usedLines(t, gone), err)
	}
	noted := func() (found []string) {
		err := c.store.EachRecord(t.Context(), func(bucket string, _, record []byte) error {
			for _, word := range []string{"kwartelkoningx", "roerdompenx"} {
				if bytes.Contains(record, []byte(word)) {
					found = append(found, bucket+": "+word)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := noted(); len(got) != 2 {
		t.Fatalf("control: %v", got)
	}
	if err := c.AnonymisePerson(t.Context(), c.people["administrator"], gone.ID); err != nil {
		t.Fatal(err)
	}
	if got := noted(); len(got) > 0 {
		t.Errorf("left of what they noted: %v", got)
	}
	c.usedBy(t, teammate, own.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	c.usedBy(t, teammate, lesson.ID, rugzak.OutcomeWorked, rugzak.LevelInternal, false)
	c.clock.turn(c.clock.Now().AddDate(0, 0, 100))
	if err := c.Daily(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.see(t, func(r rugzak.Reader) error {
		if all, err := r.Notices(gone.ID); err != nil || len(all) > 0 {
			t.Errorf("they are told %+v, %v", all, err)
		}
		if who, err := r.Keepers(lesson.ID); err != nil || len(who) > 0 {
			t.Errorf("taken along by %v, %v", who, err)
		}
		if due, err := r.DueKeeps(c.clock.Now(), 10); err != nil || len(due) > 0 {
			t.Errorf("to be asked about %v, %v", due, err)
		}
		return nil
	})
	trail, err := c.Trail(t.Context(), c.people[author], lesson.ID, 0, 10)
	if err != nil || trail.Total != 2 || trail.Growth.Maturity != rugzak.MaturityOnce {
		t.Fatalf("the trail: %+v, %v", trail, err)
	}
	for _, l := range trail.Lines {
		if l.Organisation.ID == gone.Organisation && (l.Story == nil || len(l.Story.Authors) > 0) {
			t.Errorf("what they told: %+v", l.Story)
		}
	}
}

// An answer that is given twice, at once or while the question is asked, counts
// as one.
func TestAnsweredTwiceAtOnce(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	taker := c.people[elsewhere]
	lesson := c.share(t, c.people[author], simple("De les", "Tekst.", rugzak.LevelInternal))
	if err := c.Keep(t.Context(), taker, lesson.ID, ""); err != nil {
		t.Fatal(err)
	}
	for name, answers := range map[string][]rugzak.KeepAnswer{
		"the same": {rugzak.KeepNotYet, rugzak.KeepNotYet, rugzak.KeepNotYet, rugzak.KeepNotYet},
		"two":      {rugzak.KeepNotYet, rugzak.KeepUnfit, rugzak.KeepNotYet, rugzak.KeepUnfit},
	} {
		weeks := 6
		if err := c.TakeAlong(t.Context(), taker, lesson.ID, backpack.KeepInput{Weeks: &weeks}); err != nil {
			t.Fatal(err)
		}
		now := c.clock.Now().Add(43 * 24 * time.Hour)
		c.clock.turn(now)
		var all sync.WaitGroup
		all.Go(func() {
			if err := c.Daily(t.Context()); err != nil {
				t.Errorf("%s: the daily work: %v", name, err)
			}
		})
		for _, answer := range answers {
			all.Go(func() {
				if err := c.AnswerKeep(t.Context(), taker, lesson.ID, answer); err != nil {
					t.Errorf("%s: %s: %v", name, answer, err)
				}
			})
		}
		all.Wait()
		c.see(t, func(r rugzak.Reader) error {
			k, err := r.Keep(taker.ID, lesson.ID)
			again := k.Answer == rugzak.KeepNotYet && k.RemindAt.Equal(now.AddDate(0, 0, 7*weeks))
			if err != nil || !again && (name == "the same" || k.Answer != rugzak.KeepUnfit || !k.RemindAt.IsZero()) {
				t.Errorf("%s: stored %+v, %v", name, k, err)
			}
			return err
		})
		if due, err := c.MyDueKeeps(t.Context(), taker); err != nil || len(due) > 0 {
			t.Errorf("%s: still asked about %v, %v", name, due, err)
		}
		if kinds, _ := c.noticesOf(t, elsewhere); len(kinds) > 0 {
			t.Errorf("%s: notices %v", name, kinds)
		}
	}
}
