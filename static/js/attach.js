// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-attachments data-url="..." data-largest="..."> in the form of an entry:
// files are chosen and sent while the writer goes on. Without it the button in
// it stores the draft and leads to a page of its own. Sentences come from data-
// attributes.

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
    this.form.addEventListener("click", (event) => this.insert(event.target.closest("[data-insert]")));
    this.offer();
    // Who brings a file in another way, tells of it.
    document.addEventListener("rz-attached", (event) => this.show(event.detail));
  }

  async take(files) {
    this.say(this.dataset.busy, "busy");
    await this.form.querySelector("rz-draft")?.save?.(); // there must be something to attach to
    if (this.form.elements.base.value === "0") {
      this.say(this.dataset.unsaved, "failed");
      return;
    }
    for (const file of files) {
      if (!(await this.send(file))) return;
    }
  }

  // send brings one file, and reports whether to go on.
  async send(file) {
    if (file.size > Number(this.dataset.largest)) return this.fail(`${file.name}: ${this.dataset.tooLarge}`);
    const body = new FormData();
    body.append("file", file);
    let answer;
    try {
      answer = await fetch(this.dataset.url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    } catch {
      return this.fail(this.dataset.offline);
    }
    if (answer.type === "opaqueredirect") return this.fail(this.dataset.signedOut);
    const told = await answer.json().catch(() => null);
    if (!answer.ok || !told) return this.fail(`${file.name}: ${told?.message ?? this.dataset.failed}`);
    this.show(told);
    this.say(`${file.name}: ${told.message}`);
    return true;
  }

  // show adds the row, which the server's own templates made.
  show(told) {
    if (!told?.row || this.form.querySelector(`[name="attachment_${told.id}_people"]`)) return;
    this.list.insertAdjacentHTML("beforeend", told.row);
    this.offer();
  }

  // offer shows the buttons that put a picture in the text, where it is typed.
  offer() {
    for (const button of this.list.querySelectorAll("[data-insert]")) button.hidden = !this.form.elements.body;
  }

  insert(button) {
    const { body } = this.form.elements;
    if (!button || !body) return;
    const alt = this.form.elements[`attachment_${button.dataset.insert.split("/").pop()}_alt`]?.value ?? "";
    const text = `![${alt.replace(/[[\]\\]/g, "\\$&")}](${button.dataset.insert})`;
    const before = body.value.slice(0, body.selectionEnd);
    const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
    body.setRangeText(`${gap}${text}\n\n`, body.selectionEnd, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
    body.focus();
  }

  fail(text) {
    this.say(text, "failed");
    return false;
  }

  say(text, how) {
    this.state.className = how ? `rz-save-state rz-save-state--${how}` : "rz-save-state";
    this.state.textContent = text;
  }
}

customElements.define("rz-attachments", Attachments);
