// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"rugzak/pkg/rugzak"
)

// Passkeys asks for passkeys and checks them by WebAuthn. Every passkey must
// verify its user (PIN, finger or face) and be able to say whose it is. No
// attestation is asked for: which make of key somebody has is their business.
type Passkeys struct {
	siteName string
}

var _ rugzak.Passkeys = (*Passkeys)(nil)

// NewPasskeys returns Passkeys for a site, by the name people see.
func NewPasskeys(siteName string) *Passkeys { return &Passkeys{siteName: siteName} }

// maxAnswer bounds what is taken apart, in bytes.
const maxAnswer = 64 << 10

var errAnswer = errors.New("auth: no answer of a passkey we can use")

// party is the site as passkeys see it: its host, and this one origin.
func (k *Passkeys) party(origin string) (*webauthn.WebAuthn, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, fmt.Errorf("auth: origin: %w", err)
	}
	required := true
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: k.siteName, RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required,
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("auth: passkeys: %w", err)
	}
	return w, nil
}

// holder is a person as the library wants one. The handle that stands in a
// passkey is the id: it says nothing.
type holder struct {
	id          rugzak.PersonID
	name, email string
	credentials []webauthn.Credential
	factors     []rugzak.Factor // beside the credentials
}

func (h *holder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h *holder) WebAuthnName() string                       { return h.email }
func (h *holder) WebAuthnDisplayName() string                { return h.name }
func (h *holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }

func holderOf(id rugzak.PersonID, factors []rugzak.Factor) (*holder, error) {
	h := &holder{id: id}
	for _, f := range factors {
		if f.Kind != rugzak.FactorPasskey {
			continue
		}
		var c webauthn.Credential
		if err := json.Unmarshal(f.Data, &c); err != nil {
			return nil, fmt.Errorf("auth: passkey %s: %w", f.ID, err)
		}
		h.credentials, h.factors = append(h.credentials, c), append(h.factors, f)
	}
	return h, nil
}

func both(options, state any) (o, s []byte, err error) {
	o, err1 := json.Marshal(options)
	s, err2 := json.Marshal(state)
	return o, s, errors.Join(err1, err2)
}

// AskNew makes the options for a new passkey.
func (k *Passkeys) AskNew(origin string, p rugzak.Person, old []rugzak.Factor) (options, state []byte, err error) {
	w, err := k.party(origin)
	if err != nil {
		return nil, nil, err
	}
	h, err := holderOf(p.ID, old)
	if err != nil {
		return nil, nil, err
	}
	h.name, h.email = p.Name, p.Email
	creation, session, err := w.BeginRegistration(h, webauthn.WithExclusions(webauthn.Credentials(h.credentials).CredentialDescriptors()))
	if err != nil {
		return nil, nil, fmt.Errorf("auth: ask for a new passkey: %w", err)
	}
	return both(creation.Response, session)
}

// CheckNew reads the answer to AskNew.
func (k *Passkeys) CheckNew(origin string, p rugzak.Person, state, answer []byte) ([]byte, error) {
	w, session, err := k.asked(origin, state, answer)
	if err != nil {
		return nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return nil, refusal(err)
	}
	c, err := w.CreateCredential(&holder{id: p.ID, name: p.Name, email: p.Email}, session, parsed)
	if err != nil {
		return nil, refusal(err)
	}
	c.Attestation = webauthn.CredentialAttestation{} // never asked for, never looked at
	return json.Marshal(c)
}

// Ask makes the options to sign in.
func (k *Passkeys) Ask(origin string, p rugzak.PersonID, of []rugzak.Factor) (options, state []byte, err error) {
	w, err := k.party(origin)
	if err != nil {
		return nil, nil, err
	}
	if p == "" {
		assertion, session, err := w.BeginDiscoverableLogin()
		if err != nil {
			return nil, nil, fmt.Errorf("auth: ask for a passkey: %w", err)
		}
		return both(assertion.Response, session)
	}
	h, err := holderOf(p, of)
	if err != nil {
		return nil, nil, err
	}
	assertion, session, err := w.BeginLogin(h)
	if err != nil {
		return nil, nil, fmt.Errorf("auth: ask for a passkey: %w", err)
	}
	return both(assertion.Response, session)
}

// Check reads the answer to Ask.
func (k *Passkeys) Check(origin string, state, answer []byte, factors func(rugzak.PersonID) ([]rugzak.Factor, error)) (used rugzak.Factor, copied bool, err error) {
	w, session, err := k.asked(origin, state, answer)
	if err != nil {
		return used, false, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return used, false, refusal(err)
	}
	who := func(_, handle []byte) (webauthn.User, error) {
		theirs, err := factors(rugzak.PersonID(handle))
		if err != nil {
			return nil, err
		}
		return holderOf(rugzak.PersonID(handle), theirs)
	}
	var user webauthn.User
	var c *webauthn.Credential
	if len(session.UserID) > 0 {
		if user, err = who(nil, session.UserID); err == nil {
			c, err = w.ValidateLogin(user, session, parsed)
		}
	} else {
		user, c, err = w.ValidatePasskeyLogin(who, session, parsed)
	}
	if err != nil {
		return used, false, refusal(err)
	}
	h := user.(*holder)
	for i, own := range h.credentials {
		if string(own.ID) == string(c.ID) {
			used = h.factors[i]
		}
	}
	copied, c.Authenticator.CloneWarning = c.Authenticator.CloneWarning, false
	used.Data, err = json.Marshal(c)
	return used, copied, err
}

// asked reads what was asked before.
func (k *Passkeys) asked(origin string, state, answer []byte) (*webauthn.WebAuthn, webauthn.SessionData, error) {
	var session webauthn.SessionData
	if len(answer) > maxAnswer {
		return nil, session, refusal(errors.New("too long"))
	}
	if err := json.Unmarshal(state, &session); err != nil {
		return nil, session, fmt.Errorf("auth: state of a passkey: %w", err)
	}
	w, err := k.party(origin)
	return w, session, err
}

// refusal is what is told of an answer that does not do. The cause is for the
// log of whoever looks for it; it holds nothing secret.
func refusal(err error) error {
	return &rugzak.Error{Code: rugzak.CodeInvalid, Key: "error.passkey", Err: errors.Join(errAnswer, err)}
}
