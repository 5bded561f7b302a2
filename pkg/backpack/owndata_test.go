// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// taken is what a person got.
type taken struct {
	data    rugzak.OwnData
	entries map[rugzak.EntryID]int // versions of each
	text    strings.Builder
	files   map[rugzak.AttachmentID]string
}

func (o *taken) Data(d rugzak.OwnData) error { o.data = d; return nil }

func (o *taken) Attachment(f rugzak.AttachedFile) error {
	b, err := io.ReadAll(f.Bytes)
	if o.files == nil {
		o.files = map[rugzak.AttachmentID]string{}
	}
	o.files[f.ID] = string(b)
	return err
}

func (o *taken) Entry(e rugzak.Entry, revisions []rugzak.Revision) error {
	o.entries[e.ID] = len(revisions)
	o.text.WriteString(e.Title + e.Body)
	for _, r := range revisions {
		o.text.WriteString(r.Entry.Title + r.Entry.Body)
	}
	return nil
}

func (v *village) takeOwn(t testing.TB, name string) *taken {
	t.Helper()
	o := &taken{entries: map[rugzak.EntryID]int{}}
	if err := v.OwnExport(t.Context(), v.people[name], o); err != nil {
		t.Fatal(err)
	}
	return o
}

// A person gets all that is theirs, also nameless and unfinished, and nothing
// of anybody else.
func TestOwnDataIsComplete(t *testing.T) {
	v := newVillage(t)
	anna := v.people["anna"]
	shared := v.share(t, anna, simple("Eerste titel", "Eigen tekst.", rugzak.LevelInternal))
	in := v.InputOf(shared)
	in.Title, in.Body = "Tweede titel", "Andere tekst."
	if _, err := v.Revise(t.Context(), anna, shared.ID, shared.Version, in); err != nil {
		t.Fatal(err)
	}
	form := simple("Naamloos verhaal", "Tekst.", rugzak.LevelInternal)
	form.Mode = rugzak.Anonymous
	nameless := v.share(t, anna, form)
	draft := v.draft(t, "anna")
	gone := v.share(t, anna, simple("Ingetrokken", "Tekst.", rugzak.LevelTeam))
	if _, err := v.Withdraw(t.Context(), anna, gone.ID); err != nil {
		t.Fatal(err)
	}
	other := v.share(t, v.people["bas"], simple("Van een ander", "Vreemde tekst.", rugzak.LevelInternal))
	hidden := v.share(t, v.people["bas"], simple("Geheim van een ander", "Tekst.", rugzak.LevelOrganisation))
	if err := v.Keep(t.Context(), anna, other.ID, "voor het overleg"); err != nil {
		t.Fatal(err)
	}
	if err := v.AskAboutMe(t.Context(), anna, rugzak.RequestCorrection, "Mijn team klopt niet"); err != nil {
		t.Fatal(err)
	}
	_, err0 := v.store.Update(t.Context(), func(w rugzak.Writer) error {
		f := rugzak.Factor{ID: string(v.NewID()), Person: anna.ID, Kind: rugzak.FactorPasskey, Name: "Mijn telefoon", Data: []byte("geheime-sleutel"), CreatedAt: v.clock.Now()}
		if err := w.SaveFactor(f); err != nil {
			return err
		}
		return w.SaveIdentity(rugzak.Identity{Issuer: "https://inloggen.voorbeeld.test", Subject: "anna-1", Person: anna.ID, At: v.clock.Now()})
	})
	if err0 != nil {
		t.Fatal(err0)
	}
	if _, err := v.SaveSearch(t.Context(), anna, backpack.SavedSearchInput{Name: "Mijn zoekvraag", Query: "zandloper", Filter: rugzak.Filter{rugzak.FacetKind: {"method"}}}); err != nil {
		t.Fatal(err)
	}
	mine := v.attach(t, anna, draft.ID, brought("van mij.txt", []byte("Mijn verslag"), "", ""))
	v.attach(t, v.people["bas"], other.ID, brought("van een ander.txt", []byte("Zijn verslag"), "", rugzak.ShowsNobody))
	o := v.takeOwn(t, "anna")
	if len(o.files) != 1 || o.files[mine.ID] != "Mijn verslag" {
		t.Errorf("files: %v", o.files)
	}
	want := map[rugzak.EntryID]int{shared.ID: 2, nameless.ID: 1, draft.ID: 0, gone.ID: 1}
	if len(o.entries) != len(want) {
		t.Errorf("%d entries, want %d", len(o.entries), len(want))
	}
	for id, versions := range want {
		if got, there := o.entries[id]; !there || got != versions {
			t.Errorf("entry %s: %d versions, there: %v; want %d", id, got, there, versions)
		}
	}
	for _, word := range []string{"Eerste titel", "Tweede titel", "Naamloos verhaal", "Half af van anna"} {
		if !strings.Contains(o.text.String(), word) {
			t.Errorf("%q is not in it", word)
		}
	}
	d := o.data
	if d.Name != anna.Name || d.Email != anna.Email || d.Organisation != "Wmo" || d.Team != "Noord" ||
		d.Entries != 1 || d.WithoutName != 1 || d.Drafts != 1 || d.Withdrawn != 1 {
		t.Errorf("%+v", d)
	}
	if len(d.Keeps) != 1 || d.Keeps[0].Title != "Van een ander" || d.Keeps[0].Purpose != "voor het overleg" {
		t.Errorf("keeps %+v", d.Keeps)
	}
	if len(d.Searches) != 1 || d.Searches[0].Name != "Mijn zoekvraag" || d.Searches[0].Query != "zandloper" || len(d.Searches[0].Filter) != 1 {
		t.Errorf("saved searches %+v", d.Searches)
	}
	if len(d.Requests) != 1 || d.Requests[0].Text != "Mijn team klopt niet" || len(d.Audit) < 3 || !d.Audit[0].Own {
		t.Errorf("requests %+v, audit %+v", d.Requests, d.Audit)
	}
	if len(d.Factors) != 1 || d.Factors[0].Name != "Mijn telefoon" || len(d.Identities) != 1 || d.Identities[0].Subject != "anna-1" {
		t.Errorf("factors %+v, identities %+v", d.Factors, d.Identities)
	}
	all, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"geheime-sleutel", hidden.Title, v.people["admin"].Name, v.people["bas"].Name} {
		if strings.Contains(string(all)+o.text.String(), word) {
			t.Errorf("it tells of %q", word)
		}
	}
	// What can no longer be read is only an id.
	if _, err := v.ChangeAudience(t.Context(), v.people["bas"], other.ID, other.Version, rugzak.Audience{Level: rugzak.LevelOrganisation}); err != nil {
		t.Fatal(err)
	}
	if d, err := v.OwnData(t.Context(), anna); err != nil || len(d.Keeps) != 1 || d.Keeps[0].Title != "" {
		t.Errorf("keeps of what was narrowed: %+v, %v", d.Keeps, err)
	}
	if _, err := v.OwnData(t.Context(), rugzak.Person{}); rugzak.CodeOf(err) != rugzak.CodeSignIn {
		t.Errorf("nobody's data: %v", err)
	}
}

