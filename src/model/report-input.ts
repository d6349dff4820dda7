import type { BlockKind } from "./block.ts";
import type { CommentKind, Outcome, Role } from "./comment.ts";
import type { MarkName } from "./text-run.ts";

/**
 * A report as people write it by hand or other programs produce it: what `tongket import` and the fixtures read.
 * `schemas/report.schema.json` is its schema; ids are left out wherever they can be made.
 */
export interface ReportInput {
  readonly template: string;
  /** Absent: the rule set the template names. */
  readonly ruleSet?: string;
  readonly sample?: boolean;
  readonly fields: Readonly<Record<string, string>>;
  /** Every slot of the template, each with its blocks; an empty list is an empty slot. */
  readonly slots: Readonly<Record<string, readonly BlockInput[]>>;
  readonly people?: readonly PersonInput[];
  readonly rounds?: readonly RoundInput[];
  readonly comments?: readonly CommentInput[];
}

/** Plain text, or runs with marks. */
export type TextInput = string | readonly { readonly text: string; readonly marks?: readonly MarkName[] }[];

/** A plain string is a paragraph. */
export type BlockInput =
  | string
  | { readonly kind?: Exclude<BlockKind, "table">; readonly level?: number; readonly text: TextInput }
  | TableInput;

/** A table; `text` is its caption. Rows are counted from 1, headers too. */
export interface TableInput {
  readonly kind: "table";
  readonly text: TextInput;
  /** How many rows at the top are headers; absent, one. */
  readonly headerRows?: number;
  /** Rows that are sums of the rows above them. */
  readonly totals?: readonly number[];
  readonly widths?: readonly (number | null)[];
  readonly rows: readonly RowInput[];
}

export type RowInput = readonly CellInput[] | { readonly total?: boolean; readonly cells: readonly CellInput[] };

/** Each line of its text is a paragraph, whether it is a plain string or runs. */
export type CellInput =
  | string
  | {
      readonly text: TextInput;
      readonly align?: "left" | "center" | "right";
      readonly colspan?: number;
      readonly rowspan?: number;
    };

export interface PersonInput {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly role: Role;
}

export interface RoundInput {
  readonly number: number;
  readonly openedAt: string;
  readonly deadline?: string;
  readonly closedAt?: string;
}

export interface CommentInput {
  readonly author: string;
  readonly round: number;
  /** Absent: about the whole report. */
  readonly slot?: string;
  /** The words it is about, as they stand in the slot; with `occurrence` (from 1) where they stand more than once. */
  readonly quote?: string;
  readonly occurrence?: number;
  /** The cell of a table it is about, instead of a quotation: the table among those of its slot. All counted from 1. */
  readonly cell?: { readonly table: number; readonly row: number; readonly column: number };
  readonly kind: CommentKind;
  readonly text: string;
  readonly proposal?: string;
  readonly createdAt: string;
  readonly withdrawn?: boolean;
  readonly replies?: readonly { readonly author: string; readonly text: string; readonly createdAt: string }[];
  readonly decision?: {
    readonly outcome: Outcome;
    readonly response: string;
    readonly proposedBy: string;
    readonly proposedAt: string;
    readonly validatedBy?: string;
    readonly validatedAt?: string;
  };
}
