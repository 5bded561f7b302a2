// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Help for whoever writes: keeps what is typed as a draft on the server, shows
// the text as readers will see it, and warns before typed text is left behind.
// The forms work without it. Sentences come from data- attributes.

const pause = 1500; // after the last key, in milliseconds
const again = 15000; // after a failure

// <rz-draft data-url="..."> inside a form. Without data-url nothing is saved by
// itself: what is already shared changes only when the writer says so.
class Draft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[role=status]");
    // What came back from the server unsaved is not kept yet.
    this.kept = "unsaved" in this.form.dataset ? "" : this.typed();
    if (!this.kept) this.plan(pause);
    for (const link of this.form.querySelectorAll("a[data-leave]")) {
      link.addEventListener("click", () => (this.leaving = true));
    }
    this.form.addEventListener("input", () => this.plan(pause));
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.typed() !== this.kept) event.preventDefault();
    });
    addEventListener("pageshow", () => (this.leaving = false));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && !this.leaving) this.save();
    });
  }

  // typed is what would be sent, without what only says which save this is.
  typed() {
    const data = new URLSearchParams(new FormData(this.form));
    data.delete("base");
    return data.toString();
  }

  plan(wait) {
    clearTimeout(this.timer);
    if (this.dataset.url && !this.stopped) this.timer = setTimeout(() => this.save(), wait);
  }

  // save keeps one save on its way at a time.
  save() {
    if (!this.dataset.url || this.stopped || this.typed() === this.kept) return this.busy;
    this.busy ??= this.send().finally(() => (this.busy = null));
    return this.busy;
  }

  async send() {
    const typed = this.typed();
    this.say("saving", "busy");
    let answer;
    try {
      answer = await fetch(this.dataset.url, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
    } catch {
      this.say("offline", "failed");
      this.plan(again);
      return;
    }
    this.signedOut = answer.type === "opaqueredirect";
    if (this.signedOut) {
      this.say("signedOut", "failed");
      return;
    }
    const told = await answer.json().catch(() => null);
    if (answer.ok && told) {
      this.kept = typed;
      this.form.elements.base.value = told.version;
      if (told.edit) history.replaceState(history.state, "", told.edit); // so that a reload shows the draft
      this.tell(told.message);
      if (this.typed() !== typed) this.plan(pause);
      return;
    }
    if (answer.status === 409 || answer.status === 404) this.stopped = true;
    if (answer.status === 413) this.say("tooLarge", "failed");
    else if (told) {
      this.tell(`${this.dataset.failed} ${told.message}`, "failed");
      if (answer.status === 429 || answer.status === 503) this.plan(again);
    }
    else {
      this.say("offline", "failed");
      this.plan(again);
    }
  }

  // beforeSubmit lets a save on its way finish first, so that the form knows
  // its newest version, and keeps the text here when nobody is signed in.
  async beforeSubmit(event) {
    clearTimeout(this.timer);
    if (this.busy || this.signedOut) {
      event.preventDefault();
      const button = event.submitter;
      await this.busy;
      if (this.signedOut) await this.save();
      if (!this.signedOut) this.form.requestSubmit(button);
      return;
    }
    this.leaving = true;
  }

  say(sentence, how) {
    this.tell(this.dataset[sentence], how);
  }

  tell(text, how) {
    this.state.className = how ? `rz-save-state rz-save-state--${how}` : "rz-save-state";
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

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
    this.state.textContent = (words === 1 ? this.dataset.one : this.dataset.many).replace("9999", words);
  }
}

customElements.define("rz-words", Words);
customElements.define("rz-check", Check);
customElements.define("rz-draft", Draft);
customElements.define("rz-preview", Preview);
