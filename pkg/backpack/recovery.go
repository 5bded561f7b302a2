// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"strings"

	"rugzak/pkg/rugzak"
)

// recoveryLetters are the letters of recovery codes: none looks like another.
// There are 32, so that each holds five bits.
const recoveryLetters = "0123456789abcdefghjkmnpqrstvwxyz"

// recoveryGroups of recoveryGroup letters make 75 bits: a plain hash is enough.
const (
	recoveryGroups = 3
	recoveryGroup  = 5
)

// MakeRecoveryCodes makes new recovery codes and returns them: this is the only
// moment they can be read. Older ones no longer work.
func (s *Service) MakeRecoveryCodes(ctx context.Context, by rugzak.Person, here rugzak.Session) ([]string, error) {
	codes := make([]string, rugzak.RecoveryCount)
	hashes := make([]string, len(codes))
	for i := range codes {
		codes[i] = newRecoveryCode()
		hashes[i] = recoveryHash(by.ID, codes[i])
	}
	_, err := s.Store.Update(ctx, func(w rugzak.Writer) error {
		if err := s.fresh(here); err != nil {
			return err
		}
		factors, err := w.Factors(by.ID)
		if err != nil {
			return err
		}
		if len(factors) == 0 {
			return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.factor_first"}
		}
		if err := w.SaveRecovery(rugzak.RecoveryCodes{Person: by.ID, Hashes: hashes, MadeAt: s.now()}); err != nil {
			return err
		}
		return s.audit(w, by, rugzak.AuditFactor, rugzak.PersonActor(by.ID), "recovery.made")
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

func newRecoveryCode() string {
	var random [recoveryGroups * recoveryGroup]byte
	_, _ = rand.Read(random[:]) // crypto/rand never fails: it ends the program
	var b strings.Builder
	for i, r := range random {
		if i > 0 && i%recoveryGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(recoveryLetters[int(r)%len(recoveryLetters)])
	}
	return b.String()
}

// misread are letters that are no part of a code, and what they are read as.
var misread = strings.NewReplacer("o", "0", "i", "1", "l", "1", "-", "")

// recoveryHash is the form in which a code is stored: bound to its person.
func recoveryHash(p rugzak.PersonID, code string) string {
	plain := misread.Replace(strings.ToLower(strings.Join(strings.Fields(code), "")))
	return rugzak.HashSecret(string(p) + "\x00" + plain)
}

// useRecovery uses a code up and tells the person.
func (s *Service) useRecovery(w rugzak.Writer, p rugzak.PersonID, code string) error {
	codes, err := w.Recovery(p)
	if err != nil && !isMissing(err) {
		return err
	}
	i := slices.Index(codes.Hashes, recoveryHash(p, code))
	if i < 0 {
		return wrongCode()
	}
	codes.Hashes = slices.Delete(codes.Hashes, i, i+1)
	if err := w.SaveRecovery(codes); err != nil {
		return err
	}
	if err := s.tell(w, p, NoticeRecoveryUsed, strconv.Itoa(len(codes.Hashes))); err != nil {
		return err
	}
	return s.audit(w, rugzak.Person{ID: p}, rugzak.AuditFactor, rugzak.PersonActor(p), "recovery.used")
}
