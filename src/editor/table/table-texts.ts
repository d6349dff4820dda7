import type * as Y from "yjs";
import { cellId, layTable, slotPieces, tableCellText } from "#collab";
import { countWords } from "#model";

/** One of the texts that a table shows, by the id of the place where it is stored. */
export interface CellText {
  readonly cell: string;
  readonly text: string;
}

/** Words that were found in one of the texts of a table. */
export interface FoundInCell {
  readonly table: string;
  readonly cell: string;
  readonly from: number;
  readonly to: number;
}

/** True for the same words found twice. */
export function isSame(a: FoundInCell, b: FoundInCell | null): boolean {
  return b !== null && a.table === b.table && a.cell === b.cell && a.from === b.from && a.to === b.to;
}

/** What stands in the cells of a body's tables. A table that has not changed is not read again. */
export class TableTexts {
  readonly #doc: Y.Doc;
  readonly #texts = new Map<string, readonly CellText[]>();
  readonly #words = new Map<string, number>();
  #version = 0;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** Another number whenever any table may have changed. */
  get version(): number {
    return this.#version;
  }

  /** The texts of a table in reading order; the same array until it changes. */
  of(table: string): readonly CellText[] {
    const known = this.#texts.get(table);
    if (known) return known;
    const spots = layTable(this.#doc, table)
      .cells.flat()
      .flatMap((cell) => cell.spots);
    const texts = spots.map((spot) => ({
      cell: cellId(spot),
      text: slotPieces(tableCellText(this.#doc, table, spot.row, spot.column))
        .map((piece) => piece.text)
        .join(""),
    }));
    this.#texts.set(table, texts);
    return texts;
  }

  /** How many words stand in the cells of a table. */
  words(table: string): number {
    const known = this.#words.get(table);
    if (known !== undefined) return known;
    const words = this.of(table).reduce((sum, { text }) => sum + countWords(text), 0);
    this.#words.set(table, words);
    return words;
  }

  /** These tables have changed. */
  changed(tables: Iterable<string>): void {
    this.#version++;
    for (const table of tables) {
      this.#texts.delete(table);
      this.#words.delete(table);
    }
  }
}
