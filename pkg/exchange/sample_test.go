// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package exchange

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"rugzak/pkg/rugzak"
	"rugzak/pkg/rugzaktest"
)

// sampleID gives entry ids that ascend with n.
func sampleID(n int) rugzak.EntryID { return rugzak.EntryID(fmt.Sprintf("06ev%022d", n)) }

// oddLine makes clean lines that are hard on YAML.
func oddLine(most int) *rapid.Generator[string] {
	runes := rapid.OneOf(
		rapid.SampledFrom([]rune("abcXYZ019 :#-?,[]{}&*!|>'\"%@`~\\=<é😀ß…\u0301\u2028\u2029\ue000\ufffd\U0010fffd")),
		rapid.Rune(),
	)
	text := rapid.OneOf(
		rapid.SampledFrom([]string{"null", "~", "yes", "No", "true", "1e3", "0x1f", "2026-03-01", ".inf", "---", "...", "- a", "a: b", "a #b", "<<", "=", "06"}),
		rapid.StringOfN(runes, 1, most, -1),
	)
	return rapid.Map(text, func(s string) string {
		if s = rugzak.Line(s); s == "" {
			return "x"
		}
		return s
	})
}

// oddName makes names of people and organisations that are hard on YAML.
func oddName(most int) *rapid.Generator[string] {
	return rapid.Map(oddLine(most), func(s string) string {
		if (rugzak.Organisation{ID: "x", Name: s, Kind: rugzak.Department}).Validate() != nil {
			return "Naam" // it looks like another name
		}
		return s
	})
}

// oddBody makes Markdown in which nothing may change.
func oddBody() *rapid.Generator[string] {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"\n", "---\n", "---", "\n\n", "  \n", "\t", "# Kop\n", "tekst", "\uFEFF", "...\n", "😀", "title: x\n", "\u0085", "\u2028", " "}),
		rapid.Map(rapid.String(), func(s string) string {
			return string(slices.DeleteFunc([]rune(s), func(r rune) bool { return r < 0x20 && r != '\n' && r != '\t' || r == 0x7f }))
		}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		s := ""
		for _, p := range rapid.SliceOfN(part, 0, 8).Draw(t, "parts") {
			s += p
		}
		return s
	})
}

func moment() *rapid.Generator[time.Time] {
	return rapid.Map(rapid.Int64Range(1, 4e18), func(n int64) time.Time { return time.Unix(0, n).UTC() })
}

func some[T any](t *rapid.T, label string, g *rapid.Generator[T], most int) []T {
	if out := rapid.SliceOfN(g, 0, most).Draw(t, label); len(out) > 0 {
		return out
	}
	return nil
}

func slugs[T ~string]() *rapid.Generator[T] {
	return rapid.Map(rapid.StringMatching(`[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?`), func(s string) T { return T(s) })
}

