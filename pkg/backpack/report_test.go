// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// incidentOf finds the newest incident as the privacy officer sees it.
func (c *cast) incidentOf(t *testing.T, officer string) backpack.IncidentView {
	t.Helper()
	all, err := c.Incidents(t.Context(), c.people[officer])
	if err != nil || len(all) == 0 {
		t.Fatalf("incidents %v, %v", all, err)
	}
	v, err := c.Incident(t.Context(), c.people[officer], all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (c *cast) noticesOf(t *testing.T, who string) (kinds []rugzak.NoticeKind, entries []rugzak.EntryID) {
	t.Helper()
	err := c.store.View(t.Context(), func(r rugzak.Reader) error {
		all, err := r.Notices(c.people[who].ID)
		for _, n := range all {
			kinds, entries = append(kinds, n.Kind), append(entries, n.Entry)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return kinds, entries
}

// A report hides an entry at once from all but its author and privacy
// officers, a partner's report too; it comes back to exactly who it was for.
func TestReportHidesAtOnce(t *testing.T) {
	t.Parallel()
	for _, mode := range []rugzak.AuthorMode{rugzak.ByName, rugzak.Anonymous} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			in := simple("Een specht", "Een specht en iemand.", rugzak.LevelTeam, c.partner)
			in.Mode = mode
			e := c.share(t, c.people[author], in)
			if titles, _ := c.find(t, c.people[teammate], "specht"); len(titles) != 1 {
				t.Fatalf("control: found %v", titles)
			}
			// The teammate, one who left since, and two of the partner could read it.
			if _, err := c.Report(t.Context(), c.people[ceder], e.ID, rugzak.ReasonName); err != nil {
				t.Fatal(err)
			}
			for _, name := range c.names {
				_, err := c.Read(t.Context(), c.people[name], e.ID)
				if sees := err == nil; sees != (name == author || name == "privacyofficer") {
					t.Errorf("%s reads it: %v", name, err)
				}
				if name == nobodyAtAll || name == gone {
					continue
				}
				titles, total := c.find(t, c.people[name], "specht")
				if finds := total > 0; finds != (name == author && mode == rugzak.ByName || name == "privacyofficer") {
					t.Errorf("%s finds %v", name, titles)
				}
			}
			mine, err := c.Mine(t.Context(), c.people[author], "")
			if err != nil || len(mine.Reported) != 1 || len(mine.Entries) != 0 {
				t.Errorf("my backpack: %+v, %v", mine, err)
			}
			kinds, about := c.noticesOf(t, author)
			if !slices.Equal(kinds, []rugzak.NoticeKind{backpack.NoticeReported}) || (about[0] == e.ID) != (mode == rugzak.ByName) {
				t.Errorf("the author is told %v about %v", kinds, about)
			}
			v := c.incidentOf(t, "privacyofficer")
			if v.Reporter != c.people[ceder].Name || v.Readers != 4 || !v.Few || v.State != rugzak.StateShared ||
				v.Mended || !v.Readable || !v.MayDecide || v.Deadline().Sub(v.Found).Hours() != 72 {
				t.Errorf("incident %+v", v)
			}
			c.settleBack(t, e, v)
		})
	}
}

// settleBack follows the way of a text that is mended.
func (c *cast) settleBack(t *testing.T, e rugzak.Entry, v backpack.IncidentView) {
	t.Helper()
	officer := c.people["privacyofficer"]
	if _, err := c.Settle(t.Context(), officer, v.ID, rugzak.SettledMended, true); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("settled as mended before it was: %v", err)
	}
	now, _ := c.stored(t, e.ID)
	if _, err := c.Withdraw(t.Context(), c.people[author], e.ID); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("withdraw a reported entry: %v", err)
	}
	in := c.InputOf(now)
	in.Body = "Een specht."
	if _, err := c.Revise(t.Context(), c.people[author], e.ID, now.Version, in); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(t.Context(), c.people[teammate], e.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("a change of its author shows it again: %v", err)
	}
	c.clock.turn(c.clock.Now().Add(time.Minute))
	for range 2 { // pressed twice
		if _, err := c.AskPutBack(t.Context(), c.people[author], e.ID); err != nil {
			t.Fatal(err)
		}
	}
	if kinds, _ := c.noticesOf(t, "privacyofficer"); !slices.Equal(kinds, []rugzak.NoticeKind{backpack.NoticeReportAsked, backpack.NoticeReport}) {
		t.Errorf("the officer is told %v", kinds)
	}
	if h, err := c.History(t.Context(), officer, e.ID); err != nil || len(h.Revisions) != 2 {
		t.Errorf("the officer sees %d revisions, %v", len(h.Revisions), err)
	}
	if _, err := c.Settle(t.Context(), officer, v.ID, rugzak.SettledMended, false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Settle(t.Context(), officer, v.ID, rugzak.SettledBack, false); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("settled twice: %v", err)
	}
	if _, err := c.Read(t.Context(), officer, e.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the officer still reads it: %v", err)
	}
	// What was reported stays out of the history of its readers.
	h, err := c.History(t.Context(), c.people[teammate], e.ID)
	if err != nil || len(h.Revisions) != 1 || h.Entry.Entry.Body != "Een specht." {
		t.Errorf("a reader sees %+v, %v", h, err)
	}
	if _, err := c.PurgeReportedPast(t.Context(), officer, v.ID); err != nil {
		t.Fatal(err)
	}
	if h, err = c.History(t.Context(), c.people[author], e.ID); err != nil || len(h.Revisions) != 1 {
		t.Errorf("after purging the past: %d revisions, %v", len(h.Revisions), err)
	}
	after, _ := c.stored(t, e.ID)
	if after.State != rugzak.StateShared || !after.Audience.Equal(e.Audience) {
		t.Errorf("put back as %s for %v", after.State, after.Audience)
	}
}

