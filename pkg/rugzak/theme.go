// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Theme is a curated bundle of entries with a common thread (rode draad).
// Which entries belong to it stands on the entries.
type Theme struct {
	ID       ThemeID
	Title    string
	Summary  string   // one sentence
	Thread   string   // the common thread, Markdown
	Synonyms []string // other words by which people look for it
	// OpenQuestions are questions nobody in the theme has answered yet.
	OpenQuestions []string
	Pins          []EntryID // "begin hier"
	Curators      []PersonID
	// Audience of the title, summary and thread: members only (internal), or
	// also for named partners.
	Audience Audience
	Closed   bool
	// Reported says that somebody is spoken of in it: see CanReadThread.
	Reported  bool
	Sample    bool
	NotBSN    []string
	Version   int
	UpdatedAt time.Time
}

// The limits of a theme.
const (
	MaxThread   = 64 << 10 // bytes
	MaxSynonyms = 50
	MaxPins     = 3
)

// Validate checks the limits of a theme.
func (t Theme) Validate() error {
	var p Problems
	if !ValidSlug(string(t.ID)) {
		p.Add("id", "error.slug")
	}
	checkName(&p, "title", t.Title)
	checkLine(&p, "summary", t.Summary, MaxLesson)
	if len(t.Thread) > MaxThread {
		p.Add("thread", "error.body_too_long", MaxThread>>10)
	}
	if !cleanText(t.Thread) {
		p.Add("thread", "error.unprintable")
	}
	checkCount(&p, "synonyms", len(t.Synonyms), MaxSynonyms)
	for _, s := range t.Synonyms {
		checkLine(&p, "synonyms", s, MaxTag)
	}
	checkCount(&p, "open_questions", len(t.OpenQuestions), MaxSynonyms)
	for _, q := range t.OpenQuestions {
		checkLine(&p, "open_questions", q, MaxLesson)
	}
	checkCount(&p, "pins", len(t.Pins), MaxPins)
	if t.Audience.Level != LevelInternal || slices.Contains(t.Audience.Also, WholeMunicipality) {
		p.Add("audience", "error.choose")
	}
	return p.Err()
}
