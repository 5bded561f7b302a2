// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"rugzak/pkg/backpack"
	"rugzak/pkg/locale"
	"rugzak/pkg/rugzak"
)

// templateSets holds, per language and page name, the template of a page with
// the layout and the partials it uses.
type templateSets map[rugzak.Lang]map[string]*template.Template

// pageTemplates are the templates that are used. A page is made ready when it
// is first shown: most of more than a hundred pages in two languages are seldom
// seen, and all of them would be most of what the program holds in memory.
type pageTemplates struct {
	mu   sync.Mutex
	sets templateSets
}

// checkTemplates reads every template in every language, so that a mistake in
// one shows at start. It keeps none: all of them together would be most of what
// the program ever holds in memory.
func (s *Server) checkTemplates() error {
	for _, lang := range rugzak.Languages() {
		f, err := s.folder(lang)
		if err != nil {
			return err
		}
		found := map[string]bool{}
		if err := s.eachPage(lang, func(name string, page *template.Template) error {
			found[name] = true
			return f.page(name, page)
		}); err != nil {
			return err
		}
		for _, d := range pages() {
			if !found[d.name] {
				return fmt.Errorf("page %s has no template", d.name)
			}
		}
	}
	return nil
}

// layout is the layout with every partial, and the functions of a language.
func (s *Server) layout(lang rugzak.Lang) (*template.Template, template.FuncMap, error) {
	funcs := s.funcs(s.Catalogue.Printer(string(lang)))
	base, err := template.New("base").Funcs(funcs).ParseFS(s.Templates, "layout/*.html", "partials/*.html")
	if err != nil {
		return nil, nil, fmt.Errorf("parse layout: %w", err)
	}
	return base, funcs, nil
}

// parsePage reads a page and takes what it uses of the layout.
func (s *Server) parsePage(layout *template.Template, funcs template.FuncMap, file string) (*template.Template, error) {
	text, err := fs.ReadFile(s.Templates, file)
	if err != nil {
		return nil, err
	}
	own, err := template.New(file).Funcs(funcs).Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", file, err)
	}
	page, err := needed(own, layout, funcs)
	if err != nil {
		return nil, err
	}
	more := ownSheets(page)
	return page.Funcs(template.FuncMap{"ownsheets": func() bool { return more }}), nil
}

// ownSheets reports whether a page has a stylesheet besides that of every page.
// The house style comes behind these: it has the last word.
func ownSheets(page *template.Template) bool {
	return slices.ContainsFunc(page.Templates(), func(t *template.Template) bool {
		return t.Name() != "base" && t.Tree != nil && strings.Contains(t.Tree.Root.String(), `asset "css/`)
	})
}

// eachPage reads the pages of a language, one after another.
func (s *Server) eachPage(lang rugzak.Lang, do func(name string, page *template.Template) error) error {
	base, funcs, err := s.layout(lang)
	if err != nil {
		return err
	}
	return fs.WalkDir(s.Templates, "pages", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".html" {
			return err
		}
		page, err := s.parsePage(base, funcs, file)
		if err != nil {
			return err
		}
		return do(strings.TrimSuffix(strings.TrimPrefix(file, "pages/"), ".html"), page)
	})
}

// funcs are the functions of the templates of one language.
func (s *Server) funcs(p *locale.Printer) template.FuncMap {
	funcs := pathFuncs()
	for name, f := range map[string]any{
		"t":    func(key any, args ...any) string { return p.T(fmt.Sprint(key), args...) },
		"n":    func(key any, n int, args ...any) string { return p.N(fmt.Sprint(key), n, args...) },
		"date": p.Date, "datetime": p.DateTime, "clock": p.Clock, "month": p.Month, "week": p.Week, "number": p.Number,
		"monthname":      func(yearMonth string) string { return printMonth(p, yearMonth) },
		"day":            func(day string) string { return printDay(p, day) },
		"weekof":         func(yearWeek string) string { return printWeek(p, yearWeek) },
		"minutes":        func(least, most int) string { return minutesWords(p, least, most) },
		"age":            func(since time.Time) string { return ageWords(p, since, s.Clock.Now()) },
		"span":           func(since, until time.Time) string { return ageWords(p, since, until) },
		"leadact":        func(id rugzak.EntryID, base int, act string) LeadButton { return LeadButton{id, base, act} },
		"phasename":      func(f *rugzak.Phase) string { return f.Name(rugzak.Lang(p.Lang())) },
		"textReportPath": textReportPath,
		"textKind":       func(text rugzak.Subject) rugzak.SubjectKind { kind, _ := text.Text(); return kind },
		"textPath":       textPath,
		"agendalinks":    func(may bool, id string, cards []backpack.Card) AgendaLinks { return AgendaLinks{may, id, cards} },
		"people":         func(least, most int) string { return groupWords(p, least, most) },
		"spoken":         func(text string) string { return otherLanguage(p, text) },
		"list":           func(names []string) string { return wordList(p, names) },
		"langof":         func(text any) string { return langOf(p, text) },
		"foundin":        func(in []backpack.FoundIn) string { return foundIn(p, in) },
		"audience":       func(w backpack.AudienceWords) string { return audienceText(p, w, false) },
		"audienceshort":  func(w backpack.AudienceWords) string { return audienceText(p, w, true) },
		"audienceicon":   audienceIcon,
		"newresults":     newResultsAddress,
		"asset":          s.assets.path,
		"house":          s.house,
		"ownsheets":      func() bool { return true }, // each page has its own: parsePage
		"sanitised":      sanitised,
		"visible":        visible,
		"marked":         marked,
		"markedall":      markedAll,
		"markedspan":     markedSpans,
	} {
		funcs[name] = f
	}
	return funcs
}

