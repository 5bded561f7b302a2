// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-toolbar data-for="..."> puts the marks of Markdown into a textarea: by
// its buttons, by keys that can be switched off, and by pasting. What it does
// can be undone as what is typed, and it leaves alone what a keyboard on a
// screen, or a voice, puts into the text.

const mac = /^(Mac|iP)/.test(navigator.platform);
const keys = { b: "bold", i: "italic", k: "link" };
const keysOff = "rugzak.keys.off"; // a choice of this browser, never a text

function withoutKeys() {
  try {
    return localStorage.getItem(keysOff) === "yes";
  } catch {
    return false;
  }
}

class Toolbar extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = document.getElementById(this.dataset.for);
    this.said = this.parentElement.querySelector("[data-pasted]");
    this.buttons = [...this.querySelectorAll("button")];
    this.buttons.forEach((button, i) => (button.tabIndex = i ? -1 : 0));
    this.nameKeys();
    this.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.act(button.dataset.do);
    });
    this.addEventListener("keydown", (event) => this.walk(event));
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => this.paste(event));
    this.field.addEventListener("drop", (event) => this.files(event, event.dataTransfer));
    if (this.hidden) this.field.addEventListener("focus", () => (this.hidden = false), { once: true });
  }

  // files takes in what is pasted or dropped, where the form takes files.
  files(event, data) {
    if (!data?.files.length || !this.field.form.querySelector("rz-attachments")) return;
    event.preventDefault();
    this.act("files", [...data.files]);
  }

  // nameKeys tells of each button by which keys it goes.
  nameKeys() {
    for (const [key, name] of Object.entries(keys)) {
      const button = this.buttons.find((b) => b.dataset.do === name);
      if (!button) continue;
      button.dataset.name ??= button.title;
      const off = withoutKeys();
      button.title = button.dataset.name + (off ? "" : ` (${mac ? "⌘" : "Ctrl+"}${key.toUpperCase()})`);
      if (off) button.removeAttribute("aria-keyshortcuts");
      else button.setAttribute("aria-keyshortcuts", `${mac ? "Meta" : "Control"}+${key.toUpperCase()}`);
    }
  }

  // walk moves among the buttons: the tab key comes by one of them only.
  walk(event) {
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
    if (event.key === "Escape") this.field.focus();
    if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.buttons.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
    this.buttons[to].focus();
  }

  key(event) {
    if (event.isComposing || event.shiftKey || withoutKeys()) return;
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      this.buttons.find((button) => button.tabIndex === 0).focus();
      return;
    }
    const name = keys[event.key.toLowerCase()];
    if (event.altKey || !name || !(mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    this.act(name);
  }

  // act has the text changed, by a part that is fetched when it is first needed.
  // Without a connection the text can be typed all the same, and what was pasted
  // comes as it is.
  async act(name, ...more) {
    try {
      const { Tools } = await import("./tools.js");
      await new Tools(this.field, this).act(name, this.dataset, ...more);
    } catch {
      if (name === "paste") document.execCommand("insertText", false, more[1]);
      else this.said.firstElementChild.textContent = this.said.dataset.failed;
    }
  }

  // paste takes over what another program marked up.
  paste(event) {
    const { clipboardData: data } = event;
    const html = data?.getData("text/html");
    const plain = data?.getData("text/plain").replaceAll("\r\n", "\n") ?? "";
    if (event.defaultPrevented) return;
    if (data?.files.length && !plain.trim()) this.files(event, data);
    if (!html || !plain.trim()) return;
    event.preventDefault();
    this.act("paste", html, plain);
  }
}

customElements.define("rz-toolbar", Toolbar);
