// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// ThreadFormPage is where the common thread of a theme is written: for each
// question commentary, and beside it what is quoted.
type ThreadFormPage struct {
	Page
	Form     *Form
	Draft    backpack.ThreadDraft
	Intro    Field
	Rows     []ThreadRow
	Bound    []Option
	Findings Findings
	Review   ReviewBox
	Narrow   []backpack.NarrowSource
	// Words is how many words the commentary has, out of about Guide.
	Words, Guide int
	// View is the thread as it will look, when that was asked for.
	View *backpack.ThreadView
	// Now is what somebody else saved meanwhile; nil when nobody did.
	Now *backpack.ThreadView
}

// ThreadRow is the answer to one question.
type ThreadRow struct {
	Prompt string
	Text   Field
	Quotes []QuoteRow
}

// QuoteRow is one quote; the last one of a row is empty.
type QuoteRow struct {
	Number                 int
	Source, Text, Function Field
	Entry                  rugzak.EntryID // empty while none is chosen
	Filled, Open           bool
}

func threadPages() []pageDef {
	return []pageDef{{"thread/edit", ThreadFormPage{}}, {"thread/versions", ThreadVersionsPage{}}, {"thread/version", ThreadVersionPage{}}}
}

func (s *Server) threadRoutes() []route {
	return []route{
		{http.MethodGet, pathThread, curate, s.showThreadForm},
		{http.MethodPost, pathThread, curate, s.keepThread},
		{http.MethodPost, pathThreadConsent, curate, s.askConsent},
		{http.MethodGet, pathThreadVersions, person, s.showThreadVersions},
		{http.MethodGet, pathThreadVersion, person, s.showThreadVersion},
		{http.MethodPost, pathThreadPutBack, curate, s.putBackThread},
	}
}

// threadFields are the fields of the form.
func threadFields() []string {
	names := []string{"intro", "bound", "not_bsn", "reviewed", "base", "do"}
	for _, p := range rugzak.ThreadPrompts() {
		names = append(names, string(p))
		for i := range rugzak.MaxQuotes {
			names = append(names, quoteNames(p, i)...)
		}
	}
	return names
}

// quoteNames are the fields of the source, text and function of a quote.
func quoteNames(p rugzak.ThreadPrompt, i int) []string {
	return []string{fmt.Sprintf("%s_source_%d", p, i+1), fmt.Sprintf("%s_quote_%d", p, i+1), fmt.Sprintf("%s_function_%d", p, i+1)}
}

// closeUp moves the quotes of each question together, so that what is wrong
// with one stands beside it.
func closeUp(f *Form) {
	for _, p := range rugzak.ThreadPrompts() {
		next := 0
		for i := range rugzak.MaxQuotes {
			from, to := quoteNames(p, i), quoteNames(p, next)
			filled := false
			for _, name := range from {
				filled = filled || strings.TrimSpace(f.Value(name)) != ""
			}
			if !filled {
				continue
			}
			for j, name := range from {
				f.Set(to[j], f.Value(name))
			}
			next++
		}
		for ; next < rugzak.MaxQuotes; next++ {
			for _, name := range quoteNames(p, next) {
				f.Set(name, "")
			}
		}
	}
}

func threadInput(f *Form) backpack.ThreadInput {
	in := backpack.ThreadInput{Intro: f.Value("intro"), Bound: f.Has("bound", "yes"), NotBSN: f.All("not_bsn"), Reviewed: f.Has("reviewed", "yes")}
	for _, p := range rugzak.ThreadPrompts() {
		section := rugzak.ThreadSection{Prompt: p, Text: f.Value(string(p))}
		for i := range rugzak.MaxQuotes {
			n := quoteNames(p, i)
			section.Quotes = append(section.Quotes, rugzak.Quote{Entry: rugzak.EntryID(f.Value(n[0])), Text: f.Value(n[1]), Function: f.Value(n[2])})
		}
		in.Sections = append(in.Sections, section)
	}
	return in
}

func fillThread(f *Form, x rugzak.Thread) {
	f.Set("intro", x.Intro).Set("not_bsn", x.NotBSN...).Set("base", strconv.Itoa(x.Number))
	if x.Bound {
		f.Set("bound", "yes")
	}
	for _, section := range x.Sections {
		f.Set(string(section.Prompt), section.Text)
		for i, q := range section.Quotes {
			n := quoteNames(section.Prompt, i)
			f.Set(n[0], string(q.Entry)).Set(n[1], q.Text).Set(n[2], q.Function)
		}
	}
}

