// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"rugzak/pkg/rugzak"
)

// challengeLasts is how long a browser has for the second step, or for the
// answer of a passkey.
const challengeLasts = 10 * time.Minute

// stepGone is the answer to a challenge that ended, was used, or never was.
func stepGone() error { return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.step_gone"} }

// challenge stores what a browser is in the midst of, and returns what binds it
// to the browser.
func (s *Service) challenge(w rugzak.Writer, c rugzak.Challenge) (string, error) {
	if err := w.ExpireChallenges(s.now()); err != nil {
		return "", err
	}
	secret, hash := rugzak.NewSecret()
	c.ID, c.Hash, c.Expires = rugzak.NewID(s.now()), hash, s.now().Add(challengeLasts)
	return c.ID + "." + secret, w.SaveChallenge(c)
}

// challenged finds what a browser is in the midst of.
func (s *Service) challenged(r rugzak.Reader, step string, purpose rugzak.ChallengePurpose) (rugzak.Challenge, error) {
	id, secret, _ := strings.Cut(step, ".")
	if !rugzak.ValidID(id) {
		return rugzak.Challenge{}, stepGone()
	}
	c, err := r.Challenge(id)
	if isMissing(err) || err == nil && (c.Purpose != purpose || s.now().After(c.Expires) ||
		subtle.ConstantTimeCompare([]byte(c.Hash), []byte(rugzak.HashSecret(secret))) != 1) {
		return rugzak.Challenge{}, stepGone()
	}
	return c, err
}

// takeChallenge uses a challenge up and returns it: it counts once, also when
// what follows fails.
func (s *Service) takeChallenge(ctx context.Context, step string, purpose rugzak.ChallengePurpose) (c rugzak.Challenge, err error) {
	_, err = s.Store.Update(ctx, func(w rugzak.Writer) error {
		if c, err = s.challenged(w, step, purpose); err != nil {
			return err
		}
		return w.RemoveChallenge(c.ID)
	})
	return c, err
}
