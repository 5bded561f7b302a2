// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// BagPart is a part of somebody's backpack as they take it out in files.
type BagPart string

// The parts, in the order in which they are listed.
const (
	BagKept    BagPart = "kept"
	BagOwn     BagPart = "own"
	BagApplied BagPart = "applied"
	BagDrafts  BagPart = "drafts"
)

// BagParts lists the parts.
func BagParts() []BagPart { return []BagPart{BagKept, BagOwn, BagApplied, BagDrafts} }

// BagEntry is a text in somebody's backpack, as far as they may read it now.
type BagEntry struct {
	Part         BagPart
	Entry        Entry
	Organisation string
	Authors      []string // as they may be shown
	Keep         *Keep    // of what was taken along
	MonthOnly    bool     // the day of its sharing is not told
	Lesson       string   // title of what an application applies; may be empty
	Attachments  []Attachment
}

// BagStep is a small step somebody promised.
type BagStep struct {
	Step, Title, Day string // the day may be empty
	Entry            EntryID
}

// BagWords are the words of the files, in the language of whoever takes them.
type BagWords struct {
	Lang            Lang
	Title, Lead     string // Lead says whose it is and of when
	Steps           string
	Parts           map[BagPart]string
	Kinds           map[Kind]string
	Outcomes        map[Outcome]string
	Purpose, Note   string
	TakenOn, Online string
	Untitled, Empty string
	Day             func(string) string // "14 september 2026" for "2026-09-14"
	Link            func(EntryID) string
}

// Shown is the day, or the month, of an entry as it is told.
func (e BagEntry) Shown() string {
	if e.MonthOnly {
		return e.Entry.ListedAt().UTC().Format("2006-01")
	}
	return e.Entry.ListedAt().UTC().Format(time.DateOnly)
}
