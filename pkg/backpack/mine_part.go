// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// MinePart is a part of a person's own backpack that has pages of its own.
type MinePart string

// The parts.
const (
	MineKept    MinePart = "kept"    // what they took along
	MineApplied MinePart = "applied" // their applications of lessons
	MineDrafts  MinePart = "drafts"
	MineBalls   MinePart = "balls" // questions that wait for their organisation
)

// MineParts lists the parts.
func MineParts() []MinePart { return []MinePart{MineKept, MineApplied, MineDrafts, MineBalls} }

// MinePage is a page of one part. Kept is for what was taken along, Cards for
// the others.
type MinePage struct {
	Kept  []KeptCard
	Cards []Card
	Next  rugzak.Mark // empty at the end
	// Organisation is the person's.
	Organisation rugzak.Organisation
}

// MinePart returns a page of a part of a person's own backpack.
func (s *Service) MinePart(ctx context.Context, by rugzak.Person, part MinePart, after rugzak.Mark) (MinePage, error) {
	var page MinePage
	var cards []rawCard
	var kept rawKept
	err := s.view(ctx, "part of my backpack", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		page.Organisation = n.organisation(by.Organisation)
		if part == MineKept {
			kept, page.Next, err = n.keptCards(by, after, pageOfMine)
			return err
		}
		hidden, err := hiddenEntries(r, by)
		if err != nil {
			return err
		}
		list, keep := n.partOf(by, part, hidden, after)
		if list == nil {
			return rugzak.NotFound()
		}
		cards, page.Next, err = n.cardsIn(by, list, pageOfMine, keep)
		return err
	})
	if err != nil {
		return MinePage{}, err
	}
	page.Cards, page.Kept = s.finish(ctx, cards), s.finishKept(ctx, kept)
	return page, nil
}

// partOf is the list of a part, and which of its entries are meant; nil for a
// part that there is not.
func (n *names) partOf(by rugzak.Person, part MinePart, hidden hiddenList, after rugzak.Mark) (entrySeq, func(rugzak.Entry) bool) {
	switch part {
	case MineDrafts:
		return n.reader.Entries(rugzak.DraftList(by.ID), after), nil
	case MineApplied:
		return merge([]entrySeq{n.reader.Entries(rugzak.ApplicationList(by.ID), after), hidden(after)}), func(e rugzak.Entry) bool {
			return e.Kind == rugzak.KindApplication && e.State.Public()
		}
	case MineBalls:
		return waitingFor(n.reader, by, by.Organisation, after), nil
	}
	return nil, nil
}

// rawKept are the cards of what was taken along, and the keeps beside them.
type rawKept struct {
	cards []rawCard
	keeps []rugzak.Keep
}

// keptCards takes up to most of what a person took along and may still see,
// and returns the mark of the last one when there are more.
func (n *names) keptCards(by rugzak.Person, after rugzak.Mark, most int) (out rawKept, next rugzak.Mark, err error) {
	for k, err := range n.reader.KeepsAfter(by.ID, after) {
		if err != nil {
			return out, "", err
		}
		e, mine, err := look(n.reader, by, k.Entry)
		if isMissing(err) {
			continue // no longer shared with this person
		}
		if err != nil {
			return out, "", err
		}
		if len(out.keeps) == most {
			return out, out.keeps[most-1].Mark(), nil
		}
		out.cards, out.keeps = append(out.cards, n.card(by, e, mine)), append(out.keeps, k)
	}
	return out, "", nil
}

func (s *Service) finishKept(ctx context.Context, raw rawKept) []KeptCard {
	var out []KeptCard
	for i, c := range s.finish(ctx, raw.cards) {
		out = append(out, KeptCard{Card: c, Keep: raw.keeps[i]})
	}
	return out
}
