// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What is pasted from a word processor becomes what it looked like: lists, which
// it writes as paragraphs, become lists again. All else the editor itself leaves
// out: it knows no styles.

export function cleanPaste(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const e of page.querySelectorAll("style, script, meta, link, title, xml, template")) e.remove();
  for (const e of [...page.querySelectorAll("*")]) {
    if (e.localName.includes(":") && !e.textContent.trim()) e.remove();
  }
  let lists = []; // open lists, by level
  for (const p of [...page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = Number(/mso-list:[^;"]*level(\d)/i.exec(p.getAttribute("style") ?? "")?.[1] ?? 0);
    if (!level) {
      lists = [];
      continue;
    }
    if (p.previousElementSibling !== lists.root) lists = [];
    const sign = markOf(p);
    const kind = /^[\da-z]{1,3}[.)]$/i.test(sign) ? "ol" : "ul";
    lists.length = Math.min(lists.length, level);
    let list = lists[level - 1];
    if (!list || (level === 1 && list.localName !== kind)) {
      list = page.createElement(kind);
      const parent = lists.slice(0, level - 1).findLast(Boolean)?.lastElementChild;
      if (parent) parent.append(list);
      else {
        p.before(list);
        lists = [];
        lists.root = list;
      }
      lists[level - 1] = list;
    }
    const item = page.createElement("li");
    const line = page.createElement("p");
    line.append(...p.childNodes);
    item.append(line);
    list.append(item);
    p.remove();
  }
  return page.body.innerHTML;
}

// markOf takes the sign of a list away from its text.
function markOf(p) {
  const ignored = [...p.querySelectorAll("span")].find((e) => /mso-list:\s*ignore/i.test(e.getAttribute("style") ?? ""));
  const sign = ignored?.textContent.trim() ?? "";
  (ignored?.closest("span:not(:only-child)") ?? ignored)?.remove();
  for (const comment of [...p.childNodes].filter((node) => node.nodeType === 8)) comment.remove();
  return sign;
}
