// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// queryColumns are the names that the columns of a list of questions may have,
// in both languages.
var queryColumns = [][]string{
	{"query", "question", "vraag", "zoekvraag"},
	{"relevant", "entry", "entries", "address", "bijdrage", "bijdragen", "adres"},
	{"category", "categorie"},
	{"qid", "id"},
}

// readTable reads a list of questions that a spreadsheet wrote. A cell with
// what is relevant may hold several ids or addresses.
func (r *queryReader) readTable(data []byte) {
	rows, err := rugzak.ReadTable(data)
	if err != nil {
		r.line = 1
		r.add("", "error.table_unreadable")
		return
	}
	var columns []int
	for _, row := range rows {
		r.line = row.Number
		cell := func(column int) string {
			if at := columns[column]; at >= 0 && at < len(row.Cells) {
				return rugzak.Line(row.Cells[at])
			}
			return ""
		}
		if columns == nil {
			if columns = columnsNamed(row.Cells); columns[0] < 0 || columns[1] < 0 {
				r.add("", "cli.eval.columns")
				return
			}
			continue
		}
		q := evalQuery{Query: cell(0), Relevant: strings.Fields(cell(1)), Category: cell(2), QID: cell(3), line: r.line}
		if q.Query != "" || len(q.Relevant) > 0 { // an empty line is none
			r.take(q)
		}
	}
}

// columnsNamed finds the place of each column, -1 where there is none.
func columnsNamed(names []string) []int {
	out := make([]int, len(queryColumns))
	for i, known := range queryColumns {
		out[i] = slices.IndexFunc(names, func(name string) bool { return slices.Contains(known, strings.ToLower(rugzak.Line(name))) })
	}
	return out
}
