// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// TableLine is one line of a table.
type TableLine struct {
	Number int // of the line in the file; 1 is the first
	Cells  []string
}

// ReadTable reads a table as spreadsheets write it: with commas, semicolons or
// tabs, in UTF-8 or the older Windows encoding.
func ReadTable(data []byte) ([]TableLine, error) {
	text := tableText(data)
	if strings.ContainsRune(text, 0) {
		return nil, tableProblem("error.table_unreadable")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = separatorOf(text), true, -1, true
	var out []TableLine
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, tableProblem("error.table_unreadable")
		}
		line, _ := r.FieldPos(0)
		out = append(out, TableLine{Number: line, Cells: cells})
	}
}

func tableProblem(key string, args ...any) error {
	var p Problems
	p.Add("table", key, args...)
	return p.Err()
}

// separatorOf is the character that stands most often in the first line.
func separatorOf(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best, most := ',', 0
	for _, sep := range []rune{';', '\t', ','} {
		if n := strings.Count(first, string(sep)); n > most {
			best, most = sep, n
		}
	}
	return best
}

// tableText is the text of a file: UTF-8 with or without a mark, or else
// windows-1252, as spreadsheets of some years ago write it.
func tableText(data []byte) string {
	data = bytes.TrimPrefix(data, []byte(csvMark))
	if utf8.Valid(data) {
		return string(data)
	}
	var b strings.Builder
	for _, c := range data {
		if r := rune(c); r < 0x80 || r > 0x9f {
			b.WriteRune(r)
		} else {
			b.WriteRune(windows1252[r-0x80])
		}
	}
	return b.String()
}

// windows1252 are the characters in which windows-1252 differs from Latin-1.
var windows1252 = []rune("€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ")
