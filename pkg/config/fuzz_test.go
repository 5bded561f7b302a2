// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// A settings file is read or refused with its problems, each on one line; what
// was read says itself in a way that is read again as the same.
func FuzzLoad(f *testing.F) {
	f.Add("data: /var/lib/rugzak\nlisten: 127.0.0.1:8080\ntrusted-proxies: [127.0.0.1]\n", "https://rugzak.example.nl")
	f.Add("a: [\n", "")
	f.Add("&a [*a]\n---\n", "x")
	f.Add("session-idle: 99999999999999h\nmax-body: 1e9MB\n? : !!binary x\n", "://")
	f.Fuzz(func(t *testing.T, file, base string) {
		in := func(text string) Input {
			return Input{
				Flags: map[string]string{FileFlag: "f.yaml"},
				Env: func(name string) (string, bool) {
					if name == "RUGZAK_BASE_URL" {
						return base, base != ""
					}
					return "", false
				},
				ReadFile: func(path string) ([]byte, error) {
					if path != "f.yaml" {
						return nil, os.ErrNotExist
					}
					return []byte(text), nil
				},
			}
		}
		c, err := Load(in(file))
		if err != nil {
			problems, ok := errors.AsType[Problems](err)
			if !ok || len(problems) == 0 {
				t.Fatalf("refused with %v", err)
			}
			for _, p := range problems {
				if strings.ContainsAny(p.String(), "\r\n") {
					t.Fatalf("a problem on several lines: %q", p)
				}
			}
			return
		}
		for _, s := range c.Describe() {
			if s.Name == "" {
				t.Fatal("a setting without a name")
			}
		}
	})
}
