// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// TrailPart shows where a lesson was used, and how mature it is.
type TrailPart struct {
	backpack.Trail
	ID rugzak.EntryID
	// Shown: the entry is one that can be used.
	Shown    bool
	CanApply bool
	// Badge: the maturity is worth a word. Only an insight is called a loose
	// idea; of an experience nothing is said until others confirmed it.
	Badge bool
}

// KeepAsk asks whether somebody used what they took along.
type KeepAsk struct {
	Keep   rugzak.Keep
	Return string // where "not yet" leads
}

// TrailPage is the whole trail of a lesson.
type TrailPage struct {
	Page
	Trail TrailPart
	Entry rugzak.Entry
	Pager Pager
}

// How much of a trail is shown: on the lesson's page, and on its own.
const (
	trailShort = 5
	trailLong  = 25
)

func trailPages() []pageDef { return []pageDef{{"entry/trail", TrailPage{}}} }

func (s *Server) trailRoutes() []route {
	return []route{
		{http.MethodGet, pathEntryTrail, person, s.showTrail},
		{http.MethodPost, pathEntryAgreement, person, s.markAgreement},
		{http.MethodPost, pathEntryAgreedBy, curate, s.curateAgreement},
	}
}

// trailPart is the part of an entry's page about its use.
func (s *Server) trailPart(c echo.Context, v backpack.EntryView) (TrailPart, error) {
	part := TrailPart{ID: v.Entry.ID}
	if v.Entry.Kind == rugzak.KindQuestion || !v.Entry.State.Public() {
		return part, nil
	}
	trail, err := s.Service.Trail(c.Request().Context(), s.by(c), v.Entry.ID, 0, trailShort)
	return s.trailOf(c, v.Entry, trail), err
}

func (s *Server) trailOf(c echo.Context, e rugzak.Entry, t backpack.Trail) TrailPart {
	part := TrailPart{Trail: t, ID: e.ID, CanApply: rugzak.CanPost(s.by(c))}
	part.Shown = e.Kind != rugzak.KindApplication || t.Total > 0
	part.Badge = t.Matures && (e.Kind == rugzak.KindInsight || t.Growth.Maturity != rugzak.MaturityIdea)
	return part
}

func (s *Server) showTrail(c echo.Context) error {
	id := rugzak.EntryID(c.Param("id"))
	from, _ := strconv.Atoi(c.QueryParam("vanaf"))
	v, err := s.Service.Read(c.Request().Context(), s.by(c), id)
	if err != nil {
		return err
	}
	trail, err := s.Service.Trail(c.Request().Context(), s.by(c), id, from, trailLong)
	if err != nil {
		return err
	}
	page := TrailPage{Page: s.page(c, "trail.all"), Entry: v.Entry, Trail: s.trailOf(c, v.Entry, trail)}
	page.Crumbs = []Crumb{{entryPath(id), entryWords(s.printer(c), v.Entry)}}
	return s.render(c, http.StatusOK, page)
}

// markAgreement marks a lesson of one's own as a working agreement, or takes
// that back.
func (s *Server) markAgreement(c echo.Context) error { return s.agree(c, s.Service.MarkAgreement) }

// curateAgreement does the same for a curator.
func (s *Server) curateAgreement(c echo.Context) error { return s.agree(c, s.Service.CurateAgreement) }

func (s *Server) agree(c echo.Context, mark func(context.Context, rugzak.Person, rugzak.EntryID, bool) (rugzak.Position, error)) error {
	id := rugzak.EntryID(c.Param("id"))
	form, err := s.readForm(c, "agreed")
	if err != nil {
		return err
	}
	on := form.Has("agreed", "yes")
	pos, err := mark(c.Request().Context(), s.by(c), id, on)
	if err != nil {
		return err
	}
	s.wrote(c, pos)
	notice := "notice.agreement_off"
	if on {
		notice = "notice.agreement_on"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

// usedWords says whose lesson was used by whom, and how it went.
func usedWords(p *locale.Printer, u backpack.LessonUsed) string {
	by := u.Organisation.Name
	if by == "" {
		by = p.T("used.somebody")
	}
	key := "used.taken"
	if u.Mine {
		key = "used.mine"
	}
	return p.T(key, by, p.T("used.outcome."+string(u.Outcome)))
}

// promptHeadings are what may stand above the answer to a prompt of a kind: the words
// of the organisation, and those of the product, which older texts have.
func (s *Server) promptHeadings(lang rugzak.Lang, kind rugzak.Kind, name string) []string {
	for _, prompt := range kind.Prompts() {
		if prompt.Name == name {
			return []string{s.Catalogue.Printer(string(lang)).T(prompt.Key()), s.Catalogue.Product(string(lang), prompt.Key())}
		}
	}
	return nil
}

// messageHeadings are what may stand above the message to the first writer.
func (s *Server) messageHeadings(lang rugzak.Lang) []string {
	return s.promptHeadings(lang, rugzak.KindApplication, "message")
}
