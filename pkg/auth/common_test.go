// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"slices"
	"testing"
)

func TestCommonPasswords(t *testing.T) {
	t.Parallel()
	if words := commonWords(); len(words) < 10_000 || !slices.IsSorted(words) {
		t.Fatalf("%d words, sorted: %v", len(words), slices.IsSorted(words))
	}
	own := []string{"Noor van den Berg", "n.vandenberg@voorbeeld.example", "Jeugd en Gezin", "Rugzak"}
	for password, want := range map[string]bool{
		"passwordpassword": true, "Password12345!": true, "Welkom202612!": true, "wachtwoord123": true, "W@chtw00rd123": true,
		"123456789012": true, "qwertyuiopas": true, "aaaaaaaaaaaa": true, "abcabcabcabc": true, "!!!!!!!!!!!!!": true,
		"abcdefghijkl": true, "lkjihgfedcba": true, "20262026!!??": true, "geheimgeheim": true, "zomer2026!!!": true,
		"rugzakrugzak": true, "vandenberg2026": true, "NoorRugzak12": true, "n.vandenberg": true, "jeugdgezin12345": true, "n.vandenberg@voorbeeld.example": true,
		// Long enough is good enough, whatever it is made of.
		"een lange testzin": false, "fiets lamp wolk": false, "fietslampwolk": false, "correct horse battery staple": false,
		"x7kq-2mvz-9ptr": false, "mijn rugzak is groen": false, "日本語のパスワードです長い": false,
	} {
		if got := (Common{}).Common(password, own...); got != want {
			t.Errorf("%q is common: %v, want %v", password, got, want)
		}
	}
}

// The same letters in another form are the same password.
func TestCommonPasswordsInAnotherForm(t *testing.T) {
	t.Parallel()
	if !(Common{}).Common("ｐａｓｓｗｏｒｄ１２３４") {
		t.Error("full-width letters hide a common password")
	}
}

func FuzzCommon(f *testing.F) {
	f.Add("wachtwoord123", "Noor")
	f.Add("\xff\xfe", "")
	f.Fuzz(func(t *testing.T, password, word string) {
		first := (Common{}).Common(password, word)
		if first != (Common{}).Common(password, word) {
			t.Error("the answer is not always the same")
		}
	})
}
