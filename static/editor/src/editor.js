// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The visual editor above a textarea. The textarea stays the field that is
// sent: what is written here goes into it at once, with an input event, so that
// all that looks at the textarea goes on working.

import { Editor } from "@tiptap/core";
import { Selection } from "@tiptap/pm/state";

import { extensions } from "./extensions.js";
import { canonical, guard } from "./guard.js";
import { History, Keys, Words } from "./keys.js";
import { pasted } from "./paste.js";
import { addPicture, cursorOf } from "./picture.js";
import { Source, schema } from "./text.js";
import { Toolbar } from "./toolbar.js";

export { canonical, guard, schema, Source };

const aside = { top: 176, right: 0, bottom: 96, left: 0 };

// open puts the editor above a textarea, or returns { why } when the text cannot
// be shown so that nothing of it is lost. o: textarea; place, where the editor
// comes; tools, the template of the toolbar; words, the sentences it says; render,
// which asks the server for the HTML of a text; unsure, told whether the last
// change can look different to readers.
export async function open(o) {
  const { textarea } = o;
  const text = textarea.value;
  const opened = await guard(text, o.render);
  if (opened.why) return opened;
  if (textarea.value !== text) return open(o); // typed on meanwhile
  const { source, locked } = opened;
  const label = textarea.labels?.[0];
  if (label) label.id ||= `${textarea.id}-label`;

  let toolbar;
  const editor = new Editor({
    element: o.place,
    injectCSS: false,
    extensions: [
      ...extensions, History,
      Words.configure({ words: o.words, page: (part) => source.pages.get(part) }),
      Keys.configure({ link: () => toolbar.panel("link"), tools: () => toolbar.focus() }),
    ],
    content: source.doc().toJSON(),
    editorProps: {
      // The toolbars stay above the text, and on a phone a menu below it.
      scrollThreshold: aside, scrollMargin: aside,
      attributes: {
        class: "rz-visual__text rz-prose", role: "textbox", "aria-multiline": "true", spellcheck: "true",
        ...(label ? { "aria-labelledby": label.id } : { "aria-label": o.words.name ?? "" }),
        ...Object.fromEntries(["lang", "aria-describedby", "aria-invalid", "aria-required"].filter((name) => textarea.hasAttribute(name)).map((name) => [name, textarea.getAttribute(name)])),
      },
      // Before the editor reads what is pasted: it would look at its styles.
      handleDOMEvents: { paste: (_, event) => pasted(editor, event, o) },
      handleDrop: (_, event, __, moved) => (!moved && event.dataTransfer?.files.length && o.files ? o.files([...event.dataTransfer.files]) : false),
    },
  });
  source.attach(editor.state.doc);
  source.write(editor.state.doc);
  toolbar = new Toolbar(editor, o.tools, o.place, o.words);

  let written = textarea.value;
  editor.on("update", () => {
    // Somebody else wrote in the textarea: that stays, and is shown anew.
    if (textarea.value !== written) return o.changed?.();
    const next = source.write(editor.state.doc);
    if (next === written) return;
    textarea.value = next;
    written = textarea.value;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    o.unsure?.(source.unsure);
  });
  const elsewhere = () => {
    if (textarea.value !== written) o.changed?.();
  };
  textarea.addEventListener("input", elsewhere);
  editor.on("focus", elsewhere);
  // Until somebody came in it, the cursor stands nowhere: a picture comes below all.
  let entered = false;
  for (const name of ["pointerdown", "keydown", "input", "drop"]) editor.view.dom.addEventListener(name, () => (entered = true));
  const toEditor = () => editor.view.focus();
  label?.addEventListener("click", toEditor);
  return {
    locked,
    editor,
    focus: toEditor,
    picture(src, alt) {
      addPicture(editor, entered ? cursorOf(editor.view) : Selection.atEnd(editor.state.doc).to, { src, alt });
      entered = true;
    },
    // goTo goes to the block in which a line of the text stands, and there to the
    // piece that has most of its words: an item of a list, a cell of a table.
    goTo(line) {
      const lines = textarea.value.split("\n");
      const offset = lines.slice(0, Math.max(0, line - 1)).join("\n").length + (line > 1 ? 1 : 0);
      const place = source.places.findLast(({ at }) => at <= offset) ?? { pos: 0 };
      const words = (text) => new Set(text?.match(/[\p{L}\p{N}]+/gu));
      const wanted = words(lines[line - 1]);
      const { doc } = editor.state;
      let at = null, most = -1;
      doc.nodesBetween(place.pos, place.pos + (doc.nodeAt(place.pos)?.nodeSize ?? 0), (node, pos) => {
        if (!node.isTextblock) return;
        const same = [...words(node.textContent)].filter((w) => wanted.has(w)).length;
        if (same > most) [at, most] = [pos, same];
        return false;
      });
      const go = editor.chain();
      (at === null ? go.setNodeSelection(place.pos) : go.setTextSelection(at + 1)).scrollIntoView().run();
      editor.view.focus();
    },
    // goFrom goes to where the cursor stood in the textarea of who typed there until now.
    goFrom(offset) {
      const [before, after] = [textarea.value.slice(0, offset), textarea.value.slice(offset)];
      let at = 1;
      if (after.trim()) {
        this.goTo(before.split("\n").length);
        const { $from } = editor.state.selection, [rest] = after.split("\n");
        at = $from.parent.textContent.endsWith(rest) ? $from.end() - rest.length : $from.pos;
      } else {
        editor.state.doc.descendants((node, pos) => {
          if (node.isTextblock && node.childCount) at = pos + 1 + node.content.size;
        });
      }
      editor.commands.setTextSelection(at);
      editor.view.focus();
    },
    close() {
      textarea.removeEventListener("input", elsewhere);
      label?.removeEventListener("click", toEditor);
      toolbar.close();
      editor.destroy();
      o.place.replaceChildren();
    },
  };
}
