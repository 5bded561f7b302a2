// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// FirstPage makes the first administrator.
type FirstPage struct {
	Page
	Form   *Form
	Secret string
}

// PasswordPage lets the owner of a link choose a password.
type PasswordPage struct {
	Page
	Form   *Form
	Secret string
	For    rugzak.Person
}

// AccountPage shows a person's own details.
type AccountPage struct {
	Page
	Form     *Form // name and language
	Password *Form
	Local    bool // whether passwords count
	// Languages are the choices of the interface language.
	Languages []Option
	Why       WhyPart
}

func accountPages() []pageDef {
	return []pageDef{
		{"account/signin", SignInPage{}},
		{"account/first", FirstPage{}},
		{"account/password", PasswordPage{}},
		{"account/show", AccountPage{}},
	}
}

func (s *Server) accountRoutes() []route {
	return []route{
		{http.MethodGet, pathSignIn, public, s.showSignIn},
		{http.MethodPost, pathSignIn, public, s.signIn},
		{http.MethodPost, pathSignOut, public, s.signOut},
		{http.MethodGet, pathFirst, public, s.showFirst},
		{http.MethodPost, pathFirst, public, s.createFirst},
		{http.MethodGet, pathPassword, public, s.showPassword},
		{http.MethodPost, pathPassword, public, s.choosePassword},
		{http.MethodGet, pathAccount, person, s.showAccount},
		{http.MethodPost, pathAccount, person, s.saveAccount},
		{http.MethodPost, pathOwnWord, person, s.changePassword},
	}
}

// showFirst shows the form only: looking does not use the link up.
func (s *Server) showFirst(c echo.Context) error {
	secret := c.Param("secret")
	if _, err := s.Service.TokenValid(c.Request().Context(), secret, rugzak.TokenFirstAdministrator); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, FirstPage{Page: s.page(c, "first.title"), Form: s.newForm(c), Secret: secret})
}

func (s *Server) createFirst(c echo.Context) error {
	form, err := s.readForm(c, "organisation", "name", "email", "password")
	if err != nil {
		return err
	}
	in := backpack.FirstAdministrator{
		Organisation: form.Value("organisation"), Name: form.Value("name"),
		Email: form.Value("email"), Password: form.Value("password"),
	}
	form.Set("password")
	session, err := s.Service.CreateFirstAdministrator(c.Request().Context(), c.Param("secret"), in, clientOf(c.Request()))
	if status := form.Refuse(err); status != 0 {
		return s.render(c, status, FirstPage{Page: s.page(c, "first.title"), Form: form, Secret: c.Param("secret")})
	}
	if err != nil {
		return err
	}
	s.begin(c, session)
	s.notify(c, "notice.first_administrator", "")
	return s.redirect(c, pathAdmin)
}

func (s *Server) showPassword(c echo.Context) error {
	if !s.Service.LocalAccounts() {
		return rugzak.Forbidden("error.local_off")
	}
	return s.askPassword(c, http.StatusOK, s.newForm(c))
}

func (s *Server) askPassword(c echo.Context, status int, form *Form) error {
	secret := c.Param("secret")
	p, err := s.Service.PasswordLinkFor(c.Request().Context(), secret)
	if err != nil {
		return err
	}
	return s.render(c, status, PasswordPage{Page: s.page(c, "password.title"), Form: form, Secret: secret, For: p})
}

func (s *Server) choosePassword(c echo.Context) error {
	form, err := s.readForm(c, "password")
	if err != nil {
		return err
	}
	password := form.Value("password")
	form.Set("password")
	in, err := s.Service.ChoosePassword(c.Request().Context(), c.Param("secret"), password, clientOf(c.Request()))
	if status := form.Refuse(err); status != 0 {
		return s.askPassword(c, status, form)
	}
	if err != nil {
		return err
	}
	to, err := s.enter(c, in, pathHome)
	if err != nil {
		return err
	}
	if in.Session != "" {
		s.notify(c, "notice.password_set", "")
	}
	return s.redirect(c, to)
}

func (s *Server) showAccount(c echo.Context) error {
	return s.renderAccount(c, http.StatusOK, s.profileForm(c), s.newForm(c), s.whyForm(c))
}

// profileForm is the form as the person's record has it.
func (s *Server) profileForm(c echo.Context) *Form {
	return s.newForm(c).Set("name", s.by(c).Name).Set("language", string(s.lang(c)))
}

func (s *Server) renderAccount(c echo.Context, status int, profile, password, why *Form) error {
	page := AccountPage{Page: s.page(c, "account.title"), Form: profile, Password: password, Local: s.Service.LocalAccounts()}
	for _, l := range rugzak.Languages() {
		page.Languages = append(page.Languages, Option{Value: string(l), Label: s.printer(c).T("language." + string(l) + ".own")})
	}
	var err error
	if page.Why, err = s.whyPart(c, why); err != nil {
		return err
	}
	return s.render(c, status, page)
}

func (s *Server) saveAccount(c echo.Context) error {
	form, err := s.readForm(c, "name", "language", "base")
	if err != nil {
		return err
	}
	by, lang := s.by(c), rugzak.Lang(form.Value("language"))
	err = s.Service.SetProfile(c.Request().Context(), by, form.Value("name"), lang, form.Int("base"))
	if status := form.Refuse(err); status != 0 {
		return s.renderAccount(c, status, form, s.newForm(c), s.whyForm(c))
	}
	if err != nil {
		return err
	}
	s.setCookie(c, cookieLanguage, string(lang), languageLasts)
	s.notify(c, "notice.saved", "")
	return s.redirect(c, pathAccount)
}

func (s *Server) changePassword(c echo.Context) error {
	form, err := s.readForm(c, "current", "password")
	if err != nil {
		return err
	}
	by, current, fresh := s.by(c), form.Value("current"), form.Value("password")
	form.Set("current").Set("password")
	attempt := rugzak.Attempt{Of: rugzak.GuessPassword, Address: c.RealIP(), Account: by.Email}
	if attempt.Device, err = s.Service.KnownDevice(c.Request().Context(), by.Email, s.devices(c)); err != nil {
		return err
	}
	if wait := s.Throttle.Begin(attempt); wait > 0 {
		s.tooSoon(c, form, wait)
		return s.renderAccount(c, http.StatusTooManyRequests, s.profileForm(c), form, s.whyForm(c))
	}
	session, err := s.Service.ChangePassword(c.Request().Context(), by, s.here(c), current, fresh)
	status := form.Refuse(err)
	s.Throttle.End(attempt, err == nil || status != 0 && form.Error("current") == "") // the old one was right
	if status != 0 {
		return s.renderAccount(c, status, s.profileForm(c), form, s.whyForm(c))
	}
	if err != nil {
		return err
	}
	s.begin(c, session)
	if err := s.rememberDevice(c, by.ID); err != nil {
		return err
	}
	s.notify(c, "notice.password_set", "")
	return s.redirect(c, pathAccount)
}
