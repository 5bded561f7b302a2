// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"slices"

	"rugzak/pkg/rugzak"
)

// formatVersion is the version of the form of a whole export. It grows when a
// reader of before could not read what is written now.
const formatVersion = 1

// readMovement reads rugzak.yaml: the version of the form, what gives the
// backpack direction, and what the compass was.
func readMovement(data []byte, p *problems) (mv rugzak.Movement, past []rugzak.Compass) {
	data, ok := cleanBytes(data, p)
	if !ok {
		return mv, nil
	}
	m := newMapping(parseYAML(data, p), "", p)
	if p.malformed {
		return mv, nil
	}
	if v := m.number("format"); v != formatVersion {
		m.problem("format", "exchange.format", v, formatVersion)
		return mv, nil
	}
	if c, ok := m.mapping("compass"); ok {
		mv.Compass = readCompass(c)
	}
	for _, c := range m.mappings("past_compasses") {
		past = append(past, readCompass(c))
	}
	mv.Agenda = readAgenda(m.mappings("agenda"))
	for _, r := range m.mappings("rounds") {
		mv.Rounds = append(mv.Rounds, readRound(r))
	}
	for _, f := range m.mappings("phases") {
		mv.Phases = append(mv.Phases, rugzak.Phase{
			ID: rugzak.PhaseID(f.slug("id")), NameNL: f.needed("name_nl"), NameEN: f.text("name_en"), Begins: f.text("begins"), Closed: f.flag("closed"),
		})
		f.done()
	}
	for _, w := range m.mappings("wordings") {
		mv.Wordings = append(mv.Wordings, rugzak.Wording{Key: w.needed("key"), NL: w.text("nl"), EN: w.text("en")})
		w.done()
	}
	m.check(rugzak.ValidateWordings(mv.Wordings))
	m.done()
	return mv, past
}

func readCompass(c *mapping) rugzak.Compass {
	out := rugzak.Compass{
		Purpose:   c.text("purpose"),
		Drives:    readDrives(c),
		Why:       c.text("why"),
		Occasion:  rugzak.Subject(c.text("occasion")),
		Sample:    c.flag("sample"),
		Version:   c.number("version"),
		UpdatedAt: c.time("updated_at"),
	}
	c.done()
	return out
}

func readDrives(m *mapping) []rugzak.Drive {
	var out []rugzak.Drive
	for _, d := range m.mappings("drives") {
		out = append(out, rugzak.Drive{ID: rugzak.DriveID(d.slug("id")), Name: d.needed("name"), Meaning: d.text("meaning"), Closed: d.flag("closed")})
		d.done()
	}
	return out
}

func readAgenda(items []*mapping) []rugzak.AgendaItem {
	var out []rugzak.AgendaItem
	for _, m := range items {
		a := rugzak.AgendaItem{
			ID:            m.slug("id"),
			Title:         m.needed("title"),
			Text:          m.text("text"),
			Horizon:       choice(m, "horizon", rugzak.Horizons()...),
			Organisations: list[rugzak.OrganisationID](m, "organisations"),
			Questions:     list[rugzak.EntryID](m, "questions"),
			Successes:     list[rugzak.EntryID](m, "successes"),
			DoneAt:        m.time("done_at"),
			Learned:       m.text("learned"),
			Occasion:      rugzak.Subject(m.text("occasion")),
			Sample:        m.flag("sample"),
			Version:       m.number("version"),
			UpdatedAt:     m.time("updated_at"),
		}
		for _, l := range m.mappings("progress") {
			a.Progress = append(a.Progress, rugzak.AgendaProgress{
				At: l.time("at"), Organisation: rugzak.OrganisationID(l.text("organisation")), Text: l.needed("text"),
			})
			l.done()
		}
		m.done()
		out = append(out, a)
	}
	return out
}

func readRound(m *mapping) rugzak.RoundPlan {
	r := rugzak.RoundPlan{
		ID:        m.slug("id"),
		Title:     m.needed("title"),
		Text:      m.text("text"),
		Weeks:     m.number("weeks"),
		Start:     m.text("start"),
		Questions: list[string](m, "questions"),
		Sample:    m.flag("sample"),
	}
	m.done()
	return r
}

// slug reads an id that was given by hand.
func (m *mapping) slug(key string) string {
	s := m.text(key)
	if !rugzak.ValidSlug(s) {
		m.problem(key, "exchange.id")
	}
	return s
}

func (m *mapping) needed(key string) string {
	s := m.text(key)
	if s == "" {
		m.problem(key, "exchange.needed", key)
	}
	return s
}

