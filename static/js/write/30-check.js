// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

const pause = 1500; // after the last key, in milliseconds
const enough = 20; // characters before there is something to compare

// Asking is a part of a form that, after a pause, asks the server about what was
// typed, which stores nothing. An answer that something newer overtakes is dropped;
// one can write without any.
class Asking extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[role=status]");
    this.form.addEventListener("input", ({ target }) => {
      if (target.matches("input[type=checkbox], input[type=radio]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), pause);
    });
  }

  async look() {
    this.asked?.abort();
    if (!this.wants()) return;
    const { signal } = (this.asked = new AbortController());
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body: new URLSearchParams(new FormData(this.form)), redirect: "error", signal });
      const told = answer.ok && (await answer.json());
      if (told && !signal.aborted) this.tell(told);
    } catch {
      // No connection, signed out, or overtaken.
    }
  }

  wants() {
    return true;
  }

  say(text = "") {
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

// <rz-similar data-url="..."> inside a form: what colleagues wrote about the
// same. It says so quietly, and can be hidden.
class Similar extends Asking {
  connectedCallback() {
    super.connectedCallback();
    this.box = this.querySelector(".rz-similar");
    this.list = this.querySelector("[data-list]");
    const hide = this.querySelector("button");
    hide.hidden = false;
    hide.addEventListener("click", () => {
      this.done = true;
      this.asked?.abort();
      this.box.hidden = true;
      this.say();
      this.form.querySelector("textarea, input[type=text]")?.focus();
    });
  }

  // wants reports whether there is enough to compare.
  wants() {
    const typed = [...this.form.querySelectorAll("textarea, input[type=text]")].map((field) => field.value.trim());
    return !this.done && typed.join("").length >= enough;
  }

  tell({ html, message }) {
    if (this.shown === html || this.box.contains(document.activeElement)) return;
    this.shown = html;
    this.list.innerHTML = html; // made by the server's own template
    this.box.hidden = !html;
    this.say(message);
  }
}

// <rz-check data-url="..."> inside a form: has the server look for personal data
// in what was typed and for what may read easier, and shows what was found beside
// each field. It is looked at again when the form is sent.
class Check extends Asking {
  connectedCallback() {
    super.connectedCallback();
    this.advice = this.form.querySelector("[data-advice]");
    this.advice?.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      this.goTo(this.form.elements[link.hash.slice(1)], Number(link.dataset.line));
    });
  }

  tell({ found, review, advice, message }) {
    for (const place of this.form.querySelectorAll("[data-findings]")) this.fill(place, found[place.dataset.findings] ?? "");
    this.fill(this.querySelector("[data-review]"), review);
    if (this.advice) {
      const open = this.advice.querySelector("details")?.open;
      this.fill(this.advice, advice);
      this.advice.querySelector("details")?.toggleAttribute("open", Boolean(open));
    }
    this.say(message);
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

customElements.define("rz-similar", Similar);
customElements.define("rz-check", Check);
