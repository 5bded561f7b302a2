// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import "rugzak/pkg/rugzak"

// forgetLetters takes away the letters of a theme whose texts were purged.
func forgetLetters(w rugzak.Writer, id rugzak.ThemeID) error {
	all, err := w.ThemeLetters(id)
	for _, l := range all {
		if err == nil {
			err = w.RemoveThemeLetter(l.ID)
		}
	}
	return err
}
