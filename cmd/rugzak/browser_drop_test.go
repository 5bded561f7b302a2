// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

package main

import (
	"strings"
	"testing"
)

// A picture that is pasted or dropped in a form stands in the text; its
// description is asked for, and what goes wrong leaves no mark.
func TestBrowserDropPicture(t *testing.T) {
	chromium := startChromium(t)
	s := startShowcase(t)
	const bring = `(async () => {
	  const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 30});
	  const context = canvas.getContext("2d");
	  context.fillStyle = "green";
	  context.fillRect(0, 0, 40, 30);
	  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
	  const data = new DataTransfer();
	  for (const name of NAMES) data.items.add(new File([WHAT], name, {type: "image/png"}));
	  const field = document.querySelector(FIELD);
	  field.focus();
	  window.taken = !field.dispatchEvent(EVENT);
	})() && true`
	for form, name := range map[string]string{fullForm: "body", quickForm: "answer_happened"} {
		b := newBrowser(t, chromium, s.at, phone())
		b.signIn(s, "participant")
		b.open(form)
		for event, made := range map[string]string{
			"paste": `new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})`,
			"drop":  `new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})`,
		} {
			b.pastes(name, "Kijk: ")
			run := strings.NewReplacer("EVENT", made, "FIELD", quoted(field(name)))
			js[bool](b, strings.NewReplacer("WHAT", "blob", "NAMES", `["bank.png"]`).Replace(run.Replace(bring)))
			b.waits(event+": the picture to be there", `/^Kijk: \n\n!\[\]\(\/bijlagen\/[^)]+\)$/.test(document.querySelector(`+quoted(field(name))+`).value)`)
			b.waits("its description to be asked", `document.querySelector("[data-pasted] p:not(:empty)")?.textContent.includes("wat erop te zien is")`)
			if !strings.Contains(b.selected(name), "![⟦⟧](") {
				t.Errorf("%s, %s: the description is not typed at once: %s", form, event, b.selected(name))
			}
			b.pastes(name, "Kijk: ")
			js[bool](b, strings.NewReplacer("WHAT", "blob", "NAMES", `["bank.png", "stoel.png"]`).Replace(run.Replace(bring)))
			b.waits(event+": both to stand below each other", `/^Kijk: (\n\n!\[\]\(\/bijlagen\/[^)]+\)){2}$/.test(document.querySelector(`+quoted(field(name))+`).value)`)
			b.pastes(name, "Kijk: ")
			js[bool](b, strings.NewReplacer("WHAT", `new Uint8Array(64)`, "NAMES", `["bank.png"]`).Replace(run.Replace(bring)))
			b.waits(event+": what is none to be refused", `window.taken && document.querySelector("[data-pasted] p:not(:empty)")?.textContent.startsWith("bank.png") && document.querySelector(`+quoted(field(name))+`).value === "Kijk: "`)
		}
		b.drops()
	}
}
