// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"slices"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// MethodPart is what the page of a method has beside that of any entry.
type MethodPart struct {
	ID     rugzak.EntryID
	Lang   rugzak.Lang
	Method *rugzak.MethodData
	Use    backpack.MethodUse
	// Differs: the minutes of the steps do not add up to its duration.
	Differs bool
	// CanAdapt: the reader may make a version of their own.
	CanAdapt bool
}

// addMethod fills the part of a method. What it lists, the page does not list
// again among what belongs to the entry.
func (s *Server) addMethod(c echo.Context, page *EntryPage) error {
	e := page.View.Entry
	if e.Method == nil {
		return nil
	}
	use, err := s.Service.MethodUse(c.Request().Context(), s.by(c), e.ID)
	if err != nil {
		return err
	}
	page.Method = &MethodPart{
		ID: e.ID, Lang: e.Lang, Method: e.Method, Use: use, Differs: e.Method.StepsDiffer(),
		CanAdapt: rugzak.CanPost(s.by(c)) && e.State.Public(),
	}
	page.View.Related = slices.DeleteFunc(slices.Clone(page.View.Related), func(r backpack.RelatedEntry) bool {
		return r.Inverse && (r.Type == rugzak.Applies || r.Type == rugzak.BuildsOn && r.Card.Kind == rugzak.KindMethod) && r.Card.State.Public()
	})
	return nil
}

// paramVersionOf names the method a new one begins with.
const paramVersionOf = "versie"

// beginAsVersion lets a new method begin as another one that the writer may read: a
// version of their own, which says what it builds on.
func (s *Server) beginAsVersion(c echo.Context, w *writing, id string) error {
	if id == "" || w.in.Kind != rugzak.KindMethod {
		return nil
	}
	ctx, by := c.Request().Context(), s.by(c)
	v, err := s.Service.Read(ctx, by, rugzak.EntryID(id))
	if err != nil {
		return err
	}
	choices, err := s.Service.FormChoices(ctx, by)
	if err != nil {
		return err
	}
	e := v.Entry
	if e.Kind != rugzak.KindMethod || !e.State.Public() {
		return rugzak.NotFound()
	}
	p := s.Catalogue.Printer(string(e.Lang))
	title := p.T("method.version_title", e.Title, choices.Organisation.Name)
	if len([]rune(title)) > rugzak.MaxTitle {
		title = e.Title
	}
	w.in.Lang, w.in.Title, w.in.Lesson, w.in.Body, w.in.Tags = e.Lang, title, e.Lesson, e.Body, e.Tags
	method := *e.Method
	method.Steps = slices.Clone(method.Steps)
	w.in.Method = &method
	w.in.Relations = []rugzak.Relation{{Type: rugzak.BuildsOn, To: e.ID}}
	if v.Audience.Level != rugzak.LevelInternal { // no copy goes further than the first by itself
		w.in.Audience.Level = rugzak.LevelOrganisation
		if slices.Contains(choices.Audience.Levels, rugzak.LevelTeam) {
			w.in.Audience.Level = rugzak.LevelTeam
		}
	}
	return nil
}
