// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// acts lists the log, oldest first, as "verb by subject detail".
func (h *house) acts(t testing.TB, verb rugzak.AuditVerb) []string {
	t.Helper()
	view, err := h.AuditLog(t.Context(), backpack.Operator(), backpack.AuditAsk{Verb: verb})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range view.Lines {
		out = append([]string{strings.Join([]string{l.By.Kind, l.Subject.Kind, l.Subject.ID, l.Detail}, " ")}, out...)
	}
	return out
}

func chain(t testing.TB, h *house) (out []rugzak.AuditLine) {
	t.Helper()
	err := h.AuditChain(t.Context(), backpack.Operator(), time.Time{}, func(l rugzak.AuditLine) error {
		out = append(out, l)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What leaves the backpack is written down before it does, by whoever takes it.
func TestExportsAreAudited(t *testing.T) {
	w := newVillage(t)
	if err := w.Backup(t.Context(), backpack.Operator(), io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []bool{false, true} {
		if err := w.Export(t.Context(), backpack.Operator(), &nothing{}, hidden, nil); err != nil {
			t.Fatal(err)
		}
	}
	none := func(backpack.AuditLine) error { return nil }
	if err := w.AuditTable(t.Context(), backpack.Operator(), backpack.AuditAsk{}, none); err != nil {
		t.Fatal(err)
	}
	if err := w.AuditTable(t.Context(), w.people["anna"], backpack.AuditAsk{}, none); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant took the log out: %v", err)
	}
	if err := w.Backup(t.Context(), w.people["anna"], io.Discard); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a participant made a backup: %v", err)
	}
	want := []string{"operator   backup", "operator   whole", "operator   whole-hidden", "operator   audit-table"}
	if got := w.acts(t, rugzak.AuditExported); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q", got)
	}
}

type nothing struct{}

func (*nothing) Backpack(rugzak.Backpack) error       { return nil }
func (*nothing) Attachment(rugzak.AttachedFile) error { return nil }
func (*nothing) Entry(rugzak.Entry, []rugzak.Revision, []rugzak.PersonID) error {
	return nil
}

// The log is read page by page, by act, by person and by period, and the whole
// of it can be followed.
func TestReadingTheAuditLog(t *testing.T) {
	w := newVillage(t)
	someone, other := w.people["anna"], w.people["bas"]
	began := w.clock.Now()
	const count = 120
	for n := range count {
		w.clock.turn(began.Add(time.Duration(n) * time.Hour))
		who := someone
		if n%3 == 0 {
			who = other
		}
		_, err := w.store.Update(t.Context(), func(tx rugzak.Writer) error {
			return tx.Audit(rugzak.AuditAct{At: w.clock.Now(), Verb: rugzak.AuditSignIn, By: rugzak.PersonActor(who.ID), Detail: "password"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all := func(ask backpack.AuditAsk) (lines []backpack.AuditLine) {
		t.Helper()
		for {
			view, err := w.AuditLog(t.Context(), backpack.Operator(), ask)
			if err != nil {
				t.Fatal(err)
			}
			lines = append(lines, view.Lines...)
			if ask.Before = view.Next; ask.Before == 0 {
				return lines
			}
		}
	}
	if got := all(backpack.AuditAsk{Verb: rugzak.AuditSignIn}); len(got) != count || got[0].By.Name != someone.Name && got[0].By.Name != other.Name {
		t.Errorf("%d of %d sign-ins", len(got), count)
	}
	if got := all(backpack.AuditAsk{Verb: rugzak.AuditSignIn, Person: other.Email}); len(got) != count/3 {
		t.Errorf("%d sign-ins of one person, want %d", len(got), count/3)
	}
	if got := all(backpack.AuditAsk{Person: "niemand heet zo"}); len(got) != 0 {
		t.Errorf("%d lines of nobody", len(got))
	}
	ask := backpack.AuditAsk{Verb: rugzak.AuditSignIn, From: began.Add(10 * time.Hour), Until: began.Add(20 * time.Hour)}
	if got := all(ask); len(got) != 10 || !got[9].At.Equal(ask.From) {
		t.Errorf("%d sign-ins in ten hours", len(got))
	}
	for name, p := range w.people {
		_, err := w.AuditLog(t.Context(), p, backpack.AuditAsk{})
		if allowed := rugzak.CanAudit(p); (err == nil) != allowed || !allowed && rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	state, err := w.VerifyAudit(t.Context(), backpack.Operator())
	if err != nil || !state.Whole() || state.Records < count || state.Head.Number != state.Records {
		t.Errorf("the chain is %+v, %v", state, err)
	}
	// The exported chain is whole too, and holds no names.
	f := rugzak.NewAuditFollower(rugzak.AuditSum{})
	for _, l := range chain(t, w.house) {
		f.Follow(rugzak.AuditRecord{Number: l.Number, Hash: l.Hash, AuditAct: rugzak.AuditAct{At: l.At, Verb: rugzak.AuditVerb(l.Verb), By: l.By, Subject: l.Subject, Detail: l.Detail}})
		if strings.HasPrefix(l.By, "person:") || strings.HasPrefix(l.Subject, "person:") {
			t.Fatalf("the chain names a person: %+v", l)
		}
	}
	if got := f.State(); !got.Whole() || got.Records != state.Records+1 { // taking it out is in it
		t.Errorf("what was taken out is %+v", got)
	}
}
