// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// TrailLine is one time a lesson was applied, as one reader may know of it.
type TrailLine struct {
	// Organisation applied the lesson; without a name when the reader may not
	// know it.
	Organisation rugzak.Organisation
	Outcome      rugzak.Outcome
	// Story is the application itself; nil when the reader may know only of its
	// organisation and outcome.
	Story *Card
}

// OutcomeCount is how often a lesson was applied with an outcome.
type OutcomeCount struct {
	Outcome rugzak.Outcome
	Count   int
}

// Trail is where a lesson was applied and how it went, as far as one reader may
// know, and how mature it is as far as all its readers know.
type Trail struct {
	Lines  []TrailLine // a part of them
	Counts []OutcomeCount
	Total  int
	// From is the place of the first of Lines; Next that of what follows, 0 when
	// nothing does.
	From, Next int
	Growth     rugzak.Growth
	Agreed     bool // somebody marked it as a working agreement
	// MayMark: the reader may mark it as a working agreement, or take that back.
	MayMark bool
	Mine    bool // it is the reader's own
	// Matures: entries of this kind have a maturity.
	Matures bool
}

// Trail tells where a lesson was applied: stories first, newest first, then
// what is only told. from is the place to begin at, most how many lines to
// give.
func (s *Service) Trail(ctx context.Context, by rugzak.Person, id rugzak.EntryID, from, most int) (Trail, error) {
	var t Trail
	var raw []*rawCard
	err := s.view(ctx, "trail", func(r rugzak.Reader) error {
		e, mine, err := look(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		all, growth, err := n.applied(by, e)
		if err != nil {
			return err
		}
		t = Trail{Mine: mine, Total: len(all), Growth: growth, Agreed: e.Agreed != "", Matures: e.Kind.Matures(), Counts: countOutcomes(all)}
		t.MayMark = t.Matures && e.State.Public() && (mine && rugzak.CanPost(by) || rugzak.CanCurate(by)) && (growth.MayAgree || t.Agreed)
		t.From = min(max(from, 0), t.Total)
		end := min(t.From+most, t.Total)
		if end < t.Total {
			t.Next = end
		}
		raw = raw[:0]
		t.Lines = nil
		for _, a := range all[t.From:end] {
			t.Lines = append(t.Lines, TrailLine{Organisation: n.toldOf(by, a), Outcome: a.entry.Application.Outcome})
			var card *rawCard
			if a.reads {
				made := n.card(by, a.entry, a.mine)
				card = &made
			}
			raw = append(raw, card)
		}
		return nil
	})
	if err != nil {
		return Trail{}, err
	}
	for i, card := range raw {
		if card != nil {
			t.Lines[i].Story = &s.finish(ctx, []rawCard{*card})[0]
		}
	}
	return t, nil
}

// appliedEntry is an application that a reader may know of; without reads only
// its organisation and outcome.
type appliedEntry struct {
	entry       rugzak.Entry
	mine, reads bool
}

// applied lists the applications of a lesson that a reader may know of, and
// reckons how mature the lesson is.
func (n *names) applied(by rugzak.Person, lesson rugzak.Entry) ([]appliedEntry, rugzak.Growth, error) {
	var out []appliedEntry
	var confirmed []rugzak.Confirmation
	tokens := rugzak.AudienceTokens(lesson)
	for e, err := range n.reader.RelatedTo(lesson.ID) {
		if err != nil {
			return nil, rugzak.Growth{}, err
		}
		if e.Application == nil || e.Application.Lesson != lesson.ID || !e.State.Public() {
			continue
		}
		told := e.Told(lesson.ID, tokens, n.kind)
		if told && e.Application.Helped() {
			confirmed = append(confirmed, rugzak.Confirmation{Organisation: e.Organisation, At: e.SharedAt})
		}
		mine, err := isMine(n.reader, by, e)
		if err != nil {
			return nil, rugzak.Growth{}, err
		}
		if reads := mine || rugzak.CanRead(by, e); reads || told {
			out = append(out, appliedEntry{e, mine, reads})
		}
	}
	slices.SortStableFunc(out, compareApplied)
	return out, rugzak.GrowthOf(lesson, confirmed), nil
}

// kind tells the kind of an organisation.
func (n *names) kind(id rugzak.OrganisationID) rugzak.OrganisationKind {
	return n.organisations[id].Kind
}

// compareApplied puts stories first, newest first. What is only told comes in
// an order that says nothing of when it was.
func compareApplied(a, b appliedEntry) int {
	switch {
	case a.reads != b.reads && a.reads:
		return -1
	case a.reads != b.reads:
		return 1
	case a.reads:
		return cmp.Or(shownAt(b.entry).Compare(shownAt(a.entry)), cmp.Compare(b.entry.ID, a.entry.ID))
	}
	return cmp.Or(cmp.Compare(a.entry.Organisation, b.entry.Organisation), cmp.Compare(a.entry.Application.Outcome, b.entry.Application.Outcome))
}

// toldOf is the organisation of an application, without a name when only its
// use is told and the reader may not know the organisation.
func (n *names) toldOf(by rugzak.Person, a appliedEntry) rugzak.Organisation {
	if !a.reads && !n.mayName(by, a.entry.Organisation) {
		return rugzak.Organisation{}
	}
	return n.organisation(a.entry.Organisation)
}

// countOutcomes counts in the order in which outcomes are offered; those that
// never came are left out.
func countOutcomes(all []appliedEntry) []OutcomeCount {
	counts := map[rugzak.Outcome]int{}
	for _, a := range all {
		counts[a.entry.Application.Outcome]++
	}
	var out []OutcomeCount
	for _, o := range rugzak.Outcomes() {
		if counts[o] > 0 {
			out = append(out, OutcomeCount{o, counts[o]})
		}
	}
	return out
}
