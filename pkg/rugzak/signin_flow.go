// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "context"

// SignInFlow is one sign-in at a provider, from the moment somebody leaves for
// it until they come back. All of it is random, apart from where they come
// back, and works once.
type SignInFlow struct {
	State    string // comes back in the address
	Nonce    string // comes back in the token
	Verifier string // proves that who asks for the token is who began
	Callback string // the address to come back to
}

// NewSignInFlow begins a flow.
func NewSignInFlow(callback string) SignInFlow {
	f := SignInFlow{Callback: callback}
	f.State, _ = NewSecret()
	f.Nonce, _ = NewSecret()
	f.Verifier, _ = NewSecret()
	return f
}

// ProviderAddress is where signing in at a provider begins: the only address
// outside the site that the site leads to by itself. Only a ProviderDoor makes
// one, from what is configured.
type ProviderAddress string

// ProviderDoor is the way to a sign-in provider and back. It is safe for
// concurrent use. Errors wrap a Refusal, and say nothing about the person.
type ProviderDoor interface {
	// Out is where the browser goes to sign in.
	Out(ctx context.Context, f SignInFlow) (ProviderAddress, error)
	// In takes the code with which the browser came back, and returns what the
	// provider says, after everything about it has been checked.
	In(ctx context.Context, f SignInFlow, code string) (Vouched, error)
	// Issuer is the provider's own name for itself.
	Issuer() string
}
