// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"io"
	"io/fs"
	"net/http"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

const pathDossier = "/kernteam/overdracht"

// DossierFile writes the dossier by which the movement is handed over.
type DossierFile interface {
	backpack.DossierSink
	Close() error
}

// DossierPage explains the dossier and makes it.
type DossierPage struct {
	Page
	Parts  []rugzak.DossierPart
	Narrow []Option
	Form   *Form
}

func dossierPages() []pageDef { return []pageDef{{"coreteam/dossier", DossierPage{}}} }

func (s *Server) dossierRoutes() []route {
	return []route{
		{http.MethodGet, pathDossier, steer, s.showDossier},
		{http.MethodPost, pathDossier, steer, s.takeDossier},
	}
}

func (s *Server) showDossier(c echo.Context) error {
	p := s.printer(c)
	return s.render(c, http.StatusOK, DossierPage{
		Page: s.steerPage(c, "dossier.title"), Parts: rugzak.DossierParts(), Form: s.newForm(c),
		Narrow: []Option{{Value: "yes", Label: p.T("dossier.narrow"), Hint: p.T("dossier.narrow.hint")}},
	})
}

// takeDossier hands the core team the dossier, with the rights of who asks.
func (s *Server) takeDossier(c echo.Context) error {
	form, err := s.readForm(c, "narrow")
	if err != nil {
		return err
	}
	texts, err := s.helpTexts(c)
	if err != nil {
		return err
	}
	ctx, by, words := c.Request().Context(), s.by(c), DossierWords(s.printer(c), s.SiteName)
	wish := backpack.DossierWish{Narrow: form.Has("narrow", "yes"), Lang: s.lang(c), Playbook: playbookOf(texts)}
	return s.download(c, "overdrachtsdossier.zip", typeZip, func(w io.Writer) error {
		file := s.Dossier(w, words)
		if err := s.Service.Dossier(ctx, by, wish, file); err != nil {
			return err
		}
		return file.Close()
	})
}

// playbookSlug is the help page that says how the core team works.
const playbookSlug = "draaiboek"

func playbookOf(texts []HelpText) string {
	for _, t := range texts {
		if t.Slug == playbookSlug {
			return t.body
		}
	}
	return ""
}

// Playbook is how the core team works, in Markdown: a help page.
func Playbook(content fs.FS, lang rugzak.Lang) (string, error) {
	sets, err := readHelp(content)
	return playbookOf(sets[lang]), err
}

// DossierWords are the words of the dossier in the language of a printer.
func DossierWords(p *locale.Printer, site string) rugzak.DossierWords {
	w := rugzak.DossierWords{Lang: rugzak.Lang(p.Lang()), Site: site, Words: map[string]string{}}
	for _, key := range rugzak.DossierWordKeys() {
		w.Words[key] = p.Sentence(key)
	}
	return w
}
