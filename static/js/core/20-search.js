// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Suggestions below a search box: an editable combobox with a list of links, as
// the ARIA Authoring Practices describe it. The box works without it, and stays
// silent when the server does.

const pause = 120; // after the last key, in milliseconds

// <rz-suggest data-url="..." data-label="..."> around the input of a form.
class Suggest extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input");
    this.list = this.add(this, "div", { id: `${this.input.id}-list`, class: "rz-suggest", role: "listbox", "aria-label": this.dataset.label, hidden: "" });
    this.state = this.add(this, "div", { class: "rz-visually-hidden", role: "status" });
    this.input.type = "text"; // a field of type search may not be a combobox
    for (const [name, value] of Object.entries({
      role: "combobox", inputmode: "search", enterkeyhint: "search", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false",
    })) this.input.setAttribute(name, value);
    this.input.addEventListener("input", (event) => event.isComposing || this.plan());
    this.input.addEventListener("compositionend", () => this.plan());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.form.addEventListener("submit", (event) => this.submit(event));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    if ("fill" in this.dataset) this.list.addEventListener("click", (event) => this.fill(event));
    // In a dialog the list stands in the flow: a button below it may not shift while it is pressed.
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || event.relatedTarget?.closest("dialog button") || this.close());
    addEventListener("pageshow", () => this.close());
  }

  add(to, tag, attributes, text) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    if (text) made.textContent = text;
    to.append(made);
    return made;
  }

  plan() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (this.input.value.trim()) this.timer = setTimeout(() => this.ask(), pause);
    else this.close();
  }

  // ask shows what the server has for what is typed now; an answer that comes
  // after another key is thrown away.
  async ask() {
    this.asked?.abort();
    const mine = (this.asked = new AbortController());
    let told;
    try {
      const answer = await fetch(`${this.dataset.url}${this.dataset.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(this.input.value)}`, {
        headers: { Accept: "application/json" },
        redirect: "error",
        signal: mine.signal,
      });
      if (answer.ok) told = await answer.json();
    } catch {
      // Without suggestions one can search all the same.
    }
    if (mine.signal.aborted || document.activeElement !== this.input) return;
    if (told) this.show(told);
    else this.close();
  }

  show({ said, groups }) {
    this.list.replaceChildren();
    this.options = [];
    groups.forEach((group, i) => {
      const id = `${this.list.id}-${i}`;
      const box = this.add(this.list, "div", { role: "group", "aria-labelledby": id });
      this.add(box, "div", { id, class: "rz-suggest__group", role: "presentation" }, group.name);
      for (const { path, parts, note, lang } of group.options) {
        const option = this.add(box, "a", { id: `${this.list.id}-o${this.options.length}`, class: "rz-suggest__option", role: "option", "aria-selected": "false", tabindex: "-1", href: path });
        const text = this.add(option, "span", lang ? { lang } : {});
        for (const part of parts) {
          if (part.marked) this.add(text, "mark", {}, part.text);
          else text.append(part.text);
        }
        if (note) {
          option.append(" ");
          this.add(option, "span", { class: "rz-suggest__note" }, note);
        }
        this.options.push(option);
      }
    });
    this.choose(-1);
    this.open(this.options.length > 0);
    this.state.textContent = said;
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(on) {
    const opens = on && !this.isOpen;
    this.list.hidden = !on;
    // On a phone the keyboard takes half of the screen: make room below the box.
    if (opens && innerHeight - this.input.getBoundingClientRect().bottom < 320) ("fill" in this.dataset ? this.input : this.input.form).scrollIntoView({ block: "start" });
    this.input.setAttribute("aria-expanded", String(on));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.choose(-1);
    this.open(false);
    this.state.textContent = "";
  }

  choose(at) {
    this.options?.[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options?.[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  // With data-fill a suggestion is put in the box instead of gone to.
  fill(event) {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const text = option.firstElementChild.textContent;
    this.input.value = option.getAttribute("href");
    this.chosen ??= this.add(this, "p", { class: "rz-suggest__chosen" });
    this.chosen.textContent = text;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
    this.state.textContent = text;
    this.dispatchEvent(new CustomEvent("rz-chosen", { bubbles: true, detail: text }));
  }

  // submit goes to the chosen suggestion, if there is one, instead of searching.
  submit(event) {
    const option = this.isOpen && this.options[this.at];
    if (option) {
      event.preventDefault();
      option.click();
    }
    this.close();
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { length } = this.options ?? [];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        event.preventDefault();
        if (!this.isOpen) {
          if (this.input.value.trim()) this.ask();
        } else if (event.key === "ArrowDown") this.choose(this.at + 1 < length ? this.at + 1 : -1);
        else this.choose(this.at < 0 ? length - 1 : this.at - 1);
        break;
      case "Escape":
        if (!this.isOpen && !this.input.value) break;
        event.preventDefault();
        if (this.isOpen) this.close();
        else this.input.value = "";
        break;
      case "Tab":
        this.close();
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        this.choose(-1); // back in the box, where the key moves the cursor
    }
  }
}

customElements.define("rz-suggest", Suggest);
