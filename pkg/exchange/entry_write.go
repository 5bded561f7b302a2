// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"

	"rugzak/pkg/rugzak"
)

// entryFile writes an entry as a file of an export: front matter and, byte for
// byte, the body. edit says what made its newest revision, nil when unknown.
func entryFile(e rugzak.Entry, edit *rugzak.Revision) []byte {
	var out bytes.Buffer
	out.WriteString(fence + "\n")
	writeEntry(newEmitter(&out), e, edit)
	out.WriteString(fence + "\n")
	out.WriteString(e.Body)
	return out.Bytes()
}

func writeEntry(y *emitter, e rugzak.Entry, edit *rugzak.Revision) {
	emitText(y, "id", e.ID)
	emitText(y, "kind", e.Kind)
	emitText(y, "state", e.State)
	emitText(y, "title", e.Title)
	emitText(y, "lesson", e.Lesson)
	emitText(y, "lang", e.Lang)
	emitText(y, "author_mode", e.Mode)
	emitList(y, "authors", e.Authors)
	emitText(y, "audience", e.Audience.String())
	emitText(y, "organisation", e.Organisation)
	emitText(y, "organisation_kind", e.OrganisationKind)
	emitText(y, "team", e.Team)
	emitList(y, "themes", e.Themes)
	emitList(y, "drives", e.Drives)
	emitList(y, "with", e.With)
	emitList(y, "tags", e.Tags)
	emitText(y, "phase", e.Phase)
	emitText(y, "month", e.Month)
	emitText(y, "review_by", e.ReviewBy)
	emitText(y, "agreed", e.Agreed)
	emitText(y, "occasion", e.Occasion)
	y.flag("hide_taking", e.HideTaking)
	y.mappings("relations", len(e.Relations), func(i int, y *emitter) {
		emitText(y, "type", e.Relations[i].Type)
		emitText(y, "to", e.Relations[i].To)
	})
	writeQuestion(y, e.Question)
	writeApplication(y, e.Application)
	writeMethod(y, e.Method)
	emitList(y, "not_bsn", e.NotBSN)
	if !e.External.IsZero() {
		y.mapping("external", func(y *emitter) {
			emitText(y, "source", e.External.Source)
			emitText(y, "id", e.External.ID)
		})
	}
	y.flag("sample", e.Sample)
	y.number("revision", e.Revision)
	y.number("version", e.Version)
	y.time("created_at", e.CreatedAt)
	y.time("updated_at", e.UpdatedAt)
	y.time("shared_at", e.SharedAt)
	if edit != nil {
		y.mapping("edit", func(y *emitter) {
			emitText(y, "actor", edit.Actor)
			y.time("at", edit.At)
			emitText(y, "reason", edit.Reason)
		})
	}
}
