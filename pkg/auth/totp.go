// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"image/png"
	"net/url"
	"strings"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"rugzak/pkg/rugzak"
)

// OneTimeCodes makes and checks codes of six digits that change every half
// minute (RFC 6238), the way every app of this kind knows. The zero value is
// ready.
type OneTimeCodes struct{}

var _ rugzak.OneTimeCodes = OneTimeCodes{}

const (
	codePeriod = 30 // seconds
	codeSecret = 20 // bytes, as RFC 4226 recommends
	codeSkew   = 1  // periods a clock may be off
	qrSize     = 264
)

var codeOptions = hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}

// NewSecret makes a secret, in base32.
func (OneTimeCodes) NewSecret() string {
	var b [codeSecret]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails: it ends the program
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])
}

// Address is what the app reads.
func (OneTimeCodes) Address(secret, site, account string) string {
	label := url.PathEscape(strings.ReplaceAll(site, ":", " ") + ":" + account)
	// Apps read a plus sign as it stands: spaces must be %20.
	issuer := strings.ReplaceAll(url.QueryEscape(site), "+", "%20")
	return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30"
}

// Picture shows an address as a QR code.
func (OneTimeCodes) Picture(address string) ([]byte, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return nil, fmt.Errorf("auth: picture of a code: %w", err)
	}
	code, err = barcode.Scale(code, qrSize, qrSize)
	if err != nil {
		return nil, fmt.Errorf("auth: picture of a code: %w", err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, code); err != nil {
		return nil, fmt.Errorf("auth: picture of a code: %w", err)
	}
	return out.Bytes(), nil
}

// Check returns the time step a code belongs to.
func (OneTimeCodes) Check(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.Join(strings.Fields(code), "")
	current := now.Unix() / codePeriod
	for _, off := range []int64{0, -codeSkew, codeSkew} {
		right, err := hotp.ValidateCustom(code, uint64(current+off), secret, codeOptions)
		if err == nil && right && !ok { // the work does not depend on which it was
			step, ok = current+off, true
		}
	}
	return step, ok
}
