// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package config

import (
	"errors"
	"strings"
	"testing"
)

// The settings of meaning fit each other, texts do not go over an open network
// in the clear, and the key is never shown.
func TestMeaningSettings(t *testing.T) {
	const model = "meaning-model"
	for name, test := range map[string]struct {
		flags   map[string]string
		problem string // the setting that is wrong; empty when none is
	}{
		"off":                   {nil, ""},
		"here":                  {map[string]string{"meaning-url": "http://127.0.0.1:11434/", model: "m"}, ""},
		"in a container":        {map[string]string{"meaning-url": "http://ollama:11434", model: "m"}, ""},
		"a private address":     {map[string]string{"meaning-url": "http://10.0.0.5:8000/v1", model: "m", "meaning-kind": "openai"}, ""},
		"over https with a key": {map[string]string{"meaning-url": "https://ai.voorbeeld.example/x", model: "m", "meaning-key": "geheim"}, ""},
		"a key here":            {map[string]string{"meaning-url": "http://localhost:1", model: "m", "meaning-key": "geheim"}, ""},
		"no model":              {map[string]string{"meaning-url": "http://127.0.0.1:11434"}, model},
		"a key in the clear":    {map[string]string{"meaning-url": "http://ollama:11434", model: "m", "meaning-key": "geheim"}, "meaning-key"},
		"in the clear":          {map[string]string{"meaning-url": "http://ai.voorbeeld.example", model: "m"}, "meaning-url"},
		"an outside address":    {map[string]string{"meaning-url": "http://192.0.2.7", model: "m"}, "meaning-url"},
		"another scheme":        {map[string]string{"meaning-url": "ftp://ollama", model: "m"}, "meaning-url"},
		"a password in it":      {map[string]string{"meaning-url": "https://u:p@ollama", model: "m"}, "meaning-url"},
		"a question in it":      {map[string]string{"meaning-url": "https://ollama?a=b", model: "m"}, "meaning-url"},
		"another kind":          {map[string]string{"meaning-url": "https://ollama", model: "m", "meaning-kind": "x"}, "meaning-kind"},
	} {
		c, err := Load(Input{Flags: test.flags, Env: func(string) (string, bool) { return "", false }})
		var ps Problems
		if errors.As(err, &ps); test.problem == "" != (err == nil) || err != nil && ps[0].Field != test.problem {
			t.Errorf("%s: %v, want a problem with %q", name, err, test.problem)
		}
		for _, s := range c.Describe() {
			if strings.Contains(s.Value, "geheim") {
				t.Errorf("%s: %s shows the key", name, s.Name)
			}
		}
	}
}
