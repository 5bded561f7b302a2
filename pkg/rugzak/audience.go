// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"strings"
)

// Level is how far an entry reaches inside the author's own surroundings.
type Level string

// The levels, from narrow to wide.
const (
	LevelDraft        Level = "draft"        // its authors
	LevelTeam         Level = "team"         // the entry's team
	LevelOrganisation Level = "organisation" // the entry's organisation
	LevelInternal     Level = "internal"     // members of all departments
)

// WholeMunicipality in Audience.Also stands for the members of all
// departments: how a partner shares with "hele gemeente".
const WholeMunicipality OrganisationID = "internal"

// MaxAlso is the largest number of organisations an entry names on top.
const MaxAlso = 100

// Audience says who may read a shared entry, in two independent parts: a level
// in the own surroundings, and any organisations on top.
type Audience struct {
	Level Level
	Also  []OrganisationID // sorted, without doubles
}

// Rank orders levels from narrow (0) to wide (3); -1 for an unknown level.
func (l Level) Rank() int {
	return slices.Index([]Level{LevelDraft, LevelTeam, LevelOrganisation, LevelInternal}, l)
}

// Clean sorts the organisations and drops doubles and those the level already
// covers.
func (a Audience) Clean(own OrganisationID) Audience {
	var also []OrganisationID
	for _, o := range a.Also {
		if o == "" || o == own && a.Level.Rank() >= LevelOrganisation.Rank() {
			continue
		}
		also = append(also, o)
	}
	slices.Sort(also)
	return Audience{Level: a.Level, Also: slices.Compact(also)}
}

// Equal reports whether both reach the same readers by the same words.
func (a Audience) Equal(b Audience) bool {
	return a.Level == b.Level && slices.Equal(a.Also, b.Also)
}

// NarrowerThan reports whether a leaves out somebody whom b lets in: then
// every reader's next answer must already follow a.
func (a Audience) NarrowerThan(b Audience) bool {
	if a.Level.Rank() < b.Level.Rank() {
		return true
	}
	for _, o := range b.Also {
		if !slices.Contains(a.Also, o) {
			return true
		}
	}
	return false
}

// String gives the form of the command line: LEVEL[+ID,...].
func (a Audience) String() string {
	s := string(a.Level)
	for i, o := range a.Also {
		if i == 0 {
			s += "+"
		} else {
			s += ","
		}
		s += string(o)
	}
	return s
}

// ParseAudience reads LEVEL[+NAME,...]. The names are returned as they stand;
// the caller looks the organisations up.
func ParseAudience(s string) (Audience, error) {
	level, names, some := strings.Cut(s, "+")
	a := Audience{Level: Level(strings.TrimSpace(level))}
	if a.Level.Rank() < 0 {
		return Audience{}, &Error{Code: CodeInvalid, Key: "error.audience.level"}
	}
	if !some {
		return a, nil
	}
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		if name == "" {
			return Audience{}, &Error{Code: CodeInvalid, Key: "error.audience.names"}
		}
		a.Also = append(a.Also, OrganisationID(name))
	}
	return a, nil
}
