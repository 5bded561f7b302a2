// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"strings"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// A former colleague is nobody any more, everywhere; what they shared stays.
func TestAFormerColleagueIsErased(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	admin, colleague := h.person(t, "beheerder@voorbeeld.test"), h.person(t, "facilitator@voorbeeld.test")
	gone := h.join(t, colleague.Organisation, "wmo-wijkteam", rugzak.RoleParticipant)
	gone = h.named(t, gone, "Zonneveld Kanarie", "zonneveld@voorbeeld.test")
	shared := h.share(t, gone, simple("Gedeeld door wie vertrok", "Tekst.", rugzak.LevelInternal))
	team := simple("Zonder naam door wie vertrok", "Tekst.", rugzak.LevelInternal)
	team.Mode = rugzak.Anonymous
	nameless := h.share(t, gone, team)
	withdrawn := h.share(t, gone, simple("Teruggehaald", "Tekst.", rugzak.LevelInternal))
	if _, err := h.Withdraw(t.Context(), gone, withdrawn.ID); err != nil {
		t.Fatal(err)
	}
	reported := h.share(t, gone, simple("Gemeld", "Tekst.", rugzak.LevelInternal))
	if _, err := h.Report(t.Context(), colleague, reported.ID, rugzak.ReportReasons()[0]); err != nil {
		t.Fatal(err)
	}
	named := h.attach(t, gone, shared.ID, brought("Brief van Zonneveld Kanarie.txt", []byte("Dag"), "", rugzak.ShowsNobody))
	lost := h.attach(t, gone, withdrawn.ID, brought("kladje.txt", []byte("een kladje"), "", rugzak.ShowsNobody))
	searched := backpack.SavedSearchInput{Name: "Van Zonneveld", Query: "zonneveldverhaal", Notify: true}
	if _, err := h.SaveSearch(t.Context(), gone, searched); err != nil {
		t.Fatal(err)
	}
	need := h.leavesTraces(t, gone)
	draft, err := h.SaveDraft(t.Context(), gone, h.idFor(gone), 0, simple("Concept", "Tekst.", rugzak.LevelTeam))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SetPassword(t.Context(), backpack.Operator(), gone.ID, "een lange testzin"); err != nil {
		t.Fatal(err)
	}
	if err := h.AnonymisePerson(t.Context(), colleague, gone.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Fatalf("who is no administrator: %v", err)
	}
	if err := h.AnonymisePerson(t.Context(), admin, gone.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.AnonymisePerson(t.Context(), admin, gone.ID); err != nil {
		t.Fatalf("twice: %v", err)
	}
	p, err := h.Person(t.Context(), admin, gone.ID)
	if err != nil || !p.Former || p.Name != "" || p.Email != "" || len(p.Roles) > 0 || !p.Inactive || p.LeftAt.Day() != 1 {
		t.Errorf("what is left: %+v, %v", p, err)
	}
	if v, err := h.Read(t.Context(), colleague, shared.ID); err != nil || len(v.Authors) > 0 {
		t.Errorf("the shared entry names %v, %v", v.Authors, err)
	}
	if all, err := h.Attachments(t.Context(), colleague, shared.ID); err != nil || len(all) != 1 || all[0].ID != named.ID || all[0].Name != "" {
		t.Errorf("what is attached to the shared entry: %+v, %v", all, err)
	}
	h.waitGone(t, lost.Blob)
	h.see(t, func(r rugzak.Reader) error {
		for _, id := range []rugzak.EntryID{draft.Entry.ID, withdrawn.ID} {
			if _, err := r.Entry(id); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("what nobody may read is still there: %v", err)
			}
		}
		if e, err := r.Entry(reported.ID); err != nil || e.State != rugzak.StateReported {
			t.Errorf("what a privacy officer has to settle: %+v, %v", e.State, err)
		}
		if n, err := r.RoomNeed(need); err != nil || n.Writer != "" || !n.ForTeam {
			t.Errorf("a need for room knows who wrote it: %+v, %v", n, err)
		}
		all, err := r.Meetings()
		for _, m := range all {
			if m.MadeBy == gone.ID {
				t.Errorf("a meeting knows who made it: %+v", m)
			}
		}
		if err != nil {
			return err
		}
		if hidden, err := r.HiddenAuthors(nameless.ID); len(hidden) > 0 || err != nil {
			t.Errorf("the link to what was written without name stays: %v, %v", hidden, err)
		}
		for record, err := range r.AuditLog(0) {
			if err != nil || strings.Contains(record.By+record.Subject, string(gone.ID)) {
				t.Errorf("the audit log knows who it was: %+v, %v", record, err)
			}
		}
		return nil
	})
	if _, err := h.SignIn(t.Context(), "zonneveld@voorbeeld.test", "een lange testzin", ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("signing in: %v", err)
	}
	in := backpack.PersonInput{Name: "Weer", Email: "weer@voorbeeld.test", Organisation: p.Organisation, Roles: []rugzak.Role{rugzak.RoleParticipant}}
	if _, err := h.SavePerson(t.Context(), admin, p.ID, p.Version, in); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("coming back: %v", err)
	}
	var file bytes.Buffer
	if err := h.store.Backup(t.Context(), &file); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Zonneveld", "zonneveld"} {
		if bytes.Contains(file.Bytes(), []byte(word)) {
			t.Errorf("a copy of the store holds %q", word)
		}
	}
	if err := h.store.Check(t.Context(), func(problem string) { t.Error(problem) }); err != nil {
		t.Error(err)
	}
}

