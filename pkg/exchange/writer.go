// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"rugzak/pkg/rugzak"
)

// Writer writes a whole export: first Backpack, then every Entry by id, then
// Commit. The same backpack gives the same bytes: the order of the files is
// rugzak.yaml, organisations.yaml, people.yaml, the themes by id, then each
// entry by id followed by its past revisions, what is attached to each, hidden-authors.yaml,
// attachments.yaml, keeps.yaml,
// searches.yaml, room.yaml, meetings.yaml, ideas.yaml, selfcheck.yaml, tombstones.yaml and terms.yaml, and a zip has one fixed time
// for all of them. Entries
// are written as they come and not kept.
//
// Nothing stands at the place of the export before Commit. After an error only
// Discard makes sense. A Writer is for one goroutine.
type Writer struct {
	target target
	stage  stage
	last   rugzak.EntryID
	keeps  []rugzak.Keep
	saved  []rugzak.SavedSearch
	rest   rugzak.Backpack // what else follows at Commit
	stones []rugzak.Tombstone
	terms  []rugzak.Term
	hidden []hiddenAuthors
	// attached is what is attached; files are those that are written already.
	attached []rugzak.Attachment
	files    map[rugzak.BlobHash]bool
	err      error
}

type stage int

const (
	begun stage = iota
	inEntries
	ended
)

// target is where files go.
type target interface {
	put(name string, data []byte) error
	copy(name string, from io.Reader) error
	commit() error
	discard() error
}

var errStage = errors.New("the parts of an export come in another order")

// ToFolder makes a Writer for a folder that does not exist yet or is empty.
func ToFolder(path string) (*Writer, error) {
	t, err := newFolderTarget(path)
	if err != nil {
		return nil, err
	}
	return &Writer{target: t}, nil
}

// ToZipFile makes a Writer for a zip file that does not exist yet.
func ToZipFile(path string) (*Writer, error) {
	t, err := newZipFileTarget(path)
	if err != nil {
		return nil, err
	}
	return &Writer{target: t}, nil
}

// ToZip makes a Writer that streams a zip. What w received is no whole zip
// before Commit.
func ToZip(w io.Writer) *Writer { return &Writer{target: newZipTarget(w)} }

// Backpack writes everything but the entries; the keeps follow at Commit.
func (w *Writer) Backpack(b rugzak.Backpack) error {
	if w.stage != begun {
		return w.fail(errStage)
	}
	w.stage, w.keeps, w.stones, w.terms = inEntries, b.Keeps, b.Tombstones, b.Terms
	w.saved, w.rest = b.SavedSearches, b
	w.put(movementName, movementFile(b.Movement, b.PastCompasses))
	w.put(organisationsName, organisationsFile(b.Organisations))
	w.put(peopleName, peopleFile(b.People))
	themes := slices.SortedFunc(slices.Values(b.Themes), func(a, b rugzak.Theme) int { return cmp.Compare(a.ID, b.ID) })
	for i, t := range themes {
		if !rugzak.ValidSlug(string(t.ID)) || i > 0 && themes[i-1].ID == t.ID {
			return w.fail(fmt.Errorf("theme %q: no id, or a second time", t.ID))
		}
		w.put(themeName(t.ID), themeFile(t))
	}
	return w.err
}

// Entry writes an entry with its revisions, oldest first. The newest one, with
// the number of the entry itself, tells who made it and may be left out.
// hidden names the authors of an entry without name; leave it empty unless the
// owner of the data asked for them. Entries must come in ascending order of id.
func (w *Writer) Entry(e rugzak.Entry, revisions []rugzak.Revision, hidden []rugzak.PersonID) error {
	if w.stage != inEntries || e.ID <= w.last || !rugzak.ValidID(string(e.ID)) {
		return w.fail(fmt.Errorf("entry %q after %q: %w", e.ID, w.last, errStage))
	}
	w.last = e.ID
	var newest *rugzak.Revision
	if n := len(revisions); n > 0 && revisions[n-1].Entry.Revision == e.Revision {
		newest, revisions = &revisions[n-1], revisions[:n-1]
	}
	w.put(entryName(e.ID), entryFile(e, newest))
	number := 0
	for _, r := range revisions {
		if r.Entry.ID != e.ID || r.Entry.Revision <= number || r.Entry.Revision >= e.Revision {
			return w.fail(fmt.Errorf("entry %q, revision %d after %d: %w", e.ID, r.Entry.Revision, number, errStage))
		}
		number = r.Entry.Revision
		w.put(revisionName(e.ID, number), entryFile(r.Entry, &r))
	}
	if len(hidden) > 0 {
		w.hidden = append(w.hidden, hiddenAuthors{e.ID, slices.Sorted(slices.Values(hidden))})
	}
	return w.err
}

