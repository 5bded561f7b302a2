// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// QuestionFilter chooses among the questions a reader may see.
type QuestionFilter struct {
	State rugzak.QuestionState
	// Ball is the organisation that has it, while the question is open.
	Ball        rugzak.OrganisationID
	WithPartner bool // a partner takes part, together with another organisation
	NoLead      bool
	Mine        bool // I joined in, lead, or wrote it by name
	// Like are words and facets it must also fit; nil for none.
	Like *Asked
}

// Any reports whether something is chosen beside words and facets.
func (f QuestionFilter) Any() bool {
	f.Like = nil
	return f != QuestionFilter{}
}

// QuestionPage is a page of a list of questions.
type QuestionPage struct {
	Cards []Card
	Next  rugzak.Mark // where the list goes on; empty at its end
	// Partly says that the list was looked through for a while and goes on: a page
	// costs the same however few fit.
	Partly bool
	Behind bool // the reader's newest change is kept but not yet found
}

const (
	pageOfQuestions = 20
	// lookedQuestions is how many questions one page looks at.
	lookedQuestions = 300
)

// Questions lists the questions a reader may see, newest first, by exact lists
// of the store; with words, those among the best hits, in that order.
func (s *Service) Questions(ctx context.Context, by rugzak.Person, f QuestionFilter, after rugzak.Mark) (QuestionPage, error) {
	if f.Like != nil {
		return s.questionsLike(ctx, by, f)
	}
	var page QuestionPage
	var raw []rawCard
	err := s.view(ctx, "questions", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		looked := 0
		for e, err := range questionsOf(r, by, f, after) {
			if err != nil {
				return err
			}
			if looked++; looked > lookedQuestions || len(raw) == pageOfQuestions {
				page.Partly = len(raw) < pageOfQuestions
				return nil
			}
			page.Next = e.Mark()
			fits, mine, err := n.fits(by, e, f)
			if err != nil {
				return err
			}
			if fits {
				raw = append(raw, n.card(by, e, mine))
			}
		}
		page.Next = ""
		return nil
	})
	page.Cards = s.finish(ctx, raw)
	return page, err
}

// questionsLike looks among the best hits of a search, which are on one page:
// who wants others uses other words.
func (s *Service) questionsLike(ctx context.Context, by rugzak.Person, f QuestionFilter) (QuestionPage, error) {
	asked := *f.Like
	asked.Filter = rugzak.Filter{rugzak.FacetKind: {string(rugzak.KindQuestion)}}
	for facet, values := range f.Like.Filter {
		if facet != rugzak.FacetKind {
			asked.Filter[facet] = values
		}
	}
	asked.Size, asked.Plain = rugzak.MaxPage, true
	found, err := s.Search(ctx, by, asked)
	if err != nil {
		return QuestionPage{}, err
	}
	page := QuestionPage{Partly: found.Next != "", Behind: found.Behind}
	var raw []rawCard
	err = s.view(ctx, "questions like", func(r rugzak.Reader) error {
		raw = nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, hit := range found.Hits {
			e, _, err := look(r, by, hit.ID)
			if isMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			fits, mine, err := n.fits(by, e, f)
			if err != nil {
				return err
			}
			if fits {
				raw = append(raw, n.card(by, e, mine))
			}
		}
		return nil
	})
	page.Cards = s.finish(ctx, raw)
	return page, err
}

// questionsOf yields the smallest list that holds what is asked for.
func questionsOf(r rugzak.Reader, by rugzak.Person, f QuestionFilter, after rugzak.Mark) entrySeq {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		list := rugzak.QuestionList(t)
		switch {
		case f.Ball != "":
			list = rugzak.BallList(f.Ball, t)
		case f.State != "":
			list = rugzak.QuestionStateList(f.State, t)
		}
		lists = append(lists, r.Entries(list, after))
	}
	return merge(lists)
}

