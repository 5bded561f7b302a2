// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// EnrichPage lets a facilitator ask the author of an entry to add something.
type EnrichPage struct {
	Page
	Form    *Form
	Entry   backpack.EntryView
	Choices []Option
	// Asked: the reader asked already, and was not answered yet: no form.
	Asked bool
}

// ProposePage lets a facilitator lay another text before the author of an entry.
type ProposePage struct {
	Page
	Form     *Form
	Entry    backpack.EntryView
	Findings Findings
	Review   ReviewBox
	HTML     string // as it would look, when that was asked for
	// Moved: the author changed the text meanwhile.
	Moved bool
	// Asked: the reader proposed a text already, which was not answered yet: no
	// form.
	Asked bool
}

// ProposedPage shows the author what would change.
type ProposedPage struct {
	Page
	Form     *Form
	View     backpack.ProposedText
	Findings Findings
	Review   ReviewBox
}

// ReviewQueuePage lists what is past its date.
type ReviewQueuePage struct {
	Page
	Queue backpack.ReviewQueue
	Empty Empty
}

func carePages() []pageDef {
	return []pageDef{
		{"entry/enrich", EnrichPage{}}, {"entry/propose", ProposePage{}}, {"entry/proposed", ProposedPage{}},
		{"desk/review", ReviewQueuePage{}},
	}
}

func (s *Server) careRoutes() []route {
	return []route{
		{http.MethodGet, pathEnrich, curate, s.showEnrich},
		{http.MethodPost, pathEnrich, curate, s.askEnrich},
		{http.MethodPost, pathEnrichAnswer, person, s.answerEnrich},
		{http.MethodGet, pathPropose, curate, s.showPropose},
		{http.MethodPost, pathPropose, curate, s.proposeText},
		{http.MethodGet, pathProposed, person, s.showProposed},
		{http.MethodPost, pathProposed, person, s.answerText},
		{http.MethodGet, pathReviewQueue, curate, s.showReviewQueue},
		{http.MethodPost, pathReviewAsk, curate, s.askArchive},
		{http.MethodPost, pathReviewFor, curate, s.reviewFor},
	}
}

