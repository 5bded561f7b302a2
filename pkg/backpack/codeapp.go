// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"

	"rugzak/pkg/rugzak"
)

// CodeApp is what a person puts into their app: the secret to type, and the
// address that stands in the picture.
type CodeApp struct{ Secret, Address string }

// BeginCodeApp makes a secret for an app. It counts when a code of it came back.
func (s *Service) BeginCodeApp(ctx context.Context, by rugzak.Person, here rugzak.Session) (step string, err error) {
	if s.Codes == nil {
		return "", rugzak.NotFound()
	}
	if err := s.fresh(here); err != nil {
		return "", err
	}
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		step, err = s.challenge(w, rugzak.Challenge{Purpose: rugzak.ChallengeTOTPAdd, Person: by.ID, Data: []byte(s.Codes.NewSecret())})
		return err
	})
	return step, err
}

// ShowCodeApp shows the secret of an app that is being added.
func (s *Service) ShowCodeApp(ctx context.Context, by rugzak.Person, step string) (CodeApp, error) {
	var app CodeApp
	err := s.view(ctx, "code app", func(r rugzak.Reader) error {
		c, err := s.challenged(r, step, rugzak.ChallengeTOTPAdd)
		if err != nil {
			return err
		}
		if c.Person != by.ID {
			return stepGone()
		}
		app.Secret = string(c.Data)
		return nil
	})
	if err == nil {
		app.Address = s.Codes.Address(app.Secret, s.SiteName, by.Email)
	}
	return app, err
}

// CodeAppPicture shows the same as a QR code, in PNG.
func (s *Service) CodeAppPicture(ctx context.Context, by rugzak.Person, step string) ([]byte, error) {
	app, err := s.ShowCodeApp(ctx, by, step)
	if err != nil {
		return nil, err
	}
	return s.Codes.Picture(app.Address)
}

// AddCodeApp keeps an app that gave a right code.
func (s *Service) AddCodeApp(ctx context.Context, by rugzak.Person, here rugzak.Session, step, code string) (session string, err error) {
	app, err := s.ShowCodeApp(ctx, by, step)
	if err != nil {
		return "", err
	}
	at, ok := s.Codes.Check(app.Secret, code, s.now())
	if !ok {
		return "", wrongCode()
	}
	if _, err := s.takeChallenge(ctx, step, rugzak.ChallengeTOTPAdd); err != nil {
		return "", err
	}
	return s.addFactor(ctx, by, here, rugzak.Factor{Kind: rugzak.FactorTOTP, Data: []byte(app.Secret), Step: at})
}

// wrongCode is the answer to a code that is wrong, or was used before.
func wrongCode() error {
	var p rugzak.Problems
	p.Add("code", "error.code_wrong")
	return p.Err()
}
