// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// Settings is what the administrator sets in the site. How the program is
// deployed (addresses, secrets, providers) is not here: see package config.
type Settings struct {
	Privacy   PrivacySettings
	Accounts  AccountSettings
	Retention RetentionSettings
	Version   int
}

// PrivacySettings tune what counts as personal data.
type PrivacySettings struct {
	// KnownDomains are e-mail domains of the municipality and its partners:
	// addresses there are no findings.
	KnownDomains []string
	// CasePatterns are regular expressions (RE2) of case and client numbers.
	CasePatterns []string
}

// AccountSettings are rules for signing in.
type AccountSettings struct {
	// SecondFactor lists the roles whose people must have a passkey or a second
	// factor.
	SecondFactor []Role
}

// RetentionSettings say how long things are kept, in months. 0 keeps for ever.
type RetentionSettings struct {
	DraftAnnounce   int // an untouched draft is announced for removal
	DraftRemove     int // an untouched draft is removed
	FormerColleague int // after leaving, the name becomes "oud-collega"
	Review          int // a shared entry is due for review
	Audit           int // audit records
}

// The bounds of settings.
const (
	MaxKnownDomains = 200
	MaxCasePatterns = 20
	MaxCasePattern  = 200 // bytes
	MaxMonths       = 240
)

// DefaultSettings are those of a new backpack.
func DefaultSettings() Settings {
	return Settings{
		Retention: RetentionSettings{DraftAnnounce: 6, DraftRemove: 12, FormerColleague: 12, Review: 24, Audit: 24},
	}
}

// Validate checks the bounds.
func (s Settings) Validate() error {
	var p Problems
	s.Privacy.check(&p)
	s.Accounts.check(&p)
	s.Retention.check(&p)
	return p.Err()
}

func (s PrivacySettings) check(p *Problems) {
	checkCount(p, "known_domains", len(s.KnownDomains), MaxKnownDomains)
	checkCount(p, "case_patterns", len(s.CasePatterns), MaxCasePatterns)
	for _, pattern := range s.CasePatterns {
		if len(pattern) > MaxCasePattern {
			p.Add("case_patterns", "error.too_long", MaxCasePattern)
		}
	}
}

func (s AccountSettings) check(p *Problems) {
	for _, r := range s.SecondFactor {
		if !slices.Contains(Roles(), r) {
			p.Add("second_factor", "error.choose")
		}
	}
}

func (s RetentionSettings) check(p *Problems) {
	for _, f := range []struct {
		name   string
		months int
	}{
		{"draft_announce", s.DraftAnnounce}, {"draft_remove", s.DraftRemove}, {"former_colleague", s.FormerColleague},
		{"review", s.Review}, {"audit", s.Audit},
	} {
		if f.months < 0 || f.months > MaxMonths {
			p.Add(f.name, "error.months", MaxMonths)
		}
	}
	if s.DraftRemove > 0 && s.DraftAnnounce >= s.DraftRemove {
		p.Add("draft_announce", "error.announce_first")
	}
}

// SettingsReader reads the settings.
type SettingsReader interface {
	// Settings returns the settings; those of a new backpack are the default.
	Settings() (Settings, error)
}

// SettingsWriter writes the settings.
type SettingsWriter interface {
	// SaveSettings checks the version: base is the one that was read.
	SaveSettings(s Settings, base int) error
}
