// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// misbehaving is a provider that answers as it should, but for some people
// signs a token it should not. Everything else stays what the provider made.
func misbehaving(next http.Handler, k *keeper) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/token") {
			next.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		if changed, err := k.misbehave(r, body); err == nil {
			body = changed
		}
		for name, values := range answer.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	})
}

// misbehave changes the id token of an answer, when it is for one of those
// people.
func (k *keeper) misbehave(r *http.Request, body []byte) ([]byte, error) {
	var answer map[string]any
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, err
	}
	raw, _ := answer["id_token"].(string)
	signed, err := jose.ParseSigned(raw, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return nil, err
	}
	var claims map[string]any
	decoder := json.NewDecoder(bytes.NewReader(signed.UnsafePayloadWithoutVerification()))
	decoder.UseNumber()
	if err := decoder.Decode(&claims); err != nil {
		return nil, err
	}
	subject, _ := claims["sub"].(string)
	who := k.people.find(strings.TrimPrefix(subject, "sub-"))
	if who == nil || who.Misbehave == "" {
		return body, nil
	}
	own, err := k.SigningKey(r.Context())
	if err != nil {
		return nil, err
	}
	key := own.Key()
	switch now := time.Now(); who.Misbehave {
	case "nonce":
		claims["nonce"] = "die-van-een-ander"
	case "audience":
		claims["aud"], claims["azp"] = []string{"een-andere-site"}, "een-andere-site"
	case "party":
		claims["aud"], claims["azp"] = []any{"rugzak", "een-andere-site"}, "een-andere-site"
	case "issuer":
		claims["iss"] = "https://een-andere-aanbieder.example"
	case "expired":
		claims["iat"], claims["exp"] = now.Add(-2*time.Hour).Unix(), now.Add(-time.Hour).Unix()
	case "early":
		claims["iat"], claims["nbf"], claims["exp"] = now.Add(time.Hour).Unix(), now.Add(time.Hour).Unix(), now.Add(2*time.Hour).Unix()
	case "signature":
		if key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			return nil, err
		}
	}
	options := (&jose.SignerOptions{}).WithHeader("kid", own.ID())
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: own.SignatureAlgorithm(), Key: key}, options)
	if err != nil {
		return nil, err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return nil, err
	}
	again, err := signer.Sign(payload)
	if err != nil {
		return nil, err
	}
	if answer["id_token"], err = again.CompactSerialize(); err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}