// Misuse is bounded per person, and nobody settles what is their own unless
// nobody else can.
func TestReportBoundAndOwnReport(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for i := range rugzak.MaxReportsPerDay + 1 {
		e := c.share(t, c.people[author], simple(fmt.Sprintf("Verhaal %d", i), "Tekst", rugzak.LevelInternal))
		_, err := c.Report(t.Context(), c.people[elsewhere], e.ID, "")
		want := rugzak.Code("")
		if i == rugzak.MaxReportsPerDay {
			want = rugzak.CodeTooMany
		}
		if rugzak.CodeOf(err) != want {
			t.Errorf("report %d: %v", i, err)
		}
	}
	c.clock.turn(c.clock.Now().Add(time.Second))
	own := c.share(t, c.people["privacyofficer"], simple("Eigen", "Tekst", rugzak.LevelInternal))
	if _, err := c.Report(t.Context(), c.people[teammate], own.ID, rugzak.ReasonStory); err != nil {
		t.Fatal(err)
	}
	v := c.incidentOf(t, "privacyofficer")
	if v.Reporter != "" || v.Entry != own.ID {
		t.Errorf("who wrote it learns who reported it: %+v", v)
	}
	second := c.join(t, c.people[elsewhere].Organisation, "", rugzak.RolePrivacyOfficer)
	if _, err := c.Settle(t.Context(), c.people["privacyofficer"], v.ID, rugzak.SettledBack, false); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("the report of one's own text is settled: %v", err)
	}
	if _, err := c.Settle(t.Context(), second, v.ID, rugzak.SettledPurged, false); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(t.Context(), c.people["privacyofficer"], own.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("purged, and still there: %v", err)
	}
	if err := c.NoteIncident(t.Context(), second, v.ID, "BSN 111222333"); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a number in a note: %v", err)
	}
	if err := c.NoteIncident(t.Context(), second, v.ID, "Gebeld met de schrijver."); err != nil {
		t.Error(err)
	}
}

