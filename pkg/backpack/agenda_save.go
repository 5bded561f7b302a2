// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// AgendaInput is what the form of an item of the agenda holds.
type AgendaInput struct {
	Title, Text   string
	Horizon       rugzak.Horizon
	Organisations []rugzak.OrganisationID // who leads
	// Occasion is the meeting or round in which it came up; may be empty.
	Occasion rugzak.Subject
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
	Key      string // sending the form twice makes one item
}

func (in AgendaInput) clean() AgendaInput {
	in.Title, in.Text = rugzak.Line(in.Title), rugzak.Newlines(in.Text)
	return in
}

func (in AgendaInput) texts() []field {
	return append(name("title", in.Title), field{"text", in.Text})
}

// AgendaFindings lists what the screener found in the form of an item.
func (s *Service) AgendaFindings(ctx context.Context, by rugzak.Person, in AgendaInput) ([]Found, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	found, err := s.inspect(ctx, in.clean().texts(), nil)
	return shownFindings(found), err
}

// AgendaOrganisations lists who can lead an item.
func (s *Service) AgendaOrganisations(ctx context.Context, by rugzak.Person) ([]rugzak.Organisation, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []rugzak.Organisation
	err := s.view(ctx, "who can lead", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		for _, o := range n.organisations {
			if !o.Closed {
				out = append(out, n.organisation(o.ID))
			}
		}
		sortOrganisations(out)
		return err
	})
	return out, err
}

// AddAgendaItem puts a new item at the end of its horizon.
func (s *Service) AddAgendaItem(ctx context.Context, by rugzak.Person, in AgendaInput) (rugzak.AgendaItem, error) {
	var item rugzak.AgendaItem
	found, err := s.agendaTexts(ctx, by, in)
	if err != nil {
		return item, err
	}
	_, err = s.update(ctx, "add agenda item", func(w rugzak.Writer) error {
		made, err := madeBy(w, by, in.Key)
		if err != nil {
			return err
		}
		m, err := w.Movement()
		if err != nil {
			return err
		}
		if sent, ok := m.Item(made); ok {
			item = sent
			return nil
		}
		if item, err = s.addItem(w, by, in, found); err != nil {
			return err
		}
		return s.saveMade(w, by, in.Key, item.ID)
	})
	return item, err
}

// agendaTexts finds what may be personal data in an item. The whole agenda goes
// to partners too.
func (s *Service) agendaTexts(ctx context.Context, by rugzak.Person, in AgendaInput) ([]Found, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	return s.shortTexts(ctx, in.clean().texts()...)
}

// addItem adds an item within a transaction; found is what agendaTexts gave.
func (s *Service) addItem(w rugzak.Writer, by rugzak.Person, in AgendaInput, found []Found) (rugzak.AgendaItem, error) {
	in = in.clean()
	m, err := w.Movement()
	if err != nil {
		return rugzak.AgendaItem{}, err
	}
	if len(m.Agenda) >= rugzak.MaxAgenda {
		return rugzak.AgendaItem{}, rugzak.Forbidden("error.agenda.full", rugzak.MaxAgenda)
	}
	slug := rugzak.Slug(in.Title)
	if slug == "" {
		slug = "punt"
	}
	id, err := freeSlug(slug, func(id string) (bool, error) { _, taken := m.Item(id); return !taken, nil })
	if err != nil {
		return rugzak.AgendaItem{}, err
	}
	item := rugzak.AgendaItem{
		ID: id, Title: in.Title, Text: in.Text, Horizon: in.Horizon, Organisations: in.Organisations, Occasion: in.Occasion,
		Version: 1, UpdatedAt: s.now(),
	}
	if err := checkItem(w, by, rugzak.AgendaItem{}, item, found, in.Reviewed); err != nil {
		return rugzak.AgendaItem{}, err
	}
	m.Agenda = append(m.Agenda, item)
	if err := w.SaveMovement(m); err != nil {
		return rugzak.AgendaItem{}, err
	}
	return item, s.logAgenda(w, by, rugzak.VerbAgendaSaved, id)
}

// checkItem wants an item within its limits, led by organisations that are
// there, and without what may not go to partners.
func checkItem(r rugzak.Reader, by rugzak.Person, before, item rugzak.AgendaItem, found []Found, reviewed bool) error {
	if err := item.Validate(); err != nil {
		return err
	}
	for _, id := range item.Organisations {
		if slices.Contains(before.Organisations, id) {
			continue
		}
		if o, err := r.Organisation(id); isMissing(err) || err == nil && (o.Closed || !rugzak.CanKnowOrganisation(by, o)) {
			var p rugzak.Problems
			p.Add("organisations", "error.choose")
			return p.Err()
		} else if err != nil {
			return err
		}
	}
	if err := refusePartners(found); err != nil {
		return err
	}
	if reviewed || before.Title == item.Title && before.Text == item.Text {
		return nil
	}
	return wantReview(found)
}

// SaveAgendaItem changes what the form of an item holds. base is the version the
// form was made from.
func (s *Service) SaveAgendaItem(ctx context.Context, by rugzak.Person, id string, base int, in AgendaInput) (rugzak.AgendaItem, error) {
	found, err := s.agendaTexts(ctx, by, in)
	if err != nil {
		return rugzak.AgendaItem{}, err
	}
	in = in.clean()
	return s.changeItem(ctx, by, id, rugzak.VerbAgendaSaved, func(w rugzak.Writer, item *rugzak.AgendaItem) error {
		if item.Version != base {
			return rugzak.Conflict()
		}
		before := *item
		item.Title, item.Text, item.Horizon, item.Organisations = in.Title, in.Text, in.Horizon, in.Organisations
		if sameForm(before, *item) {
			return errSame
		}
		item.Version, item.Sample = base+1, false
		return checkItem(w, by, before, *item, found, in.Reviewed)
	})
}

func sameForm(a, b rugzak.AgendaItem) bool {
	return a.Title == b.Title && a.Text == b.Text && a.Horizon == b.Horizon && slices.Equal(a.Organisations, b.Organisations)
}
