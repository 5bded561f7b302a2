// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"text/tabwriter"
)

// effort is what something asks of somebody on a phone.
type effort struct {
	// required counts the fields without which it is refused, asked those that
	// stand open and are not called optional.
	required, asked int
	// presses counts buttons, links and choices; loads the pages that came.
	presses, loads int
}

// Taking part costs seconds: what each way asks is counted in the browser, from
// where somebody is when they think of it, and is never more than this.
func TestBrowserSeconds(t *testing.T) {
	chromium := startChromium(t)
	c := startCircle(t)
	writer := c.visit(chromium, noor)
	lesson := writer.shareQuickly("Wij belden de verhuurder voordat de huurachterstand opliep.")
	shared := writer.shareQuickly("Wij gingen samen met de wijkverpleegkundige op huisbezoek.")
	writer.shareWith(shared, "welzijn")
	const form, share = "main #schrijven", `main button[name="do"][value="share"]`

	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "required fields\tfields asked\tpresses\tpages loaded\t ")
	for _, way := range []struct {
		name, from string
		most       effort
		// open leads to the form and empty is the button that sends it; without
		// them there is no form.
		open, form, empty string
		does              func(b *tab)
	}{
		{"take along", lesson, effort{0, 0, 1, 1}, "", "", "", func(b *tab) {
			b.press(`main .rz-actions form[action="` + lesson + `/meenemen"] button`)
			if !b.has(`main form[action="` + lesson + `/uit-rugzak"]`) {
				b.Errorf("%s is not taken along:\n%s", lesson, b.text("main"))
			}
		}},
		{"recognise", lesson, effort{0, 0, 1, 1}, "", "", "", func(b *tab) {
			b.press(`main form[action="` + lesson + `/herkenbaar"] button`)
			if !b.has(`main form[action="` + lesson + `/herkenbaar"] button[aria-pressed="true"]`) {
				b.Errorf("%s is not recognised:\n%s", lesson, b.text("main"))
			}
		}},
		{"respond", lesson, effort{1, 1, 1, 1}, "", "main #reageer form", `main #reageer button[value="send"]`, func(b *tab) {
			b.types("body", "Wie belde er als eerste?")
			b.press(`main #reageer button[value="send"]`)
			b.says("main #reacties", "Wie belde er als eerste?", "Vraag")
		}},
		{"apply", lesson, effort{2, 2, 3, 2}, `main a[href="` + lesson + `/toepassen"]`, form, share, func(b *tab) {
			b.tells("partly", "Bellen hielp.")
			b.says("main", "Werkte deels", "Bellen hielp.")
		}},
		{"apply, with a partner", shared, effort{2, 2, 4, 3}, `main a[href="` + shared + `/toepassen"]`, form, share, func(b *tab) {
			b.tells("worked", "Samen gaan hielp.")
			b.press(share) // yes, with the partner
			b.says("main", "Werkte", "Samen gaan hielp.")
		}},
		{"post", "/", effort{1, 3, 2, 2}, `nav.rz-nav a[href="/ik-deel-iets"]`, form, share, func(b *tab) {
			b.types("answer_happened", "Wij aten samen soep in de wijk.")
			b.press(share)
			b.says("main h1", "Wij aten samen soep in de wijk")
		}},
		{"ask", "/", effort{1, 3, 2, 2}, `main a[href="/ik-vraag-iets"]`, form, share, func(b *tab) {
			b.types("answer_question", "Hoe vinden wij elkaar sneller?")
			b.press(share)
			b.says("main h1", "Hoe vinden wij elkaar sneller?")
		}},
	} {
		b := c.visit(chromium, sam)
		got := effort{}
		if way.form != "" {
			empty := b.another(phone())
			empty.begins(way.from, way.open)
			got.asked = empty.asked(way.form)
			if status := empty.press(way.empty); status != http.StatusUnprocessableEntity {
				t.Errorf("%s: an empty form answers %d:\n%s", way.name, status, empty.text("main"))
			}
			got.required = len(js[[]string](empty, `[...document.querySelectorAll("main form .utrecht-form-field-error-message")].map((e) => e.id)`))
		}
		b.begins(way.from, way.open)
		way.does(b)
		got.presses, got.loads = b.spent()
		_, _ = fmt.Fprintf(w, "%d\t%d\t%d\t%d\t  %s\n", got.required, got.asked, got.presses, got.loads, way.name)
		if got.required > way.most.required || got.asked > way.most.asked || got.presses > way.most.presses || got.loads > way.most.loads {
			t.Errorf("%s asks %+v, more than %+v", way.name, got, way.most)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Logf("what it asks on a phone\n%s", &table)
}

// begins counts anew from a page, and presses what leads on from there.
func (b *tab) begins(from, open string) {
	b.Helper()
	b.open(from)
	b.mu.Lock()
	b.presses, b.loads, b.loaded = 0, 0, 0
	b.mu.Unlock()
	if open != "" {
		b.press(open)
	}
}

// spent is how often somebody pressed, and how many pages came of it.
func (b *tab) spent() (presses, loads int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.presses, b.loads
}

// asked counts the fields of a form that stand open, are empty and are not
// called optional. Boxes to tick are never asked.
func (b *tab) asked(form string) int {
	b.Helper()
	return len(js[[]string](b, `((form) => {
  const controls = [...form.querySelectorAll("input, textarea, select")].filter((e) => e.type !== "hidden" && e.type !== "checkbox" && e.checkVisibility());
  const optional = (e) => Boolean((e.type === "radio" ? e.closest("fieldset").querySelector("legend") : form.querySelector('label[for="' + e.id + '"]'))?.querySelector(".rz-optional"));
  const filled = (e) => e.type === "radio" ? controls.some((o) => o.name === e.name && o.checked) : e.value !== "";
  return [...new Set(controls.filter((e) => e.required || !optional(e) && !filled(e)).map((e) => e.name))];
})(document.querySelector(`+quoted(form)+`))`))
}
