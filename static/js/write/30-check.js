// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

const pause = 1500; // after the last key, in milliseconds

// <rz-check data-url="..."> inside a form: after a pause it has the server look
// for personal data in what was typed and for what may read easier, which stores
// nothing, and shows what was found beside each field.
class Check extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[role=status]");
    this.advice = this.form.querySelector("[data-advice]");
    this.advice?.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      this.goTo(this.form.elements[link.hash.slice(1)], Number(link.dataset.line));
    });
    this.form.addEventListener("input", (event) => {
      if (event.target.matches("input[type=checkbox], input[type=radio]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), pause);
    });
  }

  async look() {
    this.asked?.abort();
    this.asked = new AbortController();
    let told;
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        redirect: "manual",
        signal: this.asked.signal,
      });
      if (!answer.ok) return; // it is looked at again when the form is sent
      told = await answer.json();
    } catch {
      return;
    }
    for (const place of this.form.querySelectorAll("[data-findings]")) {
      this.fill(place, told.found[place.dataset.findings] ?? "");
    }
    this.fill(this.querySelector("[data-review]"), told.review);
    if (this.advice) {
      const open = this.advice.querySelector("details")?.open;
      this.fill(this.advice, told.advice);
      this.advice.querySelector("details")?.toggleAttribute("open", Boolean(open));
    }
    const message = told.message ?? "";
    if (this.state.textContent !== message) this.state.textContent = message;
  }

  // goTo selects a line of a text, so that it can be changed at once.
  goTo(field, line) {
    const lines = field.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    field.blur(); // so that getting the focus shows the selection
    field.focus();
  }

  // fill leaves alone what stays the same, and whatever has the focus. The
  // server's own templates made the HTML.
  fill(place, html) {
    if ((place.shown ?? place.innerHTML) === html || place.contains(document.activeElement)) return;
    place.shown = html;
    place.innerHTML = html;
  }
}

// "This is not right": tells the server the sort of finding, not the text.
const alarms = document.getElementById("klopt-niet");
alarms?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const body = new URLSearchParams(new FormData(alarms));
  body.set("finding", button.value);
  button.disabled = true;
  try {
    const answer = await fetch(alarms.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) throw new Error(answer.status);
    const thanks = document.createElement("p");
    thanks.setAttribute("role", "status");
    thanks.textContent = alarms.dataset.thanks;
    button.replaceWith(thanks);
  } catch {
    button.disabled = false;
  }
});

customElements.define("rz-check", Check);
