// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-attachments data-url="..." data-largest="..."> in the form of an entry:
// files are chosen and sent while the writer goes on. Without it the button in
// it stores the draft and leads to a page of its own. What it does is fetched by
// who uses it. Sentences come from data- attributes.
class Attachments extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.state = this.querySelector("[role=status]");
    this.list = this.parentElement.querySelector("[data-attachments]");
    this.input = document.createElement("input");
    Object.assign(this.input, { type: "file", multiple: true, hidden: true, accept: "image/jpeg,image/png,image/webp,image/gif,.pdf,.docx,.txt,.md,.csv,audio/*" });
    this.append(this.input);
    this.input.addEventListener("input", (event) => event.stopPropagation()); // nothing was typed
    this.input.addEventListener("change", () => {
      this.take([...this.input.files]);
      this.input.value = "";
    });
    this.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      this.input.click();
    });
    this.querySelector(".rz-attachments__hint").hidden = true;
    this.form.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-insert]");
      if (button) this.run("insert", button);
    });
    this.form.addEventListener("focusin", ({ target }) => {
      if (target.matches("textarea[name=body], textarea[name^=answer_]")) this.last = target;
    });
    this.offer();
  }

  // text is where a picture is put: where was typed last.
  get text() {
    return this.form.elements.body ?? this.last ?? this.form.querySelector("textarea[name^=answer_]");
  }

  // offer shows the buttons that put a picture in the text, where it is typed.
  offer() {
    for (const button of this.list.querySelectorAll("[data-insert]")) button.hidden = !this.text;
  }

  take(files) {
    return this.run("take", files);
  }

  // ready keeps the draft, so that there is something to attach to, and tells why
  // that did not work.
  async ready() {
    const draft = this.form.querySelector("rz-draft");
    if (this.form.elements.base.value === "0") draft.kept = ""; // a file may come before the text
    await draft.save();
    return this.form.elements.base.value === "0" ? this.dataset.unsaved : "";
  }

  // bring sends one file, and returns what the server made of it, or why nothing.
  async bring(file) {
    return (await this.run("bring", file)) ?? { message: this.dataset.offline };
  }

  async run(name, ...more) {
    try {
      return await (await import("./attach.js"))[name](this, ...more);
    } catch {
      this.say(this.dataset.offline, "failed");
    }
  }

  say(text, how) {
    this.state.className = how ? `rz-save-state rz-save-state--${how}` : "rz-save-state";
    this.state.textContent = text;
  }
}

customElements.define("rz-attachments", Attachments);
