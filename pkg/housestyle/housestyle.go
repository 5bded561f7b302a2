// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Package housestyle reads the house style of an organisation from a folder: a
// theme.css with tokens of the NL Design System, its fonts, a logo and an
// icon. It lets in only what the site can serve itself, and judges whether
// people can read what comes of it.
package housestyle

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Options say where a house style stands.
type Options struct {
	Files   fs.FS  // the folder; nil when there is none
	Class   string // of the <html> element; empty takes the one theme.css uses
	Logo    string // file in the folder; empty takes logo.svg, logo.png or logo.webp
	Favicon string // file in the folder; empty takes favicon.svg, favicon.png or favicon.ico
	Tokens  []byte // the stylesheet with the tokens of the site itself
}

// Style is a house style, ready to be served. The zero value is none: the site
// then has its own.
type Style struct {
	Files     map[string][]byte // by their name in the folder
	Sheet     string            // theme.css, when there is one
	Logo      string
	Width     int // of the logo, at Height
	Height    int
	Favicon   string
	Class     string
	LightOnly bool   // the theme has no dark side
	IconSizes string // "any" for a drawing, or as 180x180; empty when that cannot be told
	// Paper and Accent are colours in light mode, as #rrggbb, for the frame that
	// a phone draws around the site; empty when they cannot be worked out.
	Paper, Accent string
}

// Kind says what comes of a problem.
type Kind int

// The kinds of problems.
const (
	Refused  Kind = iota + 1 // the site does without the house style
	Contrast                 // people cannot read something well
	Unknown                  // a colour cannot be judged
	Idle                     // something has no effect, or costs much
)

// Problem is one thing that is wrong with a house style. Key is a sentence of
// the catalogues that takes Args; Key with ".do" is what to do about it.
type Problem struct {
	Kind Kind
	File string
	Line int // in theme.css; 0 when it is about no line
	Key  string
	Args []any
	Pair string // of a contrast: what cannot be read
	Mode string // of a contrast: light or dark
}

// Where is the place of a problem, such as "theme.css:12".
func (p Problem) Where() string {
	file := cmp.Or(p.File, sheetName)
	if p.Line == 0 {
		return file
	}
	return fmt.Sprintf("%s:%d", file, p.Line)
}

const sheetName = "theme.css"

// The bounds of what is read.
const (
	maxSheet  = 1 << 20
	maxFile   = 2 << 20
	heavyFrom = 12 << 10 // bytes of theme.css, compressed
)

// Load reads a house style, with everything that is wrong with it. When a
// problem is of kind Refused, the style is empty.
func Load(o Options) (Style, []Problem) {
	if o.Files == nil {
		return Style{}, nil
	}
	l := &loader{Options: o, style: Style{Files: map[string][]byte{}}}
	l.sheet()
	l.style.Logo = l.picture(o.Logo, "logo.svg", "logo.png", "logo.webp")
	if l.style.Logo != "" {
		l.style.Width, l.style.Height = measure(l.style.Logo, l.style.Files[l.style.Logo]), logoHeight
	}
	l.style.Favicon = l.picture(o.Favicon, "favicon.svg", "favicon.png", "favicon.ico")
	l.style.IconSizes = sizes(l.style.Favicon, l.style.Files[l.style.Favicon])
	if len(l.style.Files) == 0 && len(l.problems) == 0 {
		l.refuse("", 0, "housestyle.empty")
	}
	slices.SortStableFunc(l.problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Line, b.Line)) })
	if slices.ContainsFunc(l.problems, func(p Problem) bool { return p.Kind == Refused }) {
		return Style{}, l.problems
	}
	return l.style, l.problems
}

type loader struct {
	Options
	style    Style
	problems []Problem
}

func (l *loader) refuse(file string, line int, key string, args ...any) {
	l.problems = append(l.problems, Problem{Kind: Refused, File: file, Line: line, Key: key, Args: args})
}

func (l *loader) idle(key string, args ...any) {
	l.problems = append(l.problems, Problem{Kind: Idle, Key: key, Args: args})
}

// read takes a file of the folder into the style.
func (l *loader) read(name string, most int64) ([]byte, error) {
	if body, ok := l.style.Files[name]; ok {
		return body, nil
	}
	f, err := l.Options.Files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(body)) > most {
		return nil, errTooBig
	}
	l.style.Files[name] = body
	return body, nil
}

