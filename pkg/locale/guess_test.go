// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package locale

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
)

func TestGuess(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"Jeugd":                             "",
		"Koffie in de wijk":                 "nl",
		"Van 18- naar 18+":                  "nl",
		"Wie heeft de bal?":                 "nl",
		"Who has the ball?":                 "en",
		"Leren van wat niet lukte":          "nl",
		"Learning from what did not work":   "en",
		"<a href=\"/the/and/that\">De wijk": "nl",
		"<p>Eén <em>gesprek</em> met de inwoner, ook als er meer organisaties nodig zijn.</p>": "nl",
		"minder < meer, en dat is het": "nl",
	} {
		if got := Guess(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

// The sentences of the site itself are known for what they are.
func TestGuessKnowsTheSentencesOfTheSite(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		sentences, wrong := 0, 0
		files, err := fs.Glob(translations, "translations/"+lang+"/*.json")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(translations, file)
			if err != nil {
				t.Fatal(err)
			}
			var messages map[string]any
			if err := json.Unmarshal(data, &messages); err != nil {
				t.Fatal(err)
			}
			for key, message := range messages {
				text, is := message.(string)
				if !is || len(strings.Fields(text)) < 8 {
					continue
				}
				sentences++
				if got := Guess(text); got != lang && got != "" {
					wrong++
					t.Logf("%s %s: %q", lang, key, text)
				}
			}
		}
		if sentences < 500 || wrong > 0 {
			t.Errorf("%s: %d of %d sentences are taken for the other language", lang, wrong, sentences)
		}
	}
}
