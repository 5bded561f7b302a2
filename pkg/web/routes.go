// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// access says who may use a route at all. What somebody may read or change
// there, the use cases decide.
type access int

const (
	person        access = iota // anybody who is signed in; also every unknown path
	enrolling                   // the same, also before they have the second factor they must have
	curate                      // those who make themes
	steer                       // the core team
	shape                       // those who choose phases, prompts and names
	invite                      // those who invite people: administrators, and partner contacts for their own organisation
	handlePrivacy               // those who settle reports of personal data
	audit                       // those who read the audit log
	administer                  // those who manage organisations and people
	public                      // also who is not signed in
	machine                     // public, and nobody looks who it is: health, static files
)

// restriction says whom a route is for, and what others are told.
type restriction struct {
	allows  func(rugzak.Person) bool
	refusal string
}

var restrictions = map[access]restriction{
	curate:        {rugzak.CanCurate, "error.curators_only"},
	steer:         {rugzak.CanSteer, "error.core_team_only"},
	shape:         {rugzak.CanShape, "error.shapers_only"},
	invite:        {func(p rugzak.Person) bool { return rugzak.CanInvite(p, p.Organisation) }, "error.inviters_only"},
	handlePrivacy: {rugzak.CanHandlePrivacy, "error.privacy_only"},
	audit:         {rugzak.CanAudit, "error.audit_only"},
	administer:    {rugzak.CanAdminister, "error.administrators_only"},
}

// route is one row of the table.
type route struct {
	method, path string
	access       access
	handler      echo.HandlerFunc
}

// routes is the whole site. Each feature keeps its own rows beside its pages.
func (s *Server) routes() []route {
	return slices.Concat(
		s.siteRoutes(),
		s.accountRoutes(),
		s.viaRoutes(),
		s.signInRoutes(),
		s.factorRoutes(),
		s.sessionRoutes(),
		s.helpRoutes(),
		s.themeRoutes(),
		s.threadRoutes(),
		s.celebrationRoutes(),
		s.letterRoutes(),
		s.deskRoutes(),
		s.proposalRoutes(),
		s.risingRoutes(),
		s.coreTeamRoutes(),
		s.termRoutes(), s.glossaryRoutes(), s.themeCareRoutes(), s.careRoutes(), s.doubleRoutes(),
		s.resultsRoutes(), s.interimRoutes(),
		s.similarRoutes(),
		s.movementRoutes(),
		s.agendaRoutes(),
		s.compassRoutes(),
		s.shapeRoutes(),
		s.adminRoutes(),
		s.auditRoutes(),
		s.invitationRoutes(),
		s.bulkRoutes(),
		s.noticeRoutes(),
		s.messageRoutes(),
		s.digestRoutes(),
		s.mailSettingsRoutes(),
		s.leavingRoutes(),
		s.settingsRoutes(),
		s.retentionRoutes(),
		s.wooRoutes(),
		s.ownDataRoutes(),
		s.reviewRoutes(),
		s.homeRoutes(),
		s.tourRoutes(),
		s.visualRoutes(),
		s.entryRoutes(), s.attachmentRoutes(),
		s.keepRoutes(),
		s.applyRoutes(),
		s.trailRoutes(),
		s.lineageRoutes(),
		s.searchRoutes(),
		s.suggestRoutes(),
		s.savedSearchRoutes(),
		s.openSearchRoutes(),
		s.manifestRoutes(),
		s.searchGapRoutes(),
		s.listRoutes(),
		s.inquiryRoutes(),
		s.overlapRoutes(),
		s.joiningRoutes(),
		s.guideRoutes(),
		s.drawRoutes(),
		s.feedRoutes(),
		s.mineRoutes(),
		s.bagRoutes(),
		s.writeRoutes(),
		s.reportRoutes(),
		s.responseRoutes(),
		s.wideningRoutes(),
		s.privacyRoutes(),
		s.checklistRoutes(),
		s.profileRoutes(),
		s.roomRoutes(),
		s.meetingRoutes(),
		s.roundRoutes(),
	)
}

// siteRoutes are the paths that belong to no feature.
func (s *Server) siteRoutes() []route {
	return []route{
		{http.MethodPost, pathLanguage, public, s.chooseLanguage},
		{http.MethodGet, pathHealth, machine, s.showHealth},
		{http.MethodGet, pathReady, machine, s.showReady},
		{http.MethodGet, pathRobots, machine, s.showRobots},
		{http.MethodGet, pathSecurity, machine, s.showSecurity},
		{http.MethodGet, pathStatic, machine, s.showStatic},
	}
}

// register feeds the table to the router.
func (s *Server) register(e *echo.Echo) {
	s.access = map[string]access{}
	for _, r := range s.routes() {
		e.Add(r.method, r.path, r.handler)
		s.access[r.method+" "+r.path] = r.access
		if r.method == http.MethodGet {
			e.Add(http.MethodHead, r.path, r.handler)
			s.access[http.MethodHead+" "+r.path] = r.access
		}
	}
}

// guard finds out who is asking and refuses whom the route is not for. A path
// that does not exist is guarded too, so that nobody outside can tell.
func (s *Server) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		a := s.access[c.Request().Method+" "+c.Path()]
		if a == machine {
			return next(c)
		}
		pending, err := s.recognise(c, a)
		if err != nil && (a != public || rugzak.CodeOf(err) != rugzak.CodeSignIn) {
			return err
		}
		if pending {
			return s.redirect(c, pathFactors)
		}
		if r, ok := restrictions[a]; ok && !r.allows(s.by(c)) {
			return rugzak.Forbidden(r.refusal)
		}
		return s.limited(c, next)
	}
}