func (s *Server) showThreadForm(c echo.Context) error {
	d, err := s.Service.ThreadToWrite(c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id")))
	if err != nil {
		return err
	}
	form := s.newForm(c)
	fillThread(form, d.Thread)
	if entry := c.QueryParam(paramAdd); rugzak.ValidID(entry) { // somebody comes from its page to quote it
		quoteEntry(form, entry)
	}
	return s.renderThreadForm(c, http.StatusOK, ThreadFormPage{Form: form, Draft: d})
}

// quoteEntry puts an entry in the first free place beside the first question.
func quoteEntry(f *Form, id string) {
	for i := range rugzak.MaxQuotes {
		if name := quoteNames(rugzak.PromptSee, i)[0]; f.Value(name) == "" {
			f.Set(name, id)
			return
		}
	}
}

// keepThread saves the form of a thread, shows it as it will look, makes room
// for one quote more or less, or asks for consent: what was typed stays.
func (s *Server) keepThread(c echo.Context) error {
	form, err := s.readForm(c, threadFields()...)
	if err != nil {
		return err
	}
	closeUp(form)
	ctx, by, id := c.Request().Context(), s.by(c), rugzak.ThemeID(c.Param("id"))
	d, err := s.Service.ThreadToWrite(ctx, by, id)
	if err != nil {
		return err
	}
	page := ThreadFormPage{Form: form, Draft: d}
	do, what, _ := strings.Cut(form.Value("do"), "_")
	switch do {
	case doPreview:
		view, err := s.Service.PreviewThread(ctx, by, id, threadInput(form))
		if status := form.Refuse(err); status != 0 {
			return s.renderThreadForm(c, status, page)
		}
		page.View = &view
		if err != nil {
			return err
		}
		return s.renderThreadForm(c, http.StatusOK, page)
	case "more", doBack:
		return s.renderThreadForm(c, http.StatusOK, page)
	case "drop":
		prompt, number, _ := strings.Cut(what, "_")
		if i, err := strconv.Atoi(number); err == nil && i > 0 && i <= rugzak.MaxQuotes {
			for _, name := range quoteNames(rugzak.ThreadPrompt(prompt), i-1) {
				form.Set(name, "")
			}
			closeUp(form)
		}
		return s.renderThreadForm(c, http.StatusOK, page)
	case "ask":
		err := s.Service.AskConsent(ctx, by, id, rugzak.EntryID(what))
		if status := form.Refuse(err); status != 0 {
			return s.renderThreadForm(c, status, page)
		}
		if err != nil {
			return err
		}
		return s.renderThreadForm(c, http.StatusOK, page)
	}
	saved, err := s.Service.SaveThread(ctx, by, id, form.Int("base"), threadInput(form))
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		form.Refuse(err)
		form.Set("base", strconv.Itoa(saved.Number))
		now, err := s.Service.Thread(ctx, by, id)
		if err != nil {
			return err
		}
		page.Now = &now
		return s.renderThreadForm(c, http.StatusConflict, page)
	}
	if status := form.Refuse(err); status != 0 {
		return s.renderThreadForm(c, status, page)
	}
	if err != nil {
		return err
	}
	s.notify(c, "notice.thread_saved", "")
	return s.redirect(c, LocalPath(themePath(id)))
}

func (s *Server) renderThreadForm(c echo.Context, status int, page ThreadFormPage) error {
	ctx, by, p, in := c.Request().Context(), s.by(c), s.printer(c), threadInput(page.Form)
	t := page.Draft.Theme
	page.Page = s.page(c, "thread.write")
	page.Crumbs = []Crumb{{pathThemes, p.T("themes.title")}, {themePath(t.ID), t.Title}}
	found, err := s.Service.ThreadFindings(ctx, in)
	if err != nil {
		return err
	}
	page.Findings = withBoxes(found)
	page.Review = reviewBox(page.Form, page.Findings)
	if page.Narrow, err = s.Service.NarrowSources(ctx, by, t.ID, in); err != nil {
		return err
	}
	page.Words, page.Guide = backpack.ThreadWords(in), rugzak.ThreadWords
	page.Intro = page.Form.Field("intro", p.T("thread.intro")).WithHint(p.T("thread.intro.hint")).MayBeEmpty().Lines(3)
	page.Bound = []Option{{Value: "yes", Label: p.T("thread.bound"), Hint: p.T("thread.bound.hint")}}
	sources := []Option{{Label: p.T("thread.source.none")}}
	for _, e := range page.Draft.Sources {
		sources = append(sources, Option{Value: string(e.ID), Label: e.Title + " · " + e.Organisation, Lang: e.Lang})
	}
	for _, prompt := range rugzak.ThreadPrompts() {
		page.Rows = append(page.Rows, threadRow(page.Form, p.T, prompt, sources))
	}
	return s.render(c, status, page)
}

func threadRow(f *Form, say func(string, ...any) string, prompt rugzak.ThreadPrompt, sources []Option) ThreadRow {
	row := ThreadRow{Prompt: string(prompt)}
	row.Text = f.Field(row.Prompt, say("thread.prompt."+row.Prompt)).WithHint(say("thread.prompt." + row.Prompt + ".hint")).Lines(6)
	for i := range rugzak.MaxQuotes {
		n := quoteNames(prompt, i)
		q := QuoteRow{Number: i + 1, Entry: rugzak.EntryID(f.Value(n[0]))}
		q.Filled = f.Value(n[0])+f.Value(n[1])+f.Value(n[2]) != ""
		q.Source = f.Choices(n[0], say("thread.source"), "select", sources)
		q.Text = f.Field(n[1], say("thread.quote")).WithHint(say("thread.quote.hint")).Lines(3)
		if from := slices.IndexFunc(sources, func(o Option) bool { return o.Value != "" && o.Value == f.Value(n[0]) }); from >= 0 {
			q.Text = q.Text.In(string(sources[from].Lang))
		}
		q.Function = f.Field(n[2], say("thread.function")).WithHint(say("thread.function.hint")).MayBeEmpty()
		q.Open = f.Value("do") == "more_"+row.Prompt && !q.Filled
		row.Quotes = append(row.Quotes, q)
		if !q.Filled {
			break
		}
	}
	return row
}

// askConsent asks the author of a source, from the page of the theme.
func (s *Server) askConsent(c echo.Context) error {
	entry, err := s.entryField(c)
	if err != nil {
		return err
	}
	id := rugzak.ThemeID(c.Param("id"))
	if err := s.Service.AskConsent(c.Request().Context(), s.by(c), id, entry); err != nil {
		return err
	}
	s.notify(c, "notice.widening_asked", "")
	return s.redirect(c, LocalPath(themePath(id)))
}
