// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Phase is a step of the movement (fase), in which entries are written. The
// names are data, so that they can change without code.
type Phase struct {
	ID     PhaseID
	NameNL string
	NameEN string
	Begins string // day; empty when it has none, and then it is not on the programme line
	// Closed: nobody chooses it any more. Entries that were written in it keep it.
	Closed bool
}

// MaxPhases is how many phases there may be, those that were closed among them.
const MaxPhases = 20

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
		{ID: "instappen", NameNL: "Instappen", NameEN: "Getting on board"},
		{ID: "verkennen", NameNL: "Verkennen", NameEN: "Exploring"},
		{ID: "in-beweging", NameNL: "In beweging", NameEN: "In motion"},
		{ID: "verankeren", NameNL: "Verankeren", NameEN: "Anchoring"},
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

// OpenPhases lists the phases a writer may choose.
func (m Movement) OpenPhases() []Phase {
	var out []Phase
	for _, p := range m.Phases {
		if !p.Closed {
			out = append(out, p)
		}
	}
	return out
}

// ValidatePhases checks the limits of phases.
func ValidatePhases(all []Phase) error {
	var p Problems
	checkCount(&p, "phases", len(all), MaxPhases)
	seen := map[PhaseID]bool{}
	for _, f := range all {
		if !ValidSlug(string(f.ID)) || seen[f.ID] {
			p.Add("phases", "error.slug")
		}
		seen[f.ID] = true
		checkName(&p, "phases", f.NameNL)
		checkLine(&p, "phases", f.NameEN, MaxName)
		if f.Begins != "" && !validDay(f.Begins) {
			p.Add("phases", "error.day")
		}
	}
	return p.Err()
}
