// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// answersMeanwhile reports whether a reader may do more than ask in a question
// phase: who wrote the question, by name. Without a name the answer would tell
// who wrote it; they can end the phase.
func answersMeanwhile(e rugzak.Entry, mine bool) bool { return mine && e.Mode != rugzak.Anonymous }

// askPhase tells the page of a question about its question phase.
func (s *Service) askPhase(by rugzak.Person, e rugzak.Entry, mine bool, v *ResponsesView) {
	if e.Question == nil || e.Kind != rugzak.KindQuestion {
		return
	}
	if v.Asking = e.Question.Asking(s.now()); v.Asking {
		v.Until, v.MayAnswer = e.Question.AskUntil, answersMeanwhile(e, mine)
	}
	can := mine && rugzak.CanPost(by) && mayRespond(e) == nil
	v.CanBegin, v.CanEnd = can && !v.Asking && e.Question.State.Open(), can && v.Asking
}

// BeginAskPhase lets others only ask about a question of one's own, for a few
// working days: advice comes after understanding.
func (s *Service) BeginAskPhase(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	return s.setAskPhase(ctx, by, id, rugzak.AddWorkingDays(s.now(), rugzak.AskDays))
}

// EndAskPhase opens a question of one's own for tips and experiences at once.
func (s *Service) EndAskPhase(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.Position, error) {
	return s.setAskPhase(ctx, by, id, "")
}

func (s *Service) setAskPhase(ctx context.Context, by rugzak.Person, id rugzak.EntryID, until string) (rugzak.Position, error) {
	return s.update(ctx, "question phase", func(w rugzak.Writer) error {
		e, err := lookMine(w, by, id)
		if err != nil {
			return err
		}
		if e.Kind != rugzak.KindQuestion || e.Question == nil {
			return rugzak.Forbidden("error.questions_only")
		}
		if err := mayRespond(e); err != nil {
			return err
		}
		if e.Question.Asking(s.now()) == (until != "") {
			return nil // pressed twice
		}
		e = e.Clone()
		e.Question.AskUntil = until
		e.Version++
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		return w.Log(s.change(e, by, rugzak.VerbQuestionPhase))
	})
}

// mayAskFirst refuses a question phase that begins with sharing without name:
// its last day would tell on which day that was.
func mayAskFirst(e rugzak.Entry) error {
	var p rugzak.Problems
	if e.Mode == rugzak.Anonymous && e.Question != nil && e.Question.AskUntil != "" {
		p.Add("question_ask_first", "error.ask_first_nameless")
	}
	return p.Err()
}

// withAskPhase says in a form until when others only ask, counted from now: the
// form of a draft says it anew each time, and that of sharing last.
func (s *Service) withAskPhase(in Input) Input {
	if in.Question == nil {
		return in
	}
	q := *in.Question
	q.AskUntil = ""
	if in.AskFirst {
		q.AskUntil = rugzak.AddWorkingDays(s.now(), rugzak.AskDays)
	}
	in.Question = &q
	return in
}