func anEntry(t *rapid.T, id rugzak.EntryID, number int) rugzak.Entry {
	line := oddLine(40)
	e := rugzak.Entry{
		ID:    id,
		Kind:  rapid.SampledFrom(rugzak.Kinds()).Draw(t, "kind"),
		State: rapid.SampledFrom([]rugzak.State{rugzak.StateDraft, rugzak.StateShared, rugzak.StateToReview, rugzak.StateArchived, rugzak.StateWithdrawn, rugzak.StateReported}).Draw(t, "state"),
		Lang:  rapid.SampledFrom(rugzak.Languages()).Draw(t, "lang"), Title: line.Draw(t, "title"), Lesson: line.Draw(t, "lesson"),
		Body: oddBody().Draw(t, "body"), Mode: rapid.SampledFrom(rugzak.AuthorModes()).Draw(t, "mode"),
		Authors:      some(t, "authors", slugs[rugzak.PersonID](), 2),
		Audience:     rugzak.Audience{Level: rugzak.LevelTeam, Also: some(t, "also", slugs[rugzak.OrganisationID](), 3)},
		Organisation: "jeugd", OrganisationKind: rugzak.Department, Team: "toegang",
		Themes: some(t, "themes", slugs[rugzak.ThemeID](), 3), Drives: some(t, "drives", slugs[rugzak.DriveID](), 2),
		With: some(t, "with", slugs[rugzak.OrganisationID](), 2),
		Tags: some(t, "tags", line, 4), Phase: "verkennen", Month: "2026-03", ReviewBy: "2027-01", Agreed: rapid.SampledFrom([]string{"", "2026-11-26"}).Draw(t, "agreed"),
		Occasion: rapid.SampledFrom([]rugzak.Subject{"", rugzak.RoundOccasion(string(sampleID(997))), rugzak.MeetingOccasion(string(sampleID(996)))}).Draw(t, "occasion"),
		NotBSN:   some(t, "not bsn", rapid.StringMatching(`[0-9]{9}`), 2), Sample: rapid.Bool().Draw(t, "sample"),
		Revision: number, Version: rapid.IntRange(1, 99).Draw(t, "version"),
		CreatedAt: moment().Draw(t, "created"), UpdatedAt: moment().Draw(t, "updated"),
	}
	e.Audience = e.Audience.Clean(e.Organisation)
	if e.State != rugzak.StateDraft {
		e.SharedAt = moment().Draw(t, "shared")
	}
	if rapid.Bool().Draw(t, "related") {
		e.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: sampleID(999)}, {Type: rugzak.SeeAlso, To: sampleID(998)}}
	}
	if rapid.Bool().Draw(t, "imported") {
		e.External = rugzak.External{Source: oddLine(10).Draw(t, "source"), ID: string(id) + "/ x"}
	}
	switch e.Kind {
	case rugzak.KindQuestion:
		e.Question = &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionTrying, BallWith: "jeugd", Since: "2026-09-14",
			NextStep: line.Draw(t, "step"), When: "2026-10-01", HopedGain: line.Draw(t, "hoped"), Gain: line.Draw(t, "gain")}
	case rugzak.KindApplication:
		e.Application = &rugzak.ApplicationData{Lesson: sampleID(997), Outcome: rugzak.OutcomePartly, Tell: rapid.Bool().Draw(t, "tell")}
	case rugzak.KindMethod:
		e.Method = &rugzak.MethodData{Goal: "choose", MinutesMin: 10, MinutesMax: 20, GroupMin: 3, GroupMax: 12, Guidance: "light", Trust: "high",
			Preparation: line.Draw(t, "preparation"), Materials: line.Draw(t, "materials"), Place: line.Draw(t, "place"),
			Steps: []rugzak.Step{{Minutes: 5, Text: line.Draw(t, "first")}, {Text: line.Draw(t, "second")}, {Minutes: 3}}}
	}
	return e
}

