// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// KindPage lets a writer choose a kind.
type KindPage struct {
	Page
	Kinds []rugzak.Kind
	// Lesson is what an application would apply; may be empty.
	Lesson string
}

func writePages() []pageDef {
	return []pageDef{
		{"write/kind", KindPage{}},
		{"write/form", EntryFormPage{}},
		{"write/quick", QuickPage{}},
		{"write/conflict", ConflictPage{}},
		{"write/audience", AudiencePage{}},
		{"write/confirm", ConfirmPage{}},
		{"write/partners", PartnersPage{}},
	}
}

func (s *Server) writeRoutes() []route {
	return []route{
		{http.MethodGet, pathShare, person, s.showShare},
		{http.MethodPost, pathShare, person, s.sendQuick},
		{http.MethodGet, pathAsk, person, s.showAsk},
		{http.MethodPost, pathAsk, person, s.sendQuick},
		{http.MethodGet, pathEntryNew, person, s.showNew},
		{http.MethodPost, pathEntryNew, person, s.sendNew},
		{http.MethodPost, pathEntryPreview, person, s.previewText},
		{http.MethodPost, pathEntryCheck, person, s.checkText},
		{http.MethodGet, pathEntryEdit, person, s.showEdit},
		{http.MethodPost, pathEntryEdit, person, s.sendEdit},
		{http.MethodPost, pathEntryDraft, person, s.autosave},
		{http.MethodGet, pathEntryAudience, person, s.showAudience},
		{http.MethodPost, pathEntryAudience, person, s.changeAudience},
		{http.MethodGet, pathEntryWithdraw, person, s.confirmWithdraw},
		{http.MethodPost, pathEntryWithdraw, person, s.withdraw},
		{http.MethodPost, pathEntryPutBack, person, s.putBack},
		{http.MethodGet, pathEntryDelete, person, s.confirmDelete},
		{http.MethodPost, pathEntryDelete, person, s.deleteDraft},
	}
}

// The buttons of the forms.
const (
	doShare   = "share"
	doDraft   = "draft"
	doSave    = "save"    // a new revision of what is shared
	doPreview = "preview" // show the text; nothing is stored
	doEdit    = "edit"    // show the full form; nothing is stored
	doAttach  = "attach"  // store a draft, and go on to its attachments
)

// showNew offers the kinds, or the form of one.
func (s *Server) showNew(c echo.Context) error {
	if !rugzak.CanPost(s.by(c)) {
		return rugzak.Forbidden("error.may_not_post")
	}
	kind, lesson := rugzak.Kind(c.QueryParam("soort")), c.QueryParam("les")
	if !kind.Valid() {
		return s.render(c, http.StatusOK, KindPage{Page: s.page(c, "write.kind.title"), Kinds: rugzak.Kinds(), Lesson: lesson})
	}
	w, err := s.freshWriting(c, kind)
	if err != nil {
		return err
	}
	w.in.Body = s.headings(w.in.Lang, kind)
	choices, err := s.Service.AudienceChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	w.in.Audience.Level = defaultLevel(kind, choices)
	if kind == rugzak.KindApplication {
		id, _ := entryIDIn(lesson)
		w.in.Application = &rugzak.ApplicationData{Lesson: id}
	}
	if kind == rugzak.KindQuestion {
		w.in.Question = &rugzak.QuestionData{Size: rugzak.SizeLearning, State: rugzak.QuestionOpen}
	}
	if err := s.beginAsVersion(c, &w, c.QueryParam(paramVersionOf)); err != nil {
		return err
	}
	s.entryForm(w.form, w.id, 0, w.in)
	return s.renderForm(c, http.StatusOK, w)
}

// freshWriting is an empty form of a kind, in the language of the interface.
func (s *Server) freshWriting(c echo.Context, kind rugzak.Kind) (writing, error) {
	id, err := s.Service.NewID(c.Request().Context(), s.by(c))
	return writing{form: s.newForm(c), id: id, in: backpack.Input{Kind: kind, Lang: s.lang(c), Mode: rugzak.ByName}}, err
}

