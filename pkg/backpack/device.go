// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"rugzak/pkg/rugzak"
)

// A device that signed in before keeps a word that says so: random letters and
// a seal over them, made with the hash of the person's password as the key. It
// opens nothing. It only spares the device the waiting that guessing by others
// causes, says nothing about whose it is, and ends with the password.

// deviceLetters is how long the name of a device is.
const deviceLetters = 16

// deviceKey is the key of a person's devices; nobody without a password has one.
func deviceKey(c rugzak.Credential) []byte {
	if c.Password == "" {
		return nil
	}
	sum := sha256.Sum256([]byte("known device\x00" + string(c.Person) + "\x00" + c.Password))
	return sum[:]
}

func sealDevice(key []byte, device string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(device))
	return device + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// KnownDevice returns the name of a device on which the person with this
// address signed in before, given the words it shows; empty for all others.
func (s *Service) KnownDevice(ctx context.Context, email string, words []string) (string, error) {
	if len(words) == 0 {
		return "", nil
	}
	var c rugzak.Credential
	err := s.view(ctx, "device", func(r rugzak.Reader) error {
		p, err := r.PersonByEmail(rugzak.CleanEmail(email))
		if err == nil {
			c, err = r.Credential(p.ID)
		}
		return err
	})
	if err != nil && !isMissing(err) {
		return "", err
	}
	return knownDevice(c, words), nil
}

func knownDevice(c rugzak.Credential, words []string) string {
	key := deviceKey(c)
	for _, word := range words {
		device, _, _ := strings.Cut(word, ".")
		if key != nil && hmac.Equal([]byte(word), []byte(sealDevice(key, device))) {
			return device
		}
	}
	return ""
}

// RememberDevice returns the word by which a device is known from now on;
// empty when it is known already, or when there is nothing to know it by.
func (s *Service) RememberDevice(ctx context.Context, id rugzak.PersonID, words []string) (string, error) {
	var c rugzak.Credential
	err := s.view(ctx, "device", func(r rugzak.Reader) (err error) {
		c, err = r.Credential(id)
		return err
	})
	if isMissing(err) || err == nil && knownDevice(c, words) != "" {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	_, device := rugzak.NewSecret()
	return sealDevice(deviceKey(c), device[:deviceLetters]), nil
}
