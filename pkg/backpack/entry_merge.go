// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// EntryMergeView is what a facilitator looks at before one entry goes into
// another: both texts.
type EntryMergeView struct {
	From, Into EntryView
	// Problem is the key of why the two cannot be merged; empty when they can.
	Problem string
}

// MergedEntry is a text that went into an entry, as its readers see it there.
type MergedEntry struct {
	Entry    EntryView
	CanApart bool // the reader can take the two apart again
}

// EntryMergeView shows two entries beside each other; the first alone while no
// other is chosen.
func (s *Service) EntryMergeView(ctx context.Context, by rugzak.Person, from, into rugzak.EntryID) (EntryMergeView, error) {
	var v EntryMergeView
	err := s.view(ctx, "merge of entries", func(r rugzak.Reader) error {
		a, mineA, err := lookCare(r, by, from)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		if v.From = n.entry(by, a, mineA); into == "" {
			return nil
		}
		b, mineB, err := look(r, by, into)
		if err != nil {
			return err
		}
		v.Into = n.entry(by, b, mineB)
		v.Problem, err = cannotMerge(r, a, b)
		return err
	})
	if err != nil {
		return v, err
	}
	for _, e := range []*EntryView{&v.From, &v.Into} {
		if err := s.renderEntry(ctx, e); err != nil {
			return v, err
		}
	}
	return v, nil
}

// cannotMerge tells why two entries cannot be merged: nobody may come to read
// more, or less, by it.
func cannotMerge(r rugzak.Reader, from, into rugzak.Entry) (key string, err error) {
	switch {
	case from.ID == into.ID:
		return "error.merge.same", nil
	case !into.State.Public() || into.State == rugzak.StateArchived || !from.State.Public():
		return "error.merge.state", nil
	case from.Kind != into.Kind:
		return "error.merge.kind", nil
	case from.Kind == rugzak.KindQuestion:
		return "error.merge.question", nil
	case from.Mode == rugzak.Anonymous || into.Mode == rugzak.Anonymous:
		return "error.merge.nameless", nil
	}
	kind, err := kindsOf(r)
	if err != nil {
		return "", err
	}
	if !rugzak.Covers(from, rugzak.AudienceTokens(into), kind) || !rugzak.Covers(into, rugzak.AudienceTokens(from), kind) {
		return "error.merge.readers", nil
	}
	merged, err := r.EntriesMerged(from.ID)
	if err == nil && len(merged) > 0 {
		key = "error.merge.holds"
	}
	return key, err
}

// MergeEntries lets an entry go into another that is about the same. Both texts
// and both authors stay; their authors are told.
func (s *Service) MergeEntries(ctx context.Context, by rugzak.Person, from, into rugzak.EntryID) (rugzak.Position, error) {
	return s.update(ctx, "merge entries", func(w rugzak.Writer) error {
		a, _, err := lookCare(w, by, from)
		if err != nil {
			return err
		}
		b, _, err := look(w, by, into)
		if err != nil {
			return err
		}
		if problem, err := cannotMerge(w, a, b); err != nil || problem != "" {
			if err == nil {
				err = rugzak.Forbidden(problem)
			}
			return err
		}
		m := rugzak.EntryMerge{From: from, Into: into, By: by.ID, At: s.now()}
		themes := slices.Clone(b.Themes)
		for _, t := range a.Themes {
			if !slices.Contains(themes, t) && len(themes) < rugzak.MaxThemes {
				themes, m.Themes = append(themes, t), append(m.Themes, t)
			}
		}
		if len(m.Themes) > 0 {
			b.Themes = themes
			if err := s.saveThemes(w, b); err != nil {
				return err
			}
		}
		if err := s.takeOut(w, by, a); err != nil {
			return err
		}
		if err := keepsAlong(w, from, into); err != nil {
			return err
		}
		if err := w.SaveEntryMerge(m); err != nil {
			return err
		}
		if err := s.tellMerged(w, by, rugzak.NoticeEntryMerged, a, b); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditMerged, rugzak.EntrySubject(from), rugzak.EntrySubject(into))
	})
}

// takeOut withdraws an entry that goes into another, and takes it from under
// "begin hier".
func (s *Service) takeOut(w rugzak.Writer, by rugzak.Person, e rugzak.Entry) error {
	for _, id := range e.Themes {
		if err := unpinFrom(w, id, e.ID); err != nil && !isMissing(err) {
			return err
		}
	}
	base := e.Version
	e.State, e.UpdatedAt, e.Version = rugzak.StateWithdrawn, s.now(), base+1
	if err := w.SaveEntry(e, base, nil); err != nil {
		return err
	}
	if err := s.settleWidenings(w, e); err != nil {
		return err
	}
	return w.Log(s.change(e, by, rugzak.VerbEntryWithdrawn))
}

// keepsAlong lets who took the one along have the other with them. What they
// had stays for when the two come apart.
func keepsAlong(w rugzak.Writer, from, into rugzak.EntryID) error {
	keepers, err := w.Keepers(from)
	if err != nil {
		return err
	}
	for _, p := range keepers {
		if _, err := w.Keep(p, into); err == nil || !isMissing(err) {
			if err != nil {
				return err
			}
			continue
		}
		k, err := w.Keep(p, from)
		if err != nil {
			return err
		}
		k.Entry = into
		if err := w.SaveKeep(k); err != nil {
			return err
		}
	}
	return nil
}

