// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What stands within a line: the marks, images, line breaks and footnote marks.
// A mark knows how deep it stood between the marks around the same text (depth,
// 0 is outermost), so that it is written back in that order.

import { Extension, Mark, Node } from "@tiptap/core";

import { kept, plainLabel } from "./schema.js";
import { pictureView } from "./views.js";

const depth = { default: 0, rendered: false };

// around puts a mark on all that stands within it, images and footnotes included.
function around(type, content, attrs) {
  return content.map((node) => ({ ...node, marks: [...(node.marks ?? []), attrs ? { type, attrs } : { type }] }));
}

function mark(name, tag, token, more = {}) {
  return Mark.create({
    name,
    addAttributes: () => ({ depth }),
    // Documents of elsewhere say with styles what is bold, and what is not.
    parseHTML: () => [tag, ...(more.tags ?? [])].map((tag) => ({ tag, getAttrs: (e) => (/normal|400/.test(e.style.fontWeight + e.style.fontStyle) ? false : null) }))
      .concat(more.style ? [{ style: more.style[0], getAttrs: (value) => (more.style[1].test(value) ? null : false) }] : []),
    renderHTML: () => [tag, 0],
    markdownTokenName: token,
    parseMarkdown: (token, helpers) => around(name, helpers.parseInline(token.tokens ?? [])),
  });
}

export const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({ depth, href: { default: "" }, title: { default: null } }),
  parseHTML: () => [{
    tag: "a[href]",
    getAttrs: (e) => (safe(e.getAttribute("href")) ? { href: e.getAttribute("href"), title: e.getAttribute("title") } : false),
  }],
  // A link in the text is not followed while writing.
  renderHTML: ({ mark }) => ["a", { ...(safe(mark.attrs.href) ? { href: mark.attrs.href } : {}), title: mark.attrs.title ?? mark.attrs.href }, 0],
  markdownTokenName: "link",
  parseMarkdown: (token, helpers) => around("link", helpers.parseInline(token.tokens ?? []), { href: token.href, title: token.title ?? null }),
});

// safe says whether the renderer would make a link of an address.
export function safe(href) {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(href ?? "");
  return href && (!scheme || ["http", "https", "mailto", "tel"].includes(scheme[1].toLowerCase()));
}

export const Strong = mark("strong", "strong", "strong", { tags: ["b"], style: ["font-weight", /^(?:bold(?:er)?|[6-9]\d\d)$/] });
export const Em = mark("em", "em", "em", { tags: ["i"], style: ["font-style", /^italic$/] });
export const Strike = mark("strike", "del", "del", { tags: ["s", "strike"] });

export const CodeText = Mark.create({
  name: "codeText",
  priority: 10,
  code: true,
  addAttributes: () => ({ depth }),
  parseHTML: () => [{ tag: "code" }],
  renderHTML: () => ["code", 0],
  markdownTokenName: "codespan",
  parseMarkdown: (token, helpers) => around("codeText", [{ type: "text", text: token.text }]),
});

// A character by its name: read as that character.
export const Entity = Extension.create({
  name: "entity",
  markdownTokenName: "entity",
  parseMarkdown: (token) => ({ type: "text", text: token.text }),
});

export const Break = Node.create({
  name: "break",
  group: "inline",
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
  markdownTokenName: "br",
  parseMarkdown: () => ({ type: "break" }),
});

export const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, title: { default: null } }),
  parseHTML: () => [{ tag: "img[src]", getAttrs: (e) => (/^(?:\/(?![/\\])|https?:)/.test(e.getAttribute("src")) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  addNodeView: () => pictureView,
  markdownTokenName: "image",
  parseMarkdown: (token, helpers) => ({
    type: "picture",
    attrs: { src: token.href, alt: plain(helpers.parseInline(token.tokens ?? [])), title: token.title ?? null },
  }),
});

function plain(nodes) {
  return nodes.map((n) => n.text ?? n.attrs?.alt ?? (n.type === "break" ? "\n" : "")).join("");
}

export const FootnoteMark = Node.create({
  name: "footnoteMark",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ label: kept("label", "", plainLabel) }),
  parseHTML: () => [{ tag: "sup[data-label]" }],
  renderHTML: ({ node }) => ["sup", { class: "rz-visual__mark", "data-label": node.attrs.label }, node.attrs.label],
  renderText: () => "",
  markdownTokenName: "footnoteMark",
  parseMarkdown: (token) => ({ type: "footnoteMark", attrs: { label: token.label } }),
});

// A comment within a line: readers do not see it.
export const Comment = Node.create({
  name: "comment",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ source: kept("source", "") }),
  parseHTML: () => [{ tag: "span[data-source]", getAttrs: (e) => (/^<!--(?:(?!-->)[^])*-->$/.test(e.dataset.source) ? null : false) }],
  renderHTML: ({ node }) => ["span", { class: "rz-visual__comment", "data-source": node.attrs.source, title: node.attrs.source }, "…"],
  renderText: () => "",
  markdownTokenName: "comment",
  parseMarkdown: (token) => ({ type: "comment", attrs: { source: token.raw } }),
});
