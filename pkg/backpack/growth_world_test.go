// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// passOver passes over what somebody may not do: that is not what a world is for.
func passOver(t testing.TB, what string, err error) {
	t.Helper()
	passed := []rugzak.Code{rugzak.CodeNotFound, rugzak.CodeForbidden, rugzak.CodeInvalid, rugzak.CodeConflict, rugzak.CodeTooMany}
	if err != nil && !slices.Contains(passed, rugzak.CodeOf(err)) {
		t.Fatalf("%s: %v", what, err)
	}
}

// grow lets people act on what they may read: they respond and name each other,
// join in, lead, ask for the ball, try something, see overlaps, meet and ask for
// room.
func (w *world) grow(t testing.TB, acts int) {
	t.Helper()
	m := w.model(t)
	// Who reads what, of everything and of questions.
	type pair struct {
		p  rugzak.Person
		id rugzak.EntryID
	}
	var all, questions []pair
	for _, id := range w.entries {
		for _, p := range w.people {
			if e := m.entries[id]; e.State.Public() && m.sees(p, e) {
				all = append(all, pair{p, id})
				if e.Kind == rugzak.KindQuestion {
					questions = append(questions, pair{p, id})
				}
			}
		}
	}
	for n := range acts {
		w.clock.turn(w.clock.Now().Add(time.Minute))
		at := pick(w.random, all)
		if n%12 > 3 && n%12 != 10 && len(questions) > 0 {
			at = pick(w.random, questions)
		}
		w.act(t, n, at.p, at.id)
	}
	for n, p := range w.people {
		if n%3 == 0 {
			_, err := w.AskRoom(t.Context(), p, backpack.RoomInput{Kind: rugzak.RoomTime, Text: fmt.Sprintf("Tijd spreeuw%dx", acts+n), ForTeam: true})
			passOver(t, "ask for room", err)
		}
	}
	for _, id := range w.entries {
		if w.random.IntN(3) > 0 {
			continue
		}
		if e, by := w.stored(t, id); e.State.Public() {
			_, err := w.ChangeAudience(t.Context(), by, id, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation})
			passOver(t, "narrow", err)
		}
	}
	w.reflect(t)
	w.freeze(t)
}

func (w *world) act(t testing.TB, n int, p rugzak.Person, id rugzak.EntryID) {
	t.Helper()
	ctx, of := t.Context(), rugzak.Subject(rugzak.EntrySubject(id))
	version := w.grownVersion(t, id)
	var err error
	switch n % 12 {
	case 0, 1, 2:
		in := backpack.ResponseInput{Kind: pick(w.random, rugzak.ResponseKinds(false)), Body: fmt.Sprintf("Reactie spreeuw%dx.", n), Lang: rugzak.Dutch}
		if w.random.IntN(2) == 0 {
			in.Body += " Dag " + rugzak.Mention(pick(w.random, w.people).ID)
		}
		if all := w.saidAbout(t, id); len(all) > 0 && w.random.IntN(2) == 0 {
			in.To = pick(w.random, all).ID
		}
		var x rugzak.Response
		if x, _, err = w.Respond(ctx, p, id, in); err == nil && w.random.IntN(5) == 0 {
			_, err = w.WithdrawResponse(ctx, p, id, x.ID)
		}
	case 3:
		_, err = w.Press(ctx, p, rugzak.Signal{Entry: id, Kind: pick(w.random, []rugzak.SignalKind{rugzak.SignalRecognise, rugzak.SignalThank})})
	case 4, 5:
		err = w.Join(ctx, p, of, backpack.JoinInput{
			Way: pick(w.random, rugzak.Ways()), Step: fmt.Sprintf("Stap spreeuw%dx", n), When: "2026-12-24", ShowName: w.random.IntN(2) == 0,
		})
	case 6:
		_, err = w.Lead(ctx, p, id, version, pick(w.random, []backpack.LeadAct{backpack.LeadTake, backpack.LeadOffer, backpack.LeadStop}), "")
	case 7:
		_, err = w.AskBall(ctx, p, id, version, pick(w.random, w.orgs).ID, fmt.Sprintf("Vraag spreeuw%dx", n))
	case 8:
		if _, err = w.TakeBall(ctx, p, id, version); err == nil || w.random.IntN(2) == 0 {
			break
		}
		_, err = w.AnswerBall(ctx, p, id, version, w.random.IntN(2) == 0, fmt.Sprintf("Reden spreeuw%dx", n))
	case 9:
		_, err = w.SaveExperiment(ctx, p, id, version, 0, backpack.ExperimentInput{
			Step: fmt.Sprintf("Proef spreeuw%dx", n), Organisation: p.Organisation, Mine: w.random.IntN(2) == 0, Until: "2026-12-24",
		})
	case 10:
		err = w.SeeOverlap(ctx, p, id, pick(w.random, w.entries))
	case 11:
		var m rugzak.Meeting
		in := w.meeting(id, p.Organisation, pick(w.random, w.orgs).ID)
		in.Title, in.Place = fmt.Sprintf("Bijeenkomst spreeuw%dx", n), "Zaal"
		if m, err = w.SaveMeeting(ctx, p, "", 0, in); err != nil {
			break
		}
		for _, guest := range w.people {
			passOver(t, "sign up", w.SignUp(ctx, guest, m.ID, w.random.IntN(2) == 0))
		}
	}
	passOver(t, fmt.Sprint("act ", n), err)
}

// grownVersion is the version of what grew beside an entry.
func (h *house) grownVersion(t testing.TB, id rugzak.EntryID) int {
	t.Helper()
	var i rugzak.Inquiry
	err := h.store.View(t.Context(), func(r rugzak.Reader) (err error) {
		if i, err = r.Inquiry(id); rugzak.CodeOf(err) == rugzak.CodeNotFound {
			err = nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return i.Version
}

// saidAbout is everything that was said about an entry, whoever may read it.
func (h *house) saidAbout(t testing.TB, id rugzak.EntryID) (all []rugzak.Response) {
	t.Helper()
	err := h.store.View(t.Context(), func(r rugzak.Reader) (err error) {
		all, err = r.Responses(id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
