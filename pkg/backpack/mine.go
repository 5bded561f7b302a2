// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// MineView is a person's own backpack: what asks something of them, what they
// took along, and what they wrote. Of everything that may be long it holds the
// beginning; see MinePart.
type MineView struct {
	MineAsks
	Asked    []AskedWidening // requests they may answer
	Promises []Promise
	Balls    []Card // questions that wait for their organisation
	Drafts   []Card
	Kept     []KeptCard
	Applied  []Card // their applications of lessons
	// Joined is what they follow, think along with or take part in, the newest;
	// MoreJoined says that there is more.
	Joined     []Joined
	MoreJoined bool
	Entries    []Card
	// Uses are the newest applications of their entries that they may see, a few
	// of each.
	Uses map[rugzak.EntryID][]Card
	// Told is who else used them and how that went, where no more than that is
	// told.
	Told map[rugzak.EntryID][]TrailLine
	// MoreUses are the entries of which there is more to tell than that.
	MoreUses  map[rugzak.EntryID]bool
	Withdrawn []Card
	Reported  []Card          // by somebody, who may be anybody
	Purged    []rugzak.Notice // what is gone for good: when, and under which id
	// More are the parts that go on behind what is shown.
	More map[MinePart]bool
	Next rugzak.Mark // more entries after this one; empty at the end
	// Organisation and Team are theirs.
	Organisation rugzak.Organisation
	Team         rugzak.Team
}

// KeptCard is an entry taken along, with its purpose.
type KeptCard struct {
	Card
	Keep rugzak.Keep
}

// maxDrafts bounds how many withdrawn and reported entries one page shows, and
// pageOfMine how many of what has pages.
const (
	maxDrafts  = 100
	pageOfMine = 20
	// beginOfMine is how much of a part stands on the first page.
	beginOfMine = 6
	usesShown   = 3
	joinedShown = 12
)

// Mine returns a person's own entries, drafts and kept lessons. Later pages
// (after a mark) hold entries only.
func (s *Service) Mine(ctx context.Context, by rugzak.Person, after rugzak.Mark) (MineView, error) {
	var v MineView
	var raw rawMine
	err := s.view(ctx, "my backpack", func(r rugzak.Reader) error {
		v, raw = MineView{More: map[MinePart]bool{}}, rawMine{}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		hidden, err := hiddenEntries(r, by)
		if err != nil {
			return err
		}
		written := merge([]entrySeq{r.Entries(rugzak.AuthorList(by.ID), after), hidden(after)})
		raw.own, v.Next, err = n.cardsIn(by, written, pageOfMine, func(e rugzak.Entry) bool { return e.State.Public() })
		if err != nil {
			return err
		}
		if raw.uses, err = n.uses(by, raw.own); err != nil {
			return err
		}
		if v.Told, v.MoreUses = raw.uses.told, raw.uses.more; after != "" {
			return nil
		}
		v.Organisation, v.Team = n.organisation(by.Organisation), n.team(by.Organisation, by.Team)
		if v.Asked, err = s.wideningsFor(n, by); err != nil {
			return err
		}
		if v.Promises, err = s.promises(n, by); err != nil {
			return err
		}
		if v.Joined, v.MoreJoined, err = joined(r, by, joinedShown); err != nil {
			return err
		}
		if raw.asks, err = s.mineAsks(n, by, beginOfMine); err != nil {
			return err
		}
		if err := n.beginnings(by, hidden, &v, &raw); err != nil {
			return err
		}
		v.Purged, err = purgedOwn(r, by)
		return err
	})
	if err != nil {
		return MineView{}, err
	}
	s.finishMine(ctx, &v, raw)
	v.MineAsks = raw.asks.MineAsks
	return v, s.finishWaiting(ctx, v.Answers, raw.asks.texts)
}

type rawMine struct {
	drafts, own, withdrawn, reported, balls, applied []rawCard
	kept                                             rawKept
	uses                                             rawUses
	asks                                             rawAsks
}

// hiddenList is what a person wrote without name, after a mark.
type hiddenList func(after rugzak.Mark) entrySeq

