// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// InvitationsPage lists the invitations a person may look after.
type InvitationsPage struct {
	Page
	Lines []backpack.InvitationLine
	Empty Empty
}

// InvitePage is the form of an invitation.
type InvitePage struct {
	Page
	Form   *Form
	Own    rugzak.Organisation // the one place there is to invite into; empty when there is a choice
	Places []Option
	Teams  []TeamGroup
	Roles  []Option
	// Languages are the choices of the language of the mail and the site.
	Languages []Option
}

// InvitedPage shows, once, the link of an invitation.
type InvitedPage struct {
	Page
	Invitation rugzak.Invitation
	Link       string
	Days       int
	Mailed     bool
}

// AcceptPage lets somebody come in who was invited.
type AcceptPage struct {
	Page
	Form      *Form
	Secret    string
	Line      backpack.InvitationLine
	Local     bool // people have a password here; else they sign in at their work
	Languages []Option
}

func invitationPages() []pageDef {
	return []pageDef{
		{"invitation/index", InvitationsPage{}},
		{"invitation/new", InvitePage{}},
		{"invitation/made", InvitedPage{}},
		{"invitation/accept", AcceptPage{}},
		{"invitation/organisation", OwnOrganisationPage{}},
	}
}

func (s *Server) invitationRoutes() []route {
	return []route{
		{http.MethodGet, pathInvitations, invite, s.showInvitations},
		{http.MethodGet, pathInvite, invite, s.showInvite},
		{http.MethodPost, pathInvite, invite, s.sendInvitation},
		{http.MethodPost, pathInvitationRenew, invite, s.renewInvitation},
		{http.MethodPost, pathInvitationWithdraw, invite, s.withdrawInvitation},
		{http.MethodGet, pathOwnOrganisation, invite, s.showOwnOrganisation},
		{http.MethodPost, pathDeactivate, invite, s.deactivateColleague},
		{http.MethodGet, pathInvitation, public, s.showInvitation},
		{http.MethodPost, pathInvitation, public, s.acceptInvitation},
	}
}

// invitePage is the base of a page about inviting: below the administration,
// or for a contact below the own organisation.
func (s *Server) invitePage(c echo.Context, titleKey string) Page {
	page, p := s.page(c, titleKey), s.printer(c)
	if page.Can.Administer {
		page.Crumbs = []Crumb{{pathAdmin, p.T("word.administration")}}
	} else {
		page.Crumbs = []Crumb{{pathOwnOrganisation, p.T("ownorganisation.title")}}
	}
	if titleKey != "invitations.title" {
		page.Crumbs = append(page.Crumbs, Crumb{pathInvitations, p.T("invitations.title")})
	}
	return page
}

func (s *Server) showInvitations(c echo.Context) error {
	lines, err := s.Service.Invitations(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, InvitationsPage{
		Page: s.invitePage(c, "invitations.title"), Lines: lines,
		Empty: Empty{Icon: "person", TitleKey: "invitations.none", TextKey: "invitations.none.text"},
	})
}

func (s *Server) showInvite(c echo.Context) error {
	form := s.newForm(c).Set("roles", string(rugzak.RoleParticipant)).Set("language", string(s.lang(c)))
	return s.renderInvite(c, http.StatusOK, form)
}

func (s *Server) renderInvite(c echo.Context, status int, form *Form) error {
	places, roles, err := s.Service.InviteChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := InvitePage{Page: s.invitePage(c, "invite.title"), Form: form}
	if !page.Can.Administer && len(places) == 1 {
		page.Own = places[0]
	}
	page.Places = []Option{{Label: p.T("person.organisation.choose")}}
	for _, o := range places {
		page.Places = append(page.Places, Option{Value: string(o.ID), Label: o.Name})
		if len(o.Teams) > 0 {
			page.Teams = append(page.Teams, teamGroup(form, o))
		}
	}
	for _, r := range roles {
		page.Roles = append(page.Roles, Option{Value: string(r), Label: p.T("role." + string(r)), Hint: p.T("role." + string(r) + ".hint")})
	}
	page.Languages = s.languageOptions(c)
	return s.render(c, status, page)
}

