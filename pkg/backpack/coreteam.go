// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// CoreTeamDesk is what the core team looks at, from what this member may read.
type CoreTeamDesk struct {
	Still     []BallPair // balls that lie still, the most first
	MoreStill bool       // there are more than were looked at
	// Unanswered are the open questions that wait longest for a first response;
	// WaitingOn is how many there are, at least when MoreWaiting.
	Unanswered  []Card
	WaitingOn   int
	MoreWaiting bool
	// Silent are the organisations of which nothing was to be read for the whole
	// municipality in the last weeks.
	Silent []rugzak.Organisation
	// Gaps are the words that most people searched in vain, of GapCount.
	Gaps     []rugzak.SearchGap
	GapCount int
	Ideas    int // open ones
	Answers  int // what organisations said to them
	Settled  int // points of the checklist the organisations can do themselves
	// Rising is how many themes come up, as far as the index can tell now.
	Rising int
	// Interim is the last interim result, without figures; nil before the first.
	Interim *rugzak.InterimResult
}

const (
	// silentWeeks is after how many weeks an organisation counts as silent.
	silentWeeks = 8
	// waitingDays is from when a question without a response is told of.
	waitingDays     = 3
	shownUnanswered = 5
	shownGaps       = 5
)

// CoreTeamDesk gathers what waits for the core team.
func (s *Service) CoreTeamDesk(ctx context.Context, by rugzak.Person) (CoreTeamDesk, error) {
	var d CoreTeamDesk
	if !rugzak.CanSteer(by) {
		return d, rugzak.Forbidden("error.core_team_only")
	}
	gaps, err := s.SearchGaps(ctx, by)
	if err != nil {
		return d, err
	}
	var waiting []rawCard
	err = s.view(ctx, "desk of the core team", func(r rugzak.Reader) error {
		d = CoreTeamDesk{GapCount: len(gaps.Open), Gaps: gaps.Open[:min(len(gaps.Open), shownGaps)]}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if d.Still, d.MoreStill, err = s.ballPairs(n, by); err != nil {
			return err
		}
		if waiting, err = s.unanswered(n, by, &d); err != nil {
			return err
		}
		if d.Silent, err = s.silent(n, by); err != nil {
			return err
		}
		ideas, err := r.Ideas()
		if err != nil {
			return err
		}
		for _, i := range ideas {
			if i.State == rugzak.IdeaOpen {
				d.Ideas++
				d.Answers += len(i.Answers)
			}
		}
		interims, err := r.Interims()
		if err != nil {
			return err
		}
		if len(interims) > 0 {
			last := interims[0]
			last.Figures, last.Stories = nil, nil
			d.Interim = &last
		}
		self, err := r.SelfCheck()
		d.Settled = self.Settled()
		return err
	})
	if err != nil {
		return d, err
	}
	d.Unanswered = s.finish(ctx, waiting)
	rising, _, err := s.RisingThemes(ctx, by)
	d.Rising = len(rising)
	return d, err
}

// unanswered counts the open questions a reader may see to which nobody but
// their writer responded, and returns those that wait longest.
func (s *Service) unanswered(n *names, by rugzak.Person, d *CoreTeamDesk) ([]rawCard, error) {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		lists = append(lists, n.reader.Entries(rugzak.QuestionStateList(rugzak.QuestionOpen, t), ""))
	}
	limit := s.now().Add(-waitingDays * 24 * time.Hour)
	var waits []rugzak.Entry
	looked := 0
	for e, err := range merge(lists) {
		if err != nil {
			return nil, err
		}
		if looked++; looked > lookedQuestions {
			d.MoreWaiting = true
			break
		}
		if !rugzak.CanRead(by, e) || !e.IsOpenQuestion() || shownAt(e).After(limit) {
			continue
		}
		heard, err := heardOf(n.reader, by, e)
		if err != nil {
			return nil, err
		}
		if !heard {
			waits = append(waits, e)
		}
	}
	d.WaitingOn = len(waits)
	slices.Reverse(waits) // the oldest first
	var out []rawCard
	for _, e := range waits[:min(len(waits), shownUnanswered)] {
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, err
		}
		out = append(out, n.card(by, e, mine))
	}
	return out, nil
}

// heardOf reports whether somebody said something to a question that the reader
// may see, other than its named writers.
func heardOf(r rugzak.Reader, by rugzak.Person, e rugzak.Entry) (bool, error) {
	all, err := r.Responses(e.ID)
	if err != nil {
		return false, err
	}
	for _, x := range all {
		if x.Author != "" && e.IsAuthor(x.Author) {
			continue
		}
		if sees, err := seesResponse(r, by, x, all); err != nil || sees {
			return sees, err
		}
	}
	return false, nil
}

// silent lists the organisations of which the results of the last weeks count
// nothing: no entry and no response that the whole municipality may read. They
// are counted without looking at persons.
func (s *Service) silent(n *names, by rugzak.Person) ([]rugzak.Organisation, error) {
	heard := map[rugzak.OrganisationID]bool{}
	for week := range silentWeeks + 1 {
		key := rugzak.SheetKey{Scope: rugzak.ScopeInside, Sheet: rugzak.WeekSheet(rugzak.WeekOf(s.now().AddDate(0, 0, -7*week)))}
		cells, err := n.reader.Sheet(key)
		if err != nil {
			return nil, err
		}
		for cell := range cells {
			word, parts := cell.Split()
			if word == rugzak.CellVoice && len(parts) == 1 {
				heard[rugzak.OrganisationID(parts[0])] = true
			}
		}
	}
	var out []rugzak.Organisation
	for id, o := range n.organisations {
		if !o.Closed && !heard[id] && n.mayName(by, id) {
			out = append(out, n.organisation(id))
		}
	}
	sortOrganisations(out)
	return out, nil
}
