// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// addresses refuses everything in a theme that would make a browser ask
// another host, or that hides what it asks; and takes in the files it uses.
func (l *loader) addresses(sheet *stylesheet) {
	for _, s := range sheet.statements {
		name, _, _ := strings.Cut(strings.ToLower(s.text), " ")
		switch name {
		case "@layer", "@charset":
		case "@import":
			l.refuse("", s.line, "housestyle.import")
		default:
			if strings.ContainsAny(s.text, `(":\`) {
				l.refuse("", s.line, "housestyle.statement", clip(s.text))
			}
		}
	}
	for _, s := range sheet.open {
		l.refuse("", s.line, "housestyle.hidden", clip(strings.TrimSpace(s.text)))
	}
	for _, d := range sheet.declarations {
		l.value(d)
	}
}

// value looks for addresses in one declaration.
func (l *loader) value(d declaration) {
	rest := d.value
	lower := strings.ToLower(rest)
	loading := strings.Contains(lower, "image-set(") || strings.Contains(lower, "image(") || strings.Contains(lower, "src(")
	if loading && strings.Contains(lower, "var(") { // what it loads stands elsewhere
		l.refuse("", d.line, "housestyle.hidden", clip(d.value))
		return
	}
	for rest != "" {
		i := strings.IndexAny(rest, `"'\(`)
		if i < 0 {
			break
		}
		switch c := rest[i]; {
		case c == '\\':
			// An escape can hide the word url.
			l.refuse("", d.line, "housestyle.escape", clip(d.value))
			return
		case c == '"' || c == '\'':
			n := quoted(rest[i:])
			if loading {
				l.address(d, strings.Trim(rest[i:i+n], `"'`))
			}
			rest = rest[i+n:]
		case strings.HasSuffix(strings.ToLower(rest[:i]), "url"):
			end := closing(rest[i:])
			if bareAddress(rest[:i], rest[i:]) {
				end = strings.IndexByte(rest[i:]+")", ')')
			}
			l.address(d, strings.Trim(strings.TrimSpace(rest[i+1:i+end]), `"'`))
			rest = rest[min(i+end+1, len(rest)):]
		default:
			rest = rest[i+1:]
		}
	}
}

// closing is where the bracket at the beginning of text is closed.
func closing(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"', '\'':
			i += quoted(text[i:]) - 1
		case ')':
			return i
		}
	}
	return len(text)
}

// address takes in the file an address names, when it stands in the folder.
func (l *loader) address(d declaration, address string) {
	lower := strings.ToLower(strings.TrimSpace(address))
	switch {
	case strings.HasPrefix(address, "#"), address == "":
		return
	case strings.HasPrefix(lower, "data:"):
		l.refuse("", d.line, "housestyle.data")
		return
	case strings.Contains(lower, ":"), strings.HasPrefix(lower, "//"), strings.HasPrefix(lower, `\`):
		l.refuse("", d.line, "housestyle.foreign", clip(address))
		return
	}
	name, _, _ := strings.Cut(address, "?")
	name, _, _ = strings.Cut(name, "#")
	if strings.HasPrefix(name, "/") || !fs.ValidPath(path.Clean(name)) || strings.ContainsAny(name, `\%`) {
		l.refuse("", d.line, "housestyle.outside", clip(address))
		return
	}
	name = path.Clean(name)
	if !servable(name) || path.Ext(name) == ".css" {
		l.refuse("", d.line, "housestyle.file", clip(name))
		return
	}
	switch _, err := l.read(name, maxFile); {
	case errors.Is(err, errTooBig):
		l.refuse("", d.line, "housestyle.too_big", name, maxFile>>20)
	case err != nil:
		l.refuse("", d.line, "housestyle.file", name)
	}
}

// clip keeps what is told of a stylesheet short.
func clip(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
