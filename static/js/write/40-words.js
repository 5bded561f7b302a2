// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-words> inside a form: how many words its commentary has, as the server
// counts them when it is saved. Quotes do not count.
class Words extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[role=status]");
    this.form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.count(), 500);
    });
  }

  count() {
    let words = 0;
    for (const field of this.form.querySelectorAll("textarea")) {
      if (/_quote_\d$/.test(field.name)) continue;
      words += field.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    }
    this.state.textContent = (words === 1 ? this.dataset.one : this.dataset.many).replace(/9\D?999/, words);
  }
}

customElements.define("rz-words", Words);