// printMonth prints a month such as "2026-11"; what is no month as it stands.
func printMonth(p *locale.Printer, yearMonth string) string {
	t, err := time.Parse("2006-01", yearMonth)
	if err != nil {
		return yearMonth
	}
	return p.YearMonth(t.Year(), t.Month())
}

// gzipFrom is the size from which compressing a page is worth its time.
const gzipFrom = 2 << 10

// mimePage is the type of every page.
const mimePage = "text/html; charset=utf-8"

// maxPooled keeps a rare huge page from staying in memory.
const maxPooled = 256 << 10

// pools keep buffers and compressors from one page to the next.
type pools struct{ buffers, zippers sync.Pool }

func newPools() *pools {
	return &pools{
		buffers: sync.Pool{New: func() any { return new(bytes.Buffer) }},
		zippers: sync.Pool{New: func() any {
			z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is valid
			return z
		}},
	}
}

func (p *pools) buffer() *bytes.Buffer { return p.buffers.Get().(*bytes.Buffer) }

func (p *pools) giveBack(b *bytes.Buffer) {
	if b.Cap() <= maxPooled {
		b.Reset()
		p.buffers.Put(b)
	}
}

// zip writes the compressed form of page to small.
func (p *pools) zip(small *bytes.Buffer, page []byte) error {
	z := p.zippers.Get().(*gzip.Writer)
	defer p.zippers.Put(z)
	z.Reset(small)
	if _, err := z.Write(page); err != nil {
		return err
	}
	return z.Close()
}

// render answers with a page. It is written only when the whole of it is made,
// so that a failing template gives a clean error page.
func (s *Server) render(c echo.Context, status int, page any) error {
	name, ok := s.pages[reflect.TypeOf(page)]
	if !ok {
		return fmt.Errorf("web: %T is not in the list of pages", page)
	}
	t, err := s.template(s.lang(c), name)
	if err != nil {
		return err
	}
	buf := s.pools.buffer()
	defer s.pools.giveBack(buf)
	err = t.ExecuteTemplate(buf, "base", page)
	if err == nil && wantsLabels(c) {
		buf.Reset()
		err = t.ExecuteTemplate(buf, "base", page)
	}
	if err != nil {
		return fmt.Errorf("web: render %s: %w", name, err)
	}
	return s.write(c, status, buf)
}

// template finds the parsed template; with Dev it is read anew.
func (s *Server) template(lang rugzak.Lang, name string) (*template.Template, error) {
	s.templates.mu.Lock()
	defer s.templates.mu.Unlock()
	if t := s.templates.sets[lang][name]; t != nil && !s.Dev {
		return t, nil
	}
	base, funcs, err := s.layout(lang)
	if err != nil {
		return nil, err
	}
	t, err := s.parsePage(base, funcs, "pages/"+name+".html")
	if err != nil {
		return nil, err
	}
	f, err := s.folder(lang)
	if err != nil {
		return nil, err
	}
	if err := f.page(name, t); err != nil {
		return nil, err
	}
	if s.templates.sets[lang] == nil {
		s.templates.sets[lang] = map[string]*template.Template{}
	}
	s.templates.sets[lang][name] = t
	return t, nil
}

func (s *Server) write(c echo.Context, status int, page *bytes.Buffer) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, mimePage)
	if page.Len() >= gzipFrom {
		h.Set(echo.HeaderVary, "Cookie, Accept-Encoding")
		if acceptsGzip(c.Request()) {
			small := s.pools.buffer()
			defer s.pools.giveBack(small)
			if err := s.pools.zip(small, page.Bytes()); err != nil {
				return err
			}
			h.Set(echo.HeaderContentEncoding, "gzip")
			page = small
		}
	}
	s.remember(c, status, page.Bytes())
	h.Set(echo.HeaderContentLength, strconv.Itoa(page.Len()))
	c.Response().WriteHeader(status)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	_, err := c.Response().Write(page.Bytes())
	return err
}

// acceptsGzip reads Accept-Encoding as browsers write it.
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get(echo.HeaderAcceptEncoding), ",") {
		coding, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(coding) == "gzip" {
			q := strings.TrimSpace(quality)
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