func (s *Server) languageOptions(c echo.Context) []Option {
	var out []Option
	for _, l := range rugzak.Languages() {
		out = append(out, Option{Value: string(l), Label: s.printer(c).T("language." + string(l) + ".own")})
	}
	return out
}

func (s *Server) sendInvitation(c echo.Context) error {
	form, err := s.readForm(c, "email", "name", "organisation", "team", "roles", "language")
	if err != nil {
		return err
	}
	by := s.by(c)
	in := backpack.InvitationInput{
		Email: form.Value("email"), Name: form.Value("name"), Organisation: rugzak.OrganisationID(form.Value("organisation")),
		Team: rugzak.TeamID(form.Value("team")), Language: rugzak.Lang(form.Value("language")),
	}
	if in.Organisation == "" && !rugzak.CanAdminister(by) {
		in.Organisation = by.Organisation // the form of a contact has no choice
	}
	if team, ok := strings.CutPrefix(form.Value("team"), string(in.Organisation)+"/"); ok {
		in.Team = rugzak.TeamID(team)
	}
	for _, r := range form.All("roles") {
		in.Roles = append(in.Roles, rugzak.Role(r))
	}
	made, err := s.Service.Invite(c.Request().Context(), by, in)
	if status := form.Refuse(err); status != 0 {
		return s.renderInvite(c, status, form)
	}
	if err != nil {
		return err
	}
	return s.showInvited(c, made)
}

// showInvited answers with the link itself: it stands in no address, so that
// neither the browser's history nor a log keeps it.
func (s *Server) showInvited(c echo.Context, made backpack.Invited) error {
	return s.render(c, http.StatusOK, InvitedPage{
		Page: s.invitePage(c, "invited.title"), Invitation: made.Invitation, Mailed: made.Mailed,
		Link: s.address(c, at(pathInvitation, made.Secret)), Days: int(rugzak.InvitationLasts / (24 * time.Hour)),
	})
}

func (s *Server) renewInvitation(c echo.Context) error {
	made, err := s.Service.RenewInvitation(c.Request().Context(), s.by(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.showInvited(c, made)
}

func (s *Server) withdrawInvitation(c echo.Context) error {
	if err := s.Service.WithdrawInvitation(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	s.notify(c, "notice.uninvited", "")
	return s.redirect(c, pathInvitations)
}

// showInvitation shows the form only: looking does not use the link up.
func (s *Server) showInvitation(c echo.Context) error {
	line, err := s.Service.OpenInvitation(c.Request().Context(), c.Param("secret"))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("name", line.Invitation.Name).Set("language", string(line.Invitation.Language))
	return s.renderAccept(c, http.StatusOK, form)
}

func (s *Server) renderAccept(c echo.Context, status int, form *Form) error {
	line, err := s.Service.OpenInvitation(c.Request().Context(), c.Param("secret"))
	if err != nil {
		return err
	}
	return s.render(c, status, AcceptPage{
		Page: s.page(c, "accept.title"), Form: form, Secret: c.Param("secret"), Line: line, Local: s.Service.LocalAccounts(), Languages: s.languageOptions(c),
	})
}

func (s *Server) acceptInvitation(c echo.Context) error {
	form, err := s.readForm(c, "name", "password", "language")
	if err != nil {
		return err
	}
	in := backpack.Acceptance{
		Name: form.Value("name"), Password: form.Value("password"), Language: rugzak.Lang(form.Value("language")), Client: clientOf(c.Request()),
	}
	form.Set("password") // never sent back
	session, err := s.Service.AcceptInvitation(c.Request().Context(), c.Param("secret"), in)
	if status := form.Refuse(err); status != 0 {
		return s.renderAccept(c, status, form)
	}
	if err != nil {
		return err
	}
	if err := s.endSession(c); err != nil { // of whoever used this browser before
		return err
	}
	s.begin(c, session)
	if in.Language.Valid() {
		s.setCookie(c, cookieLanguage, string(in.Language), languageLasts)
	}
	s.notify(c, "notice.accepted", "")
	return s.redirect(c, pathHome)
}
