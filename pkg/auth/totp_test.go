// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"bytes"
	"encoding/base32"
	"image/png"
	"net/url"
	"testing"
	"time"
)

// The examples of RFC 6238, appendix B (SHA-1), by their last six digits.
func TestOneTimeCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	secret := base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))
	for at, code := range map[int64]string{
		59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
	} {
		step, ok := OneTimeCodes{}.Check(secret, code, time.Unix(at, 0))
		if !ok || step != at/30 {
			t.Errorf("at %d: step %d, %v", at, step, ok)
		}
	}
	now := time.Unix(1111111111, 0)
	for code, want := range map[string]bool{
		"050471": true, "050 471": true, " 050471 ": true, "081804": true, "050472": false, "": false, "05047": false, "0504711": false, "abcdef": false,
	} {
		if _, ok := (OneTimeCodes{}).Check(secret, code, now); ok != want {
			t.Errorf("%q: %v, want %v", code, ok, want)
		}
	}
	for off, want := range map[time.Duration]bool{30 * time.Second: true, -30 * time.Second: true, time.Minute + time.Second: false, -61 * time.Second: false} {
		if _, ok := (OneTimeCodes{}).Check(secret, "005924", time.Unix(1234567890, 0).Add(off)); ok != want {
			t.Errorf("with a clock off by %v: %v, want %v", off, ok, want)
		}
	}
}

func TestOneTimeCodesForAnApp(t *testing.T) {
	t.Parallel()
	secret := OneTimeCodes{}.NewSecret()
	if other := (OneTimeCodes{}).NewSecret(); len(secret) != 32 || secret == other {
		t.Errorf("secrets %q and %q", secret, other)
	}
	u, err := url.Parse(OneTimeCodes{}.Address(secret, "Onze rugzak: Jeugd", "noor+test@voorbeeld.example"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Onze rugzak  Jeugd:noor+test@voorbeeld.example" {
		t.Errorf("address %v, %v", u, err)
	}
	if q := u.Query(); q.Get("secret") != secret || q.Get("issuer") != "Onze rugzak: Jeugd" || q.Get("digits") != "6" {
		t.Errorf("address asks for %v", q)
	}
	data, err := OneTimeCodes{}.Picture(u.String())
	if err != nil {
		t.Fatal(err)
	}
	if picture, err := png.Decode(bytes.NewReader(data)); err != nil || picture.Bounds().Dx() != qrSize {
		t.Errorf("the picture: %v", err)
	}
}
