// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// prefers makes the tab one of somebody who wants something of how pages look,
// such as prefers-color-scheme: dark.
func (b *tab) prefers(media string, features map[string]string) {
	b.Helper()
	p := emulation.SetEmulatedMediaParams{Media: media}
	for name, value := range features {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.Fatalf("set what somebody prefers: %v", err)
	}
}

// style is a property as the browser works it out.
func (b *tab) style(selector, property string) string {
	b.Helper()
	return js[string](b, fmt.Sprintf(`(e => e ? getComputedStyle(e).getPropertyValue(%s) : "no such element")(document.querySelector(%s))`, quoted(property), quoted(selector)))
}

// readable is a script that lists the texts of a page that do not stand out
// enough from what is behind them.
const readable = `() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const parse = (text) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); const d = canvas.getImageData(0, 0, 1, 1).data; return [d[0] / 255, d[1] / 255, d[2] / 255, d[3] / 255]; };
  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = (c) => { const l = c.slice(0, 3).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const wrong = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest(".rz-visually-hidden, option, :disabled, .utrecht-skip-link")) continue;
    const layers = [];
    let image = false;
    for (let p = e; p; p = p.parentElement) { layers.push(parse(getComputedStyle(p).backgroundColor)); image ||= getComputedStyle(p).backgroundImage !== "none"; }
    if (image) continue;
    let ground = [1, 1, 1, 1];
    for (const l of layers.reverse()) ground = over(l, ground);
    const s = getComputedStyle(e), [a, b] = [light(over(parse(s.color), ground)), light(ground)].sort((x, y) => y - x);
    const big = parseFloat(s.fontSize) >= 24 || parseFloat(s.fontSize) >= 18.66 && +s.fontWeight >= 700;
    if ((a + 0.05) / (b + 0.05) < (big ? 3 : 4.5)) wrong.add(((a + 0.05) / (b + 0.05)).toFixed(2) + " " + e.className + ": " + walker.currentNode.data.trim().slice(0, 40));
  }
  return [...wrong];
}`

// checkReadable fails the test when a text does not stand out.
func (b *tab) checkReadable(who string) {
	b.Helper()
	for _, w := range js[[]string](b, "("+readable+")()") {
		b.Errorf("%s, %s: %s", b.path(), who, w)
	}
}

// Two made-up municipalities make the site theirs: colours, letters, logo and
// name, light and dark, with everything readable and nothing fetched elsewhere.
func TestBrowserThemes(t *testing.T) {
	chromium := startChromium(t)
	for _, theme := range []struct {
		folder, name string
		want         [][3]string // selector, property, value in light mode
		dark         [][3]string
	}{
		{"voorbeeldstad", "Rugzak Voorbeeldstad", [][3]string{
			{"body", "background-color", "rgb(255, 255, 255)"}, {"h1", "color", "rgb(22, 50, 92)"}, {".utrecht-page-header", "background-color", "rgb(22, 50, 92)"},
			{".rz-brand", "color", "rgb(255, 197, 61)"}, {".rz-door--share", "background-color", "rgb(22, 50, 92)"}, {".utrecht-button--primary-action", "border-top-left-radius", "0px"},
		}, [][3]string{{"body", "background-color", "rgb(255, 255, 255)"}, {"h1", "color", "rgb(22, 50, 92)"}}},
		{"verzonnen-aan-zee", "Zeezak", [][3]string{
			{"body", "color", "rgb(42, 21, 51)"}, {"h1", "color", "rgb(179, 38, 74)"}, {".utrecht-button--primary-action", "background-color", "rgb(179, 38, 74)"},
		}, [][3]string{{"body", "color", "rgb(244, 236, 246)"}, {"h1", "color", "rgb(255, 157, 176)"}, {"body", "background-color", "rgb(20, 26, 24)"}}},
	} {
		t.Run(theme.folder, func(t *testing.T) {
			s := serving(t, "demo", "--data", filepath.Join(t.TempDir(), "demo"), "--listen", "127.0.0.1:0", "--lang", "nl",
				"--theme-folder", madeUpThemes+theme.folder, "--site-name", theme.name)
			b := newBrowser(t, chromium, s.at, phone())
			b.signInAs("facilitator@voorbeeld.test", demoPasswordPattern.FindString(s.out.String()))
			for _, mode := range []string{"light", "dark"} {
				b.prefers("", map[string]string{"prefers-color-scheme": mode})
				want := theme.want
				if mode == "dark" {
					want = theme.dark
				}
				b.open("/")
				b.says(".rz-brand", theme.name)
				for _, w := range want {
					if got := b.style(w[0], w[1]); got != w[2] {
						t.Errorf("%s: %s of %s is %s, not %s", mode, w[1], w[0], got, w[2])
					}
				}
				if !js[bool](b, `document.querySelector("img.rz-logo")?.naturalWidth > 0`) {
					t.Errorf("%s: the logo does not show", mode)
				}
				entry := js[string](b, `document.querySelector(".rz-card__title a").pathname`)
				for _, path := range []string{"/", entry, "/zoeken?q=wachten", "/ik-deel-iets", "/themas", "/stand-van-zaken", "/rugzak"} {
					b.open(path)
					b.checkReadable(mode)
					b.checkLook(theme.folder)
				}
			}
		})
	}
}

// The site's own colours are readable everywhere too, also for who asks for
// more contrast.
func TestBrowserReadable(t *testing.T) {
	s := startShowcase(t)
	b := newBrowser(t, startChromium(t), s.at, phone())
	b.signIn(s, "facilitator")
	entry := js[string](b, `document.querySelector(".rz-card__title a").pathname`)
	for _, wish := range []map[string]string{
		{"prefers-color-scheme": "light"}, {"prefers-color-scheme": "dark"},
		{"prefers-color-scheme": "light", "prefers-contrast": "more"}, {"prefers-color-scheme": "dark", "prefers-contrast": "more"},
	} {
		b.prefers("", wish)
		for _, path := range []string{"/", entry, "/zoeken?q=wachten", "/ik-deel-iets", "/ervaringen/nieuw", "/themas", "/stand-van-zaken", "/rugzak", "/kompas", "/werkvormen", "/vraagstukken", "/account", "/hulp", "/nergens"} {
			b.open(path)
			b.checkReadable(strings.TrimPrefix(fmt.Sprint(wish), "map"))
		}
	}
	b.takeWrong() // the last page is not there
}
