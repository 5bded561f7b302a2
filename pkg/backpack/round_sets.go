// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"
	"strconv"

	"rugzak/pkg/rugzak"
)

// QuestionSetInput is what the form of a set of questions holds.
type QuestionSetInput struct {
	NameNL, NameEN string
	Questions      []rugzak.RoundQuestion
	Closed         bool
	Reviewed       bool
	Key            string // sending the form twice makes one set
}

func (in QuestionSetInput) clean() QuestionSetInput {
	in.NameNL, in.NameEN = rugzak.Line(in.NameNL), rugzak.Line(in.NameEN)
	in.Questions = cleanQuestions(in.Questions)
	return in
}

func (in QuestionSetInput) texts() []field {
	return append(append(name("name_nl", in.NameNL), field{"name_en", in.NameEN}), questionTexts(in.Questions)...)
}

// QuestionSets lists the sets of questions, those that are closed too.
func (s *Service) QuestionSets(ctx context.Context, by rugzak.Person) ([]rugzak.QuestionSet, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []rugzak.QuestionSet
	err := s.view(ctx, "question sets", func(r rugzak.Reader) (err error) {
		out, err = r.QuestionSets()
		return err
	})
	return out, err
}

// QuestionSetFindings lists what the screener found in the form of a set.
func (s *Service) QuestionSetFindings(ctx context.Context, in QuestionSetInput) ([]Found, error) {
	found, err := s.inspect(ctx, in.clean().texts(), nil)
	return shownFindings(found), err
}

// SaveQuestionSet makes a set of questions (empty id) or changes one. Rounds that
// are planned already keep the questions they have.
func (s *Service) SaveQuestionSet(ctx context.Context, by rugzak.Person, id rugzak.QuestionSetID, base int, in QuestionSetInput) (rugzak.QuestionSet, error) {
	var q rugzak.QuestionSet
	if !rugzak.CanCurate(by) {
		return q, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	found, err := s.lookAt(ctx, in.texts())
	if err != nil {
		return q, err
	}
	_, err = s.update(ctx, "save question set", func(w rugzak.Writer) error {
		q = rugzak.QuestionSet{}
		switch {
		case id != "":
			if q, err = w.QuestionSet(id); err != nil {
				return err
			}
			if q.Version != base {
				return rugzak.Conflict()
			}
		default:
			made, err := madeBy(w, by, in.Key)
			if err != nil {
				return err
			}
			if sent, err := w.QuestionSet(rugzak.QuestionSetID(made)); made != "" && !isMissing(err) {
				q = sent
				return err
			}
			if q.ID, err = freeSetID(w, in.NameNL); err != nil {
				return err
			}
		}
		before := q
		q.NameNL, q.NameEN, q.Questions, q.Closed, q.UpdatedAt = in.NameNL, in.NameEN, in.Questions, in.Closed, s.now()
		if err := q.Validate(); err != nil {
			return err
		}
		had := QuestionSetInput{NameNL: before.NameNL, NameEN: before.NameEN, Questions: before.Questions}
		if !in.Reviewed && !slices.Equal(in.texts(), had.texts()) {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		if err := w.SaveQuestionSet(q, before.Version); err != nil {
			return err
		}
		if q.Version = before.Version + 1; id == "" {
			if err := s.saveMade(w, by, in.Key, string(q.ID)); err != nil {
				return err
			}
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbQuestionsSaved, Subject: rugzak.QuestionSetSubject(q.ID)})
	})
	return q, err
}

// freeSetID makes an id for a new set.
func freeSetID(r rugzak.Reader, title string) (rugzak.QuestionSetID, error) {
	base := rugzak.Slug(title)
	if base == "" {
		base = "vragen"
	}
	for id, n := base, 2; ; n++ {
		_, err := r.QuestionSet(rugzak.QuestionSetID(id))
		if isMissing(err) {
			return rugzak.QuestionSetID(id), nil
		}
		if err != nil {
			return "", err
		}
		id = rugzak.Slug(base + " " + strconv.Itoa(n))
	}
}
