// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// WooFile writes a selection for a request under the Woo: entries one by one,
// and what stands at its end at Close.
type WooFile interface {
	Entry(e rugzak.WooEntry) error
	Close() error
}

// WooPage chooses a selection, and says how much it holds.
type WooPage struct {
	Page
	Form   *Form
	Themes []Option
	// Counted is true when Count says something.
	Counted bool
	Count   backpack.WooCount
}

var wooFields = []string{"theme", "from", "to"}

func wooPages() []pageDef { return []pageDef{{"privacy/woo", WooPage{}}} }

func (s *Server) wooRoutes() []route {
	return []route{
		{http.MethodGet, pathWoo, handlePrivacy, s.showWoo},
		{http.MethodPost, pathWoo, handlePrivacy, s.exportWoo},
	}
}

func (s *Server) showWoo(c echo.Context) error {
	form := s.newForm(c)
	asked := false
	for _, name := range wooFields {
		form.Set(name, c.QueryParams()[name]...)
		asked = asked || c.QueryParams().Has(name)
	}
	return s.renderWoo(c, form, asked)
}

// renderWoo counts what is chosen, when something is.
func (s *Server) renderWoo(c echo.Context, form *Form, asked bool) error {
	ctx, by := c.Request().Context(), s.by(c)
	themes, err := s.Service.Themes(ctx, by)
	if err != nil {
		return err
	}
	page := WooPage{Page: s.page(c, "woo.title"), Form: form}
	for _, t := range themes {
		page.Themes = append(page.Themes, Option{Value: string(t.Theme.ID), Label: t.Theme.Title})
	}
	status := http.StatusOK
	if asked {
		page.Count, err = s.Service.WooPreview(ctx, by, wooSelection(form))
		if refused := form.Refuse(err); refused != 0 {
			status = refused
		} else if err != nil {
			return err
		}
		page.Counted = err == nil
	}
	return s.render(c, status, page)
}

func wooSelection(f *Form) rugzak.WooSelection {
	return rugzak.WooSelection{Themes: valuesOf[rugzak.ThemeID](f, "theme"), From: f.Value("from"), To: f.Value("to")}
}

func (s *Server) exportWoo(c echo.Context) error {
	form, err := s.readForm(c, wooFields...)
	if err != nil {
		return err
	}
	sel := wooSelection(form)
	if sel.Validate() != nil {
		return s.renderWoo(c, form, true)
	}
	ctx, by, words := c.Request().Context(), s.by(c), WooWords(s.printer(c))
	return s.download(c, fmt.Sprintf("woo-%s-%s.zip", sel.From, sel.To), typeZip, func(w io.Writer) error {
		var file WooFile
		err := s.Service.WooExport(ctx, by, sel, func(e rugzak.WooEntry) error {
			if file == nil { // the answer begins when nothing was refused
				file = s.Woo(w, words)
			}
			return file.Entry(e)
		})
		if err != nil {
			return err
		}
		if file == nil {
			file = s.Woo(w, words)
		}
		return file.Close()
	})
}

// WooWords are the words of the files of a selection in the language of a
// printer.
func WooWords(p *locale.Printer) rugzak.WooWords {
	w := rugzak.WooWords{
		Inventory: []string{
			p.T("woo.column.number"), p.T("woo.column.date"), p.T("word.kind"), p.T("woo.column.organisation"), p.T("woo.column.title"),
			p.T("word.visible_to"), p.T("word.state"), p.T("woo.column.file"),
		},
		Redactions: []string{
			p.T("woo.column.number"), p.T("woo.column.file"), p.T("woo.column.field"), p.T("woo.column.line"), p.T("woo.column.position"),
			p.T("woo.column.class"), p.T("woo.column.look_at"), p.T("woo.column.redact"), p.T("woo.column.ground"),
		},
		Classes: map[string]string{}, Grounds: map[string]string{}, Fields: map[string]string{},
		ResponseKinds: map[rugzak.ResponseKind]string{}, Former: p.T("response.former"),
		Kinds: map[rugzak.Kind]string{}, States: map[rugzak.State]string{},
		Municipality: p.T("audience.internal"), Apart: p.T("woo.apart"), Readme: p.T("woo.readme"),
		Attachment: p.T("woo.attachment"), AttachmentKinds: map[rugzak.AttachmentKind]string{},
	}
	for _, kind := range rugzak.AttachmentKinds() {
		w.AttachmentKinds[kind] = p.T("attachment.kind." + string(kind))
	}
	for _, class := range rugzak.FindingClasses() {
		w.Classes[string(class)] = p.T("finding.class." + string(class))
		w.Grounds[string(class)] = p.T("woo.ground.person")
	}
	for _, class := range []string{rugzak.WooAuthor, rugzak.WooReflection} {
		w.Classes[class] = p.T("woo.class." + class)
		w.Grounds[class] = p.T("woo.ground." + class)
	}
	for _, f := range []string{
		"title", "lesson", "body", "tags", "author", "question_ball_with", "question_next_step", "question_hoped_gain", "question_gain",
		"method_preparation", "method_materials", "method_place", "method_steps",
		"response", "response_author", "attachment_said", "attachment_text", "attachment_seen",
	} {
		w.Fields[f] = p.T("woo.field." + f)
	}
	for _, k := range rugzak.Kinds() {
		w.Kinds[k] = p.T("kind." + string(k))
	}
	for _, k := range rugzak.ResponseKinds(true) {
		w.ResponseKinds[k] = p.T("response.kind." + string(k))
	}
	for _, st := range []rugzak.State{rugzak.StateShared, rugzak.StateToReview, rugzak.StateArchived} {
		w.States[st] = p.T("state." + string(st))
	}
	return w
}
