// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rugzak/pkg/rugzak"
)

// packed is an entry with what belongs to it.
type packed struct {
	Entry     rugzak.Entry
	Revisions []rugzak.Revision
	Hidden    []rugzak.PersonID
}

// fatal is what a test and a property have in common.
type fatal interface {
	Helper()
	Fatal(args ...any)
}

func writeAll(t fatal, w *Writer, b rugzak.Backpack, entries []packed) {
	t.Helper()
	if err := w.Backpack(b); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := w.Entry(e.Entry, e.Revisions, e.Hidden); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
}

func readAll(t fatal, s *Source) (rugzak.Backpack, []packed) {
	t.Helper()
	w, err := s.Whole()
	if err != nil {
		t.Fatal(told(err))
	}
	var out []packed
	for in, revisions := range w.Entries() {
		if in.Err != nil {
			t.Fatal(told(in.Err))
		}
		out = append(out, packed{in.Entry, revisions, in.Hidden})
	}
	if len(out) != w.Len() {
		t.Fatal("an entry was lost")
	}
	return w.Backpack(), out
}

func zipBytes(t fatal, b rugzak.Backpack, entries []packed) []byte {
	t.Helper()
	var out bytes.Buffer
	writeAll(t, ToZip(&out), b, entries)
	return out.Bytes()
}

// Everything that was written is read back as it was, and written again gives
// the same bytes.
func TestWholeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aBackpack(t)
		var entries []packed
		for i := range rapid.IntRange(2, 5).Draw(t, "entries") {
			past := rapid.IntRange(0, 12).Draw(t, "past")
			e := packed{Entry: anEntry(t, sampleID(i+1), past+1)}
			for n := range past + 1 {
				r := rugzak.Revision{Entry: e.Entry, Actor: "person:noor", At: moment().Draw(t, "at"), Reason: rugzak.ReasonRevised}
				if n < past {
					r.Entry.Revision, r.Entry.Body = n+1, oddBody().Draw(t, "old body")
				}
				e.Revisions = append(e.Revisions, r)
			}
			if rapid.Bool().Draw(t, "hidden") {
				e.Hidden = []rugzak.PersonID{"noor", "zoe"}
			}
			entries = append(entries, e)
		}
		first := zipBytes(t, b, entries)
		s, err := Zip(bytes.NewReader(first), int64(len(first)), WholeExport())
		if err != nil {
			t.Fatal(told(err))
		}
		gotBackpack, gotEntries := readAll(t, s)
		if diff := cmp.Diff(b, gotBackpack); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(entries, gotEntries); diff != "" {
			t.Error(diff)
		}
		if !bytes.Equal(first, zipBytes(t, gotBackpack, gotEntries)) {
			t.Error("other bytes the second time")
		}
	})
}

// Any text at all survives as a value and as an item of a list.
func TestQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), oddLine(30), oddBody()).Draw(t, "text")
		var out bytes.Buffer
		y := newEmitter(&out)
		emitText(y, "text", text)
		emitList(y, "list", []string{text, text})
		p := &problems{}
		m := newMapping(parseYAML(out.Bytes(), p), "", p)
		if got := m.text("text"); got != text {
			t.Errorf("%q became %q by way of %s", text, got, out.Bytes())
		}
		if got := list[string](m, "list"); !slices.Equal(got, []string{text, text}) {
			t.Errorf("%q became %q by way of %s", text, got, out.Bytes())
		}
		if p.err() != nil {
			t.Error(told(p.err()))
		}
	})
}

