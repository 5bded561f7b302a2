// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// ThemeProposals is what may belong in a theme, and what was looked at before.
type ThemeProposals struct {
	Theme rugzak.Theme
	Cards []ProposalCard
	// Refused are the entries that were not put in, newest first.
	Refused []RefusedCard
	// Behind: the index cannot tell for now.
	Behind bool
	// Bare: there is nothing in the theme yet to go by but its name.
	Bare bool
}

// ProposalCard is a proposed entry, and why.
type ProposalCard struct {
	Card
	Why Reasons
}

// RefusedCard is an entry that was not put into a theme. Until is when it is
// proposed again; never, without.
type RefusedCard struct {
	Card
	Until time.Time
}

const (
	proposalsShown   = 20
	proposalsAsked   = 60 // of the index, to be put in another order
	refusedShown     = 50
	exampleEntries   = 20  // of a theme, of which the text is compared
	signalEntries    = 200 // of a theme, of which the links are looked at
	pinWeight        = 1.5
	nameWeight       = 0.5 // of the title and the synonyms, beside an entry
	linkedBase       = 0.15
	leastWorth       = 0.3 // beside what fits best, of what is not linked
	questionBoost    = 0.25
	applicationBoost = 0.25
	occasionBoost    = 0.15
	underBoost       = 0.08
	recencyBoost     = 0.05
)

// recent is how new an entry is that gets a little more.
const recent = 8 * 7 * 24 * time.Hour

// Proposals proposes what a curator may put into a theme: entries about what its
// entries are about, and those that are linked to them, with the reasons. What
// was refused is not proposed, nor what is in three themes already. Nothing of
// it depends on entries this curator may not read.
func (s *Service) Proposals(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, waitFor rugzak.Position) (ThemeProposals, error) {
	var out ThemeProposals
	if !rugzak.CanCurate(by) {
		return out, rugzak.Forbidden("error.curators_only")
	}
	var of signals
	var refused []rugzak.ThemeRefusal
	err := s.view(ctx, "theme to propose for", func(r rugzak.Reader) (err error) {
		if out.Theme, err = lookTheme(r, by, id); err != nil {
			return err
		}
		if of, err = signalsOf(r, by, out.Theme); err != nil {
			return err
		}
		refused, err = r.Refusals(id)
		return err
	})
	if err != nil {
		return out, err
	}
	theme := out.Theme
	out.Theme = shownTheme(by, theme)
	out.Bare = len(of.entries) == 0
	var fits []rugzak.Fit
	if !theme.Closed {
		if fits, out.Behind, err = s.fitting(ctx, by, theme, of, refused, waitFor); err != nil {
			return out, err
		}
	}
	var raw []rawCard
	var why []Reasons
	var set []rawCard
	var until []time.Time
	err = s.view(ctx, "proposals", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if raw, why, err = s.ranked(n, by, id, of, fits, refused); err != nil {
			return err
		}
		set, until, err = s.setAside(n, by, id, refused)
		return err
	})
	if err != nil {
		return out, err
	}
	for i, card := range s.finish(ctx, raw) {
		out.Cards = append(out.Cards, ProposalCard{Card: card, Why: why[i]})
	}
	for i, card := range s.finish(ctx, set) {
		out.Refused = append(out.Refused, RefusedCard{Card: card, Until: until[i]})
	}
	return out, nil
}

// fitting asks the index what belongs with a theme. behind says that it has not
// followed everything yet by which somebody lost sight of an entry.
func (s *Service) fitting(ctx context.Context, by rugzak.Person, t rugzak.Theme, of signals, refused []rugzak.ThemeRefusal, waitFor rugzak.Position) (fits []rugzak.Fit, behind bool, err error) {
	head, narrowed, err := s.Store.Head(ctx)
	if err != nil {
		return nil, false, err
	}
	if s.follower.isRebuilding() {
		return nil, true, nil
	}
	if _, err := s.waitFor(ctx, max(waitFor, narrowed), patience); err != nil && rugzak.CodeOf(err) != rugzak.CodeUnavailable {
		return nil, false, err
	}
	ask := rugzak.Bundle{Examples: s.examples(ctx, t, of), Tokens: rugzak.ReaderTokens(by), Most: proposalsAsked}
	for _, e := range of.entries {
		ask.Except = append(ask.Except, e.ID)
	}
	for _, x := range refused {
		if x.Holds(s.now()) {
			ask.Except = append(ask.Except, x.Entry)
		}
	}
	found, err := s.Index.Fitting(ctx, ask)
	if err != nil || !answers(found.Position, head, narrowed) {
		return nil, true, err
	}
	return found.Entries, false, nil
}