// What somebody wrote without name, took back and handed over is a colleague's
// too: it does not go with them.
func TestHandedOverStaysWithTheColleague(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.starter(t)
	admin := h.person(t, "beheerder@voorbeeld.test")
	gone, heir := h.join(t, admin.Organisation, "", rugzak.RoleParticipant), h.join(t, admin.Organisation, "", rugzak.RoleParticipant)
	in := simple("Zonder naam", "Tekst.", rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	kept := h.share(t, gone, in)
	if err := h.HandOver(t.Context(), gone, heir.ID); err != nil {
		t.Fatal(err)
	}
	own := h.share(t, gone, in)
	for _, e := range []rugzak.Entry{kept, own} {
		if _, err := h.Withdraw(t.Context(), gone, e.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.AnonymisePerson(t.Context(), admin, gone.ID); err != nil {
		t.Fatal(err)
	}
	if v, err := h.Read(t.Context(), heir, kept.ID); err != nil || !v.Mine {
		t.Errorf("what was handed over: %v", err)
	}
	h.see(t, func(r rugzak.Reader) error {
		if _, err := r.Entry(own.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("control, what nobody may read any more: %v", err)
		}
		return nil
	})
}

// The term counts from leaving, and who came back is not erased.
func TestFormerColleaguesAfterTheTerm(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	admin := h.person(t, "beheerder@voorbeeld.test")
	leave := func(name string) rugzak.Person {
		p := h.named(t, h.join(t, admin.Organisation, "", rugzak.RoleParticipant), name, strings.ToLower(name)+"@voorbeeld.test")
		return h.inactive(t, p, true)
	}
	first := leave("Eerste")
	h.clock.turn(h.clock.Now().AddDate(0, 6, 0))
	second, back := leave("Tweede"), leave("Derde")
	h.inactive(t, h.person(t, back.Email), false)
	left, err := h.Left(t.Context(), admin)
	if err != nil || len(left) != 2 || left[0].Person.ID != first.ID || !left[0].ErasesAt.Equal(first.LeftAt.AddDate(0, 12, 0)) {
		t.Fatalf("who left: %+v, %v", left, err)
	}
	for _, step := range []struct{ months, erased int }{{5, 0}, {1, 1}, {5, 0}, {1, 1}, {24, 0}} {
		h.clock.turn(h.clock.Now().AddDate(0, step.months, 0))
		if n, err := h.EraseFormer(t.Context()); n != step.erased || err != nil {
			t.Errorf("after %d months more: %d erased, want %d, %v", step.months, n, step.erased, err)
		}
	}
	if p, err := h.Person(t.Context(), admin, second.ID); err != nil || !p.Former {
		t.Errorf("the second: %+v, %v", p, err)
	}
	if p := h.person(t, back.Email); p.Former || p.Inactive || !p.LeftAt.IsZero() {
		t.Errorf("who came back: %+v", p)
	}
}

// The last administrator cannot be erased, nor give themselves a role.
func TestTheLastAdministratorIsNotErased(t *testing.T) {
	h := newHouse(t)
	h.starter(t)
	admin := h.person(t, "beheerder@voorbeeld.test")
	if err := h.AnonymisePerson(t.Context(), admin, admin.ID); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("erasing the last administrator: %v", err)
	}
	in := backpack.PersonInput{Name: admin.Name, Email: admin.Email, Organisation: admin.Organisation, Team: admin.Team, Roles: append(admin.Roles, rugzak.RolePrivacyOfficer)}
	if _, err := h.SavePerson(t.Context(), admin, admin.ID, admin.Version, in); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a role for oneself: %v", err)
	}
	if _, err := h.SavePerson(t.Context(), backpack.Operator(), admin.ID, admin.Version, in); err != nil {
		t.Errorf("a role by the operator: %v", err)
	}
}

func (h *house) see(t testing.TB, fn func(rugzak.Reader) error) {
	t.Helper()
	if err := h.store.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// named gives a person a name and an address.
func (h *house) named(t testing.TB, p rugzak.Person, name, email string) rugzak.Person {
	t.Helper()
	in := backpack.PersonInput{Name: name, Email: email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles, Inactive: p.Inactive}
	if _, err := h.SavePerson(t.Context(), backpack.Operator(), p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
	return h.person(t, email)
}

func (h *house) inactive(t testing.TB, p rugzak.Person, on bool) rugzak.Person {
	t.Helper()
	in := backpack.PersonInput{Name: p.Name, Email: p.Email, Organisation: p.Organisation, Team: p.Team, Roles: p.Roles, Inactive: on}
	if _, err := h.SavePerson(t.Context(), backpack.Operator(), p.ID, p.Version, in); err != nil {
		t.Fatal(err)
	}
	return h.person(t, p.Email)
}
