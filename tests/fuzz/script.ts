/** One transaction that a person dispatched: its steps as ProseMirror writes them, and the selection after it. */
export interface Dispatch {
  readonly steps: readonly unknown[];
  readonly anchor: number;
  readonly head: number;
  /** What the view said it was: a cut, a paste, a drop, a move. */
  readonly event?: string;
}

/** The stored bytes that a person's editor begins anew from: one state, or every update as it came. */
export type Store = "state" | "log";

/** One thing that happens in a schedule, in data, so that it means the same whatever becomes of the generator. */
export type Act =
  | {
      readonly do: "edit";
      readonly by: string;
      readonly name: string;
      readonly dispatches: readonly Dispatch[];
      /** The characters that the person saw and chose to take away; left out where the steps alone tell. */
      readonly removes?: string;
      /** The characters that are new. */
      readonly adds?: string;
    }
  | { readonly do: "undo" | "redo" | "stop" | "compose" | "settle" | "reconnect"; readonly by: string }
  | {
      readonly do: "reload";
      readonly by: string;
      readonly from: Store;
      /** True where the editor opens first, and the stored bytes come after. */
      readonly late: boolean;
    }
  | {
      readonly do: "deliver" | "drop";
      readonly by: string;
      readonly line: string;
      readonly n: number;
      readonly keep?: boolean;
    }
  | { readonly do: "restart" }
  | { readonly do: "cells"; readonly by: string; readonly operation: CellOperation }
  | { readonly do: "write"; readonly slot: string; readonly operation: OldOperation }
  | {
      readonly do: "comment";
      readonly by: string;
      readonly id: string;
      readonly slot: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly do: "propose" | "validate"; readonly by: string; readonly comment: string; readonly response: string };

/** What is done to the shared table; places are cut to what the table has. */
export type CellOperation =
  | {
      readonly do: "write";
      readonly row: number;
      readonly column: number;
      readonly at: number;
      readonly insert: string;
    }
  | { readonly do: "erase"; readonly row: number; readonly column: number; readonly at: number }
  | { readonly do: "insertRow" | "insertColumn" | "removeRow" | "removeColumn"; readonly at: number }
  | {
      readonly do: "merge";
      readonly row: number;
      readonly column: number;
      readonly rows: number;
      readonly columns: number;
    }
  | { readonly do: "split"; readonly row: number; readonly column: number };

/** What an old or foreign client does to a slot's text by Yjs itself, at an index cut to the text's length. */
export type OldOperation =
  | { readonly at: number; readonly insert: string; readonly attributes?: Readonly<Record<string, unknown>> }
  | { readonly at: number; readonly length: number; readonly attributes: Readonly<Record<string, unknown>> };

/** A schedule as data: who takes part, the stored body they begin with, and all that happens. */
export interface Script {
  /** What was wrong once. */
  readonly was: string;
  readonly people: number;
  /** The body's first state, in base64. */
  readonly body: string;
  readonly acts: readonly Act[];
}
