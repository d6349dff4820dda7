import { readSlot, readTable, slotText } from "#collab";
import type { CellSpot, Quotation, Table } from "#model";
import { cellText } from "#model";
import type * as Y from "yjs";
import { cellTarget } from "./cell-anchor.ts";
import { foldWords, TELLING } from "./same-words.ts";

/** Looks in a body as it is for cells that were quoted; each table is read at most once. */
export class SameCells {
  readonly #body: Y.Doc;
  readonly #slots: readonly string[];
  #tables: readonly { readonly slot: string; readonly table: Table }[] | null = null;

  constructor(body: Y.Doc, slots: readonly string[]) {
    this.#body = body;
    this.#slots = slots;
  }

  /**
   * The one cell that says what the quoted one said, in a row and a column of the same names, in whatever table; null where
   * none does, where several do, or where too little was quoted to tell cells apart: at least two of the three must say
   * something, or the cell as much as stands in no two places by chance. It is a guess, for a person to confirm. What is
   * among `refused` is passed over.
   */
  find(quote: Quotation, refused: readonly CellSpot[]): CellSpot | null {
    const wanted = wordsOf(quote);
    const words = wanted[0] ?? "";
    if (words.endsWith("…")) return null;
    if (wanted.filter((part) => part !== "").length < 2 && words.length < TELLING) return null;
    const found = this.#read().flatMap(({ slot, table }) =>
      table.rows
        .flatMap(({ cells }) => cells)
        .filter((cell) => plain(cellText(cell)) === words)
        .flatMap((cell) => cellTarget(slot, table, cell.id) ?? [])
        .filter((target) => wordsOf(target.quote).every((part, index) => part === wanted[index]))
        .filter(({ cell }) => !refused.some((one) => one.table === table.id && one.cell === cell)),
    );
    const [only, other] = found;
    return only && !other ? { slot: only.slot, table: only.table, cell: only.cell } : null;
  }

  #read(): readonly { readonly slot: string; readonly table: Table }[] {
    this.#tables ??= this.#slots.flatMap((slot) =>
      readSlot(slotText(this.#body, slot)).flatMap(({ table }) =>
        table && table.id !== "" ? [{ slot, table: readTable(this.#body, table.id) }] : [],
      ),
    );
    return this.#tables;
  }
}

function wordsOf({ exact, prefix, suffix }: Quotation): readonly string[] {
  return [exact, prefix, suffix].map(plain);
}

function plain(words: string): string {
  return foldWords(words).text.trim();
}