func aBackpack(t *rapid.T) rugzak.Backpack {
	line := oddLine(40)
	name := oddName(40)
	b := rugzak.Backpack{
		Organisations: []rugzak.Organisation{
			{ID: "jeugd", Name: name.Draw(t, "name"), Kind: rugzak.Department, Teams: []rugzak.Team{{ID: "toegang", Name: name.Draw(t, "team"), Need: rugzak.Need{Needs: "Tijd", Offers: line.Draw(t, "offers"), Ways: "Bel"}}, {ID: "aan", Name: "Aan"}}, Sample: true},
			{ID: "wonen", Name: name.Draw(t, "name"), Kind: rugzak.Partner, Closed: true},
		},
		People: []rugzak.Person{
			{ID: "noor", Email: "noor@voorbeeld.test", Name: name.Draw(t, "name"), Organisation: "jeugd", Kind: rugzak.Department, Team: "toegang",
				Roles: []rugzak.Role{rugzak.RoleParticipant, rugzak.RoleManager}, Language: rugzak.English, Sample: true},
			{ID: "zoe", Email: "zoe@voorbeeld.test", Name: name.Draw(t, "name"), Organisation: "wonen", Kind: rugzak.Partner,
				Roles: []rugzak.Role{rugzak.RolePartnerContact}, Inactive: true},
		},
		Themes: []rugzak.Theme{{ID: "bal", Title: line.Draw(t, "title"), Summary: line.Draw(t, "summary"), Thread: oddBody().Draw(t, "thread"),
			Synonyms: some(t, "synonyms", line, 3), OpenQuestions: some(t, "questions", line, 3), Pins: []rugzak.EntryID{sampleID(1)},
			Curators: []rugzak.PersonID{"noor"}, Audience: rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{"wonen"}},
			Closed: true, Reported: true, NotBSN: []string{"123456782"}, UpdatedAt: moment().Draw(t, "updated")}},
		Movement: rugzak.Movement{
			Compass: rugzak.Compass{Purpose: oddBody().Draw(t, "purpose"), Version: 3, UpdatedAt: moment().Draw(t, "updated"), Sample: true,
				Drives: []rugzak.Drive{{ID: "samen", Name: line.Draw(t, "drive"), Meaning: line.Draw(t, "meaning")}, {ID: "oud", Name: "Oud", Closed: true}},
				Why:    line.Draw(t, "why"), Occasion: "meeting:een"},
			Agenda: []rugzak.AgendaItem{{ID: "een", Title: line.Draw(t, "agenda"), Text: oddBody().Draw(t, "text"), Horizon: rugzak.HorizonLater, Organisations: []rugzak.OrganisationID{"jeugd"},
				Questions: []rugzak.EntryID{sampleID(1)}, Successes: []rugzak.EntryID{sampleID(2)}, DoneAt: moment().Draw(t, "done"), Learned: line.Draw(t, "learned"),
				Progress: []rugzak.AgendaProgress{{At: moment().Draw(t, "told"), Organisation: "jeugd", Text: "Begonnen: " + line.Draw(t, "progress")}, {At: moment().Draw(t, "told again"), Text: "Verder"}},
				Occasion: "meeting:twee", Version: 2, UpdatedAt: moment().Draw(t, "updated")}},
			Rounds: []rugzak.RoundPlan{{ID: "ronde", Title: line.Draw(t, "round"), Text: line.Draw(t, "text"), Weeks: 8, Start: "2026-10-05",
				Questions: some(t, "round questions", line, 3), Sample: true}},
			Phases:   append(rugzak.DefaultPhases(), rugzak.Phase{ID: "oud", NameNL: "Oud", Closed: true}),
			Wordings: []rugzak.Wording{{Key: "nav.mine", NL: "Mijn tas"}, {Key: "agenda.title", NL: "Later", EN: "Soon"}},
		},
		PastCompasses: []rugzak.Compass{{Purpose: oddBody().Draw(t, "past purpose"), Version: 2, Why: "Toen"}, {Version: 1, Sample: true}},
	}
	if rapid.Bool().Draw(t, "purged") {
		b.Tombstones = []rugzak.Tombstone{
			{Subject: rugzak.EntrySubject(sampleID(990)), At: moment().Draw(t, "purged at"), Reason: rugzak.ReasonName},
			{Subject: rugzak.EntrySubject(sampleID(991)), At: moment().Draw(t, "past purged at"), Reason: rugzak.ReasonAuthor, Version: 3},
			{Subject: "theme:bal", At: moment().Draw(t, "thread purged at"), Reason: rugzak.ReasonElse},
		}
	}
	if rapid.Bool().Draw(t, "reflects") {
		round := rugzaktest.Round(1)
		round.Title, round.Outcome, round.Version = line.Draw(t, "round title"), oddBody().Draw(t, "outcome"), 0
		b.Rounds = []rugzak.ReflectionRound{round}
		b.QuestionSets = []rugzak.QuestionSet{{ID: "vast", NameNL: "Vaste vragen", NameEN: "Usual", Questions: round.Questions, Closed: true, Sample: true, UpdatedAt: moment().Draw(t, "set at")}}
	}
	if rapid.Bool().Draw(t, "knows terms") {
		b.Terms = []rugzak.Term{}
		if rapid.Bool().Draw(t, "has terms") {
			b.Terms = append(b.Terms, rugzak.Term{ID: "wmo", Preferred: line.Draw(t, "preferred"), Others: []string{"W&I", "18-"},
				Meaning: line.Draw(t, "meaning"), UpdatedAt: moment().Draw(t, "updated")}, rugzak.Term{ID: "zin", Preferred: "ZIN", Others: []string{"zorg in natura"}})
		}
	}
	if rapid.Bool().Draw(t, "saved") {
		b.SavedSearches = []rugzak.SavedSearch{
			{Person: "noor", ID: "een", Name: line.Draw(t, "saved name"), Query: line.Draw(t, "saved query"), At: moment().Draw(t, "saved at"),
				Filter: rugzak.Filter{rugzak.FacetKind: {"method", "insight"}, rugzak.FacetTheme: {"bal:rond"}}, Newest: true, Archived: true, Notify: true},
			{Person: "noor", ID: "twee", Name: "Zonder filter", Query: "schulden"},
		}
	}
	if rapid.Bool().Draw(t, "joined") {
		text, at := line.Draw(t, "small step"), moment().Draw(t, "joined at")
		b.Inquiries = []rugzak.Inquiry{{
			Entry: sampleID(1), Gain: text, Numbers: 1,
			Passes:      []rugzak.BallPass{{Organisation: "jeugd", Since: at}},
			Moves:       []rugzak.QuestionMove{{At: at, From: rugzak.QuestionOpen, To: rugzak.QuestionLetGo, Organisation: "jeugd", Learned: text}},
			Experiments: []rugzak.Experiment{{Number: 1, Step: "Bellen", Organisation: "jeugd", Person: "noor", Until: "2026-12-01", At: at}},
		}}
		b.Overlaps = []rugzak.Overlap{{A: sampleID(1), B: sampleID(2), By: "noor", Organisation: "jeugd", At: at}}
		b.Participations = []rugzak.Participation{{Person: "noor", Of: "theme:bal", Way: rugzak.WayDo, Step: "Lezen", When: "2026-12-01", ShowName: true, At: at}}
	}
	if rapid.Bool().Draw(t, "cared for") {
		text, at := line.Draw(t, "asked text"), moment().Draw(t, "asked at")
		from := rugzak.Theme{ID: "oud", Title: "Oud", Thread: oddBody().Draw(t, "old thread"), Audience: rugzak.Audience{Level: rugzak.LevelInternal}, UpdatedAt: at}
		b.ThemeMerges = []rugzak.ThemeMerge{{From: from, Into: "bal", By: "noor", At: at, Moved: []rugzak.EntryID{sampleID(1)}, Gained: rugzak.ThemeGain{Synonyms: []string{text}}}}
		b.EntryMerges = []rugzak.EntryMerge{{From: sampleID(1), Into: sampleID(2), By: "noor", At: at, Themes: []rugzak.ThemeID{"bal"}}}
		b.Refusals = []rugzak.ThemeRefusal{{Entry: sampleID(1), By: "noor", At: at}, {Theme: "bal", Entry: sampleID(2), At: at, Until: at.Add(rugzak.LaterAfter)}}
		b.NotDoubles = []rugzak.NotDouble{{A: sampleID(1), B: sampleID(2), By: "noor", At: at}}
		b.Enrichments = []rugzak.Enrichment{{ID: string(sampleID(903)), Entry: sampleID(1), Asker: "noor", Points: []rugzak.EnrichPoint{rugzak.EnrichLesson}, Text: text, State: rugzak.WideningOpen, At: at}}
		b.TextProposals = []rugzak.TextProposal{{ID: string(sampleID(904)), Entry: sampleID(1), Asker: "noor", Title: "Beter", Lesson: text, Body: oddBody().Draw(t, "other body"), Why: text, Base: 2, NotBSN: []string{"123456782"}, State: rugzak.WideningNo, At: at}}
	}
	if rapid.Bool().Draw(t, "core team") {
		b.Ideas = []rugzak.Idea{{
			ID: string(sampleID(911)), Title: line.Draw(t, "idea") + "x", Text: line.Draw(t, "why idea"), Step: "Bel " + line.Draw(t, "first step"),
			Organisations: []rugzak.OrganisationID{"jeugd", "wonen"}, State: rugzak.IdeaGrown, Became: "agenda:een", Sample: true,
			Answers: []rugzak.IdeaAnswer{{Organisation: "wonen", Reply: rugzak.IdeaLater, Note: line.Draw(t, "reply"), At: moment().Draw(t, "replied at")}},
			At:      moment().Draw(t, "idea at"), UpdatedAt: moment().Draw(t, "idea changed"),
		}}
		b.SelfCheck = rugzak.SelfCheck{Answers: []rugzak.SelfAnswer{{Point: rugzak.SelfAgenda, How: rugzak.SelfHelp, Note: line.Draw(t, "self note"), At: moment().Draw(t, "self at")}}}
	}
	if rapid.Bool().Draw(t, "threaded") {
		text, at := line.Draw(t, "thread text"), moment().Draw(t, "thread at")
		b.Threads = []rugzak.Thread{
			{Theme: "bal", Number: 1, Intro: oddBody().Draw(t, "thread intro"), At: at},
			{Theme: "bal", Number: 2, From: 1, Bound: true, Held: rapid.Bool().Draw(t, "held"), NotBSN: []string{"123456782"}, At: at, Sections: []rugzak.ThreadSection{
				{Prompt: rugzak.PromptSee, Text: oddBody().Draw(t, "seen"), Quotes: []rugzak.Quote{{Entry: sampleID(1), Text: "Zo " + text, Function: "coach"}, {Gone: true}}},
				{Prompt: rugzak.PromptAsk, Text: text},
			}},
		}
		b.ThemeLetters = []rugzak.ThemeLetter{{
			ID: string(sampleID(903)), Theme: "bal", Lead: text, Thread: 2, Picks: []rugzak.LetterPick{{Entry: sampleID(1), Why: text}}, Question: sampleID(2),
			Method: sampleID(1), Day: "2026-12-03", What: "Lunch", At: at, SentAt: moment().Draw(t, "letter sent"),
		}}
		b.Celebrations = []rugzak.Celebration{{Month: "2026-11", Picks: []rugzak.DigestPick{{Entry: sampleID(1), Reason: "Omdat " + text}}, At: at}}
	}
	if rapid.Bool().Draw(t, "told") {
		b.NoticeSettings = []rugzak.NoticeSettings{{Person: "noor", Quiet: rapid.Bool().Draw(t, "quiet"), Digest: true, Choices: map[rugzak.NoticeGroup]rugzak.NoticeChoice{
			rugzak.GroupThanks: {Hidden: true, Mail: rugzak.MailNever}, rugzak.GroupResponse: {Mail: rugzak.MailWeekly}}}}
		b.Digests = []rugzak.Digest{{Week: "2026-W47", Picks: []rugzak.DigestPick{{Entry: sampleID(1), Reason: line.Draw(t, "picked")}}}}
	}
	if rapid.Bool().Draw(t, "said") {
		first, second := string(sampleID(901)), string(sampleID(902))
		b.Responses = []rugzak.Response{
			{ID: first, Entry: sampleID(1), Kind: rugzak.ResponseQuestion, Author: "noor", Organisation: "wmo", Lang: rugzak.Dutch, Version: 1,
				Body: "Hoe? @[person:noor]\n\n" + line.Draw(t, "said text"), Mentions: []rugzak.PersonID{"noor"}, At: moment().Draw(t, "said at"),
				NotBSN: []string{"111222333"}, Inside: true, EditedAt: moment().Draw(t, "said again"), Waits: "wmo"},
			{ID: second, Entry: sampleID(1), To: first, Kind: rugzak.ResponseAnswer, Author: "noor", Lang: rugzak.English, Version: 1,
				Body: "So.", At: moment().Draw(t, "answered at"), Withdrawn: true, Reported: true, Became: sampleID(1)},
		}
		b.Signals = []rugzak.Signal{
			{Person: "noor", Entry: sampleID(1), Kind: rugzak.SignalRecognise, At: moment().Draw(t, "recognised at")},
			{Person: "noor", Entry: sampleID(1), Response: first, Kind: rugzak.SignalThank, At: moment().Draw(t, "thanked at")},
		}
	}
	if rapid.Bool().Draw(t, "kept") {
		b.Keeps = []rugzak.Keep{{Person: "noor", Entry: sampleID(1), Purpose: line.Draw(t, "purpose"), Note: oddBody().Draw(t, "keep note"), At: moment().Draw(t, "kept at"),
			Weeks: rapid.IntRange(0, 8).Draw(t, "weeks"), RemindAt: moment().Draw(t, "remind at"), AskedAt: moment().Draw(t, "asked at"),
			Answer: rapid.SampledFrom(append(rugzak.KeepAnswers(), "")).Draw(t, "answer")}}
	}
	return b
}
