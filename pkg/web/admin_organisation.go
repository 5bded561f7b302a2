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

// OrganisationsPage lists departments and partners.
type OrganisationsPage struct {
	Page
	Departments, Partners []OrganisationLine
}

// OrganisationLine is an organisation with the number of its people.
type OrganisationLine struct {
	rugzak.Organisation
	People int
}

// OrganisationPage makes or changes an organisation with its teams.
type OrganisationPage struct {
	Page
	Form  *Form
	ID    rugzak.OrganisationID // empty for a new one
	Kinds []Option
	// ClosedOption is the one box with which it is closed.
	ClosedOption []Option
	Teams        []TeamRow
	// Now is what somebody else saved meanwhile; nil when nobody did.
	Now *rugzak.Organisation
}

// TeamRow is one line of the list of teams; the first has the id to which the
// error summary links.
type TeamRow struct{ FieldID, ID, Name string }

// freeTeamRows are the empty lines for new teams.
const freeTeamRows = 3

func (s *Server) showOrganisations(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	all, err := s.Service.Organisations(ctx, by)
	if err != nil {
		return err
	}
	people, err := s.Service.People(ctx, by)
	if err != nil {
		return err
	}
	count := map[rugzak.OrganisationID]int{}
	for _, p := range people {
		count[p.Organisation.ID]++
	}
	page := OrganisationsPage{Page: s.adminPage(c, "organisations.title")}
	for _, o := range all {
		line := OrganisationLine{o, count[o.ID]}
		if o.Kind == rugzak.Partner {
			page.Partners = append(page.Partners, line)
		} else {
			page.Departments = append(page.Departments, line)
		}
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showNewOrganisation(c echo.Context) error {
	return s.renderOrganisation(c, http.StatusOK, OrganisationPage{Form: s.newForm(c)})
}

func (s *Server) showOrganisation(c echo.Context) error {
	o, err := s.Service.Organisation(c.Request().Context(), s.by(c), rugzak.OrganisationID(c.Param("id")))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("name", o.Name).Set("kind", string(o.Kind)).Set("base", strconv.Itoa(o.Version))
	for _, t := range o.Teams {
		form.values.Add("team_id", string(t.ID))
		form.values.Add("teams", t.Name)
	}
	if o.Closed {
		form.Set("closed", "yes")
	}
	return s.renderOrganisation(c, http.StatusOK, OrganisationPage{Form: form, ID: o.ID})
}

func (s *Server) createOrganisation(c echo.Context) error { return s.keepOrganisation(c, "") }

func (s *Server) saveOrganisation(c echo.Context) error {
	return s.keepOrganisation(c, rugzak.OrganisationID(c.Param("id")))
}

func (s *Server) keepOrganisation(c echo.Context, id rugzak.OrganisationID) error {
	form, err := s.readForm(c, "name", "kind", "team_id", "teams", "closed", "base", "do")
	if err != nil {
		return err
	}
	in, err := organisationInput(form)
	if err != nil {
		return err
	}
	ctx, by, page := c.Request().Context(), s.by(c), OrganisationPage{Form: form, ID: id}
	if form.Value("do") == "rows" {
		return s.renderOrganisation(c, http.StatusOK, page)
	}
	_, err = s.Service.SaveOrganisation(ctx, by, id, form.Int("base"), in)
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		form.Refuse(err)
		now, err := s.Service.Organisation(ctx, by, id)
		if err != nil {
			return err
		}
		form.Set("base", strconv.Itoa(now.Version))
		page.Now = &now
		return s.renderOrganisation(c, http.StatusConflict, page)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderOrganisation(c, status, page)
	}
	if err != nil {
		return err
	}
	notice := "notice.saved"
	if id == "" {
		notice = "notice.organisation_added"
	}
	s.notify(c, notice, "")
	return s.redirect(c, pathOrganisations)
}

// organisationInput reads the form; every team stands beside its id, which is
// empty for a new one.
func organisationInput(f *Form) (backpack.OrganisationInput, error) {
	in := backpack.OrganisationInput{
		Name: f.Value("name"), Kind: rugzak.OrganisationKind(f.Value("kind")), Closed: f.Has("closed", "yes"),
	}
	ids, names := f.All("team_id"), f.All("teams")
	if len(ids) != len(names) {
		return in, malformed(nil)
	}
	for i, name := range names {
		in.Teams = append(in.Teams, rugzak.Team{ID: rugzak.TeamID(ids[i]), Name: name})
	}
	return in, nil
}

func (s *Server) renderOrganisation(c echo.Context, status int, page OrganisationPage) error {
	title := "organisation.edit"
	if page.ID == "" {
		title = "organisation.new"
	}
	p := s.printer(c)
	page.Page = s.adminPage(c, title, Crumb{pathOrganisations, p.T("organisations.title")})
	for _, k := range []rugzak.OrganisationKind{rugzak.Department, rugzak.Partner} {
		page.Kinds = append(page.Kinds, Option{
			Value: string(k), Label: p.T("organisationkind." + string(k)), Hint: p.T("organisation.kind." + string(k)),
		})
	}
	page.ClosedOption = []Option{{Value: "yes", Label: p.T("organisation.close"), Hint: p.T("organisation.close.hint")}}
	ids, names := page.Form.All("team_id"), page.Form.All("teams")
	for i, name := range names {
		if name != "" || ids[i] != "" {
			page.Teams = append(page.Teams, TeamRow{ID: ids[i], Name: name})
		}
	}
	page.Teams = append(page.Teams, make([]TeamRow, freeTeamRows)...)
	for i := range page.Teams {
		page.Teams[i].FieldID = "teams"
		if i > 0 {
			page.Teams[i].FieldID += "-" + strconv.Itoa(i+1)
		}
	}
	return s.render(c, status, page)
}
