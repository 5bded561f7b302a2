// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import "time"

// FactorKind is a sort of proof beside the password.
type FactorKind string

// The kinds of factors.
const (
	FactorPasskey FactorKind = "passkey" // also enough by itself: it asks for a PIN, finger or face
	FactorTOTP    FactorKind = "totp"    // a code of six digits from an app
)

// Factor is a proof a person has beside the password. It never leaves the
// store: no export holds it.
type Factor struct {
	ID     string // as made by NewID
	Person PersonID
	Kind   FactorKind
	Name   string // the person's own word for it
	// Data is what checks a proof: of a passkey what a Passkeys made, of an app
	// its secret.
	Data []byte
	// Step is the time step of the last code that was used: none works twice.
	Step      int64
	CreatedAt time.Time
	UsedAt    time.Time // zero when never
}

// RecoveryCodes are a person's codes for when a factor is lost, as hashes. Each
// works once.
type RecoveryCodes struct {
	Person PersonID
	Hashes []string
	MadeAt time.Time
}

// The bounds of factors.
const (
	MaxFactors    = 10
	MaxFactorName = 60 // characters
	RecoveryCount = 10
)

// FactorReader reads factors.
type FactorReader interface {
	// Factors lists the factors of a person, oldest first.
	Factors(person PersonID) ([]Factor, error)
	Recovery(person PersonID) (RecoveryCodes, error)
	Challenge(id string) (Challenge, error)
}

// FactorWriter writes factors.
type FactorWriter interface {
	SaveFactor(f Factor) error
	RemoveFactor(person PersonID, id string) error
	SaveRecovery(c RecoveryCodes) error
	// RemoveRecovery takes all codes of a person away; none there is no error.
	RemoveRecovery(person PersonID) error
	SaveChallenge(c Challenge) error
	// RemoveChallenge uses a challenge up: it gives CodeNotFound the second time.
	RemoveChallenge(id string) error
	// ExpireChallenges takes away what ended before a moment.
	ExpireChallenges(before time.Time) error
}

// Challenge is something a browser is in the midst of: between a password and
// the second step, or between the question to a passkey and its answer. It is
// bound to the browser by a secret of which only the hash is stored.
type Challenge struct {
	ID      string // as made by NewID: they end in this order
	Hash    string
	Purpose ChallengePurpose
	Person  PersonID // empty when not known yet
	Epoch   int      // of the person when it began, see Person; of a second step
	How     SignInWay
	Data    []byte // what checks the answer
	Expires time.Time
}

// ChallengePurpose is what a challenge is for.
type ChallengePurpose string

// The purposes.
const (
	ChallengeSecondStep ChallengePurpose = "second-step"
	ChallengePasskeyIn  ChallengePurpose = "passkey-in"
	ChallengePasskeyAdd ChallengePurpose = "passkey-add"
	ChallengeTOTPAdd    ChallengePurpose = "totp-add"
)
