// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Choosing about many entries by keyboard: while the focus is on the choices of
// one, a digit chooses and goes on to the next entry. Without this script the
// choices are radio buttons like any other.

// <rz-triage> around the form.
class Triage extends HTMLElement {
  connectedCallback() {
    const keys = this.querySelector(".rz-triage__keys");
    if (keys) keys.hidden = false;
    this.addEventListener("keydown", (event) => this.key(event));
  }

  get rows() {
    return [...this.querySelectorAll(".rz-triage__row")];
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("input[type=radio]")) return;
    const row = event.target.closest(".rz-triage__row");
    const option = row && "1230".includes(event.key) ? row.querySelectorAll("input[type=radio]")["1230".indexOf(event.key)] : null;
    if (!option) return;
    event.preventDefault();
    option.checked = true;
    option.focus();
    const rows = this.rows;
    const next = rows[rows.indexOf(row) + 1];
    const into = row.querySelector("select");
    if (event.key === "1" && into && !into.value) into.focus();
    else if (next) next.querySelector("input[type=radio]:checked").focus();
    else this.querySelector("button.utrecht-button--primary-action").focus();
  }
}

customElements.define("rz-triage", Triage);
