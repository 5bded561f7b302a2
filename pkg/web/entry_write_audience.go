// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// AudiencePage lets an author choose who may read a shared entry.
type AudiencePage struct {
	Page
	Form     *Form
	Entry    backpack.EntryView
	Audience AudienceField
	// Sure are the organisations the entry would newly be shared with; then the
	// page first asks to think of the resident.
	Sure     Sure
	Findings Findings
	// Changed: the entry changed since the page was opened; what was chosen is
	// still chosen.
	Changed bool
}

func (s *Server) showAudience(c echo.Context) error {
	v, err := s.sharedOfMine(c)
	if err != nil {
		return err
	}
	in := s.Service.InputOf(v.Entry)
	form := s.newForm(c).Set("base", strconv.Itoa(v.Entry.Version)).
		Set("audience", string(in.Audience.Level)).Set("also", texts(in.Audience.Also)...)
	return s.renderAudience(c, http.StatusOK, AudiencePage{Form: form, Entry: *v})
}

// sharedOfMine is the entry of the address when its readers can be chosen. Those
// of a draft are chosen in its form.
func (s *Server) sharedOfMine(c echo.Context) (*backpack.EntryView, error) {
	v, err := s.mine(c)
	if err != nil {
		return nil, err
	}
	if !v.Entry.State.Public() {
		return nil, rugzak.Forbidden("write.audience.shared_only")
	}
	return v, nil
}

func (s *Server) changeAudience(c echo.Context) error {
	form, err := s.readForm(c, "audience", "also", "base", "confirmed", "do")
	if err != nil {
		return err
	}
	v, err := s.sharedOfMine(c)
	if err != nil {
		return err
	}
	page := AudiencePage{Form: form, Entry: *v}
	if form.Value("do") == doEdit { // back from the question
		return s.renderAudience(c, http.StatusOK, page)
	}
	saved, err := s.Service.ChangeAudience(c.Request().Context(), s.by(c), v.Entry.ID, form.Int("base"), audienceOf(form),
		valuesOf[rugzak.OrganisationID](form, "confirmed")...)
	if sure, ask := unconfirmed(s.printer(c), err); ask {
		page.Sure = sure
		if page.Findings, err = s.findings(c, s.Service.InputOf(v.Entry)); err != nil {
			return err
		}
		return s.renderAudience(c, http.StatusOK, page)
	}
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		page.Changed = true
		form.Set("base", strconv.Itoa(v.Entry.Version))
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderAudience(c, status, page)
	}
	if err != nil {
		return err
	}
	return s.wroteEntry(c, saved, "notice.audience")
}

func (s *Server) renderAudience(c echo.Context, status int, page AudiencePage) error {
	choices, err := s.Service.FormChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	page.Page = s.page(c, "write.audience.title")
	page.Crumbs = []Crumb{{entryPath(page.Entry.Entry.ID), entryWords(s.printer(c), page.Entry.Entry)}}
	page.Audience = audienceField(s.printer(c), page.Form, choices, &page.Entry)
	return s.render(c, status, page)
}
