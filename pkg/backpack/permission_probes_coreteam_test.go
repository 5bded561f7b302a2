// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// dossierBox holds a dossier.
type dossierBox struct {
	Head    rugzak.DossierHead
	Entries []*rugzak.DossierEntry
	All     rugzak.Dossier
}

func (b *dossierBox) Begin(head rugzak.DossierHead) error { b.Head = head; return nil }

func (b *dossierBox) Entry(_ rugzak.DossierRef, e *rugzak.DossierEntry) error {
	b.Entries = append(b.Entries, e)
	return nil
}

func (b *dossierBox) Parts(d rugzak.Dossier) error { b.All = d; return nil }

// noIdea is the id of an idea that is not there: whoever may, is told so.
const noIdea = "06h1h54kgdssr2una9c2188kac"

func coreTeamProbes() map[string]probe {
	return map[string]probe{
		"Dossier": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Dossier(ctx, by, backpack.DossierWish{}, &dossierBox{})
		},
		"Ideas": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Ideas(ctx, by)
			return err
		},
		"IdeaChoices": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.IdeaChoices(ctx, by)
			return err
		},
		"IdeaToEdit": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.IdeaToEdit(ctx, by, noIdea)
			return err
		},
		"SaveIdea": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SaveIdea(ctx, by, "", 0, backpack.IdeaInput{Title: "Idee", Step: "Bel", Organisations: []rugzak.OrganisationID{by.Organisation}})
			return err
		},
		"CloseIdea": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.CloseIdea(ctx, by, noIdea)
		},
		"ReopenIdea": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.ReopenIdea(ctx, by, noIdea)
		},
		"RemoveIdea": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.RemoveIdea(ctx, by, noIdea)
		},
		"IdeaToQuestion": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.IdeaToQuestion(ctx, by, noIdea)
			return err
		},
		"IdeaToAgenda": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.IdeaToAgenda(ctx, by, noIdea)
			return err
		},
		"AnswerIdea": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.AnswerIdea(ctx, by, noIdea, rugzak.IdeaAnswer{}, rugzak.IdeaAnswer{Reply: rugzak.IdeaYes})
		},
		"SelfCheck": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SelfCheck(ctx, by)
			return err
		},
		"SaveSelfCheck": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SaveSelfCheck(ctx, by, 0, nil)
		},
	}
}
