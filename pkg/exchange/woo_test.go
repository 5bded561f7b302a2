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
		Inventory: []string{"Nummer"}, Redactions: []string{"Nummer"}, Municipality: "Hele gemeente", Apart: "apart, zie", Readme: "Lees alles.", Former: "Oud-collega",
		ResponseKinds: map[rugzak.ResponseKind]string{rugzak.ResponseTip: "Een tip"},
		Classes:       map[string]string{"phone": "telefoonnummer"}, Grounds: map[string]string{"phone": "5.1"},
	})
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	for i, e := range []rugzak.WooEntry{
		{
			Entry: rugzak.Entry{
				ID: "a", Kind: rugzak.KindExperience, State: rugzak.StateShared, Title: `=HYPERLINK("x")`, Lesson: "Bel eerst.", SharedAt: at,
				Body: "## Wat gebeurde er?\nBel 0612345678.\n## Reflectie\nIk vind het beleid niks.\n", Audience: rugzak.Audience{Level: rugzak.LevelInternal},
			},
			Organisation: "Wmo", Authors: []string{"Anna Test"}, Municipality: true, Readers: []string{"Stichting Welzijn"},
			Marks: []rugzak.WooMark{{Class: "phone", Field: "body", Line: 2, At: 4}, {Class: rugzak.WooAuthor, Field: "author"}, {Class: "phone", Field: "response", Response: 2, Line: 1, At: 4}},
			Responses: []rugzak.WooResponse{
				{Response: rugzak.Response{ID: "r", Kind: rugzak.ResponseTip, At: at}, Author: "Bas Test", Organisation: "Jeugd", Body: "Bel eerst."},
				{Response: rugzak.Response{ID: "s", To: "r", Kind: rugzak.ResponseAnswer, At: at}, Organisation: "Wmo", Body: "Naar 0612345678\n"},
			},
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
		"weglaklijst.csv":   {`"1";"bijdragen/0001.md";"body";"2";"5";"telefoonnummer";"5.1";"";""`, `"1";"reacties/0001.md#2";"response";"1";"5"`, `"author"`},
		"reacties/0001.md":  {"## 1. Een tip, Bas Test, Jeugd, 2026-03-14\n\nBel eerst.", "## 2. answer, Oud-collega, Wmo, 2026-03-14 (> 1)\n\nNaar 0612345678"},
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
	if _, there := files["reflectie/0002.md"]; there || len(files) != 7 {
		t.Errorf("%d files", len(files))
	}
}
