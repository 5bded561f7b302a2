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
    this.door = this.querySelector("a");
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
      if (document.visibilityState === "visible") this.look();
      else if (!this.leaving) this.save();
    });
    // Back from signing in, or on the network again: what waited is kept now.
    addEventListener("focus", () => this.look());
    addEventListener("online", () => this.look());
  }

  // look tries again what did not go.
  async look() {
    if (!this.failed || this.stopped || this.going) return;
    if (this.dataset.url && this.typed() !== this.kept) this.save();
    else if (!(await this.trouble())) this.tell("");
  }

  // trouble is why a form cannot be sent now: the page that would come instead
  // would take the place of the text.
  async trouble() {
    try {
      const answer = await fetch(this.dataset.ping, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
      return answer.type === "opaqueredirect" ? "signedOut" : "";
    } catch {
      return this.dataset.url ? "offline" : "unsent";
    }
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
        keepalive: document.visibilityState === "hidden" && typed.length < 60000, // goes on when the page is left
      });
    } catch {
      this.say("offline", "failed");
      this.plan(again);
      return;
    }
    if (answer.type === "opaqueredirect") {
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
    } else {
      this.say("offline", "failed");
      this.plan(again);
    }
  }

  // beforeSubmit lets a save on its way finish first, so that the form knows its
  // newest version, and keeps the text here when it would not arrive.
  async beforeSubmit(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    if (this.sure) {
      this.sure = false;
      this.leaving = true;
      return;
    }
    event.preventDefault();
    if (this.going) return;
    this.going = true;
    const button = event.submitter;
    await this.busy;
    const why = await this.trouble();
    this.going = false;
    if (why) {
      this.say(why, "failed");
      this.plan(again);
      return;
    }
    this.sure = true;
    this.form.requestSubmit(button);
  }

  say(sentence, how) {
    this.tell(this.dataset[sentence], how);
    this.door.hidden = sentence !== "signedOut";
  }

  tell(text, how) {
    this.failed = how === "failed";
    this.door.hidden = true;
    this.state.className = how ? `rz-save-state rz-save-state--${how}` : "rz-save-state";
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

customElements.define("rz-draft", Draft);
