// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Help at the door: passkeys, which need a script, and a look at the password
// that is being typed. Sentences come from data- attributes.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

// read makes the options of the server into what browsers take.
function read(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const one of list ?? []) one.id = bytes(one.id);
  }
  return options;
}

// write makes the answer of a passkey into JSON.
function write(answer) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer.response[name]) response[name] = text(answer.response[name]);
  }
  if (answer.response.getTransports) response.transports = answer.response.getTransports();
  return JSON.stringify({
    id: answer.id,
    rawId: text(answer.rawId),
    type: answer.type,
    authenticatorAttachment: answer.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response,
  });
}

// <rz-passkey data-ask="..." data-answer="..."> around a button. It is hidden
// where there are no passkeys. With data-create it makes one.
class Passkey extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential || !navigator.credentials) return;
    this.hidden = false;
    this.button = this.querySelector("button");
    this.state = this.querySelector("[role=status]");
    this.button.addEventListener("click", () => this.begin());
    for (const input of this.querySelectorAll("input")) {
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.begin();
      });
    }
  }

  async begin() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    this.state.textContent = "";
    try {
      const options = read(await this.send(this.dataset.ask, new URLSearchParams()));
      const create = "create" in this.dataset;
      const answer = await (create
        ? navigator.credentials.create({ publicKey: options })
        : navigator.credentials.get({ publicKey: options }));
      const form = new URLSearchParams({ answer: write(answer), return: this.dataset.return ?? "" });
      for (const input of this.querySelectorAll("input")) form.set(input.name, input.value);
      const told = await this.send(this.dataset.answer, form);
      location.assign(told.next);
      return;
    } catch (problem) {
      this.state.textContent = problem instanceof Told ? problem.message : this.dataset.failed;
    }
    this.button.disabled = false;
  }

  async send(url, body) {
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    const told = await answer.json().catch(() => null);
    if (answer.ok && told) return told;
    throw told?.message ? new Told(told.message) : new Error("no answer");
  }
}

// Told is a problem the server has a sentence for.
class Told extends Error {}

customElements.define("rz-passkey", Passkey);

// <rz-password data-show="..." data-hide="..."> around the field of a password.
class Password extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--subtle rz-button--small";
    button.setAttribute("aria-controls", input.id);
    const show = (visible) => {
      input.type = visible ? "text" : "password";
      button.textContent = visible ? this.dataset.hide : this.dataset.show;
      button.setAttribute("aria-pressed", visible);
    };
    show(false);
    button.addEventListener("click", () => show(input.type === "password"));
    // What is sent is a password again, so that browsers do not keep it as text.
    input.form?.addEventListener("submit", () => show(false));
    this.append(button);
  }
}

customElements.define("rz-password", Password);