// What is written in a reported theme is seen by its curators and privacy
// officers only, and others cannot write over it.
func TestReportTheme(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	curator, officer := c.people["facilitator"], c.people["privacyofficer"]
	v, err := c.Theme(t.Context(), curator, c.theme, "")
	if err != nil {
		t.Fatal(err)
	}
	c.thread(t, curator, c.theme, backpack.ThreadInput{Intro: "De pimpelmees is weg."})
	c.thread(t, curator, c.theme, backpack.ThreadInput{Intro: "De pimpelmees zingt."})
	if v, err = c.Theme(t.Context(), curator, c.theme, ""); err != nil {
		t.Fatal(err)
	}
	in := backpack.ThemeInput{Title: "Samen", Summary: "Een pimpelmees", OpenQuestions: []string{"Welke pimpelmees?"}, Also: []rugzak.OrganisationID{c.partner}}
	if _, err := c.SaveTheme(t.Context(), curator, c.theme, v.Theme.Version, in); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReportTheme(t.Context(), c.people[ceder], c.theme, rugzak.ReasonHealth); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{author, ceder, "coreteam", "administrator", "facilitator", "privacyofficer"} {
		v, err := c.Theme(t.Context(), c.people[name], c.theme, "")
		if err != nil {
			t.Fatal(err)
		}
		told := strings.Contains(fmt.Sprint(v), "pimpelmees")
		if may := name == "facilitator" || name == "privacyofficer"; told != may || v.Theme.Reported != may {
			t.Errorf("%s is told: %v", name, told)
		}
	}
	v, err = c.Theme(t.Context(), curator, c.theme, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.SaveTheme(t.Context(), c.people["coreteam"], c.theme, v.Theme.Version, in); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("another curator writes over it: %v", err)
	}
	incident := c.incidentOf(t, "privacyofficer")
	if _, err := c.Settle(t.Context(), officer, incident.ID, rugzak.SettledMended, false); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("settled as mended before it was: %v", err)
	}
	if _, err := c.Settle(t.Context(), officer, incident.ID, rugzak.SettledPurged, false); err != nil {
		t.Fatal(err)
	}
	if err := c.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	err = c.store.EachRecord(t.Context(), func(bucket string, key, record []byte) error {
		if strings.Contains(string(record), "pimpelmees") {
			t.Errorf("still in %s %q", bucket, key)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if v, err = c.Theme(t.Context(), c.people[author], c.theme, ""); err != nil || v.Theme.Title != "Samen" {
		t.Errorf("the theme itself: %+v, %v", v.Theme, err)
	}
}

// What its author chooses for a reported entry counts once it is shown again:
// partners are confirmed and sources are kept to as if it were shown now, for
// who settles the report decides on neither.
func TestReportedEntryCannotGrowUnasked(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer := c.people[author]
	source := c.share(t, writer, simple("Bron", "Tekst", rugzak.LevelOrganisation))
	in := simple("Inzicht", "Tekst", rugzak.LevelOrganisation)
	in.Kind, in.Relations = rugzak.KindInsight, []rugzak.Relation{{Type: rugzak.BuildsOn, To: source.ID}}
	insight, plain := c.share(t, writer, in), c.share(t, writer, simple("Gewoon", "Tekst", rugzak.LevelOrganisation))
	for _, e := range []rugzak.Entry{insight, plain} {
		if _, err := c.Report(t.Context(), c.people["facilitator"], e.ID, rugzak.ReasonElse); err != nil {
			t.Fatal(err)
		}
	}
	now, _ := c.stored(t, insight.ID)
	in.Audience.Level = rugzak.LevelInternal
	if _, err := c.Revise(t.Context(), writer, now.ID, now.Version, in); !strings.Contains(answerOf(err), "error.source.narrow") {
		t.Errorf("a reported insight grows beyond its sources: %v", err)
	}
	now, _ = c.stored(t, plain.ID)
	in = c.InputOf(now)
	in.Audience.Also = []rugzak.OrganisationID{c.partner}
	_, err := c.Revise(t.Context(), writer, now.ID, now.Version, in)
	if _, asks := errors.AsType[*backpack.Unconfirmed](err); !asks {
		t.Fatalf("a reported entry grows to a partner nobody confirmed: %v", err)
	}
	in.Confirmed = in.Audience.Also
	if _, err := c.Revise(t.Context(), writer, now.ID, now.Version, in); err != nil {
		t.Errorf("confirmed: %v", err)
	}
}
