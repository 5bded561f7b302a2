// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ProfilePage shows a person, with nothing but a name if they want.
type ProfilePage struct {
	Page
	View backpack.ProfileView
}

// WhyPart is "Waarom stap ik in?" on the page of one's account.
type WhyPart struct {
	Form     *Form
	Audience AudienceField
	Findings Findings
	Review   ReviewBox
	Base     int
}

func profilePages() []pageDef { return []pageDef{{"account/profile", ProfilePage{}}} }

func (s *Server) profileRoutes() []route {
	return []route{
		{http.MethodGet, pathProfile, person, s.showProfile},
		{http.MethodPost, pathWhy, person, s.saveWhy},
	}
}

func (s *Server) showProfile(c echo.Context) error {
	v, err := s.Service.Profile(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	page := ProfilePage{Page: s.page(c, "profile.title"), View: v}
	page.Title = v.Name
	return s.render(c, http.StatusOK, page)
}

// whyForm is the form as the person's record has it.
func (s *Server) whyForm(c echo.Context) *Form {
	by := s.by(c)
	level := by.WhyLevel.Level
	if level == "" {
		level = rugzak.LevelDraft
	}
	form := s.newForm(c).Set("why", by.Why).Set("audience", string(level))
	for _, o := range by.WhyLevel.Also {
		form.values.Add("also", string(o))
	}
	return form
}

// whyPart shows the form with who may be chosen, and what it may tell of a
// person.
func (s *Server) whyPart(c echo.Context, form *Form) (WhyPart, error) {
	ctx, by := c.Request().Context(), s.by(c)
	choices, err := s.Service.WhyChoices(ctx, by)
	if err != nil {
		return WhyPart{}, err
	}
	part := WhyPart{Form: form, Audience: audienceField(s.printer(c), form, choices, nil), Base: by.Version}
	found, err := s.Service.CheckLine(ctx, by, "why", form.Value("why"))
	part.Findings = withBoxes(found)
	part.Review = reviewBox(form, part.Findings)
	if !form.Failed() && form.Value("why") == by.Why { // it was looked at when it was saved
		part.Findings, part.Review = nil, ReviewBox{}
	}
	return part, err
}

func (s *Server) saveWhy(c echo.Context) error {
	form, err := s.readForm(c, "why", "audience", "also", "reviewed", "base")
	if err != nil {
		return err
	}
	in := backpack.WhyInput{Why: form.Value("why"), Level: rugzak.Audience{Level: rugzak.Level(form.Value("audience"))}, Reviewed: form.Has("reviewed", "yes")}
	if in.Level.Level != rugzak.LevelDraft { // chosen before "only me": not meant any more
		for _, o := range form.All("also") {
			in.Level.Also = append(in.Level.Also, rugzak.OrganisationID(o))
		}
	}
	err = s.Service.SetWhy(c.Request().Context(), s.by(c), in, form.Int("base"))
	if status := form.Refuse(err); status != 0 {
		return s.renderAccount(c, status, s.profileForm(c), s.newForm(c), form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, LocalPath(at(pathProfile, string(s.by(c).ID))))
}