// examples are the texts that say what a theme is about: its name and the
// entries in it, what is pinned the most.
func (s *Service) examples(ctx context.Context, t rugzak.Theme, of signals) []rugzak.Example {
	langs := []rugzak.Lang{rugzak.Dutch}
	var out []rugzak.Example
	for i, e := range of.entries {
		if i == exampleEntries {
			break
		}
		x := rugzak.Example{Title: e.Title, Lesson: e.Lesson, Text: s.plain(ctx, e), Lang: e.Lang.Or(rugzak.Dutch), Weight: 1}
		if slices.Contains(t.Pins, e.ID) {
			x.Weight = pinWeight
		}
		if !slices.Contains(langs, x.Lang) {
			langs = append(langs, x.Lang)
		}
		out = append(out, x)
	}
	for _, lang := range langs {
		out = append(out, rugzak.Example{Title: strings.Join(append([]string{t.Title}, t.Synonyms...), ". "), Lang: lang, Weight: nameWeight})
	}
	return out
}

// ranked puts what fits and what is linked in order, and says why.
func (s *Service) ranked(n *names, by rugzak.Person, id rugzak.ThemeID, of signals, fits []rugzak.Fit, refused []rugzak.ThemeRefusal) (raw []rawCard, why []Reasons, err error) {
	type candidate struct {
		card  rawCard
		why   Reasons
		worth float64
	}
	var all []candidate
	worth, words := map[rugzak.EntryID]float64{}, map[rugzak.EntryID][]string{}
	ids := slices.Clone(of.linked)
	for _, f := range fits {
		worth[f.ID], words[f.ID] = f.Worth, f.Words
		if !slices.Contains(of.linked, f.ID) {
			ids = append(ids, f.ID)
		}
	}
	for _, entry := range ids {
		if slices.ContainsFunc(refused, func(x rugzak.ThemeRefusal) bool { return x.Entry == entry && x.Holds(s.now()) }) {
			continue
		}
		e, mine, err := look(n.reader, by, entry)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		open := e.State == rugzak.StateShared || e.State == rugzak.StateToReview
		if !open || slices.Contains(e.Themes, id) || len(e.Themes) >= rugzak.MaxThemes {
			continue
		}
		c := candidate{card: n.card(by, e, mine), worth: max(worth[entry], linkedBase)}
		if c.why, err = of.reasons(n, by, e); err != nil {
			return nil, nil, err
		}
		if worth[entry] < leastWorth && !c.why.links() {
			continue
		}
		c.why.Words = words[entry]
		c.worth += c.why.lift()
		if s.now().Sub(e.ListedAt()) < recent {
			c.worth += recencyBoost
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(b.card.ID, a.card.ID))
	})
	for _, c := range all[:min(len(all), proposalsShown)] {
		raw, why = append(raw, c.card), append(why, c.why)
	}
	return raw, why, nil
}

// setAside are the entries a curator may read that were not put in, and did not
// come in otherwise since.
func (s *Service) setAside(n *names, by rugzak.Person, theme rugzak.ThemeID, refused []rugzak.ThemeRefusal) (raw []rawCard, until []time.Time, err error) {
	slices.SortStableFunc(refused, func(a, b rugzak.ThemeRefusal) int { return b.At.Compare(a.At) })
	for _, x := range refused {
		if !x.Holds(s.now()) || len(raw) == refusedShown {
			continue
		}
		e, mine, err := look(n.reader, by, x.Entry)
		if isMissing(err) || err == nil && (!e.State.Public() || slices.Contains(e.Themes, theme)) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		raw, until = append(raw, n.card(by, e, mine)), append(until, x.Until)
	}
	return raw, until, nil
}
