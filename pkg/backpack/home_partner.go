// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// PartnerHome is what somebody of a partner organisation finds on their first
// page: what they and the municipality are working on together.
type PartnerHome struct {
	Asked     []Card // questions whose ball is with their organisation
	MoreAsked bool
	// Answers are questions in responses that wait for one, Mentions new
	// responses that name the reader.
	Answers   []WaitingResponse
	Mentions  []NoticeLine
	Meetings  []MeetingLine // to which they are invited
	Questions []Card        // the newest questions that are shared with them
	Waiting   []Card        // questions of their organisation whose ball is with another
	Agenda    []AgendaLine
}

type rawPartnerHome struct {
	asked, questions, waiting []rawCard
	more                      bool
	agenda                    []AgendaLine
	answers                   []WaitingResponse
	texts                     []rugzak.Response
	mentions                  []NoticeLine
	meetings                  []MeetingLine
}

const (
	asksOfPartner      = 5
	questionsOfPartner = 5
	agendaOfPartner    = 4
	// lookedForQuestions is how many open questions a page looks at for a few
	// that are meant.
	lookedForQuestions = 200
)

func (s *Service) partnerHome(n *names, by rugzak.Person) (rawPartnerHome, error) {
	var out rawPartnerHome
	var err error
	if out.answers, out.texts, err = s.waitingResponses(n, by, asksOfPartner); err != nil {
		return out, err
	}
	if out.mentions, err = newMentions(n.reader, by, asksOfPartner); err != nil {
		return out, err
	}
	if out.meetings, err = s.invitedTo(n, by, agendaOfPartner, func(rugzak.Meeting) bool { return true }); err != nil {
		return out, err
	}
	asked, next, err := n.cardsIn(by, waitingFor(n.reader, by, by.Organisation, ""), asksOfPartner, nil)
	if err != nil {
		return out, err
	}
	out.asked, out.more = asked, next != ""
	have := func(e rugzak.Entry) bool {
		return slices.ContainsFunc(out.asked, func(c rawCard) bool { return c.ID == e.ID })
	}
	open := func() entrySeq { return atMost(openQuestions(n.reader, by, ""), lookedForQuestions) }
	out.waiting, _, err = n.cardsIn(by, open(), asksOfPartner, func(e rugzak.Entry) bool {
		return e.Organisation == by.Organisation && waitsForOther(e, by.Organisation)
	})
	if err != nil {
		return out, err
	}
	out.questions, _, err = n.cardsIn(by, open(), questionsOfPartner, func(e rugzak.Entry) bool {
		return e.Organisation != by.Organisation && !have(e)
	})
	if err != nil {
		return out, err
	}
	lines := n.agenda(by)
	slices.SortStableFunc(lines, func(a, b AgendaLine) int { return b.leads(by) - a.leads(by) })
	out.agenda = lines[:min(len(lines), agendaOfPartner)]
	return out, nil
}

// leads is 1 when the reader's organisation is one of those that lead the item.
func (l AgendaLine) leads(by rugzak.Person) int {
	if slices.Contains(l.Item.Organisations, by.Organisation) {
		return 1
	}
	return 0
}

func (s *Service) finishPartnerHome(ctx context.Context, raw rawPartnerHome) (*PartnerHome, error) {
	return &PartnerHome{
		Answers: raw.answers, Mentions: raw.mentions, Meetings: raw.meetings,
		Asked: s.finish(ctx, raw.asked), MoreAsked: raw.more, Questions: s.finish(ctx, raw.questions),
		Waiting: s.finish(ctx, raw.waiting), Agenda: raw.agenda,
	}, s.finishWaiting(ctx, raw.answers, raw.texts)
}

// openQuestions are the questions without an answer that a reader may see,
// newest first.
func openQuestions(r rugzak.Reader, by rugzak.Person, after rugzak.Mark) entrySeq {
	return byTokens(r, by, after, rugzak.OpenQuestionList)
}

// waitsForOther reports whether another organisation has the ball of a
// question, or is asked to take it.
func waitsForOther(e rugzak.Entry, than rugzak.OrganisationID) bool {
	q := e.Question
	return q.BallWith != "" && q.BallWith != than || q.Asked != "" && q.Asked != than
}

// waitingFor are those that wait for an organisation: it has the ball, or is
// asked to take it.
func waitingFor(r rugzak.Reader, by rugzak.Person, o rugzak.OrganisationID, after rugzak.Mark) entrySeq {
	return merge([]entrySeq{
		byTokens(r, by, after, func(token string) rugzak.List { return rugzak.BallList(o, token) }),
		byTokens(r, by, after, func(token string) rugzak.List { return rugzak.AskedList(o, token) }),
	})
}

// byTokens merges the lists of the tokens by which a person reads.
func byTokens(r rugzak.Reader, by rugzak.Person, after rugzak.Mark, list func(token string) rugzak.List) entrySeq {
	var lists []entrySeq
	for _, t := range rugzak.ReaderTokens(by) {
		lists = append(lists, r.Entries(list(t), after))
	}
	return merge(lists)
}
