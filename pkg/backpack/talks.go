// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"rugzak/pkg/rugzak"
)

// TalksView is what somebody takes along to talks with another organisation
// (Ik ga in overleg met ...): prepared from what the reader may see.
type TalksView struct {
	Choices []rugzak.Organisation // with whom; those the reader may know
	With    rugzak.Organisation   // empty as long as none is chosen
	Ours    rugzak.Organisation   // the reader's
	// TheirNeed and OurNeed are what both say they need and offer.
	TheirNeed, OurNeed rugzak.Need
	// Lessons are what they share, what we applied first.
	Lessons []TalkCard
	// Asked are our questions whose ball is with them, Owed theirs whose ball
	// is with us.
	Asked, Owed []Card
	// UsedTheirs are our applications of their lessons, UsedOurs theirs of ours.
	UsedTheirs, UsedOurs []Card
	// Kept is what the reader took along with a purpose that names them.
	Kept []KeptCard
	// About is what they share about a topic of the reader's own.
	About []Card
	// Meetings are the next ones to which both are invited.
	Meetings []MeetingLine
}

// TalkCard is a lesson, and whether the reader's organisation applied it.
type TalkCard struct {
	Card
	Applied bool
}

// Empty reports whether there is nothing to take along.
func (v TalksView) Empty() bool {
	return len(v.Lessons)+len(v.Asked)+len(v.Owed)+len(v.UsedTheirs)+len(v.UsedOurs)+len(v.Kept)+len(v.About)+len(v.Meetings) == 0 && v.TheirNeed.Empty()
}

const (
	lessonsForTalks = 10
	ballsForTalks   = 10
	usesForTalks    = 5
	meetsForTalks   = 5
	// keepsForTalks is how many keeps are looked at, the newest first.
	keepsForTalks = 500
)

// Talks prepares talks with an organisation; with an empty id, or their own,
// it only offers the choice. topic is what the reader wants to talk about; it may be empty.
func (s *Service) Talks(ctx context.Context, by rugzak.Person, id rugzak.OrganisationID, topic string, wait rugzak.Position) (TalksView, error) {
	var v TalksView
	if by.ID == "" {
		return v, mustSignIn()
	}
	all, err := s.talkChoices(ctx, by, &v)
	if err != nil || id == "" || id == by.Organisation {
		return v, err
	}
	i := slices.IndexFunc(v.Choices, func(o rugzak.Organisation) bool { return o.ID == id })
	if i < 0 && !all { // whether they are there is not known now
		return TalksView{}, &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.search_rebuilding"}
	}
	if i < 0 {
		return TalksView{}, rugzak.NotFound()
	}
	v.With = v.Choices[i]
	search := func(a Asked) ([]Card, error) {
		a.Plain, a.WaitFor = true, wait
		found, err := s.Search(ctx, by, a)
		return cardsOf(found.Hits), err
	}
	ours, err := search(Asked{Filter: ofOrganisation(by.Organisation, rugzak.KindApplication), Sort: rugzak.ByNewest, Size: rugzak.MaxPage})
	if err != nil {
		return v, err
	}
	theirs, err := search(Asked{Filter: ofOrganisation(id, rugzak.KindApplication), Sort: rugzak.ByNewest, Size: rugzak.MaxPage})
	if err != nil {
		return v, err
	}
	kinds := slices.DeleteFunc(rugzak.Kinds(), func(k rugzak.Kind) bool { return !isLesson(k) })
	lessons, err := search(Asked{Filter: ofOrganisation(id, kinds...), Sort: rugzak.ByNewest, Size: rugzak.MaxPage})
	if err != nil {
		return v, err
	}
	if topic != "" {
		if v.About, err = search(Asked{Query: topic, Filter: ofOrganisation(id), Size: usualPage}); err != nil {
			return v, err
		}
	}
	var asked, owed []rawCard
	var kept rawKept
	err = s.view(ctx, "talks", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.TheirNeed, v.OurNeed = n.need(id), n.need(by.Organisation)
		v.UsedTheirs, v.UsedOurs = n.appliedOf(ours, id), n.appliedOf(theirs, by.Organisation)
		v.Lessons = appliedFirst(lessons, v.UsedTheirs)
		if asked, err = n.ballsBetween(by, by.Organisation, id); err != nil {
			return err
		}
		if owed, err = n.ballsBetween(by, id, by.Organisation); err != nil {
			return err
		}
		if v.Meetings, err = s.invitedTo(n, by, meetsForTalks, invitesOrganisation(v.With)); err != nil {
			return err
		}
		kept, err = n.keptFor(by, v.With.Name)
		return err
	})
	v.UsedTheirs, v.UsedOurs = v.UsedTheirs[:min(len(v.UsedTheirs), usesForTalks)], v.UsedOurs[:min(len(v.UsedOurs), usesForTalks)]
	v.Asked, v.Owed, v.Kept = s.finish(ctx, asked), s.finish(ctx, owed), s.finishKept(ctx, kept)
	return v, err
}

