// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"context"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// somebody is who can sign in. The password is that of everybody.
type somebody struct {
	Username, Email, Name string
	Verified              bool
	Claims                map[string]any
	// Misbehave is what the provider does wrong for them: nonce, audience,
	// issuer, expired, early or signature.
	Misbehave string
}

// password is that of everybody.
const password = "een wachtwoord bij de aanbieder"

// people are who can sign in; the subject of each is their username behind
// "sub-".
type people []somebody

func (p people) find(username string) *somebody {
	for i := range p {
		if p[i].Username == username {
			return &p[i]
		}
	}
	return nil
}

func (p people) GetUserByID(id string) *storage.User {
	if len(id) < 4 {
		return nil
	}
	return p.GetUserByUsername(id[4:])
}

func (p people) GetUserByUsername(username string) *storage.User {
	s := p.find(username)
	if s == nil {
		return nil
	}
	return &storage.User{ID: "sub-" + s.Username, Username: s.Username, Password: password, Email: s.Email, EmailVerified: s.Verified}
}

func (p people) ExampleClientID() string { return storage.ServiceUserID }

// keeper is the provider's storage, with claims of our own in the id token.
type keeper struct {
	*storage.Storage
	people people
}

// client puts the claims into the id token, as the common providers can.
type client struct{ op.Client }

func (client) IDTokenUserinfoClaimsAssertion() bool { return true }

func (k *keeper) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	c, err := k.Storage.GetClientByClientID(ctx, id)
	if err != nil {
		return nil, err
	}
	return client{c}, nil
}

func (k *keeper) SetUserinfoFromRequest(ctx context.Context, info *oidc.UserInfo, token op.IDTokenRequest, scopes []string) error {
	if err := k.Storage.SetUserinfoFromRequest(ctx, info, token, scopes); err != nil {
		return err
	}
	if s := k.people.find(token.GetSubject()[4:]); s != nil {
		info.Name = s.Name
		for name, value := range s.Claims {
			info.AppendClaims(name, value)
		}
	}
	return nil
}
