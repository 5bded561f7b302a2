// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// markdownOf makes Markdown of what Word, Google Docs, an e-mail program or a
// web page puts on the clipboard. The HTML is read in a document that runs and
// loads nothing; only its words, and what they mean, come along. It is fetched by
// who pastes for the first time.

const dropped = "STYLE SCRIPT TEMPLATE NOSCRIPT TITLE META LINK HEAD OBJECT IFRAME SVG MATH BUTTON INPUT SELECT TEXTAREA XML IMG VIDEO AUDIO CANVAS".split(" ");
const tick = "\x60";
const blocks = "ADDRESS ARTICLE ASIDE BLOCKQUOTE CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE UL".split(" ");
const anyBlock = blocks.join(",").toLowerCase();

export function markdownOf(html) {
  // Of how things look only the names are taken over, under another name: the
  // page's own rules would have the browser complain of each.
  const bare = html.replace(/<style\b[^]*?<\/style>/gi, "").replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
  const page = new DOMParser().parseFromString(bare, "text/html");
  // An editor of code puts its lines there in one piece: they are text.
  if (/white-space:\s*pre(?!-)/.test(page.body.firstElementChild?.dataset.style ?? "")) return "";
  const made = flow(page.body, {});
  const top = Math.min(...made.filter((b) => b.level).map((b) => b.level));
  return join(made.map((b) => (b.level ? { text: `${"#".repeat(Math.min(b.level - top + 2, 4))} ${b.text}` } : b)));
}

// A block is {text}, with level for a heading, item {level, ordered} for an item
// of a list that only looks like one, or list for a list.
const join = (made, between = "\n\n") => gather(made).map((b) => b.text).join(between).replace(/[ \t]+$/gm, (end, at, all) => (end === "  " && all[at + 2] === "\n" ? end : "")).trim();

// style is what an element says of how it looks; Word says most in there.
const style = (e) => (e.dataset?.style ?? "").replace(/\s+/g, " ").toLowerCase();

const gone = (e) => dropped.includes(e.nodeName.toUpperCase()) || e.hidden || /display: ?none|mso-hide: ?all|mso-list: ?ignore|mso-element: ?comment/.test(style(e)) || /^mso(comanchor|commentreference)/i.test(e.className);

// flow makes blocks of what is in an element.
function flow(element, how) {
  const made = [];
  let runs = [];
  const flush = () => {
    for (const text of paragraphs(runs)) made.push({ text: begun(text) });
    runs = [];
  };
  for (const child of element.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE && !gone(child) && (blocks.includes(child.nodeName) || child.querySelector(anyBlock))) {
      flush();
      made.push(...block(child, how));
    } else runs.push(...inline(child, how));
  }
  flush();
  return made;
}

function block(e, how) {
  const level = /^H([1-6])$/.exec(e.nodeName)?.[1] ?? ((e.getAttribute("role") === "heading" && e.ariaLevel) || { msotitle: 1, msosubtitle: 2 }[e.className.toLowerCase()]);
  const word = /mso-list: ?\w+ level(\d)/.exec(style(e));
  const note = /^(?:ftn|edn)(\d+)$/.exec(e.id);
  if (level) {
    const text = paragraphs(inline(e, { ...how, bold: false, plain: true })).join(" ").replace(/\s+/g, " ");
    return text ? [{ level: Number(level), text }] : [];
  }
  if (note) {
    const text = join(flow(e, how)).replace(/^\[\^\d+\]:? ?/, "");
    return text ? [{ text: `[^${note[1]}]: ${text.replaceAll("\n", "\n    ")}` }] : [];
  }
  if (word) {
    const sign = [...e.querySelectorAll("span")].find((s) => /mso-list: ?ignore/.test(style(s)))?.textContent.trim() ?? "";
    const text = paragraphs(inline(e, how)).join(" ");
    return text ? [{ text, item: { level: Number(word[1]), ordered: /^\(?(\d+|[a-z]{1,4})[.)]/i.test(sign), start: parseInt(sign, 10) || 1 } }] : [];
  }
  switch (e.nodeName) {
    case "UL":
    case "OL":
      return listed(e, how);
    case "LI":
      return item(e, how, false);
    case "BLOCKQUOTE": {
      const text = join(lowered(flow(e, how)));
      return text ? [{ text: text.replace(/^/gm, "> ").replace(/^> $/gm, ">") }] : [];
    }
    case "PRE": {
      const code = e.textContent.replace(/\n$/, "");
      const fence = tick.repeat(Math.max(3, ...[...code.matchAll(/\x60+/g)].map((m) => m[0].length + 1)));
      return code.trim() ? [{ text: `${fence}\n${code}\n${fence}` }] : [];
    }
    case "HR":
      return e.closest("[data-style*=footnote-list], [data-style*=endnote-list]") ? [] : [{ text: "---" }];
    case "TABLE":
      return table(e, how);
    default:
      return flow(e, styled(e, how));
  }
}

