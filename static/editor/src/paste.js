// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What is pasted from a word processor or a web page becomes what the textarea
// would make of it: the same Markdown, read into blocks.

import { Fragment, Slice } from "@tiptap/pm/model";

import { Source } from "./text.js";

// pasted takes what is pasted: files, and HTML of elsewhere. What was copied
// here, and plain text, it leaves to the editor.
export function pasted(editor, event, o) {
  const { clipboardData: data } = event;
  const html = data?.getData("text/html");
  const plain = data?.getData("text/plain") ?? "";
  if (data?.files.length && !plain.trim()) {
    if (!o.files?.([...data.files])) return false;
  } else if (!html || html.includes("data-pm-slice")) return false;
  else if (editor.isActive("codeBlock") || editor.isActive("table")) editor.view.pasteText(plain);
  else {
    o.markdownOf(html).then(
      (markdown) => (markdown.trim() ? paste(editor, markdown) : editor.view.pasteText(plain)),
      () => editor.view.pasteText(plain), // without a connection the text alone is enough
    );
  }
  event.preventDefault();
  return true;
}

// paste puts Markdown where the cursor is; its footnotes come at the end, with
// labels that are not taken yet.
function paste(editor, markdown) {
  const { schema, state } = editor;
  const taken = new Set();
  state.doc.descendants((node) => {
    if (node.attrs.label) taken.add(node.attrs.label);
  });
  const labels = new Map();
  const free = (label) => {
    if (!labels.has(label)) {
      let n = 1;
      let name = label;
      while (taken.has(name)) name = String(n++);
      taken.add(name);
      labels.set(label, name);
    }
    return labels.get(label);
  };
  const named = (json) => ({
    ...json,
    ...(json.attrs?.label ? { attrs: { ...json.attrs, label: free(json.attrs.label) } } : {}),
    ...(json.content ? { content: json.content.map(named) } : {}),
  });
  const nodes = new Source(markdown).parts.map((part) => schema.nodeFromJSON(named(part.node.toJSON())));
  const notes = nodes.filter((node) => node.type.name === "footnote");
  const text = nodes.filter((node) => node.type.name !== "footnote");
  if (!text.length) return;
  const open = (node) => (node.isTextblock && !node.type.spec.code ? 1 : 0);
  editor.chain().focus().command(({ tr }) => {
    tr.replaceSelection(new Slice(Fragment.from(text), open(text[0]), open(text.at(-1))));
    for (const note of notes) tr.insert(tr.doc.content.size, note);
    return true;
  }).scrollIntoView().run();
}
