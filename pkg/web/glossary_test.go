// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import "testing"

func TestFirstLetter(t *testing.T) {
	for word, want := range map[string]string{
		"één gezin één plan": "E", "eerste gesprek": "E", "Éénmaal": "E", "Wmo": "W", "ähnlich": "A", "18-/18+": "#", "": "#",
	} {
		if got := firstLetter(word); got != want {
			t.Errorf("%q stands under %q, want %q", word, got, want)
		}
	}
}
