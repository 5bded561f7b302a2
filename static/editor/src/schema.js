// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The blocks of a text: how each is read from Markdown, and drawn.

import { Node } from "@tiptap/core";

import { calloutView, itemView, lockedView } from "./views.js";

// kept is an attribute that goes along when a block is copied or dragged.
export const kept = (name, preset, read = (value) => value) => ({
  default: preset,
  parseHTML: (e) => (e.hasAttribute(`data-${name}`) ? read(e.getAttribute(`data-${name}`)) : preset),
  renderHTML: (attributes) => (attributes[name] === preset ? {} : { [`data-${name}`]: String(attributes[name]) }),
});

const inline = (token, helpers) => helpers.parseInline(token.tokens ?? []);

// block children of a token; the text of a tight item becomes a paragraph.
function blocks(tokens, helpers) {
  const out = [];
  for (const token of tokens ?? []) {
    if (token.type === "space" || token.type === "checkbox") continue;
    if (token.type === "text") out.push({ type: "paragraph", content: inline(token, helpers) });
    else if (token.type === "def") out.push({ type: "locked", attrs: { source: token.raw.trimEnd(), hidden: true } });
    else out.push(...helpers.parseChildren([token]));
  }
  return out;
}

export const Doc = Node.create({ name: "doc", topNode: true, content: "block+" });
export const Text = Node.create({ name: "text", group: "inline" });

export const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", 0],
  markdownTokenName: "paragraph",
  parseMarkdown: (token, helpers) => ({ type: "paragraph", content: inline(token, helpers) }),
});

export const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false, parseHTML: (e) => Number(e.dataset.level) || undefined } }),
  // What is pasted from elsewhere gets its title as a heading of ours.
  parseHTML: () => [
    { tag: "p[data-level]", priority: 60, getAttrs: (e) => ({ level: Number(e.dataset.level) }) },
    ...[1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, getAttrs: () => ({ level: Math.min(level + 1, 6) }) })),
  ],
  renderHTML: ({ node }) => ["p", { "data-level": node.attrs.level, role: "heading", "aria-level": Math.min(node.attrs.level + 1, 6) }, 0],
  markdownTokenName: "heading",
  parseMarkdown: (token, helpers) => ({ type: "heading", attrs: { level: token.depth }, content: inline(token, helpers) }),
});

// plainLabel is a label as it can stand in a text.
export const plainLabel = (label) => label.replace(/[\[\]\s]+/g, "").slice(0, 99) || "1";

const callouts = {
  NOTE: "note", OPMERKING: "note", TIP: "tip", IMPORTANT: "important", BELANGRIJK: "important",
  WARNING: "warning", WAARSCHUWING: "warning", CAUTION: "caution", "LET OP": "caution",
};
export const kindOf = (mark) => callouts[mark.toUpperCase()];

export const Quote = Node.create({
  name: "quote",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
  markdownTokenName: "blockquote",
  parseMarkdown(token, helpers) {
    const first = token.tokens?.[0];
    const found = first?.type === "paragraph" && /^\[!([^\]\n]+)\][ \t]*(\n?)/.exec(first.raw);
    const kind = found && kindOf(found[1]);
    if (!kind) return { type: "quote", content: blocks(token.tokens, helpers) };
    const rest = first.raw.slice(found[0].length).trim();
    const content = blocks(token.tokens.slice(1), helpers);
    if (rest) content.unshift({ type: "paragraph", content: helpers.parseInline(helpers.tokenizeInline(rest)) });
    if (!content.length) content.push({ type: "paragraph" });
    return { type: "callout", attrs: { mark: found[1] }, content };
  },
});

export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ mark: kept("mark", "TIP", (mark) => (kindOf(mark) ? mark : "TIP")) }),
  // Copied here, or from a page of ours.
  parseHTML: () => [
    { tag: "aside[data-mark]" },
    ...[...new Set(Object.values(callouts))].map((kind) => ({ tag: `aside.rz-callout--${kind}`, getAttrs: () => ({ mark: kind.toUpperCase() }) })),
  ],
  renderHTML: ({ node }) => ["aside", { "data-mark": node.attrs.mark }, 0],
  addNodeView: () => calloutView,
});

