// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// A text between its Markdown and the document of the editor. A block that
// nobody changed keeps its own source, to the letter; only what changed is
// written anew.

import { getSchema } from "@tiptap/core";
import { MarkdownManager } from "@tiptap/markdown";

import { labelsOf, newDialect } from "./dialect.js";
import { extensions } from "./extensions.js";
import { isEmpty, listMark, writeBlock } from "./write.js";

export const schema = getSchema(extensions);

// reader reads Markdown with the footnotes and references of one text.
function reader(source) {
  const labels = labelsOf(source);
  const marked = newDialect((label) => labels.has(label));
  const manager = new MarkdownManager({ marked, extensions });
  let definitions = "";
  const references = new Set();
  return {
    labels,
    references,
    tokens(text) {
      const lexer = new marked.Lexer(marked.defaults);
      return lexer.blockTokens(text, []); // the structure is enough here
    },
    define(raw) {
      definitions += `\n\n${raw.trim()}`;
      const label = /^\s*\[((?:\\.|[^\[\]\\])+)\]:/.exec(raw)?.[1];
      if (label) references.add(plainLabel(label));
    },
    defined: (label) => references.has(plainLabel(label)),
    // block reads one block; null when it is not one.
    block(text) {
      const { content } = manager.parse(text + definitions);
      const nodes = content.filter((node) => node.type !== "paragraph" || node.content?.length).map(settle);
      if (nodes.length !== 1) return null;
      try {
        const node = schema.nodeFromJSON(nodes[0]);
        node.check();
        return node;
      } catch {
        return null; // a block in a place where the editor has none
      }
    },
  };
}

const plainLabel = (label) => label.trim().replace(/\s+/g, " ").toLowerCase();

// settle notes how deep each mark stands, and makes the ends of lines spaces.
function settle(node) {
  const out = { ...node };
  if (out.marks) {
    out.marks = out.marks.map((mark, i, all) => (all.length > 1 ? { ...mark, attrs: { ...mark.attrs, depth: all.length - 1 - i } } : mark));
  }
  if (out.content) {
    out.content = out.content.filter((child) => child.type !== "text" || child.text).map(settle);
    if (out.type !== "codeBlock") {
      for (const child of out.content) {
        if (child.type === "text") child.text = child.text.replace(/[ \t]*\n[ \t]*/g, " ");
      }
      out.content = out.content.filter((child, i, all) => {
        if (child.type !== "text") return true;
        if (all[i - 1]?.type === "break") child.text = child.text.replace(/^ +/, "");
        return child.text !== "";
      });
    }
  }
  return out;
}

// shape is a block as a string; blocks of the same shape say the same.
const shape = (node) => JSON.stringify(node.toJSON());

// meaning is the shape of a block without what is not seen: the order of marks,
// spaces at the edges, and marks on spaces.
function meaning(node) {
  if (!node.isTextblock) {
    const inside = [];
    node.forEach((child) => !isEmpty(child) && inside.push(meaning(child)));
    const { tight, mark, ...attrs } = node.attrs;
    return [node.type.name, node.type.name === "callout" ? mark : "", JSON.stringify(attrs), inside];
  }
  if (node.type.spec.code) return [node.type.name, node.attrs.info, node.textContent];
  let out = "";
  node.forEach((child) => {
    const marks = child.marks.map((m) => m.type.name + (m.attrs.href ?? "") + (m.attrs.title ?? "")).sort().join();
    if (!child.isText) out += `\u0001${child.type.name}${JSON.stringify(child.attrs)}${child.type.name === "break" ? "" : marks}\u0002`;
    else for (const c of child.text) out += /[ \t\n\r]/.test(c) ? " " : `${c}\u0003${marks}\u0004`;
  });
  out = out.replace(/ +/g, " ").replace(/ ?(\u0001break[^\u0002]*\u0002) ?/g, "$1").replace(/(?:\u0001break[^\u0002]*\u0002)+$/, "").trim();
  return [node.type.name, node.attrs.level ?? "", out];
}

const alike = (a, b) => JSON.stringify(meaning(a)) === JSON.stringify(meaning(b));

// Source is a text as it was when the editor opened.
export class Source {
  constructor(source) {
    this.source = source.replace(/\r\n?/g, "\n");
    this.reader = reader(this.source);
    this.parts = [];
    this.pages = new Map(); // by source: what readers see of a locked block
    this.written = new WeakMap(); // what a block was last written as
    this.unsure = false;
    let at = 0;
    let end = 0;
    const tokens = this.reader.tokens(this.source);
    for (const token of tokens) if (token.type === "def") this.reader.define(token.raw);
    for (const token of tokens) {
      if (token.type === "space") continue;
      const text = token.raw.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
      const from = this.source.indexOf(text, at);
      if (!text || from < 0 || this.source.slice(at, from).trim()) {
        if (text) throw new Error("cannot follow the text");
        continue;
      }
      // What stands before the first part stays there.
      const start = this.source.slice(at, from).match(/[ \t]*$/)[0].length;
      this.parts.push({ index: this.parts.length, from: from - start, text: this.source.slice(from - start, from + text.length), type: token.type });
      at = from + text.length;
      end = at;
    }
    if (this.source.slice(end).trim()) throw new Error("cannot follow the text");
    this.end = end;
    for (const part of this.parts) this.read(part);
    this.byShape = new Map();
    this.byNode = new WeakMap();
    this.shapes = new WeakMap();
  }

