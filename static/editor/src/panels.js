// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The small forms below the toolbar: for a link, and for a picture. They stand
// inside the form of the page, so their fields have no name and are not sent.

import { safe } from "./inline.js";

export class Panels {
  constructor(editor, root, words) {
    this.editor = editor;
    this.words = words;
    this.all = new Map([...root.querySelectorAll("[data-panel]")].map((e) => [e.dataset.panel, e]));
    for (const panel of this.all.values()) {
      panel.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.localName === "input") {
          event.preventDefault();
          this.apply();
        }
        if (event.key === "Escape") {
          event.preventDefault();
          this.hide(true);
        }
      });
      // What is typed here is not yet in the text.
      for (const name of ["input", "change"]) panel.addEventListener(name, (event) => event.stopPropagation());
      panel.addEventListener("click", (event) => {
        const what = event.target.closest("[data-panel-do]")?.dataset.panelDo;
        if (what === "apply") this.apply();
        if (what === "remove") this.remove();
        if (what === "cancel") this.hide(true);
      });
    }
  }

  field(name) {
    return this.open.querySelector(`[data-field="${name}"]`);
  }

  show(name) {
    const { editor } = this;
    if (this.open) this.hide(false);
    this.open = this.all.get(name);
    if (!this.open) return;
    this.name = name;
    this.open.hidden = false;
    this.say("");
    const attributes = editor.getAttributes(name);
    if (name === "link") {
      const on = editor.isActive("link");
      if (on) editor.commands.extendMarkRange("link");
      const { from, to } = editor.state.selection;
      this.field("href").value = attributes.href ?? "";
      this.field("text").value = editor.state.doc.textBetween(from, to, " ");
      this.field("text").closest("div").hidden = from !== to;
      this.open.querySelector("[data-panel-do=remove]").hidden = !on;
      this.field("href").focus();
      this.field("href").select();
    } else {
      const on = editor.isActive("picture");
      this.field("src").value = on ? attributes.src : "";
      this.field("alt").value = on ? attributes.alt : "";
      this.open.querySelector("[data-panel-do=remove]").hidden = !on;
      this.field(on ? "alt" : "src").focus();
    }
  }

  hide(back) {
    if (!this.open) return;
    this.open.hidden = true;
    this.open = null;
    if (back) this.editor.view.focus();
  }

  update() {}

  say(text, field) {
    const place = this.open.querySelector("[data-problem]");
    place.textContent = text;
    place.hidden = !text;
    for (const e of this.open.querySelectorAll("input")) e.removeAttribute("aria-invalid");
    if (text) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }

  apply() {
    const { editor, words } = this;
    if (this.name === "link") {
      const href = addressOf(this.field("href").value);
      if (!href || !safe(href)) return this.say(words["bad-link"], this.field("href"));
      const { from, to } = editor.state.selection;
      const text = this.field("text").value.trim() || href.replace(/^mailto:/, "");
      const chain = editor.chain().focus();
      if (from === to) chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
      else chain.setMark("link", { href, title: null }).command(({ tr }) => Boolean(tr.setSelection(tr.selection.constructor.near(tr.doc.resolve(to)))));
      chain.command(({ tr, state }) => Boolean(tr.removeStoredMark(state.schema.marks.link))).run();
    } else {
      const src = this.field("src").value.trim();
      const alt = this.field("alt").value.trim();
      if (!/^(?:\/(?![/\\])|https?:\/\/)\S+$/.test(src)) return this.say(words["bad-picture"], this.field("src"));
      if (!alt) return this.say(words["need-alt"], this.field("alt"));
      if (editor.isActive("picture")) editor.chain().updateAttributes("picture", { src, alt }).focus().run();
      else editor.chain().focus().insertContent({ type: "picture", attrs: { src, alt } }).run();
    }
    this.hide(true);
  }

  remove() {
    if (this.name === "link") this.editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
    else this.editor.chain().focus().deleteSelection().run();
    this.hide(true);
  }
}

// addressOf completes what people type for an address.
function addressOf(typed) {
  const text = typed.trim();
  if (/^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(text)) return `mailto:${text}`;
  if (/^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?$/i.test(text)) return `https://${text}`;
  return text;
}
