// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"time"
)

// Position is a place in the ordered change log. Only the Store makes
// positions; two of them compare as strings, and nothing else may be read from
// them. The empty position lies before every change.
type Position string

// Verb is what happened. Change records hold ids, verbs and codes, never text,
// titles, names or addresses.
type Verb string

// The verbs.
const (
	VerbDraftSaved      Verb = "draft.saved"
	VerbDraftDeleted    Verb = "draft.deleted"
	VerbEntryShared     Verb = "entry.shared"
	VerbEntryRevised    Verb = "entry.revised"
	VerbEntryRestored   Verb = "entry.restored"
	VerbEntryWithdrawn  Verb = "entry.withdrawn"
	VerbEntryPutBack    Verb = "entry.put-back"
	VerbEntryImported   Verb = "entry.imported"
	VerbEntryCurated    Verb = "entry.curated"     // added to or taken out of a theme
	VerbEntryHandedOver Verb = "entry.handed-over" // somebody became an author beside the others
	VerbEntryRemoved    Verb = "entry.removed"     // sample content taken away
	VerbEntryReported   Verb = "entry.reported"    // hidden: it says something of a person
	VerbReportSettled   Verb = "entry.report-settled"
	VerbEntryPurged     Verb = "entry.purged"
	VerbPastPurged      Verb = "entry.past-purged"
	VerbEntryToReview   Verb = "entry.to-review"
	VerbEntryReviewed   Verb = "entry.reviewed" // kept or archived by an author
	VerbAudienceNarrow  Verb = "audience.narrowed"
	VerbAudienceWide    Verb = "audience.widened"
	VerbQuestionPhase   Verb = "question.phase" // the question phase began or ended
	VerbLessonUse       Verb = "lesson.used"    // an application that helped came, changed or went
	VerbLessonAgreed    Verb = "lesson.agreed"  // marked as a working agreement, or no longer
	VerbQuestionMoved   Verb = "question.moved" // its state changed
	VerbBallMoved       Verb = "question.ball"  // asked, answered, taken
	VerbInquirySaved    Verb = "question.inquiry"
	VerbAttached        Verb = "entry.attached" // an attachment came, changed or went
	VerbOverlapSeen     Verb = "entry.overlap"  // seen, or taken away
	VerbThemeSaved      Verb = "theme.saved"
	VerbThreadSaved     Verb = "thread.saved" // the common thread of a theme
	VerbThemeReported   Verb = "theme.reported"
	VerbThemeRemoved    Verb = "theme.removed"
	VerbTermSaved       Verb = "term.saved" // a group of words that mean the same
	VerbTermRemoved     Verb = "term.removed"
	VerbPersonSaved     Verb = "person.saved"
	VerbPersonRemoved   Verb = "person.removed"
	VerbOrganisation    Verb = "organisation.saved"
	VerbOrganisationOut Verb = "organisation.removed"
	VerbNeed            Verb = "organisation.need_saved"
	VerbMovementSaved   Verb = "movement.saved"
	VerbNoticeMade      Verb = "notice.made"
	VerbDigestSaved     Verb = "digest.saved"
)

// Narrows reports whether readers may lose sight of the subject by this verb,
// so that searches must wait until the index has followed.
func (v Verb) Narrows() bool {
	switch v {
	case VerbAudienceNarrow, VerbEntryWithdrawn, VerbEntryRemoved, VerbDraftDeleted, VerbEntryReported, VerbEntryPurged:
		return true
	}
	return false
}

// Change is one record of the change log.
type Change struct {
	Position Position // made by the Store when it commits
	At       time.Time
	Actor    string // "person:ID", "anon:ENTRY", "system"
	Verb     Verb
	Subject  string // "entry:ID", "theme:ID", "person:ID", ...
}

// EntrySubject is the subject of changes of an entry.
func EntrySubject(id EntryID) string { return "entry:" + string(id) }

// NoticeSubject is the subject of changes of a notice. It does not name the
// person: what stays in the log must not tell who wrote without name.
func NoticeSubject(id string) string { return "notice:" + id }

// NoticeOf returns the notice a change is about.
func (c Change) NoticeOf() (string, bool) {
	id, ok := strings.CutPrefix(c.Subject, "notice:")
	return id, ok && id != ""
}

// EntryOf returns the entry a change is about.
func (c Change) EntryOf() (EntryID, bool) {
	const prefix = "entry:"
	if len(c.Subject) > len(prefix) && c.Subject[:len(prefix)] == prefix {
		return EntryID(c.Subject[len(prefix):]), true
	}
	return "", false
}
