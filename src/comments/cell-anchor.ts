import type { CellSpot, CommentTarget, Place, Quotation, Table } from "#model";
import { cellText, tableGrid, titlesOfCell } from "#model";
import type { LaidTable } from "#collab";
import { layTable, readSlot, slotOfRoot, slotText, spotOf } from "#collab";
import type * as Y from "yjs";
import { LIMITS } from "./record.ts";

/** What a comment on a cell names. */
export type CellTarget = Extract<CommentTarget, { scope: "cell" }>;

/** Where a cell stands: its place, the slot it is in, and its number in the table, row by row. */
export interface CellStand {
  readonly place: Place;
  readonly number: number;
}

/**
 * The target of a comment on a cell, with the cell quoted as it stands; null where the table has no such cell. `slot` is
 * the one that the table's block stands in.
 */
export function cellTarget(slot: string, table: Table, cell: string): CellTarget | null {
  const at = tableGrid(table)
    .rows.flat()
    .find((each) => each.cell?.id === cell);
  if (!at?.cell) return null;
  const { row, column } = titlesOfCell(table, at);
  const quote: Quotation = {
    exact: cut(cellText(at.cell), LIMITS.quote),
    prefix: cut(row, LIMITS.context),
    suffix: cut(column, LIMITS.context),
  };
  return { scope: "cell", slot, table: table.id, cell, quote };
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}

/** The cells of a body's tables: each slot and each table is read at most once, so it is stale after the next change. */
export class CellFinder {
  readonly #body: Y.Doc;
  readonly #blocks = new Map<string, { readonly slot: string; readonly block: string } | null>();
  readonly #read = new Set<string>();
  readonly #tables = new Map<string, LaidTable>();

  constructor(body: Y.Doc) {
    this.#body = body;
  }

  /**
   * Where the cell of a target stands now; null where it or its table is gone. A cell that was merged into another stands
   * in that one, a table that was moved in its new slot.
   */
  find({ slot, table, cell }: CellSpot): CellStand | null {
    const at = this.#blockOf(table, slot);
    const number = at ? numberOf(this.#laid(table), cell) : null;
    if (!at || !number) return null;
    const end = { block: at.block, offset: 0 };
    return { place: { slot: at.slot, from: end, to: end, cell: number.cell }, number: number.number };
  }

  #blockOf(table: string, likely: string): { readonly slot: string; readonly block: string } | null {
    this.#readSlot(likely);
    const known = this.#blocks.get(table);
    if (known) return known;
    const slots = [...this.#body.share.keys()].flatMap((root) => slotOfRoot(root) ?? []).toSorted();
    for (const slot of slots) this.#readSlot(slot);
    return this.#blocks.get(table) ?? null;
  }

  #readSlot(slot: string): void {
    if (this.#read.has(slot)) return;
    this.#read.add(slot);
    for (const { id, table } of readSlot(slotText(this.#body, slot))) {
      if (table && table.id !== "" && !this.#blocks.has(table.id)) this.#blocks.set(table.id, { slot, block: id });
    }
  }

  #laid(table: string): LaidTable {
    const laid = this.#tables.get(table) ?? layTable(this.#body, table);
    this.#tables.set(table, laid);
    return laid;
  }
}

/** The cell that shows what the named one held, and its number row by row. */
function numberOf({ rows, columns, cells }: LaidTable, cell: string): { cell: string; number: number } | null {
  const spot = spotOf(cell);
  if (!spot) return null;
  const row = rows.findIndex(({ id }) => id === spot.row);
  const column = columns.findIndex(({ id }) => id === spot.column);
  const all = cells.flat();
  const number = all.findIndex(
    (laid) =>
      laid.id === cell ||
      laid.spots.some((each) => each.row === spot.row && each.column === spot.column) ||
      (laid.row <= row &&
        row < laid.row + laid.rowspan &&
        laid.column <= column &&
        column < laid.column + laid.colspan),
  );
  const found = all[number];
  return found ? { cell: found.id, number } : null;
}
