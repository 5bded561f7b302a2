// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// What keys do, what Markdown becomes while it is typed, and what else the
// document keeps to. The tab key does nothing here: it leaves the editor.

import { Extension, markInputRule, textblockTypeInputRule, wrappingInputRule, InputRule } from "@tiptap/core";
import { closeHistory, history, redo, undo } from "@tiptap/pm/history";
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { Plugin } from "@tiptap/pm/state";

export const History = Extension.create({
  name: "history",
  addCommands: () => ({
    undo: () => ({ state, dispatch }) => undo(state, dispatch),
    redo: () => ({ state, dispatch }) => redo(state, dispatch),
    step: () => ({ tr, dispatch }) => (dispatch && closeHistory(tr), true),
  }),
  addKeyboardShortcuts() {
    return {
      "Mod-z": () => this.editor.commands.undo(),
      "Mod-y": () => this.editor.commands.redo(),
      "Shift-Mod-z": () => this.editor.commands.redo(),
    };
  },
  addProseMirrorPlugins: () => [history(), dropCursor({ color: false, class: "rz-visual__drop" }), gapCursor()],
});

// Words carries the sentences of the page to what draws them.
export const Words = Extension.create({
  name: "words",
  addOptions: () => ({ words: {}, page: () => "" }),
  addStorage() {
    return { words: this.options.words, page: this.options.page };
  },
});

export const Keys = Extension.create({
  name: "keys",
  addOptions: () => ({ link: () => true, tools: () => true }),
  addKeyboardShortcuts() {
    const { editor, options } = this;
    const inItem = () => editor.isActive("item");
    return {
      "Mod-b": () => editor.commands.toggleMark("strong"),
      "Mod-i": () => editor.commands.toggleMark("em"),
      "Mod-k": () => options.link(),
      "Alt-F10": () => options.tools(),
      "Mod-Alt-2": () => editor.commands.toggleNode("heading", "paragraph", { level: 2 }),
      "Mod-Alt-3": () => editor.commands.toggleNode("heading", "paragraph", { level: 3 }),
      "Mod-Shift-7": () => editor.commands.toggleList("ordered", "item"),
      "Mod-Shift-8": () => editor.commands.toggleList("bullets", "item"),
      "Mod-]": () => inItem() && editor.commands.sinkListItem("item"),
      "Mod-[": () => inItem() && editor.commands.liftListItem("item"),
      "Shift-Enter": () => !editor.isActive("codeBlock") && editor.commands.insertContent({ type: "break" }),
      Enter: () => {
        if (editor.isActive("table")) return editor.commands.insertContent({ type: "break" });
        const { $from } = editor.state.selection;
        if (!inItem() || $from.node(-1)?.type.name !== "item") return false;
        return editor.commands.splitListItem("item", { task: $from.node(-1).attrs.task && "open" });
      },
      Backspace: () => {
        const { empty, $from } = editor.state.selection;
        if (!empty || $from.parentOffset > 0) return false;
        if ($from.parent.type.name === "heading") return editor.commands.setNode("paragraph");
        if ($from.node(-1)?.type.name === "item" && $from.index(-1) === 0) return editor.commands.liftListItem("item");
        return false;
      },
    };
  },
  addInputRules() {
    const { nodes, marks } = this.editor.schema;
    return [
      textblockTypeInputRule({ find: /^(#{1,6})\s$/, type: nodes.heading, getAttributes: (found) => ({ level: found[1].length }) }),
      textblockTypeInputRule({ find: /^```([a-z]*)[\s\n]$/, type: nodes.codeBlock, getAttributes: (found) => ({ info: found[1] }) }),
      wrappingInputRule({ find: /^([-+*])\s$/, type: nodes.bullets }),
      wrappingInputRule({ find: /^(\d+)\.\s$/, type: nodes.ordered, getAttributes: (found) => ({ start: Number(found[1]) }) }),
      wrappingInputRule({ find: /^>\s$/, type: nodes.quote }),
      new InputRule({
        find: /^\[([ xX]?)\]\s$/,
        handler: ({ state, range, match }) => {
          const $from = state.doc.resolve(range.from);
          if ($from.node(-1)?.type.name !== "item" || $from.index(-1) !== 0) return null;
          state.tr.delete(range.from, range.to).setNodeAttribute($from.before(-1), "task", match[1].trim() ? "done" : "open");
          return undefined;
        },
      }),
      markInputRule({ find: /(?:^|\s)(\*\*(?!\s)([^*]+)(?<!\s)\*\*)$/, type: marks.strong }),
      markInputRule({ find: /(?:^|\s)(\*(?![\s*])([^*]+)(?<!\s)\*)$/, type: marks.em }),
      markInputRule({ find: /(?:^|\s)(`([^`]+)`)$/, type: marks.codeText }),
    ];
  },
  // The last block is a paragraph, so that one can always write on.
  addProseMirrorPlugins: () => [
    new Plugin({
      appendTransaction: (_, __, { doc, schema, tr }) =>
        doc.lastChild?.type.name === "paragraph" ? null : tr.insert(doc.content.size, schema.nodes.paragraph.create()),
    }),
  ],
});
