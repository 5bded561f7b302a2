// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-unsaved data-person="..."> inside a long form: warns before typed text is
// left behind, and keeps it in this tab until it is saved or its writer signs
// out. Who comes back finds it offered. Another person never does: what is kept
// is of one person, and goes as soon as somebody else opens such a form. With
// data-sent the page is the answer to this form, which was not saved.

const prefix = "rugzak.unsaved:"; // as in core/10-page.js

class Unsaved extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.offer = this.querySelector("[data-offer]");
    const mine = `${prefix}${this.dataset.person}:`;
    this.key = mine + new URL(this.form.action).pathname;
    this.before = "sent" in this.dataset ? "" : this.typed();
    try {
      for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(prefix) && !key.startsWith(mine)) sessionStorage.removeItem(key);
      }
      const kept = sessionStorage.getItem(this.key);
      if ("sent" in this.dataset) this.keep();
      else if (kept === this.before) sessionStorage.removeItem(this.key);
      else if (kept) this.offers(kept);
    } catch {
      // Not allowed here: nothing is kept.
    }
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => {
      this.keep();
      this.leaving = true;
      try {
        sessionStorage.setItem("rugzak.sent", this.key);
      } catch {
        // Not allowed here: nothing is kept.
      }
    });
    addEventListener("pageshow", () => (this.leaving = false));
    addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.typed() !== this.before) event.preventDefault();
    });
  }

  // typed is what would be sent, without what only says which save this is.
  typed() {
    const data = new URLSearchParams(new FormData(this.form));
    for (const name of ["base", "key", "reviewed"]) data.delete(name);
    return data.toString();
  }

  keep() {
    if (this.offered) return; // what is offered is not written over before it is answered
    const typed = this.typed();
    try {
      if (typed === this.before) sessionStorage.removeItem(this.key);
      else sessionStorage.setItem(this.key, typed);
    } catch {
      // Not allowed here, or too long: nothing is kept.
    }
  }

  offers(kept) {
    this.offered = true;
    this.form.prepend(this.offer);
    this.offer.hidden = false;
    this.offer.addEventListener("click", (event) => {
      const answer = event.target.closest("button")?.value;
      if (!answer) return;
      if (answer === "back") this.putBack(new URLSearchParams(kept));
      else this.offer.hidden = true;
      this.offered = false;
      this.keep();
    });
  }

  // putBack fills the fields; what has no field any more stays on the screen.
  putBack(kept) {
    const rest = [];
    for (const name of new Set(kept.keys())) {
      const values = kept.getAll(name);
      const fields = [...this.form.elements].filter((field) => field.name === name && field.type !== "submit");
      if (!fields.length) rest.push(...values.filter((value) => value.trim()));
      fields.forEach((field, i) => {
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
        else if (field.type !== "hidden") field.value = values[i] ?? "";
      });
    }
    for (const box of this.form.querySelectorAll("input[type=checkbox]")) {
      if (!kept.has(box.name)) box.checked = false;
    }
    this.offer.hidden = rest.length === 0;
    for (const button of this.offer.querySelectorAll("button")) button.hidden = true;
    this.offer.querySelector("[data-rest]").textContent = rest.join("\n");
    this.form.querySelector("textarea, input[type=text]")?.focus();
  }
}

customElements.define("rz-unsaved", Unsaved);
