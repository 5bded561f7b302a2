// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"rugzak/pkg/rugzak"
)

// document is one text with the properties by which it is filtered and counted.
type document struct {
	Number      int
	ID          string
	Lang        rugzak.Lang
	Title, Body string
	Kind        rugzak.Kind
	Group       int // organisation and audience: see groups
	Themes      []rugzak.ThemeID
	Phase       rugzak.PhaseID
	Year        int
	Listed      time.Time
}

// question is one query. Relevant are the ids of the texts that answer it.
type question struct {
	ID       string   `json:"qid"`
	Category string   `json:"category"`
	Text     string   `json:"query"`
	Relevant []string `json:"relevant"`
	Begin    string   `json:"-"` // what somebody has typed who is still typing
}

// dataset is the texts and queries of one run.
type dataset struct {
	Name string
	Size int
	At   func(i int) document
	// Ask gives the queries of a round.
	Ask func(round, n int) []question
	// source are the files a corpus was read from; empty for generated texts.
	source [2]string
	// Judged are queries with known answers; none for generated texts.
	Judged []question
}

// group is who wrote a text and who may read it.
type group struct {
	Organisation rugzak.Organisation
	Audience     rugzak.Audience
}

const (
	departments = 8
	partners    = 4
	themes      = 40
	firstYear   = 2017
	years       = 10
)

var began = time.Date(firstYear, 1, 1, 8, 0, 0, 0, time.UTC)

// organisations are those that write.
func organisations() []rugzak.Organisation {
	var out []rugzak.Organisation
	for i := range departments + partners {
		o := rugzak.Organisation{ID: rugzak.OrganisationID(fmt.Sprintf("afdeling-%d", i+1)), Name: fmt.Sprintf("Afdeling %d", i+1), Kind: rugzak.Department}
		if i >= departments {
			o = rugzak.Organisation{ID: rugzak.OrganisationID(fmt.Sprintf("partner-%d", i-departments+1)), Name: fmt.Sprintf("Partner %d", i-departments+1), Kind: rugzak.Partner}
		}
		out = append(out, o)
	}
	return out
}

// groups are the ways in which texts are shared: seven of ten with all
// departments, two with their own, one with a partner too. Partners share with
// all departments.
func groups() []group {
	var out []group
	all := organisations()
	for i, o := range all {
		partner := all[departments+i%partners].ID
		for n := range 10 {
			a := rugzak.Audience{Level: rugzak.LevelInternal}
			switch {
			case o.Kind == rugzak.Partner:
				a = rugzak.Audience{Level: rugzak.LevelOrganisation, Also: []rugzak.OrganisationID{rugzak.WholeMunicipality}}
			case n == 7, n == 8:
				a.Level = rugzak.LevelOrganisation
			case n == 9:
				a.Also = []rugzak.OrganisationID{partner}
			}
			out = append(out, group{o, a})
		}
	}
	return out
}

// kinds are those that need no data of their own.
func kinds() []rugzak.Kind {
	return []rugzak.Kind{rugzak.KindExperience, rugzak.KindSuccess, rugzak.KindFailure, rugzak.KindInsight, rugzak.KindQuestion}
}

func themeID(i int) rugzak.ThemeID { return rugzak.ThemeID(fmt.Sprintf("thema-%d", i+1)) }

// label gives a text its properties, which depend on its number only.
func (d document) label() document {
	h := uint64(d.Number)*0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019
	next := func(n int) int {
		h ^= h >> 31
		h *= 0xBF58476D1CE4E5B9
		h ^= h >> 29
		return int(h % uint64(n))
	}
	d.Kind = kinds()[next(len(kinds()))]
	d.Group = next(len(groups()))
	d.Themes = []rugzak.ThemeID{themeID(next(themes))}
	if next(3) == 0 {
		if second := themeID(next(themes)); second != d.Themes[0] {
			d.Themes = append(d.Themes, second)
		}
	}
	if p := next(6); p < len(rugzak.DefaultPhases()) {
		d.Phase = rugzak.DefaultPhases()[p].ID
	}
	d.Year = firstYear + next(years)
	d.Listed = began.Add(time.Duration(d.Number) * time.Minute)
	return d
}

var everyGroup = groups()

// tokens say who may find a text.
func (d document) tokens() []string {
	g := everyGroup[d.Group]
	return rugzak.EntryTokens(rugzak.Entry{
		State: rugzak.StateShared, Mode: rugzak.ByName, Audience: g.Audience,
		Organisation: g.Organisation.ID, OrganisationKind: g.Organisation.Kind,
	})
}

// reader is who looks: a member of the first department.
func reader() rugzak.Person {
	o := organisations()[0]
	return rugzak.Person{
		ID: "lezer", Email: "lezer@voorbeeld.test", Name: "Lezer", Organisation: o.ID, Kind: o.Kind,
		Roles: []rugzak.Role{rugzak.RoleParticipant}, Language: rugzak.Dutch,
	}
}

// readerTokens say what the reader may find.
var readerTokens = rugzak.ReaderTokens(reader())

// everyToken are the tokens of somebody who may find everything: for plain
// queries, which the other engines do not filter at all.
var everyToken = func() []string {
	tokens := []string{rugzak.InternalToken}
	for _, o := range organisations() {
		tokens = append(tokens, rugzak.OrganisationToken(o.ID))
	}
	return tokens
}()

// readCorpus reads texts and queries from files of JSON lines. All departments
// may read every text, so that the reader can find each of them.
func readCorpus(docs, queries string) (dataset, error) {
	type line struct {
		ID    string      `json:"id"`
		Lang  rugzak.Lang `json:"lang"`
		Title string      `json:"title"`
		Body  string      `json:"body_markdown"`
	}
	lines, err := readLines[line](docs)
	if err != nil {
		return dataset{}, err
	}
	judged, err := readLines[question](queries)
	if err != nil {
		return dataset{}, err
	}
	for i, q := range judged {
		judged[i].Begin = firstLetters(q.Text)
	}
	if len(lines) == 0 || len(judged) == 0 {
		return dataset{}, fmt.Errorf("%s or %s is empty", docs, queries)
	}
	return dataset{
		Name: "corpus", Size: len(lines), Judged: judged,
		At: func(i int) document {
			l := lines[i]
			d := document{Number: i, ID: l.ID, Lang: l.Lang.Or(rugzak.Dutch), Title: l.Title, Body: l.Body}.label()
			d.Group = d.Group / 10 % departments * 10
			return d
		},
		Ask: func(round, n int) []question {
			out := make([]question, min(n, len(judged)))
			for i := range out {
				out[i] = judged[(round*n+i)%len(judged)]
			}
			return out
		},
	}, nil
}

func readLines[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []T
	s := bufio.NewScanner(f)
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		var v T
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, len(out)+1, err)
		}
		out = append(out, v)
	}
	return out, s.Err()
}
