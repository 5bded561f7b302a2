// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

// Outcome is what came of applying a lesson.
type Outcome string

// The outcomes.
const (
	OutcomeWorked  Outcome = "worked"
	OutcomePartly  Outcome = "partly"
	OutcomeNot     Outcome = "not"
	OutcomeUnknown Outcome = "unknown"
)

// The notices of the use of a lesson.
const (
	// NoticeLessonUsed tells the authors of a lesson, and who took it along,
	// that an organisation applied it. Entry is the lesson, About the
	// application.
	NoticeLessonUsed NoticeKind = "lesson_used"
	// NoticeLessonUsedNameless tells the same to who wrote the lesson without
	// name; the record does not say which lesson it is.
	NoticeLessonUsedNameless NoticeKind = "lesson_used_nameless"
)

// Outcomes lists the outcomes in the order in which they are offered.
func Outcomes() []Outcome {
	return []Outcome{OutcomeWorked, OutcomePartly, OutcomeNot, OutcomeUnknown}
}

// ApplicationData is what an application (toepassing) holds beside its text:
// the lesson that was used and how it went.
type ApplicationData struct {
	Lesson  EntryID
	Outcome Outcome
	// Tell: whoever may read the lesson may know which organisation used it and
	// how it went, also when the application itself is for fewer people.
	Tell bool
}

// Told reports whether an application tells the readers of a lesson which
// organisation used it and how it went: it is for all of them, or its writer
// said yes. tokens are the AudienceTokens of the lesson. One that is withdrawn,
// reported or not yet shared tells nothing.
func (e Entry) Told(lesson EntryID, tokens []string, kind func(OrganisationID) OrganisationKind) bool {
	a := e.Application
	return e.State.Public() && a != nil && a.Lesson == lesson && len(tokens) > 0 && (a.Tell || Covers(e, tokens, kind))
}

// Helped reports whether this is an application of a lesson that worked, at
// least partly.
func (a *ApplicationData) Helped() bool {
	return a != nil && a.Lesson != "" && (a.Outcome == OutcomeWorked || a.Outcome == OutcomePartly)
}

func (a *ApplicationData) check(p *Problems) {
	if a == nil || a.Lesson == "" {
		p.Add("application_lesson", "error.application_lesson")
		return
	}
	switch a.Outcome {
	case OutcomeWorked, OutcomePartly, OutcomeNot, OutcomeUnknown:
	default:
		p.Add("application_outcome", "error.choose")
	}
}
