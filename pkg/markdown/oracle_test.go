// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package markdown

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// judge reads output the way a browser does and lists everything in it that is
// not on its own list of harmless things. It shares nothing with the policy it
// checks.
func judge(output string) []string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(output), body)
	if err != nil {
		return []string{"not parsed: " + err.Error()}
	}
	var found []string
	ids := make(map[string]bool)
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		switch n.Type {
		case html.ElementNode:
			found = append(found, judgeElement(n, ids)...)
		case html.TextNode:
			if strings.ContainsAny(n.Data, turning) {
				found = append(found, "turning character in text")
			}
		default:
			found = append(found, fmt.Sprintf("node of type %d", n.Type))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	for _, n := range nodes {
		visit(n)
	}
	return found
}

var harmless = strings.Fields(`p br hr em strong del code pre blockquote ul ol li dl dt dd sup
	h2 h3 h4 h5 h6 table thead tbody tr th td a img span div aside input`)

func judgeElement(n *html.Node, ids map[string]bool) []string {
	var found []string
	report := func(format string, args ...any) {
		found = append(found, "<"+n.Data+">: "+fmt.Sprintf(format, args...))
	}
	if !slices.Contains(harmless, n.Data) || n.Namespace != "" {
		report("element")
	}
	has := make(map[string]string)
	for _, a := range n.Attr {
		has[a.Key] = a.Val
		if strings.ContainsAny(a.Val, turning) {
			report("turning character in %s", a.Key)
		}
		switch a.Key {
		case "title", "alt", "aria-label", "aria-hidden", "role", "rel", "loading", "scope", "start",
			"tabindex", "type", "disabled", "checked":
		case "class":
			for _, class := range strings.Fields(a.Val) {
				if !strings.HasPrefix(class, "rz-") && !strings.HasPrefix(class, "language-") && !strings.HasPrefix(class, "footnote") {
					report("class %q", class)
				}
			}
		case "id":
			if !strings.HasPrefix(a.Val, "user-content-") || strings.ContainsAny(a.Val, " \t\n\"'<>&") {
				report("id %q", a.Val)
			}
			if ids[a.Val] {
				report("id %q twice", a.Val)
			}
			ids[a.Val] = true
		case "href":
			if n.Data != "a" || !safeAddress(a.Val) {
				report("href %q", a.Val)
			}
		case "src":
			if n.Data != "img" || !ownAddress(a.Val) {
				report("src %q", a.Val)
			}
		default:
			report("attribute %s=%q", a.Key, a.Val)
		}
	}
	switch n.Data {
	case "input":
		_, disabled := has["disabled"]
		if !disabled || has["type"] != "checkbox" {
			report("not a disabled checkbox: %v", has)
		}
	case "a":
		if leavesSite(has["href"]) && (has["rel"] != "nofollow noopener noreferrer" || has["class"] != "rz-external") {
			report("external link not marked: %v", has)
		}
	}
	return found
}

// asBrowser removes what browsers ignore in addresses.
func asBrowser(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
}

func safeAddress(address string) bool {
	address = asBrowser(address)
	end := strings.IndexAny(address, ":/?#")
	if end < 0 || address[end] != ':' {
		return true // no scheme
	}
	return slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(address[:end]))
}

func ownAddress(address string) bool {
	address = asBrowser(address)
	decoded, err := url.PathUnescape(address)
	return err == nil && strings.HasPrefix(decoded, "/") && !strings.HasPrefix(decoded, "//") &&
		!strings.ContainsAny(decoded, "\\\t\n\r")
}

func leavesSite(address string) bool {
	address = strings.ReplaceAll(asBrowser(address), `\`, "/")
	lower := strings.ToLower(address)
	return strings.HasPrefix(lower, "//") || strings.HasPrefix(lower, "http:") || strings.HasPrefix(lower, "https:")
}
