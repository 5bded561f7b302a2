// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-preview data-url="..."> beside the field "body" of a form, or the one
// that data-field names; data-lang is its language when the form has no choice.
class Preview extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.shown = this.querySelector("#voorbeeld");
    const { body, lang } = this.fields();
    for (const field of [body, lang]) {
      field.addEventListener?.("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.show(), 500);
      });
    }
    if (body.value.trim()) this.show();
  }

  fields() {
    const { elements } = this.form;
    return { body: elements[this.dataset.field ?? "body"], lang: elements.lang ?? { value: this.dataset.lang } };
  }

  async show() {
    const { body, lang } = this.fields();
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        body: new URLSearchParams({ body: body.value, lang: lang.value }),
        redirect: "manual",
        signal: this.asked.signal,
      });
      const text = await answer.text();
      this.shown.lang = lang.value;
      // What the server's own renderer made is safe by its sanitiser.
      if (answer.ok && text.trim()) this.shown.innerHTML = text;
      else if (answer.ok) this.shown.textContent = this.dataset.empty;
      else this.shown.textContent = answer.status === 422 ? text : this.dataset.failed;
    } catch (error) {
      if (error.name !== "AbortError") this.shown.textContent = this.dataset.failed;
    }
  }
}

customElements.define("rz-preview", Preview);
