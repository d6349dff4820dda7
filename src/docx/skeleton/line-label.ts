import { ordinalWord, roman } from "#model";
import type { FileLine } from "./file-lines.ts";

/** What a line is numbered by, from the outermost kind of number to the innermost. */
export type LabelKind = "part" | "appendix" | "capital" | "roman" | "decimal" | "path" | "letter" | "bracket";

/** A line taken apart: its number or sign, and the words after it. */
export interface LabelledText {
  /** As it stands there; empty where there is none. */
  readonly label: string;
  readonly kind: LabelKind | null;
  /** The sign of an item of a list: `-` for every kind of bullet, `+`. */
  readonly sign: "-" | "+" | null;
  /** How many numbers a path has. */
  readonly depth: number;
  /** Where the words begin in the text. */
  readonly at: number;
}

const PLAIN: LabelledText = { label: "", kind: null, sign: null, depth: 0, at: 0 };

const KINDS: readonly (readonly [LabelKind, RegExp])[] = [
  ["part", /^(?:phần|chương)\s+(?:thứ\s+\p{L}+|[IVXLC]+|\d{1,2})(?![\p{L}\d])\s*[-–:.)]*\s*/iu],
  ["appendix", /^phụ\s+lục(?:\s+(?:số\s+)?(?:\d{1,2}|[IVX]+|[A-Z])(?![\p{L}\d]))?\s*[-–:.)]*\s*/iu],
  ["roman", /^[IVX]+\s*[-–.):/]+\s*/u],
  ["capital", /^[A-Z]\s*[-–.):/]+\s+/u],
  ["path", /^\d{1,2}(?:\.\d{1,2})+(?:[-–.):/]+\s*|\s+)/u],
  ["decimal", /^\d{1,2}\s*[-–.):/]+(?!\s*\d)\s*/u],
  ["letter", /^\p{Ll}\s*[.)/-]+\s+/u],
  ["letter", /^\p{Ll}\)\s*/u],
  ["bracket", /^\((?:\d{1,2}|\p{Ll})\)\s*/u],
];

/** What stands before the words of a line: a number as reports write them, or the sign of a list. */
export function labelOf(text: string): LabelledText {
  const lead = text.length - text.trimStart().length;
  const words = text.slice(lead);
  const sign = /^(?:\+\s*|[-–—•·▪●○◦*➢✓\u{f000}-\u{f0ff}]\s+|[-–](?=\p{L}))/u.exec(words)?.[0];
  if (sign !== undefined) {
    const label = sign.trim();
    return { ...PLAIN, label, sign: label === "+" ? "+" : "-", at: lead + sign.length };
  }
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(words)?.[0];
    if (found === undefined || found === "") continue;
    // An appendix is called so in a sentence too: only a line of its own, or a number with it, makes it a title.
    if (kind === "appendix" && found.trim().length < words.trim().length && !/[\dIVX:.\n-]/u.test(found)) continue;
    const depth = kind === "path" ? (found.match(/\d+/gu)?.length ?? 2) : 1;
    return { label: found.trim(), kind, sign: null, depth, at: lead + found.length };
  }
  return PLAIN;
}

/** The number of a line: typed, or computed by Word. */
export function lineLabel(line: FileLine): LabelledText {
  const typed = labelOf(line.text);
  if (typed.label !== "" || line.listLabel === "") return typed;
  // Word's bullet of the second level is a letter; a number is never without a sign behind it.
  const label = line.listLabel === "o" ? "•" : line.listLabel;
  const computed = labelOf(`${label} x`);
  const kind = computed.label === "" ? labelOf(`${label}. x`) : computed;
  return { ...kind, label: line.listLabel, at: 0 };
}

/** How far in a label of this kind stands: 0 is outermost. */
export function labelRank(label: LabelledText): number | null {
  switch (label.kind) {
    case null:
      return null;
    case "part":
    case "appendix":
      return 0;
    case "capital":
      return 1;
    case "roman":
      return 2;
    case "decimal":
      return 3;
    case "path":
      return 2 + Math.min(label.depth, 4);
    case "letter":
      return 7;
    case "bracket":
      return 8;
  }
}

/** The number of a part as its label says it, in words, Roman or plain figures; null where it says none. */
export function partNumber(label: string): number | null {
  const said = /^(?:phần|chương)\s+(?<number>.+?)[-–:.)\s]*$/iu
    .exec(label)
    ?.groups?.["number"]?.toLocaleLowerCase("vi");
  for (let n = 1; n <= 10; n++) {
    if (said === ordinalWord(n) || said === roman(n).toLocaleLowerCase("vi") || said === String(n)) return n;
  }
  return null;
}

/** True for the title of an appendix, with a number or without. */
export function isAppendixTitle(label: string, title: string): boolean {
  return /^phụ\s+lục(?!\p{L})/iu.test(`${label} ${title}`.trim());
}
