// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// bundle is a house with a theme of three entries and others beside it.
type bundle struct {
	*house
	author, partner, curator rugzak.Person
	theme                    rugzak.Theme
	in                       []rugzak.Entry
}

func newBundle(t *testing.T) *bundle {
	t.Helper()
	h := newHouse(t)
	h.starter(t)
	b := &bundle{house: h, author: h.person(t, "deelnemer@voorbeeld.test"), partner: h.person(t, "partner@voorbeeld.test"), curator: h.person(t, "facilitator@voorbeeld.test")}
	var err error
	if b.theme, err = h.SaveTheme(t.Context(), b.curator, "", 0, backpack.ThemeInput{Title: "Kanaries tellen"}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		e := h.share(t, b.author, simple(fmt.Sprintf("Kanarievogels in de volière %d", i), "Wij tellen kanarievogels in de volière bij zonsopgang.", rugzak.LevelInternal))
		if _, err := h.AddToTheme(t.Context(), b.curator, e.ID, b.theme.ID); err != nil {
			t.Fatal(err)
		}
		b.in = append(b.in, e)
	}
	return b
}

func (b *bundle) proposals(t *testing.T) backpack.ThemeProposals {
	t.Helper()
	b.caughtUp(t)
	got, err := b.Proposals(t.Context(), b.curator, b.theme.ID, "")
	if err != nil || got.Behind {
		t.Fatalf("proposals: behind %v, %v", got.Behind, err)
	}
	return got
}

// why finds the reasons for which an entry is proposed.
func why(p backpack.ThemeProposals, id rugzak.EntryID) *backpack.Reasons {
	for _, c := range p.Cards {
		if c.ID == id {
			return &c.Why
		}
	}
	return nil
}