// example is a small whole backpack.
func example() (rugzak.Backpack, []packed) {
	at := time.Date(2026, 3, 1, 9, 30, 0, 5, time.UTC)
	b := rugzak.Backpack{
		Organisations: []rugzak.Organisation{{ID: "jeugd", Name: "Jeugd", Kind: rugzak.Department}},
		People: []rugzak.Person{{ID: "noor", Email: "noor@voorbeeld.test", Name: "Noor", Organisation: "jeugd",
			Kind: rugzak.Department, Roles: []rugzak.Role{rugzak.RoleParticipant}}},
		Themes: []rugzak.Theme{{ID: "bal", Title: "Wie heeft de bal?", Audience: rugzak.Audience{Level: rugzak.LevelInternal}}},
		Keeps:  []rugzak.Keep{{Person: "noor", Entry: sampleID(1), At: at}},
	}
	e := rugzak.Entry{ID: sampleID(1), Kind: rugzak.KindInsight, State: rugzak.StateShared, Lang: rugzak.Dutch, Title: "Wie belt?",
		Body: "Spreek het af.", Mode: rugzak.Anonymous, Audience: rugzak.Audience{Level: rugzak.LevelOrganisation},
		Organisation: "jeugd", OrganisationKind: rugzak.Department, Revision: 2, Version: 3, CreatedAt: at, UpdatedAt: at, SharedAt: at}
	old := e
	old.Revision, old.Body = 1, "Bel."
	return b, []packed{{
		Entry: e,
		Revisions: []rugzak.Revision{
			{Entry: old, Actor: "anon:" + string(e.ID), At: at, Reason: rugzak.ReasonShared},
			{Entry: e, Actor: "anon:" + string(e.ID), At: at, Reason: rugzak.ReasonRevised},
		},
		Hidden: []rugzak.PersonID{"noor"},
	}}
}

// exampleFiles are the files of the example.
func exampleFiles(t *testing.T) map[string]string {
	t.Helper()
	b, entries := example()
	data := zipBytes(t, b, entries)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
		if !f.Modified.Equal(zipTime) {
			t.Errorf("%s: time %s", f.Name, f.Modified)
		}
	}
	return files
}

func TestWholeThatIsWrong(t *testing.T) {
	id := string(sampleID(1))
	entry, past := "entries/"+id+".md", "revisions/"+id+"/1.md"
	change := func(name, old, new string) func(map[string]string) {
		return func(files map[string]string) {
			if !strings.Contains(files[name], old) {
				panic("no " + old + " in " + name + ":\n" + files[name])
			}
			files[name] = strings.Replace(files[name], old, new, 1)
		}
	}
	put := func(name, text string) func(map[string]string) {
		return func(files map[string]string) { files[name] = text }
	}
	for _, c := range []struct {
		name   string
		change func(map[string]string)
		want   string
	}{
		{"newer form", change("rugzak.yaml", "format: 1", "format: 2"), "rugzak.yaml:1 format: exchange.format"},
		{"no form", put("rugzak.yaml", ""), "rugzak.yaml:1 format: exchange.format"},
		{"file missing", func(f map[string]string) { delete(f, "people.yaml") }, "people.yaml:0 : exchange.missing_file"},
		{"file too many", put("lees.txt", "x"), "lees.txt:0 : exchange.unknown_file"},
		{"entry with another name", put("entries/x.md", "x"), "entries/x.md:0 : exchange.unknown_file"},
		{"revision with another name", put("revisions/"+id+"/01.md", "x"), "revisions/" + id + "/01.md:0 : exchange.unknown_file"},
		{"revision of nothing", put("revisions/"+string(sampleID(7))+"/1.md", "x"), "revisions/" + string(sampleID(7)) + "/1.md:0 : exchange.orphan"},
		{"same person twice", func(f map[string]string) { f["people.yaml"] += f["people.yaml"] }, "people.yaml:6 id: exchange.again"},
		{"same organisation twice", func(f map[string]string) { f["organisations.yaml"] += f["organisations.yaml"] }, "organisations.yaml:4 id: exchange.again"},
		{"organisation", change("organisations.yaml", "id: jeugd", "id: Jeugd!"), "organisations.yaml:1 id: error.slug"},
		{"credential", change("people.yaml", "name: Noor", "name: Noor\n  password: x"), "people.yaml:4 password: exchange.unknown_key"},
		{"theme", change("themes/bal.md", "id: bal", "id: ander"), "themes/bal.md:0 id: exchange.file_id"},
		{"keep of nobody", change("keeps.yaml", "person: noor", "person: niemand"), "keeps.yaml:0 person: exchange.unknown_ref"},
		{"keep of nothing", change("keeps.yaml", id, string(sampleID(7))), "keeps.yaml:0 entry: exchange.unknown_ref"},
		{"hidden author of nothing", change("hidden-authors.yaml", id, string(sampleID(7))), "hidden-authors.yaml:0 entry: exchange.unknown_ref"},
		{"entry id", change(entry, id, string(sampleID(7))), entry + ":0 id: exchange.file_id"},
		{"no id", change(entry, `id: "`+id+`"`, "id: x"), entry + ":2 id: exchange.id"},
		{"state", change(entry, "state: shared\n", ""), entry + ":2 state: error.choose"},
		{"version", change(entry, "version: 3", "version: 0"), entry + ":12 version: exchange.want_number"},
		{"time", change(entry, "created_at: 2026", "created_at: op 2026"), entry + ":13 created_at: exchange.want_time"},
		{"organisation of an entry", change(entry, "organisation: jeugd", "organisation: wonen"), entry + ":0 organisation: exchange.unknown_ref"},
		{"audience", change(entry, "audience: organisation", "audience: team"), entry + ":8 audience: error.audience.team"},
		{"author of a file", change(entry, "lang: nl", "lang: nl\nauthor: noor"), entry + ":7 author: exchange.unknown_key"},
		{"actor", change(entry, "actor: \"anon:", "actor: \"ook:"), entry + ":17 edit.actor: exchange.actor"},
		{"number of a revision", change(past, "revision: 1", "revision: 5"), past + ":0 id: exchange.file_id"},
		{"revision without its maker", change(past, "edit:", "edit: {}\nx:"), past + ":16 edit.actor: exchange.actor"},
		{"revision newer than the entry", change(entry, "revision: 2", "revision: 1"), past + ":0 revision: exchange.revision"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := exampleFiles(t)
			c.change(files)
			names := slices.Sorted(maps.Keys(files))
			data := zipOf(t, names, func(name string) []byte { return []byte(files[name]) }, nil)
			s, err := Zip(bytes.NewReader(data), int64(len(data)), WholeExport())
			if err != nil {
				t.Fatal(told(err))
			}
			w, err := s.Whole()
			readable(t, err)
			got := told(err)
			for in, revisions := range w.Entries() {
				got += told(in.Err)
				readable(t, in.Err)
				if in.Err != nil && revisions != nil {
					t.Error("revisions of an entry that is wrong")
				}
			}
			if !strings.HasPrefix(got, c.want+"\n") {
				t.Errorf("got %swant %s", got, c.want)
			}
		})
	}
}

