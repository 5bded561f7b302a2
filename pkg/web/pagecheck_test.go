// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package web

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// checkPage holds what is true of every page of the site. Every page a test
// fetches goes through it.
func checkPage(c *client, a *answer) {
	c.Helper()
	fail := func(format string, args ...any) {
		c.Helper()
		c.Errorf(a.Path+": "+format, args...)
	}
	d := a.Doc
	if lang := d.Find("html").AttrOr("lang", ""); lang != "nl" && lang != "en" {
		fail("html lang is %q", lang)
	}
	if n := d.Find("h1").Length(); n != 1 {
		fail("%d headings of level 1", n)
	}
	if n := d.Find("main").Length(); n != 1 {
		fail("%d main landmarks", n)
	}
	if title := d.Find("title").Text(); strings.TrimSpace(strings.Split(title, " - ")[0]) == "" {
		fail("no title")
	}
	if strings.Contains(a.Body, "[[") {
		fail("a sentence is missing: %.60s", a.Body[strings.Index(a.Body, "[["):])
	}
	if strings.Contains(a.Body, "ZgotmplZ") {
		fail("a value was not safe where it stands")
	}
	ids := map[string]bool{}
	d.Find("[id]").Each(func(_ int, e *goquery.Selection) {
		id := e.AttrOr("id", "")
		if ids[id] {
			fail("the id %q stands twice", id)
		}
		ids[id] = true
	})
	d.Find("[aria-describedby],[aria-labelledby],[aria-controls],label[for]").Each(func(_ int, e *goquery.Selection) {
		for _, name := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for"} {
			for _, id := range strings.Fields(e.AttrOr(name, "")) {
				if !ids[id] {
					fail("%s points at the id %q, which is not there", name, id)
				}
			}
		}
	})
	d.Find("input:not([type=hidden],[hidden]),select,textarea").Each(func(_ int, e *goquery.Selection) {
		labelled := e.AttrOr("aria-label", e.AttrOr("aria-labelledby", "")) != "" || e.Closest("label").Length() > 0
		d.Find("label[for]").Each(func(_ int, l *goquery.Selection) { labelled = labelled || l.AttrOr("for", "") == e.AttrOr("id", "?") })
		if !labelled {
			fail("the field %q has no label", e.AttrOr("name", ""))
		}
	})
	d.Find("button,a").Each(func(_ int, e *goquery.Selection) {
		if strings.TrimSpace(e.Text()+e.Find("img").AttrOr("alt", "")) == "" && e.AttrOr("aria-label", "") == "" {
			html, _ := goquery.OuterHtml(e)
			fail("nothing says what this does: %s", html)
		}
	})
	d.Find("img:not([alt])").Each(func(_ int, e *goquery.Selection) { fail("an image without alt") })
	d.Find("script:not([src]),style,[style]").Each(func(_ int, e *goquery.Selection) {
		fail("script or style inside the page: the security policy refuses it")
	})
	d.Find("*").Each(func(_ int, e *goquery.Selection) {
		for _, at := range e.Nodes[0].Attr {
			if strings.HasPrefix(at.Key, "on") {
				fail("%s inside the page: the security policy refuses it", at.Key)
			}
		}
	})
}
