// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"
	"testing"

	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// neverSeveral are the kinds of which each notice is a line of its own: they are
// about nothing the reader can open, tell each time something else, or come once.
var neverSeveral = []rugzak.NoticeKind{
	"password_changed", "factor_added", "factor_removed", "factors_reset", "recovery_used", "passkey_copied",
	"report", "report_asked", "purged", "person_request", "person_request_done", "person_request_refused",
	"response_unnamed", "lesson_used_nameless", "thanks_unnamed", "review_nameless",
	"room_asked", "room_made", "room_question", "room_answer", "room_thanks", "room_reported", "room_settled",
	"meeting_cancelled", "meeting_moved", "meeting_reported", "meeting_settled",
	"shared_reported", "shared_settled",
	"handed_over", "keep_due", "draft_old", "review", "saved_search", "theme_letter",
	"round_open", "round_outcome",
}

// What happens several times is counted in a sentence, in both languages.
func TestSeveralNoticesHaveASentence(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range rugzak.Languages() {
		p := catalogue.Printer(string(lang))
		for _, rule := range rugzak.NoticeRules() {
			if has := p.Has("notice_items." + string(rule.Kind)); has == slices.Contains(neverSeveral, rule.Kind) {
				t.Errorf("%s: %s has a sentence for several: %v", lang, rule.Kind, has)
			}
		}
	}
}
