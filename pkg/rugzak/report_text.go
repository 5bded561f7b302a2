// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "strings"

// The kinds of shared texts (gedeelde teksten): what is no entry, and has no
// author who answers for it. Each can be reported. The others are OfRound, for
// what a round says and came to, and OfAgenda.
const (
	OfCompass SubjectKind = "compass"
	OfNeed    SubjectKind = "need" // of an organisation, "need:ORG", or of a team, "need:ORG/TEAM"
	OfIdea    SubjectKind = "idea"
)

// CompassText is the compass, as it is and was.
const CompassText Subject = "compass:all"

// IdeaText names an idea.
func IdeaText(id string) Subject { return Subject(IdeaSubject(id)) }

// NeedText names what an organisation or one of its teams needs and offers.
func NeedText(o OrganisationID, t TeamID) Subject {
	s := Subject(string(OfNeed) + ":" + string(o))
	if t != "" {
		s += Subject("/" + string(t))
	}
	return s
}

// Text returns the kind and the id of a shared text; the kind is empty for what
// is none.
func (s Subject) Text() (SubjectKind, string) {
	kind, id, _ := strings.Cut(string(s), ":")
	switch of := SubjectKind(kind); of {
	case OfRound, OfIdea:
		if ValidID(id) {
			return of, id
		}
	case OfAgenda:
		if ValidSlug(id) {
			return of, id
		}
	case OfCompass:
		if s == CompassText {
			return of, id
		}
	case OfNeed:
		o, t, both := strings.Cut(id, "/")
		if ValidSlug(o) && (!both || ValidSlug(t)) {
			return of, id
		}
	}
	return "", ""
}

// NeedOf returns whose need a shared text is.
func (s Subject) NeedOf() (o OrganisationID, t TeamID, ok bool) {
	kind, id := s.Text()
	org, team, _ := strings.Cut(id, "/")
	return OrganisationID(org), TeamID(team), kind == OfNeed
}

// CanMend is the rule of who changes a shared text, and reads it while it is
// reported: facilitators and the core team; for an idea the core team; for a need
// everybody of the organisation, or of the team.
func CanMend(p Person, text Subject) bool {
	switch kind, _ := text.Text(); kind {
	case OfIdea:
		return CanSteer(p)
	case OfNeed:
		o, t, _ := text.NeedOf()
		return CanPost(p) && p.Organisation == o && (t == "" || p.Team == t)
	}
	return CanCurate(p)
}

// CanTellMended reports whether the person is told that a text they can mend was
// reported. Of an organisation that are those who stand for it, not everybody.
func CanTellMended(p Person, text Subject) bool {
	_, t, need := text.NeedOf()
	stands := p.Has(RoleManager, RolePartnerContact, RoleFacilitator, RoleCoreTeam)
	return !p.Inactive && CanMend(p, text) && (!need || t != "" || stands)
}

// The notices about reports of shared texts. About is the text.
const (
	NoticeTextReported NoticeKind = "shared_reported" // to who mends it
	NoticeTextSettled  NoticeKind = "shared_settled"
)

// The changes of a shared text that was reported.
const (
	VerbTextReported Verb = "text.reported"
	VerbTextSettled  Verb = "text.report-settled"
	VerbTextPurged   Verb = "text.purged"
)

// ReportedTextReader reads which shared texts are reported.
type ReportedTextReader interface {
	// ReportedTexts lists those with an incident that is open.
	ReportedTexts() ([]Subject, error)
}

// ReportedTextWriter purges them.
type ReportedTextWriter interface {
	// PurgeText empties a shared text, or takes it away, at the time of the stone.
	// It gives CodeNotFound when it is not there.
	PurgeText(stone Tombstone) error
}

// ReportedText is a shared text that is reported, in a whole export.
type ReportedText struct{ Text Subject }

// Validate checks that it is a shared text.
func (t ReportedText) Validate() error {
	var p Problems
	if kind, _ := t.Text.Text(); kind == "" {
		p.Add("text", "error.choose")
	}
	return p.Err()
}
