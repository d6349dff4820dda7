import { pasteHtml, pasteText, propose, replaceAll } from "./incoming.ts";
import { enter, erase, everything, marking, shape, wander } from "./keys.ts";
import { copy, cut, drag, move, pasteCopy, pasteCut, shift } from "./moving.ts";
import type { Edit } from "./place.ts";
import { across, deleteBlock, deleteRange, forbidden, join, kind, level, mark, retype, split } from "./structure.ts";
import { keyboard, sign, type, typeOver } from "./typing.ts";

/** Every edit that changes the text. */
const EVERY = {
  type,
  typeOver,
  keyboard,
  sign,
  enter,
  erase,
  shape,
  marking,
  everything,
  wander,
  split,
  join,
  kind,
  level,
  mark,
  deleteRange,
  deleteBlock,
  across,
  retype,
  forbidden,
  move,
  drag,
  shift,
  cut,
  pasteCut,
  copy,
  pasteCopy,
  pasteHtml,
  pasteText,
  replaceAll,
  propose,
} satisfies Record<string, Edit>;

export const EDITS: Readonly<Record<EditName, Edit>> = EVERY;

export type EditName = keyof typeof EVERY;

/** What puts in elsewhere the same that it takes out. */
export const CARRYING: ReadonlySet<string> = new Set(["move", "drag", "shift", "cut", "pasteCut"]);

/** What takes the mouse, a command or another field: with it a composition ends. */
export const ENDING: ReadonlySet<string> = new Set([...CARRYING, "replaceAll"]);

/** How often each is made, and how often a person goes back and forth in their own steps. */
export const WEIGHTS: Readonly<Record<EditName | "undo" | "redo" | "stop", number>> = {
  type: 20,
  typeOver: 4,
  keyboard: 14,
  sign: 2,
  enter: 12,
  erase: 14,
  shape: 5,
  marking: 3,
  everything: 1,
  wander: 1,
  split: 5,
  join: 5,
  kind: 4,
  level: 2,
  mark: 5,
  deleteRange: 6,
  deleteBlock: 4,
  across: 2,
  retype: 2,
  forbidden: 1,
  move: 4,
  drag: 4,
  shift: 4,
  cut: 3,
  pasteCut: 6,
  copy: 3,
  pasteCopy: 3,
  pasteHtml: 2,
  pasteText: 2,
  replaceAll: 3,
  propose: 4,
  undo: 12,
  redo: 6,
  stop: 8,
};
