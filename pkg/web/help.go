// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/rugzak"
)

// HelpText is one help page, a Markdown file of the content folder.
type HelpText struct {
	Slug, Title, Summary string
	Group                HelpGroup
	order                int
	body                 string
}

// HelpGroup is what a help page is for. It is also the last part of the key of
// the heading above the pages of the group.
type HelpGroup string

const (
	helpUsing   HelpGroup = "using"
	helpPrivacy HelpGroup = "privacy"
	helpRoles   HelpGroup = "roles"
)

var helpGroups = []HelpGroup{helpUsing, helpPrivacy, helpRoles}

// HelpTexts are help pages under one heading.
type HelpTexts struct {
	Group HelpGroup
	Texts []HelpText
}

// helpSets are the help pages per language, in order.
type helpSets map[rugzak.Lang][]HelpText

// HelpIndexPage lists the help pages.
type HelpIndexPage struct {
	Page
	Groups []HelpTexts
}

// HelpPage is one help page.
type HelpPage struct {
	Page
	Text     HelpText
	HTML     string
	Headings []rugzak.Heading
	Groups   []HelpTexts // all, for the list beside it
}

func helpPages() []pageDef {
	return []pageDef{{"help/index", HelpIndexPage{}}, {"help/show", HelpPage{}}, {"help/accessible", AccessiblePage{}}}
}

func (s *Server) helpRoutes() []route {
	return []route{
		{http.MethodGet, pathHelp, public, s.showHelpIndex},
		{http.MethodGet, pathHelpPage, public, s.showHelp},
		{http.MethodGet, pathAccessible, public, s.showAccessible},
	}
}

func (s *Server) showHelpIndex(c echo.Context) error {
	texts, err := s.helpTexts(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, HelpIndexPage{Page: s.page(c, "help.title"), Groups: grouped(texts)})
}

func (s *Server) showHelp(c echo.Context) error {
	if s.StylePage && c.Param("page") == stylePage {
		return s.showStyle(c)
	}
	if "/"+c.Param("page") == pathAccessible { // where the statement was
		return s.redirect(c, pathAccessible)
	}
	texts, err := s.helpTexts(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(texts, func(t HelpText) bool { return t.Slug == c.Param("page") })
	if i < 0 {
		return rugzak.NotFound()
	}
	body, err := s.withTerms(c, texts[i].body)
	if err != nil {
		return err
	}
	rendered, err := s.Renderer.Render(c.Request().Context(), body, s.lang(c))
	if err != nil {
		return fmt.Errorf("render help page %s: %w", texts[i].Slug, err)
	}
	page := HelpPage{Page: s.page(c, "help.title"), Text: texts[i], HTML: rendered.HTML, Headings: rendered.Headings, Groups: grouped(texts)}
	page.Title = texts[i].Title
	page.Crumbs = []Crumb{{pathHelp, s.printer(c).T("help.title")}}
	return s.render(c, http.StatusOK, page)
}

// grouped puts help pages under the headings of their groups.
func grouped(texts []HelpText) []HelpTexts {
	var groups []HelpTexts
	for _, g := range helpGroups {
		in := HelpTexts{Group: g}
		for _, t := range texts {
			if t.Group == g {
				in.Texts = append(in.Texts, t)
			}
		}
		if in.Texts != nil {
			groups = append(groups, in)
		}
	}
	return groups
}

// withTerms puts how long things are kept where a text says {{draft_remove}} or
// another of the terms.
func (s *Server) withTerms(c echo.Context, body string) (string, error) {
	if !strings.Contains(body, "{{") {
		return body, nil
	}
	terms, err := s.Service.RetentionTerms(c.Request().Context())
	if err != nil {
		return "", err
	}
	p := s.printer(c)
	for _, field := range retentionFields {
		text := p.T("help.term.always")
		if n := *retentionTerm(&terms, field); n > 0 {
			text = p.N("help.term", n)
		}
		body = strings.ReplaceAll(body, "{{"+field+"}}", text)
	}
	return body, nil
}

func (s *Server) helpTexts(c echo.Context) ([]HelpText, error) {
	sets := s.help
	if s.Dev {
		var err error
		if sets, err = readHelp(s.Content); err != nil {
			return nil, err
		}
	}
	return sets[s.lang(c)], nil
}

// readHelp reads the help pages of all languages.
func readHelp(content fs.FS) (helpSets, error) {
	sets := helpSets{}
	for _, lang := range rugzak.Languages() {
		files, err := fs.Glob(content, string(lang)+"/help/*.md")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			data, err := fs.ReadFile(content, file)
			if err != nil {
				return nil, err
			}
			text, err := parseHelp(string(data))
			if err != nil {
				return nil, fmt.Errorf("help page %s: %w", file, err)
			}
			text.Slug = strings.TrimSuffix(path.Base(file), ".md")
			sets[lang] = append(sets[lang], text)
		}
		slices.SortStableFunc(sets[lang], func(a, b HelpText) int { return cmp.Compare(a.order, b.order) })
	}
	return sets, nil
}

// parseHelp splits the lines of front matter from the text.
func parseHelp(data string) (HelpText, error) {
	var t HelpText
	head, body, ok := strings.Cut(strings.TrimPrefix(data, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(data, "---\n") {
		return t, errors.New("no front matter")
	}
	t.body = body
	lines := bufio.NewScanner(strings.NewReader(head))
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimSpace(value)
		switch key {
		case "title":
			t.Title = value
		case "summary":
			t.Summary = value
		case "group":
			if t.Group = HelpGroup(value); !slices.Contains(helpGroups, t.Group) {
				return t, fmt.Errorf("unknown group %q", value)
			}
		case "order":
			n, err := strconv.Atoi(value)
			if err != nil {
				return t, fmt.Errorf("order: %w", err)
			}
			t.order = n
		default:
			return t, fmt.Errorf("unknown key %q", key)
		}
	}
	if t.Title == "" {
		return t, errors.New("no title")
	}
	t.Group = cmp.Or(t.Group, helpUsing)
	return t, lines.Err()
}