// headings is the text a kind begins with: its prompts, to write beneath.
func (s *Server) headings(lang rugzak.Lang, kind rugzak.Kind) string {
	p := s.Catalogue.Printer(string(lang))
	var b strings.Builder
	for _, prompt := range kind.Prompts() {
		b.WriteString("## " + p.T(prompt.Key()) + "\n\n\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (s *Server) sendNew(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	return s.send(c, writing{form: form, id: rugzak.EntryID(form.Value("id")), base: form.Int("base")})
}

func (s *Server) showEdit(c echo.Context) error {
	v, err := s.mine(c)
	if err != nil {
		return err
	}
	w := writing{form: s.newForm(c), id: v.Entry.ID, base: v.Entry.Version, in: s.Service.InputOf(v.Entry), now: v}
	choices, err := s.Service.FormChoices(c.Request().Context(), s.by(c))
	if err != nil {
		return err
	}
	w.in.ThemesShown = shownThemes(w.in.Themes, choices)
	if v.Entry.State == rugzak.StateDraft && v.Entry.Occasion != "" {
		w.form.Set("occasion", string(v.Entry.Occasion)).Set("taking")
		if !v.Entry.HideTaking {
			w.form.Set("taking", "yes")
		}
	}
	s.entryForm(w.form, w.id, w.base, w.in)
	return s.renderForm(c, http.StatusOK, w)
}

// shownThemes are the ticked themes that the form can show: only those can be
// unticked in it.
func shownThemes(ticked []rugzak.ThemeID, c backpack.FormChoices) []rugzak.ThemeID {
	var out []rugzak.ThemeID
	for _, t := range c.Themes {
		for _, id := range ticked {
			if id == t.ID {
				out = append(out, id)
			}
		}
	}
	return out
}

// shownInDraft brings the list of themes that were ticked up to date for a form
// that was saved since it was shown. Nobody but its author changes a draft.
func (s *Server) shownInDraft(ctx context.Context, by rugzak.Person, w *writing) error {
	v, err := s.Service.Read(ctx, by, w.id)
	if rugzak.CodeOf(err) == rugzak.CodeNotFound || err == nil && v.Entry.State != rugzak.StateDraft {
		return nil
	}
	w.in.ThemesShown = nil
	for _, t := range v.Themes {
		if !t.Closed {
			w.in.ThemesShown = append(w.in.ThemesShown, t.ID)
		}
	}
	return err
}

// mine is the entry of the address, for its authors only.
func (s *Server) mine(c echo.Context) (*backpack.EntryView, error) {
	v, err := s.Service.Read(c.Request().Context(), s.by(c), rugzak.EntryID(c.Param("id")))
	if err != nil {
		return nil, err
	}
	if !v.Mine {
		return nil, rugzak.Forbidden("error.author_only")
	}
	return &v, nil
}

func (s *Server) sendEdit(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return err
	}
	w := writing{form: form, id: rugzak.EntryID(c.Param("id")), base: form.Int("base")}
	v, err := s.mine(c)
	switch {
	case rugzak.CodeOf(err) == rugzak.CodeNotFound && w.base > 0 && form.Value("body")+form.Value("title") != "":
		return s.showGone(c, w)
	case err != nil:
		return err
	}
	w.now = v
	return s.send(c, w)
}

// send does what the pressed button says with the full form.
func (s *Server) send(c echo.Context, w writing) error {
	var problems error
	w.in, problems = entryInput(w.form)
	if !w.in.Kind.Valid() {
		return malformed(nil)
	}
	switch do := w.form.Value("do"); {
	case do == doPreview || do == doEdit || do == doBack:
		return s.renderForm(c, http.StatusOK, w)
	case problems != nil:
		return s.renderForm(c, w.form.Refuse(problems), w)
	case do != doDraft && w.in.Title == "": // shown in the form when something else is wrong
		w.in.Title = titleFrom(w.in.Body, w.in.Lesson)
		w.form.Set("title", w.in.Title)
	}
	return s.store(c, w, s.renderForm, nil)
}

// store writes what a form holds and shows what came of it. refused shows the
// form again; place, when there is one, says beside which field an error stands.
func (s *Server) store(c echo.Context, w writing, refused func(echo.Context, int, writing) error, place func(error) error) error {
	ctx, by, do := c.Request().Context(), s.by(c), w.form.Value("do")
	var saved backpack.Saved
	var err error
	notice := "notice.shared"
	if err := s.sayOfAttachments(c, w.form, w.id, false); err != nil {
		if status := w.form.Refuse(err); status != 0 {
			return refused(c, status, w)
		}
		return err
	}
	if do != doSave {
		if err := s.shownInDraft(ctx, by, &w); err != nil {
			return err
		}
	}
	switch do {
	case doDraft, doAttach:
		saved, err = s.Service.SaveDraft(ctx, by, w.id, w.base, w.in)
		notice = "notice.draft_saved"
	case doSave:
		saved, err = s.Service.Revise(ctx, by, w.id, w.base, w.in)
		notice = "notice.saved"
	default:
		saved, err = s.Service.Share(ctx, by, w.id, w.base, w.in)
	}
	if place != nil {
		err = place(err)
	}
	if sure, ask := unconfirmed(s.printer(c), err); ask {
		return s.askPartners(c, w, sure)
	}
	switch code := rugzak.CodeOf(err); {
	case code == rugzak.CodeConflict:
		return s.settle(c, w)
	case code == rugzak.CodeNotFound && w.base > 0:
		return s.showGone(c, w)
	case code == rugzak.CodeInvalid:
		return refused(c, w.form.Refuse(err), w)
	case err != nil:
		return err
	case do == doAttach:
		s.wrote(c, saved.Position)
		return s.redirect(c, LocalPath(at(pathAttachments, string(saved.Entry.ID))))
	case do != doDraft && do != doSave && !s.holds(saved.Entry, w.in):
		// This form was shared before, and the text in it was changed since.
		w.id = saved.Entry.ID
		return s.settle(c, w)
	}
	if saved.Entry.Method.StepsDiffer() {
		notice += "_steps"
	}
	switch {
	case notice != "notice.shared":
	case saved.Entry.Application != nil:
		notice = "notice.applied"
	case saved.Entry.Kind == rugzak.KindSuccess && saved.Entry.Together() < 2:
		notice = "notice.shared_alone"
	case saved.Entry.Kind == rugzak.KindInsight && backpack.UnderHeading(saved.Entry.Body, s.promptHeadings(saved.Entry.Lang, rugzak.KindInsight, "monday")...) == "":
		notice = "notice.shared_no_monday"
	}
	return s.wroteEntry(c, saved, notice)
}

// wroteEntry answers a write with the entry and a word about it.
func (s *Server) wroteEntry(c echo.Context, saved backpack.Saved, notice string) error {
	s.wrote(c, saved.Position)
	advised := rugzak.EntryID("") // what the notice leads to
	if strings.HasPrefix(notice, "notice.shared") || notice == "notice.saved" || notice == "notice.applied" {
		advice, err := s.Service.Advise(c.Request().Context(), s.by(c), saved.Entry.Body)
		if err == nil && len(advice) > 0 {
			advised = saved.Entry.ID
		}
	}
	s.notify(c, notice, advised)
	return s.redirect(c, LocalPath(entryPath(saved.Entry.ID)))
}

// renderForm shows the full form with everything that was typed.
func (s *Server) renderForm(c echo.Context, status int, w writing) error {
	page, err := s.entryFormPage(c, w)
	if err != nil {
		return err
	}
	if w.form.Value("do") == doPreview {
		page.Preview = &EntryPreview{}
		rendered, err := s.Service.Preview(c.Request().Context(), s.by(c), w.in.Body, w.in.Lang)
		switch {
		case rugzak.CodeOf(err) == rugzak.CodeInvalid:
			page.Preview.Problem = s.firstProblem(c, err)
		case err != nil:
			return err
		}
		page.Preview.HTML = rendered.HTML
		if page.Likes, err = s.Service.SimilarToDraft(c.Request().Context(), s.by(c), w.id, w.in); err != nil {
			return err
		}
	}
	return s.render(c, status, page)
}
