// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"time"

	"rugzak/pkg/rugzak"
)

// ExperimentInput is what a form holds of an experiment.
type ExperimentInput struct {
	Step         string
	Organisation rugzak.OrganisationID
	Mine         bool // I put my own name to it
	Until        string
	Outcome      rugzak.Outcome // empty while it runs
	Learned      string
}

// SaveExperiment adds an experiment to a question (number 0), changes one, or
// tells how it went.
func (s *Service) SaveExperiment(ctx context.Context, by rugzak.Person, id rugzak.EntryID, base, number int, in ExperimentInput) (rugzak.Position, error) {
	in.Step, in.Learned = rugzak.Line(in.Step), rugzak.Line(in.Learned)
	found, err := s.shortTexts(ctx, field{"step", in.Step}, field{"learned", in.Learned})
	if err != nil {
		return "", err
	}
	return s.inquire(ctx, by, id, base, "save experiment", func(a *inquiring) error {
		if err := a.mustMove(); err != nil {
			return err
		}
		if err := refuseAcross(a.w, a.e, found); err != nil {
			return err
		}
		at := slices.IndexFunc(a.i.Experiments, func(x rugzak.Experiment) bool { return x.Number == number })
		if number != 0 && at < 0 {
			return rugzak.NotFound()
		}
		if at < 0 {
			a.i.Numbers++
			at = len(a.i.Experiments)
			a.i.Experiments = append(a.i.Experiments, rugzak.Experiment{Number: a.i.Numbers, At: s.now()})
		}
		x := &a.i.Experiments[at]
		if in.Organisation != x.Organisation {
			offered, err := experimentChoices(a.w, by, a.e)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(offered, func(o rugzak.Organisation) bool { return o.ID == in.Organisation }) {
				var p rugzak.Problems
				p.Add("organisation", "error.choose")
				return p.Err()
			}
		}
		switch { // only oneself puts a name there, or takes it away
		case in.Mine:
			x.Person = by.ID
		case x.Person == by.ID:
			x.Person = ""
		}
		if in.Outcome != "" && x.Outcome == "" {
			x.DoneAt = s.now()
		} else if in.Outcome == "" {
			x.DoneAt = time.Time{}
		}
		x.Step, x.Organisation, x.Until, x.Outcome, x.Learned = in.Step, in.Organisation, in.Until, in.Outcome, in.Learned
		return nil
	})
}

// experimentChoices are the organisations that may do an experiment: one's own
// and those that take part. Nobody lays work on the table of another.
func experimentChoices(r rugzak.Reader, by rugzak.Person, e rugzak.Entry) ([]rugzak.Organisation, error) {
	n, err := readNames(r, by)
	if err != nil {
		return nil, err
	}
	return n.experimentChoices(by, e)
}

func (n *names) experimentChoices(by rugzak.Person, e rugzak.Entry) ([]rugzak.Organisation, error) {
	ids := []rugzak.OrganisationID{by.Organisation}
	for p, err := range n.reader.Participants(rugzak.Subject(rugzak.EntrySubject(e.ID))) {
		if err != nil {
			return nil, err
		}
		if p.Way == rugzak.WayDo && rugzak.CanRead(p.Member, e) && n.mayName(by, p.Member.Organisation, e.Organisation) {
			ids = append(ids, p.Member.Organisation)
		}
	}
	var out []rugzak.Organisation
	for _, id := range unique(ids) {
		out = append(out, n.organisation(id))
	}
	sortOrganisations(out)
	return out, nil
}