// tellMerged tells the authors of both entries. Those of the one that went are
// led to their own text, the others to theirs.
func (s *Service) tellMerged(w rugzak.Writer, by rugzak.Person, kind rugzak.NoticeKind, both ...rugzak.Entry) error {
	told := []rugzak.PersonID{by.ID}
	for _, e := range both {
		for _, a := range e.Authors {
			if p, err := w.Person(a); slices.Contains(told, a) || isMissing(err) || err == nil && p.Inactive {
				continue
			} else if err != nil {
				return err
			}
			told = append(told, a)
			if err := w.SaveNotice(rugzak.Notice{ID: rugzak.NewID(s.now()), Person: a, Kind: kind, Entry: e.ID, At: s.now()}); err != nil {
				return err
			}
		}
	}
	return nil
}

// readsMerged reports whether a reader may see the text of an entry that went
// into another: who could read it where it stood.
func readsMerged(by rugzak.Person, e rugzak.Entry) bool {
	if e.State != rugzak.StateWithdrawn {
		return false
	}
	e.State = rugzak.StateShared
	return rugzak.CanRead(by, e)
}

// seesMerged reports whether a reader of an entry sees there what went into it.
// Who decides on a report of the one must see what the other says.
func seesMerged(by rugzak.Person, from, into rugzak.Entry) bool {
	if into.State == rugzak.StateReported {
		return rugzak.CanHandlePrivacy(by) && from.State == rugzak.StateWithdrawn
	}
	return into.State.Public() && readsMerged(by, from)
}

// EntryMoved is where the address of an entry leads: itself, or for who could
// read it, the one it went into, if they may read that.
func (s *Service) EntryMoved(ctx context.Context, by rugzak.Person, id rugzak.EntryID) (rugzak.EntryID, error) {
	var into rugzak.EntryID
	err := s.view(ctx, "entry that moved", func(r rugzak.Reader) error {
		_, err := sees(r, by, id)
		if into = id; !isMissing(err) || !rugzak.ValidID(string(id)) {
			return err
		}
		for range maxMoves {
			m, err := r.EntryMerge(into)
			if err != nil {
				return err
			}
			e, err := r.Rights(into)
			if err != nil {
				return err
			}
			if !readsMerged(by, e) {
				return rugzak.NotFound()
			}
			into = m.Into
			if _, err := sees(r, by, into); !isMissing(err) {
				return err
			}
		}
		return rugzak.NotFound()
	})
	if err != nil {
		return "", err
	}
	return into, nil
}

// maxMoves is how far an address is followed.
const maxMoves = 10

// mergedOf fills in what went into an entry, and, for its author, into what one
// of theirs went.
func (s *Service) mergedOf(n *names, by rugzak.Person, e rugzak.Entry, v *EntryView) error {
	if v.Mine && e.State == rugzak.StateWithdrawn {
		m, err := n.reader.EntryMerge(e.ID)
		if err == nil {
			v.MergedInto = m.Into
		} else if !isMissing(err) {
			return err
		}
	}
	merges, err := n.reader.EntriesMerged(e.ID)
	for _, m := range merges {
		from, err := n.reader.Entry(m.From)
		if err != nil {
			return err
		}
		if !seesMerged(by, from, e) {
			continue
		}
		from.State = rugzak.StateShared // as it is read here
		v.Merged = append(v.Merged, MergedEntry{Entry: n.entry(by, from, false), CanApart: e.State.Public() && rugzak.CanCurate(by) && m.Undoable(s.now())})
	}
	return err
}

// relatedToMerged finds what leads to the texts that went into an entry, as far
// as the reader may see: it belongs to the other one now.
func (n *names) relatedToMerged(by rugzak.Person, e rugzak.Entry, most int) (out []rawRelated, err error) {
	merges, err := n.reader.EntriesMerged(e.ID)
	for _, m := range merges {
		from, err := n.reader.Rights(m.From)
		if err != nil {
			return nil, err
		}
		if !readsMerged(by, from) { // that there was one is not told
			continue
		}
		for other, err := range n.reader.NewestRelatedTo(m.From) {
			if err != nil {
				return nil, err
			}
			mine, err := isMine(n.reader, by, other)
			if err != nil {
				return nil, err
			}
			if other.ID == e.ID || !mine && !rugzak.CanRead(by, other) {
				continue
			}
			kind := rugzak.SeeAlso
			if other.Application != nil && other.Application.Lesson == m.From {
				kind = rugzak.Applies
			}
			for _, rel := range other.Relations {
				if rel.To == m.From {
					kind = rel.Type
				}
			}
			if out = append(out, rawRelated{Type: kind, Inverse: true, card: n.card(by, other, mine)}); len(out) >= most {
				return out, nil
			}
		}
	}
	return out, err
}

// renderMerged renders the texts that went into an entry, for the page of that
// entry: with ids of their own, and headings beneath their titles.
func (s *Service) renderMerged(ctx context.Context, v *EntryView) error {
	for i := range v.Merged {
		e := &v.Merged[i].Entry
		rendered, err := s.rendered(ctx, e.Entry.Body, e.Entry.Lang)
		if err != nil {
			return err
		}
		e.HTML = beneath(rendered.HTML, string(e.Entry.ID)+"-")
	}
	return nil
}
