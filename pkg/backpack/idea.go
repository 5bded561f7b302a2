// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// IdeaInput is what the form of an idea holds.
type IdeaInput struct {
	Title, Text, Step string
	Organisations     []rugzak.OrganisationID
	Key               string // sending the form twice makes one idea
}

// IdeaView is an idea as one reader may see it.
type IdeaView struct {
	Idea          rugzak.Idea
	Organisations []rugzak.Organisation // invited, those the reader may know
	Answers       []IdeaAnswerLine
	Mine          *rugzak.IdeaAnswer // of the reader's organisation
	MayAnswer     bool
	MaySteer      bool
	Became        *Card // the entry it became, when the reader may see it
	Item          *rugzak.AgendaItem
	Report        TextReport
}

// IdeaAnswerLine is the answer of an organisation the reader may know.
type IdeaAnswerLine struct {
	rugzak.IdeaAnswer
	By rugzak.Organisation
}

// idea makes the view of an idea the reader may see.
func (n *names) idea(by rugzak.Person, i rugzak.Idea) (v IdeaView, became *rawCard, err error) {
	v.Report = n.textReport(rugzak.IdeaText(i.ID))
	v.MayAnswer, v.MaySteer = rugzak.CanAnswerIdea(by, i), rugzak.CanSteer(by)
	for _, o := range i.Organisations {
		if _, there := n.organisations[o]; there && n.mayName(by, o) {
			v.Organisations = append(v.Organisations, n.organisation(o))
		}
	}
	sortOrganisations(v.Organisations)
	for _, o := range v.Organisations {
		if a, said := i.Answer(o.ID); said {
			v.Answers = append(v.Answers, IdeaAnswerLine{a, o})
		}
	}
	if a, said := i.Answer(by.Organisation); said {
		v.Mine = &a
	}
	if id, ok := i.BecameEntry(); ok {
		e, mine, err := look(n.reader, by, id)
		if err == nil && (e.State.Public() || mine) {
			card := n.card(by, e, mine)
			became = &card
		} else if err != nil && !isMissing(err) {
			return v, nil, err
		}
	}
	if id, ok := i.BecameItem(); ok {
		if item, there := n.movement.Item(id); there {
			shown := n.shownItem(by, item)
			v.Item = &shown
		}
	}
	i.Organisations, i.Answers, i.Became = nil, nil, "" // shown as far as they may be known
	v.Idea = i
	return v, became, nil
}

// lookIdea fetches an idea for a reader; absent and hidden are alike.
func lookIdea(r rugzak.Reader, by rugzak.Person, id string) (rugzak.Idea, error) {
	if !rugzak.ValidID(id) {
		return rugzak.Idea{}, rugzak.NotFound()
	}
	i, err := r.Idea(id)
	if err != nil {
		return i, err
	}
	hidden, err := hidesText(r, by, rugzak.IdeaText(id))
	if err != nil {
		return i, err
	}
	if hidden || !rugzak.CanSeeIdea(by, i) {
		return rugzak.Idea{}, rugzak.NotFound()
	}
	return i, nil
}

// Idea returns the page of an idea.
func (s *Service) Idea(ctx context.Context, by rugzak.Person, id string) (IdeaView, error) {
	all, err := s.ideaViews(ctx, by, func(r rugzak.Reader) ([]rugzak.Idea, error) {
		i, err := lookIdea(r, by, id)
		return []rugzak.Idea{i}, err
	})
	if err != nil {
		return IdeaView{}, err
	}
	return all[0], nil
}

// MyIdeas lists the open ideas to which the reader's organisation is invited:
// those it did not answer first.
func (s *Service) MyIdeas(ctx context.Context, by rugzak.Person) ([]IdeaView, error) {
	if by.ID == "" {
		return nil, mustSignIn()
	}
	all, err := s.ideaViews(ctx, by, func(r rugzak.Reader) ([]rugzak.Idea, error) { return r.OpenIdeas(by.Organisation) })
	slices.SortStableFunc(all, func(a, b IdeaView) int { return order(a.Mine == nil) - order(b.Mine == nil) })
	return all, err
}

