import { Schema } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import type * as Y from "yjs";
import { cellId, readMarks, slotPieces, tableCellText } from "#collab";
import type { LaidTable, Spot } from "#collab";
import type { MarkName } from "#model";
import { reportSchema } from "#model";

/**
 * The document of a table's editor: the table laid out, as `layTable` gives it, with everything that is stored about a
 * row or a cell as attributes. A cell holds a text for each place whose words it shows, a line break in it is a `\n`.
 * The content is as permissive as it can be, so that no state of the body is ever refused.
 */
export const tableSchema: Schema<"doc" | "table" | "table_row" | "table_cell" | "cell_text" | "text", MarkName> =
  new Schema({
    nodes: {
      doc: { content: "table" },
      table: { content: "table_row*", tableRole: "table", isolating: true, toDOM: () => ["table", ["tbody", 0]] },
      table_row: {
        content: "table_cell*",
        tableRole: "row",
        attrs: { id: { default: "" }, header: { default: false }, total: { default: false } },
        toDOM: (node) => ["tr", node.attrs["total"] === true ? { class: "tk-total" } : {}, 0],
      },
      table_cell: {
        content: "cell_text*",
        tableRole: "cell",
        isolating: true,
        attrs: {
          id: { default: "" },
          header: { default: false },
          colspan: { default: 1 },
          rowspan: { default: 1 },
          colwidth: { default: null },
          align: { default: null },
        },
        toDOM: (node) => [node.attrs["header"] === true ? "th" : "td", cellAttributes(node), 0],
      },
      cell_text: {
        content: "text*",
        whitespace: "pre",
        attrs: { cell: { default: "" } },
        toDOM: () => ["p", 0],
      },
      text: {},
    },
    marks: {
      strong: reportSchema.marks.strong.spec,
      em: reportSchema.marks.em.spec,
      underline: reportSchema.marks.underline.spec,
    },
  });

function cellAttributes({ attrs }: Node): Record<string, string> {
  const span = (name: "colspan" | "rowspan"): Record<string, string> =>
    attrs[name] === 1 ? {} : { [name]: String(attrs[name]) };
  return {
    ...(attrs["header"] === true ? { scope: "col" } : {}),
    ...span("colspan"),
    ...span("rowspan"),
    ...(typeof attrs["align"] === "string" ? { style: `text-align: ${attrs["align"]}` } : {}),
    "data-cell": String(attrs["id"]),
  };
}

/** The document that shows a table of a body. Reads, never writes. */
export function tableDoc(doc: Y.Doc, table: string, laid: LaidTable): Node {
  const { nodes } = tableSchema;
  const rows = laid.rows.map(({ id, header, total }, r) =>
    nodes.table_row.create(
      { id, header, total },
      (laid.cells[r] ?? []).map((cell) => {
        const widths = laid.columns.slice(cell.column, cell.column + cell.colspan).map(({ width }) => width ?? 0);
        return nodes.table_cell.create(
          {
            id: cell.id,
            header,
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            colwidth: widths.some((width) => width > 0) ? widths : null,
            align: cell.align,
          },
          cell.spots.map((spot) => textNode(doc, table, spot)),
        );
      }),
    ),
  );
  return nodes.doc.create(null, nodes.table.create(null, rows));
}

function textNode(doc: Y.Doc, table: string, spot: Spot): Node {
  const pieces = slotPieces(tableCellText(doc, table, spot.row, spot.column));
  return tableSchema.nodes.cell_text.create(
    { cell: cellId(spot) },
    pieces.map(({ text, attributes }) =>
      tableSchema.text(
        text,
        readMarks(attributes).map((mark) => tableSchema.mark(mark)),
      ),
    ),
  );
}

/** True where two documents differ in the texts of their cells at most. */
export function sameLayout(a: Node, b: Node): boolean {
  if (a.type !== b.type || !a.sameMarkup(b)) return false;
  if (a.type === tableSchema.nodes.cell_text) return true;
  return a.childCount === b.childCount && a.children.every((child, i) => sameLayout(child, b.child(i)));
}

/** The texts of a document's cells with the positions at which they begin. */
export function cellTexts(doc: Node): { node: Node; start: number; cell: string }[] {
  const texts: { node: Node; start: number; cell: string }[] = [];
  doc.descendants((node, pos) => {
    if (node.type !== tableSchema.nodes.cell_text) return true;
    texts.push({ node, start: pos + 1, cell: String(node.attrs["cell"]) });
    return false;
  });
  return texts;
}
