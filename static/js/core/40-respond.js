// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Naming a colleague in a response: an editable combobox over the field in which
// one looks for a name, as the ARIA Authoring Practices describe it. Without
// this script the button beside the field does the same.

const pause = 200; // after the last key, in milliseconds

// <rz-mention data-url="..." data-into="body" data-none="..." data-found="...">
class Mention extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input");
    this.text = this.closest("form").elements[this.dataset.into];
    this.list = document.createElement("ul");
    this.list.id = `${this.input.id}-keuzes`;
    this.list.className = "rz-mention__list";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.querySelector("label").textContent.trim());
    this.state = document.createElement("p");
    this.state.className = "rz-visually-hidden";
    this.state.setAttribute("role", "status");
    this.input.after(this.list);
    this.append(this.state);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false",
    })) this.input.setAttribute(name, value);
    this.querySelector("[data-find]").hidden = true;
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), pause);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("keypress", (event) => event.key === "Enter" && event.preventDefault()); // sent apart by some keyboards
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close());
  }

  get options() {
    return [...this.list.children];
  }

  async look() {
    this.asked?.abort();
    const name = this.input.value.trim();
    if (!name) return this.close();
    this.asked = new AbortController();
    let found;
    try {
      const answer = await fetch(`${this.dataset.url}?naam=${encodeURIComponent(name)}`, { redirect: "error", signal: this.asked.signal });
      if (!answer.ok) return this.close();
      found = await answer.json();
    } catch {
      return; // one can respond without it
    }
    this.list.replaceChildren(
      ...found.map((person, i) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}-${i}`;
        option.setAttribute("role", "option");
        option.dataset.token = person.token;
        option.textContent = `${person.name}, ${person.organisation}`;
        return option;
      }),
    );
    this.at = -1;
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.state.textContent = found.length ? `${this.dataset.found} ${found.length}` : this.dataset.none;
    this.mark();
  }

  mark() {
    this.options.forEach((option, i) => option.setAttribute("aria-selected", String(i === this.at)));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", this.options[this.at].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const count = this.options.length;
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count && !this.list.hidden) {
      event.preventDefault();
      this.at = event.key === "ArrowDown" ? (this.at + 1) % count : (this.at + count - 1 + (this.at < 0)) % count;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault(); // it would send the response
      if (!this.list.hidden && count) this.choose(this.options[Math.max(this.at, 0)]);
    }
  }

  choose(option) {
    const at = this.text.selectionStart ?? this.text.value.length;
    const before = this.text.value.slice(0, at);
    const space = before && !/\s$/.test(before) ? " " : "";
    this.text.setRangeText(`${space}${option.dataset.token} `, at, this.text.selectionEnd ?? at, "end");
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.value = "";
    this.state.textContent = option.textContent;
    this.close();
    this.text.focus();
  }

  close() {
    clearTimeout(this.timer); // what is still on its way does not open it again
    this.asked?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("rz-mention", Mention);
