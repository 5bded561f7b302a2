// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/rugzak"
)

// MinePage is a person's own backpack. Only they see it.
type MinePage struct {
	Page
	View backpack.MineView
	Due  []DueItem
	// Steps are the small steps the reader promised.
	Steps []PromiseItem
	Kept  []KeptItem
	// Care is what facilitators ask about the reader's entries.
	Care []backpack.CareAsk
	// Parts lead to what is shown the beginning of, where there is more.
	Parts MinePartLinks
	// Later says that this is a page of older entries, which holds nothing else.
	Later   bool
	Pager   Pager
	NoKept  Empty
	NoWrote Empty
}

// MinePartLinks are the addresses of the parts that go on; empty for those that
// do not.
type MinePartLinks struct{ Kept, Applied, Drafts, Balls string }

// KeptItem is something that was taken along, as the own backpack shows it.
type KeptItem struct {
	backpack.KeptCard
	CanApply bool
	Return   LocalPath
}

// DueItem asks whether something that was taken along was used.
type DueItem struct {
	backpack.DueKeep
	Return LocalPath
}

// PromiseItem is a promised step. Settle is where the reader says that it is
// done; empty where that is said elsewhere.
type PromiseItem struct {
	backpack.Promise
	Settle string
	Key    string // makes ids
	Return LocalPath
}

func promiseItems(page Page, all []backpack.Promise) []PromiseItem {
	var out []PromiseItem
	for _, p := range all {
		item := PromiseItem{Promise: p, Return: page.Return}
		if kind, id := p.Of.Split(); p.Own {
			item.Settle, item.Key = at(pathPromise, subjectWords[kind], id), string(kind)+"-"+id
		}
		out = append(out, item)
	}
	return out
}

// MinePartPage is a page of one part of a person's own backpack.
type MinePartPage struct {
	Page
	Part    backpack.MinePart
	View    backpack.MinePage
	Kept    []KeptItem
	Later   bool
	Pager   Pager
	Nothing Empty
}

func minePages() []pageDef {
	return []pageDef{{"mine/index", MinePage{}}, {"mine/part", MinePartPage{}}}
}

func (s *Server) mineRoutes() []route {
	rows := []route{{http.MethodGet, pathMine, person, s.showMine}}
	for _, part := range backpack.MineParts() {
		rows = append(rows, route{http.MethodGet, minePartPaths[part], person, func(c echo.Context) error { return s.showMinePart(c, part) }})
	}
	return rows
}

var minePartPaths = map[backpack.MinePart]string{
	backpack.MineKept: pathMineKept, backpack.MineApplied: pathMineApplied,
	backpack.MineDrafts: pathMineDrafts, backpack.MineBalls: pathMineBalls,
}

func (s *Server) showMine(c echo.Context) error {
	after := s.placeIn(c)
	view, err := s.Service.Mine(c.Request().Context(), s.by(c), after)
	if err != nil {
		return err
	}
	var care []backpack.CareAsk
	if after == "" {
		if care, err = s.Service.CareForMe(c.Request().Context(), s.by(c)); err != nil {
			return err
		}
	}
	page := MinePage{
		Care: care,
		Page: s.page(c, "nav.mine"), View: view, Later: after != "",
		NoKept: nothingKept(),
		NoWrote: Empty{
			Icon: "share", TitleKey: "mine.no_entries", TextKey: "mine.no_entries.text",
			ActionKey: "action.share_something", ActionPath: pathShare,
		},
	}
	page.Kept, page.Steps = keptItems(page.Page, view.Kept), promiseItems(page.Page, view.Promises)
	for _, due := range view.Due {
		page.Due = append(page.Due, DueItem{DueKeep: due, Return: page.Return})
	}
	for part, to := range map[backpack.MinePart]*string{
		backpack.MineKept: &page.Parts.Kept, backpack.MineApplied: &page.Parts.Applied,
		backpack.MineDrafts: &page.Parts.Drafts, backpack.MineBalls: &page.Parts.Balls,
	} {
		if view.More[part] {
			*to = minePartPaths[part]
		}
	}
	if view.Next != "" {
		page.Pager.Next = pathMine + "?na=" + s.sealer.close(sealMark, string(view.Next))
	}
	return s.render(c, http.StatusOK, page)
}

func nothingKept() Empty {
	return Empty{
		Icon: "keep", TitleKey: "mine.no_kept", TextKey: "mine.no_kept.text",
		ActionKey: "mine.no_kept.action", ActionPath: pathSearch,
	}
}

func keptItems(page Page, kept []backpack.KeptCard) []KeptItem {
	var out []KeptItem
	for _, k := range kept {
		out = append(out, KeptItem{KeptCard: k, CanApply: page.Can.Post && k.Kind != rugzak.KindQuestion, Return: page.Return})
	}
	return out
}

func (s *Server) showMinePart(c echo.Context, part backpack.MinePart) error {
	after := s.placeIn(c)
	view, err := s.Service.MinePart(c.Request().Context(), s.by(c), part, after)
	if err != nil {
		return err
	}
	title := map[backpack.MinePart]string{
		backpack.MineKept: "mine.kept", backpack.MineApplied: "bag.applied", backpack.MineDrafts: "mine.drafts",
	}[part]
	args := []any{}
	if part == backpack.MineBalls {
		title, args = "bag.balls", []any{view.Organisation.Name}
	}
	page := MinePartPage{Page: s.page(c, title, args...), Part: part, View: view, Later: after != ""}
	page.Crumbs = []Crumb{{pathMine, s.printer(c).T("nav.mine")}}
	page.Kept = keptItems(page.Page, view.Kept)
	switch part {
	case backpack.MineKept:
		page.Nothing = nothingKept()
	case backpack.MineApplied:
		page.Nothing = Empty{Icon: "application", TitleKey: "bag.applied.none", TextKey: "bag.applied.none.text", ActionKey: "empty.lesson", ActionPath: pathSearch}
	case backpack.MineDrafts:
		page.Nothing = Empty{
			Icon: "edit", TitleKey: "bag.drafts.none", TextKey: "bag.drafts.none.text",
			ActionKey: "action.share_something", ActionPath: pathShare,
		}
	case backpack.MineBalls:
		page.Nothing = Empty{Icon: "check", TitleKey: "bag.balls.none", TextKey: "bag.balls.none.text", ActionKey: "empty.questions", ActionPath: pathQuestions}
	}
	if view.Next != "" {
		page.Pager.Next = minePartPaths[part] + "?na=" + s.sealer.close(sealMark, string(view.Next))
	}
	return s.render(c, http.StatusOK, page)
}
