// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// apply tells that somebody used a lesson.
func (h *house) apply(t testing.TB, by rugzak.Person, lesson rugzak.EntryID, outcome rugzak.Outcome, a rugzak.Audience) rugzak.Entry {
	t.Helper()
	in := simple("Zo gebruikten wij het", "Wij deden het na.", a.Level, a.Also...)
	in.Kind = rugzak.KindApplication
	in.Application = &rugzak.ApplicationData{Lesson: lesson, Outcome: outcome, Tell: true}
	return h.share(t, by, in)
}

// outside is everything that leaves the site for a person: their mail, the mail
// of the week and their feed.
func (c *cast) outside(t *testing.T, box *postbox, p rugzak.Person) string {
	t.Helper()
	feed, _ := c.feed(t, p, rugzak.Feed{Kind: rugzak.FeedBackpack})
	for range 8 { // the mail of the week is among them
		c.round(t)
		c.clock.turn(c.clock.Now().AddDate(0, 0, 1))
	}
	var all strings.Builder
	for _, m := range box.got {
		if m.To == p.Email {
			fmt.Fprintf(&all, "%s\n%s\n%s\n", m.Subject, m.Text, m.HTML)
		}
	}
	v, err := feed()
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range v.Items {
		all.WriteString(item.Title + "\n")
		if item.Notice != nil {
			all.WriteString(item.Notice.Key() + "\n")
		}
	}
	return all.String()
}

// A mailbox belongs to an employer: what leaves the site says that a lesson
// without name was used, never which one its reader wrote.
func TestNothingOutsideTellsWhoWroteWithoutName(t *testing.T) {
	t.Parallel()
	for _, way := range []rugzak.MailWay{rugzak.MailNow, rugzak.MailWeekly} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			box := c.withPost()
			writer := c.people[author]
			c.choose(t, writer, func(s *rugzak.NoticeSettings) {
				s.Digest, s.Choices = true, map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupUsed: {Mail: way}}
			})
			lesson := c.share(t, writer, anonymous("Kanarieles", "Het zat anders dan we dachten."))
			c.clock.turn(c.clock.Now().Add(time.Minute))
			c.apply(t, c.people[elsewhere], lesson.ID, rugzak.OutcomeWorked, rugzak.Audience{Level: rugzak.LevelInternal})
			page, err := c.Notices(t.Context(), writer)
			if err != nil || len(page.Lines) != 1 || page.Lines[0].Title != "Kanarieles" {
				t.Fatalf("in the site: %+v, %v", page.Lines, err)
			}
			told := c.outside(t, box, writer)
			if strings.Count(told, "lesson_used_nameless") < 2 {
				t.Fatalf("the writer hears nothing by mail: %s", told)
			}
			if strings.Contains(told, "Kanarieles") || strings.Contains(told, string(lesson.ID)) {
				t.Errorf("outside the site: %s", told)
			}
		})
	}
}

// While others can only ask, an answer under a name would tell who wrote a
// question without one: its writer can end the phase instead.
func TestQuestionPhaseDoesNotTellWhoAsksWithoutName(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer := c.people[author]
	for _, mode := range []rugzak.AuthorMode{rugzak.Anonymous, rugzak.ByName} {
		in := asked(writer, "Hoe bellen we op tijd?", writer.Organisation, rugzak.Audience{Level: rugzak.LevelInternal})
		in.Mode = mode
		e := c.share(t, writer, in)
		if _, err := c.BeginAskPhase(t.Context(), writer, e.ID); err != nil {
			t.Fatal(err)
		}
		v, err := c.Responses(t.Context(), writer, e.ID, 1, "")
		if err != nil || !v.Asking || v.MayAnswer != (mode == rugzak.ByName) {
			t.Errorf("%s: asking %v, may answer %v, %v", mode, v.Asking, v.MayAnswer, err)
		}
		for _, kind := range []rugzak.ResponseKind{rugzak.ResponseTip, rugzak.ResponseExperience, rugzak.ResponseRecognition} {
			_, _, own := c.Respond(t.Context(), writer, e.ID, backpack.ResponseInput{Kind: kind, Body: "Zo zit het.", Lang: rugzak.Dutch})
			_, _, other := c.Respond(t.Context(), c.people[teammate], e.ID, backpack.ResponseInput{Kind: kind, Body: "Zo zit het.", Lang: rugzak.Dutch})
			if fieldOf(other) != "kind" || mode == rugzak.Anonymous && fieldOf(own) != "kind" || mode == rugzak.ByName && own != nil {
				t.Errorf("%s, %s: the writer gets %v, somebody else %v", mode, kind, own, other)
			}
		}
		if _, _, err := c.Respond(t.Context(), writer, e.ID, backpack.ResponseInput{Kind: rugzak.ResponseQuestion, Body: "Wie weet meer?", Lang: rugzak.Dutch}); err != nil {
			t.Errorf("%s: the writer asks: %v", mode, err)
		}
	}
}

