import { createContext, useContext } from "react";
import type { Outcome, ThreadRow } from "#model";
import { Similarity, similarRows, threadsOfRow } from "#model";
import type { Answering } from "./answering.ts";

/** A part of an answer that a key asks for: on which row, with which outcome, and where the caret is to be. */
export interface Asked {
  readonly outcome: Outcome | null;
  readonly field: "response" | "phrases";
  /** Counts what was asked: the same may be asked for again. */
  readonly turn: number;
}

/** What one does with the rows of the list, for whatever stands inside it. Stays the same while the list is drawn. */
export interface ThreadActs {
  readonly answering: Answering | null;
  /** Does something, and says in words where it cannot be done; true where it was done. */
  readonly attempt: (act: (answering: Answering) => void) => boolean;
  /** Goes on to the next comment that waits, from the row that a comment leads. */
  readonly goOn: (from: string) => void;
  readonly select: (leading: readonly string[], on: boolean) => void;
}

const ActsContext = createContext<ThreadActs | null>(null);

export const ThreadActsProvider = ActsContext.Provider;

/** What one does with the rows. Only inside the list of comments. */
export function useThreadActs(): ThreadActs {
  const value = useContext(ActsContext);
  if (!value) throw new Error("useThreadActs outside the list of comments");
  return value;
}

/** All rows of the report, and which of them are like one. */
export class AllRows {
  readonly #rows: readonly ThreadRow[];
  #similarity: Similarity | null = null;

  constructor(rows: readonly ThreadRow[]) {
    this.#rows = rows;
  }

  /** The rows that may be merged with one, the most alike first. */
  similarTo(row: ThreadRow): ThreadRow[] {
    this.#similarity ??= new Similarity(this.#rows.flatMap(threadsOfRow));
    return similarRows(row, this.#rows, this.#similarity);
  }
}

const RowsContext = createContext(new AllRows([]));

export const ThreadRowsProvider = RowsContext.Provider;

/** For whoever looks for other rows like one: it is drawn again whenever any row changes. */
export function useAllRows(): AllRows {
  return useContext(RowsContext);
}
