// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Incoming is one entry read from a file, before anybody looked at what it
// refers to: themes and organisations by name or id, related entries by the id
// they have in the same source.
type Incoming struct {
	// Place is the file, and the line where one can be told, for messages.
	Place string
	Line  int
	Entry Entry
	// Author and Audience as the file names them; only the starter content and
	// a whole import trust them.
	Author   string
	Audience string
	// Hidden authors, present only in an export made with them.
	Hidden []PersonID
	// Demo marks entries that only the demonstration loads.
	Demo bool
	// Ignored names the fields that were there and will not be used.
	Ignored []string
	// Err says why this one cannot be taken; the others go on.
	Err error
}

// Backpack is everything a whole export holds besides the entries.
type Backpack struct {
	Organisations []Organisation
	People        []Person
	Themes        []Theme
	Movement      Movement
	PastCompasses []Compass // what the compass was, the newest first
	Keeps         []Keep
	// SavedSearches without what their owners were told.
	SavedSearches []SavedSearch
	Responses     []Response
	Signals       []Signal
	RoomNeeds     []RoomNeed
	// Inquiries without their versions, which begin anew.
	Inquiries      []Inquiry
	Overlaps       []Overlap
	Participations []Participation
	Meetings       []Meeting
	Rounds         []ReflectionRound
	QuestionSets   []QuestionSet
	// NoticeSettings of those who chose something, Digests that were chosen.
	NoticeSettings []NoticeSettings
	Digests        []Digest
	Threads        []Thread // every version
	ThemeLetters   []ThemeLetter
	Celebrations   []Celebration
	Interims       []InterimResult
	// SampleMeetings and SampleRounds are only in the starter content.
	SampleMeetings []SampleMeeting
	SampleRounds   []SampleRound
	// Tombstones of what was purged: an import of a whole backpack leaves it out.
	Tombstones []Tombstone
	// Terms are the groups of words that mean the same; nil where nothing is
	// known of them, as in an older export.
	Terms []Term
	// Theme care: what went into something else, and what is asked of authors.
	ThemeMerges   []ThemeMerge
	EntryMerges   []EntryMerge
	NotDoubles    []NotDouble
	Enrichments   []Enrichment
	TextProposals []TextProposal
	// Refusals are what was looked at for themes and not put in.
	Refusals []ThemeRefusal
	// ReportedTexts are the shared texts that are reported, without who did.
	ReportedTexts []ReportedText
	// Ideas and the checklist of the core team, without their versions.
	Ideas     []Idea
	SelfCheck SelfCheck
	// Attachments, and how to open their files: only in what is read back.
	Attachments []ExportedAttachment
	Files       ExportedFiles
}