// Taking one's data out is written down, and goes a few times a day.
func TestOwnExportIsBounded(t *testing.T) {
	v := newVillage(t)
	for range 5 {
		v.takeOwn(t, "anna")
	}
	err := v.OwnExport(t.Context(), v.people["anna"], &taken{entries: map[rugzak.EntryID]int{}})
	if rugzak.CodeOf(err) != rugzak.CodeTooMany {
		t.Errorf("a sixth time: %v", err)
	}
	v.takeOwn(t, "bas")
	if got := v.acts(t, rugzak.AuditExported); len(got) != 6 || got[0] != "person   own-data" {
		t.Errorf("the audit log says %q", got)
	}
	v.clock.turn(v.clock.Now().Add(25 * time.Hour))
	v.takeOwn(t, "anna")
}

// Requests go to the administrators, wait once, and end.
func TestRequestsAboutOwnData(t *testing.T) {
	v := newVillage(t)
	anna, admin := v.people["anna"], v.people["admin"]
	for name, ask := range map[string]struct {
		kind rugzak.RequestKind
		text string
	}{"no kind": {"", "x"}, "no text": {rugzak.RequestCorrection, " "}, "too long": {rugzak.RequestCorrection, strings.Repeat("a", 501)}, "a number": {rugzak.RequestCorrection, "Mijn BSN is 123456782"}} {
		if err := v.AskAboutMe(t.Context(), anna, ask.kind, ask.text); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := v.AskAboutMe(t.Context(), anna, rugzak.RequestCorrection, "Ander e-mailadres"); err != nil {
		t.Fatal(err)
	}
	if err := v.AskAboutMe(t.Context(), anna, rugzak.RequestErasure, ""); err != nil {
		t.Fatal(err)
	}
	for _, again := range []rugzak.RequestKind{rugzak.RequestErasure, rugzak.RequestErasureTexts} {
		if err := v.AskAboutMe(t.Context(), anna, again, ""); rugzak.CodeOf(err) != rugzak.CodeInvalid {
			t.Errorf("asked twice: %v", err)
		}
	}
	lines, err := v.PersonRequests(t.Context(), admin)
	if err != nil || len(lines) != 2 || !lines[0].DueAt.Equal(v.clock.Now().AddDate(0, 1, 0)) || lines[0].Late {
		t.Fatalf("%+v, %v", lines, err)
	}
	if n := v.notices(t, "admin", rugzak.NoticeRequest); len(n) != 2 {
		t.Errorf("the administrator was told %+v", n)
	}
	v.clock.turn(v.clock.Now().AddDate(0, 1, 1))
	if lines, err = v.PersonRequests(t.Context(), admin); err != nil || !lines[0].Late {
		t.Errorf("a month later: %+v, %v", lines, err)
	}
	erasure := lines[slices.IndexFunc(lines, func(l backpack.RequestLine) bool { return l.Request.Kind == rugzak.RequestErasure })].Request
	if err := v.TakeBackRequest(t.Context(), v.people["bas"], erasure.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("somebody else took it back: %v", err)
	}
	if err := v.TakeBackRequest(t.Context(), anna, erasure.ID); err != nil {
		t.Fatal(err)
	}
	lines, _ = v.PersonRequests(t.Context(), admin)
	if _, err := v.SettleRequest(t.Context(), admin, lines[0].Request.ID, false); err != nil {
		t.Fatal(err)
	}
	if n := v.notices(t, "anna", rugzak.NoticeRequestRefused); len(n) != 1 || len(v.notices(t, "admin", rugzak.NoticeRequest)) != 0 {
		t.Errorf("anna was told %+v", n)
	}
	if got := v.acts(t, rugzak.AuditAskSettled); len(got) != 1 || !strings.HasSuffix(got[0], "correction refused") {
		t.Errorf("the audit log says %q", got)
	}
	v.sound(t)
}

// After a request to be forgotten nothing in any file says who it was; with the
// texts, nothing says what they wrote either. The control finds all of it
// before.
func TestErasureLeavesNothing(t *testing.T) {
	for name, kind := range map[string]rugzak.RequestKind{"without texts": rugzak.RequestErasure, "with texts": rugzak.RequestErasureTexts} {
		t.Run(name, func(t *testing.T) {
			v := newVillage(t)
			v.stop() // each step by hand
			made, err := v.SavePerson(t.Context(), backpack.Operator(), "", 0, backpack.PersonInput{
				Name: "Wielewaalx Grutter", Email: "kwartelx@voorbeeld.test", Organisation: "wmo", Roles: []rugzak.Role{rugzak.RoleParticipant},
			})
			if err != nil {
				t.Fatal(err)
			}
			who := v.person(t, made.Email)
			v.people["who"] = who
			named := v.share(t, who, simple("Ijsvogelx", "Tekst.", rugzak.LevelInternal))
			form := simple("Roerdompx", "Tekst.", rugzak.LevelInternal)
			form.Mode = rugzak.Anonymous
			nameless := v.share(t, who, form)
			in := simple("Zilverreigerx", "Tekst.", rugzak.LevelTeam)
			if _, err := v.SaveDraft(t.Context(), who, v.idFor(who), 0, in); err != nil {
				t.Fatal(err)
			}
			if err := v.AskAboutMe(t.Context(), who, kind, ""); err != nil {
				t.Fatal(err)
			}
			if err := v.CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"Wielewaalx", "kwartelx"} { // control
				if !v.inFiles(t, word) {
					t.Fatalf("%q is in no file before: the check sees nothing", word)
				}
			}
			lines, err := v.PersonRequests(t.Context(), v.people["admin"])
			if err != nil || len(lines) != 1 {
				t.Fatal(lines, err)
			}
			if _, err := v.SettleRequest(t.Context(), v.people["admin"], lines[0].Request.ID, true); err != nil {
				t.Fatal(err)
			}
			if err := v.FinishPurges(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"Wielewaalx", "wielewaalx", "kwartelx"} {
				if v.inFiles(t, word) {
					t.Errorf("%q is still in a file", word)
				}
			}
			if kept := kind == rugzak.RequestErasure; v.there(t, named.ID) != kept || v.there(t, nameless.ID) != kept {
				t.Errorf("the texts are there: %v and %v", v.there(t, named.ID), v.there(t, nameless.ID))
			}
			if titles, _ := v.find(t, v.people["bas"], "ijsvogelx"); (len(titles) == 1) != (kind == rugzak.RequestErasure) {
				t.Errorf("found %q", titles)
			}
			for _, l := range chain(t, v.house) {
				if strings.Contains(l.By+l.Subject+l.Detail, string(who.ID)) {
					t.Errorf("the audit log knows the person: %+v", l)
				}
			}
			if state := v.state(t); !state.Whole() {
				t.Errorf("the chain broke: %+v", state)
			}
			if _, err := v.PersonByEmail(t.Context(), backpack.Operator(), "kwartelx@voorbeeld.test"); rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Errorf("the address still leads somewhere: %v", err)
			}
			v.sound(t)
		})
	}
}

// inFiles reports whether a word is in any file of the house: in its bytes, or
// in a record that can be read.
func (v *village) inFiles(t testing.TB, word string) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(v.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(word))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = v.store.View(t.Context(), func(r rugzak.Reader) error {
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			found = found || strings.Contains(p.Name+p.Email, word)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
