// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What the buttons above a text do to it. It is fetched by who uses one.

// What begins a line, by what it makes of the line.
const marks = { heading: /^#{1,6} +/, list: /^( *)[-*+] +(?!\[)/, numbered: /^( *)\d+[.)] +/, quote: /^ *> ?/ };

// put replaces a part of a text as if it was typed, and selects.
function put(field, start, end, text, from = start + text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

const keysOff = "rugzak.keys.off"; // as in the toolbar

// addressOf is the address in what somebody typed or pasted; empty for words.
function addressOf(text) {
  text = text.trim();
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^(www\.|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(\/|$))/i.test(text) && !/\s/.test(text)) text = `https://${text}`;
  if (!/^(https?:\/\/|mailto:|tel:|\/)\S+$/.test(text)) return "";
  if (text.startsWith(`${location.origin}/`)) text = text.slice(location.origin.length);
  return text.replace(/[()<>\\]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
}

// gaps are the line ends that keep a block apart from the text around it.
function gaps(before, after) {
  const lead = /(?:^|\n[ \t]*\n)[ \t]*$/.test(before) ? "" : /\n[ \t]*$/.test(before) ? "\n" : "\n\n";
  const tail = !after.trim() || /^[ \t]*\n[ \t]*\n/.test(after) ? "" : /^[ \t]*\n/.test(after) ? "\n" : "\n\n";
  return { lead, tail };
}

export class Tools {
  constructor(field, toolbar) {
    this.field = field;
    this.said = toolbar.said;
  }

  act(name, { head, cell, callout }, what, plain) {
    switch (name) {
      case "files":
        return this.take(what);
      case "paste":
        return this.paste(what, plain);
      case "keys":
        this.keys();
        break;
      case "bold":
        this.wrap("**");
        break;
      case "italic":
        this.wrap("*");
        break;
      case "table":
        this.block(`| ${head} 1 | ${head} 2 |\n| --- | --- |\n| ${cell} | ${cell} |`, 2, head.length + 4);
        break;
      case "link":
        this.link();
        break;
      case "callout":
        this.quoteAs("[!TIP]", callout);
        break;
      default:
        this.lines(name);
    }
  }

  put(...what) {
    put(this.field, ...what);
  }

  // wrap puts marks around what is selected, line by line, or takes them away.
  wrap(mark) {
    let { value, selectionStart: a, selectionEnd: z } = this.field;
    while (a < z && /\s/.test(value[a])) a++;
    while (z > a && /\s/.test(value[z - 1])) z--;
    const n = mark.length;
    const words = value.slice(a, z);
    const stars = Math.min(/\**$/.exec(value.slice(0, a))[0].length, /^\**/.exec(value.slice(z))[0].length);
    if (n === 1 ? stars % 2 : stars > 1) {
      this.put(a - n, z + n, words, a - n, z - n);
      return;
    }
    const text = words
      .split("\n")
      .map((line) => line.replace(/^(\s*(?:(?:[-*+]|\d+[.)]|>|#{1,6})\s+)*)(.*?)(\s*)$/, (all, before, inside, after) => (inside || words === "" ? before + mark + inside + mark + after : all)))
      .join("\n");
    if (words.includes("\n")) this.put(a, z, text, a, a + text.length);
    else this.put(a, z, text, a + text.indexOf(mark) + n, a + text.length - n);
  }

  // lines begins each selected line with a mark, or takes the marks away. A
  // heading goes from big to small to none.
  lines(name) {
    const { value, selectionStart, selectionEnd } = this.field;
    const a = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart && value[selectionEnd - 1] === "\n" ? 1 : 0), a));
    const z = next < 0 ? value.length : next;
    const all = value.slice(a, z).split("\n");
    const some = all.filter((line) => line.trim());
    const mark = marks[name];
    const has = some.length > 0 && some.every((line) => mark.test(line));
    let number = 0;
    let text = all
      .map((line) => {
        if (!line.trim() && all.length > 1) return name === "quote" && !has ? ">" : line;
        if (has) {
          const small = name === "heading" && /^#{1,2} /.test(line);
          return small ? line.replace(mark, "### ") : line.replace(mark, "$1".repeat(name === "list" || name === "numbered"));
        }
        if (name === "heading") return `## ${line.replace(mark, "").replace(marks.list, "")}`;
        const bare = name === "quote" ? line : line.replace(marks.list, "$1").replace(marks.numbered, "$1").replace(marks.heading, "");
        const start = name === "quote" ? "> " : name === "list" ? "- " : `${++number}. `;
        const depth = name === "quote" ? "" : /^ */.exec(bare)[0];
        return depth + start + bare.slice(depth.length);
      })
      .join("\n");
    // Lists and the like stand apart from the text around them.
    const before = value.slice(value.lastIndexOf("\n", a - 2) + 1, a - 1);
    const after = /^\n([^\n]*)/.exec(value.slice(z))?.[1] ?? "";
    const lead = !has && a > 0 && before.trim() && !mark.test(before) ? "\n" : "";
    const tail = !has && after.trim() && !mark.test(after) ? "\n" : "";
    const end = a + lead.length + text.length;
    this.put(a, z, lead + text + tail, selectionStart === selectionEnd ? end : a + lead.length, end);
  }

  // keys shows the list of keys, in which they are switched off.
  keys() {
    const list = document.getElementById("sneltoetsen");
    const box = list.querySelector("input");
    const mac = /^(Mac|iP)/.test(navigator.platform);
    try {
      box.checked = localStorage.getItem(keysOff) !== "yes";
    } catch {
      box.checked = true;
    }
    box.onchange = () => {
      try {
        if (box.checked) localStorage.removeItem(keysOff);
        else localStorage.setItem(keysOff, "yes");
      } catch {
        // Not allowed here: they stay on.
      }
      for (const toolbar of document.querySelectorAll("rz-toolbar")) toolbar.nameKeys();
    };
    if (mac) for (const key of list.querySelectorAll("kbd")) key.textContent = key.textContent.replace("Ctrl", "⌘");
    list.onclose = () => this.field.focus();
    list.showModal();
  }

  // paste puts in what was marked up elsewhere. One undo takes it back, and the
  // text alone is offered.
  async paste(html, plain) {
    const bare = (s) => s.replace(/[\s\\\u00a0\u200b]+/g, "");
    let text = "";
    try {
      text = (await import("./paste.js")).markdownOf(html);
    } catch {
      // Without a connection the text alone is enough.
    }
    const rich = text && bare(text) !== bare(plain);
    if (!rich) text = plain;
    const { selectionStart: a, selectionEnd: z } = this.field;
    if (rich) text = this.apart(text, a, z);
    this.put(a, z, text);
    if (!rich) return;
    const { said } = this;
    const [words, button] = said.children;
    words.textContent = said.dataset.done;
    button.hidden = false;
    button.onclick = () => {
      const at = this.field.value.slice(a, a + text.length) === text ? a : this.field.value.indexOf(text);
      if (at >= 0) this.put(at, at + text.length, plain);
      button.hidden = true;
      words.textContent = at >= 0 ? said.dataset.plain : "";
      this.field.focus();
    };
  }

  // apart keeps a heading, a list and the like that is pasted from running into
  // the text around it.
  apart(text, a, z) {
    const [before, after] = [this.field.value.slice(0, a), this.field.value.slice(z)];
    const block = /^(?:#{1,6} |>|\||[-*+] |\d+[.)] |```)/.test(text);
    const { lead, tail } = gaps(before, after);
    return (block ? lead : "") + text + (block || text.includes("\n\n") ? tail : "");
  }

  // take brings files to the server and puts them in the text, a picture as a
  // paragraph of its own: a mark stands there meanwhile.
  async take(files) {
    const { field, said } = this;
    const place = field.form.querySelector("rz-attachments");
    const say = (text) => (said.firstElementChild.textContent = text);
    const why = await place.ready();
    if (why) return say(why);
    const { spot } = await import("./attach.js");
    let { selectionStart: from, selectionEnd: to } = field;
    for (const file of files) {
      let mark = `![${said.dataset.busy}]()`;
      if (file.type.startsWith("image/")) {
        const { at, lead, rest } = spot(field.value, to);
        mark = lead + mark + (rest < field.value.length - at ? "\n\n" : "");
        [from, to] = [at, at + rest];
      } else if (file !== files[0]) mark = `\n\n${mark}`;
      const there = field.value.slice(from, to);
      this.put(from, to, mark);
      say(said.dataset.busy);
      const told = await place.bring(file);
      const { markdown = "", kind, message } = told;
      const image = kind === "image";
      const text = markdown && mark.replace(/!\[.*\]\(\)/, () => markdown);
      const at = field.value.indexOf(mark);
      if (at >= 0) {
        const words = at + (image ? text.indexOf(markdown) + 2 : text.length); // where the description goes
        this.put(at, at + mark.length, text || there, words, words + (image ? (told.alt ?? "").length : 0));
        from = to = at + text.trimEnd().length;
      } else ({ selectionStart: from, selectionEnd: to } = field);
      if (!text) return say(message);
      say(image ? said.dataset.describe : message);
    }
  }

  // link asks where to, and with which words. What is selected comes along.
  link() {
    const dialog = document.getElementById("verwijzing");
    const [to, words] = dialog.querySelectorAll("input");
    const { value, selectionStart: a, selectionEnd: z } = this.field;
    const chosen = value.slice(a, z).replace(/\s+/g, " ").trim();
    to.value = addressOf(chosen);
    words.value = to.value ? "" : chosen;
    to.setCustomValidity("");
    const own = new AbortController();
    const on = (name, f) => dialog.addEventListener(name, f, { signal: own.signal });
    on("rz-chosen", (event) => (words.value ||= event.detail));
    on("input", () => to.setCustomValidity(""));
    on("submit", (event) => {
      if (event.defaultPrevented || event.submitter?.value !== "insert" || addressOf(to.value)) return;
      event.preventDefault();
      to.setCustomValidity(dialog.dataset.wrong);
      to.reportValidity();
    });
    on("close", () => {
      own.abort();
      const address = addressOf(to.value);
      if (dialog.returnValue === "insert" && address) this.put(a, z, `[${words.value.trim().replace(/[[\]\\]/g, "\\$&") || address}](${address})`);
      else this.put(a, a, "", a, z);
    });
    dialog.returnValue = "";
    dialog.showModal();
  }

  // block puts something on lines of its own, and selects a part of it.
  block(text, from, to) {
    const { value, selectionEnd: at } = this.field;
    const { lead, tail } = gaps(value.slice(0, at), value.slice(at));
    const start = at + lead.length;
    this.put(at, at, lead + text + tail, start + from, start + to);
  }

  // quoteAs makes a callout of what is selected.
  quoteAs(kind, words) {
    const { value, selectionStart: a, selectionEnd: z } = this.field;
    const chosen = value.slice(a, z).trim() || words;
    const text = `> ${kind}\n> ${chosen.replaceAll("\n", "\n> ")}`;
    if (a !== z) this.put(a, z, "", a);
    this.block(text, text.length - (a === z ? words.length : 0), text.length);
  }
}
