// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/rugzak"
)

// unpacked is what a zip holds, by name.
func unpacked(t *testing.T, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestWooFile(t *testing.T) {
	var out bytes.Buffer
	w := NewWoo(&out, rugzak.WooWords{
		Inventory: []string{"Nummer"}, Redactions: []string{"Nummer"}, Municipality: "Hele gemeente", Apart: "apart, zie", Readme: "Lees alles.",
		Classes: map[string]string{"phone": "telefoonnummer"}, Grounds: map[string]string{"phone": "5.1"},
	})
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	for i, e := range []rugzak.WooEntry{
		{
			Entry: rugzak.Entry{
				ID: "a", Kind: rugzak.KindExperience, State: rugzak.StateShared, Title: `=HYPERLINK("x")`, Lesson: "Bel eerst.", SharedAt: at,
				Body: "## Wat gebeurde er?\nBel 0612345678.\n## Reflectie\nIk vind het beleid niks.\n", Audience: rugzak.Audience{Level: rugzak.LevelInternal},
			},
			Organisation: "Wmo", Authors: []string{"Anna Test"}, Municipality: true, Readers: []string{"Stichting Welzijn"},
			Marks: []rugzak.WooMark{{Class: "phone", Field: "body", Line: 2, At: 4}, {Class: rugzak.WooAuthor, Field: "author"}},
		},
		{Entry: rugzak.Entry{ID: "b", Title: "Zonder naam", Body: "Tekst.", SharedAt: at}, MonthOnly: true},
	} {
		e.Number = i + 1
		if err := w.Entry(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, out.Bytes())
	for name, says := range map[string][]string{
		"bijdragen/0001.md": {"title: ", "Anna Test", "2026-03-14", "[apart, zie reflectie/0001.md]", "Bel 0612345678."},
		"reflectie/0001.md": {"> Bel eerst.", "Ik vind het beleid niks."},
		"bijdragen/0002.md": {"shared: \"2026-03\"", "Tekst."},
		"inventaris.csv":    {`"1";"2026-03-14"`, `"2";"2026-03"`, "'=HYPERLINK", `"Hele gemeente, Stichting Welzijn"`},
		"weglaklijst.csv":   {`"1";"bijdragen/0001.md";"body";"2";"5";"telefoonnummer";"5.1";"";""`, `"author"`},
		"leesmij.txt":       {"Lees alles."},
	} {
		for _, s := range says {
			if !strings.Contains(files[name], s) {
				t.Errorf("%s does not say %q:\n%s", name, s, files[name])
			}
		}
	}
	if strings.Contains(files["bijdragen/0001.md"], "beleid niks") || strings.Contains(files["bijdragen/0001.md"], "Bel eerst") {
		t.Error("a view stands among the facts")
	}
	if strings.Contains(files["weglaklijst.csv"], "0612345678") || strings.Contains(files["weglaklijst.csv"], "Anna") {
		t.Error("the list holds what should not be in it")
	}
	if _, there := files["reflectie/0002.md"]; there || len(files) != 6 {
		t.Errorf("%d files", len(files))
	}
}