func (b *bundle) decide(t *testing.T, choices ...backpack.Decision) backpack.Triaged {
	t.Helper()
	done, err := b.Triage(t.Context(), b.curator, choices)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestProposalsSayWhy(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	alike := b.share(t, b.author, simple("Volière vol kanarievogels", "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	question := b.share(t, b.author, asked(b.author, "Hoe tellen we wat vliegt?", b.curator.Organisation, rugzak.Audience{Level: rugzak.LevelInternal}))
	related := func(title string, to rugzak.EntryID, kind rugzak.RelationType) rugzak.Entry {
		in := simple(title, "Iets geheel anders.", rugzak.LevelInternal)
		in.Relations = []rugzak.Relation{{Type: kind, To: to}}
		return b.share(t, b.author, in)
	}
	inside := related("Hoort erbij", question.ID, rugzak.Answers)
	b.decide(t, backpack.Decision{Entry: inside.ID, Theme: b.theme.ID, Choice: backpack.ChooseAdd})
	same := related("Zelfde vraag", question.ID, rugzak.Answers)
	link := related("Zie ook", b.in[1].ID, rugzak.SeeAlso)
	application := b.apply(t, b.curator, b.in[0].ID, rugzak.OutcomeWorked, rugzak.Audience{Level: rugzak.LevelInternal})

	got := b.proposals(t)
	if w := why(got, alike.ID); w == nil || !slices.Contains(w.Words, "kanarievogels") {
		t.Errorf("what is about the same: %+v", w)
	}
	if w := why(got, question.ID); w == nil || w.Question == nil || w.Question.ID != question.ID || w.QuestionShare != 1 {
		t.Errorf("the question itself: %+v", w)
	}
	if w := why(got, application.ID); w == nil || w.Lesson == nil || w.Lesson.ID != b.in[0].ID || !w.None {
		t.Errorf("what uses a lesson, from a department the theme has nothing of: %+v", w)
	}
	if w := why(got, link.ID); w == nil || w.Linked == nil || w.Linked.ID != b.in[1].ID {
		t.Errorf("what is linked: %+v", w)
	}
	// What is linked to what is linked is not in reach, but with the same words it is.
	if w := why(got, same.ID); w != nil && w.Question == nil {
		t.Errorf("proposed without the question: %+v", w)
	}
	if why(got, b.in[0].ID) != nil || why(got, inside.ID) != nil {
		t.Error("what is in the theme is proposed")
	}
}

func TestProposalsRememberRefusals(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	never := b.share(t, b.author, simple("Volière een", "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	later := b.share(t, b.author, simple("Volière twee", "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	taken := b.share(t, b.author, simple("Volière drie", "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	hidden := b.share(t, b.author, simple("Volière vier", "In de volière telden wij kanarievogels.", rugzak.LevelTeam))
	full := b.share(t, b.author, simple("Volière vijf", "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	for i := range rugzak.MaxThemes {
		other, err := b.SaveTheme(t.Context(), b.curator, "", 0, backpack.ThemeInput{Title: fmt.Sprintf("Ander %d", i)})
		if err != nil {
			t.Fatal(err)
		}
		b.decide(t, backpack.Decision{Entry: full.ID, Theme: other.ID, Choice: backpack.ChooseAdd})
	}
	got := b.proposals(t)
	for _, e := range []rugzak.Entry{never, later, taken} {
		if why(got, e.ID) == nil {
			t.Errorf("%s is not proposed", e.Title)
		}
	}
	for _, e := range []rugzak.Entry{hidden, full} {
		if why(got, e.ID) != nil {
			t.Errorf("%s is proposed", e.Title)
		}
	}
	done := b.decide(t,
		backpack.Decision{Entry: never.ID, Theme: b.theme.ID, Choice: backpack.ChooseNot},
		backpack.Decision{Entry: later.ID, Theme: b.theme.ID, Choice: backpack.ChooseLater},
		backpack.Decision{Entry: taken.ID, Theme: b.theme.ID, Choice: backpack.ChooseAdd},
		backpack.Decision{Entry: hidden.ID, Theme: b.theme.ID, Choice: backpack.ChooseAdd},
		backpack.Decision{Entry: full.ID, Theme: b.theme.ID, Choice: backpack.ChooseAdd},
		backpack.Decision{Entry: never.ID, Theme: "bestaat-niet", Choice: backpack.ChooseNot})
	if done.Added != 1 || done.Refused != 1 || done.Later != 1 || done.Left != 3 {
		t.Errorf("%+v", done)
	}
	got = b.proposals(t)
	if len(got.Refused) != 2 || why(got, never.ID) != nil || why(got, later.ID) != nil || why(got, taken.ID) != nil {
		t.Errorf("after choosing: %d refused, and proposed %v", len(got.Refused), idsOfProposals(got))
	}
	b.clock.turn(b.clock.Now().Add(rugzak.LaterAfter))
	got = b.proposals(t)
	if why(got, later.ID) == nil || why(got, never.ID) != nil || len(got.Refused) != 1 {
		t.Errorf("two weeks later: %v", idsOfProposals(got))
	}
	b.clock.turn(b.clock.Now().Add(500 * 24 * time.Hour))
	if why(b.proposals(t), never.ID) != nil {
		t.Error("what did not fit came back")
	}
	b.decide(t, backpack.Decision{Entry: never.ID, Theme: b.theme.ID, Choice: backpack.ChooseAgain})
	if why(b.proposals(t), never.ID) == nil {
		t.Error("what was put back is not proposed")
	}
	if _, err := b.Triage(t.Context(), b.curator, []backpack.Decision{{Entry: never.ID, Theme: b.theme.ID, Choice: "iets"}}); rugzak.CodeOf(err) != rugzak.CodeMalformed {
		t.Errorf("an unknown choice: %v", err)
	}
}

func idsOfProposals(p backpack.ThemeProposals) (out []rugzak.EntryID) {
	for _, c := range p.Cards {
		out = append(out, c.ID)
	}
	return out
}

// What a curator does not see changes nothing of what is proposed, nor why.
func TestProposalsAreTheSameWithWhatIsHidden(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	for i := range 4 {
		b.share(t, b.author, simple(fmt.Sprintf("Volière %d", i), "In de volière telden wij kanarievogels.", rugzak.LevelInternal))
	}
	before := b.proposals(t)
	if len(before.Cards) < 4 {
		t.Fatalf("only %d proposals: nothing to compare", len(before.Cards))
	}
	inbox, err := b.Inbox(t.Context(), b.curator, "")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		e := b.share(t, b.author, simple(fmt.Sprintf("Geheime volière %d", i), "In de volière telden wij kanarievogels bij zonsopgang.", rugzak.LevelTeam))
		if i < 3 { // a curator of the team put it in, and pinned it
			b.put(t, func(w rugzak.Writer) error {
				e, err := w.Entry(e.ID)
				if err != nil {
					return err
				}
				e.Themes = []rugzak.ThemeID{b.theme.ID}
				return w.SaveEntry(e, e.Version, nil)
			})
		}
	}
	after := b.proposals(t)
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("proposals differ:\n%v\n%v", before, after)
	}
	again, err := b.Inbox(t.Context(), b.curator, "")
	if err != nil || fmt.Sprint(inbox) != fmt.Sprint(again) {
		t.Errorf("the inbox differs: %v", err)
	}
}

func TestInboxSuggestsThemes(t *testing.T) {
	t.Parallel()
	b := newBundle(t)
	e := b.share(t, b.author, simple("Kanarievogels geteld", "Wij telden kanarievogels in de volière bij zonsopgang.", rugzak.LevelInternal))
	b.caughtUp(t)
	find := func() *backpack.InboxCard {
		inbox, err := b.Inbox(t.Context(), b.curator, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range inbox.Cards {
			if c.ID == e.ID {
				return &c
			}
		}
		return nil
	}
	c := find()
	if c == nil || c.Maybe != b.theme.ID || c.Like != 3 || len(c.Words) == 0 {
		t.Fatalf("in the inbox: %+v", c)
	}
	desk := func() int {
		d, err := b.Desk(t.Context(), b.curator)
		if err != nil {
			t.Fatal(err)
		}
		return d.Unthemed
	}
	count := desk()
	b.decide(t, backpack.Decision{Entry: e.ID, Choice: backpack.ChooseLater})
	if find() != nil || desk() != count-1 {
		t.Error("what was put off is still there")
	}
	b.clock.turn(b.clock.Now().Add(rugzak.LaterAfter))
	if find() == nil || desk() != count {
		t.Error("what was put off did not come back")
	}
	b.decide(t, backpack.Decision{Entry: e.ID, Choice: backpack.ChooseNot}, backpack.Decision{Entry: e.ID, Theme: b.theme.ID, Choice: backpack.ChooseAdd})
	if _, err := b.RemoveFromTheme(t.Context(), b.curator, e.ID, b.theme.ID); err != nil {
		t.Fatal(err)
	}
	if find() == nil {
		t.Error("adding it to a theme did not forget the refusal")
	}
}
