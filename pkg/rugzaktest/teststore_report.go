// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzaktest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

func testStoreIncidents(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	incident := func(n int) rugzak.Incident {
		return rugzak.Incident{
			ID: ID(n), Entry: Entry(1).ID, Theme: "wonen", Response: ID(9), Meeting: ID(7), Need: ID(8), Text: rugzak.CompassText, Found: Noon, Reason: rugzak.ReasonHealth, Reporter: People()[0].ID,
			State: rugzak.StateArchived, Version: 3, Revision: 2,
			Audience:     rugzak.Audience{Level: rugzak.LevelTeam, Also: []rugzak.OrganisationID{"wmo"}},
			Organisation: "jeugd", Team: "noord", Readers: 7, Asked: Noon.Add(time.Hour), Note: "Gebeld.",
			Settled: Noon.Add(2 * time.Hour), How: rugzak.SettledBack, By: People()[1].ID,
		}
	}
	wantEveryField(t, reflect.ValueOf(incident(1)), "Incident")
	open := rugzak.Incident{ID: ID(2), Entry: Entry(2).ID, Found: Noon, Reason: rugzak.ReasonElse, State: rugzak.StateShared}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		if err := w.SaveIncident(incident(1)); err != nil {
			return err
		}
		return w.SaveIncident(open)
	})
	storeView(t, s, func(r rugzak.Reader) error {
		got, err := r.Incident(ID(1))
		Same(t, "incident", got, incident(1))
		Same(t, "newest first", storeCollect(t, r.Incidents()), []rugzak.Incident{open, incident(1)})
		_, missing := r.Incident(ID(3))
		storeMissing(t, "incident", missing)
		return err
	})
	storeSound(t, s)
}

// A shared text is reported as long as an incident about it is open, and is
// emptied or taken away when it is purged.
func testStoreReportedTexts(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	round, idea := Round(1), rugzak.Idea{ID: ID(2), Title: "Idee", Step: "Stap", Organisations: []rugzak.OrganisationID{Homes}, State: rugzak.IdeaOpen}
	org := Organisations()[0]
	texts := []rugzak.Subject{
		rugzak.AgendaSubject("punt"), rugzak.CompassText, rugzak.IdeaText(idea.ID), rugzak.NeedText(org.ID, ""), rugzak.RoundOccasion(round.ID),
	}
	storeUpdate(t, s, func(w rugzak.Writer) error {
		m := rugzak.Movement{
			Compass: rugzak.Compass{Purpose: "Samen", Why: "Daarom", Version: 2, Drives: []rugzak.Drive{{ID: "een", Name: "Een", Meaning: "Dit"}}},
			Agenda:  []rugzak.AgendaItem{{ID: "punt", Title: "Punt"}},
		}
		org, err := w.Organisation(org.ID)
		if err != nil {
			return err
		}
		org.Need = rugzak.Need{Needs: "Tijd"}
		err = errors.Join(w.SaveRound(round, 0), w.SaveIdea(idea, 0), w.SaveMovement(m), w.PutPastCompass(rugzak.Compass{Version: 1, Purpose: "Eerst"}), w.SaveOrganisation(org, org.Version))
		for n, text := range texts {
			err = errors.Join(err, w.SaveIncident(rugzak.Incident{ID: ID(20 + n), Text: text, Found: Noon}))
		}
		return err
	})
	reported := func(what string, want ...rugzak.Subject) {
		t.Helper()
		storeView(t, s, func(r rugzak.Reader) error {
			got, err := r.ReportedTexts()
			Same(t, what, got, want)
			return err
		})
		storeSound(t, s)
	}
	reported("reported", texts...)
	storeUpdate(t, s, func(w rugzak.Writer) error {
		return w.SaveIncident(rugzak.Incident{ID: ID(20), Text: texts[0], Found: Noon, How: rugzak.SettledBack})
	})
	reported("one put back", texts[1:]...)
	storeUpdate(t, s, func(w rugzak.Writer) (err error) {
		for n, text := range texts {
			err = errors.Join(err, w.PurgeText(rugzak.Tombstone{Subject: string(text), At: Noon}),
				w.SaveIncident(rugzak.Incident{ID: ID(20 + n), Text: text, Found: Noon, How: rugzak.SettledPurged}))
		}
		return err
	})
	reported("none")
	storeView(t, s, func(r rugzak.Reader) error {
		m, err := r.Movement()
		past, failed := r.PastCompasses()
		if c := m.Compass; len(m.Agenda)+len(past) > 0 || c.Purpose != rugzak.LeftOut || c.Why != "" || c.Drives[0] != (rugzak.Drive{ID: "een", Name: "Een"}) {
			t.Errorf("purged: %+v, before that %+v", m, past)
		}
		got, gone := r.Round(round.ID)
		if got.Title+got.Text+got.Outcome != "" || len(got.Changes)+len(got.Decisions) > 0 || !got.PublishedAt.IsZero() || len(got.Questions) == 0 {
			t.Errorf("the round is %+v", got)
		}
		o, none := r.Organisation(org.ID)
		if !o.Need.Empty() {
			t.Errorf("the need is %+v", o.Need)
		}
		_, missing := r.Idea(idea.ID)
		storeMissing(t, "the idea", missing)
		return errors.Join(err, failed, gone, none)
	})
	for _, text := range []string{string(texts[0]), "need:geen", "entry:" + ID(1), "onzin"} {
		storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.PurgeText(rugzak.Tombstone{Subject: text, At: Noon}) })
	}
}

