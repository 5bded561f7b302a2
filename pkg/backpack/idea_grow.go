// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// CloseIdea lets an open idea go.
func (s *Service) CloseIdea(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.changeIdea(ctx, by, id, rugzak.VerbIdeaClosed, func(_ rugzak.Writer, i *rugzak.Idea) error {
		if i.State == rugzak.IdeaGrown {
			return rugzak.Forbidden("error.idea.over")
		}
		i.State = rugzak.IdeaClosed
		return nil
	})
	return err
}

// ReopenIdea takes up again an idea that was let go, or that became something
// which is not what was wanted.
func (s *Service) ReopenIdea(ctx context.Context, by rugzak.Person, id string) error {
	_, err := s.changeIdea(ctx, by, id, rugzak.VerbIdeaSaved, func(w rugzak.Writer, i *rugzak.Idea) error {
		if i.State == rugzak.IdeaOpen {
			return nil
		}
		if err := mayStart(w); err != nil {
			return err
		}
		i.State, i.Became = rugzak.IdeaOpen, ""
		return nil
	})
	return err
}

// RemoveIdea takes an idea away with what was answered.
func (s *Service) RemoveIdea(ctx context.Context, by rugzak.Person, id string) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	_, err := s.update(ctx, "remove idea", func(w rugzak.Writer) error {
		i, err := lookIdea(w, by, id)
		if err != nil {
			return err
		}
		if err := w.RemoveIdea(id); err != nil {
			return err
		}
		return s.logIdea(w, by, i, rugzak.VerbIdeaRemoved)
	})
	return err
}

// changeIdea changes an idea of the core team.
func (s *Service) changeIdea(ctx context.Context, by rugzak.Person, id string, verb rugzak.Verb, change func(rugzak.Writer, *rugzak.Idea) error) (rugzak.Position, error) {
	if !rugzak.CanSteer(by) {
		return "", rugzak.Forbidden("error.core_team_only")
	}
	return s.update(ctx, "change idea", func(w rugzak.Writer) error {
		i, err := lookIdea(w, by, id)
		if err != nil {
			return err
		}
		before := i
		if err := change(w, &i); err != nil {
			return err
		}
		if i.State == before.State && i.Became == before.Became {
			return nil
		}
		i.UpdatedAt = s.now()
		if err := w.SaveIdea(i, i.Version); err != nil {
			return err
		}
		return s.logIdea(w, by, i, verb)
	})
}

// IdeaToQuestion makes a draft of a question of an idea, for the organisations
// that said yes: its writer goes on with it and shares it.
func (s *Service) IdeaToQuestion(ctx context.Context, by rugzak.Person, id string) (Saved, error) {
	read, in, err := s.questionOfIdea(ctx, by, id)
	if err != nil {
		return Saved{}, err
	}
	entry, err := s.NewID(ctx, by)
	if err != nil {
		return Saved{}, err
	}
	if in, err = s.prepare(ctx, by, in); err != nil {
		return Saved{}, err
	}
	var saved Saved
	saved.Position, err = s.changeIdea(ctx, by, id, rugzak.VerbIdeaGrown, func(w rugzak.Writer, i *rugzak.Idea) error {
		if i.State != rugzak.IdeaOpen {
			return rugzak.Forbidden("error.idea.over")
		}
		if i.Version != read { // the draft would hold what it no longer says
			return rugzak.Conflict()
		}
		i.State, i.Became = rugzak.IdeaGrown, rugzak.Subject(rugzak.EntrySubject(entry))
		saved.Entry, err = s.putDraft(w, by, entry, 0, in)
		return err
	})
	return saved, err
}

// questionOfIdea is what the question begins with: the text of the idea, its step
// as what to do next, and who said yes. version is that of the idea.
func (s *Service) questionOfIdea(ctx context.Context, by rugzak.Person, id string) (version int, in Input, err error) {
	if !rugzak.CanSteer(by) {
		return 0, in, rugzak.Forbidden("error.core_team_only")
	}
	err = s.view(ctx, "question of an idea", func(r rugzak.Reader) error {
		i, err := lookIdea(r, by, id)
		if err != nil {
			return err
		}
		if i.State != rugzak.IdeaOpen {
			return rugzak.Forbidden("error.idea.over")
		}
		version = i.Version
		choices, err := audienceChoices(r, by, by.Organisation, by.Kind)
		if err != nil {
			return err
		}
		in = Input{
			Kind: rugzak.KindQuestion, Lang: by.Language.Or(rugzak.Dutch), Title: i.Title, Body: strings.TrimSpace(i.Text) + "\n", Mode: rugzak.ByName,
			Audience: rugzak.Audience{Level: rugzak.LevelInternal},
			Question: &rugzak.QuestionData{Size: rugzak.SizeJoint, State: rugzak.QuestionOpen, NextStep: i.Step, BallWith: by.Organisation},
		}
		for _, a := range i.Answers {
			if a.Reply != rugzak.IdeaYes || a.Organisation == by.Organisation {
				continue
			}
			o, err := r.Organisation(a.Organisation)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			in.With = append(in.With, o.ID)
			if o.Kind == rugzak.Partner && choices.offers(o.ID) {
				in.Audience.Also = append(in.Audience.Also, o.ID)
			}
		}
		slices.Sort(in.Audience.Also)
		return nil
	})
	return version, in, err
}

// IdeaToAgenda puts an idea on the future agenda, led by the organisations that
// said yes; when none did, by the reader's own.
func (s *Service) IdeaToAgenda(ctx context.Context, by rugzak.Person, id string) (rugzak.AgendaItem, error) {
	var item rugzak.AgendaItem
	_, err := s.changeIdea(ctx, by, id, rugzak.VerbIdeaGrown, func(w rugzak.Writer, i *rugzak.Idea) error {
		if i.State != rugzak.IdeaOpen {
			return rugzak.Forbidden("error.idea.over")
		}
		in := AgendaInput{Title: i.Title, Text: strings.TrimSpace(i.Text + "\n\n" + i.Step), Horizon: rugzak.HorizonNow}
		for _, a := range i.Answers {
			if o, err := w.Organisation(a.Organisation); err == nil && !o.Closed && a.Reply == rugzak.IdeaYes {
				in.Organisations = append(in.Organisations, a.Organisation)
			}
		}
		if len(in.Organisations) == 0 { // nobody said yes yet: whoever puts it there begins
			in.Organisations = []rugzak.OrganisationID{by.Organisation}
		}
		var err error
		// What an idea says was looked at when it was saved.
		if item, err = s.addItem(w, by, in, nil); err != nil {
			return err
		}
		i.State, i.Became = rugzak.IdeaGrown, rugzak.Subject("agenda:"+item.ID)
		return nil
	})
	return item, err
}
