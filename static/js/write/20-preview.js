// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-preview data-url="..."> beside the field "body" of a form, or the one
// that data-field names; data-lang is its language when the form has no choice.
// Where there is no room for both, tabs show one of the two.
const narrow = matchMedia("(max-width: 61.99rem)"); // as in write.css

class Preview extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.shown = this.querySelector("#voorbeeld");
    this.editor = this.closest(".rz-editor--tabs");
    if (this.editor) this.withTabs();
    const { body, lang } = this.fields();
    for (const field of [body, lang]) {
      field.addEventListener?.("input", () => {
        clearTimeout(this.timer);
        if (this.seen) this.timer = setTimeout(() => this.show(), 500);
      });
    }
    if (body.value.trim() && this.seen && !this.asked) this.show();
  }

  // seen reports whether the preview is in sight.
  get seen() {
    return !this.editor || !narrow.matches || this.at === 1;
  }

  withTabs() {
    const [list, ...panels] = this.editor.children;
    this.tabs = [...list.children];
    this.top = []; // how far down the page was, by tab
    const fit = () => {
      panels.forEach((panel, i) => {
        for (const [name, value] of [["role", "tabpanel"], ["aria-labelledby", this.tabs[i].id]]) {
          if (narrow.matches) panel.setAttribute(name, value);
          else panel.removeAttribute(name);
        }
      });
      if (narrow.matches) this.tabIndex = 0; // a text may hold nothing else to go to
      else this.removeAttribute("tabindex");
    };
    fit();
    narrow.addEventListener("change", () => {
      fit();
      if (this.seen) this.show();
    });
    this.pick(this.editor.dataset.tab === "both" ? 1 : 0);
    list.addEventListener("click", ({ target }) => target !== list && this.pick(this.tabs.indexOf(target)));
    list.addEventListener("keydown", (event) => {
      const to = { ArrowLeft: 1 - this.at, ArrowRight: 1 - this.at, Home: 0, End: 1 }[event.key];
      if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.pick(to);
      this.tabs[to].focus();
    });
    // What leads to the text needs it in sight, and what the button does is done.
    document.addEventListener("click", ({ target }) => target.closest('a[href="#body"], [data-insert], [data-line]') && this.pick(0), true);
    const button = this.form.querySelector("[value=preview]");
    button.hidden = true;
    button.addEventListener("click", (event) => event.preventDefault()); // the enter key presses it
  }

  pick(at) {
    if (at === this.at) return;
    const { top } = this.editor.getBoundingClientRect();
    this.top[this.at] = scrollY;
    this.at = at;
    this.tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
    });
    this.editor.dataset.tab = at ? "preview" : "write";
    if (top < 0 && narrow.matches) scrollTo({ top: this.top[at] ?? scrollY + top, behavior: "instant" });
    if (at) this.show();
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
