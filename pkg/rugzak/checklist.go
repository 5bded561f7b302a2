// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// CheckPoint is something the organisation arranges before people use the
// backpack. The program cannot see whether it is so: somebody says it is.
type CheckPoint string

// The points of the legal checklist.
const (
	CheckOfficer       CheckPoint = "officer"       // the data protection officer is involved
	CheckDPIA          CheckPoint = "dpia"          // pre-DPIA, and a DPIA when the risk is high
	CheckRegister      CheckPoint = "register"      // register of processing, art. 30 AVG
	CheckCouncil       CheckPoint = "council"       // works council, art. 27.1 k and l WOR
	CheckPartners      CheckPoint = "partners"      // who is the controller towards partners
	CheckRetention     CheckPoint = "retention"     // how long things are kept
	CheckWoo           CheckPoint = "woo"           // the contact for requests under the Woo
	CheckSecurity      CheckPoint = "security"      // BIO2
	CheckNotice        CheckPoint = "notice"        // the privacy statement is filled in
	CheckAccessibility CheckPoint = "accessibility" // the accessibility statement is filled in
)

// CheckPoints lists the points in the order in which they are shown.
func CheckPoints() []CheckPoint {
	return []CheckPoint{
		CheckOfficer, CheckDPIA, CheckRegister, CheckCouncil, CheckPartners,
		CheckRetention, CheckWoo, CheckSecurity, CheckNotice, CheckAccessibility,
	}
}

// Valid reports whether the point exists.
func (p CheckPoint) Valid() bool { return slices.Contains(CheckPoints(), p) }

// CheckMark says who ticked a point, and when.
type CheckMark struct {
	Point CheckPoint
	By    PersonID
	At    time.Time
}

// Checklist is what was ticked of the legal checklist, in order of the points.
type Checklist struct {
	Marks   []CheckMark
	Version int
}

// Mark returns the mark of a point.
func (c Checklist) Mark(p CheckPoint) (CheckMark, bool) {
	i := slices.IndexFunc(c.Marks, func(m CheckMark) bool { return m.Point == p })
	if i < 0 {
		return CheckMark{}, false
	}
	return c.Marks[i], true
}

// Tick returns the list with exactly these points ticked. What was ticked
// before keeps who did it and when.
func (c Checklist) Tick(points []CheckPoint, by PersonID, at time.Time) (Checklist, error) {
	var problems Problems
	for _, p := range points {
		if !p.Valid() {
			problems.Add("point", "error.choose")
			return c, problems.Err()
		}
	}
	out := Checklist{Version: c.Version}
	for _, p := range CheckPoints() {
		if !slices.Contains(points, p) {
			continue
		}
		mark, ok := c.Mark(p)
		if !ok {
			mark = CheckMark{Point: p, By: by, At: at}
		}
		out.Marks = append(out.Marks, mark)
	}
	return out, nil
}

// ChecklistReader reads the legal checklist.
type ChecklistReader interface {
	// Checklist returns what was ticked; nothing in a new backpack.
	Checklist() (Checklist, error)
}

// ChecklistWriter writes the legal checklist.
type ChecklistWriter interface {
	// SaveChecklist checks the version: base is the one that was read.
	SaveChecklist(c Checklist, base int) error
}
