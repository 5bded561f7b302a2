// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

const externalRel = "nofollow noopener noreferrer"

// reach says where a link leads.
type reach int

const (
	nowhere  reach = iota // not a link we make
	inside                // this site
	contact               // an e-mail program or telephone
	external              // another website
)

// reachOf judges an address. origin, such as "https://rugzak.example.nl", is
// this site's own, or empty.
func reachOf(address, origin string) reach {
	u, err := url.Parse(address)
	if err != nil {
		return nowhere
	}
	switch strings.ToLower(u.Scheme) {
	case "":
		if u.Host != "" || strings.HasPrefix(address, "//") || strings.ContainsRune(address, '\\') {
			return external
		}
		return inside
	case "http", "https":
		if u.Host == "" {
			return nowhere
		}
		if origin != "" && strings.EqualFold(u.Scheme+"://"+u.Host, origin) {
			return inside
		}
		return external
	case "mailto", "tel":
		return contact
	}
	return nowhere
}

// isOwnImage says whether an address is that of an image in the backpack: a
// path on this site. Browsers read "//" and "/\" as another host.
func isOwnImage(address string) bool {
	if reachOf(address, "") != inside {
		return false
	}
	path, err := url.PathUnescape(address)
	if err != nil || !strings.HasPrefix(address, "/") || strings.HasPrefix(path, "//") {
		return false
	}
	return !strings.ContainsFunc(path, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f })
}

// openLink writes the start of a link and says whether it wrote one.
func (h *writer) openLink(w util.BufWriter, address, title string) bool {
	where := reachOf(address, h.origin)
	if where == nowhere {
		return false
	}
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML([]byte(address)))
	_ = w.WriteByte('"')
	if where == external {
		_, _ = w.WriteString(` rel="` + externalRel + `" class="rz-external"`)
	}
	if title != "" {
		_, _ = w.WriteString(` title="`)
		_, _ = w.Write(util.EscapeHTML([]byte(title)))
		_ = w.WriteByte('"')
	}
	_ = w.WriteByte('>')
	return true
}

// closeLink writes the end of a link that openLink wrote; who cannot see the
// mark of an external link hears it.
func (h *writer) closeLink(w util.BufWriter, address string) {
	if reachOf(address, h.origin) == external {
		_, _ = w.WriteString(`<span class="rz-visually-hidden"> `)
		_, _ = w.Write(util.EscapeHTML([]byte(h.words.external)))
		_, _ = w.WriteString(`</span>`)
	}
	_, _ = w.WriteString(`</a>`)
}

// addressOf resolves the escapes and entities of an address as written.
func addressOf(destination []byte) string {
	return string(util.URLEscape(destination, true))
}

func (h *writer) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.Link)
	if !ok {
		return ast.WalkContinue, nil
	}
	address := addressOf(n.Destination)
	if entering {
		h.openLink(w, address, resolve(n.Title))
	} else if reachOf(address, h.origin) != nowhere {
		h.closeLink(w, address)
	}
	return ast.WalkContinue, nil
}

func (h *writer) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.AutoLink)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	address := string(util.URLEscape(n.URL(source), false))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	linked := h.openLink(w, address, "")
	_, _ = w.Write(util.EscapeHTML(n.Label(source)))
	if linked {
		h.closeLink(w, address)
	}
	return ast.WalkContinue, nil
}

// image shows images of this site. Another image would tell its server who
// reads what, so it becomes a link; inside a link, or without an address to
// lead to, only its description stays.
func (h *writer) image(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.Image)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	address, alt, title := addressOf(n.Destination), textOf(n, source), resolve(n.Title)
	if isOwnImage(address) {
		_, _ = w.WriteString(`<img src="`)
		_, _ = w.Write(util.EscapeHTML([]byte(address)))
		_, _ = w.WriteString(`" alt="`)
		_, _ = w.Write(util.EscapeHTML([]byte(alt)))
		if title != "" {
			_, _ = w.WriteString(`" title="`)
			_, _ = w.Write(util.EscapeHTML([]byte(title)))
		}
		_, _ = w.WriteString(`" loading="lazy">`)
		return ast.WalkSkipChildren, nil
	}
	linked := !insideLink(n) && reachOf(address, h.origin) == external && h.openLink(w, address, title)
	if alt == "" && linked {
		alt = address
	}
	_, _ = w.Write(util.EscapeHTML([]byte(alt)))
	if linked {
		h.closeLink(w, address)
	}
	return ast.WalkSkipChildren, nil
}

func insideLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink {
			return true
		}
	}
	return false
}
