// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// ProposalsPage shows what may belong in a theme.
type ProposalsPage struct {
	Page
	Theme   rugzak.Theme
	Rows    []TriageRow
	Refused []backpack.RefusedCard
	Behind  bool
	Bare    bool
	Empty   Empty
}

// InboxPage shows what is in no theme yet.
type InboxPage struct {
	Page
	Form    *Form
	Rows    []TriageRow
	Refused []backpack.RefusedCard
	First   bool
	Next    string
	Here    string // address of this page
	Empty   Empty
}

// TriageRow is an entry about which a curator chooses.
type TriageRow struct {
	backpack.Card
	Why   backpack.Reasons
	Words string // of the reasons, as a sentence names them
	// Like is how many entries of the theme that is suggested are about the same.
	Like    int
	Choices []Option
	Themes  []Option // into which it can go; none when that is known
	Error   string
}

func proposalPages() []pageDef {
	return []pageDef{{"desk/proposals", ProposalsPage{}}, {"desk/inbox", InboxPage{}}}
}

func (s *Server) proposalRoutes() []route {
	return []route{
		{http.MethodGet, pathInbox, curate, s.showInbox},
		{http.MethodPost, pathInbox, curate, s.decideInbox},
		{http.MethodGet, pathProposals, curate, s.showProposals},
		{http.MethodPost, pathProposals, curate, s.decideProposals},
	}
}

// The fields of a row are these with its id.
const (
	fieldChoice = "keuze-"
	fieldInto   = "thema-"
	fieldRest   = "rest" // what is done with the entries about which nothing is chosen
)

// choices are what can be done with an entry; doing nothing comes last.
func (s *Server) choices(c echo.Context, id rugzak.EntryID, chosen string) []Option {
	p := s.printer(c)
	var out []Option
	for _, choice := range append(backpack.Choices(), "") {
		key := "triage." + string(choice)
		if choice == "" {
			key = "triage.open"
		}
		out = append(out, Option{ID: fieldChoice + string(id) + "-" + string(choice), Value: string(choice), Label: p.T(key), Chosen: string(choice) == chosen})
	}
	return out
}

func (s *Server) showProposals(c echo.Context) error {
	id := rugzak.ThemeID(c.Param("id"))
	found, err := s.Service.Proposals(c.Request().Context(), s.by(c), id, s.after(c))
	if err != nil {
		return err
	}
	p := s.printer(c)
	page := ProposalsPage{
		Page: s.deskPage(c, "proposals.for", found.Theme.Title), Theme: found.Theme, Refused: found.Refused, Behind: found.Behind, Bare: found.Bare,
		Empty: Empty{Icon: "theme", TitleKey: "proposals.none", TextKey: "proposals.none.text", ActionKey: "theme.add.title", ActionPath: at(pathThemeAdd, string(id))},
	}
	page.Crumbs = append(page.Crumbs, Crumb{themePath(id), found.Theme.Title})
	page.Title = p.T("proposals.title")
	page.Window = found.Theme.Title
	for _, card := range found.Cards {
		page.Rows = append(page.Rows, TriageRow{Card: card.Card, Why: card.Why, Words: quoted(p, card.Why.Words), Choices: s.choices(c, card.ID, "")})
	}
	return s.render(c, http.StatusOK, page)
}

func (s *Server) decideProposals(c echo.Context) error {
	id := rugzak.ThemeID(c.Param("id"))
	_, chosen, err := s.readChoices(c, func(*Form, rugzak.EntryID) rugzak.ThemeID { return id })
	if err != nil {
		return err
	}
	return s.decided(c, chosen, LocalPath(at(pathProposals, string(id))))
}

