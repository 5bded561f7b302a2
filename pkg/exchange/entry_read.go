// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"strings"

	"rugzak/pkg/rugzak"
)

// form tells the three sorts of front matter apart.
type form int

const (
	handedOver form = iota // by anybody: only what a writer may say is read
	starter
	whole
)

// wholeOnly are the keys of an export that mean nothing in a file somebody
// hands over: they are allowed, so that an exported file can be changed and
// imported, and reported as not used.
var wholeOnly = []string{"authors", "organisation_kind", "external", "sample", "agreed", "occasion", "revision", "version",
	"created_at", "updated_at", "shared_at", "edit"}

// readEntry reads the front matter of an entry, with the rules of its form.
func readEntry(d *document, f form, in *rugzak.Incoming) {
	m, e := d.fields, &in.Entry
	e.Kind = choice(m, "kind", rugzak.Kinds()...)
	e.State = choice(m, "state", rugzak.StateDraft, rugzak.StateShared, rugzak.StateToReview,
		rugzak.StateArchived, rugzak.StateWithdrawn, rugzak.StateReported)
	e.Lang = choice(m, "lang", rugzak.Languages()...)
	e.Title, e.Lesson = m.text("title"), m.text("lesson")
	if f == handedOver {
		e.Title, e.Lesson = rugzak.Line(e.Title), rugzak.Line(e.Lesson)
	}
	e.Mode = choice(m, "author_mode", rugzak.AuthorModes()...)
	e.Organisation = rugzak.OrganisationID(m.text("organisation"))
	e.Team = rugzak.TeamID(m.text("team"))
	e.Themes = list[rugzak.ThemeID](m, "themes")
	e.Drives = list[rugzak.DriveID](m, "drives")
	e.With = list[rugzak.OrganisationID](m, "with")
	e.Tags = list[string](m, "tags")
	e.Phase = rugzak.PhaseID(m.text("phase"))
	e.Month, e.ReviewBy = m.text("month"), m.text("review_by")
	for _, r := range m.mappings("relations") {
		e.Relations = append(e.Relations, rugzak.Relation{
			Type: choice(r, "type", rugzak.RelationTypes()...),
			To:   rugzak.EntryID(r.text("to")),
		})
		r.done()
	}
	e.Question = readQuestion(m, f, e.Kind)
	e.Application = readApplication(m)
	e.Method = readMethod(m)
	e.NotBSN = list[string](m, "not_bsn")
	e.Body = d.body
	in.Audience = m.text("audience")
	if f == whole {
		readWholeFields(m, e, in.Audience)
		return
	}
	in.Author, in.Demo = m.text("author"), m.flag("demo")
	for _, key := range wholeOnly {
		if m.has(key) {
			in.Ignored = append(in.Ignored, key)
		}
	}
	if in.Audience != "" {
		if _, err := rugzak.ParseAudience(in.Audience); err != nil {
			m.problem("audience", "exchange.audience")
		}
	}
	m.notThisKind(e)
}

// readWholeFields reads what only an export tells of an entry.
func readWholeFields(m *mapping, e *rugzak.Entry, audience string) {
	e.ID = rugzak.EntryID(m.text("id"))
	if !rugzak.ValidID(string(e.ID)) {
		m.problem("id", "exchange.id")
	}
	e.Authors = list[rugzak.PersonID](m, "authors")
	e.Audience = exactAudience(audience)
	e.OrganisationKind = choice(m, "organisation_kind", rugzak.Department, rugzak.Partner)
	if x, ok := m.mapping("external"); ok {
		e.External = rugzak.External{Source: x.text("source"), ID: x.text("id")}
		x.done()
	}
	e.Sample, e.Agreed = m.flag("sample"), m.text("agreed")
	e.Occasion, e.HideTaking = rugzak.Subject(m.text("occasion")), m.flag("hide_taking")
	e.Revision, e.Version = m.number("revision"), m.number("version")
	if e.Revision < 0 {
		m.problem("revision", "exchange.want_number")
	}
	if e.Version < 1 {
		m.problem("version", "exchange.want_number")
	}
	e.CreatedAt, e.UpdatedAt, e.SharedAt = m.time("created_at"), m.time("updated_at"), m.time("shared_at")
}

// exactAudience reads what Audience.String wrote, without judging it: a draft
// may have none.
func exactAudience(s string) rugzak.Audience {
	level, names, some := strings.Cut(s, "+")
	a := rugzak.Audience{Level: rugzak.Level(level)}
	if some {
		for name := range strings.SplitSeq(names, ",") {
			a.Also = append(a.Also, rugzak.OrganisationID(name))
		}
	}
	return a
}

// readEdit reads who made a revision, when and why.
func readEdit(m *mapping, e rugzak.Entry) (rugzak.Revision, bool) {
	edit, ok := m.mapping("edit")
	if !ok {
		return rugzak.Revision{}, false
	}
	r := rugzak.Revision{
		Entry: e,
		Actor: edit.text("actor"),
		At:    edit.time("at"),
		Reason: choice(edit, "reason", rugzak.ReasonShared, rugzak.ReasonRevised,
			rugzak.ReasonRestored, rugzak.ReasonImported),
	}
	if !validActor(r.Actor) {
		edit.problem("actor", "exchange.actor")
	}
	edit.done()
	return r, true
}

func validActor(s string) bool {
	kind, id, _ := strings.Cut(s, ":")
	switch kind {
	case "system":
		return id == ""
	case "person":
		return rugzak.ValidSlug(id)
	case "anon":
		return rugzak.ValidID(id)
	}
	return false
}
