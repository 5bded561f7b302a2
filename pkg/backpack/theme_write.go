// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package backpack

import (
	"context"
	"slices"

	"rugzak/pkg/rugzak"
)

// ThemeInput is what the form of a theme holds.
type ThemeInput struct {
	Title, Summary          string
	Synonyms, OpenQuestions []string
	Also                    []rugzak.OrganisationID // partners who see the theme
	// Confirmed are the partners who newly see it, as the curator confirmed them.
	Confirmed []rugzak.OrganisationID
	NotBSN    []string
	Closed    bool
	// Reviewed: the writer looked at what the screener found and leaves it so.
	Reviewed bool
	// Key stands in the form of a new theme, so that sending it twice makes one.
	Key string
}

// asEntry is a theme as the rule about partners sees it: what is written in it
// goes where its audience goes.
func asEntry(t rugzak.Theme) rugzak.Entry {
	return rugzak.Entry{State: rugzak.StateShared, OrganisationKind: rugzak.Department, Audience: t.Audience}
}

func (in ThemeInput) clean() ThemeInput {
	in.Title, in.Summary = rugzak.Line(in.Title), rugzak.Line(in.Summary)
	in.Synonyms, in.OpenQuestions = lines(in.Synonyms), lines(in.OpenQuestions)
	return in
}

// lines cleans a list of single lines and drops empty ones and doubles.
func lines(in []string) []string {
	out := make([]string, 0, len(in))
	for _, l := range in {
		out = append(out, rugzak.Line(l))
	}
	return unique(out)
}

func (in ThemeInput) texts() []field {
	out := append(name("title", in.Title), field{"summary", in.Summary})
	for _, l := range in.Synonyms {
		out = append(out, field{"synonyms", l})
	}
	for _, l := range in.OpenQuestions {
		out = append(out, field{"open_questions", l})
	}
	return out
}

func themeTexts(t rugzak.Theme) []field {
	in := ThemeInput{Title: t.Title, Summary: t.Summary, Synonyms: t.Synonyms, OpenQuestions: t.OpenQuestions}
	return in.texts()
}

// ThemeFindings lists what the screener found in the form of a theme.
func (s *Service) ThemeFindings(ctx context.Context, in ThemeInput) ([]Found, error) {
	found, err := s.inspect(ctx, in.clean().texts(), in.NotBSN)
	return shownFindings(found), err
}

// SaveTheme makes a theme (empty id) or changes one. base is the version the
// form was made from.
func (s *Service) SaveTheme(ctx context.Context, by rugzak.Person, id rugzak.ThemeID, base int, in ThemeInput) (rugzak.Theme, error) {
	if !rugzak.CanCurate(by) {
		return rugzak.Theme{}, rugzak.Forbidden("error.curators_only")
	}
	in = in.clean()
	declared, err := block(s.screen(in.texts(), in.NotBSN))
	if err != nil {
		return rugzak.Theme{}, err
	}
	found, err := s.inspect(ctx, in.texts(), in.NotBSN)
	if err != nil {
		return rugzak.Theme{}, err
	}
	var t rugzak.Theme
	_, err = s.update(ctx, "save theme", func(w rugzak.Writer) error {
		t = rugzak.Theme{Curators: []rugzak.PersonID{by.ID}}
		if id == "" {
			if made, err := madeBefore(w, by, in); err != nil || made.ID != "" {
				t = made
				return err
			}
		}
		if id != "" {
			var err error
			if t, err = lookTheme(w, by, id); err != nil {
				return err
			}
			if !rugzak.CanReadThread(by, t) { // they would write over what they cannot see
				return rugzak.Forbidden("error.thread_reported")
			}
			if t.Version != base {
				return rugzak.Conflict()
			}
		} else if t.ID, err = freeThemeID(w, in.Title); err != nil {
			return err
		}
		unchanged := id != "" && slices.Equal(in.texts(), themeTexts(t))
		before := t
		t.Title, t.Summary, t.Synonyms, t.OpenQuestions = in.Title, in.Summary, in.Synonyms, in.OpenQuestions
		t.NotBSN, t.Closed, t.UpdatedAt = declared, in.Closed, s.now()
		t.Audience = rugzak.Audience{Level: rugzak.LevelInternal, Also: in.Also}.Clean("")
		if err := checkPartners(w, t.Audience.Also); err != nil {
			return err
		}
		if err := t.Validate(); err != nil {
			return err
		}
		if before.Thread != "" { // whose declared numbers stand among those of the theme
			t.NotBSN = unique(append(slices.Clone(declared), before.NotBSN...))
		}
		if err := s.checkThread(w, by, before, t); err != nil {
			return err
		}
		if len(t.Audience.Also) > 0 {
			if err := refusePartners(found); err != nil {
				return err
			}
		}
		if !in.Reviewed && !unchanged {
			if err := wantReview(found); err != nil {
				return err
			}
		}
		gained, err := confirmed(w, asEntry(before), asEntry(t), in.Confirmed)
		if err != nil {
			return err
		}
		if err := w.SaveTheme(t, base); err != nil {
			return err
		}
		if t.Closed && !before.Closed && id != "" {
			if err := s.tellClosed(w, by, t); err != nil {
				return err
			}
		}
		if len(gained) > 0 {
			if err := s.audit(w, by, rugzak.AuditAudiencePartner, rugzak.ThemeSubject(t.ID), t.Audience.String()); err != nil {
				return err
			}
		}
		t.Version = base + 1
		if id == "" {
			if err := s.saveMade(w, by, in.Key, string(t.ID)); err != nil {
				return err
			}
		}
		return w.Log(rugzak.Change{At: s.now(), Actor: "person:" + string(by.ID), Verb: rugzak.VerbThemeSaved, Subject: "theme:" + string(t.ID)})
	})
	return t, err
}

// freeThemeID makes a slug of a title that no theme has. A number is added
// when one has it, whether or not the writer may see that one.
func freeThemeID(r rugzak.Reader, title string) (rugzak.ThemeID, error) {
	slug := rugzak.ThemeID(rugzak.Slug(title))
	if slug == "" {
		slug = "thema"
	}
	return freeSlug(slug, func(id string) (bool, error) {
		_, err := r.Theme(rugzak.ThemeID(id))
		if isMissing(err) { // nor did it go into another: its address leads there for ever
			_, err = r.ThemeMerge(rugzak.ThemeID(id))
		}
		if isMissing(err) {
			return true, nil
		}
		return false, err
	})
}

// checkPartners wants every organisation to be a partner that is there.
func checkPartners(r rugzak.Reader, ids []rugzak.OrganisationID) error {
	var p rugzak.Problems
	for _, id := range ids {
		if o, err := r.Organisation(id); isMissing(err) || err == nil && o.Kind != rugzak.Partner {
			p.Add("audience", "error.audience.choice")
		} else if err != nil {
			return err
		}
	}
	return p.Err()
}

// ThemePartners lists the partners a theme can be shown to.
func (s *Service) ThemePartners(ctx context.Context, by rugzak.Person) ([]rugzak.Organisation, error) {
	if !rugzak.CanCurate(by) {
		return nil, rugzak.Forbidden("error.curators_only")
	}
	var out []rugzak.Organisation
	err := s.view(ctx, "theme partners", func(r rugzak.Reader) error {
		all, err := r.Organisations()
		for _, o := range all {
			if o.Kind == rugzak.Partner && !o.Closed {
				out = append(out, o)
			}
		}
		return err
	})
	return out, err
}
