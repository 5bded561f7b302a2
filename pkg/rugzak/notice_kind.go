// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "slices"

// NoticeGroup joins kinds of notices that people choose about together: a row
// of their settings, with a name in the catalogue ("notice_group.GROUP").
type NoticeGroup string

// The groups.
const (
	GroupAccount  NoticeGroup = "account"  // the safety of one's account
	GroupPrivacy  NoticeGroup = "privacy"  // what is said of persons, and what one asked about oneself
	GroupMention  NoticeGroup = "mention"  // somebody calls me by name
	GroupResponse NoticeGroup = "response" // to my entry
	GroupUsed     NoticeGroup = "used"     // a lesson of mine, or one I took along
	GroupThanks   NoticeGroup = "thanks"
	GroupBall     NoticeGroup = "ball" // asked of my organisation, and what it asked
	GroupLead     NoticeGroup = "lead" // of a question, offered to me
	GroupRoom     NoticeGroup = "room" // for what a team needs
	GroupWidening NoticeGroup = "widening"
	GroupCare     NoticeGroup = "care"     // what facilitators ask about my entries, and what they answer
	GroupMeeting  NoticeGroup = "meeting"  // I signed up for
	GroupRound    NoticeGroup = "round"    // a reflection round opened, or has its outcome
	GroupHanded   NoticeGroup = "handed"   // entries of a colleague who leaves
	GroupReminder NoticeGroup = "reminder" // what I took along
	GroupUpkeep   NoticeGroup = "upkeep"   // of my own entries
	GroupFollowed NoticeGroup = "followed" // what I follow along
	GroupLetter   NoticeGroup = "letter"   // theme letters of what I follow along
	GroupSearch   NoticeGroup = "search"   // new for a saved search
)

// MailWay says whether, and how, somebody is mailed of what they are told in
// the site.
type MailWay string

// The ways.
const (
	MailNow    MailWay = "now"    // a mail of its own, at once
	MailWeekly MailWay = "weekly" // among what is in the mail of the week
	MailNever  MailWay = "never"
)

// NoticeRule is what holds for a kind of notice.
type NoticeRule struct {
	Kind  NoticeKind
	Group NoticeGroup
	// ToMe: it is addressed to the person, who is asked or answered something.
	// Everything else is news, which is never worth a mail of its own.
	ToMe bool
	// Mail is how somebody is mailed who chose nothing.
	Mail MailWay
	// Fixed: it is about safety or about personal data, and cannot be switched
	// off.
	Fixed bool
}

// NoticeRules is the table of the kinds of notices. Kinds of one group differ
// in nothing but their sentence. A test holds every kind in the source to it.
func NoticeRules() []NoticeRule {
	return []NoticeRule{
		{"password_changed", GroupAccount, true, MailNow, true},
		{"factor_added", GroupAccount, true, MailNow, true},
		{"factor_removed", GroupAccount, true, MailNow, true},
		{"factors_reset", GroupAccount, true, MailNow, true},
		{"recovery_used", GroupAccount, true, MailNow, true},
		{"passkey_copied", GroupAccount, true, MailNow, true},

		{"reported", GroupPrivacy, true, MailNow, true},
		{"report", GroupPrivacy, true, MailNow, true},
		{"report_asked", GroupPrivacy, true, MailNow, true},
		{"report_settled", GroupPrivacy, true, MailNow, true},
		{"purged", GroupPrivacy, true, MailNow, true},
		{"response_reported", GroupPrivacy, true, MailNow, true},
		{"response_settled", GroupPrivacy, true, MailNow, true},
		{"meeting_reported", GroupPrivacy, true, MailNow, true},
		{"meeting_settled", GroupPrivacy, true, MailNow, true},
		{"room_reported", GroupPrivacy, true, MailNow, true},
		{"room_settled", GroupPrivacy, true, MailNow, true},
		{"shared_reported", GroupPrivacy, true, MailNow, true},
		{"shared_settled", GroupPrivacy, true, MailNow, true},
		{"person_request", GroupPrivacy, true, MailNow, true},
		{"person_request_done", GroupPrivacy, true, MailNow, true},
		{"person_request_refused", GroupPrivacy, true, MailNow, true},

		{"mention", GroupMention, true, MailNow, false},
		{"response", GroupResponse, true, MailNow, false},
		{"response_unnamed", GroupResponse, true, MailNow, false},
		{"overlap", GroupResponse, true, MailNow, false},
		{"lesson_used", GroupUsed, true, MailNow, false},
		{"lesson_used_nameless", GroupUsed, true, MailNow, false},
		{"ball_asked", GroupBall, true, MailNow, false},
		{"ball_answered", GroupBall, true, MailNow, false},
		{"room_asked", GroupRoom, true, MailNow, false},
		{"room_made", GroupRoom, true, MailNow, false},
		{"room_question", GroupRoom, true, MailNow, false},
		{"room_answer", GroupRoom, true, MailNow, false},
		{"lead_offered", GroupLead, true, MailNow, false},
		{"widening_asked", GroupWidening, true, MailNow, false},
		{"widening_yes", GroupWidening, true, MailNow, false},
		{"widening_no", GroupWidening, true, MailNow, false},
		{"enrich_asked", GroupCare, true, MailNow, false},
		{"enrich_yes", GroupCare, true, MailNow, false},
		{"enrich_no", GroupCare, true, MailNow, false},
		{"text_asked", GroupCare, true, MailNow, false},
		{"text_yes", GroupCare, true, MailNow, false},
		{"text_no", GroupCare, true, MailNow, false},
		{"entry_merged", GroupCare, true, MailNow, false},
		{"entry_apart", GroupCare, true, MailNow, false},
		{"archive_asked", GroupCare, true, MailNow, false},
		{"meeting_cancelled", GroupMeeting, true, MailNow, false},
		{"meeting_moved", GroupMeeting, true, MailNow, false},
		{"round_open", GroupRound, true, MailWeekly, false},
		{"round_outcome", GroupRound, true, MailWeekly, false},
		{"handed_over", GroupHanded, true, MailNow, false},

		{"keep_due", GroupReminder, true, MailWeekly, false},
		{"thanks", GroupThanks, true, MailWeekly, false},
		{"thanks_unnamed", GroupThanks, true, MailWeekly, false},
		{"room_thanks", GroupThanks, true, MailWeekly, false},
		{"draft_old", GroupUpkeep, true, MailWeekly, false},
		{"review", GroupUpkeep, true, MailWeekly, false},
		{"review_nameless", GroupUpkeep, true, MailWeekly, false},
		{"question_moved", GroupFollowed, false, MailWeekly, false},
		{"theme_merged", GroupFollowed, false, MailWeekly, false},
		{"theme_closed", GroupFollowed, false, MailWeekly, false},
		{"agenda_moved", GroupFollowed, false, MailWeekly, false},
		{"theme_letter", GroupLetter, true, MailNow, false},
		{"saved_search", GroupSearch, false, MailWeekly, false},
	}
}

