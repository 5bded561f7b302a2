// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package boltstore

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

var (
	bucketRounds       = []byte("rounds")       // id -> reflection round
	bucketRoundDays    = []byte("rounddays")    // last day 0 first day 0 id of a round -> nothing
	bucketQuestionSets = []byte("questionsets") // id -> set of questions for rounds
)

type reflectionRecord struct {
	Number    int                    `json:"n"`
	Title     string                 `json:"t,omitempty"`
	Text      string                 `json:"b,omitempty"`
	Set       string                 `json:"qs,omitempty"`
	Questions []roundQuestionRecord  `json:"q,omitempty"`
	Weeks     int                    `json:"w,omitempty"`
	Opens     string                 `json:"o"`
	Closes    string                 `json:"c"`
	Invited   time.Time              `json:"ia,omitzero"`
	Taking    []string               `json:"tk,omitempty"`
	Outcome   string                 `json:"oc,omitempty"`
	Also      []string               `json:"al,omitempty"`
	Published time.Time              `json:"pa,omitzero"`
	Changes   []roundChangeRecord    `json:"ch,omitempty"`
	Decisions []roundDecisionsRecord `json:"de,omitempty"`
	Sample    bool                   `json:"sa,omitempty"`
	At        time.Time              `json:"at,omitzero"`
	Updated   time.Time              `json:"ua,omitzero"`
	Version   int                    `json:"v"`
}

type roundQuestionRecord struct {
	NL string `json:"nl,omitempty"`
	EN string `json:"en,omitempty"`
}

type roundChangeRecord struct {
	Domain string `json:"d"`
	Entry  string `json:"e"`
	Reason string `json:"r"`
}

type roundDecisionsRecord struct {
	ID   string    `json:"i"`
	Text string    `json:"t"`
	Goal string    `json:"g,omitempty"`
	Item string    `json:"to,omitempty"`
	At   time.Time `json:"at"`
}

type questionSetRecord struct {
	NL        string                `json:"nl"`
	EN        string                `json:"en,omitempty"`
	Questions []roundQuestionRecord `json:"q,omitempty"`
	Closed    bool                  `json:"c,omitempty"`
	Sample    bool                  `json:"sa,omitempty"`
	Updated   time.Time             `json:"ua,omitzero"`
	Version   int                   `json:"v"`
}

func recordsOfQuestions(all []rugzak.RoundQuestion) (out []roundQuestionRecord) {
	for _, q := range all {
		out = append(out, roundQuestionRecord(q))
	}
	return out
}

func questionsOf(all []roundQuestionRecord) (out []rugzak.RoundQuestion) {
	for _, q := range all {
		out = append(out, rugzak.RoundQuestion(q))
	}
	return out
}

func (r reflectionRecord) round(id string) rugzak.ReflectionRound {
	out := rugzak.ReflectionRound{
		ID: id, Number: r.Number, Title: r.Title, Text: r.Text, Set: rugzak.QuestionSetID(r.Set), Questions: questionsOf(r.Questions),
		Weeks: r.Weeks, Opens: r.Opens, Closes: r.Closes, InvitedAt: r.Invited, Taking: words[string, rugzak.OrganisationID](r.Taking),
		Outcome: r.Outcome, Also: words[string, rugzak.OrganisationID](r.Also), PublishedAt: r.Published,
		Sample: r.Sample, At: r.At, UpdatedAt: r.Updated, Version: r.Version,
	}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, rugzak.RoundChange{Domain: c.Domain, Entry: rugzak.EntryID(c.Entry), Reason: c.Reason})
	}
	for _, d := range r.Decisions {
		out.Decisions = append(out.Decisions, rugzak.RoundDecision{ID: d.ID, Text: d.Text, Goal: rugzak.DecisionGoal(d.Goal), Item: d.Item, At: d.At})
	}
	return out
}

func recordOfRound(r rugzak.ReflectionRound) reflectionRecord {
	out := reflectionRecord{
		Number: r.Number, Title: r.Title, Text: r.Text, Set: string(r.Set), Questions: recordsOfQuestions(r.Questions),
		Weeks: r.Weeks, Opens: r.Opens, Closes: r.Closes, Invited: r.InvitedAt, Taking: words[rugzak.OrganisationID, string](r.Taking),
		Outcome: r.Outcome, Also: words[rugzak.OrganisationID, string](r.Also), Published: r.PublishedAt,
		Sample: r.Sample, At: r.At, Updated: r.UpdatedAt, Version: r.Version,
	}
	for _, c := range r.Changes {
		out.Changes = append(out.Changes, roundChangeRecord{Domain: c.Domain, Entry: string(c.Entry), Reason: c.Reason})
	}
	for _, d := range r.Decisions {
		out.Decisions = append(out.Decisions, roundDecisionsRecord{ID: d.ID, Text: d.Text, Goal: string(d.Goal), Item: d.Item, At: d.At})
	}
	return out
}

