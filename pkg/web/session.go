// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// The cookies. All are HttpOnly, SameSite=Lax and for the whole site; under
// https the name of each begins with hostPrefix.
const (
	cookieSession  = "rugzak"
	cookieLanguage = "rugzak-lang"
	cookieAfter    = "rugzak-after"
	cookieNotice   = "rugzak-notice"
	cookieFlow     = "rugzak-via"
	cookieStep     = "rugzak-step"   // what the browser is in the midst of, see rugzak.Challenge
	cookieDevice   = "rugzak-device" // who signed in here before, see Service.KnownDevice
)

// hostPrefix binds a cookie to this very host and to https: a browser takes no
// such cookie from a neighbour under the same domain, nor over http.
const hostPrefix = "__Host-"

const (
	languageLasts = 365 * 24 * time.Hour
	// afterLasts is long past the moment at which the index has caught up.
	afterLasts = 10 * time.Minute
	// stepLasts is a little longer than what it is for, so that the answer can
	// say that it took too long.
	stepLasts   = 15 * time.Minute
	deviceLasts = 180 * 24 * time.Hour
)

// keyPerson and keySession are where the signed-in person and their session
// stand in the request's context.
const (
	keyPerson  = "person"
	keySession = "session"
	keyNews    = "news"  // whether they have a notice that is new
	keyState   = "state" // of the store when they were recognised
)

// secure reports whether people reach the site over https.
func (s *Server) secure(c echo.Context) bool {
	if s.BaseURL != nil {
		return s.BaseURL.Scheme == "https"
	}
	return c.Scheme() == "https"
}

// cookieName is the name of a cookie as this browser has it.
func (s *Server) cookieName(c echo.Context, name string) string {
	if s.secure(c) {
		return hostPrefix + name
	}
	return name
}

// setCookie writes a cookie; a life of 0 lasts as long as the browser, a
// negative one removes it.
func (s *Server) setCookie(c echo.Context, name, value string, life time.Duration) {
	cookie := &http.Cookie{
		Name: s.cookieName(c, name), Value: value, Path: "/", HttpOnly: true, Secure: s.secure(c), SameSite: http.SameSiteLaxMode,
		MaxAge: int(life / time.Second),
	}
	if life < 0 {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

// cookieValue is the value of a cookie; empty when there is none.
func (s *Server) cookieValue(c echo.Context, name string) string {
	cookie, err := c.Cookie(s.cookieName(c, name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// recognise finds the person behind the session cookie. Who still must add a
// second factor is nobody yet, other than where that can be done; pending says
// that the request is to be led there.
func (s *Server) recognise(c echo.Context, a access) (pending bool, err error) {
	visit, err := s.Service.WhoAndNews(c.Request().Context(), s.cookieValue(c, cookieSession))
	p := visit.Person
	if ok, wrong := s.agrees(c, p); wrong != nil {
		return false, wrong
	} else if !ok {
		return false, &rugzak.Error{Code: rugzak.CodeSignIn, Key: "error.must_sign_in"}
	}
	if err != nil {
		return false, err
	}
	if visit.Session.Pending && a != enrolling {
		return a != public, nil
	}
	c.Set(keyPerson, p)
	c.Set(keySession, visit.Session)
	c.Set(keyNews, visit.News)
	c.Set(keyState, visit.State)
	return false, s.refreshWordings(c.Request().Context(), p)
}

// here is the session of this browser.
func (s *Server) here(c echo.Context) rugzak.Session {
	session, _ := c.Get(keySession).(rugzak.Session)
	return session
}

// by is the person who is acting: empty when nobody is signed in.
func (s *Server) by(c echo.Context) rugzak.Person {
	p, _ := c.Get(keyPerson).(rugzak.Person)
	return p
}

// begin signs a person in on this browser.
func (s *Server) begin(c echo.Context, secret string) {
	s.setCookie(c, cookieSession, secret, 0)
}

// wrote remembers the position of a write, so that this browser's next search
// waits for it. Call it after each write that gives one.
func (s *Server) wrote(c echo.Context, pos rugzak.Position) {
	if pos != "" {
		s.setCookie(c, cookieAfter, s.sealer.close(sealAfter, string(pos)), afterLasts)
	}
}

// after is the position of this browser's last write, for Asked.WaitFor.
func (s *Server) after(c echo.Context) rugzak.Position {
	return rugzak.Position(s.sealer.open(sealAfter, s.cookieValue(c, cookieAfter)))
}

// mustSignIn sends the browser to the sign-in page, and back here afterwards.
// It is the same for every path, whether there is anything there or not. What is
// too long to come along, as a text that a phone shares may be, is told before
// somebody signs in: they still have it where they shared it.
func (s *Server) mustSignIn(c echo.Context) error {
	target := LocalPath(pathSignIn)
	back, ok := s.returnPath(c)
	if u := c.Request().URL; !ok && len(u.RequestURI()) > maxLocalPath {
		if back, ok = ParseLocalPath(u.EscapedPath()); ok {
			s.notify(c, "notice.too_long_to_bring", "")
		}
	}
	if ok && back != pathHome {
		target = signInPath(back)
	}
	return s.redirect(c, target)
}

// redirect answers a POST, or leads on, to a page of this site. The few words
// are for whoever does not follow by itself, and the same for every path.
func (s *Server) redirect(c echo.Context, to LocalPath) error {
	c.Response().Header().Set(echo.HeaderLocation, string(to))
	return c.String(http.StatusSeeOther, s.printer(c).T("redirect.follow")+"\n")
}
