// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"time"
)

// Session is somebody's time between signing in and out. The token itself is
// in the browser only; Hash is its SHA-256 in hex.
type Session struct {
	Hash   string
	ID     string // names the session in the person's own list; opens nothing
	Person PersonID
	Epoch  int // of the person when the session began
	How    SignInWay
	Client string // a few coarse words about the browser; see Arrival
	// Pending: the person must have a second factor and has none yet; until
	// they do, this session is good for adding one only.
	Pending   bool
	CreatedAt time.Time
	SeenAt    time.Time // rounded; written seldom
}

// SignInWay says how a person came in.
type SignInWay string

// The ways in.
const (
	ByPassword         SignInWay = "password"
	ByPasskey          SignInWay = "passkey"
	ByPasswordTOTP     SignInWay = "password-totp"
	ByPasswordPasskey  SignInWay = "password-passkey"
	ByPasswordRecovery SignInWay = "password-recovery"
	BySSO              SignInWay = "sso"
	ByProxy            SignInWay = "proxy"
	ByLink             SignInWay = "link" // an invitation, or a link to choose a password
)

// Strong reports whether this way in has a second factor in it, or leaves that
// to who vouches for the person.
func (h SignInWay) Strong() bool { return h != ByPassword && h != ByLink }

// Arrival is how somebody comes in, and with what.
type Arrival struct {
	How SignInWay
	// Client is the browser and the system as two codes, such as
	// "firefox android": enough to know one's own sessions apart, too little to
	// know a person again.
	Client string
}

// Credential is how a person proves who they are.
type Credential struct {
	Person   PersonID
	Password string // a hash made by a Hasher
}

// Token is a link that works once, such as the one that makes the first
// administrator. Only its hash is stored.
type Token struct {
	Hash    string
	Purpose TokenPurpose
	Person  PersonID // empty for the first administrator
	Expires time.Time
}

// TokenPurpose is what a token is for.
type TokenPurpose string

// The purposes.
const (
	TokenFirstAdministrator TokenPurpose = "first-administrator"
	TokenChoosePassword     TokenPurpose = "choose-password" // by an administrator, for days
	TokenResetPassword      TokenPurpose = "reset-password"  // asked for by the person, for an hour
)

// NewSecret returns 256 random bits as text for a cookie or link, and the hash
// under which it is stored.
func NewSecret() (plain, hash string) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
	plain = base64.RawURLEncoding.EncodeToString(b[:])
	return plain, HashSecret(plain)
}

// HashSecret returns the hash under which a secret is stored. The secrets are
// long and random, so a plain hash is enough.
func HashSecret(plain string) string {
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}
