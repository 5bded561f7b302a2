// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Which characters of plain text need a backslash, so that the text is read
// back as it stands and stays readable where it can.

const punctuation = /[\p{P}\p{S}]/u;
export const isPunctuation = (c) => c !== "" && punctuation.test(c);
export const isSpace = (c) => c === "" || /\s/.test(c);
const isWord = (c) => !isSpace(c) && !isPunctuation(c);

// What the renderer makes a link of by itself stays as it is.
const address = /(?:https?|ftp):\/\/[^\s<]+|www\.[^\s<]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

// escapeText escapes text that stands between the characters before and after
// it. how: full escapes all that could mean something, cell is for a cell of a
// table, label for the text of a link or image, labels are those of footnotes.
export function escapeText(text, before, after, how) {
  const spans = how.full ? [] : [...text.matchAll(address)].map((found) => [found.index, found.index + found[0].length]);
  const chars = [...text];
  let out = "";
  let at = 0;
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i];
    const previous = i ? chars[i - 1] : before;
    const next = i + 1 < chars.length ? chars[i + 1] : after;
    const inAddress = spans.some(([from, to]) => at >= from && at < to);
    out += escaped(c, previous, next, text.slice(at), inAddress, how);
    at += c.length;
  }
  return out;
}

function escaped(c, previous, next, rest, inAddress, how) {
  const between = isSpace(previous) && isSpace(next);
  switch (c) {
    case "\n":
      return " ";
    case "|":
      return how.cell ? "\\|" : c;
    case "\\":
      return how.full || next === "" || isPunctuation(next) ? "\\\\" : c;
    case "`":
      return "\\`";
    case "*":
      return inAddress || (between && !how.full) ? c : "\\*";
    case "~":
      return inAddress || (between && !how.full) ? c : "\\~";
    case "_":
      if (how.full) return "\\_";
      return inAddress || between || (isWord(previous) && isWord(next)) ? c : "\\_";
    case "[":
      return how.full || how.label || opens(rest, next, how) ? "\\[" : c;
    case "]":
      return how.full || how.label ? "\\]" : c;
    case "!":
      return (how.full && next === "[") || (next === "[" && rest.length === 1) ? "\\!" : c;
    case "<":
      return how.full || /^<(?:br\b|!--|[a-z][a-z0-9+.-]{1,31}:|[^\s<>]+@)/i.test(rest) || rest.length === 1 ? "\\<" : c;
    case "&":
      return how.full || /^&(?:#\d|#x[\da-f]|[a-z][\da-z]*;)/i.test(rest) ? "\\&" : c;
  }
  return c;
}

// opens says whether a bracket could begin a link, a footnote or a task.
function opens(rest, next, how) {
  if (next === "^" || rest.length === 1) return true;
  if (/^\[[ xX]\]/.test(rest)) return true;
  const end = rest.indexOf("]");
  if (end < 0) return false;
  const behind = rest[end + 1] ?? "";
  if (behind === "" || "([:".includes(behind)) return true;
  return how.defined?.(rest.slice(1, end)) ?? false;
}

// escapeStart escapes the mark of a block at the start of a line.
export function escapeStart(line) {
  return line
    .replace(/^(#{1,6}|[-+*>=|:])(?=\s|$)/, "\\$1")
    .replace(/^>/, "\\>")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2")
    .replace(/^([-_*=])(?=(?:[ \t]*\1)+[ \t]*$)/, "\\$1")
    .replace(/^([|:-])(?=[ \t|:-]*-[ \t|:-]*$)/, "\\$1")
    .replace(/^(\[[^\]]*)\]:/, "$1\\]:");
}

export function codeSpan(text, cell) {
  const flat = text.replace(/\n/g, " ");
  const runs = new Set((flat.match(/`+/g) ?? []).map((run) => run.length));
  let n = 1;
  while (runs.has(n)) n++;
  const pad = /^`|`$|^ .*[^ ].* $/.test(flat) ? " " : "";
  const fence = "`".repeat(n);
  return fence + pad + (cell ? flat.replaceAll("|", "\\|") : flat) + pad + fence;
}

export function destination(href, title) {
  let to = href;
  let open = 0;
  let balanced = true;
  for (const c of href) {
    if (c === "(") open++;
    if (c === ")" && --open < 0) balanced = false;
  }
  if (to === "" || /[\s<>\x00-\x1f]/.test(to)) to = `<${to.replace(/\n/g, "%0A").replace(/[<>]/g, "\\$&")}>`;
  else if (!balanced || open) to = to.replace(/[()]/g, "\\$&");
  return title == null ? to : `${to} "${title.replace(/["\\]/g, "\\$&").replace(/\n\s*\n/g, "\n")}"`;
}
