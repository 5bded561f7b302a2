// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package housestyle

import (
	"math"
	"os"
	"strings"
	"testing"
)

// The site itself reaches every ratio it asks of others.
func TestOwnColours(t *testing.T) {
	css, err := os.ReadFile("../../static/css/rugzak/10-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	sheet := scan(string(css))
	for _, dark := range []bool{false, true} {
		own := tokens{}
		own.collect(sheet, nil, dark, true)
		for _, p := range own.judge(dark) {
			t.Errorf("%s %s %s %v", p.Key, p.Pair, p.Mode, p.Args)
		}
		for _, p := range pairs() {
			if c := own.look("var("+p.front+")", dark); !c.known {
				t.Errorf("%s is %q, no colour", p.front, c.text)
			}
			if c := own.look("var("+p.back+")", dark); !c.known && p.back != "--rz-tint" {
				t.Errorf("%s is %q, no colour", p.back, c.text)
			}
		}
	}
}

func TestColours(t *testing.T) {
	for text, want := range map[string]string{
		"#abc": "#aabbcc", "#AABBCCDD": "#aabbcc", "rgb(1, 2, 3)": "#010203", "rgba(1 2 3 / .5)": "#010203", "rgb(100% 0% 50%)": "#ff0080",
		"hsl(120, 100%, 25%)": "#008000", "hsl(210deg 50% 40%)": "#336699", "hsl(-150 50% 40%)": "#336699", "White": "#ffffff", " navy ": "#000080",
		"oklch(1 0 0)": "", "#ab": "", "#ggg": "", "rgb(1,2)": "", "rgb(a,b,c)": "", "canvas": "", "": "", "calc(1)": "",
	} {
		c, ok := parseColour(text)
		if got := c.hex(); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %s, %v", text, got, ok)
		}
	}
	black, white := colour{0, 0, 0, 1}, colour{1, 1, 1, 1}
	if r := contrast(black, white); math.Abs(r-21) > 1e-9 {
		t.Errorf("black on white: %v", r)
	}
	grey, _ := parseColour("#767676")
	if r := contrast(grey, white); r < 4.54 || r > 4.55 {
		t.Errorf("#767676 on white: %v", r)
	}
	for _, ground := range []string{"#fff", "#000", "#777", "#f6f2e9", "#141a18"} {
		g, _ := parseColour(ground)
		if c := enough(grey, g, 4.5); contrast(c, g) < 4.5 {
			t.Errorf("%s does not reach 4.5 on %s", c.hex(), ground)
		}
	}
	half, _ := parseColour("rgb(0 0 0 / 50%)")
	if got := half.over(white).hex(); got != "#808080" {
		t.Errorf("half black on white: %s", got)
	}
}

func TestResolve(t *testing.T) {
	css := `:root { --a: var(--b, #111); --loop: var(--loop2); --loop2: var(--loop); --mix: color-mix(in srgb, #fff 25%, #000);
		--ld: light-dark(#222, #333); --rgb: rgb(var(--n), 0, 0); --n: 255; --weak: #444 }
		html { --weak: #555 } :where(.t) { --weak: #666 } .t { --strong: #777 !important } :root:not(.t) { --no: #888 } :is(.x, .t) { --is: #999 }
		.t p, .u, [data-x] { --strong: #000 } :root.t { --both: #abcdef }
		@media screen and (prefers-color-scheme: dark) { :root { --d: #eee } } @media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --d: #ddd } } .t { & { --nested: #123456 } & p { --nested: #000 } }`
	for _, dark := range []bool{false, true} {
		got := tokens{}
		got.collect(scan(css), []string{"t"}, dark, true)
		want := map[string]string{
			"--a": "#111", "--loop": "", "--mix": "#404040", "--ld": "#222", "--rgb": "rgb(255,0,0)", "--weak": "#444", "--strong": "#777",
			"--no": "", "--is": "#999", "--both": "#abcdef", "--d": "", "--nested": "#123456",
		}
		if dark {
			want["--ld"], want["--d"] = "#333", "#eee"
		}
		for name, value := range want {
			if text := got.look("var("+name+")", dark).text; text != value {
				t.Errorf("dark %v: %s is %q, not %q", dark, name, text, value)
			}
		}
	}
	if got := tokens(nil).look("var(--x, var(--y, #fff))", false); !got.known || got.source != "" {
		t.Errorf("%+v", got)
	}
}

// Whatever is in a file, reading it ends, and finds no line outside of it.
func FuzzScan(f *testing.F) {
	for _, css := range []string{"a{b:c}", "@media x{:root{--a:url(\"b\")}}", "a{b:c;", "}}}{{{", "/* ", "'\n", "a{b:u\\72l(x)}", "a{&b{c:d}}", strings.Repeat("a{", 100), strings.Repeat("a,b,&&{", 40), "a{b:url(/*\"\r)}"} {
		f.Add(css)
	}
	f.Fuzz(func(t *testing.T, css string) {
		lines := strings.Count(newlines.Replace(css), "\n") + 1
		sheet := scan(css)
		for _, d := range sheet.declarations {
			if d.line < 0 || d.line > lines {
				t.Errorf("line %d of %d", d.line, lines)
			}
		}
		own := tokens{}
		own.collect(sheet, []string{"a"}, true, true)
		own.judge(true)
	})
}