func testStorePurge(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	gone, past, other := Entry(1), Entry(2), Entry(3)
	storePut(t, s, gone, past, other)
	me := People()[0].ID
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for n := 1; n < 3; n++ {
			e, err := w.Entry(past.ID)
			if err != nil {
				return err
			}
			e.Revision, e.Version = e.Revision+1, e.Version+1
			if err := w.SaveEntry(e, e.Version-1, &rugzak.RevisionNote{Actor: "system", Reason: rugzak.ReasonRevised}); err != nil {
				return err
			}
		}
		for _, n := range []rugzak.Notice{
			{ID: ID(11), Person: me, Kind: "a", Entry: gone.ID, At: Noon}, {ID: ID(12), Person: me, Kind: "b", About: string(gone.ID), At: Noon},
			{ID: ID(13), Person: me, Kind: "c", Entry: other.ID, At: Noon},
		} {
			if err := w.SaveNotice(n); err != nil {
				return err
			}
		}
		if err := w.QueueMail(rugzak.Mail{ID: ID(21), Kind: "a", To: me, Entry: gone.ID, At: Noon}); err != nil {
			return err
		}
		return w.QueueMail(rugzak.Mail{ID: ID(22), Kind: "b", To: me, Entry: other.ID, At: Noon})
	})
	stone := rugzak.Tombstone{Subject: rugzak.EntrySubject(gone.ID), At: Noon, Reason: rugzak.ReasonName, Version: 4}
	wantEveryField(t, reflect.ValueOf(stone), "Tombstone")
	job := rugzak.PurgeJob{ID: ID(31), Subject: stone.Subject, Past: true, Reason: rugzak.ReasonName, At: Noon, Step: rugzak.PurgeStore, Done: Noon}
	wantEveryField(t, reflect.ValueOf(job), "PurgeJob")
	storeUpdate(t, s, func(w rugzak.Writer) error {
		for _, step := range []error{
			w.PurgeEntry(gone.ID), w.PurgePast(past.ID), w.SaveTombstone(stone), w.SavePurgeJob(job),
			w.SavePurgeJob(rugzak.PurgeJob{ID: ID(32), Subject: "theme:wonen", At: Noon, Step: rugzak.PurgeDeleted}),
		} {
			if step != nil {
				return step
			}
		}
		return nil
	})
	storeView(t, s, func(r rugzak.Reader) error {
		_, err := r.Entry(gone.ID)
		storeMissing(t, "purged entry", err)
		e, err := r.Entry(past.ID)
		if err != nil || e.Revision != 1 || len(storeCollect(t, r.Revisions(past.ID))) != 1 || e.Version <= past.Version+2 {
			t.Errorf("after purging the past: %d revisions, version %d, %v", e.Revision, e.Version, err)
		}
		notices, err := r.Notices(me)
		if err != nil || len(notices) != 1 || notices[0].ID != ID(13) {
			t.Errorf("notices %v, %v", notices, err)
		}
		queue, err := r.MailQueue()
		if err != nil || len(queue) != 1 || queue[0].ID != ID(22) {
			t.Errorf("mail %v, %v", queue, err)
		}
		jobs, err := r.PurgeJobs()
		if err != nil || len(jobs) != 2 || jobs[0].ID != ID(32) {
			t.Fatalf("jobs %v, %v", jobs, err)
		}
		Same(t, "job", jobs[1], job)
		got, err := r.Tombstone(stone.Subject)
		Same(t, "tombstone", got, stone)
		return err
	})
	// A tombstone of a whole entry takes the place of one of its past, never
	// the other way round.
	whole := stone
	whole.Version = 0
	for _, save := range []rugzak.Tombstone{whole, stone} {
		storeUpdate(t, s, func(w rugzak.Writer) error { return w.SaveTombstone(save) })
	}
	storeView(t, s, func(r rugzak.Reader) error {
		all, err := r.Tombstones()
		Same(t, "tombstones", all, []rugzak.Tombstone{whole})
		return err
	})
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.PurgeEntry(gone.ID) })
	storeRefuses(t, s, rugzak.CodeNotFound, func(w rugzak.Writer) error { return w.PurgePast(gone.ID) })
	storeSound(t, s)
}

// Compacting waits for readers, not for writers, and loses nothing.
func testStoreCompact(t *testing.T, s rugzak.Store) {
	storeHouse(t, s)
	storePut(t, s, Entry(1), Entry(2))
	before := storeState(t, s)
	done := make(chan error, 1)
	storeView(t, s, func(r rugzak.Reader) error {
		if _, err := r.Entry(Entry(1).ID); err != nil {
			return err
		}
		go func() { done <- s.Compact(t.Context()) }()
		storePut(t, s, Entry(3)) // before the swap or after it
		if _, err := r.Entry(Entry(3).ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("a reader sees what came later: %v", err)
		}
		_, err := r.Entry(Entry(2).ID)
		return err
	})
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	storeUpdate(t, s, func(w rugzak.Writer) error { return w.RemoveEntry(Entry(3).ID) })
	Same(t, "entries", storeState(t, s)["entries"], before["entries"])
	if err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	storePut(t, s, Entry(4))
	storeSound(t, s)
}
