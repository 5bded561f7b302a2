// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// status is the answer to each code.
func status(code rugzak.Code) int {
	switch code {
	case rugzak.CodeInvalid:
		return http.StatusUnprocessableEntity
	case rugzak.CodeMalformed, rugzak.CodeUsage:
		return http.StatusBadRequest
	case rugzak.CodeNotFound:
		return http.StatusNotFound
	case rugzak.CodeForbidden:
		return http.StatusForbidden
	case rugzak.CodeSignIn:
		return http.StatusSeeOther
	case rugzak.CodeConflict:
		return http.StatusConflict
	case rugzak.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case rugzak.CodeTooMany:
		return http.StatusTooManyRequests
	case rugzak.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// statusLeft is the answer to somebody who left before there was one.
const statusLeft = 499

// retryAfter is what is promised with 503, in seconds.
const retryAfter = "10"

// ErrorPage tells what went wrong, and what to do.
type ErrorPage struct {
	Page
	Status  int
	Message string // the sentence of the error
	// Internal: not the reader's fault; the page shows the request's id.
	Internal bool
	// Kept is what was typed in a form that could not be handled now; nil when
	// there is none.
	Kept *Kept
	// SignedOut: it waits for its writer to sign in, beside this page.
	SignedOut bool
}

// handleError is the one place where errors become answers. What the error
// says itself goes to the log only.
func (s *Server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		s.Log.Warn("answer broke off", "id", requestID(c), "route", c.Path(), "err", err)
		return
	}
	e := asError(err)
	code := status(e.Code)
	switch {
	case errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil:
		// The reader left, or only stopped sending: then this must not look
		// like an answer that something was done.
		c.Response().WriteHeader(statusLeft)
		return
	case code >= 500:
		s.Log.Error("request failed", "id", requestID(c), "route", c.Path(), "code", string(e.Code), "err", err)
	default:
		s.Log.Debug("request refused", "id", requestID(c), "route", c.Path(), "code", string(e.Code), "key", e.Key)
	}
	if e.Code == rugzak.CodeSignIn && s.keepsTyped(c) {
		return
	}
	if e.Code == rugzak.CodeSignIn {
		if err := s.mustSignIn(c); err != nil {
			s.Log.Warn("answer broke off", "id", requestID(c), "err", err)
		}
		return
	}
	if e.Code == rugzak.CodeNotFound && s.follows(c) {
		return
	}
	if code == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	s.showError(c, code, e)
}

func (s *Server) showError(c echo.Context, code int, e *rugzak.Error) {
	page := ErrorPage{Page: s.page(c, "error.page."+string(e.Code)), Status: code, Internal: code >= 500}
	if key := e.Key; key != "" {
		page.Message = s.printer(c).T(key, e.Args...)
	}
	if code == http.StatusServiceUnavailable || code == http.StatusTooManyRequests || e.Key == keyOtherWriter {
		page.Kept = kept(c)
	}
	for _, f := range e.Fields { // of a form without a page of its own
		page.Message += " " + s.printer(c).T(f.Key, f.Args...)
	}
	if err := s.render(c, code, page); err != nil {
		s.Log.Error("error page failed", "id", requestID(c), "err", err)
		if !c.Response().Committed {
			c.Response().WriteHeader(code)
		}
	}
}

// asError brings every error to the form that has a code and a sentence.
func asError(err error) *rugzak.Error {
	if e, ok := errors.AsType[*rugzak.Error](err); ok {
		if e.Key == "" {
			return &rugzak.Error{Code: e.Code, Key: "error.page." + string(e.Code) + ".text", Err: err}
		}
		return e
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &rugzak.Error{Code: rugzak.CodeTooLarge, Key: "error.too_large", Err: err}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &rugzak.Error{Code: rugzak.CodeUnavailable, Key: "error.unavailable", Err: err}
	}
	if he, ok := errors.AsType[*echo.HTTPError](err); ok {
		switch he.Code {
		case http.StatusNotFound, http.StatusMethodNotAllowed:
			return rugzak.NotFound()
		case http.StatusBadRequest:
			return &rugzak.Error{Code: rugzak.CodeMalformed, Key: "error.malformed", Err: err}
		}
	}
	return &rugzak.Error{Code: rugzak.CodeInternal, Key: "error.internal", Err: err}
}
