// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package auth

import (
	"strings"
	"testing"
)

const (
	salt16 = "AAECAwQFBgcICQoLDA0ODw"
	key32  = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	valid  = "$argon2id$v=19$m=19456,t=2,p=1$" + salt16 + "$" + key32
)

func TestParsePHC(t *testing.T) {
	p, err := parsePHC(valid)
	if err != nil {
		t.Fatal(err)
	}
	if p.settings != current || len(p.salt) != 16 || p.salt[15] != 15 || len(p.key) != 32 || p.key[31] != 31 {
		t.Errorf("got %+v", p)
	}
}

func TestPHCRefuses(t *testing.T) {
	replace := func(old, new string) string { return strings.Replace(valid, old, new, 1) }
	for name, s := range map[string]string{
		"empty":              "",
		"text":               "password",
		"other algorithm":    replace("argon2id", "argon2i"),
		"other version":      replace("v=19", "v=16"),
		"no version":         replace("$v=19", ""),
		"costs swapped":      replace("m=19456,t=2", "t=2,m=19456"),
		"cost missing":       replace(",p=1", ""),
		"cost more":          replace(",p=1", ",p=1,x=1"),
		"no memory":          replace("m=19456", "m=0"),
		"little memory":      replace("m=19456,t=2,p=1", "m=8,t=2,p=2"),
		"all memory":         replace("m=19456", "m=4294967295"),
		"too much":           replace("m=19456", "m=99999999999999999999"),
		"negative":           replace("t=2", "t=-2"),
		"signed":             replace("t=2", "t=+2"),
		"leading zero":       replace("t=2", "t=02"),
		"many passes":        replace("t=2", "t=17"),
		"many lanes":         replace("p=1", "p=257"),
		"padding":            valid + "=",
		"line end":           valid + "\n",
		"line end inside":    replace(salt16, salt16[:4]+"\n"+salt16[4:]),
		"loose bits":         valid[:len(valid)-1] + "9",
		"short salt":         replace(salt16, "AAEC"),
		"no salt":            replace(salt16, ""),
		"long salt":          replace(salt16, strings.Repeat("A", 88)),
		"short key":          replace(key32, "AAECAwQFBgc"),
		"no key":             replace(key32, ""),
		"not base64":         replace(key32, "!"+key32[1:]),
		"part more":          valid + "$",
		"something in front": "x" + valid,
		"very long":          valid + strings.Repeat("A", 1<<20),
	} {
		if p, err := parsePHC(s); err == nil {
			t.Errorf("%s: accepted %.100q as %+v", name, s, p)
		} else if strings.Contains(err.Error(), salt16) {
			t.Errorf("%s: the error tells the salt", name)
		}
	}
}

// What is accepted is written back the same, within the bounds.
func FuzzParsePHC(f *testing.F) {
	f.Add(valid)
	f.Add("$argon2id$v=19$m=8,t=1,p=1$" + salt16 + "$" + key32)
	f.Add("$argon2id$v=19$m=8,t=1,p=1$$")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Fatalf("%q became %q", s, p.String())
		}
		if p.memory > maxMemory || p.passes > maxPasses || p.lanes > maxLanes || p.passes == 0 || p.lanes == 0 {
			t.Fatalf("%q: costs out of bounds", s)
		}
	})
}
