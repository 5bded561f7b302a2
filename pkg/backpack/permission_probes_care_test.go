// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack_test

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// careStateSays reports whether somebody who may take care of an entry is refused
// for what it is: nobody is there who could ask its author, or it has no name, so
// that it goes into no other and nobody can tell that its author is gone.
func (c *cast) careStateSays(u rugzak.UseCase, e rugzak.Entry, err error) bool {
	switch answerOf(err) {
	case answerOf(rugzak.NotFound()):
		return c.asker(e).ID == "" && slices.Contains([]string{"AnswerEnrichment", "ProposedText", "AnswerText"}, u.Name)
	case answerOf(rugzak.Forbidden("error.merge.nameless")):
		return e.Mode == rugzak.Anonymous && u.Name == "MergeEntries"
	case answerOf(rugzak.Forbidden("error.author_only")):
		return e.Mode == rugzak.Anonymous && u.Name == "ReviewFor"
	}
	return false
}

// asker is a facilitator who may ask the author of an entry something.
func (c *cast) asker(e rugzak.Entry) rugzak.Person {
	for _, name := range c.names {
		if p := c.people[name]; rugzak.CanCurate(p) && !p.Inactive && rugzak.CanRead(p, e) {
			return p
		}
	}
	return rugzak.Person{}
}

// laid is what the care probes of an entry are about: it lies in the store before
// they ask, so that who may gets through.
func (c *cast) laid(ctx context.Context, e rugzak.Entry, write func(rugzak.Writer) error) error {
	if e.Title == "" { // stands for one that is absent
		return nil
	}
	_, err := c.store.Update(ctx, func(w rugzak.Writer) error {
		e, err := w.Entry(e.ID)
		if err != nil || e.State == rugzak.StateDraft {
			return err
		}
		return write(w)
	})
	return err
}

// twin lays another entry for the same readers, and returns it.
func (c *cast) twin(ctx context.Context, e rugzak.Entry, state rugzak.State) (rugzak.EntryID, error) {
	id := c.NewID()
	return id, c.laid(ctx, e, func(w rugzak.Writer) error {
		e.ID, e.State, e.Version, e.Revision = id, state, 1, 1
		return w.SaveEntry(e, 0, &rugzak.RevisionNote{})
	})
}

// due lays an entry in the queue of what is past its date, for so long that its
// author had the time to look first; left lays it as of somebody who is gone.
func (c *cast) due(ctx context.Context, e rugzak.Entry, left bool) error {
	return c.laid(ctx, e, func(w rugzak.Writer) error {
		e, err := w.Entry(e.ID)
		if err != nil || !e.State.Public() {
			return err
		}
		e.State = rugzak.StateToReview
		if left && e.Mode != rugzak.Anonymous {
			id := rugzak.PersonID(c.NewID())
			left := rugzak.Person{ID: id, Name: "Wie Wegging", Email: string(id) + "@voorbeeld.test", Organisation: e.Organisation, Inactive: true, Version: 1}
			if err := w.SavePerson(left, 0); err != nil {
				return err
			}
			e.Authors = []rugzak.PersonID{id}
		}
		if err := w.SaveEntry(e, e.Version, nil); err != nil {
			return err
		}
		return w.Announce(rugzak.Announcement{Entry: e.ID, Kind: rugzak.NoticeReview, At: c.clock.Now().Add(-2 * backpack.ReviewFirst)})
	})
}

// proposal lays a change of text that somebody proposes, and returns its id.
func (c *cast) proposal(ctx context.Context, e rugzak.Entry) (string, error) {
	x := rugzak.TextProposal{ID: string(c.NewID()), Entry: e.ID, Asker: c.asker(e).ID, Title: "Anders", Body: "Iets anders.", Base: e.Version, State: rugzak.WideningOpen, At: c.clock.Now()}
	return x.ID, c.laid(ctx, e, func(w rugzak.Writer) error {
		if x.Asker == "" {
			return nil
		}
		return w.SaveTextProposal(x)
	})
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
			x := rugzak.Enrichment{ID: string(c.NewID()), Entry: e.ID, Asker: c.asker(e).ID, Text: "Hoe liep het af?", State: rugzak.WideningOpen, At: c.clock.Now()}
			if err := c.laid(ctx, e, func(w rugzak.Writer) error {
				if x.Asker == "" {
					return nil
				}
				return w.SaveEnrichment(x)
			}); err != nil {
				return err
			}
			err := c.AnswerEnrichment(ctx, by, e.ID, x.ID, true)
			return errors.Join(err, c.laid(ctx, e, func(w rugzak.Writer) error { return w.RemoveEnrichment(e.ID, x.ID) }))
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
			id, err := c.proposal(ctx, e)
			if err != nil {
				return err
			}
			return errors.Join(second(c.ProposedText(ctx, by, e.ID, id)), c.laid(ctx, e, func(w rugzak.Writer) error { return w.RemoveTextProposal(e.ID, id) }))
		},
		"AnswerText": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			id, err := c.proposal(ctx, e)
			if err != nil {
				return err
			}
			_, err = c.AnswerText(ctx, by, e.ID, id, true, e.Version, true)
			return errors.Join(err, c.laid(ctx, e, func(w rugzak.Writer) error { return w.RemoveTextProposal(e.ID, id) }))
		},
		"ReviewQueue": func(ctx context.Context, c *cast, by rugzak.Person, _ rugzak.Entry) error {
			return second(c.ReviewQueue(ctx, by))
		},
		"AskArchive": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			if err := c.due(ctx, e, false); err != nil {
				return err
			}
			return c.AskArchive(ctx, by, e.ID)
		},
		"ReviewFor": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			if err := c.due(ctx, e, true); err != nil {
				return err
			}
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
			other, err := c.twin(ctx, e, rugzak.StateShared)
			if err != nil {
				return err
			}
			return second(c.MergeEntries(ctx, by, e.ID, other))
		},
		"UndoEntryMerge": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			from, err := c.twin(ctx, e, rugzak.StateWithdrawn)
			if err == nil {
				err = c.laid(ctx, e, func(w rugzak.Writer) error {
					return w.SaveEntryMerge(rugzak.EntryMerge{From: from, Into: e.ID, At: c.clock.Now()})
				})
			}
			if err != nil {
				return err
			}
			return second(c.UndoEntryMerge(ctx, by, e.ID, from))
		},
		"SayNotDouble": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			other, err := c.twin(ctx, e, rugzak.StateShared)
			if err != nil {
				return err
			}
			return c.SayNotDouble(ctx, by, e.ID, other)
		},
		"LeaveMerge": func(ctx context.Context, c *cast, by rugzak.Person, e rugzak.Entry) error {
			return c.LeaveMerge(ctx, by, e.ID)
		},
	}
}
