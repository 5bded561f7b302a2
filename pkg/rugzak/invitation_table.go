// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "strings"

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

// ReadInvitationTable reads a table of people as spreadsheets write it, with or
// without a line of names. What is in a line is not judged here.
func ReadInvitationTable(data []byte) ([]InvitationRow, error) {
	if len(data) > MaxInvitationTable {
		return nil, tableProblem("error.table_too_large", MaxInvitationTable>>10)
	}
	lines, err := ReadTable(data)
	if err != nil {
		return nil, err
	}
	var rows []InvitationRow
	var columns []int
	for _, l := range lines {
		line, cells := l.Number, l.Cells
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
