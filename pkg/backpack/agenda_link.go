// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// LinkItem puts a question beneath an item, or a success it led to; unlink takes
// it away again. Only what the person may read, and others too.
func (s *Service) LinkItem(ctx context.Context, by rugzak.Person, id string, entry rugzak.EntryID, unlink bool) error {
	_, err := s.changeItem(ctx, by, id, rugzak.VerbAgendaLinked, func(w rugzak.Writer, item *rugzak.AgendaItem) error {
		e, _, err := look(w, by, entry)
		if err != nil {
			return err
		}
		if !e.State.Public() {
			return rugzak.Forbidden("error.keep_shared_only")
		}
		links := &item.Questions
		switch e.Kind {
		case rugzak.KindQuestion:
		case rugzak.KindSuccess:
			links = &item.Successes
		default:
			return rugzak.Forbidden("error.agenda.link_kind")
		}
		if slices.Contains(*links, entry) != unlink {
			return errSame
		}
		if unlink {
			*links = slices.DeleteFunc(slices.Clone(*links), func(other rugzak.EntryID) bool { return other == entry })
			return nil
		}
		if len(*links) >= rugzak.MaxAgendaLinks {
			return rugzak.Forbidden("error.agenda.links_full", rugzak.MaxAgendaLinks)
		}
		*links = append(slices.Clone(*links), entry)
		return nil
	})
	return err
}

// AgendaCandidates are the entries of a kind that a person may put beneath an
// item: those a search finds, or the newest.
type AgendaCandidates struct {
	Item  rugzak.AgendaItem
	Cards []Card
	More  bool
}

// AgendaCandidates looks for questions or successes to link to an item.
func (s *Service) AgendaCandidates(ctx context.Context, by rugzak.Person, id string, kind rugzak.Kind, query string) (AgendaCandidates, error) {
	var out AgendaCandidates
	var linked []rugzak.EntryID
	if !rugzak.CanPost(by) {
		return out, rugzak.Forbidden("error.may_not_post")
	}
	err := s.view(ctx, "agenda candidates", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		item, ok := n.movement.Item(id)
		if !ok {
			return rugzak.NotFound()
		}
		if !rugzak.CanProgress(by, item) {
			return rugzak.Forbidden("error.agenda.leaders")
		}
		for _, id := range slices.Concat(item.Questions, item.Successes) {
			if n.mayRead(by, id) {
				linked = append(linked, id)
			}
		}
		out.Item = n.shownItem(by, item)
		return nil
	})
	if err != nil {
		return out, err
	}
	found, err := s.Search(ctx, by, Asked{Query: query, Filter: rugzak.Filter{rugzak.FacetKind: {string(kind)}}, Size: maxCandidates + len(linked) + 1, Plain: true})
	if err != nil {
		return out, err
	}
	for _, hit := range found.Hits {
		switch {
		case slices.Contains(linked, hit.ID):
		case len(out.Cards) == maxCandidates:
			out.More = true
		default:
			out.Cards = append(out.Cards, hit.Card)
		}
	}
	return out, nil
}

// maxCandidates is how many entries are offered to link at a time.
const maxCandidates = 20

// AgendaOfEntry lists the items a question or success is linked to, for its
// page. Every person reads the agenda, so that a reader of the entry may know.
func (s *Service) AgendaOfEntry(ctx context.Context, by rugzak.Person, id rugzak.EntryID) ([]rugzak.AgendaItem, error) {
	var out []rugzak.AgendaItem
	err := s.view(ctx, "agenda of an entry", func(r rugzak.Reader) error {
		if _, err := sees(r, by, id); err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		for _, item := range n.movement.Agenda {
			if slices.Contains(item.Questions, id) || slices.Contains(item.Successes, id) {
				out = append(out, n.shownItem(by, item))
			}
		}
		return nil
	})
	return out, err
}

// agendaNotice reads the item a notice is about.
func agendaNotice(r rugzak.Reader, by rugzak.Person, n rugzak.Notice) (line NoticeLine, ok bool, err error) {
	line.Notice, line.Times = n, 1
	m, err := r.Movement()
	if err != nil || by.Inactive {
		return line, false, err
	}
	hidden, err := hidesText(r, by, rugzak.AgendaSubject(n.About))
	item, ok := m.Item(n.About)
	line.Title, line.Agenda = item.Title, item.ID
	return line, ok && !hidden, err
}