// readChoices reads the choices about the entries a form names.
func (s *Server) readChoices(c echo.Context, into func(*Form, rugzak.EntryID) rugzak.ThemeID) (*Form, []backpack.Decision, error) {
	form, err := s.readForm(c, "entry")
	if err != nil {
		return nil, nil, err
	}
	entries := form.All("entry")
	if len(entries) > backpack.MaxDecisions {
		return nil, nil, malformed(nil)
	}
	names := []string{"entry", "return", fieldRest}
	for _, id := range entries {
		names = append(names, fieldChoice+id, fieldInto+id)
	}
	if form, err = s.readForm(c, names...); err != nil {
		return nil, nil, err
	}
	var chosen []backpack.Decision
	for _, id := range entries {
		choice := form.Value(fieldChoice + id)
		if choice == "" && form.Value(fieldRest) != string(backpack.ChooseAdd) {
			choice = form.Value(fieldRest)
		}
		if choice == "" {
			continue
		}
		entry := rugzak.EntryID(id)
		chosen = append(chosen, backpack.Decision{Entry: entry, Theme: into(form, entry), Choice: backpack.Choice(choice)})
	}
	return form, chosen, nil
}

// decided does what was chosen, and says so.
func (s *Server) decided(c echo.Context, chosen []backpack.Decision, back LocalPath) error {
	done, err := s.Service.Triage(c.Request().Context(), s.by(c), chosen)
	if err != nil {
		return err
	}
	s.wrote(c, done.Position)
	switch {
	case done.Left > 0:
		s.notify(c, "notice.triage_left", "")
	case done.Any():
		s.notify(c, "notice.triage_done", "")
	default:
		s.notify(c, "notice.triage_nothing", "")
	}
	return s.redirect(c, back)
}

func (s *Server) showInbox(c echo.Context) error {
	return s.renderInbox(c, http.StatusOK, s.newForm(c))
}

func (s *Server) renderInbox(c echo.Context, status int, form *Form) error {
	after := s.placeIn(c)
	found, err := s.Service.Inbox(c.Request().Context(), s.by(c), after)
	if err != nil {
		return err
	}
	page := InboxPage{
		Page: s.deskPage(c, "inbox.title"), Form: form, Refused: found.Refused, First: after == "", Here: pathInbox,
		Empty: Empty{Icon: "check", TitleKey: "inbox.none", TextKey: "inbox.none.text"},
	}
	if after != "" {
		page.Here = inboxAddress(c.QueryParam("na"))
	}
	if found.Next != "" {
		page.Next = inboxAddress(s.sealer.close(sealMark, string(found.Next)))
	}
	for _, card := range found.Cards {
		into := form.Value(fieldInto + string(card.ID))
		if !form.Has("entry", string(card.ID)) {
			into = string(card.Maybe)
		}
		page.Rows = append(page.Rows, TriageRow{
			Card: card.Card, Why: backpack.Reasons{Words: card.Words}, Words: quoted(s.printer(c), card.Words), Like: card.Like,
			Choices: s.choices(c, card.ID, form.Value(fieldChoice+string(card.ID))), Themes: s.themeOptions(c, found.Themes, into),
			Error: form.Error(fieldInto + string(card.ID)),
		})
	}
	return s.render(c, status, page)
}

// quoted names words in a sentence.
func quoted(p *locale.Printer, words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = p.T("proposals.quoted", w)
	}
	return wordList(p, out)
}

func inboxAddress(sealed string) string { return pathInbox + "?" + url.Values{"na": {sealed}}.Encode() }

// themeOptions are the themes an entry can go into.
func (s *Server) themeOptions(c echo.Context, themes []rugzak.Theme, chosen string) []Option {
	out := []Option{{Label: s.printer(c).T("inbox.choose")}}
	for _, t := range themes {
		out = append(out, Option{Value: string(t.ID), Label: t.Title, Chosen: string(t.ID) == chosen})
	}
	return out
}

func (s *Server) decideInbox(c echo.Context) error {
	form, chosen, err := s.readChoices(c, func(f *Form, id rugzak.EntryID) rugzak.ThemeID {
		if f.Value(fieldChoice+string(id)) != string(backpack.ChooseAdd) {
			return "" // it is refused for the inbox
		}
		return rugzak.ThemeID(f.Value(fieldInto + string(id)))
	})
	if err != nil {
		return err
	}
	for _, d := range chosen {
		if d.Choice == backpack.ChooseAdd && d.Theme == "" {
			form.Errors = append(form.Errors, FieldMessage{fieldInto + string(d.Entry), s.printer(c).T("inbox.choose.first")})
		}
	}
	if form.Failed() {
		return s.renderInbox(c, http.StatusUnprocessableEntity, form)
	}
	return s.decided(c, chosen, pathInbox)
}
