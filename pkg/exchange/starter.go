// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"io/fs"
	"path"
	"strings"

	"rugzak/pkg/rugzak"
)

// StarterSource is the origin of the entries of the starter content of a
// language.
func StarterSource(lang rugzak.Lang) string { return "starter-" + string(lang) }

// Starter reads the content that comes with the product, from the folder
// <lang>/starter of fsys. Everything is marked as sample. People, themes and
// organisations keep their slugs as ids; an entry has no id yet, its slug is
// the id of its origin, and relations, applications and pins lead to slugs.
// Author is the slug of a person. All of it is right, or none is returned.
func Starter(fsys fs.FS, lang rugzak.Lang) (rugzak.Backpack, []rugzak.Incoming, error) {
	sub, err := fs.Sub(fsys, string(lang)+"/starter")
	if err != nil {
		return rugzak.Backpack{}, nil, unreadable(err)
	}
	s, err := Folder(sub, HandedOver())
	if err != nil {
		return rugzak.Backpack{}, nil, err
	}
	r := &folderReader{source: s}
	b := readStarterBackpack(r)
	var entries []rugzak.Incoming
	r.eachBelow("entries/", func(name string, data []byte, p *problems) {
		entries = append(entries, readStarterEntry(name, data, lang, b, p))
	})
	checkStarterLinks(r, b, entries)
	for _, err := range s.refused {
		r.fail(err)
	}
	if err := r.err(); err != nil {
		return rugzak.Backpack{}, nil, err
	}
	return b, entries, nil
}

func readStarterBackpack(r *folderReader) rugzak.Backpack {
	b := rugzak.Backpack{Movement: rugzak.Movement{Phases: rugzak.DefaultPhases()}}
	r.file("organisations.yaml", func(data []byte, p *problems) { b.Organisations = readOrganisations(data, p) })
	r.file("people.yaml", func(data []byte, p *problems) { b.People = readPeople(data, b.Organisations, p) })
	r.eachBelow("themes/", func(name string, data []byte, p *problems) {
		b.Themes = append(b.Themes, readTheme(data, p))
	})
	r.file("compass.md", func(data []byte, p *problems) {
		if d := split(data, maxFrontMatter, p); d != nil {
			b.Movement.Compass = rugzak.Compass{Purpose: strings.TrimSpace(d.body), Drives: readDrives(d.fields), Version: 1}
			d.fields.done()
		}
	})
	r.file("agenda.yaml", func(data []byte, p *problems) { b.Movement.Agenda = readAgenda(readList(data, p)) })
	r.optional(questionSetsName, func(data []byte, p *problems) { b.QuestionSets = readQuestionSets(data, p) })
	r.optional(roundsName, func(data []byte, p *problems) { b.SampleRounds = readStarterRounds(data, p) })
	r.optional(ideasName, func(data []byte, p *problems) { b.Ideas = readStarterIdeas(data, p) })
	r.file("room.yaml", func(data []byte, p *problems) { b.RoomNeeds = readStarterRoom(data, p) })
	r.file(responsesName, func(data []byte, p *problems) { b.Responses = readStarterResponses(data, p) })
	r.file("meetings.yaml", func(data []byte, p *problems) { b.SampleMeetings = readStarterMeetings(data, p) })
	r.file(inquiriesName, func(data []byte, p *problems) { b.Inquiries = readRecords(data, p, rugzak.Inquiry.Validate) })
	r.file(participationsName, func(data []byte, p *problems) {
		b.Participations = readRecords(data, p, rugzak.Participation.Validate)
	})
	r.file(threadsName, func(data []byte, p *problems) {
		b.Threads = readRecords(data, p, func(rugzak.Thread) error { return nil })
	})
	r.file(lettersName, func(data []byte, p *problems) {
		b.ThemeLetters = readRecords(data, p, func(rugzak.ThemeLetter) error { return nil })
	})
	r.file(celebrationsName, func(data []byte, p *problems) {
		b.Celebrations = readRecords(data, p, func(rugzak.Celebration) error { return nil })
	})
	markSample(&b)
	return b
}

func markSample(b *rugzak.Backpack) {
	for i := range b.Organisations {
		b.Organisations[i].Sample = true
	}
	for i := range b.People {
		b.People[i].Sample = true
	}
	for i := range b.Themes {
		b.Themes[i].Sample = true
	}
	b.Movement.Compass.Sample = true
	for i := range b.Movement.Agenda {
		b.Movement.Agenda[i].Sample = true
	}
	for i := range b.QuestionSets {
		b.QuestionSets[i].Sample = true
	}
}

// readStarterEntry reads an entry and fills in what it does not say: shared,
// by name, in the language of the folder, with the id of its file.
func readStarterEntry(name string, data []byte, lang rugzak.Lang, b rugzak.Backpack, p *problems) rugzak.Incoming {
	in := rugzak.Incoming{Place: name}
	d := split(data, maxFrontMatter, p)
	if d == nil {
		return in
	}
	id := d.fields.text("id")
	if id == "" {
		id = strings.TrimSuffix(path.Base(name), path.Ext(name))
	}
	readEntry(d, starter, &in)
	e := &in.Entry
	e.External = rugzak.External{Source: StarterSource(lang), ID: id}
	e.Sample = true
	e.Lang = e.Lang.Or(lang)
	if e.State == "" {
		e.State = rugzak.StateShared
	}
	if e.Mode == "" {
		e.Mode = rugzak.ByName
	}
	for _, o := range b.Organisations {
		if o.ID == e.Organisation {
			e.OrganisationKind = o.Kind
			if _, ok := o.Team(e.Team); e.Team != "" && !ok {
				d.fields.problem("team", "exchange.unknown_ref", shown(string(e.Team)))
			}
		}
	}
	if a, err := rugzak.ParseAudience(in.Audience); err == nil {
		e.Audience = a.Clean(e.Organisation)
	}
	d.fields.done()
	checkEntry(d, *e, validateStored)
	d.checkBody(p)
	return in
}