// Whatever happens to an entry without name, what is stored of it outside the
// one link names nobody who did nothing under their name.
func TestWhatGrowsBesideAnEntryDoesNotTellWhoWroteIt(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ctx := t.Context()
	writer, other := c.people[author], c.people[elsewhere]
	in := asked(writer, "Hoe bellen we op tijd?", writer.Organisation, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}})
	in.Mode = rugzak.Anonymous
	e := c.share(t, writer, in)
	second := c.share(t, other, simple("Ook over bellen", "Tekst.", rugzak.LevelInternal))
	version := func() int { return c.inquiry(t, writer, e.ID).Version }
	steps := []func() error{
		func() error { _, err := c.BeginAskPhase(ctx, writer, e.ID); return err },
		func() error { _, err := c.EndAskPhase(ctx, writer, e.ID); return err },
		func() error {
			_, err := c.AskBall(ctx, writer, e.ID, version(), c.partner, "Jullie kennen de bewoners")
			return err
		},
		func() error {
			_, err := c.AnswerBall(ctx, c.people[ceder], e.ID, version(), false, "Nu geen tijd")
			return err
		},
		func() error {
			_, err := c.AskBall(ctx, writer, e.ID, version(), other.Organisation, "")
			return err
		},
		func() error { _, err := c.TakeBackBall(ctx, writer, e.ID, version()); return err },
		func() error {
			_, err := c.MoveQuestion(ctx, writer, e.ID, version(), backpack.MoveInput{To: rugzak.QuestionTrying, Gain: "Minder wachten"})
			return err
		},
		func() error {
			_, err := c.SaveExperiment(ctx, writer, e.ID, version(), 0, backpack.ExperimentInput{Step: "Samen bellen", Organisation: writer.Organisation, Until: "2026-12-24"})
			return err
		},
		func() error {
			_, _, err := c.Respond(ctx, other, e.ID, backpack.ResponseInput{Kind: rugzak.ResponseQuestion, Body: "Hoe ging dat?", Lang: rugzak.Dutch})
			return err
		},
		func() error {
			_, err := c.Press(ctx, other, rugzak.Signal{Entry: e.ID, Kind: rugzak.SignalThank})
			return err
		},
		func() error { return c.SeeOverlap(ctx, other, e.ID, second.ID) },
		func() error { return c.RemoveOverlap(ctx, writer, e.ID, second.ID) },
	}
	for i, step := range steps {
		c.clock.turn(c.clock.Now().Add(time.Minute))
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	page, err := c.Notices(ctx, writer)
	if err != nil || len(page.Lines) < 3 {
		t.Fatalf("the writer is told %+v, %v", page.Lines, err)
	}
	for _, l := range page.Lines {
		if l.Notice.Entry != "" || strings.Contains(l.Notice.About, string(e.ID)) {
			t.Errorf("a notice leads from its reader to the entry: %+v", l.Notice)
		}
	}
	// The person and the entry stand together in no record but the link.
	err = c.store.EachRecord(ctx, func(bucket string, key, record []byte) error {
		all := string(key) + " " + string(record)
		if strings.Contains(all, string(writer.ID)) && strings.Contains(all, string(e.ID)) && !strings.HasPrefix(bucket, "hidden") {
			t.Errorf("%s holds both the writer and the entry: %q %q", bucket, key, record)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []rugzak.Person{c.people[teammate], other, c.people[ceder], c.people["administrator"]} {
		read, err := c.Read(ctx, p, e.ID)
		if err != nil {
			t.Fatal(err)
		}
		said, err := c.Responses(ctx, p, e.ID, 1, "")
		if err != nil {
			t.Fatal(err)
		}
		if shown, _ := json.Marshal([]any{read, said}); strings.Contains(string(shown), string(writer.ID)) || strings.Contains(string(shown), writer.Name) {
			t.Errorf("%s learns who wrote it: %s", p.Organisation, shown)
		}
	}
}
