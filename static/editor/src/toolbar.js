// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// The toolbars of the editor. Their HTML comes from the page, so that its words
// and pictures are those of the site; a button says with data-do what it does.
// One button of a toolbar is in the order of the tab key, and the arrow keys go
// along the others: the pattern of ARIA for toolbars.

import { Panels } from "./panels.js";
import { newTable } from "./table.js";

// does is what each button does, on is when it is pressed in, and can is when
// it can be used.
function actions(editor, panels) {
  const chain = () => editor.chain().focus();
  const mark = (name) => ({ does: () => chain().toggleMark(name).run(), on: () => editor.isActive(name) });
  const heading = (level) => ({ does: () => chain().toggleNode("heading", "paragraph", { level }).run(), on: () => editor.isActive("heading", { level }) });
  const simple = (name, ...rest) => ({ does: () => chain()[name](...rest).run(), can: () => editor.can()[name](...rest) });
  const tasks = () => editor.isActive("item") && editor.getAttributes("item").task !== null;
  return {
    heading2: heading(2),
    heading3: heading(3),
    strong: mark("strong"),
    em: mark("em"),
    strike: mark("strike"),
    bullets: { does: () => chain().toggleList("bullets", "item").run(), on: () => editor.isActive("bullets") },
    ordered: { does: () => chain().toggleList("ordered", "item").run(), on: () => editor.isActive("ordered") },
    tasks: {
      does() {
        const task = tasks() ? null : "open";
        if (!editor.isActive("item")) chain().toggleList("bullets", "item").run();
        chain().updateAttributes("item", { task }).run();
      },
      on: tasks,
    },
    sink: simple("sinkListItem", "item"),
    lift: simple("liftListItem", "item"),
    quote: { does: () => chain().toggleWrap("quote").run(), on: () => editor.isActive("quote") },
    callout: { does: () => chain().toggleWrap("callout", { mark: "TIP" }).run(), on: () => editor.isActive("callout") },
    link: { does: () => panels.show("link"), on: () => editor.isActive("link") },
    picture: { does: () => panels.show("picture"), on: () => editor.isActive("picture") },
    table: {
      does: () => chain().command(({ tr, state }) => {
        const at = tr.selection.from;
        tr.replaceSelectionWith(newTable(state.schema, 3, 2));
        let inside = -1;
        tr.doc.nodesBetween(Math.max(0, at - 1), tr.doc.content.size, (node, pos) => {
          if (inside < 0 && node.type.name === "headCell") inside = pos + 2;
          return inside < 0;
        });
        if (inside >= 0) tr.setSelection(state.selection.constructor.near(tr.doc.resolve(inside)));
        return true;
      }).run(),
      can: () => !editor.isActive("table"),
      on: () => editor.isActive("table"),
    },
    footnote: { does: () => addFootnote(editor), can: () => !editor.isActive("footnote") && !editor.isActive("codeBlock") },
    rule: { does: () => addRule(editor), can: () => !editor.isActive("table") },
    undo: simple("undo"),
    redo: simple("redo"),
    row_above: simple("rowAbove"),
    row_below: simple("rowBelow"),
    row_away: simple("rowAway"),
    column_left: simple("columnLeft"),
    column_right: simple("columnRight"),
    column_away: simple("columnAway"),
    table_away: simple("tableAway"),
    callout_away: { does: () => chain().lift("callout").run() },
  };
}

// addFootnote puts a mark here and a footnote at the end, and goes there.
function addFootnote(editor) {
  editor.chain().focus().command(({ tr, state }) => {
    const { footnote, footnoteMark, paragraph } = state.schema.nodes;
    const taken = new Set();
    state.doc.descendants((node) => {
      if (node.type === footnote || node.type === footnoteMark) taken.add(node.attrs.label);
    });
    let n = 1;
    while (taken.has(String(n))) n++;
    const label = String(n);
    const { $to } = tr.selection;
    if (!$to.parent.inlineContent) return false;
    tr.insert($to.pos, footnoteMark.create({ label }));
    const last = tr.doc.lastChild;
    const end = tr.doc.content.size - (last.type === paragraph && last.childCount === 0 && tr.doc.childCount > 1 && $to.pos < tr.doc.content.size - 2 ? last.nodeSize : 0);
    tr.insert(end, footnote.create({ label }, paragraph.create()));
    tr.setSelection(state.selection.constructor.near(tr.doc.resolve(end + 2)));
    return true;
  }).scrollIntoView().run();
}

