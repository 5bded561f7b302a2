// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package feed_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"

	"rugzak/pkg/feed"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func atomOf(title, summary string) feed.Atom {
	return feed.Atom{
		ID: "tag:rugzak.voorbeeld.test,2026:feed/1", Lang: "nl", Title: "Thema: de bal", Author: "Rugzak", Link: "https://rugzak.voorbeeld.test/themas/bal", Updated: noon,
		Articles: []feed.Article{
			{ID: "https://rugzak.voorbeeld.test/ervaringen/a", Lang: "nl", Title: title, Link: "https://rugzak.voorbeeld.test/ervaringen/a", Summary: summary, At: noon},
			{ID: "https://rugzak.voorbeeld.test/ervaringen/b", Lang: "en", Title: "Two", Link: "https://rugzak.voorbeeld.test/ervaringen/b", At: noon.Add(-time.Hour)},
		},
	}
}

func TestAtomIsReadByOthers(t *testing.T) {
	body, err := atomOf(`Wie "belt" <school> & co?`, "Bel eerst").Bytes()
	if err != nil {
		t.Fatal(err)
	}
	read, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if read.FeedType != "atom" || read.FeedVersion != "1.0" || read.Title != "Thema: de bal" || !read.UpdatedParsed.Equal(noon) || read.Link != "https://rugzak.voorbeeld.test/themas/bal" || len(read.Items) != 2 {
		t.Fatalf("read %+v", read)
	}
	first := read.Items[0]
	if first.Title != `Wie "belt" <school> & co?` || first.Description != "Bel eerst" || first.GUID != "https://rugzak.voorbeeld.test/ervaringen/a" || !first.UpdatedParsed.Equal(noon) {
		t.Errorf("read %+v", first)
	}
	if strings.Contains(string(body), `rel="self"`) {
		t.Error("the feed tells its own address")
	}
	const want = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">
 <id>tag:rugzak.voorbeeld.test,2026:feed/1</id>
 <title>Thema: de bal</title>
 <updated>2026-11-26T12:00:00Z</updated>
 <author>
  <name>Rugzak</name>
 </author>
 <link rel="alternate" type="text/html" href="https://rugzak.voorbeeld.test/themas/bal"></link>
 <entry xml:lang="nl">
`
	if !strings.HasPrefix(string(body), want) {
		t.Errorf("the feed begins\n%s", body[:min(len(body), 600)])
	}
}

func calendarOf(title, place string) feed.Calendar {
	return feed.Calendar{Name: "Mijn rugzak", Events: []feed.Event{
		{UID: "step-1@rugzak.voorbeeld.test", Title: title, Link: "https://rugzak.voorbeeld.test/ervaringen/a", Start: time.Date(2026, 12, 3, 0, 0, 0, 0, time.UTC), Changed: noon},
		{UID: "meeting-2@rugzak.voorbeeld.test", Title: "Kwartaal; samen, leren", Place: place, Start: noon, End: noon.Add(time.Hour), Changed: noon, Cancelled: true},
	}}
}

func TestCalendarIsReadByOthers(t *testing.T) {
	long := strings.Repeat("Wat één gesprek kan doén voor de buurt; ", 8)
	body, err := calendarOf(long, `Zaal 1\2, "Het Plein"`).Bytes()
	if err != nil {
		t.Fatal(err)
	}
	fitsFormat(t, body)
	cal, err := ical.NewDecoder(bytes.NewReader(body)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	text := func(e ical.Event, name string) string {
		t.Helper()
		s, err := e.Props.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if got := text(events[0], ical.PropSummary); got != long {
		t.Errorf("the title came back as %q", got)
	}
	if got := events[0].Props.Get(ical.PropDateTimeStart); got.Value != "20261203" || got.Params.Get("VALUE") != "DATE" {
		t.Errorf("the day is %+v", got)
	}
	if got := events[0].Props.Get(ical.PropDateTimeEnd); got.Value != "20261204" {
		t.Errorf("the day ends %+v", got)
	}
	if got := text(events[1], ical.PropLocation); got != `Zaal 1\2, "Het Plein"` {
		t.Errorf("the place came back as %q", got)
	}
	if start, err := events[1].DateTimeStart(time.UTC); err != nil || !start.Equal(noon) {
		t.Errorf("it starts %v, %v", start, err)
	}
	if got := text(events[1], ical.PropStatus); got != "CANCELLED" {
		t.Errorf("the status is %q", got)
	}
	if uid := text(events[0], ical.PropUID); uid != "step-1@rugzak.voorbeeld.test" {
		t.Errorf("the UID is %q", uid)
	}
	again, err := calendarOf(long, `Zaal 1\2, "Het Plein"`).Bytes()
	if err != nil || !bytes.Equal(body, again) {
		t.Errorf("the same calendar has other bytes: %v", err)
	}
}

// fitsFormat holds every line to RFC 5545: CRLF, at most 75 bytes, whole
// characters.
func fitsFormat(t *testing.T, body []byte) {
	t.Helper()
	if !bytes.HasSuffix(body, []byte("END:VCALENDAR\r\n")) {
		t.Fatalf("the calendar ends %q", body[max(0, len(body)-40):])
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(body), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Fatalf("a line of %d bytes: %q", len(line), line)
		}
	}
}

// Whatever somebody typed, both files can be read, and hold it as text only.
func FuzzFeeds(f *testing.F) {
	for _, s := range []string{"", "a", "BEGIN:VEVENT\r\nUID:x", "\x00\u202e", strings.Repeat("é", 200), "]]></title><entry/>", `\n\,\;`, "🙂 🙂", "\xff", "a\\", strings.Repeat(" ", 90)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		body, err := atomOf("x"+s, s).Bytes()
		if err != nil {
			t.Fatal(err)
		}
		read, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil || len(read.Items) != 2 {
			t.Fatalf("%v in\n%s", err, body)
		}
		if body, err = calendarOf("x"+s, s).Bytes(); err != nil {
			t.Fatal(err)
		}
		fitsFormat(t, body)
		cal, err := ical.NewDecoder(bytes.NewReader(body)).Decode()
		if err != nil || len(cal.Events()) != 2 {
			t.Fatalf("%v in\n%s", err, body)
		}
	})
}
