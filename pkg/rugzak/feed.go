// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Feed says what somebody follows in a reader or calendar of their own.
type Feed struct {
	Kind FeedKind
	// About is the theme of FeedTheme and the saved search of FeedSearch; empty
	// for the others.
	About string
}

// FeedKind is a sort of feed.
type FeedKind string

// The feeds. All but the calendar are Atom feeds.
const (
	FeedTheme    FeedKind = "theme"    // what is new in a theme
	FeedSearch   FeedKind = "search"   // what a saved search finds, newest first
	FeedNew      FeedKind = "new"      // everything new that the person may read
	FeedBackpack FeedKind = "backpack" // what the person is told: the notices of their backpack
	FeedCalendar FeedKind = "calendar" // dates: steps, rounds and meetings
)

// FeedKinds lists them in the order in which they are offered.
func FeedKinds() []FeedKind {
	return []FeedKind{FeedNew, FeedBackpack, FeedCalendar, FeedTheme, FeedSearch}
}

// The bounds of feeds.
const (
	MaxFeedTokens   = 40  // of one person
	MaxFeedName     = 100 // characters
	MaxFeedEntries  = 30  // in one Atom feed
	MaxFeedOccasion = 500 // dates in one calendar
)

// FeedToken is a private address by which a program reads one feed for a
// person, with the rights that person has when it is read. The secret itself is
// only in the address: Hash is its SHA-256 in hex, so that nobody can make the
// address again from what is stored.
type FeedToken struct {
	Person PersonID
	ID     string // names the address in the person's own list; opens nothing
	Hash   string
	Name   string // what the person calls it: "telefoon"
	Feed   Feed
	// Epoch of the person when the address was made: what ends all their
	// sessions (another password, other rights, leaving) ends it too.
	Epoch int
	At    time.Time
	// UsedAt is the day on which it was last read, so that a person sees which
	// addresses are no longer in use. No more than the day, and only they see it.
	UsedAt time.Time
}

// OpensFor reports whether the address still opens anything for its person.
func (f FeedToken) OpensFor(p Person) bool {
	return p.ID == f.Person && !p.Inactive && !p.Former && p.Epoch == f.Epoch
}

// Validate checks the bounds.
func (f FeedToken) Validate() error {
	var p Problems
	if f.Name == "" {
		p.Add("name", "error.required")
	}
	checkLine(&p, "name", f.Name, MaxFeedName)
	needs := f.Feed.Kind == FeedTheme || f.Feed.Kind == FeedSearch
	if !slices.Contains(FeedKinds(), f.Feed.Kind) || needs != (f.Feed.About != "") {
		p.Add("feed", "error.choose")
	}
	return p.Err()
}

// FeedDay is the day of a moment, which is all that is kept of when an address
// was used.
func FeedDay(t time.Time) time.Time {
	t = t.UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// FeedTokenReader reads the private addresses of feeds.
type FeedTokenReader interface {
	FeedToken(hash string) (FeedToken, error)
	// FeedTokens lists those of a person, oldest first.
	FeedTokens(person PersonID) ([]FeedToken, error)
}

// FeedTokenWriter writes them. They go with their person.
type FeedTokenWriter interface {
	SaveFeedToken(f FeedToken) error
	RemoveFeedToken(hash string) error
}

// FeedShows says what a feed may hold of an entry: what mail may hold. A feed
// leaves the site just as a mail does, so one setting holds for both. The text
// is never among it.
func FeedShows(holds MailHolds, e Entry) (title, lesson bool) {
	return holds != MailHoldsLink, holds == MailHoldsLesson && e.Audience.Level == LevelInternal
}
