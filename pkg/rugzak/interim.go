// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// InterimResult is results as they were on a day (tussenstand): numbers with
// their definitions, and stories. It never changes, but for a story that is
// purged.
type InterimResult struct {
	ID     string // as made by NewID
	Number int    // 1, 2, 3...
	Title  string
	Text   string // what it means, in plain lines; for everybody
	Lang   Lang   // of title and text
	Span   ResultSpan
	At     time.Time
	// Figures are the numbers of each scope, with the definitions they were
	// reckoned by.
	Figures []InterimFigures
	Stories []InterimStory
	Sample  bool
}

// InterimFigures are the numbers of one scope, byte for byte as they were
// frozen.
type InterimFigures struct {
	Scope Scope
	Data  string // JSON of FrozenFigures
	Hash  string // SHA-256 of Data
}

// FrozenFigures are what is in the data of InterimFigures.
type FrozenFigures struct {
	Results     MovementResults     `json:"results"`
	Definitions []InterimDefinition `json:"definitions"`
}

// InterimDefinition is how something was counted, in the words of that day.
type InterimDefinition struct {
	Key string `json:"key"`
	NL  string `json:"nl"`
	EN  string `json:"en"`
}

// InterimStory is a quoted entry, as it was. It names an organisation, never a
// person.
type InterimStory struct {
	Rung         Rung
	Entry        EntryID
	Version      int // of the entry
	Kind         Kind
	Lang         Lang
	Title, Text  string
	Organisation string
	Hash         string // SHA-256 of what was quoted; stays when it is purged
	// Readers are the tokens of those who could read it when it was frozen, or
	// when it was purged: they are told that it was there.
	Readers []string
	Removed time.Time // when it was purged; zero while it is there
}

// MaxInterimText is the longest text of an interim result, in characters.
const MaxInterimText = 2000

// Validate checks the limits of an interim result, and that its hashes are those
// of what it holds.
func (i InterimResult) Validate() error {
	var p Problems
	if i.Title == "" {
		p.Add("title", "error.required")
	}
	checkLine(&p, "title", i.Title, MaxName)
	if len([]rune(i.Text)) > MaxInterimText {
		p.Add("text", "error.too_long", MaxInterimText)
	}
	if !cleanText(i.Text) {
		p.Add("text", "error.unprintable")
	}
	if !i.Lang.Valid() {
		p.Add("lang", "error.choose")
	}
	if !i.Span.Valid() {
		p.Add("span", "error.choose")
	}
	for _, f := range i.Figures {
		if f.Hash != hashOf(f.Data) {
			p.Add("figures", "error.malformed")
		}
	}
	for _, s := range i.Stories {
		if !slices.Contains(StoryPlaces(), s.Rung) || s.Removed.IsZero() && s.Hash != s.Fingerprint() {
			p.Add("stories", "error.malformed")
		}
	}
	return p.Err()
}

func hashOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// Freeze makes the figures of a scope, with their hash.
func Freeze(scope Scope, f FrozenFigures) (InterimFigures, error) {
	data, err := json.Marshal(f)
	return InterimFigures{Scope: scope, Data: string(data), Hash: hashOf(string(data))}, err
}

// Thaw reads the figures of a scope back; ok is false when there are none.
func (i InterimResult) Thaw(scope Scope) (f FrozenFigures, hash string, ok bool) {
	at := slices.IndexFunc(i.Figures, func(x InterimFigures) bool { return x.Scope == scope })
	if at < 0 {
		return f, "", false
	}
	err := json.Unmarshal([]byte(i.Figures[at].Data), &f)
	return f, i.Figures[at].Hash, err == nil
}

// Hashed is what is hashed of a story: five parts, each on a line of its own.
func (s InterimStory) Hashed() string {
	return strings.Join([]string{string(s.Entry), string(s.Kind), s.Title, s.Text, s.Organisation}, "\n")
}

// Fingerprint is the hash of what a story says.
func (s InterimStory) Fingerprint() string { return hashOf(s.Hashed()) }

// Forget takes out what a story says of an entry that is purged.
func (s *InterimStory) Forget(at time.Time) {
	s.Title, s.Text, s.Organisation, s.Removed = "", "", "", at
}

// VerbInterimSaved and VerbInterimRemoved are the changes of interim results.
const (
	VerbInterimSaved   Verb = "interim.saved"
	VerbInterimRemoved Verb = "interim.removed"
)

// InterimSubject is the subject of changes of an interim result.
func InterimSubject(id string) string { return "interim:" + id }

// InterimReader reads interim results.
type InterimReader interface {
	Interim(id string) (InterimResult, error)
	// Interims lists all, newest first.
	Interims() ([]InterimResult, error)
}

// InterimWriter writes interim results. The tombstone of an entry takes the
// stories of it away.
type InterimWriter interface {
	SaveInterim(i InterimResult) error
	RemoveInterim(id string) error
	// ForgetStories takes out what stories say of an entry, of versions before
	// one; of all when that is 0.
	ForgetStories(id EntryID, before int, at time.Time) error
}
