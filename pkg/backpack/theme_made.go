// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"slices"

	"rugzak/pkg/rugzak"
)

// madeBy is the id of what this very form made for a person, when its answer got
// lost; empty for a new form. The keys of others are unknown, so that they tell
// nothing of what others made.
func madeBy(r rugzak.Reader, by rugzak.Person, key string) (string, error) {
	if !rugzak.ValidID(key) {
		return "", nil
	}
	made, err := r.Made(by.ID, key)
	if isMissing(err) {
		return "", nil
	}
	return made.ID, err
}

// saveMade remembers what a form made, if it has a key.
func (s *Service) saveMade(w rugzak.Writer, by rugzak.Person, key, id string) error {
	if !rugzak.ValidID(key) {
		return nil
	}
	return w.SaveMade(rugzak.Made{Person: by.ID, Key: key, ID: id, At: s.now()})
}

// madeBefore finds the theme that this very form made, when its answer got
// lost; a conflict, with the theme, when the theme is another by now or the
// form is.
func madeBefore(r rugzak.Reader, by rugzak.Person, in ThemeInput) (rugzak.Theme, error) {
	id, err := madeBy(r, by, in.Key)
	if err != nil || id == "" {
		return rugzak.Theme{}, err
	}
	t, err := lookTheme(r, by, rugzak.ThemeID(id))
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
