// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// threadProbes use common threads, of the theme of the cast.
func threadProbes() map[string]probe {
	return map[string]probe{
		"ThreadToWrite": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.ThreadToWrite(ctx, by, c.theme))
		},
		"NarrowSources": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.NarrowSources(ctx, by, c.theme, backpack.ThreadInput{}))
		},
		"PreviewThread": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.PreviewThread(ctx, by, c.theme, backpack.ThreadInput{Intro: "Zo."}))
		},
		"SaveThread": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			d, err := c.ThreadToWrite(ctx, by, c.theme)
			if err != nil {
				return err
			}
			return second(c.SaveThread(ctx, by, c.theme, d.Thread.Number, backpack.ThreadInput{Intro: "Nieuw " + string(c.NewID())}))
		},
		"PutBackThread": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			if rugzak.CanCurate(by) {
				for range 2 {
					if err := second(c.SaveThread(ctx, by, c.theme, newestOf(c, by), backpack.ThreadInput{Intro: "Nieuw " + string(c.NewID())})); err != nil {
						return err
					}
				}
			}
			base := newestOf(c, by)
			return second(c.PutBackThread(ctx, by, c.theme, base-1, base))
		},
		"CelebrationDesk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.CelebrationDesk(ctx, by))
		},
		"SaveCelebration": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveCelebration(ctx, by, rugzak.MonthIn(c.clock.Now()), 0, nil)
		},
		"LetterToWrite": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.LetterToWrite(ctx, by, c.theme, ""))
		},
		"SaveLetter": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.SaveLetter(ctx, by, c.theme, "", 0, backpack.LetterInput{Lead: "Dit is nieuw."}, false))
		},
		"RemoveLetter": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.RemoveLetter(ctx, by, string(c.NewID())))
		},
		"AskConsent": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.AskConsent(ctx, by, c.theme, e.ID)
		},
	}
}

// newestOf is the number of the newest version of the thread of the cast.
func newestOf(c *cast, by rugzak.Person) int {
	d, _ := c.ThreadToWrite(context.Background(), by, c.theme)
	return d.Thread.Number
}
