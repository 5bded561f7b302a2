// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The guard: a text opens in the editor only when the server makes the same
// page of what the editor would write. A block that would change stays as its
// Markdown says; what is left is asked again.

import { Source } from "./text.js";

const blockTags = new Set("address article aside blockquote body dd div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody td th thead tr ul br".split(" "));

// canonical is HTML as a string in which only what readers get makes a
// difference: spaces at the edges of blocks, and how many, do not.
export function canonical(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return canonicalChildren(body);
}

function canonicalChildren(root) {
  const out = [];
  const walk = (node, exact) => {
    if (node.nodeType === 3) {
      out.push(exact ? node.data : node.data.replace(/[ \t\r\n\f]+/g, " "));
      return;
    }
    if (node.nodeType !== 1) return;
    const name = node.localName;
    const attributes = [...node.attributes].map((a) => `${a.name}=${JSON.stringify(a.value)}`).sort().join(" ");
    const block = blockTags.has(name) ? "\u0001" : "";
    out.push(`${block}<${name} ${attributes}>${block}`);
    for (const child of node.childNodes) walk(child, exact || name === "pre");
    out.push(`${block}</${name}>${block}`);
  };
  for (const child of root.childNodes) walk(child, false);
  return out.join("").replace(/ *\u0001+ */g, "\n").trim();
}

const stamp = "rzplek";

// sections cuts HTML at the stamps between the parts.
function sections(html, count) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const out = [document.createElement("div")];
  for (const node of [...body.childNodes]) {
    const found = node.localName === "p" && new RegExp(`^${stamp}(\\d+)$`).exec(node.textContent.trim());
    if (found && Number(found[1]) === out.length) out.push(document.createElement("div"));
    else out.at(-1).append(node);
  }
  return out.length === count ? out : null;
}

// guard opens a text, or says why not: { source, locked } or { why }. render
// asks the server for the HTML of a text; null when it refuses the text.
export async function guard(text, render) {
  let source;
  try {
    source = new Source(text);
  } catch {
    return { why: "structure" };
  }
  const html = await render(text);
  if (html === null) return { why: "refused" };
  if (!source.parts.length) return { source, locked: 0 };
  const wanted = canonical(html);
  const same = async () => {
    const answer = await render(source.forced());
    return answer !== null && canonical(answer) === wanted;
  };
  const before = source.parts.filter((part) => part.node.type.name === "locked" && !part.node.attrs.hidden).length;
  if (before === 0 && (await same())) return { source, locked: 0 };

  // Which parts change? Each is shown between stamps, so that it can be told.
  const separator = (i) => `\n\n${stamp}${i}\n\n`;
  const stamped = source.parts.map((part, i) => (i ? separator(i) : "") + part.text).join("");
  const [mine, theirs] = await Promise.all([render(stamped), render(source.forced(separator))]);
  const count = source.parts.length;
  const old = mine !== null && sections(mine, count);
  const anew = theirs !== null && sections(theirs, count);
  if (!old || !anew) return { why: "structure" };
  let notes = false;
  source.parts.forEach((part, i) => {
    const end = i === count - 1;
    const [a, b] = [old[i], anew[i]];
    if (end) {
      const [x, y] = [a, b].map((e) => e.querySelector(":scope > .footnotes"));
      notes = canonicalChildren(asRoot(x)) !== canonicalChildren(asRoot(y));
      x?.remove();
      y?.remove();
    }
    const isLocked = part.node.type.name === "locked";
    if (isLocked ? !part.node.attrs.hidden : canonicalChildren(a) !== canonicalChildren(b)) source.lock(part, a.innerHTML);
  });
  if (notes) source.parts.forEach((part) => part.type === "footnote" && source.lock(part, ""));
  const locked = source.parts.filter((part) => part.node.type.name === "locked" && !part.node.attrs.hidden).length;
  if (locked === source.parts.length) return { why: "everything" };
  return (await same()) ? { source, locked } : { why: "together" };
}

function asRoot(element) {
  const root = document.createElement("div");
  if (element) root.append(element.cloneNode(true));
  return root;
}