var errTooBig = errors.New("the file is too big")

// picture takes in a logo or icon: the file somebody named, or else the first
// of some names that is there.
func (l *loader) picture(named string, usual ...string) string {
	names := usual
	if named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if !fs.ValidPath(name) || !servable(name) {
			l.refuse(name, 0, "housestyle.file", name)
			return ""
		}
		switch _, err := l.read(name, maxFile); {
		case err == nil:
			return name
		case errors.Is(err, fs.ErrNotExist) && named == "":
		case errors.Is(err, errTooBig):
			l.refuse(name, 0, "housestyle.too_big", name, maxFile>>20)
			return ""
		default:
			l.refuse(name, 0, "housestyle.file", name)
			return ""
		}
	}
	return ""
}

// sheet takes in theme.css and what it refers to.
func (l *loader) sheet() {
	body, err := l.read(sheetName, maxSheet)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case errors.Is(err, errTooBig):
		l.refuse(sheetName, 0, "housestyle.too_big", sheetName, maxSheet>>20)
		return
	case err != nil:
		l.refuse(sheetName, 0, "housestyle.file", sheetName)
		return
	}
	if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		l.refuse(sheetName, 0, "housestyle.not_text")
		return
	}
	// A mark of bytes counts as such at the beginning of a file only, and the site
	// sends this one behind its own.
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	l.style.Files[sheetName] = body
	sheet := scan(string(body))
	l.addresses(sheet)
	l.style.Sheet = sheetName
	l.style.Class = cmp.Or(l.Class, usedClass(sheet))
	l.style.LightOnly = !hasDark(sheet)
	if len(l.problems) > 0 {
		return
	}
	ours := scan(string(l.Tokens))
	arrived := false
	for _, dark := range []bool{false, true} {
		if dark && l.style.LightOnly {
			break
		}
		t := tokens{}
		classes := l.style.Classes()
		t.collect(ours, classes, dark, false)
		t.collect(sheet, classes, dark, true)
		for _, v := range t {
			arrived = arrived || v.own
		}
		l.problems = append(l.problems, t.judge(dark)...)
		if paper, accent := t.look("var(--rz-paper)", dark), t.look("var(--rz-accent)", dark); !dark && paper.known && accent.known {
			l.style.Paper, l.style.Accent = paper.hex(), accent.hex()
		}
	}
	l.problems = unique(l.problems)
	if n := packed(body); n > heavyFrom {
		l.idle("housestyle.heavy", n>>10, heavyFrom>>10)
	}
	if !arrived {
		l.idle("housestyle.no_tokens", l.style.Class)
	}
}

// Classes are those of the <html> element.
func (s Style) Classes() []string {
	if s.Sheet == "" {
		return nil
	}
	classes := append(strings.Fields(s.Class), "rz-themed")
	if s.LightOnly {
		classes = append(classes, "rz-light-only")
	}
	return classes
}

// usedClass is the class on which a theme puts most of its tokens, when it
// does not put them on the root.
func usedClass(sheet *stylesheet) string {
	counts := map[string]int{}
	best := ""
	for _, d := range sheet.declarations {
		if !strings.HasPrefix(d.name, "--") {
			continue
		}
		for _, s := range d.selectors {
			class, ok := strings.CutPrefix(s, ".")
			if !ok || class == "" || strings.ContainsAny(class, " .:#[>+~*") {
				continue
			}
			if counts[class]++; counts[class] > counts[best] {
				best = class
			}
		}
	}
	return best
}

// hasDark says whether a theme knows of dark mode.
func hasDark(sheet *stylesheet) bool {
	return slices.ContainsFunc(sheet.declarations, func(d declaration) bool {
		return strings.Contains(d.value, "light-dark(") || slices.ContainsFunc(d.conditions, func(c string) bool {
			return strings.Contains(c, "prefers-color-scheme") && strings.Contains(c, "dark")
		})
	})
}

// servable says whether the site serves files with the ending of a name.
func servable(name string) bool {
	return slices.Contains([]string{".css", ".svg", ".png", ".jpg", ".webp", ".ico", ".woff2", ".woff"}, path.Ext(name))
}

// packed is how many bytes a browser gets.
func packed(body []byte) int {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return b.Len()
}