  read(part) {
    if (part.type === "def") part.node = this.locked(part.text, true);
    else part.node = this.reader.block(part.text) ?? this.locked(part.text, false);
    part.open = part.type === "code" && /^ {0,3}(`{3,}|~{3,})/.test(part.text) && !/\n {0,3}(`{3,}|~{3,})[ \t]*$/.test(part.text);
  }

  locked(source, hidden) {
    return schema.nodes.locked.create({ source, hidden });
  }

  // lock keeps a part as its source, and remembers how readers see it.
  lock(part, html) {
    part.node = this.locked(part.text, false);
    this.pages.set(part.text, html);
  }

  doc() {
    const nodes = this.parts.map((part) => part.node);
    if (nodes.at(-1)?.type.name !== "paragraph") nodes.push(schema.nodes.paragraph.create());
    return this.attach(schema.nodes.doc.create(null, nodes));
  }

  // attach takes a document that was made of doc() as this text.
  attach(doc) {
    this.parts.forEach((part, i) => {
      this.byNode.set(doc.child(i), part);
      const key = shape(doc.child(i));
      this.byShape.set(key, [...(this.byShape.get(key) ?? []).filter((other) => other !== part), part]);
    });
    return doc;
  }

  // gap is what stands between two parts that follow each other.
  gap(part) {
    const next = this.parts[part.index + 1];
    return this.source.slice(part.from + part.text.length, next ? next.from : this.source.length);
  }

  // force writes a block anew.
  force(node, avoid = "") {
    const cached = this.written.get(node);
    if (cached && cached.avoid === avoid) return cached.text;
    let text = "";
    let sure = false;
    for (const how of [{ em: "*" }, { em: "_" }, { em: "*", full: true }, { em: "_", full: true }]) {
      text = writeBlock(node, { ...how, defined: this.reader.defined }, avoid);
      if (node.type.name === "locked" || !text) sure = true;
      else {
        const back = this.reader.block(text);
        sure = back !== null && alike(back, node);
      }
      if (sure) break;
    }
    this.written.set(node, { text, avoid, sure });
    return text;
  }

  // forced is the whole text with every block written anew.
  forced(separator = () => "\n\n") {
    let out = "";
    let mark = "";
    this.parts.forEach((part, i) => {
      const text = this.force(part.node, mark);
      out += (i ? separator(i) : "") + text;
      mark = separator(i).trim() ? "" : listMark(text);
    });
    return out;
  }

  // partOf is the part that a block was, also when it was changed and changed
  // back: of those that say the same the one that follows the part before.
  partOf(node, before) {
    const known = this.byNode.get(node);
    if (known) return known;
    let same = this.shapes.get(node);
    if (same === undefined) this.shapes.set(node, (same = this.byShape.get(shape(node)) ?? null));
    return same ? (same.find((part) => part.index === (before?.index ?? -1) + 1) ?? same[0]) : undefined;
  }

  // write is the text of a document.
  write(doc) {
    const pieces = [];
    doc.forEach((node, pos) => {
      if (isEmpty(node)) return;
      pieces.push({ node, pos, part: this.partOf(node, pieces.at(-1)?.part) });
    });
    const kept = new Set(pieces.map(({ part }) => part?.index));
    const lost = this.parts.filter((part) => part.type === "def" && !kept.has(part.index));
    let out = "";
    let previous = null; // the piece before, with its text
    let mark = "";
    this.places = []; // where each block stands, in the text and in the document
    pieces.forEach(({ node, part, pos }, i) => {
      const follows = i === 0 ? part?.index === 0 : part && previous.part && part.index === previous.part.index + 1;
      const next = pieces[i + 1];
      const goesOn = next ? next.part && part && next.part.index === part.index + 1 : part?.index === this.parts.length - 1;
      let text = part && !lost.length ? part.text : null;
      if (text !== null && node.type.name !== "locked") {
        if ((!follows && (/^[ \t:]/.test(text) || (mark && listMark(text) === mark))) || (!goesOn && part.open)) text = null;
      }
      text ??= this.force(node, mark);
      const gap = i === 0 ? (follows ? this.source.slice(0, part.from) : "") : follows ? this.gap(previous.part) : "\n\n";
      this.places.push({ at: out.length + gap.length, pos });
      out += gap + text;
      previous = { part };
      mark = listMark(text);
    });
    for (const part of lost) out += `\n\n${part.text}`;
    if (previous?.part?.index === this.parts.length - 1 && !lost.length) out += this.source.slice(this.end);
    this.unsure = pieces.some(({ node, part }) => !part && this.written.get(node)?.sure === false);
    return pieces.length ? out : lost.length ? out.trimStart() : "";
  }
}
