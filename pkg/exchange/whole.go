// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"rugzak/pkg/rugzak"
)

// The files of a whole export. Beside them stand themes/<id>.md,
// entries/<id>.md and revisions/<entry id>/<number>.md.
const (
	movementName      = "rugzak.yaml"
	organisationsName = "organisations.yaml"
	peopleName        = "people.yaml"
	keepsName         = "keeps.yaml"
	hiddenName        = "hidden-authors.yaml"
	tombstonesName    = "tombstones.yaml"
	termsName         = "terms.yaml"
)

// Whole is a whole export that is being read back. It is for one reader at a
// time.
type Whole struct {
	source    *Source
	backpack  rugzak.Backpack
	hidden    map[rugzak.EntryID][]rugzak.PersonID
	entries   []string                      // names, sorted
	revisions map[rugzak.EntryID][]revision // past ones, oldest first
	origins   map[rugzak.External]string
}

// revision is the file of a past revision.
type revision struct {
	number int
	name   string
}

// Whole reads everything of an export but its entries and revisions. The error
// holds all problems found in these files and in the names of the others. The
// source must stay open until the entries are read.
func (s *Source) Whole() (*Whole, error) {
	w := &Whole{
		source:    s,
		revisions: map[rugzak.EntryID][]revision{},
		origins:   map[rugzak.External]string{},
	}
	r := &folderReader{source: s}
	for _, err := range s.refused {
		r.fail(err)
	}
	b := &w.backpack
	r.file(movementName, func(data []byte, p *problems) { b.Movement, b.PastCompasses = readMovement(data, p) })
	r.file(organisationsName, func(data []byte, p *problems) { b.Organisations = readOrganisations(data, p) })
	r.file(peopleName, func(data []byte, p *problems) { b.People = readPeople(data, b.Organisations, p) })
	r.eachBelow("themes/", func(name string, data []byte, p *problems) {
		t := readTheme(data, p)
		if name != themeName(t.ID) && !p.malformed {
			p.add(0, "id", "exchange.file_id")
		}
		b.Themes = append(b.Themes, t)
	})
	w.index(r)
	r.optional(keepsName, func(data []byte, p *problems) {
		b.Keeps = readKeeps(data, p)
		w.checkKeeps(p)
	})
	w.readAttached(r)
	w.readJoining(r)
	w.readCare(r)
	w.readRefusals(r)
	w.readReportedTexts(r)
	r.optional(roomName, func(data []byte, p *problems) { b.RoomNeeds = readRoom(data, p) })
	r.optional(ideasName, func(data []byte, p *problems) { b.Ideas = readIdeas(data, p) })
	r.optional(selfCheckName, func(data []byte, p *problems) { b.SelfCheck = readSelfCheck(data, p) })
	r.optional(meetingsName, func(data []byte, p *problems) { b.Meetings = readMeetings(data, p) })
	r.optional(roundsName, func(data []byte, p *problems) { b.Rounds = readRounds(data, p) })
	r.optional(questionSetsName, func(data []byte, p *problems) { b.QuestionSets = readQuestionSets(data, p) })
	r.optional(responsesName, func(data []byte, p *problems) { b.Responses = w.readResponses(data, p) })
	r.optional(signalsName, func(data []byte, p *problems) { b.Signals = w.readSignals(data, p) })
	r.optional(searchesName, func(data []byte, p *problems) { b.SavedSearches = readSearches(data, b.People, p) })
	r.optional(choicesName, func(data []byte, p *problems) { b.NoticeSettings = readChoices(data, b.People, p) })
	r.optional(digestsName, func(data []byte, p *problems) { b.Digests = readDigests(data, p) })
	w.readThreads(r)
	w.readInterims(r)
	r.optional(hiddenName, func(data []byte, p *problems) {
		w.hidden = readHidden(data, p)
		for _, id := range slices.Sorted(maps.Keys(w.hidden)) {
			w.wantEntry(string(id), p)
		}
	})
	r.optional(tombstonesName, func(data []byte, p *problems) { b.Tombstones = readTombstones(data, p) })
	r.optional(termsName, func(data []byte, p *problems) { b.Terms = readTerms(data, p) })
	w.checkNames(r)
	return w, r.err()
}

// index finds the files of entries and past revisions.
func (w *Whole) index(r *folderReader) {
	for _, name := range w.source.names {
		id, inner, _ := strings.Cut(strings.TrimSuffix(name, ".md"), "/")
		switch {
		case !strings.HasSuffix(name, ".md"):
		case id == "entries" && rugzak.ValidID(inner):
			w.entries = append(w.entries, name)
		case id == "revisions":
			entry, digits, _ := strings.Cut(inner, "/")
			number, err := strconv.Atoi(digits)
			if err != nil || number < 1 || strconv.Itoa(number) != digits || !rugzak.ValidID(entry) {
				continue // checkNames tells
			}
			if !w.source.has(entryName(rugzak.EntryID(entry))) {
				r.fail(refuse(name, 0, "exchange.orphan"))
			}
			w.revisions[rugzak.EntryID(entry)] = append(w.revisions[rugzak.EntryID(entry)], revision{number, name})
		}
	}
	for _, past := range w.revisions {
		slices.SortFunc(past, func(a, b revision) int { return a.number - b.number })
	}
}

