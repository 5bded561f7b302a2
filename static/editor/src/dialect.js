// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The Markdown that the renderer of the site reads (pkg/markdown), as far as the
// parser of the editor has to know it: HTML is text, apart from <br> and
// comments; bare addresses stay text, because the renderer makes links of them;
// and there are footnotes and hidden blocks.

import { Marked } from "marked";

const entity = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][\da-zA-Z]{1,31});/;
const startsBlock = /^ {0,3}(?:#{1,6}(?:\s|$)|>|[-+*]\s|\d{1,9}[.)]\s|`{3}|~{3}|\[\^|<!--|(?:[-_*]\s*){3,}$)/;

let decoder;
// characterOf is what an entity stands for, or nothing when it is none.
export function characterOf(raw) {
  decoder ??= document.implementation.createHTMLDocument("").createElement("textarea");
  decoder.innerHTML = raw;
  return decoder.value === raw && raw !== "&amp;" ? "" : decoder.value;
}

// definitionEnd is where the footnote that src begins with ends, or -1.
function footnoteOf(src) {
  const head = /^ {0,3}\[\^([^\[\]\n]+)\]:[ \t]*/.exec(src);
  if (!head) return null;
  const lines = src.slice(head[0].length).match(/[^\n]*(?:\n|$)/g);
  const body = [lines[0]];
  let raw = head[0] + lines[0];
  let blank = ""; // blank lines that belong to it only when more follows
  for (const line of lines.slice(1)) {
    if (line === "") break;
    const isBlank = !line.trim();
    const indented = /^(?: {4}|\t)/.exec(line);
    if (isBlank) {
      blank += line;
      continue;
    }
    if (!indented && (blank || !body.at(-1).trim() || startsBlock.test(line))) break;
    raw += blank + line;
    if (blank) body.push(...blank.match(/\n/g));
    blank = "";
    body.push(indented ? line.slice(indented[0].length) : line);
  }
  return { raw, label: head[1], text: body.join("") };
}

// newDialect is a parser of its own. known(label) says whether there is a
// footnote with this label.
export function newDialect(known) {
  const marked = new Marked({ gfm: true, breaks: false, pedantic: false });
  let paragraph;
  marked.use({
    tokenizer: {
      html: () => undefined,
      url: () => undefined,
      tag(src) {
        const br = /^<br[ \t]*\/?>/i.exec(src);
        if (br) return { type: "br", raw: br[0] };
        const comment = /^<!--[\s\S]*?-->/.exec(src);
        return comment ? { type: "comment", raw: comment[0] } : undefined;
      },
      // A tag at the start of a line does not end a paragraph.
      paragraph(src) {
        paragraph ??= new RegExp(this.rules.block.paragraph.source.replace(/\|<\/\?\(\?:[^()]*(?:\([^()]*\)[^()]*)*\)\(\?: \+\|\\n\|\/\?>\)\|<\(\?:script\|pre\|style\|textarea\|!--\)/, "|<!--"));
        const found = paragraph.exec(src);
        if (!found) return undefined;
        const text = found[1].endsWith("\n") ? found[1].slice(0, -1) : found[1];
        return { type: "paragraph", raw: found[0], text, tokens: this.lexer.inline(text) };
      },
    },
    extensions: [
      {
        name: "comment",
        level: "block",
        start: (src) => /(?<=\n) {0,3}<!--/.exec(src)?.index,
        tokenizer(src) {
          const found = /^ {0,3}<!--[\s\S]*?-->[ \t]*(?:\n|$)/.exec(src);
          return found ? { type: "hidden", raw: found[0] } : undefined;
        },
      },
      {
        name: "footnote",
        level: "block",
        start: (src) => /(?<=\n) {0,3}\[\^[^\[\]\n]+\]:/.exec(src)?.index,
        tokenizer(src) {
          const found = footnoteOf(src);
          if (!found) return undefined;
          const top = this.lexer.state.top;
          this.lexer.state.top = true;
          const token = { type: "footnote", raw: found.raw, label: found.label, tokens: [] };
          this.lexer.blockTokens(found.text, token.tokens);
          this.lexer.state.top = top;
          return token;
        },
      },
      {
        name: "footnoteMark",
        level: "inline",
        start: (src) => src.indexOf("[^"),
        tokenizer(src) {
          const found = /^\[\^([^\[\]\n]+)\]/.exec(src);
          return found && known(found[1]) ? { type: "footnoteMark", raw: found[0], label: found[1] } : undefined;
        },
      },
      {
        name: "entity",
        level: "inline",
        start: (src) => src.search(/&[#a-zA-Z]/),
        tokenizer(src) {
          const found = entity.exec(src);
          const text = found && characterOf(found[0]);
          return text ? { type: "entity", raw: found[0], text } : undefined;
        },
      },
    ],
  });
  return marked;
}

// labelsOf lists the labels of the footnotes that a text defines.
export function labelsOf(source) {
  return new Set([...source.matchAll(/^[ \t>]*\[\^([^\[\]\n]+)\]:/gm)].map((found) => found[1]));
}
