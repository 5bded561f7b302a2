// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// PartnersPage asks an author, after everything else was found right, whether
// the organisations that would newly read an entry may.
type PartnersPage struct {
	Page
	Sure Sure
	// Action is where the answer goes, with all of Hidden.
	Action string
	Hidden []HiddenField
	// Do is the button that leads here; it is pressed again.
	Do       string
	Entry    string // its title
	Lang     rugzak.Lang
	Findings Findings
	// Back leads back without the form; empty when going back keeps what was
	// typed.
	Back string
}

// Sure is the question itself.
type Sure struct {
	// Names of the organisations, as in a list of them.
	Names []string
	IDs   []rugzak.OrganisationID
}

// doBack goes back from the question to the form, with everything typed.
const doBack = "back"

// unconfirmed finds the question in an error; ok is false when there is none.
func unconfirmed(p *locale.Printer, err error) (sure Sure, ok bool) {
	u, ok := errors.AsType[*backpack.Unconfirmed](err)
	if !ok {
		return Sure{}, false
	}
	for _, o := range u.Organisations {
		if o.ID == rugzak.WholeMunicipality {
			o.Name = p.T("audience.internal")
		}
		sure.Names, sure.IDs = append(sure.Names, o.Name), append(sure.IDs, o.ID)
	}
	return sure, true
}

// askPartners shows the question about a form that was sent.
func (s *Server) askPartners(c echo.Context, w writing, sure Sure) error {
	page := PartnersPage{
		Page: s.page(c, "confirm.title"), Sure: sure, Action: pathEntryNew, Do: w.form.Value("do"),
		Entry: w.in.Title, Lang: w.in.Lang,
	}
	var err error
	if page.Findings, err = s.findings(c, w.in); err != nil {
		return err
	}
	switch {
	case w.form.Value("form") == formApply && w.in.Application != nil:
		page.Action = at(pathEntryApply, string(w.in.Application.Lesson))
	case answersRound(w.form):
		_, id := w.in.Occasion.Occasion()
		page.Action = at(pathRoundAnswer, id)
	case w.form.Value("form") == formQuick && w.in.Kind == rugzak.KindQuestion:
		page.Action = pathAsk
	case w.form.Value("form") == formQuick:
		page.Action = pathShare
	case w.now != nil:
		page.Action = at(pathEntryEdit, string(w.id))
	}
	page.Hidden = hiddenFields(w.form, "do", "confirmed")
	return s.render(c, http.StatusOK, page)
}

// hiddenFields carry what was typed in a form to the next page, without some.
func hiddenFields(f *Form, without ...string) (out []HiddenField) {
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		if slices.Contains(without, name) {
			continue
		}
		for _, value := range f.values[name] {
			out = append(out, HiddenField{name, value})
		}
	}
	return out
}
