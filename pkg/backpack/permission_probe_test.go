// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// probe does a use case the way somebody would who may.
type probe func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error

// basicProbes has those of writing, reading and looking after the backpack.
func basicProbes() map[string]probe {
	form := func(e rugzak.Entry) backpack.Input {
		return backpack.Input{
			Kind: rugzak.KindExperience, Lang: rugzak.Dutch, Title: "Ander verhaal", Body: "Anders.", Mode: e.Mode,
			Audience: rugzak.Audience{Level: rugzak.LevelOrganisation},
		}
	}
	return map[string]probe{
		"Read": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Read(ctx, by, e.ID)
			return err
		},
		"History": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.History(ctx, by, e.ID)
			return err
		},
		"Revision": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Revision(ctx, by, e.ID, e.Revision)
			return err
		},
		"Keep": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.Service.Keep(ctx, by, e.ID, "voor later")
		},
		"SaveDraft": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.SaveDraft(ctx, by, e.ID, e.Version, form(e))
			return err
		},
		"Share": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Share(ctx, by, e.ID, e.Version, form(e))
			return err
		},
		"Revise": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Revise(ctx, by, e.ID, e.Version, form(e))
			return err
		},
		"Restore": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Restore(ctx, by, e.ID, 1, e.Version)
			return err
		},
		"ChangeAudience": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.ChangeAudience(ctx, by, e.ID, e.Version, rugzak.Audience{Level: rugzak.LevelOrganisation})
			return err
		},
		"WideningChoices": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.WideningChoices(ctx, by, e.ID)
			return err
		},
		"AskWidening": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.AskWidening(ctx, by, e.ID, rugzak.Audience{Level: rugzak.LevelInternal})
		},
		"AnswerWidening": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.AnswerWidening(ctx, by, e.ID, string(c.NewID()), true)
			return err
		},
		"Withdraw": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Withdraw(ctx, by, e.ID)
			return err
		},
		"PutBack": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.PutBack(ctx, by, e.ID)
			return err
		},
		"DeleteDraft": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.DeleteDraft(ctx, by, e.ID)
			return err
		},
		"AddToTheme": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.AddToTheme(ctx, by, e.ID, c.theme)
			return err
		},
		"RemoveFromTheme": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.RemoveFromTheme(ctx, by, e.ID, c.theme)
			return err
		},
		"PinInTheme": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.PinInTheme(ctx, by, e.ID, c.theme, false)
		},

		"SaveTheme": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SaveTheme(ctx, by, "", 0, backpack.ThemeInput{Title: "Nieuw " + string(c.NewID())})
			return err
		},
		"ThemePartners": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.ThemePartners(ctx, by)
			return err
		},
		"ThemeCandidates": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.ThemeCandidates(ctx, by, c.theme, "", "")
			return err
		},
		"Organisations": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Organisations(ctx, by)
			return err
		},
		"Organisation": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Organisation(ctx, by, c.partner)
			return err
		},
		"OrganisationNamed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.OrganisationNamed(ctx, by, "Ceder")
			return err
		},
		"ReportFalseAlarm": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.ReportFalseAlarm(ctx, by, "formulier", rugzak.FalseAlarm{Class: rugzak.FindingPhone, Lang: rugzak.Dutch, Length: rugzak.TextShort})
		},
		"PrivacyDesk": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PrivacyDesk(ctx, by)
			return err
		},
		"SavePrivacySettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			d, err := c.PrivacyDesk(ctx, backpack.Operator())
			if err != nil {
				return err
			}
			return c.SavePrivacySettings(ctx, by, d.Version, d.Settings)
		},
		"OwnNeed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.OwnNeed(ctx, by))
		},
		"SaveNeed": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			o, err := c.OwnNeed(ctx, by)
			if err != nil {
				return err
			}
			return c.SaveNeed(ctx, by, o.Need, rugzak.Need{Needs: string(c.NewID())})
		},
		"SaveOrganisation": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.SaveOrganisation(ctx, by, "", 0, backpack.OrganisationInput{Name: "Nieuw " + string(c.NewID()), Kind: rugzak.Partner})
			return err
		},
		"People": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.People(ctx, by)
			return err
		},
		"Person": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Person(ctx, by, c.people[author].ID)
			return err
		},
		"PersonByEmail": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PersonByEmail(ctx, by, c.people[author].Email)
			return err
		},
		"SavePerson": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			id := string(c.NewID())
			_, err := c.SavePerson(ctx, by, "", 0, backpack.PersonInput{
				Name: "Persoon", Email: id + "@voorbeeld.test", Organisation: c.partner, Roles: []rugzak.Role{rugzak.RoleParticipant},
			})
			return err
		},
		"AnonymisePerson": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Service.AnonymisePerson(ctx, by, rugzak.PersonID(c.NewID())) // nobody
		},
		"Left": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Left(ctx, by)
			return err
		},
		"PasswordLink": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PasswordLink(ctx, by, c.people[author].ID)
			return err
		},
		"ResetFactors": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.ResetFactors(ctx, by, c.people[author].ID)
		},
		"AccountSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.AccountSettings(ctx, by)
			return err
		},
		"SaveAccountSettings": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			a, version, err := c.AccountSettings(ctx, backpack.Operator())
			if err != nil {
				return err
			}
			return c.SaveAccountSettings(ctx, by, a, version)
		},
		"SetPassword": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.SetPassword(ctx, by, c.people[author].ID, "kort") // refused, but only to who may
		},
		"Invite": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Invite(ctx, by, backpack.InvitationInput{Email: string(c.NewID()) + "@voorbeeld.test", Organisation: by.Organisation})
			return err
		},
		"Invitations": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Invitations(ctx, by)
			return err
		},
		"InviteChoices": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.InviteChoices(ctx, by)
			return err
		},
		"RenewInvitation": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.RenewInvitation(ctx, by, string(c.NewID()))
			return err
		},
		"WithdrawInvitation": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.WithdrawInvitation(ctx, by, string(c.NewID()))
		},
		"OwnOrganisation": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.OwnOrganisation(ctx, by)
			return err
		},
		"PreviewInvitations": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.PreviewInvitations(ctx, by, nil)
			return err
		},
		"InviteAll": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.InviteAll(ctx, by, nil)
			return err
		},
		"Leave": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Leave(ctx, by, rugzak.PersonID(c.NewID()), "")
		},
		"HandOver": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.HandOver(ctx, by, rugzak.PersonID(c.NewID()))
		},
		"DeactivateColleague": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.DeactivateColleague(ctx, by, rugzak.PersonID(c.NewID()))
		},
		"LoadStarter": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.LoadStarter(ctx, by, rugzak.Backpack{}, nil, false)
			return err
		},
		"Samples": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Samples(ctx, by)
			return err
		},
		"RemoveSamples": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, _, err := c.RemoveSamples(ctx, by)
			return err
		},
		"Export": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return c.Export(ctx, by, nowhere{}, false, nil)
		},
		"Import": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.Import(ctx, by, backpack.ImportOptions{}, func(func(rugzak.Incoming) bool) {}, nil)
			return err
		},
		"ImportWhole": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.ImportWhole(ctx, by, rugzak.Backpack{}, func(func(backpack.WholeEntry, error) bool) {}, nil)
			return err
		},
	}
}

// nowhere takes an export and keeps nothing.
type nowhere struct{}

func (nowhere) Backpack(rugzak.Backpack) error { return nil }

func (nowhere) Attachment(rugzak.AttachedFile) error { return nil }

func (nowhere) Entry(rugzak.Entry, []rugzak.Revision, []rugzak.PersonID) error { return nil }
