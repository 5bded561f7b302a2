// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"cmp"
	"slices"
	"strings"
)

// token is the value of a custom property on the <html> element.
type token struct {
	value string
	line  int  // in the theme; 0 for one of the site itself
	weigh int  // of its selector
	own   bool // set by the theme
}

// tokens are the custom properties of the <html> element in one colour mode.
type tokens map[string]token

// collect takes in the custom properties a stylesheet sets on <html>, in the
// order in which a browser weighs them.
func (t tokens) collect(sheet *stylesheet, classes []string, dark, own bool) {
	type found struct {
		name string
		token
	}
	var all []found
	for _, d := range sheet.declarations {
		if !strings.HasPrefix(d.name, "--") || !holds(d.conditions, dark) {
			continue
		}
		best := -1
		for _, s := range d.selectors {
			best = max(best, weight(s, classes))
		}
		if best >= 0 {
			all = append(all, found{d.name, token{d.value, d.line, best, own}})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(a.weigh, b.weigh) })
	for _, f := range all {
		if before, ok := t[f.name]; !ok || f.weigh >= before.weigh {
			t[f.name] = f.token
		}
	}
}

// holds says whether a screen in a colour mode, in ordinary circumstances,
// meets all conditions. What depends on width counts as met.
func holds(conditions []string, dark bool) bool {
	for _, c := range conditions {
		if strings.Contains(c, "prefers-color-scheme") && strings.Contains(c, "dark") != dark {
			return false
		}
		for _, other := range []string{"print", "prefers-contrast", "forced-colors", "inverted-colors", "@font-face", "@keyframes"} {
			if strings.Contains(c, other) {
				return false
			}
		}
	}
	return true
}

// weight is how heavy a selector weighs when it selects the <html> element
// with these classes, and -1 when it does not.
func weight(selector string, classes []string) int {
	const class, element = 10, 1
	total, rest := 0, strings.TrimSpace(selector)
	if rest == "" || len(strings.FieldsFunc(outside(rest), func(r rune) bool { return strings.ContainsRune(" >+~", r) })) > 1 {
		return -1
	}
	for rest != "" {
		end := next(rest)
		part := rest[:end]
		rest = rest[end:]
		inner, negated := strings.CutPrefix(part, ":not(")
		switch {
		case part == ":root":
			total += class
		case part == "html", part == "*":
			total += element
		case negated:
			inner = strings.TrimSuffix(inner, ")")
			if weight(inner, classes) >= 0 {
				return -1
			}
			total += class
		case strings.HasPrefix(part, ":where("), strings.HasPrefix(part, ":is("):
			list := strings.TrimSuffix(part[strings.IndexByte(part, '(')+1:], ")")
			if !slices.ContainsFunc(split(list, ','), func(s string) bool { return weight(s, classes) >= 0 }) {
				return -1
			}
			if part[1] == 'i' {
				total += class
			}
		case strings.HasPrefix(part, ".") && slices.Contains(classes, part[1:]):
			total += class
		default:
			return -1
		}
	}
	return total
}

// outside is a selector without what stands in its brackets.
func outside(selector string) string {
	var b strings.Builder
	depth := 0
	for _, r := range selector {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// next is where the first simple selector of a row ends.
func next(selector string) int {
	depth := 0
	for i := 0; i < len(selector); i++ {
		switch c := selector[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case i > 0 && depth == 0 && (c == '.' || c == ':' || c == '[' || c == '#'):
			return i
		}
	}
	return len(selector)
}

// asked is a colour that was looked up.
type asked struct {
	colour
	known  bool
	text   string // the value in the end, for what is not known
	source string // the token of the theme that decides; empty when none does
	line   int
}

// maxSteps bounds how far one token may lead to another.
const maxSteps = 40

// look gives the colour of an expression such as var(--rz-ink).
func (t tokens) look(expression string, dark bool) asked {
	r := resolver{tokens: t, dark: dark}
	text := r.resolve(expression, 0)
	c, ok := parseColour(text)
	return asked{colour: c, known: ok, text: text, source: r.source, line: r.line}
}

type resolver struct {
	tokens tokens
	dark   bool
	source string
	line   int
	steps  int
}

// resolve follows var(), light-dark() and color-mix() until a plain value is
// left; empty when there is none.
func (r *resolver) resolve(text string, depth int) string {
	text = strings.TrimSpace(text)
	if r.steps++; depth > maxSteps || r.steps > 1000 {
		return ""
	}
	name, args, ok := call(text)
	if !ok {
		return text
	}
	switch name {
	case "var":
		property := strings.TrimSpace(args[0])
		if found, ok := r.tokens[property]; ok {
			if v := r.resolve(found.value, depth+1); v != "" {
				if found.own {
					r.source, r.line = property, found.line
				}
				return v
			}
		}
		if len(args) > 1 {
			return r.resolve(strings.Join(args[1:], ","), depth+1)
		}
		return ""
	case "light-dark":
		if len(args) == 2 && r.dark {
			return r.resolve(args[1], depth+1)
		}
		return r.resolve(args[0], depth+1)
	case "color-mix":
		return r.mixed(args, depth)
	}
	if strings.Contains(text, "var(") { // such as rgb(var(--red), 0, 0)
		for i, a := range args {
			args[i] = r.resolve(a, depth+1)
		}
		return name + "(" + strings.Join(args, ",") + ")"
	}
	return text
}

// mixed resolves color-mix(in srgb, a 40%, b); other ways of mixing are not
// known.
func (r *resolver) mixed(args []string, depth int) string {
	if len(args) != 3 || strings.TrimSpace(args[0]) != "in srgb" {
		return ""
	}
	share := [2]float64{-1, -1}
	var c [2]colour
	for i, a := range args[1:] {
		if at := strings.LastIndexByte(a, ' '); at > 0 && strings.HasSuffix(a, "%") {
			v, ok := amount(a[at+1:], 1)
			if !ok {
				return ""
			}
			share[i], a = v, a[:at]
		}
		var ok bool
		if c[i], ok = parseColour(r.resolve(a, depth+1)); !ok {
			return ""
		}
	}
	switch {
	case share[0] < 0 && share[1] < 0:
		share[0] = 0.5
	case share[0] < 0:
		share[0] = 1 - share[1]
	}
	m := mix(c[0], c[1], share[0])
	if m.a < 1 {
		return ""
	}
	return m.hex()
}

// call takes a function and its arguments apart.
func call(text string) (name string, args []string, ok bool) {
	name, rest, ok := strings.Cut(text, "(")
	if !ok || !strings.HasSuffix(rest, ")") || name == "" {
		return "", nil, false
	}
	return strings.ToLower(name), split(strings.TrimSuffix(rest, ")"), ','), true
}
