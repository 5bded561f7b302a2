// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// PersonPage makes or changes a person.
type PersonPage struct {
	Page
	Form          *Form
	ID            rugzak.PersonID // empty for a new one
	Known         rugzak.Person   // as stored; empty for a new one
	KnownPlace    string          // organisation and team as stored
	HasPassword   bool
	Local         bool // whether passwords count
	Organisations []Option
	Teams         []TeamGroup
	Roles         []Option
	Languages     []Option
	// InactiveOption is the one box that takes away access.
	InactiveOption []Option
	// Changed says that somebody else saved this person meanwhile.
	Changed bool
}

// TeamGroup is the teams of one organisation to choose from.
type TeamGroup struct {
	Organisation string
	Options      []Option
}

// PersonLinkPage shows, once, the link by which a person chooses a password.
type PersonLinkPage struct {
	Page
	Known rugzak.Person
	Link  string
	Days  int
}

func (s *Server) showNewPerson(c echo.Context) error {
	form := s.newForm(c).Set("roles", string(rugzak.RoleParticipant)).Set("language", string(rugzak.Dutch)).
		Set("organisation", c.QueryParam("organisatie"))
	return s.renderPerson(c, http.StatusOK, PersonPage{Form: form})
}

func (s *Server) showPerson(c echo.Context) error {
	p, err := s.Service.Person(c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("name", p.Name).Set("email", p.Email).Set("organisation", string(p.Organisation)).
		Set("language", string(p.Language.Or(rugzak.Dutch))).Set("base", strconv.Itoa(p.Version))
	if p.Team != "" {
		form.Set("team", teamValue(p.Organisation, p.Team))
	}
	for _, r := range p.Roles {
		form.values.Add("roles", string(r))
	}
	if p.Inactive {
		form.Set("inactive", "yes")
	}
	return s.renderPerson(c, http.StatusOK, PersonPage{Form: form, ID: p.ID})
}

func (s *Server) createPerson(c echo.Context) error { return s.keepPerson(c, "") }

func (s *Server) savePerson(c echo.Context) error {
	return s.keepPerson(c, rugzak.PersonID(c.Param("id")))
}

func (s *Server) keepPerson(c echo.Context, id rugzak.PersonID) error {
	form, err := s.readForm(c, "name", "email", "organisation", "team", "roles", "language", "inactive", "base")
	if err != nil {
		return err
	}
	ctx, by, page := c.Request().Context(), s.by(c), PersonPage{Form: form, ID: id}
	in, elsewhere := personInput(form)
	saved, err := s.Service.SavePerson(ctx, by, id, form.Int("base"), in)
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		form.Refuse(err)
		page.Changed = true
		return s.renderPerson(c, http.StatusConflict, page)
	}
	if status := form.Refuse(err); status != 0 {
		for i, e := range form.Errors {
			if e.Field == "team" && elsewhere {
				form.Errors[i].Text = s.printer(c).T("person.team.elsewhere")
			}
		}
		return s.renderPerson(c, status, page)
	}
	if err != nil {
		return err
	}
	notice := "notice.saved"
	if id == "" {
		notice = "notice.person_added"
	}
	s.notify(c, notice, "")
	if saved.ID == by.ID && saved.Epoch != by.Epoch { // this session goes on with the new rights
		session, err := s.Service.ContinueSession(ctx, by, s.here(c))
		if err != nil {
			return err
		}
		s.begin(c, session)
	}
	if saved.ID == by.ID && !rugzak.CanAdminister(saved) {
		return s.redirect(c, pathHome)
	}
	return s.redirect(c, LocalPath(at(pathPerson, string(saved.ID))))
}

// teamValue names a team in the form: team ids are unique only within their
// organisation.
func teamValue(o rugzak.OrganisationID, t rugzak.TeamID) string { return string(o) + "/" + string(t) }

// personInput reads the form. A team of another organisation than the chosen
// one is passed on as it stands, which the use case refuses.
func personInput(f *Form) (in backpack.PersonInput, elsewhere bool) {
	in = backpack.PersonInput{
		Name: f.Value("name"), Email: f.Value("email"), Organisation: rugzak.OrganisationID(f.Value("organisation")),
		Team: rugzak.TeamID(f.Value("team")), Language: rugzak.Lang(f.Value("language")), Inactive: f.Has("inactive", "yes"),
	}
	if o, t, ok := strings.Cut(f.Value("team"), "/"); ok {
		if elsewhere = o != f.Value("organisation"); !elsewhere {
			in.Team = rugzak.TeamID(t)
		}
	}
	for _, r := range f.All("roles") {
		in.Roles = append(in.Roles, rugzak.Role(r))
	}
	return in, elsewhere
}

