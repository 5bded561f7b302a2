// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// NoticeHandedOver tells a person that a colleague handed entries over.
const NoticeHandedOver rugzak.NoticeKind = "handed_over"

// Colleague is somebody of the same organisation who could go on with entries.
type Colleague struct {
	ID   rugzak.PersonID
	Name string
}

// Colleagues lists who is active in the organisation of a person, besides that
// person: one's own, or for an administrator anybody's.
func (s *Service) Colleagues(ctx context.Context, by rugzak.Person, of rugzak.PersonID) ([]Colleague, error) {
	if of != by.ID && !rugzak.CanAdminister(by) || by.ID == "" {
		return nil, rugzak.Forbidden("error.administrators_only")
	}
	var out []Colleague
	err := s.view(ctx, "colleagues", func(r rugzak.Reader) error {
		p, err := r.Person(of)
		if err != nil {
			return err
		}
		for other, err := range r.People() {
			if err != nil {
				return err
			}
			if other.Organisation == p.Organisation && other.ID != p.ID && !other.Inactive {
				out = append(out, Colleague{other.ID, other.Name})
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Colleague) int { return cmp.Or(byName(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return out, err
}

// Leave ends the access of somebody who leaves. With a colleague, that
// colleague becomes an author, beside them, of what they shared by name or for
// the team, as far as the colleague may read it already: an administrator can
// widen nothing. Drafts and what was written without name are not touched, and
// nobody is told whether there are any: only the person can hand those over.
func (s *Service) Leave(ctx context.Context, by rugzak.Person, id, to rugzak.PersonID) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	_, err := s.update(ctx, "leave", func(w rugzak.Writer) error {
		p, err := w.Person(id)
		if err != nil {
			return err
		}
		if p.Former {
			return rugzak.Forbidden("error.person_former")
		}
		before := p
		p.Inactive = true
		p.LeftAt = s.leftAt(p)
		if err := s.keepsAdministrator(w, p); err != nil {
			return err
		}
		if to != "" {
			if err := s.handOver(w, by, p, to, false); err != nil {
				return err
			}
		}
		if before.Inactive {
			return nil
		}
		p.Epoch++
		if err := s.auditPerson(w, by, before, p); err != nil {
			return err
		}
		return s.savePerson(w, by, p, before.Version)
	})
	return err
}

// HandOver makes a colleague an author, beside oneself, of everything one
// wrote: also of drafts, and of what one wrote without name, which then is no
// secret between the two any more.
func (s *Service) HandOver(ctx context.Context, by rugzak.Person, to rugzak.PersonID) error {
	if !rugzak.CanPost(by) {
		return rugzak.Forbidden("error.may_not_post")
	}
	_, err := s.update(ctx, "hand over", func(w rugzak.Writer) error { return s.handOver(w, by, by, to, true) })
	return err
}

// handOver does it inside a transaction; all is for the person's own decision.
// Nobody hands over to themselves: an administrator would come to see older
// versions that were not meant for them.
func (s *Service) handOver(w rugzak.Writer, by, from rugzak.Person, to rugzak.PersonID, all bool) error {
	heir, err := w.Person(to)
	if isMissing(err) || err == nil && (heir.Inactive || heir.Organisation != from.Organisation || heir.ID == from.ID || !all && heir.ID == by.ID) {
		var ps rugzak.Problems
		ps.Add("to", "error.choose")
		err = ps.Err()
	}
	if err != nil {
		return err
	}
	var given []rugzak.Entry
	for e, err := range w.Entries(rugzak.AuthorList(from.ID), "") {
		if err != nil {
			return err
		}
		if !e.IsAuthor(heir.ID) && (all || e.State.Public() && rugzak.CanRead(heir, e)) {
			given = append(given, e)
		}
	}
	for _, e := range given {
		e.Authors = append(slices.Clone(e.Authors), heir.ID)
		e.Version++
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		if err := w.Log(s.change(e, by, rugzak.VerbEntryHandedOver)); err != nil {
			return err
		}
	}
	if all {
		if err := s.handOverHidden(w, from, heir); err != nil {
			return err
		}
	}
	if err := s.tell(w, heir.ID, NoticeHandedOver, ""); err != nil {
		return err
	}
	if err := s.audit(w, by, rugzak.AuditHandedOver, rugzak.PersonActor(from.ID), ""); err != nil {
		return err
	}
	return s.audit(w, by, rugzak.AuditHandedOver, rugzak.PersonActor(heir.ID), "heir")
}

// handOverHidden goes along the entries without name. It leaves no trace in
// the change log: nothing about them becomes different for readers.
func (s *Service) handOverHidden(w rugzak.Writer, from, heir rugzak.Person) error {
	ids, err := w.HiddenEntries(from.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		authors, err := w.HiddenAuthors(id)
		if err != nil {
			return err
		}
		if slices.Contains(authors, heir.ID) {
			continue
		}
		if err := w.SetHiddenAuthors(id, append(authors, heir.ID)); err != nil {
			return err
		}
	}
	return nil
}

// moveDrafts brings the drafts of a person along to where they belong now:
// what was not shared yet must not be shared with an organisation they left.
func (s *Service) moveDrafts(w rugzak.Writer, p rugzak.Person) error {
	var drafts []rugzak.Entry
	for e, err := range w.Entries(rugzak.AuthorList(p.ID), "") {
		if err != nil {
			return err
		}
		if e.State == rugzak.StateDraft && len(e.Authors) == 1 {
			drafts = append(drafts, e)
		}
	}
	for _, e := range drafts {
		if e.Organisation != p.Organisation {
			e.Audience = rugzak.Audience{Level: e.Kind.DefaultLevel()}
		}
		e.Organisation, e.OrganisationKind, e.Team = p.Organisation, p.Kind, p.Team
		if e.Mode == rugzak.ByTeam && e.Team == "" {
			e.Mode = rugzak.ByName
		}
		e.Version++
		if err := w.SaveEntry(e, e.Version-1, nil); err != nil {
			return err
		}
		if err := w.Log(s.change(e, p, rugzak.VerbDraftSaved)); err != nil {
			return err
		}
	}
	return nil
}