// fits reports whether a question is what is asked for, of those the reader may
// see.
func (n *names) fits(by rugzak.Person, e rugzak.Entry, f QuestionFilter) (fits, mine bool, err error) {
	mine, err = isMine(n.reader, by, e)
	if err != nil || !mine && !rugzak.CanRead(by, e) || e.Question == nil || !e.State.Public() {
		return false, mine, err
	}
	if f.State != "" && e.Question.State != f.State || f.Ball != "" && (e.Question.BallWith != f.Ball || !n.mayName(by, f.Ball, e.Organisation)) {
		return false, mine, nil
	}
	of := rugzak.Subject(rugzak.EntrySubject(e.ID))
	if f.NoLead || f.Mine {
		i, err := inquiryOf(n.reader, e)
		if err != nil {
			return false, mine, err
		}
		if free, err := isFree(n.reader, i); err != nil || f.NoLead && !free {
			return false, mine, err
		}
		if f.Mine && i.Lead != by.ID && !e.IsAuthor(by.ID) {
			if _, err := n.reader.Participation(by.ID, of); isMissing(err) {
				return false, mine, nil
			} else if err != nil {
				return false, mine, err
			}
		}
	}
	if !f.WithPartner {
		return true, mine, nil
	}
	j, err := n.joining(by, subject{of: of, shown: e.Organisation, readable: func(p rugzak.Person) bool { return rugzak.CanRead(p, e) }})
	return j.Team.WithPartner, mine, err
}

// BallLine is a question whose ball lies still.
type BallLine struct {
	Card  Card
	Since time.Time
}

// BallPair is how many balls lie still between the organisation that asked and
// the one that has the ball.
type BallPair struct {
	From, With rugzak.Organisation
	Count      int
	Oldest     time.Time
}

// StillBalls is the page "Ballen die stilliggen".
type StillBalls struct {
	Lines []BallLine
	Pairs []BallPair // of what was looked at, the most first
	// More says that there are more balls than were looked at for the pairs.
	More bool
	Next rugzak.Mark
}

// lookedBalls is how many balls the pairs are counted from: the oldest.
const lookedBalls = 500

// StillBalls lists the questions a reader may see whose ball did not move for
// long, the longest first; of one pair of organisations when both are given.
func (s *Service) StillBalls(ctx context.Context, by rugzak.Person, from, with rugzak.OrganisationID, after rugzak.Mark) (StillBalls, error) {
	var out StillBalls
	var raw []rawCard
	err := s.view(ctx, "balls that lie still", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if out.Pairs, out.More, err = s.ballPairs(n, by); err != nil {
			return err
		}
		looked := 0
		var last rugzak.Mark
		for e, err := range s.still(n, by, after) {
			if err != nil {
				return err
			}
			if looked++; looked > lookedBalls || len(raw) == pageOfQuestions {
				out.Next = last
				return nil
			}
			last = e.MarkIn(rugzak.BallsList(""))
			if from != "" && e.Organisation != from || with != "" && e.Question.BallWith != with {
				continue
			}
			mine, err := isMine(r, by, e)
			if err != nil {
				return err
			}
			raw = append(raw, n.card(by, e, mine))
			out.Lines = append(out.Lines, BallLine{Since: e.BallSince()})
		}
		return nil
	})
	for i, c := range s.finish(ctx, raw) {
		out.Lines[i].Card = c
	}
	return out, err
}

// still yields the questions a reader may see whose ball lies still, with an
// organisation they may know: the longest first.
func (s *Service) still(n *names, by rugzak.Person, after rugzak.Mark) iter.Seq2[rugzak.Entry, error] {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		lists = append(lists, n.reader.Entries(rugzak.BallsList(t), after))
	}
	limit := s.now().Add(-rugzak.StillAfter)
	return func(yield func(rugzak.Entry, error) bool) {
		for e, err := range mergeBy(lists, func(e rugzak.Entry) rugzak.Mark { return e.MarkIn(rugzak.BallsList("")) }) {
			if err == nil && e.BallSince().After(limit) {
				return
			}
			if err == nil && (!rugzak.CanRead(by, e) || !n.mayName(by, e.Question.BallWith, e.Organisation)) {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (s *Service) ballPairs(n *names, by rugzak.Person) (pairs []BallPair, more bool, err error) {
	type pair struct{ from, with rugzak.OrganisationID }
	at := map[pair]int{}
	looked := 0
	for e, err := range s.still(n, by, "") {
		if err != nil {
			return nil, false, err
		}
		if looked++; looked > lookedBalls {
			more = true
			break
		}
		p := pair{e.Organisation, e.Question.BallWith}
		place, ok := at[p]
		if !ok {
			place = len(pairs)
			at[p] = place
			pairs = append(pairs, BallPair{From: n.organisation(p.from), With: n.organisation(p.with), Oldest: e.BallSince()})
		}
		pairs[place].Count++
	}
	slices.SortStableFunc(pairs, func(a, b BallPair) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), a.Oldest.Compare(b.Oldest), byName(a.From.Name, b.From.Name), byName(a.With.Name, b.With.Name))
	})
	return pairs, more, nil
}
