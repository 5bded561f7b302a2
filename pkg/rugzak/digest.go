// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// The bounds of the message of the week.
const (
	MaxDigestItems  = 5
	MaxDigestReason = 160 // characters
)

// Week is a week as people count them (ISO 8601), such as "2026-W48".
type Week string

// WeekIn is the week that contains a moment, where people read their clocks.
func WeekIn(day time.Time) Week {
	year, week := day.ISOWeek()
	return Week(fmt.Sprintf("%04d-W%02d", year, week))
}

var weekForm = regexp.MustCompile(`^\d{4}-W[0-5]\d$`)

// Valid reports whether it has the form of a week.
func (w Week) Valid() bool { return weekForm.MatchString(string(w)) }

// Number is the number of the week within its year.
func (w Week) Number() int {
	if !w.Valid() {
		return 0
	}
	return int(w[6]-'0')*10 + int(w[7]-'0')
}

// DigestPick is an entry somebody chose for the message of the week, and why.
type DigestPick struct {
	Entry  EntryID
	Reason string
}

// Digest is what was chosen for the message (weekbericht) of one week, for
// everybody; each reader sees of it what they may read. Who chose is not kept:
// the change log knows.
type Digest struct {
	Week    Week
	Picks   []DigestPick
	Version int
}

// Validate checks the bounds.
func (d Digest) Validate() error {
	var p Problems
	if !d.Week.Valid() {
		p.Add("week", "error.choose")
	}
	checkCount(&p, "picks", len(d.Picks), MaxDigestItems)
	for i, pick := range d.Picks {
		name := fmt.Sprintf("reason_%d", i+1)
		checkLine(&p, name, pick.Reason, MaxDigestReason)
		if pick.Reason == "" {
			p.Add(name, "error.required")
		}
		if slices.ContainsFunc(d.Picks[:i], func(o DigestPick) bool { return o.Entry == pick.Entry }) {
			p.Add(fmt.Sprintf("entry_%d", i+1), "error.digest.twice")
		}
	}
	return p.Err()
}

// DigestSubject is the subject of changes of a digest.
func DigestSubject(w Week) string { return "digest:" + string(w) }

// DigestReader reads the messages of the week.
type DigestReader interface {
	// Digest returns what was chosen for a week; nothing chosen is no error.
	Digest(w Week) (Digest, error)
	Digests() ([]Digest, error) // newest first
	// Digested is the week whose message was last queued for a person; empty
	// when none ever was.
	Digested(person PersonID) (Week, error)
}

// DigestWriter writes the messages of the week.
type DigestWriter interface {
	// SaveDigest checks the version: base is the one that was read. One without
	// picks is taken away. A pick goes with its entry.
	SaveDigest(d Digest, base int) error
	// MarkDigested writes down that the message of a week is queued for a
	// person. It goes with the person.
	MarkDigested(person PersonID, w Week) error
}

// MailHolds says what of an entry a mail may hold.
type MailHolds string

// What mail may hold. Each holds what stands before it.
const (
	MailHoldsLink   MailHolds = "link"   // nothing but a link: no title, no name of an organisation
	MailHoldsTitle  MailHolds = "title"  // the title
	MailHoldsLesson MailHolds = "lesson" // the lesson too, of entries every department may read
)

// AllMailHolds lists them in the order in which they are offered.
func AllMailHolds() []MailHolds { return []MailHolds{MailHoldsLink, MailHoldsTitle, MailHoldsLesson} }

// MailSettings are rules for mail.
type MailSettings struct {
	Holds MailHolds
	// The message of the week goes out on this day at this hour of the day in
	// the Netherlands.
	Day  time.Weekday
	Hour int
}

// defaultMailSettings name titles, which are written to be read by many, and
// nothing else.
func defaultMailSettings() MailSettings {
	return MailSettings{Holds: MailHoldsTitle, Day: time.Tuesday, Hour: 9}
}

func (s MailSettings) check(p *Problems) {
	if !slices.Contains(AllMailHolds(), s.Holds) {
		p.Add("mail_holds", "error.choose")
	}
	if s.Day < time.Sunday || s.Day > time.Saturday {
		p.Add("digest_day", "error.choose")
	}
	if s.Hour < 0 || s.Hour > 23 {
		p.Add("digest_hour", "error.choose")
	}
}

// Sends is when the message of the week that contains a moment goes out. The
// place of the moment is where people read their clocks.
func (s MailSettings) Sends(moment time.Time) time.Time {
	monday := moment.AddDate(0, 0, -(int(moment.Weekday())+6)%7)
	day := monday.AddDate(0, 0, (int(s.Day)+6)%7)
	return time.Date(day.Year(), day.Month(), day.Day(), s.Hour, 0, 0, 0, moment.Location())
}
