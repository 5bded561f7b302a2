// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What every page has on top of plain HTML. The site works without it.

// The menu closes with Escape, and when something else is clicked.
const menu = document.querySelector("details.rz-menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

// What unsaved.js keeps in this tab of a form goes once the form is saved, and
// all of it when somebody signs out.
try {
  const sent = sessionStorage.getItem("rugzak.sent");
  sessionStorage.removeItem("rugzak.sent");
  if (sent && document.querySelector("main > .utrecht-alert--ok") && !document.querySelector("rz-unsaved")) sessionStorage.removeItem(sent);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-forget]")) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("rugzak.unsaved:")) sessionStorage.removeItem(key);
    }
  });
} catch {
  // Not allowed here: nothing was kept.
}

// <rz-copy> holds a button that copies the address of the page, and says so. Where
// the browser does not allow it, the address stands selected to be copied by hand.
class Copy extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.copy(location.origin + location.pathname));
  }

  async copy(address) {
    const said = this.querySelector("[role=status]");
    said.textContent = ""; // so that it is said again
    try {
      await navigator.clipboard.writeText(address);
      said.textContent = this.dataset.done;
    } catch {
      const field = this.querySelector("input") ?? this.appendChild(document.createElement("input"));
      Object.assign(field, { className: "utrecht-textbox", value: address, readOnly: true });
      field.setAttribute("aria-label", this.dataset.byHand);
      said.textContent = this.dataset.byHand;
      field.focus();
      field.select();
    }
  }
}
customElements.define("rz-copy", Copy);