// talkChoices are the organisations the reader may know: by rule, or by what
// they share with the reader. all is false while the index is behind on the
// latter.
func (s *Service) talkChoices(ctx context.Context, by rugzak.Person, v *TalksView) (all bool, err error) {
	shares, all := map[string]int{}, true
	if !by.IsMember() {
		if shares, all, err = s.counts(ctx, by, rugzak.FacetOrganisation); err != nil {
			return false, err
		}
	}
	err = s.view(ctx, "organisations for talks", func(r rugzak.Reader) error {
		v.Choices = nil
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v.Ours = n.organisation(by.Organisation)
		for id, o := range n.organisations {
			if id != by.Organisation && !o.Closed && (n.mayName(by, id) || shares[string(id)] > 0) {
				v.Choices = append(v.Choices, n.organisation(id))
			}
		}
		return nil
	})
	sortOrganisations(v.Choices)
	return all, err
}

// appliedOf are the applications of lessons of an organisation, of those whose
// lesson the reader may see.
func (n *names) appliedOf(applications []Card, o rugzak.OrganisationID) []Card {
	var out []Card
	for _, c := range applications {
		if c.Application == nil || c.Application.Lesson == "" || !n.mayRead(n.by, c.Application.Lesson) {
			continue
		}
		if lesson, err := n.reader.Rights(c.Application.Lesson); err == nil && lesson.Organisation == o {
			out = append(out, c)
		}
	}
	return out
}

// appliedFirst puts the lessons that were applied in front.
func appliedFirst(lessons, applications []Card) []TalkCard {
	var out []TalkCard
	for _, c := range lessons {
		out = append(out, TalkCard{Card: c, Applied: slices.ContainsFunc(applications, func(a Card) bool { return a.Application.Lesson == c.ID })})
	}
	slices.SortStableFunc(out, func(a, b TalkCard) int { return cmp.Compare(order(a.Applied), order(b.Applied)) })
	return out[:min(len(out), lessonsForTalks)]
}

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}

// ballsBetween are the open questions of one organisation whose ball is with
// another.
func (n *names) ballsBetween(by rugzak.Person, of, with rugzak.OrganisationID) ([]rawCard, error) {
	cards, _, err := n.cardsIn(by, atMost(n.knownBalls(by, with), lookedForQuestions), ballsForTalks, func(e rugzak.Entry) bool {
		return e.Organisation == of
	})
	return cards, err
}

// keptFor is what a person took along with a purpose that names somebody.
func (n *names) keptFor(by rugzak.Person, name string) (rawKept, error) {
	var out rawKept
	name = strings.ToLower(name)
	looked := 0
	for k, err := range n.reader.KeepsAfter(by.ID, "") {
		if err != nil {
			return out, err
		}
		if looked++; looked > keepsForTalks || len(out.keeps) == lessonsForTalks {
			break
		}
		if !strings.Contains(strings.ToLower(k.Purpose), name) {
			continue
		}
		e, mine, err := look(n.reader, by, k.Entry)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return out, err
		}
		out.cards, out.keeps = append(out.cards, n.card(by, e, mine)), append(out.keeps, k)
	}
	return out, nil
}

// mostForTalks is how many entries are taken along at once.
const mostForTalks = 100

// KeepFor takes entries along for a purpose, each that is not taken along
// already. It returns how many were; one that is out of sight by now is passed
// over.
func (s *Service) KeepFor(ctx context.Context, by rugzak.Person, ids []rugzak.EntryID, purpose string) (int, error) {
	taken := 0
	for _, id := range ids[:min(len(ids), mostForTalks)] {
		have := false
		err := s.view(ctx, "taken along already", func(r rugzak.Reader) error {
			_, err := r.Keep(by.ID, id)
			have = err == nil
			if isMissing(err) {
				return nil
			}
			return err
		})
		if err == nil && !have {
			if err = s.Keep(ctx, by, id, purpose); err == nil {
				taken++
			}
		}
		if err != nil && !isMissing(err) && rugzak.CodeOf(err) != rugzak.CodeForbidden {
			return taken, err
		}
	}
	return taken, nil
}