// beginnings reads the first of every part.
func (n *names) beginnings(by rugzak.Person, hidden hiddenList, v *MineView, raw *rawMine) error {
	for _, p := range []struct {
		part MinePart
		to   *[]rawCard
	}{{MineDrafts, &raw.drafts}, {MineBalls, &raw.balls}, {MineApplied, &raw.applied}} {
		list, keep := n.partOf(by, p.part, hidden, "")
		cards, next, err := n.cardsIn(by, list, beginOfMine, keep)
		if err != nil {
			return err
		}
		*p.to, v.More[p.part] = cards, next != ""
	}
	var err error
	var next rugzak.Mark
	if raw.kept, next, err = n.keptCards(by, "", beginOfMine); err != nil {
		return err
	}
	v.More[MineKept] = next != ""
	taken := merge([]entrySeq{n.reader.Entries(rugzak.WithdrawnList(by.ID), ""), hidden("")})
	raw.withdrawn, _, err = n.cardsIn(by, taken, maxDrafts, func(e rugzak.Entry) bool { return e.State == rugzak.StateWithdrawn })
	if err != nil {
		return err
	}
	told := merge([]entrySeq{n.reader.Entries(rugzak.ReportedList(by.ID), ""), hidden("")})
	raw.reported, _, err = n.cardsIn(by, told, maxDrafts, func(e rugzak.Entry) bool { return e.State == rugzak.StateReported })
	return err
}

// rawUses is how entries were used; see MineView.
type rawUses struct {
	stories map[rugzak.EntryID][]rawCard
	told    map[rugzak.EntryID][]TrailLine
	more    map[rugzak.EntryID]bool
}

// uses are the newest applications of entries, as far as the reader may see
// them, and what is told of others.
func (n *names) uses(by rugzak.Person, own []rawCard) (rawUses, error) {
	u := rawUses{map[rugzak.EntryID][]rawCard{}, map[rugzak.EntryID][]TrailLine{}, map[rugzak.EntryID]bool{}}
	for _, c := range own {
		known, err := n.newestUses(by, c.entry)
		if err != nil {
			return rawUses{}, err
		}
		for _, a := range known {
			switch {
			case a.reads && len(u.stories[c.ID]) < usesShown:
				u.stories[c.ID] = append(u.stories[c.ID], n.card(by, a.entry, a.mine))
			case !a.reads && len(u.told[c.ID]) < usesShown:
				u.told[c.ID] = append(u.told[c.ID], TrailLine{Organisation: n.toldOf(by, a), Outcome: a.entry.Application.Outcome})
			default:
				u.more[c.ID] = true
			}
		}
	}
	return u, nil
}

// newestUses are those of the last applications of a lesson that the reader may
// know of, in the order of a trail. Who has many lessons that were used much
// waits no longer for that.
func (n *names) newestUses(by rugzak.Person, lesson rugzak.Entry) ([]appliedEntry, error) {
	var known []appliedEntry
	tokens := rugzak.AudienceTokens(lesson)
	for e, err := range n.reader.NewestRelatedTo(lesson.ID) {
		if err != nil {
			return nil, err
		}
		if e.Application == nil || e.Application.Lesson != lesson.ID || !e.State.Public() {
			continue
		}
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, err
		}
		reads := mine || rugzak.CanRead(by, e)
		if !reads && !e.Told(lesson.ID, tokens, n.kind) {
			continue
		}
		if known = append(known, appliedEntry{e, mine, reads}); len(known) == maxRelated {
			break
		}
	}
	slices.SortStableFunc(known, compareApplied)
	return known, nil
}

func (s *Service) finishMine(ctx context.Context, v *MineView, raw rawMine) {
	v.Drafts, v.Entries, v.Withdrawn = s.finish(ctx, raw.drafts), s.finish(ctx, raw.own), s.finish(ctx, raw.withdrawn)
	v.Reported, v.Balls, v.Applied = s.finish(ctx, raw.reported), s.finish(ctx, raw.balls), s.finish(ctx, raw.applied)
	v.Kept = s.finishKept(ctx, raw.kept)
	v.Uses = map[rugzak.EntryID][]Card{}
	for id, cards := range raw.uses.stories {
		v.Uses[id] = s.finish(ctx, cards)
	}
}

// hiddenEntries returns what a person wrote without name as a list, newest
// first. Only their own backpack shows it.
func hiddenEntries(r rugzak.Reader, by rugzak.Person) (hiddenList, error) {
	ids, err := r.HiddenEntries(by.ID)
	if err != nil {
		return nil, err
	}
	var entries []rugzak.Entry
	for _, id := range ids {
		e, err := r.Entry(id)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	sortByMark(entries)
	return func(after rugzak.Mark) entrySeq {
		return func(yield func(rugzak.Entry, error) bool) {
			for _, e := range entries {
				if e.Mark() > after && !yield(e, nil) {
					return
				}
			}
		}
	}, nil
}
