// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package feed

import (
	"encoding/xml"
	"fmt"
	"time"
)

// Atom is a feed.
type Atom struct {
	ID       string // an address that never changes
	Lang     string
	Title    string
	Author   string // of everything in it: no person is named
	Link     string // the page that shows the same
	Updated  time.Time
	Articles []Article
}

// Article is one thing in a feed.
type Article struct {
	ID      string
	Lang    string // of its title and summary
	Title   string
	Link    string
	Summary string // plain text; may be empty
	At      time.Time
}

// MimeAtom is the type of an Atom feed.
const MimeAtom = "application/atom+xml; charset=utf-8"

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Link    atomLink    `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang    string       `xml:"xml:lang,attr,omitempty"`
	ID      string       `xml:"id"`
	Title   string       `xml:"title"`
	Updated string       `xml:"updated"`
	Link    atomLink     `xml:"link"`
	Summary *atomSummary `xml:"summary"`
}

type atomSummary struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Bytes writes the feed. It has no link to itself: its address is a secret, and
// must not go along when somebody passes the file on.
func (a Atom) Bytes() ([]byte, error) {
	out := atomFeed{
		Lang: a.Lang, ID: a.ID, Title: a.Title, Updated: moment(a.Updated), Author: atomAuthor{a.Author}, Link: page(a.Link),
	}
	for _, r := range a.Articles {
		e := atomEntry{Lang: r.Lang, ID: r.ID, Title: r.Title, Updated: moment(r.At), Link: page(r.Link)}
		if r.Summary != "" {
			e.Summary = &atomSummary{Type: "text", Text: r.Summary}
		}
		out.Entries = append(out.Entries, e)
	}
	body, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return append(append([]byte(xml.Header), body...), '\n'), nil
}

func page(address string) atomLink {
	return atomLink{Rel: "alternate", Type: "text/html", Href: address}
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