// lowered makes bold words of headings that stand where none can.
const lowered = (made) => made.map((b) => (b.level ? { text: `**${b.text}**` } : b));

// listed makes items of a list. Google Docs and Word on the web say of each item
// at what level it is, and nest as they like.
function listed(list, how) {
  const made = [];
  for (const child of list.childNodes) {
    if (child.nodeName === "LI") made.push(...item(child, how, list.nodeName === "OL", Number(list.start) || 1));
    else if (["UL", "OL"].includes(child.nodeName)) made.push(...listed(child, how).map((b) => ({ ...b, item: b.item && { ...b.item, level: b.item.told ? b.item.level : b.item.level + 1 } })));
  }
  return made;
}

function item(e, how, ordered, start) {
  const told = Number(e.dataset.ariaLevel ?? e.getAttribute("aria-level"));
  const level = told || 1;
  const inside = lowered(flow(e, how));
  const own = inside.filter((b) => !b.item);
  const text = own.length ? own[0].text + own.slice(1).map((b) => `\n\n${b.text}`).join("") : "";
  const deeper = inside.filter((b) => b.item).map((b) => ({ ...b, item: { ...b.item, level: b.item.told ? b.item.level : b.item.level + level } }));
  return [...(text ? [{ text, item: { level, ordered, start, told } }] : []), ...deeper];
}

