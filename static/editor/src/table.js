// SPDX-License-Identifier: EUPL-1.2
// SPDX-FileCopyrightText: The Rugzak contributors

// Tables as Markdown has them: the first row is the heading, a cell holds one
// line of text, and no cell spans others.

import { Extension, Node } from "@tiptap/core";
import * as tables from "@tiptap/pm/tables";

const one = { default: 1, rendered: false, parseHTML: () => 1 };
const cellAttributes = () => ({
  colspan: one,
  rowspan: one,
  colwidth: { default: null, rendered: false, parseHTML: () => null },
  align: {
    default: null,
    parseHTML: (e) => (["left", "center", "right"].includes(e.align) ? e.align : null),
    renderHTML: ({ align }) => (align ? { class: `rz-align-${align}` } : {}),
  },
});

export const Table = Node.create({
  name: "table",
  group: "block",
  content: "row+",
  tableRole: "table",
  isolating: true,
  parseHTML: () => [{ tag: "table" }],
  renderHTML: () => ["div", { class: "rz-table" }, ["table", ["tbody", 0]]],
  extendNodeSchema: (extension) => ({ tableRole: extension.config.tableRole }),
  addProseMirrorPlugins: () => [tables.tableEditing()],
  markdownTokenName: "table",
  parseMarkdown(token, helpers) {
    const row = (cells, type) => ({
      type: "row",
      content: cells.map((cell, i) => ({
        type,
        attrs: { align: token.align[i] ?? null },
        content: [{ type: "paragraph", content: helpers.parseInline(cell.tokens ?? []) }],
      })),
    });
    return { type: "table", content: [row(token.header, "headCell"), ...token.rows.map((cells) => row(cells, "cell"))] };
  },
});

export const Row = Node.create({
  name: "row",
  content: "(cell | headCell)*",
  tableRole: "row",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});

export const Cell = Node.create({
  name: "cell",
  content: "paragraph",
  tableRole: "cell",
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: "td" }],
  renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0],
});

export const HeadCell = Node.create({
  name: "headCell",
  content: "paragraph",
  tableRole: "header_cell",
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: "th" }],
  renderHTML: ({ HTMLAttributes }) => ["th", HTMLAttributes, 0],
});

// newTable is an empty table with a heading.
export function newTable(schema, rows, columns) {
  const { table, row, cell, headCell, paragraph } = schema.nodes;
  const line = (type) => row.create(null, Array.from({ length: columns }, () => type.create(null, paragraph.create())));
  return table.create(null, [line(headCell), ...Array.from({ length: rows - 1 }, () => line(cell))]);
}

const run = (command) => () => ({ state, dispatch }) => command(state, dispatch);

export const TableCommands = Extension.create({
  name: "tableCommands",
  addCommands: () => ({
    rowBelow: run(tables.addRowAfter),
    rowAbove: () => ({ state, dispatch }) => {
      // Nothing stands above the heading.
      if (!tables.isInTable(state) || tables.selectedRect(state).top === 0) return false;
      return tables.addRowBefore(state, dispatch);
    },
    rowAway: () => ({ state, dispatch }) => {
      if (!tables.isInTable(state) || tables.selectedRect(state).top === 0) return false;
      return tables.deleteRow(state, dispatch);
    },
    columnRight: run(tables.addColumnAfter),
    columnLeft: run(tables.addColumnBefore),
    columnAway: run(tables.deleteColumn),
    tableAway: run(tables.deleteTable),
  }),
});
