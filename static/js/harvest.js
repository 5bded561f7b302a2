// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-harvest> around the form of a harvest: Enter in a line goes on to the next
// line, and what was typed is not left behind without a warning. Without this
// script Enter sends the form, which keeps every line as a draft.
class Harvest extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const lines = [...form.querySelectorAll("input[type=text]")];
    form.addEventListener("keydown", (event) => {
      const at = lines.indexOf(event.target);
      if (event.key !== "Enter" || event.isComposing || at < 0) return;
      event.preventDefault();
      (lines[at + 1] ?? form.querySelector("button[value=more], button[value=save]")).focus();
    });
    let leaving = false;
    const typed = () => lines.map((line) => line.value).join("\n");
    const before = form.querySelector("[aria-invalid=true]") ? "" : lines.map((line) => line.defaultValue).join("\n");
    form.addEventListener("submit", () => (leaving = true));
    addEventListener("pageshow", () => (leaving = false));
    addEventListener("beforeunload", (event) => {
      if (!leaving && typed() !== before) event.preventDefault();
    });
  }
}

customElements.define("rz-harvest", Harvest);
