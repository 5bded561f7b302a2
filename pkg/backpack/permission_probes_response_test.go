// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"slices"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// responseProbes has those of responses: each does what somebody would to a
// response of their own, or to one of another reader.
func responseProbes() map[string]probe {
	said := backpack.ResponseInput{Kind: rugzak.ResponseQuestion, Body: "Hoe ging dat?", Lang: rugzak.Dutch}
	// put stores a response as somebody would have made it.
	put := func(ctx context.Context, c *cast, by rugzak.PersonID, e rugzak.Entry, edit func(*rugzak.Response)) rugzak.Response {
		x := rugzak.Response{
			ID: string(c.NewID()), Entry: e.ID, Kind: rugzak.ResponseExperience, Author: by, Body: "Zo deden wij het.", Lang: rugzak.Dutch,
			At: c.clock.Now(), Version: 1,
		}
		if edit != nil {
			edit(&x)
		}
		_, err := c.Store.Update(ctx, func(w rugzak.Writer) error {
			if _, err := w.Rights(e.ID); err != nil {
				return nil // nothing is said about what is not there
			}
			return w.SaveResponse(x, 0)
		})
		if err != nil {
			panic(err)
		}
		return x
	}
	own := func(do func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error) probe {
		return func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return do(ctx, c, by, put(ctx, c, by.ID, e, nil))
		}
	}
	// reached is own where the person may read the entry. Elsewhere what they said
	// stays theirs to take away, so there it is about what another said.
	reached := func(do func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error) probe {
		return func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			said := by.ID
			if _, err := c.Read(ctx, by, e.ID); err != nil {
				if said = c.people[teammate].ID; said == by.ID {
					said = c.people[elsewhere].ID
				}
			}
			return do(ctx, c, by, put(ctx, c, said, e, nil))
		}
	}
	all := map[string]probe{
		"Responses": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Responses(ctx, by, e.ID, 1, "")
			return err
		},
		"Respond": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, _, err := c.Respond(ctx, by, e.ID, said)
			return err
		},
		"MentionChoices": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.MentionChoices(ctx, by, e.ID, "a")
			return err
		},
		"Press": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.Press(ctx, by, rugzak.Signal{Entry: e.ID, Kind: rugzak.SignalRecognise})
			return err
		},
		"CheckResponse": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			_, err := c.CheckResponse(ctx, by, said)
			return err
		},
		"BeginAskPhase": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.BeginAskPhase(ctx, by, e.ID)
			return err
		},
		"EndAskPhase": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			_, err := c.EndAskPhase(ctx, by, e.ID)
			return err
		},
		"EditResponse": own(func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error {
			_, _, err := c.EditResponse(ctx, by, x.Entry, x.ID, 1, said)
			return err
		}),
		"WithdrawResponse": reached(func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error {
			_, err := c.WithdrawResponse(ctx, by, x.Entry, x.ID)
			return err
		}),
		"PutBackResponse": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			x := put(ctx, c, by.ID, e, func(x *rugzak.Response) { x.Withdrawn = true })
			_, err := c.PutBackResponse(ctx, by, x.Entry, x.ID)
			return err
		},
		"PurgeOwnResponse": reached(func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error {
			_, err := c.PurgeOwnResponse(ctx, by, x.Entry, x.ID)
			return err
		}),
		"EntryFromResponse": own(func(ctx context.Context, c *cast, by rugzak.Person, x rugzak.Response) error {
			_, err := c.EntryFromResponse(ctx, by, x.Entry, x.ID)
			return err
		}),
		"ResponseToReport": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			x := put(ctx, c, c.people[teammate].ID, e, nil)
			_, err := c.ResponseToReport(ctx, by, e.ID, x.ID)
			return err
		},
		"ReportResponse": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			x := put(ctx, c, c.people[teammate].ID, e, nil)
			_, err := c.ReportResponse(ctx, by, e.ID, x.ID, rugzak.ReasonName)
			return err
		},
	}
	return all
}

// responseStateSays is stateSays for responses: nothing is said about, and
// nobody thanked for, what is not shared.
func responseStateSays(a audienceCase, u rugzak.UseCase, err error) bool {
	unshared := slices.Contains([]rugzak.State{rugzak.StateDraft, rugzak.StateWithdrawn, rugzak.StateReported}, a.state)
	switch answerOf(err) {
	case answerOf(rugzak.Forbidden("error.respond_shared_only")), answerOf(rugzak.Forbidden("error.signal_shared_only")):
		return unshared
	case answerOf(rugzak.Forbidden("error.respond_archived")):
		return a.state == rugzak.StateArchived
	case answerOf(rugzak.Forbidden("error.signal_own")):
		return u.Name == "Press"
	case answerOf(rugzak.Forbidden("error.questions_only")): // the cast writes experiences
		return u.Of == rugzak.AsAuthor
	}
	return false
}