func movementFile(mv rugzak.Movement, past []rugzak.Compass) []byte {
	var out bytes.Buffer
	y := newEmitter(&out)
	y.number("format", formatVersion)
	y.mapping("compass", func(y *emitter) { emitCompass(y, mv.Compass) })
	y.mappings("past_compasses", len(past), func(i int, y *emitter) { emitCompass(y, past[i]) })
	y.mappings("agenda", len(mv.Agenda), func(i int, y *emitter) { emitItem(y, mv.Agenda[i]) })
	y.mappings("rounds", len(mv.Rounds), func(i int, y *emitter) {
		r := mv.Rounds[i]
		emitText(y, "id", r.ID)
		emitText(y, "title", r.Title)
		emitText(y, "text", r.Text)
		y.number("weeks", r.Weeks)
		emitText(y, "start", r.Start)
		emitList(y, "questions", r.Questions)
		y.flag("sample", r.Sample)
	})
	y.mappings("phases", len(mv.Phases), func(i int, y *emitter) {
		emitText(y, "id", mv.Phases[i].ID)
		emitText(y, "name_nl", mv.Phases[i].NameNL)
		emitText(y, "name_en", mv.Phases[i].NameEN)
		emitText(y, "begins", mv.Phases[i].Begins)
		y.flag("closed", mv.Phases[i].Closed)
	})
	y.mappings("wordings", len(mv.Wordings), func(i int, y *emitter) {
		emitText(y, "key", mv.Wordings[i].Key)
		emitText(y, "nl", mv.Wordings[i].NL)
		emitText(y, "en", mv.Wordings[i].EN)
	})
	return out.Bytes()
}

func emitCompass(y *emitter, c rugzak.Compass) {
	emitText(y, "purpose", c.Purpose)
	y.mappings("drives", len(c.Drives), func(i int, y *emitter) {
		emitText(y, "id", c.Drives[i].ID)
		emitText(y, "name", c.Drives[i].Name)
		emitText(y, "meaning", c.Drives[i].Meaning)
		y.flag("closed", c.Drives[i].Closed)
	})
	emitText(y, "why", c.Why)
	emitText(y, "occasion", c.Occasion)
	y.flag("sample", c.Sample)
	y.number("version", c.Version)
	y.time("updated_at", c.UpdatedAt)
}

func emitItem(y *emitter, a rugzak.AgendaItem) {
	emitText(y, "id", a.ID)
	emitText(y, "title", a.Title)
	emitText(y, "horizon", a.Horizon)
	emitList(y, "organisations", a.Organisations)
	emitText(y, "text", a.Text)
	emitList(y, "questions", a.Questions)
	emitList(y, "successes", a.Successes)
	y.mappings("progress", len(a.Progress), func(i int, y *emitter) {
		y.time("at", a.Progress[i].At)
		emitText(y, "organisation", a.Progress[i].Organisation)
		emitText(y, "text", a.Progress[i].Text)
	})
	y.time("done_at", a.DoneAt)
	emitText(y, "learned", a.Learned)
	emitText(y, "occasion", a.Occasion)
	y.flag("sample", a.Sample)
	y.number("version", a.Version)
	y.time("updated_at", a.UpdatedAt)
}

// readKeeps reads what people took along.
func readKeeps(data []byte, p *problems) []rugzak.Keep {
	var out []rugzak.Keep
	for _, m := range readList(data, p) {
		k := rugzak.Keep{
			Person:   rugzak.PersonID(m.slug("person")),
			Entry:    rugzak.EntryID(m.slug("entry")),
			Purpose:  m.text("purpose"),
			Note:     m.text("note"),
			At:       m.time("at"),
			Weeks:    m.number("weeks"),
			RemindAt: m.time("remind_at"),
			AskedAt:  m.time("asked_at"),
			Answer:   choice(m, "answer", rugzak.KeepAnswers()...),
		}
		m.check(k.Validate())
		m.done()
		out = append(out, k)
	}
	return out
}

// keepsFile writes keeps by person and entry.
func keepsFile(all []rugzak.Keep) []byte {
	all = slices.SortedFunc(slices.Values(all), compareKeeps)
	return listFile(len(all), func(i int, y *emitter) {
		emitText(y, "person", all[i].Person)
		emitText(y, "entry", all[i].Entry)
		emitText(y, "purpose", all[i].Purpose)
		emitText(y, "note", all[i].Note)
		y.time("at", all[i].At)
		y.number("weeks", all[i].Weeks)
		y.time("remind_at", all[i].RemindAt)
		y.time("asked_at", all[i].AskedAt)
		emitText(y, "answer", all[i].Answer)
	})
}
