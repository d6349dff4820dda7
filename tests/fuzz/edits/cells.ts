import type * as Y from "yjs";
import { ORIGIN, readTable, TableEdit } from "#collab";
import type { LaidCell, LaidTable } from "#collab";
import type { Random } from "../../support/random.ts";
import type { CellOperation } from "../script.ts";

/** The table that schedules share, where the stored body has it. */
export const TABLE = "t1";

/** Something done to the shared table, at random. */
export function cellOperation(r: Random, fresh: () => string): CellOperation {
  const place = (): { row: number; column: number } => ({ row: r.int(6), column: r.int(6) });
  const operations = {
    write: () => ({ do: "write", ...place(), at: r.int(6), insert: fresh() + (r() < 0.1 ? "\n" : "") }),
    erase: () => ({ do: "erase", ...place(), at: r.int(6) }),
    insertRow: () => ({ do: "insertRow", at: r.int(6) }),
    insertColumn: () => ({ do: "insertColumn", at: r.int(6) }),
    removeRow: () => ({ do: "removeRow", at: r.int(6) }),
    removeColumn: () => ({ do: "removeColumn", at: r.int(6) }),
    merge: () => ({ do: "merge", ...place(), rows: 1 + r.int(2), columns: 1 + r.int(2) }),
    split: () => ({ do: "split", ...place() }),
  } satisfies Record<CellOperation["do"], () => CellOperation>;
  return operations[r.weighted(OFTEN)]();
}

const OFTEN: Readonly<Record<CellOperation["do"], number>> = {
  write: 12,
  erase: 4,
  insertRow: 2,
  insertColumn: 2,
  removeRow: 2,
  removeColumn: 1,
  merge: 2,
  split: 2,
};

/**
 * Does it, by the operations of the editor's own tables; places are cut to what the table has. Gives what the person
 * chose to take away and what is new; null where the body has no such table.
 */
export function operate(
  doc: Y.Doc,
  operation: CellOperation,
  newId: () => string,
): { removes: Set<string>; adds: Set<string> } | null {
  const edit = new TableEdit(doc, TABLE, newId);
  const laid = edit.laid();
  const { rows, columns } = laid;
  if (rows.length === 0 || columns.length === 0) return null;
  const intent = { removes: new Set<string>(), adds: new Set<string>() };
  const chars = (cells: readonly LaidCell[]): void => {
    for (const spot of cells.flatMap(({ spots }) => spots)) {
      for (const char of edit.text(spot).toJSON()) intent.removes.add(char);
    }
  };
  switch (operation.do) {
    case "write": {
      const text = textAt(edit, laid, operation.row, operation.column);
      if (!text) return null;
      const at = boundary(text, operation.at);
      for (const char of operation.insert) intent.adds.add(char);
      doc.transact(() => text.insert(at, operation.insert, {}), ORIGIN.editor);
      return intent;
    }
    case "erase": {
      const text = textAt(edit, laid, operation.row, operation.column);
      const at = text ? boundary(text, operation.at) : 0;
      const char = Array.from(text?.toJSON().slice(at) ?? "")[0];
      if (!text || char === undefined) return null;
      intent.removes.add(char);
      doc.transact(() => text.delete(at, char.length), ORIGIN.editor);
      return intent;
    }
    case "insertRow":
      edit.insertRows(operation.at % (rows.length + 1));
      return intent;
    case "insertColumn":
      edit.insertColumns(operation.at % (columns.length + 1));
      return intent;
    case "removeRow": {
      if (rows.length < 2) return null;
      const row = operation.at % rows.length;
      chars(laid.cells.flat().filter((cell) => cell.row <= row && row < cell.row + cell.rowspan));
      edit.removeRows([rows[row]?.id ?? ""]);
      return intent;
    }
    case "removeColumn": {
      if (columns.length < 2) return null;
      const column = operation.at % columns.length;
      chars(laid.cells.flat().filter((cell) => cell.column <= column && column < cell.column + cell.colspan));
      edit.removeColumns([columns[column]?.id ?? ""]);
      return intent;
    }
    case "merge": {
      const first = { row: operation.row % rows.length, column: operation.column % columns.length };
      chars(laid.cells.flat());
      edit.merge(first, {
        row: Math.min(first.row + operation.rows, rows.length - 1),
        column: Math.min(first.column + operation.columns, columns.length - 1),
      });
      return intent;
    }
    case "split": {
      const cell = cellAt(laid, operation.row, operation.column);
      if (!cell) return null;
      chars([cell]);
      edit.split(cell);
      return intent;
    }
  }
}

/** Every character that the shared table shows. */
export function shownInTable(doc: Y.Doc): { readonly spelled: string; readonly chars: ReadonlySet<string> } {
  const table = readTable(doc, TABLE);
  const runs = table.rows.flatMap((row) => row.cells.flatMap((cell) => cell.paragraphs.flat()));
  return { spelled: JSON.stringify(table), chars: new Set(runs.flatMap(({ text }) => Array.from(text))) };
}

function cellAt({ rows, columns, cells }: LaidTable, row: number, column: number): LaidCell | undefined {
  const [r, c] = [row % rows.length, column % columns.length];
  return cells
    .flat()
    .find((cell) => cell.row <= r && r < cell.row + cell.rowspan && cell.column <= c && c < cell.column + cell.colspan);
}

function textAt(edit: TableEdit, laid: LaidTable, row: number, column: number): Y.Text | null {
  const [spot] = cellAt(laid, row, column)?.spots ?? [];
  return spot ? edit.text(spot) : null;
}

function boundary(text: Y.Text, at: number): number {
  const index = Math.min(at, text.length);
  return /^[\uDC00-\uDFFF]/.test(text.toJSON().slice(index)) ? index - 1 : index;
}