// Commit writes what is left and puts the export in its place.
func (w *Writer) Commit() error {
	if w.stage != inEntries {
		return w.fail(errStage)
	}
	if len(w.hidden) > 0 {
		w.put(hiddenName, hiddenFile(w.hidden))
	}
	if len(w.attached) > 0 {
		w.put(attachmentsName, attachmentsFile(w.attached))
	}
	w.put(keepsName, keepsFile(w.keeps))
	if len(w.saved) > 0 {
		w.put(searchesName, searchesFile(w.saved))
	}
	w.putJoining(w.rest)
	w.putCare(w.rest)
	w.putRefusals(w.rest)
	w.putReportedTexts(w.rest)
	w.putThreads(w.rest)
	w.putInterims(w.rest)
	if len(w.rest.Responses) > 0 {
		w.put(responsesName, responsesFile(w.rest.Responses))
	}
	if len(w.rest.Signals) > 0 {
		w.put(signalsName, signalsFile(w.rest.Signals))
	}
	if len(w.rest.RoomNeeds) > 0 {
		w.put(roomName, roomFile(w.rest.RoomNeeds))
	}
	if len(w.rest.Meetings) > 0 {
		w.put(meetingsName, meetingsFile(w.rest.Meetings))
	}
	if len(w.rest.Rounds) > 0 {
		w.put(roundsName, roundsFile(w.rest.Rounds))
	}
	if len(w.rest.QuestionSets) > 0 {
		w.put(questionSetsName, questionSetsFile(w.rest.QuestionSets))
	}
	if len(w.rest.Ideas) > 0 {
		w.put(ideasName, ideasFile(w.rest.Ideas))
	}
	if len(w.rest.SelfCheck.Answers) > 0 {
		w.put(selfCheckName, selfCheckFile(w.rest.SelfCheck))
	}
	if len(w.rest.NoticeSettings) > 0 {
		w.put(choicesName, choicesFile(w.rest.NoticeSettings))
	}
	if len(w.rest.Digests) > 0 {
		w.put(digestsName, digestsFile(w.rest.Digests))
	}
	if len(w.stones) > 0 {
		w.put(tombstonesName, tombstonesFile(w.stones))
	}
	if w.terms != nil { // an empty list says that all were removed
		w.put(termsName, termsFile(w.terms))
	}
	if w.err != nil {
		return w.err
	}
	if err := w.target.commit(); err != nil {
		return w.fail(fmt.Errorf("put export in its place: %w", err))
	}
	w.stage = ended
	return nil
}

// Discard takes away what was written. After Commit it does nothing, so that
// it can be deferred.
func (w *Writer) Discard() error {
	if w.stage == ended {
		return nil
	}
	w.stage = ended
	return w.target.discard()
}

// put writes a file unless something failed before. Text that could not be
// read back as it was is refused here rather than lost.
func (w *Writer) put(name string, data []byte) {
	switch {
	case w.err != nil:
	case !utf8.Valid(data) || bytes.IndexByte(data, '\r') >= 0:
		_ = w.fail(fmt.Errorf("%s: text that is no UTF-8 or holds a carriage return", name))
	default:
		if err := w.target.put(name, data); err != nil {
			_ = w.fail(fmt.Errorf("write %s: %w", name, err))
		}
	}
}

// fail keeps the first error.
func (w *Writer) fail(err error) error {
	if w.err == nil {
		w.err = fmt.Errorf("export: %w", err)
	}
	return w.err
}

func themeName(id rugzak.ThemeID) string { return "themes/" + string(id) + ".md" }
func entryName(id rugzak.EntryID) string { return "entries/" + string(id) + ".md" }

func revisionName(id rugzak.EntryID, number int) string {
	return "revisions/" + string(id) + "/" + strconv.Itoa(number) + ".md"
}
