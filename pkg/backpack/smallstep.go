// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// SmallStep is a promised small step with its day, and what it is for.
type SmallStep struct {
	Of    rugzak.Subject
	Title string
	Lang  rugzak.Lang
	Step  string
	When  string
	Done  time.Time
	// Experiment is the number of the experiment it is; 0 for a step of one's own.
	Experiment int
	// Who promised it: shown only by choice; the organisation always.
	Who          string
	Organisation rugzak.Organisation
	Overdue      bool
}

// Promises lists the small steps a person promised and did not do yet, and the
// experiments they put their name to: the first day first.
func (s *Service) Promises(ctx context.Context, by rugzak.Person) ([]SmallStep, error) {
	var out []SmallStep
	err := s.view(ctx, "promises", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out, err = s.smallSteps(n, by)
		return err
	})
	return out, err
}

func (s *Service) smallSteps(n *names, by rugzak.Person) ([]SmallStep, error) {
	all, err := n.reader.Participations(by.ID)
	if err != nil {
		return nil, err
	}
	var out []SmallStep
	for _, p := range all {
		if !p.Promised() {
			continue
		}
		promise, ok, err := s.promise(n, by, p)
		if err != nil {
			return nil, err
		}
		if ok {
			promise.Who = n.person(by.ID)
			out = append(out, promise)
		}
	}
	ids, err := n.reader.InvolvedIn(by.ID)
	if err != nil {
		return nil, err
	}
	experiments, err := s.running(n, by, ids, func(x rugzak.Experiment) bool { return x.Person == by.ID })
	out = append(out, experiments...)
	sortPromises(out)
	return out, err
}

// maxPromises bounds how many steps of an organisation are looked at.
const maxPromises = 200

// OrganisationPromises lists what people of the reader's organisation promised
// with their name, and the experiments it does: the first day first. Steps
// without a name are nobody else's business.
func (s *Service) OrganisationPromises(ctx context.Context, by rugzak.Person) ([]SmallStep, error) {
	var out []SmallStep
	err := s.view(ctx, "promises of an organisation", func(r rugzak.Reader) error {
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		out, err = s.organisationPromises(n, by)
		return err
	})
	return out, err
}

func (s *Service) organisationPromises(n *names, by rugzak.Person) ([]SmallStep, error) {
	var out []SmallStep
	looked := 0
	for p, err := range n.reader.PromisesOf(by.Organisation) {
		if err != nil {
			return nil, err
		}
		if looked++; looked > maxPromises {
			break
		}
		if !p.ShowName {
			continue
		}
		promise, ok, err := s.promise(n, by, p)
		if err != nil {
			return nil, err
		}
		if ok {
			promise.Who = n.person(p.Person)
			out = append(out, promise)
		}
	}
	ids, err := n.reader.ExperimentsOf(by.Organisation)
	if err != nil {
		return nil, err
	}
	experiments, err := s.running(n, by, ids[:min(len(ids), maxPromises)], func(x rugzak.Experiment) bool { return x.Organisation == by.Organisation })
	out = append(out, experiments...)
	sortPromises(out)
	return out, err
}

// promise reads what a step is for; ok is false when the reader may not see it.
func (s *Service) promise(n *names, by rugzak.Person, p rugzak.Participation) (SmallStep, bool, error) {
	sub, err := lookSubject(n.reader, by, p.Of)
	if isMissing(err) || rugzak.CodeOf(err) == rugzak.CodeForbidden {
		return SmallStep{}, false, nil
	}
	return SmallStep{
		Of: p.Of, Title: sub.title, Lang: sub.lang, Step: p.Step, When: p.When, Done: p.DoneAt,
		Organisation: n.organisation(by.Organisation), Overdue: p.Overdue(s.now()),
	}, true, err
}

// running lists experiments that run in questions the reader may see.
func (s *Service) running(n *names, by rugzak.Person, ids []rugzak.EntryID, meant func(rugzak.Experiment) bool) ([]SmallStep, error) {
	var out []SmallStep
	for _, id := range ids {
		e, _, err := look(n.reader, by, id)
		if isMissing(err) || err == nil && (!e.State.Public() || e.Question == nil) {
			continue
		}
		if err != nil {
			return nil, err
		}
		i, err := inquiryOf(n.reader, e)
		if err != nil {
			return nil, err
		}
		for _, x := range i.Experiments {
			if x.Done() || !meant(x) {
				continue
			}
			out = append(out, SmallStep{
				Of: rugzak.Subject(rugzak.EntrySubject(id)), Title: e.Title, Lang: e.Lang, Step: x.Step, When: x.Until, Experiment: x.Number,
				Who: n.person(x.Person), Organisation: n.organisation(x.Organisation), Overdue: x.Overdue(s.now()),
			})
		}
	}
	return out, nil
}

// sortPromises puts the first day first, and those without one last.
func sortPromises(all []SmallStep) {
	slices.SortStableFunc(all, func(a, b SmallStep) int {
		switch {
		case a.When == b.When:
			return 0
		case a.When == "" || b.When != "" && b.When < a.When:
			return 1
		}
		return -1
	})
}