// renderPerson fills in the choices, and what is known of somebody who exists.
func (s *Server) renderPerson(c echo.Context, status int, page PersonPage) error {
	ctx, by, p := c.Request().Context(), s.by(c), s.printer(c)
	page.Page = s.adminPage(c, "person.new", Crumb{pathPeople, p.T("people.title")})
	page.Local = s.Service.LocalAccounts()
	if page.ID != "" {
		people, err := s.Service.People(ctx, by)
		if err != nil {
			return err
		}
		for _, l := range people {
			if l.Person.ID == page.ID {
				page.Known, page.HasPassword, page.KnownPlace = l.Person, l.HasPassword, l.Organisation.Name
				if l.Team.Name != "" {
					page.KnownPlace += ", " + l.Team.Name
				}
			}
		}
		if page.Known.ID == "" {
			return rugzak.NotFound()
		}
		page.Title = page.Known.Name
		if page.Changed {
			page.Form.Set("base", strconv.Itoa(page.Known.Version))
		}
	}
	var err error
	if page.Organisations, err = s.organisationOptions(c, "person.organisation.choose", page.Known.Organisation); err != nil {
		return err
	}
	all, err := s.Service.Organisations(ctx, by)
	if err != nil {
		return err
	}
	for _, o := range page.Organisations {
		if known, ok := organisationByID(all, rugzak.OrganisationID(o.Value)); ok && len(known.Teams) > 0 {
			page.Teams = append(page.Teams, teamGroup(page.Form, known))
		}
	}
	for _, r := range rugzak.Roles() {
		page.Roles = append(page.Roles, Option{Value: string(r), Label: p.T("role." + string(r)), Hint: p.T("role." + string(r) + ".hint")})
	}
	page.InactiveOption = []Option{{Value: "yes", Label: p.T("person.deactivate"), Hint: p.T("person.deactivate.hint")}}
	for _, l := range rugzak.Languages() {
		page.Languages = append(page.Languages, Option{Value: string(l), Label: p.T("language." + string(l))})
	}
	return s.render(c, status, page)
}

func teamGroup(f *Form, o rugzak.Organisation) TeamGroup {
	g := TeamGroup{Organisation: o.Name}
	for _, t := range o.Teams {
		value := teamValue(o.ID, t.ID)
		g.Options = append(g.Options, Option{Value: value, Label: t.Name, Chosen: f.Has("team", value)})
	}
	return g
}

// makePasswordLink answers with the link itself: it stands in no address, so
// that neither the browser's history nor a log keeps it.
func (s *Server) makePasswordLink(c echo.Context) error {
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.PersonID(c.Param("id"))
	known, err := s.Service.Person(ctx, by, id)
	if err != nil {
		return err
	}
	secret, err := s.Service.PasswordLink(ctx, by, id)
	if err != nil {
		return err
	}
	page := PersonLinkPage{Known: known, Link: s.address(c, at(pathPassword, secret)), Days: int(backpack.PasswordLinkLasts / (24 * time.Hour))}
	page.Page = s.adminPage(c, "person.link.title", Crumb{pathPeople, s.printer(c).T("people.title")}, Crumb{at(pathPerson, string(id)), known.Name})
	return s.render(c, http.StatusOK, page)
}

// resetFactors takes the factors of somebody away who lost them.
func (s *Server) resetFactors(c echo.Context) error {
	id := rugzak.PersonID(c.Param("id"))
	if err := s.Service.ResetFactors(c.Request().Context(), s.by(c), id); err != nil {
		return err
	}
	s.notify(c, "notice.factors_reset", "")
	return s.redirect(c, LocalPath(at(pathPerson, string(id))))
}

// address is the full address of a path, as people reach the site.
func (s *Server) address(c echo.Context, path string) string {
	if s.BaseURL != nil {
		return s.BaseURL.Scheme + "://" + s.BaseURL.Host + path
	}
	return c.Scheme() + "://" + c.Request().Host + path
}