// gather makes lists of items that stand together.
function gather(made) {
  const out = [];
  let open = null; // the list so far: its lines, and where each level begins
  for (const b of made) {
    if (!b.item) {
      open = null;
      out.push(b);
      continue;
    }
    if (!open) {
      open = { text: "", levels: [] };
      out.push(open);
    }
    const { level, ordered, start = 1 } = b.item;
    while (open.levels.length && open.levels.at(-1).level > level) open.levels.pop();
    let here = open.levels.at(-1);
    if (here?.level === level && here.ordered !== ordered) {
      open.levels.pop();
      if (!open.levels.length) {
        open = { text: "", levels: [] };
        out.push(open);
      }
      here = undefined;
    }
    if (here?.level !== level) {
      const parent = open.levels.at(-1);
      here = { level, ordered, number: start, indent: parent ? parent.inside : 0 };
      open.levels.push(here);
    }
    const sign = ordered ? `${here.number++}. ` : "- ";
    here.inside = here.indent + sign.length;
    const line = " ".repeat(here.indent) + sign + b.text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(here.inside)}`);
    open.text += (open.text ? "\n" : "") + line;
  }
  return out;
}

function table(e, how) {
  const rows = [...e.rows].filter((row) => row.closest("table") === e && row.cells.length && !gone(row));
  const width = Math.max(0, ...rows.map((row) => [...row.cells].reduce((n, cell) => n + cell.colSpan, 0)));
  if (rows.length < 2 || width < 2) return rows.flatMap((row) => [...row.cells].flatMap((cell) => flow(cell, how))); // for the looks only
  const lines = rows.map((row, i) => {
    const cells = [...row.cells].flatMap((cell) => {
      const text = join(lowered(flow(cell, i === 0 ? { ...how, plain: true } : how))).replace(/\s*\n\s*/g, "<br>").replaceAll("|", "\\|");
      return [text, ...Array(Math.min(cell.colSpan, 50) - 1).fill("")];
    });
    return `| ${[...cells, ...Array(width - cells.length).fill("")].join(" | ")} |`;
  });
  return [{ text: [lines[0], `|${" --- |".repeat(width)}`, ...lines.slice(1)].join("\n") }];
}

// styled is how text looks inside an element. Google Docs wraps everything in a
// b that is not bold.
function styled(e, how) {
  const says = style(e);
  const weight = /(?:^|[; ])font-weight: ?(\w+)/.exec(says)?.[1];
  const next = { ...how };
  if (weight) next.bold = weight === "bold" || Number(weight) >= 600;
  else if (/^(B|STRONG)$/.test(e.nodeName)) next.bold = true;
  if (/(?:^|[; ])font-style: ?italic/.test(says) || (/^(I|EM|CITE)$/.test(e.nodeName) && !/font-style: ?normal/.test(says))) next.italic = true;
  if (/^(S|DEL|STRIKE)$/.test(e.nodeName) || /text-decoration[^;]*line-through/.test(says)) next.struck = true;
  if (/^(CODE|KBD|SAMP|TT)$/.test(e.nodeName)) next.code = true;
  if (e.nodeName === "A") next.href = addressOf(e) ?? next.href;
  if (next.plain) next.bold = false;
  return next;
}

// addressOf is where a link leads, past the programs that look along.
function addressOf(e) {
  const href = e.getAttribute("href") ?? "";
  let url;
  try {
    url = new URL(href, "about:blank");
  } catch {
    return undefined;
  }
  const inside = (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url" && url.searchParams.get("q")) || (/\.safelinks\.protection\.outlook\.com$/.test(url.hostname) && url.searchParams.get("url"));
  if (inside && /^https?:/.test(inside)) return addressOf(Object.assign(document.createElement("a"), { href: inside }));
  if (!/^(https?|mailto|tel):$/.test(url.protocol)) return undefined;
  const address = url.origin === location.origin ? url.pathname + url.search + url.hash : url.href;
  return address.replace(/[\s()<>\\]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

// inline makes runs of text, each with how it looks.
function inline(node, how) {
  if (node.nodeType === Node.TEXT_NODE) return [{ ...how, text: node.data.replace(/[\u200b\ufeff\u00ad]/g, "").replace(/[\s\u00a0]+/g, " ") }];
  if (node.nodeType !== Node.ELEMENT_NODE || gone(node)) return [];
  if (node.nodeName === "BR") return [{ ...how, cut: true, text: "\n" }];
  const note = node.nodeName === "A" && /#_(ftn|edn)(ref)?(\d+)$/.exec(node.getAttribute("href") ?? "");
  if (note) return note[2] ? [] : [{ raw: true, text: `[^${note[3]}]` }];
  const next = styled(node, how);
  return [...node.childNodes].flatMap((child) => inline(child, next));
}

// paragraphs writes runs as Markdown. Two breaks make another paragraph.
function paragraphs(runs) {
  const out = [];
  let some = [];
  runs.forEach((run, i) => {
    const again = run.cut && runs.slice(0, i).findLast((r) => r.cut || r.text.trim())?.cut;
    if (again) {
      out.push(some);
      some = [];
    } else some.push(run);
  });
  return [...out, some].map((part) => write(part, ["href", "struck", "bold", "italic"]).replace(/ *\n */g, "\n").replace(/ {2,}/g, " ").trim().replaceAll("\n", "  \n")).filter(Boolean);
}

// write groups runs that look the same, and marks each group once.
function write(runs, by) {
  if (!by.length) return runs.map((r) => (r.code && r.text.trim() ? coded(r.text) : r.raw || r.cut ? r.text : safe(r.text))).join("");
  const [mark, ...rest] = by;
  let out = "";
  for (let i = 0; i < runs.length; ) {
    let end = i + 1;
    const same = (r) => r[mark] === runs[i][mark] || (!r[mark] && !runs[i][mark]);
    // White space between what looks the same looks like that too.
    for (let j = i; j < runs.length; j++) {
      if (same(runs[j])) end = j + 1;
      else if (runs[j].text.trim() || runs[j].cut) break;
    }
    out += marked(mark, runs[i][mark], write(runs.slice(i, end), rest));
    i = end;
  }
  return out;
}

function marked(mark, value, text) {
  const [, before, inside, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
  if (!value || !inside) return text;
  if (mark === "href") return inside === value || inside === value.replace(/\/$/, "") ? `${before}<${value}>${after}` : `${before}[${inside.replaceAll("\n", " ")}](${value})${after}`;
  const sign = { bold: "**", italic: "*", struck: "~~" }[mark];
  return before + inside.split("\n").map((line) => line.replace(/^(\s*)(.+?)(\s*)$/, `$1${sign}$2${sign}$3`)).join("\n") + after;
}

function coded(text) {
  const fence = tick.repeat(1 + Math.max(0, ...[...text.matchAll(/\x60+/g)].map((m) => m[0].length)));
  return text.includes(tick) ? `${fence} ${text} ${fence}` : fence + text + fence;
}

// safe keeps words from being read as marks, and no more than that.
const safe = (text) =>
  text
    .replace(/\\(?=[!-/:-@[-\x60{-~])/g, "\\\\")
    .replace(/\x60|~~|\[(?=[^\]]*\][([:]|[\^!])|<(?=!--|https?:)|&(?=#?\w+;)/g, "\\$&")
    .replace(/\*(?! |$)|(?<=\S)\*/g, "\\*")
    .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_");

// begun keeps a paragraph from beginning as something else. Who types a list by
// hand means a list.
const begun = (text) => text.replace(/^(#{1,6}(?=\s|$)|>|[=~]{3,}|:(?= ))/, "\\$1").replace(/^(\d{3,})([.)] )/, "$1\\$2");
