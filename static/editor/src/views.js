// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// How the blocks that are more than text are drawn. Their sentences come from
// the page: editor.storage.words.

import { kindOf } from "./schema.js";

const words = (editor) => editor.storage.words?.words ?? {};

function element(tag, className, attributes = {}) {
  const e = document.createElement(tag);
  if (className) e.className = className;
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  return e;
}

export function calloutView({ node, editor }) {
  const dom = element("div");
  const title = element("p", "rz-callout__title", { contenteditable: "false" });
  const contentDOM = element("div", "rz-visual__inside");
  dom.append(title, contentDOM);
  const draw = (node) => {
    const kind = kindOf(node.attrs.mark);
    dom.className = `rz-callout rz-callout--${kind}`;
    dom.dataset.mark = node.attrs.mark;
    title.textContent = words(editor)[`callout-${kind}`] ?? node.attrs.mark;
  };
  draw(node);
  return { dom, contentDOM, update: (next) => next.type === node.type && (draw((node = next)), true) };
}

export function itemView({ node, editor, getPos }) {
  const dom = element("li");
  const contentDOM = element("div", "rz-visual__inside");
  const box = element("input", "utrecht-checkbox", { type: "checkbox", contenteditable: "false", "aria-label": words(editor).task ?? "" });
  box.addEventListener("change", () => {
    const pos = getPos();
    if (pos === undefined || !editor.isEditable) return;
    editor.chain().command(({ tr }) => Boolean(tr.setNodeAttribute(pos, "task", box.checked ? "done" : "open"))).run();
  });
  const draw = (node) => {
    const { task } = node.attrs;
    dom.className = task ? "rz-task" : "";
    box.checked = task === "done";
    if (task && !box.isConnected) dom.prepend(box);
    if (!task) box.remove();
  };
  dom.append(contentDOM);
  draw(node);
  return {
    dom,
    contentDOM,
    update: (next) => next.type === node.type && (draw((node = next)), true),
    stopEvent: (event) => event.target === box,
    ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
  };
}

// A picture of this site is shown. One of elsewhere is not fetched: readers get
// a link to it.
export function pictureView({ node, editor }) {
  const dom = element("span", "rz-visual__picture");
  const draw = (node) => {
    const { src, alt } = node.attrs;
    if (/^\/(?![/\\])/.test(src)) dom.replaceChildren(element("img", "", { src, alt }));
    else {
      const chip = element("span", "rz-visual__chip");
      chip.textContent = `${words(editor).elsewhere ?? ""} ${alt || src}`.trim();
      dom.replaceChildren(chip);
    }
    if (alt) delete dom.dataset.missing;
    else dom.dataset.missing = words(editor)["no-alt"] ?? "";
  };
  draw(node);
  return { dom, update: (next) => next.type === node.type && (draw((node = next)), true), ignoreMutation: () => true };
}

// What stands as its Markdown says is shown as readers see it.
export function lockedView({ node, editor }) {
  const { source, hidden } = node.attrs;
  const dom = element("div", "rz-visual__locked", { contenteditable: "false" });
  const label = element("p", "rz-visual__lock");
  label.textContent = words(editor)[hidden ? "hidden" : "locked"] ?? "";
  const html = hidden ? "" : editor.storage.words?.page(source);
  const body = element(html ? "div" : "pre");
  if (html) {
    // What the server's own renderer made is safe by its sanitiser.
    body.innerHTML = html;
    body.inert = true;
    for (const e of body.querySelectorAll("[id]")) e.removeAttribute("id");
  } else body.textContent = source;
  dom.append(label, body);
  return { dom, ignoreMutation: () => true };
}
