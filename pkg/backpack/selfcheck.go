// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// SelfCheck returns what the core team said of "Kunnen we dit zelf?".
func (s *Service) SelfCheck(ctx context.Context, by rugzak.Person) (rugzak.SelfCheck, error) {
	var c rugzak.SelfCheck
	if !rugzak.CanSteer(by) {
		return c, rugzak.Forbidden("error.core_team_only")
	}
	err := s.view(ctx, "checklist of the core team", func(r rugzak.Reader) (err error) {
		c, err = r.SelfCheck()
		return err
	})
	return c, err
}

// SaveSelfCheck keeps these answers in place of those that were there. base is
// the version the form was made from.
func (s *Service) SaveSelfCheck(ctx context.Context, by rugzak.Person, base int, answers []rugzak.SelfAnswer) error {
	if !rugzak.CanSteer(by) {
		return rugzak.Forbidden("error.core_team_only")
	}
	var texts []field
	for _, a := range answers {
		texts = append(texts, field{"note_" + string(a.Point), rugzak.Line(a.Note)})
	}
	if _, err := s.shortTexts(ctx, texts...); err != nil {
		return err
	}
	_, err := s.update(ctx, "save the checklist of the core team", func(w rugzak.Writer) error {
		before, err := w.SelfCheck()
		if err != nil {
			return err
		}
		if before.Version != base {
			return rugzak.Conflict()
		}
		after, err := before.Say(answers, s.now())
		if err != nil {
			return err
		}
		return w.SaveSelfCheck(after, base)
	})
	return err
}
