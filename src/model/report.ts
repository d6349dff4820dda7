import type { Block } from "./block.ts";
import { blockTexts } from "./block.ts";
import type { CommentThread, Person } from "./comment.ts";
import type { Round } from "./round.ts";
import type { RuleSet } from "./rule-set.ts";
import type { Stance } from "./stance.ts";
import type { Template } from "./template.ts";

/**
 * A frozen state of the body. `name` is free text; a round's version bears the round's name for good. Nothing but the
 * name of one ever changes, and none is ever deleted.
 */
export interface Version {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it got the name it has, where that is not its first. Of two copies the one renamed later counts. */
  readonly renamedAt?: string;
  /** The round it was frozen for, or absent. */
  readonly round?: number;
}

/**
 * Something in a body that no report can show, written by another program or a later version of this one: a root, an
 * object in the text, an attribute of it, a kind or a property of a block, a field that is no text, a sign that no Word
 * file can hold. It is kept where it is. `count` says how often, of an attribute on how many characters.
 */
export interface Unshown {
  readonly kind: "root" | "object" | "attribute" | "block" | "field" | "sign";
  /** The slot it is in, where it is in one. */
  readonly slot?: string;
  readonly name: string;
  readonly count: number;
}

/** The words of a report as plain data: the blocks of each slot, and the fields of its heading and signature. */
export interface ReportText {
  readonly slots: Readonly<Record<string, readonly Block[]>>;
  readonly fields: Readonly<Record<string, string>>;
  /** What its document holds besides; absent where that is nothing. */
  readonly unshown?: readonly Unshown[];
}

/** A whole report as plain data. Export, checks, tables and `show --json` are functions of this value. */
export interface Report extends ReportText {
  readonly id: string;
  readonly sample: boolean;
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly people: readonly Person[];
  readonly rounds: readonly Round[];
  readonly versions: readonly Version[];
  /** In the order of the draft: report, then slot by slot and place by place, then by time and id. */
  readonly threads: readonly CommentThread[];
  /** What people declare of the rounds as a whole, by round and person. */
  readonly stances: readonly Stance[];
}

/** True where none of the blocks, and no cell of a table, holds a letter, digit or sign: only such a slot shows its guidance. */
export function isEmptySlot(blocks: readonly Block[] | undefined): boolean {
  return !blocks?.some((block) => blockTexts(block).some((text) => text.trim() !== ""));
}

/** How many words a text holds as Word counts them: stretches between white space. */
export function countWords(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}
