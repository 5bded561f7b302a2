// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// quoteAll repeats an entry in everything that is written of entries: a round
// with its outcome, change and decision, a thread and a letter, the compass, the
// agenda, an idea, a meeting, an interim result, requests to add something, and
// why entries were chosen.
func (x *purgeScene) quoteAll(t *testing.T) (round string) {
	t.Helper()
	e, now := x.entry, x.clock.Now()
	said := "Nu: " + canaries["body"] + ". Er is nu een ander lang verhaal. Er is nu een"
	quote := "> " + said + "\n> was: Vroeger: " + canaries["past"] + ". Er was eens een lang verhaal.\n\n— [" + canaries["title"] + "](/ervaringen/" + string(e.ID) + ")"
	text := "Wij leerden samen.\n\n" + quote + "\n\nDaar gaan wij mee door."
	line := "Bewaar dit: " + said
	r := rugzak.ReflectionRound{
		ID: rugzak.NewID(now), Number: 77, Opens: "2026-08-01", Closes: "2026-08-14", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}},
		Text: text, Outcome: text, PublishedAt: now,
		Changes:   []rugzak.RoundChange{{Domain: "Werk", Entry: e.ID, Reason: "Om " + canaries["lesson"]}, {Domain: "Zorg", Entry: x.other.ID, Reason: line}},
		Decisions: []rugzak.RoundDecision{{ID: rugzak.NewID(now), Text: line, At: now}, {ID: rugzak.NewID(now), Text: "Dit blijft", At: now}},
	}
	x.put(t, func(w rugzak.Writer) error {
		themes, err := w.Themes()
		if err != nil {
			return err
		}
		theme := themes[0].ID
		number := 0
		for v, err := range w.Threads(theme) {
			if err != nil {
				return err
			}
			number = max(number, v.Number)
		}
		m, err := w.Movement()
		if err != nil {
			return err
		}
		m.Compass.Purpose += "\n\n" + quote
		m.Agenda = append(m.Agenda, rugzak.AgendaItem{
			ID: "verder", Title: "Verder", Text: text, Horizon: rugzak.HorizonNow, Learned: line,
			Progress: []rugzak.AgendaProgress{{At: now, Organisation: x.writer.Organisation, Text: line}},
		})
		past := m.Compass
		past.Version = 900
		return errors.Join(
			w.SaveRound(r, 0), w.SaveMovement(m), w.PutPastCompass(past),
			w.SaveThread(rugzak.Thread{Theme: theme, Number: number + 1, Intro: text, At: now, Sections: []rugzak.ThreadSection{{
				Prompt: rugzak.PromptSee, Text: text, Quotes: []rugzak.Quote{{Entry: e.ID, Text: said}},
			}}}),
			w.SaveThemeLetter(rugzak.ThemeLetter{
				ID: rugzak.NewID(now), Theme: theme, Lead: line, At: now, SentAt: now,
				Picks: []rugzak.LetterPick{{Entry: e.ID, Why: canaries["lesson"]}, {Entry: x.other.ID, Why: line}},
			}, 0),
			w.SaveIdea(rugzak.Idea{ID: rugzak.NewID(now), Title: "Idee", Text: text, Step: line, State: rugzak.IdeaGrown, Became: rugzak.Subject("entry:" + string(e.ID)), At: now}, 0),
			w.SaveMeeting(rugzak.Meeting{ID: rugzak.NewID(now), Title: canaries["title"] + " met elkaar: " + said, Day: "2026-12-12", Start: "10:00", Entry: e.ID, Organisations: []rugzak.OrganisationID{rugzak.WholeMunicipality}, At: now}, 0),
			w.SaveEnrichment(rugzak.Enrichment{ID: rugzak.NewID(now), Entry: e.ID, Asker: x.other.Authors[0], Text: "Haal weg: " + canaries["past"], State: rugzak.WideningOpen, At: now}),
			w.SaveEnrichment(rugzak.Enrichment{ID: rugzak.NewID(now), Entry: x.other.ID, Asker: x.writer.ID, Text: line, State: rugzak.WideningOpen, At: now}),
			w.SaveDigest(rugzak.Digest{Week: "2026-W33", Picks: []rugzak.DigestPick{{Entry: x.other.ID, Reason: line}}}, 0),
			w.SaveCelebration(rugzak.Celebration{Month: "2026-08", At: now, Picks: []rugzak.DigestPick{{Entry: x.other.ID, Reason: line}}}, 0),
			w.SaveInterim(rugzak.InterimResult{ID: rugzak.NewID(now), Number: 77, Title: "Tussenstand", Text: text, Lang: rugzak.Dutch, Span: rugzak.SpanQuarter, At: now}),
		)
	})
	return r.ID
}

