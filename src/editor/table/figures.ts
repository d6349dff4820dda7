import type { Node } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { checkTotals, fillIn, formatNumber, readNumber, tableGrid } from "#model";
import type { Table, TableCell } from "#model";

/** A number of any of the usual forms as a Vietnamese one, in the text that holds nothing else; null for any other. */
export function inVietnamese(text: string): string | null {
  const plain = text.trim();
  // As English writes it: commas part thousands, where more than one stands there or a point follows.
  const english = /^[-−–+]?\d{1,3}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})\s*%?$/u.test(plain);
  const figure = readNumber(english ? plain.replaceAll(",", "") : plain);
  // A year or the number of a decision is no quantity: it stays as it was typed.
  if (!figure || /^\d{4}$/u.test(plain)) return null;
  return formatNumber(figure.value, figure);
}

/** True for the text of a cell that stands on the right because it is a number. */
export function isNumeric(text: string): boolean {
  return readNumber(text) !== null;
}

/** What is said in place of a total that does not add up; `words` has `{stated}` and `{computed}`. */
export function totalWarnings(table: Table, words: string): Map<string, string> {
  const warnings = new Map<string, string>();
  const { rows } = tableGrid(table);
  for (const { row, column, stated, computed } of checkTotals(table)) {
    const at = rows[row]?.find((cell) => cell.column <= column && column < cell.column + cell.colspan);
    const said = fillIn(words, { stated: formatNumber(stated), computed: formatNumber(computed) });
    if (at?.cell) warnings.set(at.cell.id, said);
  }
  return warnings;
}

/** True for a cell whose text stands on the right by itself. */
export function isFigure(cell: TableCell): boolean {
  return !cell.header && cell.align === null && isNumeric(textOf(cell));
}

function textOf(cell: TableCell): string {
  return cell.paragraphs.map((runs) => runs.map((run) => run.text).join("")).join("\n");
}

/**
 * Puts numbers on the right, and a warning on a total that does not add up. Both are attributes of cells, so that an
 * input method at work in one is not disturbed.
 */
export function figures(words: string): Plugin<DecorationSet> {
  const plugin: Plugin<DecorationSet> = new Plugin<DecorationSet>({
    state: {
      init: (_, state) => decorated(state, tableOf(state.doc), words),
      apply: (transaction, old, _, state) => {
        if (!transaction.docChanged) return old;
        return decorated(state, tableOf(state.doc), words);
      },
    },
    props: { decorations: (state: EditorState) => plugin.getState(state) },
  });
  return plugin;
}

function decorated({ doc }: EditorState, table: Table, words: string): DecorationSet {
  const warnings = totalWarnings(table, words);
  const made: Decoration[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name !== "table_cell") return true;
    const { id, header, align } = node.attrs;
    const warning = warnings.get(String(id));
    if (header !== true && align === null && isNumeric(node.textContent))
      made.push(Decoration.node(pos, pos + node.nodeSize, { class: "tk-figure" }));
    if (warning !== undefined) {
      made.push(
        Decoration.node(pos, pos + node.nodeSize, {
          class: "tk-unbalanced",
          "data-warning": warning,
          "aria-description": warning,
        }),
      );
    }
    return false;
  });
  return DecorationSet.create(doc, made);
}

/** The table that a document of a table's editor shows. */
export function tableOf(doc: Node): Table {
  return {
    id: "",
    widths: [],
    rows: (doc.firstChild?.children ?? []).map((row) => ({
      total: row.attrs["total"] === true,
      cells: row.children.map((cell) => ({
        id: String(cell.attrs["id"]),
        header: cell.attrs["header"] === true,
        colspan: Number(cell.attrs["colspan"]),
        rowspan: Number(cell.attrs["rowspan"]),
        align: null,
        paragraphs: cell.children.map((text) => [{ text: text.textContent, marks: [] }]),
      })),
    })),
  };
}
