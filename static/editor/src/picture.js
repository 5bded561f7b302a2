// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// A picture that is attached comes in the text as a paragraph of its own: above
// the block where the cursor is when that is at its begin, and below it otherwise.

import { TextSelection } from "@tiptap/pm/state";

// cursorOf is where the cursor stands. The browser tells the editor a moment
// later that it moved, and no longer when something else got the focus.
export function cursorOf(view) {
  const { selection } = view.state;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = view.dom.ownerDocument.getSelection();
  if (!(selection instanceof TextSelection) || ![anchorNode, focusNode].every((node) => node && view.dom.contains(node))) return selection.to;
  return Math.max(view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset));
}

export function addPicture(editor, from, attrs) {
  return editor.chain().focus().command(({ tr, state }) => {
    const { paragraph, picture } = state.schema.nodes;
    const $at = tr.doc.resolve(from);
    const shown = picture.create(attrs);
    let at = from; // before the picture
    if ($at.parent.type === paragraph && $at.parent.childCount === 0 && $at.depth && $at.node(-1).type.spec.tableRole === undefined) {
      tr.insert(from, shown);
      at = $at.before();
    } else {
      const above = $at.depth === 1 && $at.parent.isTextblock && $at.parentOffset === 0;
      for (let depth = $at.depth; depth; depth--) {
        at = above ? $at.before(depth) : $at.after(depth);
        const index = above ? $at.index(depth - 1) : $at.indexAfter(depth - 1);
        if ($at.node(depth - 1).canReplaceWith(index, index, paragraph)) break;
      }
      tr.insert(at, paragraph.create(null, shown));
    }
    const after = at + tr.doc.nodeAt(at).nodeSize;
    const $after = tr.doc.resolve(after);
    // Writing goes on below it; in an item of a list, that is for enter to say.
    if ($after.depth) tr.setSelection(TextSelection.create(tr.doc, after - 1));
    else {
      if (!$after.nodeAfter?.isTextblock) tr.insert(after, paragraph.create());
      tr.setSelection(TextSelection.create(tr.doc, after + 1));
    }
    return true;
  }).scrollIntoView().run();
}