// Rule is what holds for a kind; ok is false for one this version does not
// know.
func (k NoticeKind) Rule() (rule NoticeRule, ok bool) {
	rules := NoticeRules()
	i := slices.IndexFunc(rules, func(r NoticeRule) bool { return r.Kind == k })
	if i < 0 {
		return NoticeRule{}, false
	}
	return rules[i], true
}

// NoticeGroups are the rules of the groups, each once and without a kind, in
// the order in which they are shown.
func NoticeGroups() []NoticeRule {
	var out []NoticeRule
	for _, r := range NoticeRules() {
		if !slices.ContainsFunc(out, func(o NoticeRule) bool { return o.Group == r.Group }) {
			r.Kind = ""
			out = append(out, r)
		}
	}
	return out
}

// Ways are the ways of mail that can be chosen: a mail of its own only for what
// is addressed to the person.
func (r NoticeRule) Ways() []MailWay {
	switch {
	case r.Fixed:
		return []MailWay{r.Mail}
	case r.ToMe:
		return []MailWay{MailNow, MailWeekly, MailNever}
	}
	return []MailWay{MailWeekly, MailNever}
}

// NoticeChoice is what somebody chose for a group.
type NoticeChoice struct {
	Hidden bool // not among the notices in the site
	Mail   MailWay
}

// NoticeSettings is how a person wants to be told. Nobody else sees it.
type NoticeSettings struct {
	Person  PersonID
	Choices map[NoticeGroup]NoticeChoice // those that differ from the rule
	// Quiet: no mail of its own for anything but what is fixed.
	Quiet bool
	// Digest: the mail of the week comes.
	Digest bool
}

// Of is what holds for a group, whatever was chosen for one that is fixed.
func (s NoticeSettings) Of(r NoticeRule) NoticeChoice {
	c, chosen := s.Choices[r.Group]
	if !chosen || r.Fixed {
		c = NoticeChoice{Mail: r.Mail}
	}
	if !slices.Contains(r.Ways(), c.Mail) {
		c.Mail = r.Mail
	}
	return c
}

// MailOf is how somebody is mailed in the end.
func (s NoticeSettings) MailOf(r NoticeRule) MailWay {
	way := s.Of(r).Mail
	switch {
	case r.Fixed:
		return way
	case way == MailNow && s.Quiet, way == MailWeekly && !s.Digest:
		return MailNever
	}
	return way
}

// Validate wants groups and ways that can be chosen.
func (s NoticeSettings) Validate() error {
	var p Problems
	groups := NoticeGroups()
	for g, c := range s.Choices {
		i := slices.IndexFunc(groups, func(r NoticeRule) bool { return r.Group == g })
		if i < 0 || groups[i].Fixed || !slices.Contains(groups[i].Ways(), c.Mail) {
			p.Add("mail_"+string(g), "error.choose")
		}
	}
	return p.Err()
}

// NoticeSettingsReader reads how people want to be told.
type NoticeSettingsReader interface {
	// NoticeSettings returns those of a person; who chose nothing has those of
	// the rules.
	NoticeSettings(person PersonID) (NoticeSettings, error)
}

// NoticeSettingsWriter writes how people want to be told. It goes with the
// person.
type NoticeSettingsWriter interface {
	SaveNoticeSettings(s NoticeSettings) error
}
