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

// InvitationRow is one line of a table of people to invite, as it was typed.
type InvitationRow struct {
	Number int // of the line in the file; 1 is the first
	Email, Name, Organisation, Team,
	Roles, Language string
}

// The bounds of a table of people to invite.
const (
	MaxInvitationTable = 512 << 10 // bytes
	MaxInvitationRows  = 1000
)

// invitationColumns are the names columns may have, in both languages, in the
// order they have without a line of names.
var invitationColumns = [][]string{
	{"email", "e-mail", "e-mailadres", "emailadres", "e-mail address"},
	{"name", "naam"},
	{"organisation", "organisatie", "organization", "afdeling"},
	{"team"},
	{"roles", "rollen", "role", "rol"},
	{"language", "taal"},
}

// ReadInvitationTable reads a table of people as spreadsheets write it: with
// commas, semicolons or tabs, with or without a line of names, in UTF-8 or the
// older Windows encoding. What is in a line is not judged here.
func ReadInvitationTable(data []byte) ([]InvitationRow, error) {
	if len(data) > MaxInvitationTable {
		return nil, tableProblem("error.table_too_large", MaxInvitationTable>>10)
	}
	text := tableText(data)
	if strings.ContainsRune(text, 0) {
		return nil, tableProblem("error.table_unreadable")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = separatorOf(text), true, -1, true
	var rows []InvitationRow
	var columns []int
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, tableProblem("error.table_unreadable")
		}
		line, _ := r.FieldPos(0)
		if columns == nil {
			var named bool
			if columns, named = columnsOf(cells); columns == nil {
				return nil, tableProblem("error.table_columns")
			} else if named {
				continue
			}
		}
		row := InvitationRow{Number: line}
		for i, to := range []*string{&row.Email, &row.Name, &row.Organisation, &row.Team, &row.Roles, &row.Language} {
			if at := columns[i]; at >= 0 && at < len(cells) {
				*to = Line(cells[at])
			}
		}
		if row == (InvitationRow{Number: line}) {
			continue
		}
		if len(rows) == MaxInvitationRows {
			return nil, tableProblem("error.table_too_long", MaxInvitationRows)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, tableProblem("error.table_empty")
	}
	return rows, nil
}

func tableProblem(key string, args ...any) error {
	var p Problems
	p.Add("table", key, args...)
	return p.Err()
}

// columnsOf finds the place of each column, -1 where there is none. Without a
// line of names the columns stand in their usual order. It is nil where there
// is no telling.
func columnsOf(first []string) (columns []int, named bool) {
	columns = []int{-1, -1, -1, -1, -1, -1}
	for i, cell := range first {
		cell = strings.ToLower(Line(cell))
		for c, names := range invitationColumns {
			for _, name := range names {
				if cell == name && columns[c] < 0 {
					columns[c] = i
				}
			}
		}
	}
	switch {
	case columns[0] >= 0:
		return columns, true
	case strings.Contains(first[0], "@"):
		return []int{0, 1, 2, 3, 4, 5}, false
	}
	return nil, false
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
