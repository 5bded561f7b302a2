// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"slices"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// careStateSays reports whether somebody who may take care of an entry is refused
// for what it is: nobody asked anything about it, it is not due for review, it
// went into nothing, and it is not another than itself.
func careStateSays(u rugzak.UseCase, err error) bool {
	var of []string
	switch answerOf(err) {
	case answerOf(rugzak.NotFound()):
		of = []string{"AnswerEnrichment", "ProposedText", "AnswerText", "LeaveMerge", "UndoEntryMerge"}
	case answerOf(rugzak.Forbidden("error.review.author_first")):
		of = []string{"AskArchive", "ReviewFor"}
	case answerOf(rugzak.Forbidden("error.merge.same")):
		of = []string{"MergeEntries", "SayNotDouble"}
	}
	return slices.Contains(of, u.Name)
}

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
		"EnrichmentChoices": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.EnrichmentChoices(ctx, by, e.ID))
		},
		"AskEnrichment": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.AskEnrichment(ctx, by, e.ID, nil, "Hoe liep het af?")
		},
		"AnswerEnrichment": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.AnswerEnrichment(ctx, by, e.ID, string(c.NewID()), true)
		},
		"TextToPropose": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.TextToPropose(ctx, by, e.ID))
		},
		"ProposalFindings": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.ProposalFindings(ctx, by, e.ID, backpack.ProposalInput{Title: "Anders"}))
		},
		"ProposeText": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.ProposeText(ctx, by, e.ID, e.Version, backpack.ProposalInput{Title: "Anders", Body: "Iets anders."})
		},
		"ProposedText": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.ProposedText(ctx, by, e.ID, string(c.NewID())))
		},
		"AnswerText": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.AnswerText(ctx, by, e.ID, string(c.NewID()), true, e.Version, true))
		},
		"ReviewQueue": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.ReviewQueue(ctx, by))
		},
		"AskArchive": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.AskArchive(ctx, by, e.ID)
		},
		"ReviewFor": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.ReviewFor(ctx, by, e.ID, backpack.ReviewKeep))
		},
		"Doubles": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.Doubles(ctx, by))
		},
		"EntryMoved": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.EntryMoved(ctx, by, e.ID))
		},
		"EntryMergeView": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.EntryMergeView(ctx, by, e.ID, ""))
		},
		"MergeEntries": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.MergeEntries(ctx, by, e.ID, e.ID))
		},
		"UndoEntryMerge": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return second(c.UndoEntryMerge(ctx, by, e.ID, c.NewID()))
		},
		"SayNotDouble": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.SayNotDouble(ctx, by, e.ID, e.ID)
		},
		"LeaveMerge": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.LeaveMerge(ctx, by, e.ID)
		},
	}
}
