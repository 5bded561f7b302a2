// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// letterHouse has a theme with a thread, three entries, a question and a method,
// seen by a partner.
type letterHouse struct {
	*cast
	theme            rugzak.ThemeID
	entries          []rugzak.Entry // the last one is for members only
	question, method rugzak.Entry
}

func newLetterHouse(t *testing.T) *letterHouse {
	t.Helper()
	c := newCast(t)
	h := &letterHouse{cast: c}
	curator, writer := c.people["facilitator"], c.people[author]
	h.theme = c.curate(t, curator, backpack.ThemeInput{Title: "Warme overdracht", Also: []rugzak.OrganisationID{c.partner}}).ID
	share := func(in backpack.Input) rugzak.Entry {
		in.Themes = []rugzak.ThemeID{h.theme}
		c.clock.turn(c.clock.Now().Add(time.Minute))
		return c.share(t, writer, in)
	}
	h.entries = []rugzak.Entry{
		share(simple("De roodborst", "Wij zagen de roodborst.", rugzak.LevelInternal, c.partner)),
		share(simple("De merel", "Wij hoorden de merel.", rugzak.LevelInternal, c.partner)),
		share(simple("De kwartel", "Wij zochten de kwartel.", rugzak.LevelInternal)),
	}
	q := asked(writer, "Waar broedt de fazant?", writer.Organisation, rugzak.Audience{Level: rugzak.LevelInternal, Also: []rugzak.OrganisationID{c.partner}})
	h.question = share(q)
	m := simple("Vogels tellen", "Tel mee.", rugzak.LevelInternal, c.partner)
	m.Kind, m.Method = rugzak.KindMethod, &rugzak.MethodData{Goal: "explore", MinutesMin: 10, MinutesMax: 20, GroupMin: 3, GroupMax: 9, Guidance: "none", Trust: "low"}
	h.method = share(m)
	c.thread(t, curator, h.theme, quoting(rugzak.Quote{Entry: h.entries[0].ID, Text: "wij zagen de roodborst", Function: "boswachter"}))
	return h
}

func (h *letterHouse) input() backpack.LetterInput {
	in := backpack.LetterInput{Lead: "Dit is nieuw.", Question: h.question.ID, Method: h.method.ID, Day: "2026-12-03", What: "Samen tellen"}
	for _, e := range h.entries {
		in.Picks = append(in.Picks, rugzak.LetterPick{Entry: e.ID, Why: "Omdat"})
	}
	return in
}

func (h *letterHouse) send(t *testing.T) rugzak.ThemeLetter {
	t.Helper()
	l, err := h.SaveLetter(t.Context(), h.people["facilitator"], h.theme, "", 0, h.input(), true)
	if err != nil {
		t.Fatalf("%v %v", err, problems(err))
	}
	return l
}

