// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// Settings is what the administrator sets in the site. How the program is
// deployed (addresses, secrets, providers) is not here: see package config.
type Settings struct {
	Privacy   PrivacySettings
	Accounts  AccountSettings
	Retention RetentionSettings
	Search    SearchSettings
	Loop      LoopSettings
	Mail      MailSettings
	Files     FileSettings
	Version   int

	Accessibility AccessibilitySettings
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
	MaxCaseProgram  = 400 // steps of the compiled pattern: what it costs per character
	MaxMonths       = 240
)

// DefaultSettings are those of a new backpack.
func DefaultSettings() Settings {
	return Settings{
		Privacy:   PrivacySettings{CasePatterns: defaultCasePatterns()},
		Retention: RetentionSettings{DraftAnnounce: 6, DraftRemove: 12, FormerColleague: 12, Review: 24, Audit: 24},
		Search:    SearchSettings{CountGaps: true},
		Loop:      LoopSettings{KeepWeeks: 6},
		Mail:      defaultMailSettings(),
		Files:     FileSettings{Image: 20, Document: 20, Audio: 40, Entry: 100},
	}
}

// Validate checks the bounds.
func (s Settings) Validate() error {
	var p Problems
	s.Privacy.check(&p)
	s.Accounts.check(&p)
	s.Retention.check(&p)
	s.Loop.check(&p)
	s.Mail.check(&p)
	s.Files.check(&p)
	s.Accessibility.check(&p)
	return p.Err()
}

func (s PrivacySettings) check(p *Problems) {
	checkCount(p, "known_domains", len(s.KnownDomains), MaxKnownDomains)
	checkCount(p, "case_patterns", len(s.CasePatterns), MaxCasePatterns)
	for _, domain := range s.KnownDomains {
		if !validDomain(domain) {
			p.Add("known_domains", "error.domain", domain)
		}
	}
	for _, pattern := range s.CasePatterns {
		if len(pattern) > MaxCasePattern {
			p.Add("case_patterns", "error.too_long", MaxCasePattern)
		} else if !validCasePattern(pattern) {
			p.Add("case_patterns", "error.pattern", pattern)
		}
	}
}

// defaultCasePatterns are a number behind a word such as "zaak", and numbers
// as many case systems make them.
func defaultCasePatterns() []string {
	return []string{
		`(?i)\b(?:zaak|dossier|cli[eë]nt|klant)(?:nummer|nr\.?)?(?::\s?|\s)[a-z]{0,2}-?\d(?:[.-]?\d){4,14}`,
		`\bZ[-/]?(?:20)?\d\d[-/]\d{4,8}\b`,
	}
}

// validDomain wants small letters, digits, hyphens and at least one dot.
func validDomain(domain string) bool {
	if len(domain) > 120 || !strings.Contains(domain, ".") {
		return false
	}
	for part := range strings.SplitSeq(domain, ".") {
		if part == "" || part[0] == '-' || strings.ContainsFunc(part, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-'
		}) {
			return false
		}
	}
	return true
}

// validCasePattern wants a pattern that compiles to a small program, and that
// does not match nothing.
func validCasePattern(pattern string) bool {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return false
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(program.Inst) > MaxCaseProgram {
		return false
	}
	re, err := regexp.Compile(pattern)
	return err == nil && !re.MatchString("")
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
