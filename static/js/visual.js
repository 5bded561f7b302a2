// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// <rz-visual data-for="body">: a button that shows the formatting while somebody
// writes. What that takes is asked for only then, and for who chose it before.

class Visual extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-toggle]").addEventListener("click", () => this.toggle(true));
    if ("wanted" in this.dataset) this.toggle(false);
  }

  async toggle(asked) {
    try {
      const { Editing } = await import("./editing.js");
      this.editing ??= new Editing(this);
    } catch {
      this.querySelector("[role=status]").textContent = this.dataset.failed;
      return;
    }
    this.editing.toggle(asked);
  }
}

customElements.define("rz-visual", Visual);
