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

customElements.define("rz-draft", Draft);
