// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// Compass is the shared purpose with its drives (kompas).
type Compass struct {
	Purpose   string // Markdown
	Drives    []Drive
	Sample    bool
	Version   int
	UpdatedAt time.Time
}

// Drive is one thing that moves us (drijfveer).
type Drive struct {
	ID      DriveID
	Name    string
	Meaning string // one sentence
}

// Drive returns the drive with this id.
func (c Compass) Drive(id DriveID) (Drive, bool) {
	for _, d := range c.Drives {
		if d.ID == id {
			return d, true
		}
	}
	return Drive{}, false
}

// Horizon is how far away an agenda item lies.
type Horizon string

// The horizons.
const (
	HorizonNow      Horizon = "now"
	HorizonThisYear Horizon = "this-year"
	HorizonLater    Horizon = "later"
)

// Horizons lists the horizons from near to far.
func Horizons() []Horizon { return []Horizon{HorizonNow, HorizonThisYear, HorizonLater} }

// AgendaItem is an item of the future agenda (agendapunt).
type AgendaItem struct {
	ID            string // slug
	Title         string
	Text          string
	Horizon       Horizon
	Organisations []OrganisationID // who leads
	Sample        bool
}

// ReflectionRound is a recurring set of questions to all organisations
// (reflectieronde).
type ReflectionRound struct {
	ID        string // slug
	Title     string
	Text      string
	Weeks     int    // from one round to the next
	Start     string // day
	Questions []string
	Sample    bool
}

// Movement is what gives the backpack direction: it is small, read on most
// pages and changed seldom, so it is kept as one record.
type Movement struct {
	Compass Compass
	Agenda  []AgendaItem
	Rounds  []ReflectionRound
	Phases  []Phase
}

// Phase is a step of the movement (fase), in which entries are written. The
// names are data, so that they can change without code.
type Phase struct {
	ID     PhaseID
	NameNL string
	NameEN string
}

// Name is the name of the phase in a language.
func (p Phase) Name(l Lang) string {
	if l == English && p.NameEN != "" {
		return p.NameEN
	}
	return p.NameNL
}

// DefaultPhases are the phases a new backpack starts with.
func DefaultPhases() []Phase {
	return []Phase{
		{"instappen", "Instappen", "Getting on board"},
		{"verkennen", "Verkennen", "Exploring"},
		{"in-beweging", "In beweging", "In motion"},
		{"verankeren", "Verankeren", "Anchoring"},
	}
}

// Phase returns the phase with this id.
func (m Movement) Phase(id PhaseID) (Phase, bool) {
	for _, p := range m.Phases {
		if p.ID == id {
			return p, true
		}
	}
	return Phase{}, false
}
