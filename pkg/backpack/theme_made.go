// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// madeBefore finds the theme that this very form made, when its answer got
// lost; a conflict, with the theme, when the theme is another by now or the
// form is. The keys of others are unknown.
func madeBefore(r rugzak.Reader, by rugzak.Person, in ThemeInput) (rugzak.Theme, error) {
	if !rugzak.ValidID(in.Key) {
		return rugzak.Theme{}, nil
	}
	made, err := r.Made(by.ID, in.Key)
	if isMissing(err) {
		return rugzak.Theme{}, nil
	}
	if err != nil {
		return rugzak.Theme{}, err
	}
	t, err := lookTheme(r, by, rugzak.ThemeID(made.ID))
	if isMissing(err) { // taken away since
		return rugzak.Theme{}, nil
	}
	also := rugzak.Audience{Level: rugzak.LevelInternal, Also: in.Also}.Clean("")
	same := slices.Equal(in.texts(), themeTexts(t)) && t.Closed == in.Closed && t.Audience.Equal(also)
	if err == nil && !same {
		err = rugzak.Conflict()
	}
	return t, err
}
