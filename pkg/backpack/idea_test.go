// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"slices"
	"testing"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// busyReads is a store in which something happens once after something is read.
type busyReads struct {
	rugzak.Store
	after func()
}

func (s *busyReads) View(ctx context.Context, read func(rugzak.Reader) error) error {
	err := s.Store.View(ctx, read)
	if do := s.after; do != nil {
		s.after = nil
		do()
	}
	return err
}

func (c *cast) start(t *testing.T) rugzak.Idea {
	t.Helper()
	i, err := c.SaveIdea(t.Context(), c.people["coreteam"], "", 0, backpack.IdeaInput{
		Title: "Meelopen", Text: "Zo leren we elkaars werk kennen.", Step: "Prik een datum.", Organisations: []rugzak.OrganisationID{c.partner, c.people["coreteam"].Organisation},
	})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// An idea that is let go, grows or changes while a question is made of it leaves
// no draft behind and stays what it became.
func TestIdeaToQuestionMeanwhile(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	core := c.people["coreteam"]
	for name, meanwhile := range map[string]func(rugzak.Idea) error{
		"closed": func(i rugzak.Idea) error { return c.CloseIdea(t.Context(), core, i.ID) },
		"grown": func(i rugzak.Idea) error {
			_, err := c.IdeaToAgenda(t.Context(), core, i.ID)
			return err
		},
		"answered": func(i rugzak.Idea) error {
			return c.AnswerIdea(t.Context(), c.people[ceder], i.ID, rugzak.IdeaAnswer{}, rugzak.IdeaAnswer{Reply: rugzak.IdeaYes})
		},
	} {
		idea := c.start(t)
		deps := c.Deps
		deps.Store = &busyReads{c.store, func() {
			if err := meanwhile(idea); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}}
		if _, err := backpack.New(deps).IdeaToQuestion(t.Context(), core, idea.ID); err == nil {
			t.Errorf("%s meanwhile, it became a question", name)
		}
		mine, err := c.Mine(t.Context(), core, "")
		if err != nil || len(mine.Drafts) != 0 {
			t.Errorf("%s meanwhile: %d drafts, %v", name, len(mine.Drafts), err)
		}
		v, err := c.Idea(t.Context(), core, idea.ID)
		if err != nil || v.Became != nil || v.Idea.State == rugzak.IdeaGrown != (v.Item != nil) {
			t.Errorf("%s meanwhile: %+v, %v", name, v, err)
		}
	}
	idea := c.start(t)
	saved, err := c.IdeaToQuestion(t.Context(), core, idea.ID)
	if err != nil || saved.Entry.Title != idea.Title || saved.Position == "" {
		t.Errorf("the question: %+v, %v", saved, err)
	}
	if _, err := c.IdeaToQuestion(t.Context(), core, idea.ID); rugzak.CodeOf(err) != rugzak.CodeForbidden {
		t.Errorf("a second question: %v", err)
	}
}

// The answer of an organisation is that of all its people: who answers from an
// older form is told of what a colleague said.
func TestIdeaAnswerMeanwhile(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	p, idea := c.people[ceder], c.start(t)
	none, yes := rugzak.IdeaAnswer{}, rugzak.IdeaAnswer{Reply: rugzak.IdeaYes, Note: "Wij leveren twee mensen"}
	later := rugzak.IdeaAnswer{Reply: rugzak.IdeaLater}
	for _, step := range []struct {
		was, say rugzak.IdeaAnswer
		want     rugzak.Code
		stands   rugzak.IdeaAnswer
	}{
		{none, yes, "", yes},
		{none, yes, "", yes}, // sent twice
		{none, later, rugzak.CodeConflict, yes},
		{later, none, rugzak.CodeConflict, yes},
		{yes, later, "", later},
	} {
		if err := c.AnswerIdea(t.Context(), p, idea.ID, step.was, step.say); rugzak.CodeOf(err) != step.want {
			t.Errorf("%+v after %+v: %v", step.say, step.was, err)
		}
		v, err := c.Idea(t.Context(), p, idea.ID)
		if err != nil || v.Mine == nil || v.Mine.Reply != step.stands.Reply || v.Mine.Note != step.stands.Note {
			t.Errorf("it says %+v, %v; want %+v", v.Mine, err, step.stands)
		}
	}
}

// An idea on the agenda is led by who said yes; whoever puts it there leads only
// when nobody did.
func TestIdeaOnTheAgendaIsLedByWhoSaidYes(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	core := c.people["coreteam"]
	for _, step := range []struct {
		reply rugzak.IdeaReply
		want  rugzak.OrganisationID
	}{{rugzak.IdeaYes, c.partner}, {rugzak.IdeaLater, core.Organisation}} {
		idea := c.start(t)
		if err := c.AnswerIdea(t.Context(), c.people[ceder], idea.ID, rugzak.IdeaAnswer{}, rugzak.IdeaAnswer{Reply: step.reply}); err != nil {
			t.Fatal(err)
		}
		item, err := c.IdeaToAgenda(t.Context(), core, idea.ID)
		if err != nil || !slices.Equal(item.Organisations, []rugzak.OrganisationID{step.want}) {
			t.Errorf("after %q it is led by %v, %v; want %s", step.reply, item.Organisations, err, step.want)
		}
	}
}
