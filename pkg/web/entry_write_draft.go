// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// draftAnswer tells the script of a form what became of a draft it saved.
type draftAnswer struct {
	Version int    `json:"version,omitempty"`
	SavedAt string `json:"saved_at,omitempty"` // for programs
	Edit    string `json:"edit,omitempty"`     // where the draft can be taken up again
	// Message is for the writer: when it was saved, or why not.
	Message string         `json:"message"`
	Errors  []draftProblem `json:"errors,omitempty"`
}

type draftProblem struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// autosave keeps a draft while somebody types. It answers in JSON, also when
// it refuses; whoever is no longer signed in is led away, as everywhere.
func (s *Server) autosave(c echo.Context) error {
	form, err := s.readForm(c, entryFields()...)
	if err != nil {
		return s.refuseAutosave(c, form, err)
	}
	w := writing{form: form, id: rugzak.EntryID(c.Param("id")), base: form.Int("base")}
	var place func(error) error
	if shortForm(form) {
		w.in, place = s.quickInput(form)
	} else if w.in, err = entryInput(form); err != nil {
		return s.refuseAutosave(c, form, err)
	}
	if err := s.sayOfAttachments(c, form, w.id, true); err != nil {
		return s.refuseAutosave(c, form, err)
	}
	if err := s.shownInDraft(c.Request().Context(), s.by(c), &w); err != nil {
		return err
	}
	saved, err := s.Service.SaveDraft(c.Request().Context(), s.by(c), w.id, w.base, w.in)
	if rugzak.CodeOf(err) == rugzak.CodeConflict {
		// The answer to the last save got lost: what is stored is what is typed.
		v, readErr := s.Service.Read(c.Request().Context(), s.by(c), w.id)
		if readErr == nil && v.Entry.State == rugzak.StateDraft && s.holds(v.Entry, w.in) {
			saved.Entry, err = v.Entry, nil
		}
	}
	if err != nil {
		if place != nil {
			err = place(err)
		}
		return s.refuseAutosave(c, form, err)
	}
	s.wrote(c, saved.Position)
	at, p := saved.Entry.UpdatedAt, s.printer(c)
	return c.JSON(http.StatusOK, draftAnswer{
		Version: saved.Entry.Version, SavedAt: at.Format("2006-01-02T15:04:05Z07:00"),
		Edit: s.editPath(saved.Entry.ID), Message: p.T("write.state.saved", p.Clock(at)),
	})
}

func (s *Server) editPath(id rugzak.EntryID) string { return at(pathEntryEdit, string(id)) }

func (s *Server) refuseAutosave(c echo.Context, form *Form, err error) error {
	e, p := asError(err), s.printer(c)
	if e.Code == rugzak.CodeSignIn || e.Code == rugzak.CodeInternal {
		return err
	}
	answer := draftAnswer{Message: p.T(e.Key, e.Args...)}
	if e.Code == rugzak.CodeConflict || e.Code == rugzak.CodeNotFound {
		answer.Message = p.T("write.state.conflict")
	}
	for _, f := range e.Fields {
		answer.Errors = append(answer.Errors, draftProblem{f.Field, p.T(f.Key, f.Args...)})
	}
	if len(answer.Errors) > 0 {
		answer.Message = answer.Errors[0].Text
	}
	if e.Code == rugzak.CodeUnavailable {
		c.Response().Header().Set("Retry-After", retryAfter)
	}
	return c.JSON(status(e.Code), answer)
}

// previewText renders a text that is being written and stores nothing. It
// answers with a piece of a page, or with a sentence that says what is wrong.
func (s *Server) previewText(c echo.Context) error {
	form, err := s.readForm(c, "body", "lang")
	if err != nil {
		return err
	}
	rendered, err := s.Service.Preview(c.Request().Context(), s.by(c), form.Value("body"), rugzak.Lang(form.Value("lang")))
	if rugzak.CodeOf(err) == rugzak.CodeInvalid {
		return c.String(http.StatusUnprocessableEntity, s.firstProblem(c, err))
	}
	if err != nil {
		return err
	}
	return c.HTML(http.StatusOK, rendered.HTML)
}

// firstProblem is the first sentence of an error about fields.
func (s *Server) firstProblem(c echo.Context, err error) string {
	p := s.printer(c)
	if e, ok := errors.AsType[*rugzak.Error](err); ok && len(e.Fields) > 0 {
		return p.T(e.Fields[0].Key, e.Fields[0].Args...)
	}
	return p.T("error.check_form")
}
