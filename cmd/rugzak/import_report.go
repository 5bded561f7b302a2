// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rugzak/pkg/control"
	"rugzak/pkg/rugzak"
)

// privacyReport writes down where an import found what may be personal data:
// the place and the class, never the text. The zero value writes nothing.
type privacyReport struct {
	file *os.File
	csv  *rugzak.CSV
	json *json.Encoder
	err  error // of the first failed write
}

// reportColumns name what a line tells: the file and the line its entry begins
// on, the field and the line in it, the class, and what became of the file.
var reportColumns = []string{"file", "line", "field", "field_line", "class", "outcome"}

// newPrivacyReport makes the file: a table when its name ends in .csv, JSON
// Lines otherwise. Without a path there is no report.
func newPrivacyReport(path string) (*privacyReport, error) {
	if path == "" {
		return &privacyReport{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	r := &privacyReport{file: file}
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		r.csv = rugzak.NewCSV(io.Writer(file))
		r.err = r.csv.Row(reportColumns...)
	} else {
		r.json = json.NewEncoder(file)
		r.json.SetEscapeHTML(false)
	}
	return r, nil
}

// add writes the findings of one file.
func (r *privacyReport) add(f control.File) {
	if r.file == nil {
		return
	}
	for _, x := range f.Findings {
		if r.err != nil {
			return
		}
		if r.csv != nil {
			r.err = r.csv.Row(f.Place, strconv.Itoa(f.Line), x.Field, strconv.Itoa(x.Line), string(x.Class), f.Outcome)
			continue
		}
		r.err = r.json.Encode(map[string]any{
			"file": f.Place, "line": f.Line, "field": x.Field, "field_line": x.Line, "class": x.Class, "outcome": f.Outcome,
		})
	}
}

// close ends the report and tells whether all of it was written.
func (r *privacyReport) close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	if r.err != nil {
		return r.err
	}
	return err
}

// noticed says which classes were found in a file.
func (a *app) noticed(f control.File) string {
	var names []string
	seen := map[rugzak.FindingClass]bool{}
	for _, x := range f.Findings {
		if !seen[x.Class] {
			seen[x.Class] = true
			names = append(names, a.say.T("finding.class."+string(x.Class)))
		}
	}
	return a.say.T("cli.import.noticed", strings.Join(names, ", "))
}
