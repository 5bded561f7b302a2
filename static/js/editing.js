// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What the button of <rz-visual> opens: the visual editor in the place of its
// textarea. It opens when the server makes the same page of what it would write,
// and says why when it does not; the textarea stays the field that is sent.

export class Editing {
  constructor(host) {
    this.host = host;
    this.field = document.getElementById(host.dataset.for);
    this.button = host.querySelector("[data-toggle]");
    this.state = host.querySelector("[role=status]");
    this.place = host.querySelector("[data-place]");
    this.words = Object.fromEntries([...host.querySelector("[data-words]").content.children].map((e) => [e.dataset.word, e.textContent]));
    this.field.after(this.place);
    // What leads to the field leads to the editor while that stands in its place.
    // A picture that is attached comes where the cursor is.
    document.addEventListener("click", (event) => {
      const to = this.editor && event.target.closest?.(`a[href="#${this.field.id}"], [data-insert]`);
      if (!to) return;
      event.preventDefault();
      event.stopPropagation();
      const { insert, line } = to.dataset;
      if (insert) this.editor.picture(insert, this.field.form.elements[`attachment_${insert.split("/").pop()}_alt`]?.value ?? "");
      else if (line) this.editor.goTo(Number(line));
      else this.editor.focus();
    }, true);
  }

  // toggle opens or closes; asked is for who pressed the button.
  toggle(asked) {
    if (asked) this.keep(!this.editor);
    return this.editor ? this.close(asked) : this.open(asked);
  }

  async open(asked) {
    if (this.busy) return;
    this.busy = true;
    this.button.setAttribute("aria-busy", "true");
    this.say("opening");
    try {
      const [{ open }] = await Promise.all([import(this.host.dataset.editor), this.style()]);
      const answer = await open({
        textarea: this.field, place: this.place, tools: this.host.querySelector("[data-tools]"), words: this.words,
        render: (text) => this.render(text),
        changed: () => this.again(),
        markdownOf: async (html) => (await import("./paste.js")).markdownOf(html),
        files: (files) => this.attach(files),
        unsure: (is) => this.say(is ? "unsure" : ""),
      });
      if (answer.why) this.say(answer.why);
      else {
        const typing = document.activeElement === this.field;
        this.editor = answer;
        this.show(true);
        if (asked) answer.focus();
        else if (typing) answer.goFrom(this.field.selectionStart);
        const { locked } = answer;
        this.tell(locked ? this.words[locked === 1 ? "locked-one" : "locked-many"].replace("9999", locked) : this.words.on);
      }
    } catch {
      this.say("failed");
    } finally {
      this.busy = false;
      this.button.removeAttribute("aria-busy");
    }
  }

  close(asked) {
    this.editor.close();
    this.editor = null;
    this.show(false);
    if (asked) {
      this.say("off");
      this.field.focus();
    }
  }

  // again shows a text that changed elsewhere.
  async again() {
    const inside = this.place.contains(document.activeElement);
    this.close(false);
    await this.open(inside);
    if (this.editor) this.say("again");
    else if (inside) this.field.focus();
  }

  show(on) {
    this.field.hidden = on;
    this.tools ??= document.querySelector(`rz-toolbar[data-for="${this.field.id}"]`);
    if (this.tools) this.tools.hidden = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.host.toggleAttribute("data-open", on);
    this.field.dispatchEvent(new CustomEvent("rz-visual", { bubbles: true, detail: { open: on } }));
  }

  // attach sends files that are pasted or dropped, and puts the pictures in the
  // text. It reports whether there is a place for them.
  attach(files) {
    const place = this.field.form.querySelector("rz-attachments");
    if (!place?.take) return false;
    const inserts = () => [...this.field.form.querySelectorAll("[data-insert]")];
    const before = new Set(inserts());
    place.take(files).then(() => inserts().filter((button) => !before.has(button)).forEach((button) => button.click()));
    return true;
  }

  // keep remembers the choice of this person for the next time, one after another.
  keep(on) {
    const body = new URLSearchParams({ on: on ? "yes" : "" });
    this.kept = Promise.resolve(this.kept).then(() => fetch(this.host.dataset.choice, { method: "POST", body, redirect: "manual", keepalive: true })).catch(() => {});
  }

  style() {
    if (document.querySelector("link[data-visual]")) return undefined;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = this.host.dataset.css;
    link.dataset.visual = "";
    const loaded = new Promise((done, failed) => {
      link.onload = done;
      link.onerror = failed;
    });
    document.head.append(link);
    return loaded;
  }

  // render asks the server for the page of a text; null when it refuses the text.
  async render(body) {
    const lang = this.field.form.elements.lang?.value ?? this.host.dataset.lang ?? "nl";
    const answer = await fetch(this.host.dataset.url, { method: "POST", body: new URLSearchParams({ body, lang }), redirect: "manual" });
    if (answer.status === 422) return null;
    if (!answer.ok) throw new Error(answer.status);
    return answer.text();
  }

  say(word) {
    this.tell(this.words[word] ?? "");
  }

  tell(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}