// Ideas lists all ideas for the core team: open ones first, the newest first.
func (s *Service) Ideas(ctx context.Context, by rugzak.Person) ([]IdeaView, error) {
	if !rugzak.CanSteer(by) {
		return nil, rugzak.Forbidden("error.core_team_only")
	}
	all, err := s.ideaViews(ctx, by, func(r rugzak.Reader) ([]rugzak.Idea, error) { return r.Ideas() })
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b IdeaView) int {
		return order(a.Idea.State == rugzak.IdeaOpen) - order(b.Idea.State == rugzak.IdeaOpen)
	})
	return all, err
}

func (s *Service) ideaViews(ctx context.Context, by rugzak.Person, which func(rugzak.Reader) ([]rugzak.Idea, error)) ([]IdeaView, error) {
	var out []IdeaView
	var raw map[int]rawCard
	err := s.view(ctx, "ideas", func(r rugzak.Reader) error {
		out, raw = nil, map[int]rawCard{}
		ideas, err := which(r)
		if err != nil || len(ideas) == 0 {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, i := range ideas {
			if n.hides(rugzak.IdeaText(i.ID)) {
				continue
			}
			v, became, err := n.idea(by, i)
			if err != nil {
				return err
			}
			if became != nil {
				raw[len(out)] = *became
			}
			out = append(out, v)
		}
		return nil
	})
	for i, card := range raw {
		out[i].Became = &s.finish(ctx, []rawCard{card})[0]
	}
	return out, err
}

// IdeaToEdit is an idea whole, for the core team.
func (s *Service) IdeaToEdit(ctx context.Context, by rugzak.Person, id string) (rugzak.Idea, error) {
	var i rugzak.Idea
	if !rugzak.CanSteer(by) {
		return i, rugzak.Forbidden("error.core_team_only")
	}
	err := s.view(ctx, "idea to edit", func(r rugzak.Reader) (err error) {
		if i, err = lookIdea(r, by, id); err == nil && i.State != rugzak.IdeaOpen {
			return rugzak.Forbidden("error.idea.over")
		}
		return err
	})
	return i, err
}

// IdeaChoices are the organisations the core team may invite.
func (s *Service) IdeaChoices(ctx context.Context, by rugzak.Person) ([]rugzak.Organisation, error) {
	if !rugzak.CanSteer(by) {
		return nil, rugzak.Forbidden("error.core_team_only")
	}
	var out []rugzak.Organisation
	err := s.view(ctx, "choices of an idea", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out = n.ideaChoices()
		return nil
	})
	return out, err
}

func (n *names) ideaChoices() []rugzak.Organisation {
	var out []rugzak.Organisation
	for _, o := range n.organisations {
		if !o.Closed {
			out = append(out, n.organisation(o.ID))
		}
	}
	sortOrganisations(out)
	return out
}

