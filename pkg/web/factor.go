// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// FactorsPage shows a person their passkeys, code app and recovery codes.
type FactorsPage struct {
	Page
	backpack.FactorsView
	Form     *Form // name of a new passkey
	Passkeys bool  // can be used here
	Pending  bool  // nothing else can be done before there is a factor
}

// CodeAppPage adds a code app.
type CodeAppPage struct {
	Page
	Form *Form
	App  backpack.CodeApp
}

// RecoveryPage shows recovery codes, once.
type RecoveryPage struct {
	Page
	Codes []string
}

func factorPages() []pageDef {
	return []pageDef{
		{"account/factors", FactorsPage{}},
		{"account/codeapp", CodeAppPage{}},
		{"account/recovery", RecoveryPage{}},
	}
}

func (s *Server) factorRoutes() []route {
	return []route{
		{http.MethodGet, pathFactors, enrolling, s.showFactors},
		{http.MethodPost, pathFactorAsk, enrolling, s.askNewPasskey},
		{http.MethodPost, pathFactorAnswer, enrolling, s.addPasskey},
		{http.MethodPost, pathFactorRemove, person, s.removeFactor},
		{http.MethodPost, pathCodeAppBegin, enrolling, s.beginCodeApp},
		{http.MethodGet, pathCodeApp, enrolling, s.showCodeApp},
		{http.MethodGet, pathCodeAppImage, enrolling, s.showCodeAppImage},
		{http.MethodPost, pathCodeApp, enrolling, s.addCodeApp},
		{http.MethodPost, pathRecovery, person, s.makeRecovery},
	}
}

func (s *Server) showFactors(c echo.Context) error {
	view, err := s.Service.Factors(c.Request().Context(), s.by(c), s.here(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, FactorsPage{
		Page: s.factorPage(c, "factor.title"), FactorsView: view, Form: s.newForm(c), Passkeys: s.origin(c) != "", Pending: s.here(c).Pending,
	})
}

// factorPage is the base of the pages below somebody's own details. Who must
// add a factor first is shown no way elsewhere.
func (s *Server) factorPage(c echo.Context, titleKey string) Page {
	page := s.page(c, titleKey)
	if s.here(c).Pending {
		page.Person, page.Nav = nil, nil
		return page
	}
	page.Crumbs = []Crumb{{pathAccount, s.printer(c).T("account.title")}}
	return page
}

func (s *Server) askNewPasskey(c echo.Context) error {
	options, step, err := s.Service.AskNewPasskey(c.Request().Context(), s.by(c), s.here(c), s.origin(c))
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	s.setCookie(c, cookieStep, step, stepLasts)
	return c.JSONBlob(http.StatusOK, options)
}

func (s *Server) addPasskey(c echo.Context) error {
	form, err := s.readForm(c, "answer", "passkey_name")
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	session, err := s.Service.AddPasskey(c.Request().Context(), s.by(c), s.here(c), s.origin(c), s.cookieValue(c, cookieStep), form.Value("passkey_name"), []byte(form.Value("answer")))
	if err != nil {
		return s.passkeyFailed(c, err)
	}
	s.factorsChanged(c, session, "notice.passkey_added")
	return c.JSON(http.StatusOK, passkeyAnswer{Next: pathFactors})
}

// factorsChanged goes on in this browser under a new secret.
func (s *Server) factorsChanged(c echo.Context, session, notice string) {
	s.begin(c, session)
	s.setCookie(c, cookieStep, "", -1)
	s.notify(c, notice, "")
}

func (s *Server) removeFactor(c echo.Context) error {
	session, err := s.Service.RemoveFactor(c.Request().Context(), s.by(c), s.here(c), c.Param("id"))
	if err != nil {
		return err
	}
	s.factorsChanged(c, session, "notice.factor_removed")
	return s.redirect(c, pathFactors)
}

func (s *Server) beginCodeApp(c echo.Context) error {
	step, err := s.Service.BeginCodeApp(c.Request().Context(), s.by(c), s.here(c))
	if err != nil {
		return err
	}
	s.setCookie(c, cookieStep, step, stepLasts)
	return s.redirect(c, pathCodeApp)
}

func (s *Server) showCodeApp(c echo.Context) error {
	return s.renderCodeApp(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderCodeApp(c echo.Context, status int, form *Form) error {
	app, err := s.Service.ShowCodeApp(c.Request().Context(), s.by(c), s.cookieValue(c, cookieStep))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid { // took too long, or is done
		return s.redirect(c, pathFactors)
	}
	if err != nil {
		return err
	}
	return s.render(c, status, CodeAppPage{Page: s.factorPage(c, "codeapp.title"), Form: form, App: app})
}

// showCodeAppImage shows the secret as a picture. It goes to this browser only,
// and nothing keeps it.
func (s *Server) showCodeAppImage(c echo.Context) error {
	picture, err := s.Service.CodeAppPicture(c.Request().Context(), s.by(c), s.cookieValue(c, cookieStep))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return s.redirect(c, pathFactors)
	}
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/png", picture)
}

func (s *Server) addCodeApp(c echo.Context) error {
	form, err := s.readForm(c, "code")
	if err != nil {
		return err
	}
	by, code := s.by(c), form.Value("code")
	form.Set("code")
	attempt := rugzak.Attempt{Of: rugzak.GuessCode, Address: c.RealIP(), Account: "new " + string(by.ID)}
	if wait := s.Throttle.Begin(attempt); wait > 0 {
		s.tooSoon(c, form, wait)
		return s.renderCodeApp(c, http.StatusTooManyRequests, form)
	}
	session, err := s.Service.AddCodeApp(c.Request().Context(), by, s.here(c), s.cookieValue(c, cookieStep), code)
	s.Throttle.End(attempt, err == nil)
	if status := form.Refuse(err); status != 0 {
		return s.renderCodeApp(c, status, form)
	}
	if err != nil {
		return err
	}
	s.factorsChanged(c, session, "notice.codeapp_added")
	return s.redirect(c, pathFactors)
}

// makeRecovery answers with the codes themselves: they stand in no address.
func (s *Server) makeRecovery(c echo.Context) error {
	codes, err := s.Service.MakeRecoveryCodes(c.Request().Context(), s.by(c), s.here(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, RecoveryPage{Page: s.factorPage(c, "recovery.title"), Codes: codes})
}
