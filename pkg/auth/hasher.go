// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package auth checks that people are who they say: it keeps passwords as
// argon2id hashes and slows down whoever guesses them.
package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"runtime"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"rugzak/pkg/rugzak"
)

// Hasher keeps passwords with argon2id. It is safe for concurrent use; as each
// hash takes a processor and 19 MiB, only as many run at once as there are
// processors, and the others wait or give up with their context.
type Hasher struct {
	settings settings
	slots    chan struct{}
	work     func(password, salt []byte, passes, memory uint32, lanes uint8, length uint32) []byte
}

var _ rugzak.Hasher = (*Hasher)(nil)

// NewHasher returns a Hasher with the settings OWASP recommends.
func NewHasher() *Hasher {
	return &Hasher{settings: current, slots: make(chan struct{}, runtime.GOMAXPROCS(0)), work: argon2.IDKey}
}

// Hash makes a hash that can be stored, as a PHC string. A password outside
// the limits of rugzak.MinPassword and rugzak.MaxPasswordBytes gives an error
// with rugzak.CodeInvalid.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < rugzak.MinPassword:
		return "", &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.password_short", Args: []any{rugzak.MinPassword}}
	case len(password) > rugzak.MaxPasswordBytes:
		return "", &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.too_long", Args: []any{rugzak.MaxPasswordBytes}}
	}
	p := phc{settings: h.settings, salt: make([]byte, saltLength)}
	_, _ = rand.Read(p.salt) // crypto/rand never fails: it ends the program
	var err error
	if p.key, err = h.derive(ctx, password, p.settings, p.salt, keyLength); err != nil {
		return "", fmt.Errorf("auth: hash password: %w", err)
	}
	return p.String(), nil
}

// Verify reports whether the password belongs to the hash. An empty hash, a
// damaged one and a password that is too long cost the same work and never
// match; a damaged one is also an error.
func (h *Hasher) Verify(ctx context.Context, hash, password string) (bool, error) {
	stored, damaged := parsePHC(hash)
	usable := damaged == nil && len(password) <= rugzak.MaxPasswordBytes
	if !usable {
		stored = phc{settings: h.settings, salt: make([]byte, saltLength), key: make([]byte, keyLength)}
	}
	if len(password) > rugzak.MaxPasswordBytes {
		password = ""
	}
	key, err := h.derive(ctx, password, stored.settings, stored.salt, len(stored.key))
	if err != nil {
		return false, fmt.Errorf("auth: verify password: %w", err)
	}
	equal := subtle.ConstantTimeCompare(key, stored.key) == 1
	if hash != "" && damaged != nil {
		return false, fmt.Errorf("auth: verify password: stored hash: %w", damaged)
	}
	return usable && equal, nil
}

// NeedsRehash reports whether the hash was made with other settings than those
// of now, so that it should be made again while the password is at hand.
func (h *Hasher) NeedsRehash(hash string) bool {
	stored, err := parsePHC(hash)
	return err != nil || stored.settings != h.settings || len(stored.salt) != saltLength || len(stored.key) != keyLength
}

// derive does the work, when it is its turn. The same letters typed on another
// keyboard can be other bytes, so that the password is normalised first.
func (h *Hasher) derive(ctx context.Context, password string, s settings, salt []byte, length int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, errors.Join(errors.New("too many at once"), ctx.Err())
	}
	defer func() { <-h.slots }()
	return h.work(norm.NFKC.Bytes([]byte(password)), salt, s.passes, s.memory, s.lanes, uint32(length)), nil
}