// follow lets people follow the theme.
func (h *letterHouse) follow(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		err := h.Join(t.Context(), h.people[name], rugzak.Subject(rugzak.ThemeSubject(h.theme)), backpack.JoinInput{Way: rugzak.WayFollow})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A letter is proposed, kept as a draft that only curators see, and sent once a
// week at most; each reader sees of it what they may read.
func TestThemeLetter(t *testing.T) {
	t.Parallel()
	h := newLetterHouse(t)
	curator := h.people["facilitator"]
	d, err := h.LetterToWrite(t.Context(), curator, h.theme, "")
	if err != nil || len(d.Letter.Picks) != 3 || d.Letter.Question != h.question.ID || d.Letter.Method != h.method.ID || !d.Thread || d.Followers {
		t.Fatalf("proposed: %+v, %v", d, err)
	}
	draft, err := h.SaveLetter(t.Context(), curator, h.theme, "", 0, h.input(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{author, ceder, "administrator"} {
		if _, err := h.ThemeLetter(t.Context(), h.people[who], draft.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
			t.Errorf("%s sees a draft: %v", who, err)
		}
		if l, err := h.ThemeLetters(t.Context(), h.people[who], h.theme); err != nil || len(l.Lines) != 0 {
			t.Errorf("%s has a draft in the list: %+v, %v", who, l, err)
		}
	}
	if _, err := h.ThemeLetter(t.Context(), h.people["coreteam"], draft.ID); err != nil {
		t.Errorf("another curator: %v", err)
	}
	if _, err := h.SaveLetter(t.Context(), curator, h.theme, draft.ID, 7, h.input(), false); rugzak.CodeOf(err) != rugzak.CodeConflict {
		t.Errorf("over another version: %v", err)
	}
	l, err := h.SaveLetter(t.Context(), curator, h.theme, draft.ID, draft.Version, h.input(), true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.SaveLetter(t.Context(), curator, h.theme, l.ID, l.Version, h.input(), false); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a letter that was sent is changed: %v", err)
	}
	if _, err := h.SaveLetter(t.Context(), curator, h.theme, "", 0, h.input(), true); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a second letter within the week: %v", err)
	}
	for who, want := range map[string]int{author: 3, elsewhere: 3, ceder: 2} {
		v, err := h.ThemeLetter(t.Context(), h.people[who], l.ID)
		if err != nil || len(v.Entries) != want || v.Question == nil || v.Method == nil || v.Thread.Empty() || v.Letter.Day == "" {
			t.Errorf("%s sees %+v, %v", who, v, err)
		}
	}
	if _, err := h.ThemeLetter(t.Context(), h.people[douglas], l.ID); rugzak.CodeOf(err) != rugzak.CodeNotFound {
		t.Errorf("who does not see the theme: %v", err)
	}
	h.clock.turn(h.clock.Now().Add(rugzak.LetterPause))
	h.send(t)
	if _, err := h.RemoveLetter(t.Context(), curator, l.ID); err != nil {
		t.Fatal(err)
	}
	if list, err := h.ThemeLetters(t.Context(), h.people[author], h.theme); err != nil || len(list.Lines) != 1 {
		t.Errorf("after one was removed: %+v, %v", list, err)
	}
}

// What is refused in a letter.
func TestThemeLetterIsChecked(t *testing.T) {
	t.Parallel()
	h := newLetterHouse(t)
	curator := h.people["facilitator"]
	hidden := h.share(t, h.people[author], simple("Van het team", "Tekst", rugzak.LevelTeam))
	outside := h.share(t, h.people[author], simple("Buiten het thema", "Tekst", rugzak.LevelInternal))
	for _, tc := range []struct {
		name   string
		change func(*backpack.LetterInput)
		field  string
	}{
		{"a hidden entry", func(in *backpack.LetterInput) { in.Picks[1].Entry = hidden.ID }, "entry_2"},
		{"an entry of no theme", func(in *backpack.LetterInput) { in.Picks[0].Entry = outside.ID }, "entry_1"},
		{"no question", func(in *backpack.LetterInput) { in.Question = h.entries[0].ID }, "question"},
		{"no method", func(in *backpack.LetterInput) { in.Method = h.entries[0].ID }, "method"},
		{"an absent meeting", func(in *backpack.LetterInput) { in.Meeting, in.Day, in.What = string(h.NewID()), "", "" }, "meeting"},
		{"two dates", func(in *backpack.LetterInput) { in.Meeting = string(h.NewID()) }, "day"},
		{"an address of somebody", func(in *backpack.LetterInput) { in.Lead = "Mail planning@elders.test" }, "lead"},
		{"a narrow source", func(in *backpack.LetterInput) { in.Lead = "Zie /ervaringen/" + string(h.entries[2].ID) }, "lead"},
	} {
		in := h.input()
		tc.change(&in)
		_, err := h.SaveLetter(t.Context(), curator, h.theme, "", 0, in, true)
		if got := problems(err); got[tc.field] == "" {
			t.Errorf("%s: %v %v", tc.name, err, got)
		}
	}
	bare := h.curate(t, curator, backpack.ThemeInput{Title: "Zonder draad"})
	if _, err := h.SaveLetter(t.Context(), curator, bare.ID, "", 0, backpack.LetterInput{}, true); problems(err)["lead"] != "error.letter.thread" {
		t.Errorf("a letter about no thread: %v", err)
	}
}

// Who joins in hears of a letter once, and gets it by mail if they want; the
// mail is made when it is sent, with the rights of that moment.
func TestThemeLetterByMail(t *testing.T) {
	t.Parallel()
	h := newLetterHouse(t)
	box := h.withPost()
	h.follow(t, author, elsewhere, ceder, "facilitator", teammate)
	h.choose(t, h.people[elsewhere], func(s *rugzak.NoticeSettings) {
		s.Choices = map[rugzak.NoticeGroup]rugzak.NoticeChoice{rugzak.GroupLetter: {Mail: rugzak.MailNever}}
	})
	l := h.send(t)
	if err := h.FollowNotices(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	queue := h.waiting(t)
	if len(queue) != 3 {
		t.Fatalf("%d wait: %+v", len(queue), queue)
	}
	for _, m := range queue {
		if text := fmt.Sprintf("%+v", m); strings.Contains(text, "roodborst") || strings.Contains(text, "Warme") {
			t.Errorf("the queue holds %s", text)
		}
	}
	// What happens between queueing and sending counts.
	if _, err := h.Withdraw(t.Context(), h.people[author], h.entries[1].ID); err != nil {
		t.Fatal(err)
	}
	h.round(t)
	if len(box.got) != 3 {
		t.Fatalf("%d sent", len(box.got))
	}
	for _, m := range box.got {
		for _, of := range []string{m.Text, m.HTML} {
			if !strings.Contains(of, "Warme overdracht") || !strings.Contains(of, "De roodborst") || !strings.Contains(of, "Waar broedt") || !strings.Contains(of, l.ID) {
				t.Errorf("the mail to %s lacks something: %s", m.To, of)
			}
			if strings.Contains(of, "De merel") || strings.Contains(of, "boswachter") || strings.Contains(of, "vaker") {
				t.Errorf("the mail to %s holds too much: %s", m.To, of)
			}
			if strings.Contains(of, "De kwartel") != (m.To != h.people[ceder].Email) {
				t.Errorf("the mail to %s is made with other rights: %s", m.To, of)
			}
		}
		if m.Unsubscribe == "" || strings.Contains(m.Subject, "Warme") {
			t.Errorf("subject and way out: %+v", m)
		}
	}
	page, err := h.Notices(t.Context(), h.people[ceder])
	if err != nil || len(page.Lines) != 1 || page.Lines[0].Letter != l.ID {
		t.Errorf("told: %+v, %v", page, err)
	}
	// One that waits when the letter goes is not sent.
	h.clock.turn(h.clock.Now().Add(rugzak.LetterPause))
	again, err := h.SaveLetter(t.Context(), h.people["facilitator"], h.theme, "", 0, backpack.LetterInput{}, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.FollowNotices(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.RemoveLetter(t.Context(), h.people["facilitator"], again.ID); err != nil {
		t.Fatal(err)
	}
	h.round(t)
	if len(box.got) != 3 || len(h.waiting(t)) != 0 {
		t.Errorf("a letter that is gone was sent: %d, %d wait", len(box.got), len(h.waiting(t)))
	}
}

// What is quoted of a source vanishes from letters with the source, from the
// mail that waits and from a whole export too.
func TestLetterGoesWithItsSources(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		act  func(*testing.T, *letterHouse) error
		gone bool
	}{
		"narrowed": {func(t *testing.T, h *letterHouse) error {
			e := h.entries[0]
			return second(h.ChangeAudience(t.Context(), h.people[author], e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelTeam}))
		}, false},
		"purged": {func(t *testing.T, h *letterHouse) error {
			return second(h.PurgeOwn(t.Context(), h.people[author], h.entries[0].ID))
		}, true},
		"theme reported": {func(t *testing.T, h *letterHouse) error {
			return second(h.ReportTheme(t.Context(), h.people[elsewhere], h.theme, rugzak.ReasonName))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newLetterHouse(t)
			box := h.withPost()
			h.follow(t, elsewhere)
			l := h.send(t)
			if err := h.FollowNotices(t.Context(), "a"); err != nil || len(h.waiting(t)) != 1 {
				t.Fatalf("%v, %d wait", err, len(h.waiting(t)))
			}
			if err := tc.act(t, h); err != nil {
				t.Fatal(err)
			}
			v, err := h.ThemeLetter(t.Context(), h.people[elsewhere], l.ID)
			if err != nil && rugzak.CodeOf(err) != rugzak.CodeNotFound {
				t.Fatal(err)
			}
			h.round(t)
			list, err := h.ThemeLetters(t.Context(), h.people[elsewhere], h.theme)
			if err != nil {
				t.Fatal(err)
			}
			notices, err := h.Notices(t.Context(), h.people[elsewhere])
			if err != nil {
				t.Fatal(err)
			}
			data, err := json.Marshal([]any{v, list, notices, box.got})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(data), "roodborst") || strings.Contains(string(data), "boswachter") {
				t.Errorf("still told: %s", data)
			}
			if !tc.gone {
				return
			}
			if text := h.export(t, true).comparable(t); strings.Contains(text, "roodborst") || strings.Contains(text, "boswachter") {
				t.Error("still in an export")
			}
		})
	}
}

// Threads with their versions, letters and what is celebrated come through a
// whole export, with the same bytes the second time.
func TestThreadsExported(t *testing.T) {
	t.Parallel()
	h := newLetterHouse(t)
	h.thread(t, h.people["facilitator"], h.theme, backpack.ThreadInput{Intro: "Een tweede versie."})
	h.send(t)
	first := h.export(t, true)
	if b := first.Everything; len(b.Threads) != 2 || len(b.ThemeLetters) != 1 {
		t.Errorf("%d versions and %d letters in the export", len(b.Threads), len(b.ThemeLetters))
	}
	again := newHouse(t)
	if _, err := again.ImportWhole(t.Context(), backpack.Operator(), first.Everything, first.whole, nil); err != nil {
		t.Fatal(err)
	}
	if a, b := first.comparable(t), again.export(t, true).comparable(t); a != b {
		t.Errorf("exported again:\n%s", firstDifference(a, b))
	}
}

// What its sender wrote in a letter stands in a mail where lessons may, beside
// an entry of which the lesson may stand there.
func TestThemeLetterMailHolds(t *testing.T) {
	t.Parallel()
	h := newLetterHouse(t)
	box := h.withPost()
	h.follow(t, ceder)
	in := h.input()
	own := simple("De uil", "Wij hoorden de uil.", rugzak.LevelOrganisation, h.partner)
	own.Themes = []rugzak.ThemeID{h.theme}
	in.Picks = []rugzak.LetterPick{
		{Entry: h.entries[0].ID, Why: "Hierom de roodborst."}, {Entry: h.share(t, h.people["facilitator"], own).ID, Why: "Hierom de uil."},
	}
	for base, holds := range rugzak.AllMailHolds() {
		rules := rugzak.DefaultSettings().Mail
		rules.Holds = holds
		if err := h.SaveMailSettings(t.Context(), h.people["administrator"], base, rules); err != nil {
			t.Fatal(err)
		}
		if _, err := h.SaveLetter(t.Context(), h.people["facilitator"], h.theme, "", 0, in, true); err != nil {
			t.Fatalf("%v %v", err, problems(err))
		}
		if err := h.FollowNotices(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		box.got = nil
		h.round(t)
		if len(box.got) != 1 {
			t.Fatalf("%s: %d sent", holds, len(box.got))
		}
		for _, of := range []string{box.got[0].Text, box.got[0].HTML} {
			for text, want := range map[string]bool{
				"De roodborst": holds != rugzak.MailHoldsLink, "De uil": holds != rugzak.MailHoldsLink,
				"Hierom de roodborst.": holds == rugzak.MailHoldsLesson, "Hierom de uil.": false,
			} {
				if strings.Contains(of, text) != want {
					t.Errorf("%s: %q stands in the mail: %v, want %v: %s", holds, text, !want, want, of)
				}
			}
		}
		h.clock.turn(h.clock.Now().Add(rugzak.LetterPause))
	}
}
