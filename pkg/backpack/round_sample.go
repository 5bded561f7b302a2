// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"fmt"
	"time"

	"rugzak/pkg/rugzak"
)

// rounds adds the sets of questions of the starter content, and for the
// demonstration its rounds, unless there are some.
func (l *starterLoader) rounds(b rugzak.Backpack, demo bool) error {
	sets := map[rugzak.QuestionSetID]rugzak.QuestionSet{}
	for _, q := range b.QuestionSets {
		q.Sample, q.UpdatedAt = true, l.now()
		sets[q.ID] = q
		if _, err := l.w.QuestionSet(q.ID); !isMissing(err) {
			if err != nil {
				return err
			}
			continue
		}
		if err := l.w.SaveQuestionSet(q, 0); err != nil {
			return fmt.Errorf("starter content, question set %s: %w", q.ID, err)
		}
	}
	all, err := l.w.Rounds()
	if err != nil || len(all) > 0 || !demo {
		return err
	}
	for _, sample := range b.SampleRounds {
		if err := l.round(sample, sets[sample.Set]); err != nil {
			return fmt.Errorf("starter content, round %d: %w", sample.Number, err)
		}
	}
	return nil
}

func (l *starterLoader) round(sample rugzak.SampleRound, set rugzak.QuestionSet) error {
	now := l.now()
	in := func(days int) string { return now.AddDate(0, 0, days).Format(time.DateOnly) }
	r := sample.ReflectionRound
	r.ID, r.Questions, r.Sample, r.At, r.UpdatedAt = rugzak.NewID(now), set.Questions, true, now, now
	r.Opens, r.Closes = in(sample.OpensInDays), in(sample.ClosesInDays)
	r.Taking, r.Also = l.known(r.Taking), l.known(r.Also)
	if sample.PublishedInDays < 0 {
		r.PublishedAt, r.InvitedAt = now.AddDate(0, 0, sample.PublishedInDays), now.AddDate(0, 0, sample.OpensInDays)
	}
	for i := range r.Changes {
		r.Changes[i].Entry = l.ids[string(r.Changes[i].Entry)]
	}
	for i := range r.Decisions {
		r.Decisions[i].ID, r.Decisions[i].At = rugzak.NewID(now), r.PublishedAt
	}
	if err := r.Validate(); err != nil {
		return err
	}
	for _, slug := range sample.Answers {
		if !l.made[slug] {
			continue
		}
		e, err := l.w.Entry(l.ids[slug])
		if err != nil {
			return err
		}
		e.Occasion = rugzak.RoundOccasion(r.ID)
		if err := l.w.SaveEntry(e, e.Version, nil); err != nil {
			return err
		}
	}
	return l.w.SaveRound(r, 0)
}

func (x *samples) readRounds(r rugzak.Reader) error {
	all, err := r.Rounds()
	if err != nil {
		return err
	}
	for _, round := range all {
		if round.Sample {
			x.rounds = append(x.rounds, round)
		}
	}
	sets, err := r.QuestionSets()
	for _, q := range sets {
		if q.Sample {
			x.sets = append(x.sets, q)
		}
	}
	return err
}

// removeSampleRounds takes the rounds and sets of the starter content away. A
// round somebody really answered stays, and loses its sample mark.
func (s *Service) removeSampleRounds(w rugzak.Writer, x samples) error {
	for _, r := range x.rounds {
		used, err := answered(w, r.ID)
		if err != nil {
			return err
		}
		if used {
			r.Sample = false
			if err := w.SaveRound(r, r.Version); err != nil {
				return err
			}
			continue
		}
		if err := w.RemoveRound(r.ID); err != nil {
			return err
		}
	}
	for _, q := range x.sets {
		if err := w.RemoveQuestionSet(q.ID); err != nil {
			return err
		}
	}
	return nil
}

// answered reports whether an entry that is no sample came of a round, drafts
// included.
func answered(r rugzak.Reader, round string) (bool, error) {
	for e, err := range r.Entries(rugzak.AllEntries, "") {
		if err != nil {
			return false, err
		}
		if e.Occasion == rugzak.RoundOccasion(round) && !e.Sample {
			return true, nil
		}
	}
	return false, nil
}

// roundsUse notes the organisations that rounds speak of.
func roundsUse(r rugzak.Reader, used map[rugzak.OrganisationID]bool) error {
	all, err := r.Rounds()
	for _, round := range all {
		for _, o := range round.Taking {
			used[o] = true
		}
		for _, o := range round.Also {
			used[o] = true
		}
	}
	return err
}
