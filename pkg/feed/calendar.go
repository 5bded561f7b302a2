// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package feed

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"
)

// Calendar is a list of dates.
type Calendar struct {
	Name   string
	Events []Event
}

// Event is one date: a whole day when it has no end, else from moment to moment.
type Event struct {
	UID        string // never changes, and is of this event alone
	Title      string
	Place      string
	Link       string
	Start, End time.Time
	Changed    time.Time
	Cancelled  bool
}

// MimeCalendar is the type of a calendar.
const MimeCalendar = "text/calendar; charset=utf-8"

// Bytes writes the calendar. Whoever looks at it is asked to come back once
// every six hours.
func (c Calendar) Bytes() ([]byte, error) {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Rugzak//Rugzak//NL")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName(clean(c.Name))
	cal.SetRefreshInterval("PT6H", ics.WithValue("DURATION"))
	for _, e := range c.Events {
		event := cal.AddEvent(clean(e.UID))
		event.SetDtStampTime(e.Changed.UTC())
		event.SetModifiedAt(e.Changed.UTC())
		event.SetSummary(clean(e.Title))
		if e.End.IsZero() {
			event.SetAllDayStartAt(e.Start)
			event.SetAllDayEndAt(e.Start.AddDate(0, 0, 1))
			event.SetTimeTransparency(ics.TransparencyTransparent) // the day is not taken by it
		} else {
			event.SetStartAt(e.Start.UTC())
			event.SetEndAt(e.End.UTC())
		}
		if e.Place != "" {
			event.SetLocation(clean(e.Place))
		}
		if e.Link != "" {
			event.SetURL(e.Link)
		}
		if e.Cancelled {
			event.SetStatus(ics.ObjectStatusCancelled)
		}
		event.SetClass(ics.ClassificationPrivate)
	}
	var out bytes.Buffer
	if err := cal.SerializeTo(&out, ics.WithNewLine("\r\n")); err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return out.Bytes(), nil
}

// clean takes out what the format has no way to write.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
}
