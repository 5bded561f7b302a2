// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// sealer closes what a browser carries along but may not read. A place in a
// list holds the exact moment of what was written without name, a place among
// hits holds a score, which counts words in texts the reader may not see, and a
// place in the change log counts what everybody writes.
//
// The key lives as long as the process: what an earlier one sealed cannot be
// opened, and then counts as nothing, as does what somebody made up.
type sealer struct {
	aead cipher.AEAD
	key  []byte // of the nonces
}

// seal says what a sealed value is for. One kind never opens as another.
type seal string

const (
	sealAfter  seal = "after"  // position of the last write, in a cookie
	sealMark   seal = "mark"   // place in a list
	sealCursor seal = "cursor" // place among hits
	sealFlow   seal = "flow"   // a sign-in under way, in a cookie
)

// maxSealed bounds what is taken apart, in bytes. A sign-in under way holds the
// address somebody was going to, and has a cookie of its own.
func maxSealed(as seal) int {
	if as == sealFlow {
		return 3900
	}
	return 1000
}

func newSealer() (*sealer, error) {
	var keys [64]byte
	_, _ = rand.Read(keys[:]) // crypto/rand never fails: it ends the program
	block, err := aes.NewCipher(keys[:32])
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	return &sealer{aead: aead, key: keys[32:]}, nil
}

// close seals a text; nothing stays nothing. The nonce is made of the text, so
// that the same question has the same address and no nonce serves two texts.
func (s *sealer) close(as seal, text string) string {
	if text == "" {
		return ""
	}
	nonce := s.nonce(as, text)
	return base64.RawURLEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(text), []byte(as)))
}

// open reads what close made; everything else is nothing.
func (s *sealer) open(as seal, sealed string) string {
	if len(sealed) > maxSealed(as) {
		return ""
	}
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	size := s.aead.NonceSize()
	if err != nil || len(b) < size {
		return ""
	}
	text, err := s.aead.Open(nil, b[:size], b[size:], []byte(as))
	if err != nil {
		return ""
	}
	return string(text)
}

func (s *sealer) nonce(as seal, text string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(string(as) + "\x00" + text))
	return mac.Sum(nil)[:s.aead.NonceSize()]
}

// placeIn is the place in a list at which a page begins; none for the first
// page, and for whatever cannot be read.
func (s *Server) placeIn(c echo.Context) rugzak.Mark {
	return rugzak.Mark(s.sealer.open(sealMark, c.QueryParam("na")))
}

// cursor is a place among hits as an address has it.
func (s *Server) cursor(sealed string) rugzak.Cursor {
	return rugzak.Cursor(s.sealer.open(sealCursor, sealed))
}
