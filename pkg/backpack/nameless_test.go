// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// recorder is a Sink that remembers.
type recorder struct {
	Everything rugzak.Backpack
	Entries    []backpack.WholeEntry
	files      takenFiles
}

// takenFiles are files by their hash.
type takenFiles map[rugzak.BlobHash][]byte

func (f takenFiles) Open(h rugzak.BlobHash) (io.ReadCloser, error) {
	b, ok := f[h]
	if !ok {
		return nil, rugzak.NotFound()
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

func (r *recorder) Attachment(f rugzak.AttachedFile) (err error) {
	if r.files == nil {
		r.files = takenFiles{}
	}
	if r.files[f.Blob], err = io.ReadAll(f.Bytes); err != nil {
		return err
	}
	if f.SmallBytes != nil {
		r.files[f.Small], err = io.ReadAll(f.SmallBytes)
	}
	r.Everything.Attachments = append(r.Everything.Attachments, rugzak.ExportedAttachment{Attachment: f.Attachment, Text: f.Text})
	r.Everything.Files = r.files
	return err
}

func (r *recorder) Backpack(b rugzak.Backpack) error { r.Everything = b; return nil }

func (r *recorder) Entry(e rugzak.Entry, revisions []rugzak.Revision, hidden []rugzak.PersonID) error {
	w := backpack.WholeEntry{Entry: e, Hidden: hidden}
	if n := len(revisions); n > 0 {
		w.Past = revisions[:n-1]
		w.Note = rugzak.RevisionNote{Actor: revisions[n-1].Actor, Reason: revisions[n-1].Reason, At: revisions[n-1].At}
	}
	r.Entries = append(r.Entries, w)
	return nil
}

func (r *recorder) entry(id rugzak.EntryID) (backpack.WholeEntry, bool) {
	i := slices.IndexFunc(r.Entries, func(e backpack.WholeEntry) bool { return e.Entry.ID == id })
	if i < 0 {
		return backpack.WholeEntry{}, false
	}
	return r.Entries[i], true
}

func (h *house) export(t testing.TB, hiddenAuthors bool) *recorder {
	t.Helper()
	var r recorder
	if err := h.Export(t.Context(), backpack.Operator(), &r, hiddenAuthors, nil); err != nil {
		t.Fatal(err)
	}
	return &r
}

// changes reads the whole change log.
func (h *house) changes(t testing.TB) []rugzak.Change {
	t.Helper()
	var all []rugzak.Change
	var after rugzak.Position
	for {
		part, err := h.store.Changes(t.Context(), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(part) == 0 {
			return all
		}
		all, after = append(all, part...), part[len(part)-1].Position
	}
}

func anonymous(title, body string) backpack.Input {
	in := simple(title, body, rugzak.LevelInternal)
	in.Mode = rugzak.Anonymous
	return in
}

// Nothing that is stored, indexed, logged, exported or shown tells who wrote
// without name; the writer keeps every right.
func TestWithoutName(t *testing.T) {
	var index *spy
	h := openHouse(t, t.TempDir(), func(x rugzak.Index) rugzak.Index {
		index = &spy{Index: x}
		return index
	})
	department, err := h.SaveOrganisation(t.Context(), backpack.Operator(), "", 0, backpack.OrganisationInput{Name: "Ahorn", Kind: rugzak.Department})
	if err != nil {
		t.Fatal(err)
	}
	writer := h.join(t, department.ID, "", rugzak.RoleParticipant)
	colleague := h.join(t, department.ID, "", rugzak.RoleParticipant, rugzak.RoleFacilitator, rugzak.RoleAdministrator, rugzak.RoleCoreTeam, rugzak.RolePrivacyOfficer)

	draft, err := h.SaveDraft(t.Context(), writer, h.idFor(writer), 0, anonymous("Zonder naam", "Eerste tekst over kwartels."))
	if err != nil {
		t.Fatal(err)
	}
	shared, err := h.Share(t.Context(), writer, draft.Entry.ID, draft.Entry.Version, anonymous("Zonder naam", "Eerste tekst over kwartels."))
	if err != nil {
		t.Fatal(err)
	}
	id := shared.Entry.ID
	if id == draft.Entry.ID || !strings.HasPrefix(string(id), string(rugzak.AnonymousID(draft.Entry.ID, h.clock.Now()))[:9]) {
		t.Errorf("the draft was %s, the entry is %s", draft.Entry.ID, id)
	}
	if _, err := h.Read(t.Context(), writer, draft.Entry.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("the draft is still there: %v", err)
	}

	// The writer edits, withdraws, puts back and restores; nobody else can.
	revised, err := h.Revise(t.Context(), writer, id, shared.Entry.Version, anonymous("Zonder naam", "Tweede tekst over kwartels."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Withdraw(t.Context(), writer, id); err != nil {
		t.Fatal(err)
	}
	if v, err := h.Read(t.Context(), writer, id); err != nil || !v.Mine || v.Entry.State != rugzak.StateWithdrawn {
		t.Errorf("the writer reads %+v, %v", v.Entry, err)
	}
	if _, err := h.Read(t.Context(), colleague, id); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("withdrawn, and a colleague gets %v", err)
	}
	mine, err := h.Mine(t.Context(), writer, "")
	if err != nil || len(mine.Withdrawn) != 1 {
		t.Errorf("withdrawn in my backpack: %v, %v", mine.Withdrawn, err)
	}
	back, err := h.PutBack(t.Context(), writer, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Restore(t.Context(), writer, id, 1, back.Entry.Version); err != nil {
		t.Fatal(err)
	}
	if mine, err = h.Mine(t.Context(), writer, ""); err != nil || len(mine.Entries) != 1 || !mine.Entries[0].Mine {
		t.Errorf("my backpack: %v, %v", mine.Entries, err)
	}
	for name, err := range map[string]error{
		"revise":   second(h.Revise(t.Context(), colleague, id, revised.Entry.Version, anonymous("Gekaapt", "Gekaapt"))),
		"withdraw": second(h.Withdraw(t.Context(), colleague, id)),
		"restore":  second(h.Restore(t.Context(), colleague, id, 1, revised.Entry.Version)),
		"audience": second(h.ChangeAudience(t.Context(), colleague, id, revised.Entry.Version, rugzak.Audience{Level: rugzak.LevelOrganisation})),
	} {
		if rugzak.CodeOf(err) != rugzak.CodeForbidden {
			t.Errorf("%s by a colleague: %v", name, err)
		}
	}
	if titles, total := h.find(t, colleague, "kwartel"); total != 1 || titles[0] != "Zonder naam" {
		t.Errorf("a colleague finds %v", titles)
	}
	if titles, _ := h.find(t, colleague, "van:"+strings.Fields(writer.Name)[1]); len(titles) > 0 {
		t.Errorf("found under the name of the writer: %v", titles)
	}
	unshared, err := h.SaveDraft(t.Context(), writer, h.idFor(writer), 0, anonymous("Nog niet gedeeld", "Concept"))
	if err != nil {
		t.Fatal(err)
	}

	// What is stored.
	for _, c := range h.changes(t) {
		if c.Actor == "person:"+string(writer.ID) {
			t.Errorf("the change log names the writer: %+v", c)
		}
	}
	out := h.export(t, false)
	out.Everything.People = nil
	if data, err := json.Marshal(out); err != nil || strings.Contains(string(data), string(writer.ID)) || strings.Contains(string(data), writer.Name) {
		t.Errorf("the export names the writer (%v): %s", err, data)
	}
	full := h.export(t, true)
	if e, _ := full.entry(id); !slices.Equal(e.Hidden, []rugzak.PersonID{writer.ID}) {
		t.Errorf("an export with hidden authors holds %v", e.Hidden)
	}
	if e, _ := full.entry(unshared.Entry.ID); !slices.Equal(e.Entry.Authors, []rugzak.PersonID{writer.ID}) {
		t.Errorf("an export with hidden authors loses the writer of a draft: %v", e.Entry.Authors)
	}
	h.caughtUp(t)
	told := index.toldOf("kwartels")
	if data, err := json.Marshal(told); err != nil || len(told) == 0 || strings.Contains(string(data), string(writer.ID)) {
		t.Errorf("the index is told of the writer (%v): %s", err, data)
	}

	// The writer cannot step forward later, nor can an author step back.
	now, _ := full.entry(id)
	named := h.InputOf(now.Entry)
	named.Mode = rugzak.ByName
	if _, err := h.Revise(t.Context(), writer, id, now.Entry.Version, named); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("a name afterwards: %v", err)
	}
	e := h.share(t, writer, simple("Met naam", "Tekst", rugzak.LevelInternal))
	hide := h.InputOf(e)
	hide.Mode = rugzak.Anonymous
	if _, err := h.Revise(t.Context(), writer, e.ID, e.Version, hide); rugzak.CodeOf(err) != rugzak.CodeInvalid {
		t.Errorf("without name afterwards: %v", err)
	}
}

// spy remembers what the index is told.
type spy struct {
	rugzak.Index
	mu   sync.Mutex
	told []rugzak.Document
}

func (s *spy) Apply(ctx context.Context, b rugzak.Batch) error {
	s.mu.Lock()
	s.told = append(s.told, b.Put...)
	s.mu.Unlock()
	return s.Index.Apply(ctx, b)
}

// toldOf lists what the index was told of texts in which a word stands.
func (s *spy) toldOf(word string) []rugzak.Document {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.told), func(d rugzak.Document) bool {
		return d.State == rugzak.StateDraft || !strings.Contains(d.Text, word)
	})
}

// A form that is sent again makes no second entry, whatever happened since.
func TestWithoutNameOnlyOnce(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]func(*testing.T, *house, rugzak.Person, rugzak.Entry) error{
		"at once": func(*testing.T, *house, rugzak.Person, rugzak.Entry) error { return nil },
		"a month later": func(_ *testing.T, h *house, _ rugzak.Person, _ rugzak.Entry) error {
			h.clock.turn(h.clock.Now().AddDate(0, 1, 0))
			return nil
		},
		"revised": func(t *testing.T, h *house, p rugzak.Person, e rugzak.Entry) error {
			return second(h.Revise(t.Context(), p, e.ID, e.Version, anonymous("Anders", "Anders")))
		},
		"withdrawn": func(t *testing.T, h *house, p rugzak.Person, e rugzak.Entry) error {
			return second(h.Withdraw(t.Context(), p, e.ID))
		},
	} {
		for _, drafted := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				h := newHouse(t)
				h.starter(t)
				writer := h.person(t, "deelnemer@voorbeeld.test")
				count := len(h.model(t).entries)
				form, id := anonymous("Eenmalig", "Tekst"), h.idFor(writer)
				base := 0
				if drafted {
					draft, err := h.SaveDraft(t.Context(), writer, id, 0, form)
					if err != nil {
						t.Fatal(err)
					}
					base = draft.Entry.Version
				}
				first, err := h.Share(t.Context(), writer, id, base, form)
				if err != nil {
					t.Fatal(err)
				}
				if err := between(t, h, writer, first.Entry); err != nil {
					t.Fatal(err)
				}
				again, err := h.Share(t.Context(), writer, id, base, form)
				if err == nil && again.Entry.ID != first.Entry.ID {
					t.Errorf("a second entry: %s and %s", first.Entry.ID, again.Entry.ID)
				}
				for _, base := range []int{0, base, base + 1} { // saves that come late
					if _, err := h.SaveDraft(t.Context(), writer, id, base, form); err == nil {
						t.Errorf("a late save with base %d makes a draft", base)
					}
				}
				if now := len(h.model(t).entries); now != count+1 {
					t.Errorf("%d entries, want %d", now, count+1)
				}
			})
		}
	}
}
