// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/boltstore"
	"rugzak/pkg/rugzak"
)

// said responds to an entry in a house, and fails when that is refused.
func (h *house) said(t testing.TB, by rugzak.Person, e rugzak.EntryID, in backpack.ResponseInput) rugzak.Response {
	t.Helper()
	if in.Kind == "" {
		in.Kind = rugzak.ResponseExperience
	}
	in.Lang, in.Reviewed = rugzak.Dutch, true
	x, _, err := h.Respond(t.Context(), by, e, in)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// saidThanks responds to an entry and thanks for it.
func (h *house) saidThanks(t testing.TB, by rugzak.Person, e rugzak.EntryID, body string) rugzak.Response {
	t.Helper()
	if _, err := h.Press(t.Context(), by, rugzak.Signal{Entry: e, Kind: rugzak.SignalThank}); err != nil {
		t.Fatal(err)
	}
	return h.said(t, by, e, backpack.ResponseInput{Body: body})
}

// responseTraces are the places where the canary of the response still stands.
func (x *purgeScene) responseTraces(t *testing.T) []string {
	t.Helper()
	return slices.DeleteFunc(x.traces(t, x.dir), func(where string) bool { return !strings.HasSuffix(where, ": response") })
}

// What somebody said and purged is in no file any more, and neither an older
// backup nor an older export brings it back. What answers it stays.
func TestPurgedResponseLeavesNothing(t *testing.T) {
	t.Parallel()
	x := newPurgeScene(t, rugzak.ByName)
	x.said(t, x.writer, x.entry.ID, backpack.ResponseInput{Body: "Een antwoord blijft.", To: x.response.ID, Kind: rugzak.ResponseAnswer})
	var backup bytes.Buffer
	if err := x.store.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	before := x.export(t, true)
	if found := strings.Join(x.responseTraces(t), "\n"); !strings.Contains(found, "responses: response") || !strings.Contains(found, "bytes: response") {
		t.Fatalf("control: the response is found in %s", found)
	}
	if _, err := x.PurgeOwnResponse(t.Context(), x.writer, x.entry.ID, x.response.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("somebody else purges it: %v", err)
	}
	if _, err := x.PurgeOwnResponse(t.Context(), x.reader, x.entry.ID, x.response.ID); err != nil {
		t.Fatal(err)
	}
	if len(x.responseTraces(t)) == 0 {
		t.Error("control: the bytes are gone before the files were written anew")
	}
	if err := x.FinishPurges(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := x.responseTraces(t); len(found) > 0 {
		t.Errorf("after the purge: %v", found)
	}
	v, err := x.Responses(t.Context(), x.reader, x.entry.ID, 1, "")
	if err != nil || len(v.Threads) != 1 || !v.Threads[0].Gone || len(v.Threads[0].Replies) != 1 {
		t.Errorf("what is left: %+v, %v", v.Threads, err)
	}
	stones, err := x.Tombstones(t.Context(), backpack.Operator())
	if err != nil || len(stones) != 1 || stones[0].Subject != rugzak.ResponseSubject(x.entry.ID, x.response.ID) {
		t.Errorf("tombstones %+v, %v", stones, err)
	}

	// An export of before, with what was purged since.
	before.Everything.Tombstones = x.export(t, true).Everything.Tombstones
	empty := newHouse(t)
	if _, err := empty.ImportWhole(t.Context(), backpack.Operator(), before.Everything, before.whole, nil); err != nil {
		t.Fatal(err)
	}
	if found := empty.places(t, canaries["response"]); len(found) > 0 {
		t.Errorf("after importing an older export it stands in %v", found)
	}
	if found := empty.places(t, "Een antwoord blijft."); len(found) == 0 {
		t.Error("the answer did not come along")
	}
	empty.close()

	x.close()
	done, err := boltstore.Restore(t.Context(), &backup, filepath.Join(x.dir, "rugzak.db"), true, nil)
	if err != nil || done.Removed != 1 {
		t.Fatalf("restore: %+v, %v", done, err)
	}
	if found := x.responseTraces(t); len(found) > 0 {
		t.Errorf("after restoring an older backup: %v", found)
	}
}

// What somebody said stays when they are erased, without their name; what they
// withdrew, and what they recognised and thanked for, goes.
func TestResponsesOfAFormerColleague(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	admin, colleague := h.person(t, "beheerder@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	gone := h.named(t, h.join(t, colleague.Organisation, "", rugzak.RoleParticipant), "Zonneveld Kanarie", "zonneveld@voorbeeld.test")
	e := h.share(t, colleague, simple("Verhaal", "Tekst.", rugzak.LevelInternal))
	stays := h.said(t, gone, e.ID, backpack.ResponseInput{Body: "Dat kennen wij ook."})
	h.clock.turn(h.clock.Now().Add(1e9)) // responses are in the order of their moments
	names := h.said(t, colleague, e.ID, backpack.ResponseInput{Body: "Vraag het " + rugzak.Mention(gone.ID), Kind: rugzak.ResponseTip})
	withdrawn := h.said(t, gone, e.ID, backpack.ResponseInput{Body: "Dit toch niet."})
	if _, err := h.WithdrawResponse(t.Context(), gone, e.ID, withdrawn.ID); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []rugzak.SignalKind{rugzak.SignalRecognise, rugzak.SignalThank} {
		if _, err := h.Press(t.Context(), gone, rugzak.Signal{Entry: e.ID, Kind: kind}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.AnonymisePerson(t.Context(), admin, gone.ID); err != nil {
		t.Fatal(err)
	}
	v, err := h.Responses(t.Context(), colleague, e.ID, 1, "")
	if err != nil || len(v.Threads) != 2 || v.Threads[0].Response.ID != stays.ID || v.Threads[1].Response.ID != names.ID {
		t.Fatalf("what is left: %+v, %v", v.Threads, err)
	}
	if v.Threads[0].Author != "" || !strings.Contains(v.Threads[0].HTML, "Dat kennen wij ook") || !strings.Contains(v.Threads[1].HTML, "oud-collega") {
		t.Errorf("it reads %q by %q, and %q", v.Threads[0].HTML, v.Threads[0].Author, v.Threads[1].HTML)
	}
	h.see(t, func(r rugzak.Reader) error {
		for x, err := range r.SignalsBy(gone.ID) {
			t.Errorf("it is still known what they pressed: %+v, %v", x, err)
		}
		if _, err := r.Response(e.ID, withdrawn.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("what nobody may read is still there: %v", err)
		}
		return nil
	})
	page, err := h.Notices(t.Context(), colleague)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Lines {
		if slices.Contains(l.Who, gone.Name) {
			t.Errorf("a notice still says that %q thanks", l.Who)
		}
	}
	for _, word := range []string{"Zonneveld", "zonneveld"} {
		if found := h.places(t, word); len(found) > 0 {
			t.Errorf("%q stands in %v", word, found)
		}
	}
	if err := h.store.Check(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// Somebody's data hold what they said and pressed, and nothing that others said.
func TestOwnDataHoldsResponses(t *testing.T) {
	v := newVillage(t)
	anna, bas := v.people["anna"], v.people["bas"]
	e := v.share(t, bas, simple("Van een ander", "Vreemde tekst.", rugzak.LevelInternal))
	x := v.said(t, anna, e.ID, backpack.ResponseInput{Body: "Wij belden eerst."})
	v.clock.turn(v.clock.Now().Add(time.Minute)) // one after the other
	late := v.said(t, anna, e.ID, backpack.ResponseInput{Body: "Dit toch niet.", Kind: rugzak.ResponseTip})
	if _, err := v.WithdrawResponse(t.Context(), anna, e.ID, late.ID); err != nil {
		t.Fatal(err)
	}
	v.said(t, bas, e.ID, backpack.ResponseInput{Body: "Dat is vreemd.", To: x.ID, Kind: rugzak.ResponseAnswer})
	if _, err := v.Press(t.Context(), anna, rugzak.Signal{Entry: e.ID, Kind: rugzak.SignalRecognise}); err != nil {
		t.Fatal(err)
	}
	d, err := v.OwnData(t.Context(), anna)
	if err != nil || len(d.Responses) != 2 || len(d.Signals) != 1 {
		t.Fatalf("%+v, %+v, %v", d.Responses, d.Signals, err)
	}
	one, two := d.Responses[0], d.Responses[1]
	if one.Text != "Wij belden eerst." || one.Title != "Van een ander" || one.Kind != rugzak.ResponseExperience || one.Withdrawn ||
		two.Text != "Dit toch niet." || !two.Withdrawn || d.Signals[0].Kind != rugzak.SignalRecognise || d.Signals[0].Title != "Van een ander" {
		t.Errorf("%+v, %+v", d.Responses, d.Signals)
	}
	all, err := json.Marshal(d)
	if err != nil || strings.Contains(string(all), "Dat is vreemd") {
		t.Errorf("it holds what another said, %v", err)
	}
	if _, err := v.ChangeAudience(t.Context(), bas, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelDraft}); err == nil {
		t.Fatal("control: a shared entry became a draft")
	}
	if _, err := v.Withdraw(t.Context(), bas, e.ID); err != nil {
		t.Fatal(err)
	}
	if d, err := v.OwnData(t.Context(), anna); err != nil || len(d.Responses) != 2 || d.Responses[0].Title != "" || d.Signals[0].Title != "" || d.Responses[0].Text == "" {
		t.Errorf("of what can no longer be read: %+v, %v", d.Responses, err)
	}
}

// talk says and presses all there is about the first entries that somebody
// shared by name: answers, a mention, what was withdrawn, purged and reported.
func (w *world) talk(t *testing.T) {
	t.Helper()
	var e rugzak.Entry
	var who []rugzak.Person
	for _, stored := range w.model(t).entries {
		if stored.State != rugzak.StateShared || stored.Mode != rugzak.ByName || e.ID != "" && stored.ID > e.ID {
			continue
		}
		var readers []rugzak.Person
		for _, p := range w.people {
			if rugzak.CanRead(p, stored) && rugzak.CanPost(p) && !stored.IsAuthor(p.ID) {
				readers = append(readers, p)
			}
		}
		if len(readers) >= 2 {
			e, who = stored, readers
		}
	}
	if e.ID == "" {
		t.Fatal("nobody to talk with")
	}
	said := func(by int, in backpack.ResponseInput) rugzak.Response {
		w.clock.turn(w.clock.Now().Add(1e9))
		return w.said(t, who[by], e.ID, in)
	}
	must := func(_ any, err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	first := said(0, backpack.ResponseInput{Body: "Wij ook, net als " + rugzak.Mention(who[1].ID)})
	said(1, backpack.ResponseInput{Body: "Hoe dan?", To: first.ID, Kind: rugzak.ResponseQuestion})
	_, _, err := w.EditResponse(t.Context(), who[0], e.ID, first.ID, first.Version, backpack.ResponseInput{Kind: rugzak.ResponseTip, Lang: rugzak.Dutch, Body: "Wij ook."})
	must(nil, err)
	must(w.WithdrawResponse(t.Context(), who[1], e.ID, said(1, backpack.ResponseInput{Body: "Toch niet."}).ID))
	must(w.ReportResponse(t.Context(), who[1], e.ID, said(0, backpack.ResponseInput{Body: "Over iemand."}).ID, rugzak.ReasonElse))
	purged := said(0, backpack.ResponseInput{Body: "Gaat weg."})
	said(1, backpack.ResponseInput{Body: "Blijft.", To: purged.ID, Kind: rugzak.ResponseAnswer})
	must(w.PurgeOwnResponse(t.Context(), who[0], e.ID, purged.ID))
	for _, p := range who[:2] {
		must(w.Press(t.Context(), p, rugzak.Signal{Entry: e.ID, Kind: rugzak.SignalRecognise}))
	}
	must(w.Press(t.Context(), who[1], rugzak.Signal{Entry: e.ID, Response: first.ID, Kind: rugzak.SignalThank}))
}
