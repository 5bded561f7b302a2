// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// careProbes are of theme care: with what is not there, only who may gets as far
// as that.
func careProbes() map[string]probe {
	return map[string]probe{
		"ThemeMergeChoices": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.ThemeMergeChoices(ctx, by, c.theme, ""))
		},
		"MergeThemes": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.MergeThemes(ctx, by, c.theme, c.theme))
		},
		"UndoThemeMerge": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.UndoThemeMerge(ctx, by, "nergens"))
		},
		"ThemeToSplit": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.ThemeToSplit(ctx, by, c.theme))
		},
		"SplitTheme": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.SplitTheme(ctx, by, c.theme, backpack.ThemeSplitInput{Title: "Deel"})
			return err
		},
		"CloseTheme": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.CloseTheme(ctx, by, c.theme, false)
		},
	}
}
