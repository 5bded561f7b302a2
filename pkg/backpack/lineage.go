// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// The bounds of a lineage: how many steps from the entry in the middle, and
// how many entries on each side of it.
const (
	lineageDepth = 3
	lineageMost  = 30
)

// LineageNode is one entry in a lineage.
type LineageNode struct {
	ID           rugzak.EntryID
	Kind         rugzak.Kind
	Title        string
	Lang         rugzak.Lang
	Organisation string
	Outcome      rugzak.Outcome // of an application, else empty
	// Type and Inverse say how it is related to the entry it hangs on, as in
	// RelatedEntry.
	Type     rugzak.RelationType
	Inverse  bool
	Children []LineageNode
}

// Lineage is what an entry came from and what came of it.
type Lineage struct {
	Entry LineageNode
	// Before are the entries it builds on, applies, answers or translates, each
	// with what that one came from; After those that came of it.
	Before, After []LineageNode
	// More: there is more than is shown.
	More bool
}

// Lineage tells what an entry came from and what came of it. It follows only
// entries the reader may see: an entry behind a hidden one is not reached, as
// if the hidden one were not there.
func (s *Service) Lineage(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (Lineage, error) {
	var l Lineage
	err := s.view(ctx, "lineage", func(r rugzak.Reader) error {
		e, _, err := look(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		t := lineageTree{names: n, by: by}
		l = Lineage{Entry: t.node(e, rugzak.Relation{}, false)}
		if l.Before, err = t.grow(e, cameFrom); err != nil {
			return err
		}
		if l.After, err = t.grow(e, cameOf); err != nil {
			return err
		}
		l.More = t.more
		return nil
	})
	return l, err
}

// lineageWay is the way in which a lineage is followed.
type lineageWay func(lineageTree, rugzak.Entry) ([]lineageStep, error)

// lineageStep leads from one entry of a lineage to the next.
type lineageStep struct {
	relation rugzak.Relation // To is the entry it leads to
	inverse  bool
	entry    rugzak.Entry
}

type lineageTree struct {
	*names
	by   rugzak.Person
	more bool
}

func (t lineageTree) node(e rugzak.Entry, rel rugzak.Relation, inverse bool) LineageNode {
	node := LineageNode{
		ID: e.ID, Kind: e.Kind, Title: e.Title, Lang: e.Lang, Organisation: t.organisation(e.Organisation).Name,
		Type: rel.Type, Inverse: inverse,
	}
	if e.Application != nil {
		node.Outcome = e.Application.Outcome
	}
	return node
}

// grow follows a way from an entry, nearest first, so that what does not fit is
// what is farthest away. Each entry stands in it once.
func (t *lineageTree) grow(e rugzak.Entry, way lineageWay) ([]LineageNode, error) {
	type branch struct {
		parent int // place among found, -1 for the entry in the middle
		step   lineageStep
	}
	var found []branch
	seen := map[rugzak.EntryID]bool{e.ID: true}
	level := []int{-1}
	for depth := 0; depth < lineageDepth && len(level) > 0; depth++ {
		var next []int
		for _, parent := range level {
			from := e
			if parent >= 0 {
				from = found[parent].step.entry
			}
			steps, err := way(*t, from)
			if err != nil {
				return nil, err
			}
			for _, step := range steps {
				if seen[step.entry.ID] {
					continue
				}
				if len(found) == lineageMost {
					t.more = true
					break
				}
				seen[step.entry.ID] = true
				next = append(next, len(found))
				found = append(found, branch{parent, step})
			}
		}
		level = next
	}
	for _, at := range level { // the deepest: is there more behind them?
		if t.more {
			break
		}
		steps, err := way(*t, found[at].step.entry)
		if err != nil {
			return nil, err
		}
		t.more = slices.ContainsFunc(steps, func(s lineageStep) bool { return !seen[s.entry.ID] })
	}
	var under func(parent int) []LineageNode
	under = func(parent int) []LineageNode {
		var out []LineageNode
		for i, b := range found {
			if b.parent == parent {
				node := t.node(b.step.entry, b.step.relation, b.step.inverse)
				node.Children = under(i)
				out = append(out, node)
			}
		}
		return out
	}
	return under(-1), nil
}

// descends reports whether a relation makes a lineage; seeing also does not.
func descends(t rugzak.RelationType) bool { return t != rugzak.SeeAlso }

// lineageRelations are the relations of an entry that make a lineage.
func lineageRelations(e rugzak.Entry) []rugzak.Relation {
	var out []rugzak.Relation
	if e.Application != nil && e.Application.Lesson != "" {
		out = append(out, rugzak.Relation{Type: rugzak.Applies, To: e.Application.Lesson})
	}
	for _, rel := range e.Relations {
		if descends(rel.Type) && !slices.ContainsFunc(out, func(other rugzak.Relation) bool { return other.To == rel.To }) {
			out = append(out, rel)
		}
	}
	return out
}

// cameFrom finds what an entry came from.
func cameFrom(t lineageTree, e rugzak.Entry) ([]lineageStep, error) {
	var out []lineageStep
	for _, rel := range lineageRelations(e) {
		other, _, err := look(t.reader, t.by, rel.To)
		if isMissing(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, lineageStep{rel, false, other})
	}
	return out, nil
}

// mostAfter is how many entries that came of one are looked at: with those that
// already stand in the lineage taken out, still more than fit.
const mostAfter = 2*lineageMost + 2

// cameOf finds what came of an entry, oldest first. How many there are behind
// what fits does not matter.
func cameOf(t lineageTree, e rugzak.Entry) ([]lineageStep, error) {
	var out []lineageStep
	for other, err := range t.reader.RelatedTo(e.ID) {
		if err != nil {
			return nil, err
		}
		mine, err := isMine(t.reader, t.by, other)
		if err != nil {
			return nil, err
		}
		if !mine && !rugzak.CanRead(t.by, other) {
			continue
		}
		for _, rel := range lineageRelations(other) {
			if rel.To == e.ID {
				out = append(out, lineageStep{rel, true, other})
			}
		}
		if len(out) >= mostAfter {
			break
		}
	}
	slices.SortStableFunc(out, func(a, b lineageStep) int {
		return cmp.Or(shownAt(a.entry).Compare(shownAt(b.entry)), cmp.Compare(a.entry.ID, b.entry.ID))
	})
	return out, nil
}
