// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"net/url"
	"slices"
	"strings"
)

// AccessibilityStatus says how far the site was found to be accessible.
type AccessibilityStatus string

// The outcomes, as the statements of Dutch public bodies name them. Without one
// there is no statement yet.
const (
	AccessibleFully  AccessibilityStatus = "full"
	AccessiblePartly AccessibilityStatus = "partial"
	AccessibleBegun  AccessibilityStatus = "begun" // assessed, and the first measures are taken
	AccessibleNot    AccessibilityStatus = "not"
)

// AccessibilityStatuses lists the outcomes, the best one first.
func AccessibilityStatuses() []AccessibilityStatus {
	return []AccessibilityStatus{AccessibleFully, AccessiblePartly, AccessibleBegun, AccessibleNot}
}

// AccessibilitySettings are what the accessibility statement says about this
// site. Everybody may read them, also who has no account.
type AccessibilitySettings struct {
	Organisation string
	Email, Phone string // whom to tell what does not work
	Status       AccessibilityStatus
	Examined     string // the day of the examination
	Report       string // an address on the web, as are complaints
	Exceptions   string // what is known not to work, one thing on a line
	Complaint    string // of the body that deals with complaints
	Lang         Lang   // in which the words are written
}

// The bounds of a statement, in characters.
const (
	MaxStatementLine  = 120
	MaxStatementLink  = 300
	MaxStatementProse = 4000
)

// Trim returns the settings as they are kept: without space around words and
// without empty lines.
func (s AccessibilitySettings) Trim() AccessibilitySettings {
	for _, text := range []*string{&s.Organisation, &s.Email, &s.Phone, &s.Examined, &s.Report, &s.Complaint} {
		*text = Line(*text)
	}
	s.Email = CleanEmail(s.Email)
	s.Exceptions = strings.Join(s.List(), "\n")
	return s
}

// List is what is known not to work.
func (s AccessibilitySettings) List() (all []string) {
	for line := range strings.Lines(Newlines(s.Exceptions)) {
		if line = Line(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// check holds that a statement with an outcome says whose it is, of which day and
// whom to tell what does not work; and that nothing is known to be wrong where
// everything is said to be right.
func (s AccessibilitySettings) check(p *Problems) {
	checkLine(p, "statement_organisation", s.Organisation, MaxStatementLine)
	checkLine(p, "statement_phone", s.Phone, MaxStatementLine)
	checkText(p, "statement_exceptions", s.Exceptions, MaxStatementProse)
	if s.Email != "" && !validEmail(s.Email) {
		p.Add("statement_email", "error.email")
	}
	if !validDay(s.Examined) {
		p.Add("statement_examined", "error.day")
	}
	if s.Report != "" && !validLink(s.Report) {
		p.Add("statement_report", "error.statement.link")
	}
	if s.Complaint != "" && !validLink(s.Complaint) {
		p.Add("statement_complaint", "error.statement.link")
	}
	if s.Status == "" {
		return
	}
	if !slices.Contains(AccessibilityStatuses(), s.Status) {
		p.Add("statement_status", "error.choose")
	}
	if s.Organisation == "" {
		p.Add("statement_organisation", "error.required")
	}
	if s.Email == "" && s.Phone == "" {
		p.Add("statement_email", "error.statement.contact")
	}
	if s.Examined == "" {
		p.Add("statement_examined", "error.required")
	}
	if s.Status == AccessibleFully && s.Exceptions != "" {
		p.Add("statement_exceptions", "error.statement.full")
	}
	if s.Status == AccessiblePartly && s.Exceptions == "" {
		p.Add("statement_exceptions", "error.statement.partial")
	}
}

// validLink wants a whole address on the web.
func validLink(link string) bool {
	u, err := url.Parse(link)
	return err == nil && len(link) <= MaxStatementLink && u.Scheme == "https" && u.User == nil && strings.Contains(u.Hostname(), ".") && !strings.ContainsAny(link, " \"<>\\")
}