// After a purge nothing that others wrote repeats the entry; what they wrote
// beside it stays.
func TestPurgeReachesWhatRepeatsIt(t *testing.T) {
	t.Parallel()
	x := newPurgeScene(t, rugzak.ByName)
	round := x.quoteAll(t)
	x.caughtUp(t)
	for _, bucket := range []string{"rounds", "movement", "compasses", "threads", "letters", "ideas", "meetings", "interims", "enrichments", "digests", "celebrations"} {
		if !strings.Contains(strings.Join(x.traces(t, x.dir), "\n"), bucket+":") {
			t.Fatalf("control: no trace in %s", bucket)
		}
	}
	var backup bytes.Buffer
	if err := x.store.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	if _, err := x.PurgeOwn(t.Context(), x.writer, x.entry.ID); err != nil {
		t.Fatal(err)
	}
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.wantGone(t, "after the purge", x.dir)
	x.see(t, func(r rugzak.Reader) error {
		now, err := r.Round(round)
		if want := "Wij leerden samen.\n\nDaar gaan wij mee door."; now.Outcome != want || now.Text != want || now.PublishedAt.IsZero() {
			t.Errorf("the round is %+v", now)
		}
		if len(now.Changes) != 1 || len(now.Decisions) != 2 || now.Decisions[0].Text != rugzak.LeftOut || now.Decisions[1].Text != "Dit blijft" {
			t.Errorf("it came to %+v and %+v", now.Changes, now.Decisions)
		}
		return err
	})
	storeIsSound(t, x.house)
	x.close()
	if _, err := boltstore.Restore(t.Context(), &backup, filepath.Join(x.dir, "rugzak.db"), true, nil); err != nil {
		t.Fatal(err)
	}
	x.wantGone(t, "after restoring an older backup", x.dir)
}

// What an entry was before goes from everywhere too, and what it says now may be
// repeated on.
func TestPurgePastReachesWhatRepeatsIt(t *testing.T) {
	t.Parallel()
	x := newPurgeScene(t, rugzak.ByName)
	round := x.quoteAll(t)
	if _, err := x.PurgeOwnPast(t.Context(), x.writer, x.entry.ID); err != nil {
		t.Fatal(err)
	}
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, trace := range x.traces(t, x.dir) {
		if strings.HasSuffix(trace, ": past") {
			t.Error("after the purge of the past: ", trace)
		}
	}
	x.see(t, func(r rugzak.Reader) error {
		now, err := r.Round(round)
		if len(now.Changes) != 2 || !strings.Contains(now.Decisions[0].Text, canaries["body"]) || !strings.Contains(now.Outcome, string(x.entry.ID)) {
			t.Errorf("the round is %+v", now)
		}
		return err
	})
}

// An outcome that quotes what fewer may read goes back to who writes it, when
// that is purged: the rest of it may tell of what they could not read.
func TestPurgeHoldsAnOutcome(t *testing.T) {
	t.Parallel()
	x := newPurgeScene(t, rugzak.ByName)
	round := x.quoteAll(t)
	reader := x.person(t, "deelnemer@voorbeeld.test")
	sees := func() string {
		v, err := x.Service.Round(t.Context(), reader, round)
		if err != nil {
			t.Fatal(err)
		}
		return v.Outcome
	}
	if sees() == "" {
		t.Fatal("control: the outcome is not read")
	}
	now, err := x.Read(t.Context(), x.writer, x.entry.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.ChangeAudience(t.Context(), x.writer, x.entry.ID, now.Entry.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	if _, err := x.PurgeOwn(t.Context(), x.writer, x.entry.ID); err != nil {
		t.Fatal(err)
	}
	if got := sees(); got != "" {
		t.Errorf("the outcome is read: %q", got)
	}
	core := x.person(t, "kernteam@voorbeeld.test")
	v, err := x.Service.Round(t.Context(), core, round)
	if err != nil || v.Outcome == "" || !v.Published.IsZero() {
		t.Fatalf("the core team reads %q, %v, %v", v.Outcome, v.Published, err)
	}
	if _, err := x.SaveOutcome(t.Context(), core, round, v.Version, backpack.OutcomeInput{Outcome: v.Outcome, Publish: true, Reviewed: true}); err != nil {
		t.Fatal(err)
	}
	if sees() == "" {
		t.Error("the outcome is not read after it was published anew")
	}
}

// An export from before a purge brings nothing of it back.
func TestWholeImportRepeatsNothingPurged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	id := h.NewID()
	e := rugzak.Entry{ID: id, Title: "Sleutel kwijt bij het loket", Body: "Niemand wist waar de sleutel lag."}
	round := rugzak.ReflectionRound{
		ID: rugzak.NewID(h.clock.Now()), Number: 1, Opens: "2026-08-01", Closes: "2026-08-14", Questions: []rugzak.RoundQuestion{{NL: "Wat werkte?"}},
		Outcome: "Wij leerden.\n\n> Niemand wist waar de sleutel lag.\n\n— [dit](/ervaringen/" + string(id) + ")", PublishedAt: h.clock.Now(),
	}
	b := rugzak.Backpack{
		Rounds:     []rugzak.ReflectionRound{round},
		Tombstones: []rugzak.Tombstone{{Subject: rugzak.EntrySubject(id), At: h.clock.Now(), Reason: rugzak.ReasonName}},
	}
	entries := func(yield func(backpack.WholeEntry, error) bool) { yield(backpack.WholeEntry{Entry: e}, nil) }
	if n, err := h.ImportWhole(t.Context(), backpack.Operator(), b, entries, nil); err != nil || n != 0 {
		t.Fatalf("%d, %v", n, err)
	}
	h.see(t, func(r rugzak.Reader) error {
		now, err := r.Round(round.ID)
		if now.Outcome != "Wij leerden." || !now.PublishedAt.IsZero() {
			t.Errorf("the round is %+v", now)
		}
		return err
	})
}
