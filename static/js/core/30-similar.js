// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What is about the same: beside an entry, and while somebody writes. Both work
// without this script, by a link and after saving a draft.

const pause = 1500; // after the last key, in milliseconds
const enough = 20; // characters before there is something to compare

// <rz-like data-url="..."> on the page of an entry: takes over the list of the
// page its link leads to, when the reader comes near.
class Like extends HTMLElement {
  connectedCallback() {
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some((s) => s.isIntersecting)) return;
        near.disconnect();
        this.load();
      },
      { rootMargin: "400px" },
    );
    near.observe(this);
  }

  async load() {
    const place = this.querySelector("[data-list]");
    try {
      const answer = await fetch(this.dataset.url, { redirect: "error" });
      if (!answer.ok) return; // the link stays
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector("[data-similar]");
      if (!list) {
        this.hidden = true; // nothing is like it
        return;
      }
      for (const heading of list.querySelectorAll("h2")) { // they stand beneath ours
        const lower = document.createElement("h3");
        lower.className = heading.className;
        lower.append(...heading.childNodes);
        heading.replaceWith(lower);
      }
      document.adoptNode(list);
      if (place.contains(document.activeElement)) place.append(list); // the keyboard is on the link, which stays
      else place.replaceChildren(list);
    } catch {
      // The link stays.
    }
  }
}

// <rz-similar data-url="..."> inside a form: what colleagues wrote about the
// same. It says so quietly, and can be hidden.
class Similar extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.box = this.querySelector(".rz-similar");
    this.list = this.querySelector("[data-list]");
    this.state = this.querySelector("[role=status]");
    const hide = this.querySelector("button");
    hide.hidden = false;
    hide.addEventListener("click", () => {
      this.done = true;
      this.asked?.abort();
      this.box.hidden = true;
      this.state.textContent = "";
      this.form.querySelector("textarea, input[type=text]")?.focus();
    });
    this.form.addEventListener("input", (event) => {
      if (this.done || !event.target.matches("textarea, input[type=text]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), pause);
    });
  }

  // typed is how much there is to compare.
  typed() {
    let n = 0;
    for (const field of this.form.querySelectorAll("textarea, input[type=text]")) n += field.value.trim().length;
    return n;
  }

  async look() {
    this.asked?.abort();
    if (this.done || this.typed() < enough) return;
    this.asked = new AbortController();
    let told;
    try {
      const answer = await fetch(this.dataset.url, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        redirect: "error",
        signal: this.asked.signal,
      });
      if (!answer.ok) return;
      told = await answer.json();
    } catch {
      return; // one can write without it
    }
    if (this.done || this.shown === told.html || this.box.contains(document.activeElement)) return;
    this.shown = told.html;
    this.list.innerHTML = told.html; // made by the server's own template
    this.box.hidden = !told.html;
    this.state.textContent = told.message;
  }
}

customElements.define("rz-like", Like);
customElements.define("rz-similar", Similar);
