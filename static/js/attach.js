// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What <rz-attachments>, the place of a form, does with files. It is fetched by
// who brings one.

// take brings files one by one, until one is refused.
export async function take(place, files, declared) {
  const { dataset } = place;
  place.say(dataset.busy, "busy");
  const why = await place.ready();
  if (why) return place.say(why, "failed");
  for (const file of files) {
    const told = await bring(place, file, declared);
    if (!told.row) return place.say(told.message, "failed");
    place.say(`${file.name}: ${told.message}`);
  }
}

// bring sends one file with what is declared of it, and returns what the server
// made of it: a message only, when it was refused.
export async function bring(place, file, declared = []) {
  const { url, largest, tooLarge, offline, signedOut, failed } = place.dataset;
  if (file.size > Number(largest)) return { message: `${file.name}: ${tooLarge}` };
  const body = new FormData();
  for (const number of declared) body.append("not_bsn", number);
  body.append("file", file);
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return { message: offline };
  }
  if (answer.type === "opaqueredirect") return { message: signedOut };
  const told = await answer.json().catch(() => null);
  place.querySelector("[data-declare]")?.remove();
  if (answer.ok && told) {
    show(place, told);
    return told;
  }
  if (told?.declare) declare(place, file, told.declare);
  return { message: `${file.name}: ${told?.message ?? failed}` };
}

// declare shows the numbers that a file was refused for: who says of each that it
// is no citizen service number, brings the file at once.
function declare(place, file, html) {
  place.append(place.querySelector("template").content.cloneNode(true));
  const box = place.querySelector("[data-declare]");
  box.insertAdjacentHTML("afterbegin", html); // made by the server's own templates
  box.querySelector("button:not([name])").addEventListener("click", () => {
    const open = box.querySelector("input:not(:checked)");
    if (open) return open.focus();
    place.querySelector("button").focus();
    take(place, [file], [...box.querySelectorAll("input")].map((input) => input.value));
  });
}

// show adds the row, which the server's own templates made.
function show(place, told) {
  place.list.insertAdjacentHTML("beforeend", told.row);
  place.offer();
  if (!place.follows) {
    place.follows = true;
    place.form.addEventListener("input", (event) => describe(place.form, event.target));
  }
}

const fieldOf = (form, address) => form.elements[`attachment_${address.split("/").pop()}_alt`];

// describe has what a text says of a picture asked once: the field beside the
// picture follows what is typed in the text, until it is filled in by itself.
function describe(form, text) {
  if (text.name?.endsWith("_alt")) delete text.dataset.follows;
  if (text.nodeName !== "TEXTAREA") return;
  for (const [, alt, address] of text.value.matchAll(/!\[((?:[^\]\\]|\\.)*)\]\((\/bijlagen\/[\w-]+)\)/g)) {
    const field = fieldOf(form, address);
    if (!field || (field.value && !("follows" in field.dataset))) continue;
    field.value = alt.replace(/\\(.)/g, "$1");
    field.dataset.follows = "";
  }
}

// insert puts a picture in the text.
export function insert(place, button) {
  const { text } = place;
  if (!text) return;
  const alt = fieldOf(place.form, button.dataset.insert)?.value ?? "";
  const shown = `![${alt.replace(/[[\]\\]/g, "\\$&")}](${button.dataset.insert})`;
  const before = text.value.slice(0, text.selectionEnd);
  const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  text.setRangeText(`${gap}${shown}\n\n`, text.selectionEnd, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}
