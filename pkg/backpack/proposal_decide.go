// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"errors"
	"slices"

	"rugzak/pkg/rugzak"
)

// Choice is what a curator does with a proposed entry.
type Choice string

// The choices.
const (
	ChooseAdd   Choice = "add"   // put it into the theme
	ChooseNot   Choice = "not"   // it does not fit: never propose it again
	ChooseLater Choice = "later" // propose it again after a while
	ChooseAgain Choice = "again" // what was refused may be proposed again
)

// Choices lists those a proposal offers, in order.
func Choices() []Choice { return []Choice{ChooseAdd, ChooseNot, ChooseLater} }

// Decision is a choice about one entry and one theme. Without a theme it is
// about entries that are in none; with rugzak.ThemeToCome, about one that rose
// with others.
type Decision struct {
	Entry  rugzak.EntryID
	Theme  rugzak.ThemeID
	Choice Choice
}

// MaxDecisions is how many are taken at once.
const MaxDecisions = 100

// Triaged counts what was done. Left are the entries that could not be: gone, not
// to be seen any more, or in enough themes.
type Triaged struct {
	Added, Refused, Later, Again, Left int
	Position                           rugzak.Position
}

// Any reports whether anything was done, or tried.
func (d Triaged) Any() bool { return d.Added+d.Refused+d.Later+d.Again+d.Left > 0 }

// Triage does what a curator chose, in one step. What cannot be done for one
// entry does not stop the others.
func (s *Service) Triage(ctx context.Context, by rugzak.Person, choices []Decision) (Triaged, error) {
	if !rugzak.CanCurate(by) {
		return Triaged{}, rugzak.Forbidden("error.curators_only")
	}
	if len(choices) > MaxDecisions {
		return Triaged{}, &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	var done Triaged
	pos, err := s.update(ctx, "decide about proposals", func(w rugzak.Writer) error {
		done = Triaged{}
		for _, d := range choices {
			err := s.decide(w, by, d, &done)
			switch rugzak.CodeOf(err) {
			case rugzak.CodeNotFound, rugzak.CodeForbidden:
				done.Left++
			default:
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	done.Position = pos
	return done, err
}

func (s *Service) decide(w rugzak.Writer, by rugzak.Person, d Decision, done *Triaged) error {
	if d.Theme == rugzak.ThemeToCome && d.Choice == ChooseAdd {
		return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
	}
	if d.Theme != "" && d.Theme != rugzak.ThemeToCome {
		if _, err := lookTheme(w, by, d.Theme); err != nil {
			return err
		}
	}
	if _, _, err := look(w, by, d.Entry); err != nil {
		return err
	}
	switch d.Choice {
	case ChooseAdd:
		if err := s.curateIn(w, by, d.Entry, d.Theme, intoTheme(d.Theme)); err != nil {
			return err
		}
		done.Added++
		return errors.Join(forgetRefusal(w, d.Theme, d.Entry), forgetRefusal(w, "", d.Entry))
	case ChooseNot:
		done.Refused++
		return w.SaveRefusal(rugzak.NotFitting(d.Theme, d.Entry, by.ID, s.now()))
	case ChooseLater:
		done.Later++
		return w.SaveRefusal(rugzak.Later(d.Theme, d.Entry, by.ID, s.now()))
	case ChooseAgain:
		done.Again++
		return forgetRefusal(w, d.Theme, d.Entry)
	}
	return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed"}
}

// forgetRefusal takes one away, if there is one.
func forgetRefusal(w rugzak.Writer, t rugzak.ThemeID, e rugzak.EntryID) error {
	if err := w.RemoveRefusal(t, e); err != nil && !isMissing(err) {
		return err
	}
	return nil
}

// intoTheme puts an entry into a theme.
func intoTheme(theme rugzak.ThemeID) func(*rugzak.Entry, rugzak.Theme) error {
	return func(e *rugzak.Entry, t rugzak.Theme) error {
		if slices.Contains(e.Themes, theme) {
			return nil
		}
		if t.Closed {
			return rugzak.Forbidden("error.theme_closed")
		}
		if len(e.Themes) >= rugzak.MaxThemes {
			return rugzak.Forbidden("error.themes_full", rugzak.MaxThemes)
		}
		e.Themes = append(e.Themes, theme)
		return nil
	}
}