// checkNames reports files that are no part of an export: something that would
// be lost in silence.
func (w *Whole) checkNames(r *folderReader) {
	known := map[string]bool{movementName: true, organisationsName: true, peopleName: true, keepsName: true, hiddenName: true, tombstonesName: true, termsName: true, searchesName: true, choicesName: true, digestsName: true, roundsName: true, questionSetsName: true, roomName: true, meetingsName: true,
		ideasName: true, selfCheckName: true,
		responsesName: true, signalsName: true, inquiriesName: true, overlapsName: true, participationsName: true,
		themeMergesName: true, entryMergesName: true, notDoublesName: true, enrichmentsName: true, textProposalsName: true, refusalsName: true, reportedName: true,
		threadsName: true, lettersName: true, celebrationsName: true, interimsName: true}
	maps.Copy(known, w.attachedNames())
	for _, name := range w.entries {
		known[name] = true
	}
	for _, past := range w.revisions {
		for _, v := range past {
			known[v.name] = true
		}
	}
	for _, name := range w.source.names {
		if !known[name] && !(path.Dir(name) == "themes" && isMarkdown(name)) {
			r.fail(refuse(name, 0, "exchange.unknown_file"))
		}
	}
}

func (w *Whole) checkKeeps(p *problems) {
	people := map[rugzak.PersonID]bool{}
	for _, person := range w.backpack.People {
		people[person.ID] = true
	}
	for _, k := range w.backpack.Keeps {
		if !people[k.Person] {
			p.unknown("person", string(k.Person))
		}
		w.wantEntry(string(k.Entry), p)
	}
}

func (w *Whole) wantEntry(id string, p *problems) {
	if !w.source.has(entryName(rugzak.EntryID(id))) {
		p.unknown("entry", id)
	}
}

// Backpack is everything but the entries.
func (w *Whole) Backpack() rugzak.Backpack { return w.backpack }

// Len is the number of entries.
func (w *Whole) Len() int { return len(w.entries) }

// Entries reads the entries by id, each with its revisions, oldest first: the
// past ones, and last the newest, which is the entry itself, where the export
// says who made it. Reading goes on after an entry that is wrong, so that all
// problems can be told; whoever takes the export takes all of it or nothing.
func (w *Whole) Entries() iter.Seq2[rugzak.Incoming, []rugzak.Revision] {
	return func(yield func(rugzak.Incoming, []rugzak.Revision) bool) {
		clear(w.origins)
		for _, name := range w.entries {
			r := &folderReader{source: w.source}
			var in rugzak.Incoming
			var newest *rugzak.Revision
			r.optional(name, func(data []byte, p *problems) { in, newest = w.readEntry(name, data, p) })
			past := w.past(r, in.Entry)
			if newest != nil {
				past = append(past, *newest)
			}
			in.Place, in.Hidden = name, w.hidden[in.Entry.ID]
			if err := r.err(); err != nil {
				in.Err, in.Line, past = err, firstLine(err), nil
			}
			if !yield(in, past) || r.stopped {
				return
			}
		}
	}
}

func (w *Whole) readEntry(name string, data []byte, p *problems) (in rugzak.Incoming, newest *rugzak.Revision) {
	in, newest = readWholeEntry(data, p)
	e := in.Entry
	if p.malformed {
		return in, nil
	}
	if rugzak.ValidID(string(e.ID)) && entryName(e.ID) != name {
		p.add(0, "id", "exchange.file_id")
	}
	if !e.External.IsZero() {
		if first, twice := w.origins[e.External]; twice {
			p.add(0, "external", "exchange.id_twice", first)
		}
		w.origins[e.External] = name
	}
	known := e.Organisation == ""
	for _, o := range w.backpack.Organisations {
		known = known || o.ID == e.Organisation
	}
	if !known {
		p.unknown("organisation", string(e.Organisation))
	}
	return in, newest
}

// readWholeEntry reads the file of an entry or of a past revision.
func readWholeEntry(data []byte, p *problems) (in rugzak.Incoming, edit *rugzak.Revision) {
	d := split(data, maxWholeFrontMatter, p)
	if d == nil {
		return in, nil
	}
	readEntry(d, whole, &in)
	if r, ok := readEdit(d.fields, in.Entry); ok {
		edit = &r
	}
	d.fields.done()
	checkEntry(d, in.Entry, validateStored)
	d.checkBody(p)
	return in, edit
}

// past reads the past revisions of an entry.
func (w *Whole) past(r *folderReader, e rugzak.Entry) []rugzak.Revision {
	var out []rugzak.Revision
	for _, v := range w.revisions[e.ID] {
		r.optional(v.name, func(data []byte, p *problems) {
			in, edit := readWholeEntry(data, p)
			if p.malformed {
				return
			}
			if in.Entry.ID != e.ID || in.Entry.Revision != v.number {
				p.add(0, "id", "exchange.file_id")
			}
			if v.number >= e.Revision {
				p.add(0, "revision", "exchange.revision")
			}
			if edit == nil {
				p.add(0, "edit", "exchange.needed", "edit")
				return
			}
			out = append(out, *edit)
		})
	}
	return out
}
