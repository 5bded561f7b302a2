// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"rugzak/pkg/rugzak"
)

// MaxHarvest is how many lines are taken at a time.
const MaxHarvest = 40

// HarvestLine is one line that was heard in a meeting. ID is that of the draft it
// becomes, made for its form by NewID; Title is made of the text.
type HarvestLine struct {
	ID          rugzak.EntryID
	Kind        rugzak.Kind
	Title, Text string
}

// HarvestKinds are the kinds a line can become.
func HarvestKinds() []rugzak.Kind {
	return []rugzak.Kind{rugzak.KindExperience, rugzak.KindSuccess, rugzak.KindFailure, rugzak.KindQuestion, rugzak.KindInsight}
}

// HarvestView is the harvest (oogst) of a meeting for one reader.
type HarvestView struct {
	Meeting MeetingLine
	Team    rugzak.Team // on whose behalf they write; empty when they have none
	Drafts  []Card      // what they harvested and did not share yet
	Shared  []Card      // what came of it that they may read
}

// harvestShown is how much of the harvest is shown.
const harvestShown = 60

// mayHarvest fetches a meeting for who harvests it: who is invited to it, or
// made it.
func mayHarvest(r rugzak.Reader, by rugzak.Person, id string) (rugzak.Meeting, error) {
	m, err := lookMeeting(r, by, id)
	if err == nil && (!rugzak.CanPost(by) || m.Reported || m.Cancelled) {
		err = rugzak.Forbidden("error.harvest")
	}
	return m, err
}

// Harvest returns what came of a meeting.
func (s *Service) Harvest(ctx context.Context, by rugzak.Person, id string) (HarvestView, error) {
	var v HarvestView
	var drafts, shared []rawCard
	err := s.view(ctx, "harvest", func(r rugzak.Reader) error {
		m, err := mayHarvest(r, by, id)
		if err != nil {
			return err
		}
		n, err := readNames(r, by)
		if err != nil {
			return err
		}
		v = HarvestView{Team: n.team(by.Organisation, by.Team)}
		if v.Meeting, err = n.meeting(by, m); err != nil {
			return err
		}
		drafts, shared, err = n.harvested(by, id)
		return err
	})
	v.Drafts, v.Shared = s.finish(ctx, drafts), s.finish(ctx, shared)
	return v, err
}

// harvested are a reader's own drafts of a meeting, and what was shared of it.
func (n *names) harvested(by rugzak.Person, id string) (drafts, shared []rawCard, err error) {
	of := rugzak.MeetingOccasion(id)
	if drafts, _, err = n.cardsIn(by, n.reader.Entries(rugzak.DraftList(by.ID), ""), harvestShown, func(e rugzak.Entry) bool { return e.Occasion == of }); err != nil {
		return nil, nil, err
	}
	shared, _, err = n.cardsIn(by, occasionEntries(n.reader, by, of), harvestShown, nil)
	return drafts, shared, err
}

// harvestField is the field of a line in the form, counted from 1.
func harvestField(n int) string { return fmt.Sprintf(harvestFields, n) }

const harvestFields = "line_%d"

func harvestTexts(lines []HarvestLine) (out []field) {
	for i, l := range lines {
		out = append(out, field{harvestField(i + 1), l.Text})
	}
	return out
}

// atLines says of a refusal in which line of the form it is: each is a text of one
// line.
func atLines(err error) error {
	e, ok := errors.AsType[*rugzak.Error](err)
	if !ok {
		return err
	}
	for i, f := range e.Fields {
		var n int
		if _, err := fmt.Sscanf(f.Field, harvestFields, &n); err == nil && len(f.Args) == 1 {
			e.Fields[i].Args = []any{n}
		}
	}
	return err
}

// HarvestFindings lists what the screener found in the lines, each beside its
// own.
func (s *Service) HarvestFindings(ctx context.Context, lines []HarvestLine) ([]Found, error) {
	found, err := s.inspect(ctx, harvestTexts(lines), nil)
	return shownFindings(found), err
}

// SaveHarvest makes a draft of each line, on behalf of the team of who types:
// all of them, or none. A line whose draft is there already stays as it is, so
// that sending the form twice does nothing.
func (s *Service) SaveHarvest(ctx context.Context, by rugzak.Person, id string, lang rugzak.Lang, lines []HarvestLine, reviewed bool) (int, error) {
	if !rugzak.CanPost(by) {
		return 0, rugzak.Forbidden("error.may_not_post")
	}
	if len(lines) > MaxHarvest {
		return 0, rugzak.Forbidden("error.too_many", MaxHarvest)
	}
	if err := s.refuseNumbers(harvestTexts(lines)...); err != nil {
		return 0, atLines(err)
	}
	found, err := s.inspect(ctx, harvestTexts(lines), nil)
	if err == nil && !reviewed {
		err = wantReview(found)
	}
	if err != nil {
		return 0, atLines(err)
	}
	made := 0
	_, err = s.update(ctx, "save harvest", func(w rugzak.Writer) error {
		made = 0
		m, err := mayHarvest(w, by, id)
		if err != nil {
			return err
		}
		for i, l := range lines {
			if l.Text == "" {
				continue
			}
			did, err := s.harvestOne(w, by, m, lang, l, harvestField(i+1))
			if err != nil {
				return err
			}
			if did {
				made++
			}
		}
		return nil
	})
	return made, err
}

// harvestOne makes the draft of a line, unless it is there.
func (s *Service) harvestOne(w rugzak.Writer, by rugzak.Person, m rugzak.Meeting, lang rugzak.Lang, l HarvestLine, fieldName string) (bool, error) {
	var p rugzak.Problems
	if !slices.Contains(HarvestKinds(), l.Kind) {
		p.Add(fieldName, "error.choose")
		return false, p.Err()
	}
	if _, err := w.Rights(l.ID); err == nil {
		_, err := lookMine(w, by, l.ID)
		return false, err
	}
	e, version, err := s.draft(w, by, l.ID, 0)
	if err != nil {
		return false, err
	}
	in := Input{Kind: l.Kind, Lang: lang, Title: l.Title, Body: l.Text, Mode: rugzak.ByName, Occasion: rugzak.MeetingOccasion(m.ID)}.clean()
	if by.Team != "" {
		in.Mode = rugzak.ByTeam
	}
	if m.Theme != "" {
		if t, err := lookTheme(w, by, m.Theme); err == nil && !t.Closed {
			in.Themes = []rugzak.ThemeID{t.ID}
		} else if err != nil && !isMissing(err) {
			return false, err
		}
	}
	in.fill(&e)
	e.Audience.Level = l.Kind.DefaultLevel()
	if l.Kind.DefaultLevel() == rugzak.LevelTeam && by.Team == "" {
		e.Audience.Level = rugzak.LevelOrganisation
	}
	if err := s.begin(w, by, &e, in); err != nil {
		return false, err
	}
	if err := e.ValidateDraft(); err != nil {
		p.Add(fieldName, "error.too_long", rugzak.MaxTitle)
		return false, p.Err()
	}
	if err := w.SaveEntry(e, version, nil); err != nil {
		return false, err
	}
	return true, w.Log(s.change(e, by, rugzak.VerbDraftSaved))
}
