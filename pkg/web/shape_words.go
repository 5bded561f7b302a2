// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// WordingsPage is the form of the names of parts, or of the prompts of a kind.
type WordingsPage struct {
	Page
	Form   *Form
	Kind   rugzak.Kind // empty for the names of parts
	Action string
	Rows   []WordingRow
}

// WordingRow is a sentence in both languages, with what the product says.
type WordingRow struct {
	NL, EN Field
	// NowNL and NowEN are what somebody else saved meanwhile; empty otherwise.
	NowNL, NowEN string
	WasNL, WasEN string // what the form was made from
	Hint         bool   // it stands beneath a prompt
}

// wordingKeys are the sentences an address is about.
func wordingKeys(c echo.Context) (keys []string, kind rugzak.Kind, err error) {
	kind = rugzak.Kind(c.Param("kind"))
	switch {
	case kind == "":
		return rugzak.PartKeys(), kind, nil
	case !kind.Valid():
		return nil, kind, rugzak.NotFound()
	}
	return rugzak.PromptKeys(kind), kind, nil
}

// The names of the fields of a sentence: its key with the language, and with
// what the form was made from.
func nlField(key string) string { return key + ".nl" }
func enField(key string) string { return key + ".en" }
func wasField(f string) string  { return "was." + f }

func (s *Server) showWordings(c echo.Context) error {
	keys, kind, err := wordingKeys(c)
	if err != nil {
		return err
	}
	now, err := s.storedWordings(c)
	if err != nil {
		return err
	}
	form := s.newForm(c)
	for _, key := range keys {
		w := now[key]
		for field, text := range map[string]string{nlField(key): w.NL, enField(key): w.EN} {
			form.Set(field, text).Set(wasField(field), text)
		}
	}
	return s.renderWordings(c, http.StatusOK, keys, kind, form, nil)
}

// storedWordings are all sentences that were replaced, by key.
func (s *Server) storedWordings(c echo.Context) (map[string]rugzak.Wording, error) {
	_, all, err := s.Service.Wordings(c.Request().Context(), s.by(c), -1)
	out := map[string]rugzak.Wording{}
	for _, w := range all {
		out[w.Key] = w
	}
	return out, err
}

func (s *Server) saveWordings(c echo.Context) error {
	keys, kind, err := wordingKeys(c)
	if err != nil {
		return err
	}
	var fields []string
	for _, key := range keys {
		fields = append(fields, nlField(key), enField(key), wasField(nlField(key)), wasField(enField(key)))
	}
	form, err := s.readForm(c, fields...)
	if err != nil {
		return err
	}
	var was, wordings []rugzak.Wording
	for _, key := range keys {
		was = append(was, rugzak.Wording{Key: key, NL: form.Value(wasField(nlField(key))), EN: form.Value(wasField(enField(key)))})
		wordings = append(wordings, rugzak.Wording{Key: key, NL: form.Value(nlField(key)), EN: form.Value(enField(key))})
	}
	err = s.Service.SaveWordings(c.Request().Context(), s.by(c), keys, was, wordings)
	status := form.Refuse(err)
	for i, e := range form.Errors {
		if slices.Contains(keys, e.Field) {
			form.Errors[i].Field = nlField(e.Field)
		}
	}
	switch {
	case status == http.StatusConflict:
		now, err := s.storedWordings(c)
		if err != nil {
			return err
		}
		return s.renderWordings(c, status, keys, kind, form, now)
	case status != 0:
		return s.renderWordings(c, status, keys, kind, form, nil)
	case err != nil:
		return err
	}
	if err := s.refreshWordings(c.Request().Context(), s.by(c)); err != nil {
		return err
	}
	s.notify(c, "notice.saved", "")
	return s.redirect(c, localPathOr(c.Request().URL.Path, pathShape))
}

// renderWordings shows the form; now is what somebody else saved meanwhile.
func (s *Server) renderWordings(c echo.Context, status int, keys []string, kind rugzak.Kind, form *Form, now map[string]rugzak.Wording) error {
	p := s.printer(c)
	page := WordingsPage{Page: s.shapePage(c, "shape.names"), Form: form, Kind: kind, Action: pathPartNames}
	if kind != "" {
		page.Title, page.Action = p.T("shape.prompts.of", p.T("kind."+string(kind))), at(pathPrompts, string(kind))
	}
	for _, key := range keys {
		r := WordingRow{Hint: len(key) > 5 && key[len(key)-5:] == ".hint"}
		label := func(lang string) string { return p.T("shape.word."+lang, s.Catalogue.Product(lang, key)) }
		r.NL = form.Field(nlField(key), label("nl")).MayBeEmpty().In("nl")
		r.EN = form.Field(enField(key), label("en")).MayBeEmpty().In("en")
		r.WasNL, r.WasEN = form.Value(wasField(nlField(key))), form.Value(wasField(enField(key)))
		if now != nil {
			w := now[key]
			if w.NL != form.Value(nlField(key)) || w.EN != form.Value(enField(key)) {
				r.NowNL, r.NowEN = w.NL, w.EN
			}
			r.WasNL, r.WasEN = w.NL, w.EN
		}
		page.Rows = append(page.Rows, r)
	}
	return s.render(c, status, page)
}
