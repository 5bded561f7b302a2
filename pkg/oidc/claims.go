// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package oidc

import (
	"encoding/json"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"

	"rugzak/pkg/rugzak"
)

// read takes out of a token that was checked what the site asks for.
func (d *Door) read(id *oidc.IDToken) (rugzak.Vouched, error) {
	claims := map[string]json.RawMessage{}
	if err := id.Claims(&claims); err != nil {
		return rugzak.Vouched{}, refused(rugzak.RefusedToken, "the claims cannot be read")
	}
	v := rugzak.Vouched{
		Issuer: id.Issuer, Subject: id.Subject,
		Email: text(claims["email"]), EmailVerified: text(claims["email_verified"]) == "true", Name: text(claims["name"]),
		Claims: map[string][]string{},
	}
	if v.Subject == "" {
		return rugzak.Vouched{}, refused(rugzak.RefusedToken, "no subject")
	}
	for _, name := range d.options.Claims {
		if all := texts(claims[name]); len(all) > 0 {
			v.Claims[name] = all
		}
	}
	return v, nil
}

// text is a claim of one text, or of true or false. Some providers write true
// as a text.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if b := strings.TrimSpace(string(raw)); b == "true" || b == "false" {
		return b
	}
	return ""
}

// texts is a claim of one text or a list of them; others count as nothing.
func texts(raw json.RawMessage) []string {
	if s := text(raw); s != "" {
		return []string{s}
	}
	var all []string
	if json.Unmarshal(raw, &all) != nil {
		return nil
	}
	return all
}