func TestWholeTellsTwoOfOneOrigin(t *testing.T) {
	b, entries := example()
	entries[0].Entry.External = rugzak.External{Source: "docs", ID: "a"}
	entries[0].Revisions, entries[0].Hidden = nil, nil
	second := entries[0]
	second.Entry.ID = sampleID(2)
	data := zipBytes(t, b, append(entries, second))
	s, err := Zip(bytes.NewReader(data), int64(len(data)), WholeExport())
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.Whole()
	if err != nil {
		t.Fatal(told(err))
	}
	for range 2 { // the second reading tells the same
		var got string
		for in := range w.Entries() {
			got += told(in.Err)
		}
		if want := entryName(sampleID(2)) + ":0 external: exchange.id_twice\n"; got != want {
			t.Errorf("got %q", got)
		}
	}
}

func TestFolderAndZipHoldTheSame(t *testing.T) {
	b, entries := example()
	dir := filepath.Join(t.TempDir(), "uit")
	w, err := ToFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	writeAll(t, w, b, entries)
	files := exampleFiles(t)
	err = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		if want, ok := files[filepath.ToSlash(rel)]; !ok || want != string(text) {
			t.Errorf("%s differs", rel)
		}
		delete(files, filepath.ToSlash(rel))
		return err
	})
	if err != nil || len(files) > 0 {
		t.Error(err, slices.Collect(maps.Keys(files)))
	}
	s, err := Open(dir, WholeExport())
	if err != nil {
		t.Fatal(told(err))
	}
	defer s.Close()
	gotBackpack, gotEntries := readAll(t, s)
	if diff := cmp.Diff(b, gotBackpack) + cmp.Diff(entries, gotEntries); diff != "" {
		t.Error(diff)
	}
}
