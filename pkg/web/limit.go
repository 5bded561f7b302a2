// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// efforts are the routes that cost work other than sending a form.
var efforts = map[string]rugzak.Effort{
	"GET " + pathSearch:          rugzak.EffortSearch,
	"GET " + pathSuggest:         rugzak.EffortSuggest,
	"GET " + pathSavedNew:        rugzak.EffortSearch,
	"GET " + pathSavedOne:        rugzak.EffortSearch,
	"GET " + pathQuestions:       rugzak.EffortSearch,
	"GET " + pathMethods:         rugzak.EffortSearch,
	"GET " + pathFeed:            rugzak.EffortSearch,
	"GET " + pathFeedCalendar:    rugzak.EffortSearch,
	"GET " + pathDraw:            rugzak.EffortSearch,
	"GET " + pathThemeAdd:        rugzak.EffortSearch,
	"GET " + pathProposals:       rugzak.EffortSearch,
	"GET " + pathInbox:           rugzak.EffortSearch,
	"GET " + pathRising:          rugzak.EffortSearch,
	"POST " + pathEntryPreview:   rugzak.EffortPreview,
	"POST " + pathEntryCheck:     rugzak.EffortPreview,
	"POST " + pathAuditTable:     rugzak.EffortExport,
	"POST " + pathDossier:        rugzak.EffortExport,
	"GET " + pathTerm:            rugzak.EffortSearch,
	"GET " + pathSimilar:         rugzak.EffortSearch,
	"GET " + pathMentions:        rugzak.EffortSuggest,
	"POST " + pathSimilarWriting: rugzak.EffortPreview,
	"GET " + pathWoo:             rugzak.EffortSearch,
	"POST " + pathOwnDataTake:    rugzak.EffortExport,
	"POST " + pathBagTake:        rugzak.EffortExport,
	"GET " + pathProfile:         rugzak.EffortSearch,
	"GET " + pathLineage:         rugzak.EffortSearch,
	"GET " + pathOverlap:         rugzak.EffortSearch,
	"GET " + pathMove:            rugzak.EffortSearch,
	"GET " + pathOwnBag:          rugzak.EffortSearch,
	"GET " + pathOrganisationBag: rugzak.EffortSearch,
	"GET " + pathTalks:           rugzak.EffortSearch,
	"POST " + pathWoo:            rugzak.EffortExport,
	"POST " + pathAuditChain:     rugzak.EffortExport,
	"GET " + pathDigestMail:      rugzak.EffortPreview,
	"GET " + pathDigest:          rugzak.EffortPreview,
	"GET " + pathDigestDesk:      rugzak.EffortPreview,
	"POST " + pathLanguage:       "",
	"POST " + pathSignIn:         "", // has a slow-down of its own, per account
	"POST " + pathSignOut:        "", // always goes
}

// effort is the work a request asks for; empty for what costs next to nothing.
func effort(method, route string) rugzak.Effort {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if e, listed := efforts[method+" "+route]; listed {
		return e
	}
	if method == http.MethodPost {
		return rugzak.EffortWrite
	}
	return ""
}

// limited passes a request on unless its person, or the address it comes from,
// asks for too much.
func (s *Server) limited(c echo.Context, next echo.HandlerFunc) error {
	e := effort(c.Request().Method, c.Path())
	if s.Limiter == nil || e == "" {
		return next(c)
	}
	by := s.by(c).ID
	if wait := s.Limiter.Take(e, by, c.RealIP()); wait > 0 {
		return s.tooMany(c, wait)
	}
	leave, ok := s.Limiter.Enter(e, by)
	if !ok {
		return s.tooMany(c, time.Second)
	}
	defer leave()
	return next(c)
}

// tooMany asks to wait. The script of a form is answered in its own language.
func (s *Server) tooMany(c echo.Context, wait time.Duration) error {
	c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	err := &rugzak.Error{Code: rugzak.CodeTooMany, Key: "error.page.too_many.text"}
	switch {
	case c.Path() == pathEntryDraft:
		return s.refuseAutosave(c, nil, err)
	case c.Path() == pathAttachments && wantsJSON(c):
		return s.refuseUpload(c, nil, err)
	}
	return err
}
