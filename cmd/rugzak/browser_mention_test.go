// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// Naming a colleague in a response with keys only: what a screen reader is told,
// what Escape, arrows and Enter do, and who is told of it. Who may not read the
// entry is not offered.
func TestBrowserMention(t *testing.T) {
	chromium := startChromium(t)
	c := startCircle(t)
	writer := c.visit(chromium, noor)
	path := writer.shareQuickly("Bel eerst, dan pas het formulier.")

	b := c.visit(chromium, sam)
	b.open(path)
	b.waits("the script of the field", `document.querySelector("rz-mention [role=combobox]")`)
	const list = `document.querySelector("rz-mention [role=listbox]")`
	b.types("body", "Goed idee,")

	b.pastes("naam", "rob") // of a partner who may not read it
	b.waits("the answer that nobody is found", `document.querySelector("rz-mention [role=status]").textContent.trim() !== ""`)
	if !js[bool](b, list+".hidden") {
		t.Errorf("who may not read it is offered: %s", js[string](b, list+".innerText"))
	}
	b.pastes("naam", "noo")
	b.waits("the choices", "!"+list+".hidden")
	if small := js[[]string](b, `[...document.querySelectorAll("rz-mention [role=option]")].filter((o) => o.getBoundingClientRect().height < 44).map((o) => o.innerText)`); len(small) > 0 {
		t.Errorf("too small to touch: %q", small)
	}
	if wrong := b.layout(phone()); len(wrong) > 0 {
		t.Errorf("with choices: %q", wrong)
	}
	b.key(kb.Escape)
	if !js[bool](b, list+".hidden") || js[string](b, `document.querySelector("#naam").value`) != "noo" {
		t.Error("Escape does more, or less, than closing the list")
	}
	b.key(kb.Enter)
	if b.path() != path {
		t.Fatalf("Enter in the field sends the response: %s", b.path())
	}
	b.pastes("naam", "noor")
	b.waits("the choices", "!"+list+".hidden")
	b.key(kb.ArrowDown)
	if told := b.told(); !told.expanded || !strings.Contains(told.active, "Noor") {
		t.Errorf("a screen reader is told %+v", told)
	}
	b.key(kb.Enter)
	b.waits("the list to close", list+".hidden")
	if got := js[string](b, `document.querySelector("#body").value`); !strings.HasPrefix(got, "Goed idee, ") || len(got) < len("Goed idee, ")+4 {
		t.Errorf("the text became %q", got)
	}
	if !js[bool](b, `document.activeElement.id === "body"`) {
		t.Error("one does not go on with the text")
	}
	if status := b.press(`#reageer button[value="send"]`); status != http.StatusOK {
		t.Fatalf("the response gives %d:\n%s", status, b.text("main"))
	}
	b.says("#reacties article", "Goed idee,", "Noor")
	if got := b.text("#reacties h3 a"); got != "Sam" {
		t.Errorf("the name of who responds leads to %q", got)
	}

	writer.open("/meldingen")
	writer.shows("in een reactie")
}
