// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// AnonymisePerson makes somebody a former colleague (oud-collega): nothing by
// which they can be known stays, and what they shared keeps standing without
// their name. It cannot be undone. Administrators may, for others and for
// themselves as long as another administrator stays.
func (s *Service) AnonymisePerson(ctx context.Context, by rugzak.Person, id rugzak.PersonID) error {
	if !rugzak.CanAdminister(by) {
		return rugzak.Forbidden("error.administrators_only")
	}
	defer s.purger.wake() // what was attached to what is removed
	_, err := s.update(ctx, "anonymise person", func(w rugzak.Writer) error { return s.anonymise(w, actorOf(by), id) })
	return err
}

// anonymise does it inside a transaction, for an actor as the audit log has it:
// the person's own request and the term that ran out end here too.
//
// Gone are name, address, team, roles, credentials, sessions, links, what was
// taken along, notices, waiting mail, the link to what was written without
// name, what they called the files of their entries, and who is behind the alias
// in the audit log. What only they could ever see again, drafts and what they
// withdrew, is removed.
func (s *Service) anonymise(w rugzak.Writer, actor string, id rugzak.PersonID) error {
	p, err := w.Person(id)
	if err != nil || p.Former {
		return err
	}
	left := p
	left.Inactive = true
	if err := s.keepsAdministrator(w, left); err != nil {
		return err
	}
	if err := s.removeUnseen(w, id); err != nil {
		return err
	}
	if err := removeUnseenResponses(w, id); err != nil {
		return err
	}
	if err := s.forgetFileNames(w, id); err != nil {
		return err
	}
	if err := s.forgetInvitations(w, p.Email); err != nil {
		return err
	}
	// Removing takes everything that belongs to the person, whatever keeps it.
	if err := w.RemovePerson(id); err != nil {
		return err
	}
	stub := rugzak.Person{
		ID: id, Organisation: p.Organisation, Kind: p.Kind, Inactive: true, Former: true, Sample: p.Sample,
		LeftAt: cmp.Or(monthOf(p.LeftAt), monthOf(s.now())), Epoch: p.Epoch + 1,
	}
	if err := w.SavePerson(stub, 0); err != nil {
		return err
	}
	if err := w.Audit(rugzak.AuditAct{At: s.now(), Verb: rugzak.AuditPersonRemoved, By: actor, Subject: rugzak.PersonActor(id)}); err != nil {
		return err
	}
	if err := w.ForgetInAudit(id); err != nil {
		return err
	}
	return w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbPersonRemoved, Subject: rugzak.PersonActor(id)})
}

// onlyAuthors reports whether nobody but its authors may read an entry.
func onlyAuthors(e rugzak.Entry) bool {
	return e.State == rugzak.StateDraft || e.State == rugzak.StateWithdrawn
}

// removeUnseen removes the drafts and withdrawn entries of which the person is
// the only author: nobody else may read them, ever. What was reported stays: a
// privacy officer has yet to settle it.
func (s *Service) removeUnseen(w rugzak.Writer, id rugzak.PersonID) error {
	var unseen []rugzak.Entry
	for e, err := range w.Entries(rugzak.AuthorList(id), "") {
		if err != nil {
			return err
		}
		if _, err := w.EntryMerge(e.ID); !isMissing(err) { // others read it where it went
			if err != nil {
				return err
			}
			continue
		}
		if onlyAuthors(e) && len(e.Authors) == 1 {
			unseen = append(unseen, e)
		}
	}
	hidden, err := w.HiddenEntries(id)
	if err != nil {
		return err
	}
	for _, entry := range hidden {
		e, err := w.Entry(entry)
		if err != nil {
			return err
		}
		authors, err := w.HiddenAuthors(entry)
		if err != nil {
			return err
		}
		if onlyAuthors(e) && len(authors) == 1 {
			unseen = append(unseen, e)
		}
	}
	for _, e := range unseen {
		verb := rugzak.VerbEntryRemoved
		if e.State == rugzak.StateDraft {
			verb = rugzak.VerbDraftDeleted
		}
		if err := w.RemoveEntry(e.ID); err != nil {
			return err
		}
		if err := w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: verb, Subject: rugzak.EntrySubject(e.ID)}); err != nil {
			return err
		}
	}
	return nil
}

// forgetFileNames takes away what the files are called that are attached to what
// a person shared, as where somebody shares without name: it may tell who they are.
func (s *Service) forgetFileNames(w rugzak.Writer, id rugzak.PersonID) error {
	var shared []rugzak.EntryID
	for e, err := range w.Entries(rugzak.AuthorList(id), "") {
		if err != nil {
			return err
		}
		shared = append(shared, e.ID)
	}
	for _, entry := range shared {
		all, err := w.Attachments(entry)
		if err != nil {
			return err
		}
		changed := false
		for _, a := range all {
			if a.Name == "" {
				continue
			}
			a.Name, changed = "", true
			if err := w.SaveAttachment(a); err != nil {
				return err
			}
		}
		if !changed {
			continue
		}
		if err := w.Log(rugzak.Change{At: s.now(), Actor: "system", Verb: rugzak.VerbAttached, Subject: rugzak.EntrySubject(entry)}); err != nil {
			return err
		}
	}
	return nil
}

// FormerLine is somebody who left, and when their name will be erased.
type FormerLine struct {
	PersonLine
	ErasesAt time.Time // zero when nothing is erased by itself
}

// Left lists who left and still has a name, the first to be erased first, for
// the administrator.
func (s *Service) Left(ctx context.Context, by rugzak.Person) ([]FormerLine, error) {
	people, err := s.People(ctx, by)
	if err != nil {
		return nil, err
	}
	var settings rugzak.Settings
	err = s.view(ctx, "settings", func(r rugzak.Reader) (err error) {
		settings, err = r.Settings()
		return err
	})
	var out []FormerLine
	for _, l := range people {
		if l.Person.LeftAt.IsZero() || l.Person.Former {
			continue
		}
		line := FormerLine{PersonLine: l}
		line.ErasesAt, _ = l.Person.ErasesAt(settings.Retention)
		out = append(out, line)
	}
	slices.SortStableFunc(out, func(a, b FormerLine) int { return a.Person.LeftAt.Compare(b.Person.LeftAt) })
	return out, err
}

// EraseFormer makes former colleagues of everybody whose term ran out, and
// returns how many there were. The service calls it once a day.
func (s *Service) EraseFormer(ctx context.Context) (int, error) {
	var due []rugzak.PersonID
	err := s.view(ctx, "people who left", func(r rugzak.Reader) error {
		settings, err := r.Settings()
		if err != nil {
			return err
		}
		for p, err := range r.People() {
			if err != nil {
				return err
			}
			if at, ok := p.ErasesAt(settings.Retention); ok && !s.now().Before(at) {
				due = append(due, p.ID)
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	erased := 0
	defer s.purger.wake() // what was attached to what is removed
	for _, id := range due {
		_, err := s.update(ctx, "erase a former colleague", func(w rugzak.Writer) error {
			p, err := w.Person(id)
			if err != nil {
				return err
			}
			settings, err := w.Settings()
			if err != nil {
				return err
			}
			if at, ok := p.ErasesAt(settings.Retention); !ok || s.now().Before(at) {
				return nil // came back meanwhile
			}
			return s.anonymise(w, "system", id)
		})
		if err != nil && !isMissing(err) {
			return erased, err
		}
		erased++
	}
	return erased, nil
}
