// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
)

// MailStream is what somebody can stop with one press in a mail.
type MailStream string

// The streams.
const (
	StreamDigest  MailStream = "digest"  // the mail of the week
	StreamInstant MailStream = "instant" // mail about what is addressed to the person
)

// Unsubscribe is what the link in a mail stops, for whom. Its secret stands in
// the mail only.
type Unsubscribe struct {
	Hash   string // of the secret
	Person PersonID
	Stream MailStream
}

// UnsubscribeSecret makes the secret of a link to stop a stream: the same for
// each mail, so that those of old mails keep working, and telling nothing of
// whom it is for to who does not have the key of the backpack.
func UnsubscribeSecret(key []byte, person PersonID, stream MailStream) string {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("unsubscribe\x00" + string(stream) + "\x00" + string(person))) // a hash never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// UnsubscribeReader reads links to stop mail.
type UnsubscribeReader interface {
	Unsubscribe(hash string) (Unsubscribe, error)
}

// UnsubscribeWriter writes links to stop mail. They go with their person.
type UnsubscribeWriter interface {
	SaveUnsubscribe(u Unsubscribe) error
}
