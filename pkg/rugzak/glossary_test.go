// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package rugzak

import (
	"strings"
	"testing"
)

func TestGlossary(t *testing.T) {
	t.Parallel()
	g := NewGlossary([]Term{
		{ID: "wmo", Preferred: "Wmo", Others: []string{"Wet maatschappelijke ondersteuning"}, Meaning: "Een wet."},
		{ID: "zin", Preferred: "zorg in natura", Others: []string{"ZIN"}, Meaning: "Zorg die de gemeente inkoopt."},
		{ID: "werk", Preferred: "Werk en Inkomen", Others: []string{"W&I"}, Meaning: "Een afdeling."},
		{ID: "achttien", Preferred: "18-/18+", Others: []string{"18-"}, Meaning: "Volwassen worden."},
		{ID: "keuken", Preferred: "keukentafelgesprek", Meaning: "Een gesprek."},
		{ID: "stil", Preferred: "wijkteam", Others: []string{"buurtteam"}},
	})
	link := func(id, text string) string { return `<a class="rz-term" href="#begrip-` + id + `">` + text + "</a>" }
	for _, c := range []struct{ name, page, want, found string }{
		{"first place only", "<p>De Wmo en de Wmo</p>", "<p>De " + link("wmo", "Wmo") + " en de Wmo</p>", "wmo"},
		{"capitals", "<p>WMO</p>", "<p>" + link("wmo", "WMO") + "</p>", "wmo"},
		{"the longest", "<p>de wet maatschappelijke ondersteuning</p>", "<p>de " + link("wmo", "wet maatschappelijke ondersteuning") + "</p>", "wmo"},
		{"an acronym is no word", "<p>Het heeft zin, ZIN.</p>", "<p>Het heeft zin, " + link("zin", "ZIN") + ".</p>", "zin"},
		{"part of a word", "<p>Wmoers keukentafelgesprekken</p>", "<p>Wmoers keukentafelgesprekken</p>", ""},
		{"part of a compound with a hyphen", "<p>Wmo-loket</p>", "<p>" + link("wmo", "Wmo") + "-loket</p>", "wmo"},
		{"marks in HTML", "<p>Bij W&amp;I</p>", "<p>Bij " + link("werk", "W&amp;I") + "</p>", "werk"},
		{"other marks", "<p>a &amp; b &lt;Wmo&gt;</p>", "<p>a &amp; b &lt;" + link("wmo", "Wmo") + "&gt;</p>", "wmo"},
		{"with marks at its end", "<p>van 18- naar 18-/18+</p>", "<p>van " + link("achttien", "18-") + " naar 18-/18+</p>", "achttien"},
		{"not in a link", `<p><a href="/x?Wmo" title="Wmo">Wmo</a> Wmo</p>`, `<p><a href="/x?Wmo" title="Wmo">Wmo</a> ` + link("wmo", "Wmo") + "</p>", "wmo"},
		{"not in code and headings", "<h2 id=\"x\">Wmo</h2><pre><code>Wmo</code></pre>", "<h2 id=\"x\">Wmo</h2><pre><code>Wmo</code></pre>", ""},
		{"without explanation", "<p>Het wijkteam</p>", "<p>Het wijkteam</p>", ""},
		{"torn", "<p Wmo", "<p Wmo", ""},
		{"torn mark", "<p>Wmo & Wmo", "<p>" + link("wmo", "Wmo") + " & Wmo", "wmo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, terms := g.Explain(c.page)
			var found []string
			for _, term := range terms {
				found = append(found, string(term.ID))
			}
			if got != c.want || strings.Join(found, " ") != c.found {
				t.Errorf("got %s %v\nwant %s", got, found, c.want)
			}
		})
	}
	if got, terms := (*Glossary)(nil).Explain("<p>Wmo</p>"); got != "<p>Wmo</p>" || terms != nil {
		t.Errorf("without a glossary: %s %v", got, terms)
	}
}

// Whatever the text, only links of our own come into it.
func FuzzGlossary(f *testing.F) {
	g := NewGlossary([]Term{{ID: "wmo", Preferred: "Wmo", Others: []string{"W&I", "18-"}, Meaning: "Een wet."}})
	f.Add("<p>Wmo W&amp;I <a href=\"x\">18-</a> &")
	f.Fuzz(func(t *testing.T, page string) {
		got, _ := g.Explain(page)
		if !strings.Contains(page, "rz-term") {
			for _, w := range []string{"Wmo", "WMO", "W&amp;I", "18-", "W&AMP;I"} {
				got = strings.Replace(got, `<a class="rz-term" href="#begrip-wmo">`+w+"</a>", w, 1)
			}
			if got != page {
				t.Errorf("%q became %q", page, got)
			}
		}
	})
}