function list(name, ordered, tag) {
  return Node.create({
    name,
    group: "block list",
    content: "item+",
    addAttributes: () => ({
      tight: kept("tight", true, (value) => value === "true"),
      mark: kept("mark", ordered ? "." : "-"),
      ...(ordered ? { start: { default: 1, parseHTML: (e) => e.start || 1, renderHTML: ({ start }) => (start === 1 ? {} : { start }) } } : {}),
    }),
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });
}

export const Ordered = list("ordered", true, "ol");
export const Bullets = list("bullets", false, "ul").extend({
  markdownTokenName: "list",
  parseMarkdown(token, helpers) {
    const content = token.items.map((item) => {
      const inside = blocks(item.tokens, helpers);
      if (inside[0]?.type !== "paragraph") inside.unshift({ type: "paragraph" });
      // A task may begin with its box inside the paragraph, or beside it.
      return { type: "item", attrs: { task: item.task ? (item.checked ? "done" : "open") : null }, content: inside };
    });
    const mark = /^\s*(?:\d*([.)])|([-+*]))/.exec(token.raw);
    const attrs = { tight: !token.loose, mark: mark?.[1] ?? mark?.[2] };
    return token.ordered
      ? { type: "ordered", attrs: { ...attrs, start: Number(token.start) }, content }
      : { type: "bullets", attrs, content };
  },
});

export const Item = Node.create({
  name: "item",
  content: "paragraph block*",
  defining: true,
  addAttributes: () => ({
    task: {
      ...kept("task", null),
      parseHTML(e) {
        if (e.dataset.task) return e.dataset.task === "done" ? "done" : "open";
        const box = e.querySelector(":scope > input[type=checkbox], :scope > p > input[type=checkbox]");
        return box ? (box.checked ? "done" : "open") : null;
      },
    },
  }),
  parseHTML: () => [{ tag: "li" }],
  renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
  addNodeView: () => itemView,
});

export const Code = Node.create({
  name: "codeBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: () => ({ info: kept("info", "") }),
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, ["code", 0]],
  markdownTokenName: "code",
  parseMarkdown: (token) => ({
    type: "codeBlock",
    attrs: { info: token.lang ?? "" },
    content: token.text ? [{ type: "text", text: token.text }] : [],
  }),
});

export const Rule = Node.create({
  name: "rule",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
  markdownTokenName: "hr",
  parseMarkdown: () => ({ type: "rule" }),
});

export const Footnote = Node.create({
  name: "footnote",
  group: "block",
  content: "block+",
  defining: true,
  isolating: true,
  addAttributes: () => ({ label: kept("label", "", plainLabel) }),
  parseHTML: () => [{ tag: "div[data-label]" }],
  renderHTML: ({ node }) => ["div", { class: "rz-visual__footnote", "data-label": node.attrs.label }, 0],
  markdownTokenName: "footnote",
  parseMarkdown(token, helpers) {
    const content = blocks(token.tokens, helpers);
    return { type: "footnote", attrs: { label: token.label }, content: content.length ? content : [{ type: "paragraph" }] };
  },
});

// A block that stands as its Markdown says, because the editor cannot write it
// back without loss, or that readers do not see.
export const Locked = Node.create({
  name: "locked",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ source: kept("source", ""), hidden: kept("hidden", false, (value) => value === "true") }),
  parseHTML: () => [{ tag: "pre[data-source]", priority: 60 }],
  renderHTML: ({ node, HTMLAttributes }) => ["pre", { ...HTMLAttributes, "data-source": node.attrs.source }],
  addNodeView: () => lockedView,
  markdownTokenName: "hidden",
  parseMarkdown: (token) => ({ type: "locked", attrs: { source: token.raw.trimEnd(), hidden: true } }),
});