func (r questionSetRecord) set(id string) rugzak.QuestionSet {
	return rugzak.QuestionSet{
		ID: rugzak.QuestionSetID(id), NameNL: r.NL, NameEN: r.EN, Questions: questionsOf(r.Questions), Closed: r.Closed,
		Sample: r.Sample, UpdatedAt: r.Updated, Version: r.Version,
	}
}

// Round returns one round.
func (r *reader) Round(id string) (rugzak.ReflectionRound, error) {
	var record reflectionRecord
	if err := r.get(bucketRounds, []byte(id), &record); err != nil {
		return rugzak.ReflectionRound{}, err
	}
	return record.round(id), nil
}

// Rounds lists all, the first one first.
func (r *reader) Rounds() (out []rugzak.ReflectionRound, err error) {
	each(r, bucketRounds, func(id string, record reflectionRecord, failed error) bool {
		out, err = append(out, record.round(id)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out, roundOrder)
	return out, nil
}

// RoundsOn lists the rounds whose days a day is one of.
func (r *reader) RoundsOn(day string) (out []rugzak.ReflectionRound, err error) {
	keys, err := r.second(bucketRoundDays, nil)
	for _, key := range keys {
		days := strings.SplitN(key, "\x00", 3)
		if len(days) != 3 || day > days[0] || day < days[1] {
			continue
		}
		round, err := r.Round(days[2])
		if err != nil {
			return nil, err
		}
		out = append(out, round)
	}
	slices.SortFunc(out, roundOrder)
	return out, err
}

func roundOrder(a, b rugzak.ReflectionRound) int {
	return cmp.Or(cmp.Compare(a.Opens, b.Opens), cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
}

func roundDaysKey(r rugzak.ReflectionRound) []byte {
	return []byte(r.Closes + "\x00" + r.Opens + "\x00" + r.ID)
}

// SaveRound stores a round.
func (w *writer) SaveRound(r rugzak.ReflectionRound, base int) error {
	if err := validID(r.ID); err != nil {
		return err
	}
	before, err := w.Round(r.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	r.Version = base + 1
	if before.ID != "" {
		if err := w.remove(bucketRoundDays, roundDaysKey(before)); err != nil {
			return err
		}
	}
	return errors.Join(w.store(bucketRoundDays, roundDaysKey(r), nil), w.put(bucketRounds, []byte(r.ID), recordOfRound(r)))
}

// RemoveRound takes a round away.
func (w *writer) RemoveRound(id string) error {
	r, err := w.Round(id)
	if err != nil {
		return err
	}
	return errors.Join(w.remove(bucketRoundDays, roundDaysKey(r)), w.remove(bucketRounds, []byte(id)))
}

// QuestionSet returns one set.
func (r *reader) QuestionSet(id rugzak.QuestionSetID) (rugzak.QuestionSet, error) {
	var record questionSetRecord
	if err := r.get(bucketQuestionSets, []byte(id), &record); err != nil {
		return rugzak.QuestionSet{}, err
	}
	return record.set(string(id)), nil
}

// QuestionSets lists all by their Dutch name.
func (r *reader) QuestionSets() (out []rugzak.QuestionSet, err error) {
	each(r, bucketQuestionSets, func(id string, record questionSetRecord, failed error) bool {
		out, err = append(out, record.set(id)), failed
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b rugzak.QuestionSet) int { return byName(a.NameNL, b.NameNL) })
	return out, nil
}

// SaveQuestionSet stores a set.
func (w *writer) SaveQuestionSet(q rugzak.QuestionSet, base int) error {
	if err := validID(q.ID); err != nil {
		return err
	}
	before, err := w.QuestionSet(q.ID)
	if err := fits(err, before.Version, base); err != nil {
		return err
	}
	return w.put(bucketQuestionSets, []byte(q.ID), questionSetRecord{
		NL: q.NameNL, EN: q.NameEN, Questions: recordsOfQuestions(q.Questions), Closed: q.Closed, Sample: q.Sample,
		Updated: q.UpdatedAt, Version: base + 1,
	})
}

// RemoveQuestionSet takes a set away; rounds keep their questions.
func (w *writer) RemoveQuestionSet(id rugzak.QuestionSetID) error {
	if _, err := w.QuestionSet(id); err != nil {
		return err
	}
	return w.remove(bucketQuestionSets, []byte(id))
}

// rounds checks that rounds and sets can be read.
func (c *checker) rounds() {
	each(&c.reader, bucketRounds, func(id string, record reflectionRecord, err error) bool {
		if c.good("round "+id, err) {
			c.expect(bucketRoundDays, roundDaysKey(record.round(id)), "")
		}
		return true
	})
	each(&c.reader, bucketQuestionSets, func(id string, _ questionSetRecord, err error) bool {
		return c.good("set of questions "+id, err) || true
	})
}
