// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ProposalInput is what the form of another text holds.
type ProposalInput struct {
	Title, Lesson, Body string
	Why                 string // one line; may be empty
	Reviewed            bool   // the writer looked at what the screener found and leaves it so
}

func (in ProposalInput) clean() ProposalInput {
	in.Title, in.Lesson, in.Why = rugzak.Line(in.Title), rugzak.Line(in.Lesson), rugzak.Line(in.Why)
	in.Body = rugzak.Newlines(in.Body)
	return in
}

// TextToPropose is the text of an entry as its readers see it, for a facilitator
// to write another one, and its version.
type TextToPropose struct {
	Entry EntryView
	Input ProposalInput
	Base  int
	// Asked: this reader proposed one already, which was not answered yet.
	Asked bool
}

// TextToPropose shows the text from which another one is made.
func (s *Service) TextToPropose(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (TextToPropose, error) {
	var v TextToPropose
	err := s.view(ctx, "text to propose", func(r rugzak.Reader) error {
		e, mine, err := lookCare(r, by, id)
		if err != nil {
			return err
		}
		if mine {
			return rugzak.Forbidden("error.care.own")
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Entry, v.Base = n.entry(by, e, mine), e.Version
		if err := s.careOf(n, by, e, &v.Entry); err != nil {
			return err
		}
		v.Asked = v.Entry.Care.Proposing == rugzak.WideningOpen
		v.Input = ProposalInput{Title: e.Title, Lesson: e.Lesson, Body: e.Body}
		return nil
	})
	return v, err
}

// ProposalFindings lists what the screener found in a text somebody proposes, as
// far as it is shown. Of the numbers only those its author declared are let by.
func (s *Service) ProposalFindings(ctx context.Context, by rugzak.Person, id rugzak.EntryID, in ProposalInput) ([]Found, error) {
	in = in.clean()
	declared, err := s.declaredIn(ctx, by, id)
	if err != nil {
		return nil, err
	}
	found, err := s.inspect(ctx, proposalTexts(rugzak.TextProposal{Title: in.Title, Lesson: in.Lesson, Body: in.Body, Why: in.Why}), declared)
	return shownFindings(found), err
}

func (s *Service) declaredIn(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (declared []string, err error) {
	err = s.view(ctx, "declared numbers", func(r rugzak.Reader) error {
		e, _, err := lookCare(r, by, id)
		declared = e.NotBSN
		return err
	})
	return declared, err
}

// ProposeText lays another text before the author of an entry. Nothing changes
// before the author takes it over.
func (s *Service) ProposeText(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base int, in ProposalInput) error {
	in = in.clean()
	declared, err := s.declaredIn(ctx, by, id)
	if err != nil {
		return err
	}
	x := rugzak.TextProposal{
		Entry: id, Asker: by.ID, Title: in.Title, Lesson: in.Lesson, Body: in.Body, Why: in.Why, Base: base, State: rugzak.WideningOpen,
	}
	if x.NotBSN, err = block(s.screen(proposalTexts(x), declared)); err != nil {
		return err
	}
	if err := x.Validate(); err != nil {
		return err
	}
	if _, err := s.Renderer.Render(ctx, x.Body, rugzak.Dutch); err != nil {
		return asBodyProblem(err)
	}
	found, err := s.inspect(ctx, proposalTexts(x), declared)
	if err != nil {
		return err
	}
	_, err = s.update(ctx, "propose text", func(w rugzak.Writer) error {
		e, mine, err := lookCare(w, by, id)
		if err != nil {
			return err
		}
		if e.Version != base || !slices.Equal(e.NotBSN, declared) {
			return rugzak.Conflict()
		}
		over, err := s.mayAskCare(by, e, mine, "why", asAsks(w.AllTextProposals(), asTextAsk))
		if err != nil {
			return err
		}
		for _, o := range over {
			if err := w.RemoveTextProposal(o.Entry, o.ID); err != nil {
				return err
			}
		}
		if x.Title == e.Title && x.Lesson == e.Lesson && x.Body == e.Body {
			var p rugzak.Problems
			p.Add("body", "error.text.same")
			return p.Err()
		}
		if err := letOut(w, e, found, in.Reviewed, false); err != nil {
			return err
		}
		x.ID, x.At = rugzak.NewID(s.now()), s.now()
		if err := w.SaveTextProposal(x); err != nil {
			return err
		}
		return s.tellCare(w, e, rugzak.NoticeTextAsked)
	})
	return err
}

// ProposedText is another text as the author of the entry sees it: what would
// change in the text as it is now.
type ProposedText struct {
	Entry EntryView
	Ask   CareAsk
	Diff  []FieldDiff
	HTML  string // as it would look
	Base  int    // version of the entry it is compared with
	// Moved: the author changed the text since it was proposed.
	Moved bool
	Found []Found
}

// ProposedText shows the author what somebody proposes.
func (s *Service) ProposedText(ctx context.Context, by rugzak.Person, id rugzak.EntryID, request string) (ProposedText, error) {
	var v ProposedText
	var before, after Input
	err := s.view(ctx, "proposed text", func(r rugzak.Reader) error {
		e, x, err := s.standingText(r, by, id, request)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		asks, err := s.appendCare(nil, n, e, asTextAsk(x), CareAsk{ID: x.ID, Text: x.Why, Proposal: true})
		if err != nil {
			return err
		}
		v.Entry, v.Ask, v.Base, v.Moved = n.entry(by, e, true), asks[0], e.Version, e.Version != x.Base
		before = s.InputOf(e)
		after = proposed(before, x)
		return nil
	})
	if err != nil {
		return v, err
	}
	v.Diff = s.Compare(before, after)
	rendered, err := s.rendered(ctx, after.Body, after.Lang)
	if err != nil {
		return v, err
	}
	v.HTML = rendered.HTML
	found, err := s.inspect(ctx, after.texts(), after.NotBSN)
	v.Found = shownFindings(found)
	return v, err
}

// proposed is the form of an entry with the proposed text in it.
func proposed(in Input, x rugzak.TextProposal) Input {
	in.Title, in.Lesson, in.Body = x.Title, x.Lesson, x.Body
	return in
}

// standingText fetches a proposal that its author can answer.
func (s *Service) standingText(r rugzak.Reader, by rugzak.Person, id rugzak.EntryID, request string) (e rugzak.Entry, x rugzak.TextProposal, err error) {
	if e, err = lookMine(r, by, id); err != nil {
		return e, x, err
	}
	if !rugzak.ValidID(request) {
		return e, x, rugzak.NotFound()
	}
	if x, err = r.TextProposal(id, request); err != nil {
		return e, x, err
	}
	stands, err := s.stands(r, e, asTextAsk(x))
	if err == nil && !stands {
		err = rugzak.NotFound()
	}
	return e, x, err
}

// AnswerText is the author's answer. On yes the text is a new revision, as if
// the author had typed it: by the same rules. base is the version the author saw
// the difference with.
func (s *Service) AnswerText(ctx context.Context, by rugzak.Person, id rugzak.EntryID, request string, yes bool, base int, reviewed bool) (Saved, error) {
	var saved Saved
	var in Input
	err := s.view(ctx, "answer text", func(r rugzak.Reader) error {
		e, x, err := s.standingText(r, by, id, request)
		if err != nil {
			return err
		}
		saved.Entry, in = e, proposed(s.InputOf(e), x)
		return nil
	})
	if err != nil {
		return saved, err
	}
	if yes {
		in.Reviewed = reviewed
		if saved, err = s.Revise(ctx, by, id, base, in); err != nil {
			return saved, err
		}
	}
	pos, err := s.update(ctx, "settle text", func(w rugzak.Writer) error {
		x, err := w.TextProposal(id, request)
		if isMissing(err) || err == nil && x.State != rugzak.WideningOpen {
			return nil // answered meanwhile, or its past was purged
		}
		if err != nil {
			return err
		}
		kind := rugzak.NoticeTextNo
		x.State = rugzak.WideningNo
		if yes {
			x.State, kind = rugzak.WideningYes, rugzak.NoticeTextYes
		}
		// What it said is the entry's text now, or was not wanted: it goes.
		x.Title, x.Lesson, x.Body, x.Why, x.NotBSN = "", "", "", "", nil
		if err := w.SaveTextProposal(x); err != nil {
			return err
		}
		return s.tellCareAsker(w, asTextAsk(x), kind)
	})
	saved.Position = max(saved.Position, pos)
	return saved, err
}
