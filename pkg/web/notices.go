// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
)

// NoticesPage is what a person is told.
type NoticesPage struct {
	Page
	View  backpack.NoticePage
	Lines []NoticeRow
	// Asked are the requests to widen the audience of the person's entries.
	Asked []backpack.AskedWidening
	// Care is what facilitators ask about them.
	Care  []backpack.CareAsk
	Empty Empty
}

// NoticeRow is one line, which may stand for several notices, in words.
type NoticeRow struct {
	backpack.NoticeLine
	Text string
}

func noticePages() []pageDef {
	return []pageDef{{"notice/index", NoticesPage{}}}
}

func (s *Server) noticeRoutes() []route {
	return []route{
		{http.MethodGet, pathNotices, person, s.showNotices},
		{http.MethodPost, pathNoticesSeen, person, s.seenNotices},
		{http.MethodPost, pathNoticeRemove, person, s.removeNotice},
	}
}

// noticeRows puts notices in words. Several of one kind have a sentence that
// counts them, or are said to be several. A kind this version does not know has
// no sentence: another version wrote it.
func (s *Server) noticeRows(c echo.Context, lines []backpack.NoticeLine) (out []NoticeRow) {
	p := s.printer(c)
	for _, l := range lines {
		several := "notice_items." + string(l.Notice.Kind)
		switch {
		case len(l.Who) > 0:
			out = append(out, NoticeRow{l, thankedBy(p, l)})
		case l.Used != nil:
			out = append(out, NoticeRow{l, usedWords(p, *l.Used)})
		case l.Times > 1 && p.Has(several):
			out = append(out, NoticeRow{l, p.N(several, l.Times)})
		case l.Times > 1 && p.Has(l.Key()):
			out = append(out, NoticeRow{l, p.T(l.Key(), l.Args...) + " " + p.N("notices.times", l.Times)})
		case p.Has(l.Key()):
			out = append(out, NoticeRow{l, p.T(l.Key(), l.Args...)})
		}
	}
	return out
}

// thankedBy says who thanks, without a number.
func thankedBy(p *locale.Printer, l backpack.NoticeLine) string {
	if len(l.Who) < l.Times {
		return p.T("notice_by.thanks_others", strings.Join(l.Who, ", "))
	}
	return p.T("notice_by.thanks", wordList(p, l.Who))
}

func (s *Server) showNotices(c echo.Context) error {
	view, err := s.Service.Notices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	view.FindMessages(s.messageHeadings)
	lines := s.noticeRows(c, view.Lines)
	asked, err := s.Service.WideningsForMe(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	care, err := s.Service.CareForMe(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, NoticesPage{
		Asked: asked, Care: care,
		Page: s.page(c, "notices.title"), View: view, Lines: lines,
		Empty: Empty{Icon: "info", TitleKey: "notices.none", TextKey: "notices.none.text", ActionKey: "empty.look", ActionPath: pathSearch},
	})
}

func (s *Server) seenNotices(c echo.Context) error {
	if err := s.Service.SeenNotices(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	return s.redirect(c, pathNotices)
}

func (s *Server) removeNotice(c echo.Context) error {
	if err := s.Service.RemoveNotice(c.Request().Context(), s.by(c), c.Param("id")); err != nil {
		return err
	}
	return s.redirect(c, pathNotices)
}
