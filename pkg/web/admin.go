// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// AdminPage leads to everything an administrator looks after.
type AdminPage struct {
	Page
	Departments, Partners, Teams int
	People, Waiting              int // Waiting: active, and never chose a password
	Samples                      backpack.SampleCounts
}

// RolesPage is the table of what each role may do.
type RolesPage struct {
	Page
	Permissions []rugzak.Permission
	Roles       []RoleLine
}

// RoleLine is a row of the table of roles.
type RoleLine struct {
	Role rugzak.Role
	May  []RoleRight
}

// RoleRight says whether a role gives a permission.
type RoleRight struct {
	Permission rugzak.Permission
	Allowed    bool
}

func adminPages() []pageDef {
	return []pageDef{
		{"admin/index", AdminPage{}},
		{"admin/roles", RolesPage{}},
		{"admin/organisations", OrganisationsPage{}},
		{"admin/organisation", OrganisationPage{}},
		{"admin/people", PeoplePage{}},
		{"admin/person", PersonPage{}},
		{"admin/link", PersonLinkPage{}},
		{"admin/samples", SamplesPage{}},
		{"admin/samples_remove", SamplesRemovePage{}},
	}
}

func (s *Server) adminRoutes() []route {
	return []route{
		{http.MethodGet, pathAdmin, administer, s.showAdmin},
		{http.MethodGet, pathRoles, administer, s.showRoles},
		{http.MethodGet, pathOrganisations, administer, s.showOrganisations},
		{http.MethodGet, pathOrganisationNew, administer, s.showNewOrganisation},
		{http.MethodPost, pathOrganisationNew, administer, s.createOrganisation},
		{http.MethodGet, pathOrganisation, administer, s.showOrganisation},
		{http.MethodPost, pathOrganisation, administer, s.saveOrganisation},
		{http.MethodGet, pathPeople, administer, s.showPeople},
		{http.MethodGet, pathPersonNew, administer, s.showNewPerson},
		{http.MethodPost, pathPersonNew, administer, s.createPerson},
		{http.MethodGet, pathPerson, administer, s.showPerson},
		{http.MethodPost, pathPerson, administer, s.savePerson},
		{http.MethodPost, pathPersonLink, administer, s.makePasswordLink},
		{http.MethodPost, pathPersonFactors, administer, s.resetFactors},
		{http.MethodGet, pathSamples, administer, s.showSamples},
		{http.MethodPost, pathSamplesLoad, administer, s.loadSamples},
		{http.MethodGet, pathSamplesRemove, administer, s.confirmRemoveSamples},
		{http.MethodPost, pathSamplesRemove, administer, s.removeSamples},
	}
}

// adminPage is the base of a page below the administrator's first one.
func (s *Server) adminPage(c echo.Context, titleKey string, above ...Crumb) Page {
	page := s.page(c, titleKey)
	page.Crumbs = append([]Crumb{{pathAdmin, s.printer(c).T("word.administration")}}, above...)
	return page
}

func (s *Server) showAdmin(c echo.Context) error {
	ctx, by := c.Request().Context(), s.by(c)
	organisations, err := s.Service.Organisations(ctx, by)
	if err != nil {
		return err
	}
	people, err := s.Service.People(ctx, by)
	if err != nil {
		return err
	}
	samples, err := s.Service.Samples(ctx, by)
	if err != nil {
		return err
	}
	page := AdminPage{Page: s.page(c, "word.administration"), People: len(people), Samples: samples}
	for _, o := range organisations {
		page.Teams += len(o.Teams)
		if o.Kind == rugzak.Partner {
			page.Partners++
		} else {
			page.Departments++
		}
	}
	for _, p := range people {
		if !p.HasPassword && !p.Person.Inactive {
			page.Waiting++
		}
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) showRoles(c echo.Context) error {
	page := RolesPage{Page: s.adminPage(c, "roles.title"), Permissions: rugzak.Permissions()}
	for _, r := range rugzak.Roles() {
		line := RoleLine{Role: r}
		for _, p := range rugzak.Permissions() {
			line.May = append(line.May, RoleRight{Permission: p, Allowed: r.Allows(p)})
		}
		page.Roles = append(page.Roles, line)
	}
	return s.render(c, http.StatusOK, page)
}

// organisationByID finds one of a list.
func organisationByID(all []rugzak.Organisation, id rugzak.OrganisationID) (rugzak.Organisation, bool) {
	i := slices.IndexFunc(all, func(o rugzak.Organisation) bool { return o.ID == id })
	if i < 0 {
		return rugzak.Organisation{}, false
	}
	return all[i], true
}