func (s *Server) showEnrich(c echo.Context) error {
	return s.renderEnrich(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderEnrich(c echo.Context, status int, form *Form) error {
	ctx, by, p, id := c.Request().Context(), s.by(c), s.printer(c), rugzak.EntryID(c.Param("id"))
	v, err := s.Service.Read(ctx, by, id)
	if err != nil {
		return err
	}
	points, err := s.Service.EnrichmentChoices(ctx, by, id)
	if err != nil {
		return err
	}
	page := EnrichPage{Page: s.page(c, "enrich.title"), Form: form, Entry: v}
	page.Asked = v.Care.Enriching == rugzak.WideningOpen && !form.Failed()
	page.Crumbs = []Crumb{{entryPath(id), entryWords(p, v.Entry)}}
	for _, point := range points {
		page.Choices = append(page.Choices, Option{Value: string(point), Label: p.T("enrich.point." + string(point))})
	}
	return s.render(c, status, page)
}

func (s *Server) askEnrich(c echo.Context) error {
	form, err := s.readForm(c, "points", "text")
	if err != nil {
		return err
	}
	id := rugzak.EntryID(c.Param("id"))
	err = s.Service.AskEnrichment(c.Request().Context(), s.by(c), id, valuesOf[rugzak.EnrichPoint](form, "points"), form.Value("text"))
	if status := form.Refuse(err); status != 0 {
		return s.renderEnrich(c, status, form)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.enrich_asked", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

func (s *Server) answerEnrich(c echo.Context) error {
	form, err := s.readForm(c, "do")
	if err != nil {
		return err
	}
	id, do := rugzak.EntryID(c.Param("id")), form.Value("do")
	if do != doYes && do != doNo {
		if _, err := s.mine(c); err != nil {
			return err
		}
		return malformed(nil)
	}
	if err := s.Service.AnswerEnrichment(c.Request().Context(), s.by(c), id, c.Param("request"), do == doYes); err != nil {
		return err
	}
	notice := "notice.enrich_no"
	if do == doYes {
		notice = "notice.enrich_yes"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

func (s *Server) showPropose(c echo.Context) error {
	v, err := s.Service.TextToPropose(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return err
	}
	form := s.newForm(c).Set("title", v.Input.Title).Set("lesson", v.Input.Lesson).Set("body", v.Input.Body).Set("base", strconv.Itoa(v.Base))
	return s.renderPropose(c, http.StatusOK, ProposePage{Form: form, Asked: v.Asked})
}

func proposalInput(f *Form) backpack.ProposalInput {
	return backpack.ProposalInput{
		Title: f.Value("title"), Lesson: f.Value("lesson"), Body: f.Value("body"), Why: f.Value("why"), Reviewed: f.Has("reviewed", "yes"),
	}
}

func (s *Server) renderPropose(c echo.Context, status int, page ProposePage) error {
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	v, err := s.Service.TextToPropose(ctx, by, id)
	if err != nil {
		return err
	}
	found, err := s.Service.ProposalFindings(ctx, by, id, proposalInput(page.Form))
	if err != nil {
		return err
	}
	page.Page, page.Entry, page.Findings = s.page(c, "propose.title"), v.Entry, withBoxes(found)
	page.Crumbs = []Crumb{{entryPath(id), entryWords(s.printer(c), v.Entry.Entry)}}
	page.Review = reviewBox(page.Form, page.Findings)
	return s.render(c, status, page)
}

func (s *Server) proposeText(c echo.Context) error {
	form, err := s.readForm(c, "title", "lesson", "body", "why", "base", "reviewed", "do")
	if err != nil {
		return err
	}
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))
	page := ProposePage{Form: form}
	if form.Value("do") == doPreview {
		v, err := s.Service.TextToPropose(ctx, by, id)
		if err != nil {
			return err
		}
		rendered, err := s.Service.Preview(ctx, by, form.Value("body"), v.Entry.Entry.Lang)
		if status := form.Refuse(err); status != 0 {
			return s.renderPropose(c, status, page)
		}
		if err != nil {
			return err
		}
		page.HTML = rendered.HTML
		return s.renderPropose(c, http.StatusOK, page)
	}
	err = s.Service.ProposeText(ctx, by, id, form.Int("base"), proposalInput(form))
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		now, err := s.Service.TextToPropose(ctx, by, id)
		if err != nil {
			return err
		}
		form.Refuse(rugzak.Conflict())
		form.Set("base", strconv.Itoa(now.Base))
		page.Moved = true
		return s.renderPropose(c, http.StatusConflict, page)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderPropose(c, status, page)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.text_asked", "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

// showProposed shows a proposal to the author; one that was answered, or is over,
// leads back to the entry.
func (s *Server) showProposed(c echo.Context) error {
	err := s.renderProposed(c, http.StatusOK, s.newForm(c))
	if rugzak.CodeOf(err) != rugzak.CodeNotFound {
		return err
	}
	v, failed := s.mine(c)
	if failed != nil {
		return err
	}
	s.notify(c, "notice.text_over", "")
	return s.redirect(c, LocalPath(entryPath(v.Entry.ID)))
}

func (s *Server) renderProposed(c echo.Context, status int, form *Form) error {
	id := rugzak.EntryID(c.Param("id"))
	v, err := s.Service.ProposedText(c.Request().Context(), s.by(c), id, c.Param("request"))
	if err != nil {
		return err
	}
	page := ProposedPage{Page: s.page(c, "proposed.title"), Form: form, View: v, Findings: withBoxes(v.Found)}
	page.Crumbs = []Crumb{{entryPath(id), entryWords(s.printer(c), v.Entry.Entry)}}
	page.Review = reviewBox(form, page.Findings)
	return s.render(c, status, page)
}

func (s *Server) answerText(c echo.Context) error {
	form, err := s.readForm(c, "do", "base", "reviewed")
	if err != nil {
		return err
	}
	id, do := rugzak.EntryID(c.Param("id")), form.Value("do")
	if do != doYes && do != doNo {
		if _, err := s.mine(c); err != nil {
			return err
		}
		return malformed(nil)
	}
	saved, err := s.Service.AnswerText(c.Request().Context(), s.by(c), id, c.Param("request"), do == doYes, form.Int("base"), form.Has("reviewed", "yes"))
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		form.Refuse(err)
		return s.renderProposed(c, http.StatusConflict, form)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderProposed(c, status, form)
	}
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	notice := "notice.text_no"
	if do == doYes {
		notice = "notice.text_yes"
	}
	s.notify(c, notice, "")
	return s.redirect(c, LocalPath(entryPath(id)))
}

func (s *Server) showReviewQueue(c echo.Context) error {
	q, err := s.Service.ReviewQueue(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, ReviewQueuePage{
		Page: s.deskPage(c, "reviewqueue.title"), Queue: q, Empty: Empty{Icon: "check", TitleKey: "reviewqueue.none", TextKey: "reviewqueue.none.text"},
	})
}

func (s *Server) askArchive(c echo.Context) error {
	if err := s.Service.AskArchive(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id"))); err != nil {
		return err
	}
	s.notify(c, "notice.archive_asked", "")
	return s.redirect(c, pathReviewQueue)
}

func (s *Server) reviewFor(c echo.Context) error {
	form, err := s.readForm(c, "keuze")
	if err != nil {
		return err
	}
	what := backpack.Review(form.Value("keuze"))
	saved, err := s.Service.ReviewFor(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")), what)
	if err != nil {
		return err
	}
	s.wrote(c, saved.Position)
	notice := "notice.review_kept"
	if what == backpack.ReviewArchive {
		notice = "notice.review_archived"
	}
	s.notify(c, notice, "")
	return s.redirect(c, pathReviewQueue)
}