// addRule puts a line below the block, and goes on below that.
function addRule(editor) {
  editor.chain().focus().command(({ tr, state }) => {
    const { paragraph, rule } = state.schema.nodes;
    const { $to } = tr.selection;
    const empty = $to.depth === 1 && $to.parent.type === paragraph && $to.parent.childCount === 0;
    const at = empty ? $to.before(1) : $to.after(1);
    tr.insert(at, rule.create());
    if (!empty && !tr.doc.nodeAt(at + 1)?.isTextblock) tr.insert(at + 1, paragraph.create());
    tr.setSelection(state.selection.constructor.near(tr.doc.resolve(at + 1)));
    return true;
  }).scrollIntoView().run();
}

export class Toolbar {
  constructor(editor, template, place, words) {
    this.editor = editor;
    this.words = words;
    this.bars = template.content.cloneNode(true);
    this.root = document.createElement("div");
    this.root.className = "rz-visual__tools";
    this.root.append(this.bars);
    place.prepend(this.root);
    this.panels = new Panels(editor, this.root, words);
    this.actions = actions(editor, this.panels);
    for (const bar of this.root.querySelectorAll("[role=toolbar]")) this.roving(bar);
    this.root.addEventListener("click", (event) => this.press(event.target.closest("[data-do]")));
    // A press of the mouse does not take the focus out of the text.
    this.root.addEventListener("mousedown", (event) => event.target.closest("[data-do]") && event.preventDefault());
    this.kinds = this.root.querySelector("[data-kinds]");
    this.kinds?.addEventListener("change", (event) => {
      event.stopPropagation();
      editor.chain().updateAttributes("callout", { mark: this.kinds.value }).run();
    });
    this.draw = () => this.update();
    editor.on("transaction", this.draw);
    this.update();
  }

  press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    this.actions[button.dataset.do]?.does();
    if (!this.panels.open) this.editor.view.focus();
  }

  update() {
    for (const button of this.root.querySelectorAll("[data-do]")) {
      const { on, can } = this.actions[button.dataset.do] ?? {};
      if (on) set(button, "aria-pressed", String(on()));
      if (can) set(button, "aria-disabled", String(!can()));
    }
    for (const bar of this.root.querySelectorAll("[data-in]")) bar.hidden = !this.editor.isActive(bar.dataset.in);
    if (this.kinds && this.editor.isActive("callout")) {
      const { kindOf } = this;
      this.kinds.value = kindOf(this.editor.getAttributes("callout").mark);
    }
    this.panels.update();
  }

  kindOf(mark) {
    return { OPMERKING: "NOTE", BELANGRIJK: "IMPORTANT", WAARSCHUWING: "WARNING", "LET OP": "CAUTION" }[mark.toUpperCase()] ?? mark.toUpperCase();
  }

  roving(bar) {
    const stops = () => [...bar.querySelectorAll("button, select")].filter((e) => !e.closest("[hidden]"));
    stops().forEach((e, i) => (e.tabIndex = i ? -1 : 0));
    bar.addEventListener("focusin", (event) => {
      if (!stops().includes(event.target)) return;
      for (const e of stops()) e.tabIndex = e === event.target ? 0 : -1;
    });
    bar.addEventListener("keydown", (event) => {
      const all = stops();
      const at = all.indexOf(event.target);
      const by = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (event.key === "Escape") this.editor.view.focus();
      if (by === undefined || at < 0) return;
      event.preventDefault();
      all[(by + all.length) % all.length].focus();
    });
  }

  panel(name) {
    this.panels.show(name);
    return true;
  }

  focus() {
    this.root.querySelector("[role=toolbar] [tabindex='0']")?.focus();
    return true;
  }

  close() {
    this.editor.off("transaction", this.draw);
    this.root.remove();
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
