// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"slices"
	"time"
)

// Maturity (rijpheid) is how far a lesson has been tried by others. It rises
// when other organisations apply the lesson and that helps, never by votes.
type Maturity string

// The steps of maturity.
const (
	MaturityIdea      Maturity = "idea"      // los idee
	MaturityOnce      Maturity = "once"      // 1x ervaren: one application of another organisation helped
	MaturityConfirmed Maturity = "confirmed" // vaker bevestigd: several did
	MaturityAgreement Maturity = "agreement" // werkafspraak: confirmed by others, and marked by somebody
)

// Maturities lists the steps, from low to high.
func Maturities() []Maturity {
	return []Maturity{MaturityIdea, MaturityOnce, MaturityConfirmed, MaturityAgreement}
}

// The rules of maturity.
const (
	// confirmedFrom is from how many applications a lesson counts as confirmed.
	confirmedFrom = 2
	// agreementFrom is how many other organisations must have confirmed a lesson
	// before it can be a working agreement.
	agreementFrom = 2 // no fewer than confirmedFrom: the highest step comes last
)

// Matures reports whether entries of a kind have a maturity: what others can
// apply. Questions and applications do not, and working methods tell by whom
// they are used.
func (k Kind) Matures() bool {
	switch k {
	case KindExperience, KindSuccess, KindFailure, KindInsight:
		return true
	}
	return false
}

// Confirmation is one application that helped.
type Confirmation struct {
	Organisation OrganisationID // that applied the lesson
	At           time.Time
}

// Growth is how mature a lesson is.
type Growth struct {
	Maturity Maturity
	// Month is since when, "2026-11"; empty for a loose idea. The day is not
	// told: an application may tell nothing but its organisation and outcome.
	Month string
	// Others is how many other organisations confirmed it.
	Others int
	// MayAgree: enough others confirmed it to mark it as a working agreement.
	MayAgree bool
}

// GrowthOf reckons how mature a lesson is from what all its readers may know of:
// the applications that helped. Those of the own organisation do not count, so
// that nobody raises their own lesson. A working agreement needs two other
// organisations and a person who marks it; when applications are withdrawn it
// falls back, and the mark stays for when they return.
func GrowthOf(lesson Entry, all []Confirmation) Growth {
	all = slices.DeleteFunc(slices.Clone(all), func(c Confirmation) bool { return c.Organisation == lesson.Organisation })
	slices.SortStableFunc(all, func(a, b Confirmation) int { return a.At.Compare(b.At) })
	g := Growth{Maturity: MaturityIdea}
	var organisations []OrganisationID
	for i, c := range all {
		if !slices.Contains(organisations, c.Organisation) {
			organisations = append(organisations, c.Organisation)
		}
		switch {
		case i == 0:
			g.Maturity, g.Month = MaturityOnce, monthOfDay(c.At)
		case i+1 == confirmedFrom:
			g.Maturity, g.Month = MaturityConfirmed, monthOfDay(c.At)
		}
		if !g.MayAgree && len(organisations) >= agreementFrom {
			g.MayAgree = true
			if lesson.Agreed != "" {
				g.Maturity, g.Month = MaturityAgreement, max(lesson.Agreed[:len("2006-01")], monthOfDay(c.At))
			}
		}
	}
	g.Others = len(organisations)
	return g
}

func monthOfDay(t time.Time) string { return t.UTC().Format("2006-01") }
