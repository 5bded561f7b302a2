// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Writes the content of a paragraph, heading or cell as Markdown.

import { codeSpan, destination, escapeStart, escapeText, isPunctuation, isSpace } from "./escape.js";

const rank = { link: 0, strike: 1, em: 2, strong: 3 };

// items takes a fragment apart: what it says, with the marks around it.
function items(fragment) {
  const out = [];
  fragment.forEach((node) => {
    const code = node.isText && node.marks.some((m) => m.type.name === "codeText");
    const marks = node.marks.filter((m) => m.type.name !== "codeText");
    if (!node.isText || code) out.push({ node, code, marks });
    else {
      // Space at the edge of a mark goes outside it.
      for (const text of node.text.replace(/[ \t\n\r]+/g, " ").match(/^ | $|^ $|[^ ](?:.*[^ ])?/g) ?? []) out.push({ text, marks });
    }
  });
  const has = (item, mark) => item?.marks.some((m) => alike(m, mark));
  const words = (from, step) => {
    let i = from;
    while (out[i]?.text === " ") i += step;
    return out[i];
  };
  for (let i = 0; i < out.length; i++) {
    const blank = out[i].text === " " || out[i].node?.type.name === "break";
    if (blank) out[i].marks = out[i].marks.filter((m) => has(words(i - 1, -1), m) && has(words(i + 1, 1), m));
  }
  const merged = [];
  for (const item of out) {
    const last = merged.at(-1);
    if (item.text && last?.text && item.marks.length === last.marks.length && item.marks.every((m) => has(last, m))) last.text += item.text;
    else merged.push({ ...item });
  }
  return merged;
}

// alike compares marks, apart from how deep they stand.
export function alike(a, b) {
  return a.type === b.type && (a.attrs.href ?? "") === (b.attrs.href ?? "") && (a.attrs.title ?? "") === (b.attrs.title ?? "");
}

// tokens nests the marks: the one that goes on longest is outermost.
function tokens(list, how, out, around = "") {
  for (let i = 0; i < list.length; ) {
    const item = list[i];
    if (!item.marks.length) {
      out.push(leaf(item, how));
      i++;
      continue;
    }
    let best = null;
    for (const mark of item.marks) {
      let end = i + 1;
      while (list[end]?.marks.some((m) => alike(m, mark))) end++;
      const better = !best || end > best.end ||
        (end === best.end && (mark.attrs.depth - best.mark.attrs.depth || rank[mark.type.name] - rank[best.mark.type.name]) < 0);
      if (better) best = { mark, end };
    }
    const { mark, end } = best;
    const inside = list.slice(i, end).map((it) => ({ ...it, marks: it.marks.filter((m) => !alike(m, mark)) }));
    if (mark.type.name === "link") out.push(link(mark, inside, how));
    else {
      let sign = mark.type.name === "strike" ? "~~" : mark.type.name === "strong" ? "**" : how.em;
      // Three stars are bold within italic; the other way round takes another sign.
      if (sign === "*" && around === "**" && inside.length === list.length) sign = "_";
      out.push({ open: sign });
      tokens(inside, how, out, sign);
      out.push({ close: sign });
    }
    i = end;
  }
  return out;
}

function link(mark, inside, how) {
  const { href, title } = mark.attrs;
  const [only] = inside;
  if (!how.full && title == null && inside.length === 1 && only.text && !only.marks.length && !how.cell) {
    if (only.text === href && /^[a-z][a-z0-9+.-]{1,31}:[^\s<>]*$/i.test(href)) return { raw: `<${href}>` };
    if (href === `mailto:${only.text}` && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(only.text)) return { raw: `<${only.text}>` };
  }
  return { raw: `[${join(tokens(inside, { ...how, label: true }, []), { ...how, label: true })}](${inCell(destination(href, title), how)})` };
}

const inCell = (text, how) => (how.cell ? text.replace(/\|/g, "\\|").replace(/\n/g, " ") : text);

function leaf(item, how) {
  if (item.text) return { text: item.text };
  if (item.code) return { raw: codeSpan(item.node.text, how.cell) };
  const { attrs, type } = item.node;
  switch (type.name) {
    case "break":
      return how.oneLine ? { raw: "<br>" } : { raw: "\\\n", newline: true };
    case "picture":
      return { raw: `![${inCell(escapeText(attrs.alt, "", "", { ...how, label: true, full: true }), how)}](${inCell(destination(attrs.src, attrs.title), how)})` };
    case "footnoteMark":
      return { raw: `[^${attrs.label}]` };
    case "comment":
      return { raw: attrs.source };
  }
  return { raw: "" };
}

const first = (s) => [...s][0] ?? "";
const last = (s) => [...s].at(-1) ?? "";
const source = (token) => token?.raw ?? token?.text ?? token?.open ?? token?.close ?? "";
const coded = (c) => `&#${c.codePointAt(0)};`;

// join writes the tokens. A run of marks opens only where a word begins, and
// closes only where one ends; where a sign stands in between, the letter beside
// it is written as a number.
function join(list, how) {
  list.forEach((token, i) => {
    if (token.text) token.raw = escapeText(token.text, last(source(list[i - 1])), first(source(list[i + 1])), how);
  });
  for (let i = 0; i < list.length; i++) {
    if (!list[i].open && !list[i].close) continue;
    let end = i;
    while (list[end + 1] && (list[end + 1].open || list[end + 1].close)) end++;
    const before = i ? last(source(list[i - 1])) : "";
    const after = list[end + 1] ? first(source(list[end + 1])) : "";
    const group = list.slice(i, end + 1);
    const opening = group.some((t) => t.open);
    const closing = group.some((t) => t.close);
    // Of different signs in a row each is punctuation to the other.
    const mixed = new Set(group.map((t) => source(t)[0])).size > 1;
    if (opening && (mixed || isPunctuation(after)) && !isSpace(before) && !isPunctuation(before)) recode(list[i - 1], last);
    if (closing && (mixed || isPunctuation(before)) && !isSpace(after) && !isPunctuation(after)) recode(list[end + 1], first);
    i = end;
  }
  return list.map(source).join("");
}

function recode(token, end) {
  const c = end(token.raw);
  if (!token.text || !c) return;
  token.raw = end === last ? token.raw.slice(0, -c.length) + coded(c) : coded(c) + token.raw.slice(c.length);
}

// line writes a fragment. how: em is the sign for emphasis, oneLine is for where
// no line may end.
export function line(fragment, how) {
  const list = tokens(items(fragment), how, []);
  const text = join(list, how);
  const lines = text.split("\n").map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ""));
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  const written = how.cell ? lines.join(" ") : lines.map(escapeStart).join("\n");
  // A line break at the very end breaks nothing.
  return written.replace(/\\$/, (sign, at) => (list.at(-1)?.newline ? "" : sign));
}
