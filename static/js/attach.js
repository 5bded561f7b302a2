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

// insert puts a picture in the text, where the cursor was; below it, when nobody
// was in it yet.
export function insert(place, button) {
  const { text } = place;
  if (!text) return;
  const alt = fieldOf(place.form, button.dataset.insert)?.value ?? "";
  const shown = `![${alt.replace(/[[\]\\]/g, "\\$&")}](${button.dataset.insert})`;
  const { at, lead, rest } = spot(text.value, place.last === text ? text.selectionEnd : text.value.length);
  text.setRangeText(`${lead}${shown}\n\n`, at, at + rest, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
}

// spot is where a paragraph of its own comes in a text for who stands at a place:
// above a block at its begin, below it otherwise, and never in the middle of a
// line, a table or code. It has the empty lines to put before it, and how much
// empty space below it is in the way.
export function spot(text, from) {
  let at = from;
  const codes = [...text.matchAll(/^ {0,3}(?:```|~~~).*$/gm)];
  const code = codes.findIndex(({ index }, i) => i % 2 === 0 && from > index && from <= (codes[i + 1] ? codes[i + 1].index + codes[i + 1][0].length : text.length));
  const [before, after] = [text.slice(0, at), text.slice(at)];
  if (code >= 0) {
    const end = codes[code + 1];
    at = end ? end.index + end[0].length : codes[code].index;
  } else if (!/(?:^|\n[ \t]*\n)$/.test(before) && !(/(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(after))) {
    at += /[ \t]*(?:\n[ \t]*(?=\n|$)|$)/.exec(after).index;
  }
  const above = text.slice(0, at);
  const lead = !above.trim() || /\n[ \t]*\n[ \t]*$/.test(above) ? "" : /\n[ \t]*$/.test(above) ? "\n" : "\n\n";
  return { at, lead, rest: /^(?:[ \t]*(?:\n|$))*/.exec(text.slice(at))[0].length };
}