// SaveIdea starts an idea (empty id) or changes an open one. base is the version
// that was read.
func (s *Service) SaveIdea(ctx context.Context, by rugzak.Person, id string, base int, in IdeaInput) (rugzak.Idea, error) {
	var i rugzak.Idea
	if !rugzak.CanSteer(by) {
		return i, rugzak.Forbidden("error.core_team_only")
	}
	in.Title, in.Step, in.Text = rugzak.Line(in.Title), rugzak.Line(in.Step), rugzak.Newlines(in.Text)
	found, err := s.shortTexts(ctx, field{"title", in.Title}, field{"text", in.Text}, field{"step", in.Step})
	if err != nil {
		return i, err
	}
	if err := refusePartners(found); err != nil { // partners may be invited at any moment
		return i, err
	}
	_, err = s.update(ctx, "save idea", func(w rugzak.Writer) error {
		i = rugzak.Idea{ID: rugzak.NewID(s.now()), State: rugzak.IdeaOpen, At: s.now()}
		if id == "" {
			made, err := madeBy(w, by, in.Key)
			if err != nil {
				return err
			}
			if sent, err := w.Idea(made); !isMissing(err) { // else new, or taken away since
				i = sent
				return err
			}
			if err := mayStart(w); err != nil {
				return err
			}
		} else {
			var err error
			if i, err = lookIdea(w, by, id); err != nil {
				return err
			}
			if i.Version != base {
				return rugzak.Conflict()
			}
			if i.State != rugzak.IdeaOpen {
				return rugzak.Forbidden("error.idea.over")
			}
		}
		before := i.Organisations
		i.Title, i.Text, i.Step, i.Organisations, i.UpdatedAt = in.Title, in.Text, in.Step, unique(in.Organisations), s.now()
		slices.Sort(i.Organisations)
		i.Answers = slices.DeleteFunc(slices.Clone(i.Answers), func(a rugzak.IdeaAnswer) bool { return !i.Invites(a.Organisation) })
		n, err := readNames(w, by)
		if err != nil {
			return err
		}
		choices := n.ideaChoices()
		for _, o := range i.Organisations {
			if !slices.Contains(before, o) && !slices.ContainsFunc(choices, func(c rugzak.Organisation) bool { return c.ID == o }) {
				var p rugzak.Problems
				p.Add("organisations", "error.choose")
				return p.Err()
			}
		}
		if err := i.Validate(); err != nil {
			return err
		}
		base := i.Version
		if err := w.SaveIdea(i, base); err != nil {
			return err
		}
		i.Version = base + 1
		if id == "" {
			if err := s.saveMade(w, by, in.Key, i.ID); err != nil {
				return err
			}
		}
		if err := s.textMended(w, rugzak.IdeaText(i.ID)); err != nil {
			return err
		}
		return s.logIdea(w, by, i, rugzak.VerbIdeaSaved)
	})
	return i, err
}

// mayStart bounds how many ideas wait at a time: more, and nobody answers.
func mayStart(r rugzak.Reader) error {
	all, err := r.Ideas()
	if err != nil {
		return err
	}
	open := 0
	for _, i := range all {
		if i.State == rugzak.IdeaOpen {
			open++
		}
	}
	if open >= rugzak.MaxOpenIdeas {
		return &rugzak.Error{Code: rugzak.CodeForbidden, Key: "error.idea.many", Args: []any{rugzak.MaxOpenIdeas}}
	}
	return nil
}

func (s *Service) logIdea(w rugzak.Writer, by rugzak.Person, i rugzak.Idea, verb rugzak.Verb) error {
	return w.Log(rugzak.Change{At: s.now(), Actor: rugzak.PersonActor(by.ID), Verb: verb, Subject: rugzak.IdeaSubject(i.ID)})
}

// AnswerIdea answers for the reader's organisation. What it said before is
// replaced; who said it is not kept. was is the answer the form was made from:
// when a colleague answered otherwise meanwhile, it is a conflict. Of both only
// the reply and the note count.
func (s *Service) AnswerIdea(ctx context.Context, by rugzak.Person, id string, was, a rugzak.IdeaAnswer) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	a = rugzak.IdeaAnswer{Organisation: by.Organisation, Reply: a.Reply, Note: rugzak.Line(a.Note), At: s.now()}
	found, err := s.shortTexts(ctx, field{"note", a.Note})
	if err != nil {
		return err
	}
	if err := refusePartners(found); err != nil {
		return err
	}
	_, err = s.update(ctx, "answer an idea", func(w rugzak.Writer) error {
		i, err := lookIdea(w, by, id)
		if err != nil {
			return err
		}
		if !rugzak.CanAnswerIdea(by, i) {
			return rugzak.Forbidden("error.idea.invited_only")
		}
		if before, said := i.Answer(by.Organisation); said {
			switch {
			case before.Reply == a.Reply && before.Note == a.Note:
				return nil
			case before.Reply != was.Reply || before.Note != was.Note:
				return rugzak.Conflict()
			}
		}
		i.Reply(a)
		if err := i.Validate(); err != nil {
			return err
		}
		if err := w.SaveIdea(i, i.Version); err != nil {
			return err
		}
		return s.logIdea(w, by, i, rugzak.VerbIdeaAnswered)
	})
	return err
}
