// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"strings"
	"unicode"
)

// declaration is one property of a stylesheet, with where it holds.
type declaration struct {
	conditions []string // the at-rules around it, lower case, outermost first
	selectors  []string
	name       string
	value      string
	line       int
}

// stylesheet is what a reader of colours has to know of one: its declarations
// in their order, and the at-rules that stand alone, such as @import.
type stylesheet struct {
	declarations []declaration
	statements   []statement
	open         []statement // texts between quotes that do not end on their line
}

type statement struct {
	text string // from @ to before the semicolon
	line int
}

// scanner reads CSS by its brackets. It knows comments, strings and brackets,
// which is all that is needed to find every declaration and every address;
// what it does not understand it passes over, as a browser does.
type scanner struct {
	css  string
	at   int
	line int
	out  *stylesheet
}

// scan reads a stylesheet.
func scan(css string) *stylesheet {
	out := &stylesheet{}
	s := &scanner{css: newlines.Replace(css), line: 1, out: out}
	s.block(nil, nil, 0)
	return out
}

// newlines makes one newline of each that CSS knows (CSS Syntax 3, 3.3).
var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n")

// maxDepth bounds how deep blocks may stand in each other.
const maxDepth = 32

// block reads until the bracket that closes it.
func (s *scanner) block(conditions, selectors []string, depth int) {
	for {
		text, line, end := s.until()
		switch end {
		case '{':
			inner, inside := conditions, selectors
			if head := strings.ToLower(text); strings.HasPrefix(head, "@") {
				inner = append(append([]string(nil), conditions...), head)
			} else {
				inside = combine(selectors, split(text, ','))
				if strings.HasPrefix(head, "--") { // a value may hold a block
					s.keep(conditions, selectors, text, line)
				}
			}
			if depth < maxDepth {
				s.block(inner, inside, depth+1)
			}
		case ';', '}', 0:
			s.keep(conditions, selectors, text, line)
			if end != ';' {
				return
			}
		}
	}
}

// keep takes in a declaration, or an at-rule without a block.
func (s *scanner) keep(conditions, selectors []string, text string, line int) {
	if strings.HasPrefix(text, "@") {
		s.out.statements = append(s.out.statements, statement{text, line})
		return
	}
	if text == "" {
		return
	}
	name, value, ok := strings.Cut(text, ":")
	if !ok || strings.ContainsAny(name, `"'\(`) { // no declaration, but a value may be made of it
		name, value = "", text
	}
	name = strings.TrimSpace(name)
	if !strings.HasPrefix(name, "--") {
		name = strings.ToLower(name)
	}
	value = strings.TrimSpace(value)
	if cut := strings.TrimSpace(strings.TrimSuffix(value, "important")); cut != value && strings.HasSuffix(cut, "!") {
		value = strings.TrimSpace(strings.TrimSuffix(cut, "!"))
	}
	s.out.declarations = append(s.out.declarations, declaration{conditions, selectors, name, value, line})
}

// until reads to the next bracket or semicolon that is not inside a string, a
// comment or round brackets. Comments are left out of what it returns.
func (s *scanner) until() (text string, line int, end byte) {
	var b strings.Builder
	round := 0
	for s.at < len(s.css) {
		c := s.css[s.at]
		switch {
		case c == '/' && strings.HasPrefix(s.css[s.at:], "/*"):
			s.skip(comment(s.css[s.at:]))
			b.WriteByte(' ')
			continue
		case c == '"' || c == '\'':
			n := quoted(s.css[s.at:])
			if n < 2 || s.css[s.at+n-1] != c {
				s.out.open = append(s.out.open, statement{s.css[s.at : s.at+n], s.line})
			}
			b.WriteString(s.css[s.at : s.at+n])
			s.skip(n)
			continue
		case c == '(' && bareAddress(b.String(), s.css[s.at:]):
			n := strings.IndexByte(s.css[s.at:]+")", ')')
			b.WriteString(s.css[s.at : s.at+n])
			s.skip(n)
			round++
			continue
		case c == '(':
			round++
		case c == ')' && round > 0:
			round--
		case round == 0 && (c == '{' || c == '}' || c == ';'):
			s.skip(1)
			return strings.TrimSpace(b.String()), line, c
		}
		if line == 0 && c > ' ' {
			line = s.line
		}
		b.WriteByte(c)
		s.skip(1)
	}
	return strings.TrimSpace(b.String()), line, 0
}

func (s *scanner) skip(n int) {
	s.line += strings.Count(s.css[s.at:s.at+n], "\n")
	s.at += n
}

// bareAddress reports whether an address without quotes begins at the bracket
// behind a text: until the bracket that closes it, nothing is a comment or a string.
func bareAddress(before, css string) bool {
	word := before[strings.LastIndexFunc(before, func(r rune) bool {
		return r < 0x80 && r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})+1:]
	inside := strings.TrimLeft(css[1:], " \t\n")
	return strings.EqualFold(word, "url") && (inside == "" || inside[0] != '"' && inside[0] != '\'')
}

// comment is the length of the comment at the beginning of css.
func comment(css string) int {
	if i := strings.Index(css[2:], "*/"); i >= 0 {
		return i + 4
	}
	return len(css)
}

// quoted is the length of the string at the beginning of css.
func quoted(css string) int {
	for i := 1; i < len(css); i++ {
		switch css[i] {
		case '\\':
			i++
		case css[0], '\n':
			return i + 1
		}
	}
	return len(css)
}

// split cuts at a character that stands outside of brackets and strings.
func split(text string, at byte) []string {
	var parts []string
	depth, from := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' || c == '\'':
			i += quoted(text[i:]) - 1
		case c == '(' || c == '[':
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
		case c == at && depth == 0:
			parts = append(parts, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[min(from, len(text)):]))
}

// combine gives the selectors of a block inside another: & is the one outside.
func combine(outer, inner []string) []string {
	if len(outer) == 0 {
		return inner
	}
	var all []string
	for _, o := range outer {
		for _, i := range inner {
			switch {
			case len(all) == maxSelectors || len(o)+len(i) > maxSelector:
			case strings.Count(i, "&") == 1:
				all = append(all, strings.Replace(i, "&", o, 1))
			default: // more than one & selects no single element
				all = append(all, o+" "+i)
			}
		}
	}
	return all
}

// Blocks in blocks multiply their selectors: what goes beyond this is no theme.
const maxSelectors, maxSelector = 200, 500
