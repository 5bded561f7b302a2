// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Writes a block as Markdown that the renderer reads as the same block.

import { line } from "./line.js";

// indent moves all lines but the first.
const indent = (text, by) => text.replace(/\n(?=.)/g, "\n" + " ".repeat(by));
const quoted = (text) => text.split("\n").map((part) => (part ? `> ${part}` : ">")).join("\n");

// children writes blocks after each other. Two lists in a row get different
// marks, because they would otherwise be one.
function children(node, how, tight) {
  const out = [];
  let mark = "";
  node.forEach((child) => {
    if (isEmpty(child)) return;
    const text = writeBlock(child, how, mark);
    if (!text) return;
    mark = listMark(text);
    // A paragraph right under another would go on with it.
    out.push(tight && out.length && child.type.name !== "paragraph" ? `\n${text}` : out.length ? `\n\n${text}` : text);
  });
  return out.join("");
}

export const isEmpty = (node) => node.type.name === "paragraph" && node.childCount === 0;

// listMark is the sign that makes a text a list of its own sort.
export function listMark(text) {
  const found = /^ {0,3}(?:\d{1,9}([.)])|([-+*]))(?:\s|$)/.exec(text);
  return found ? (found[1] ?? found[2]) : "";
}

function list(node, how, avoid) {
  const ordered = node.type.name === "ordered";
  let { mark } = node.attrs;
  if (!(ordered ? ".)" : "-+*").includes(mark)) mark = ordered ? "." : "-";
  if (mark === avoid) mark = { ".": ")", ")": ".", "-": "*", "*": "-", "+": "-" }[mark];
  // Two paragraphs in an item make a list wide.
  let tight = node.attrs.tight;
  node.forEach((item) => {
    let paragraphs = 0;
    item.forEach((child) => (paragraphs += child.type.name === "paragraph" && !isEmpty(child) ? 1 : 0));
    if (paragraphs > 1) tight = false;
  });
  const out = [];
  node.forEach((item, _, i) => {
    const sign = ordered ? `${node.attrs.start + i}${mark} ` : `${mark} `;
    const box = item.attrs.task ? (item.attrs.task === "done" ? "[x] " : "[ ] ") : "";
    let body = children(item, how, tight);
    if (isEmpty(item.firstChild) && item.childCount > 1) body = `\n${body}`;
    out.push(sign + box + indent(body, sign.length) || sign.trim());
  });
  return out.map((text) => text.trimEnd()).join(tight ? "\n" : "\n\n");
}

function table(node, how) {
  const rows = [];
  let width = 0;
  node.forEach((row) => {
    const cells = [];
    row.forEach((cell) => cells.push(cellText(cell, how)));
    width = Math.max(width, cells.length);
    rows.push(cells);
  });
  const align = Array.from({ length: width }, (_, i) => {
    const cell = node.firstChild.maybeChild(i);
    return { left: ":--", center: ":-:", right: "--:" }[cell?.attrs.align] ?? "---";
  });
  const draw = (cells) => `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`.replace(/ {2,}(?=\|)/g, " ");
  return [draw(rows[0]), draw(align), ...rows.slice(1).map(draw)].join("\n");
}

function cellText(cell, how) {
  const parts = [];
  cell.forEach((block) => parts.push(line(block.content, { ...how, cell: true, oneLine: true })));
  return parts.filter(Boolean).join("<br>");
}

function code(node) {
  const text = node.textContent;
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((run) => run.length));
  const sign = node.attrs.info.includes("`") ? "~" : "`";
  const fence = sign.repeat(Math.max(3, longest + 1, ...(sign === "~" ? (text.match(/~{3,}/g) ?? []).map((run) => run.length + 1) : [])));
  return `${fence}${node.attrs.info}\n${text}${text ? "\n" : ""}${fence}`;
}

// writeBlock writes one block. avoid is the mark of a list right before it.
export function writeBlock(node, how, avoid = "") {
  switch (node.type.name) {
    case "paragraph":
      return line(node.content, how);
    case "heading": {
      const text = line(node.content, { ...how, oneLine: true }).replace(/(?<=^|\s)(#+)$/, "\\$1");
      return `${"#".repeat(node.attrs.level)} ${text}`.trimEnd();
    }
    case "quote":
      return quoted(children(node, how) || "");
    case "callout":
      return `> [!${node.attrs.mark}]\n${quoted(children(node, how))}`.replace(/\n>$/, "");
    case "bullets":
    case "ordered":
      return list(node, how, avoid);
    case "codeBlock":
      return code(node);
    case "rule":
      return "---";
    case "table":
      return table(node, how);
    case "footnote":
      return `[^${node.attrs.label}]: ${indent(children(node, how), 4)}`.trimEnd();
    case "locked":
      return node.attrs.source;
  }
  return "";
}
