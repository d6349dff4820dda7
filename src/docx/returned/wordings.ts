import type { WordingEdit } from "./copy-map.ts";

/** The changes of one author to one sentence, as words of the draft and the wording proposed instead. */
export interface Wording {
  readonly from: number;
  readonly to: number;
  readonly proposal: string;
  readonly author: string | null;
  readonly dates: readonly string[];
}

/** Some edits of one author that go together, and the stretch of whole sentences they are in. */
interface Bundle {
  readonly edits: WordingEdit[];
  readonly author: string | null;
  from: number;
  to: number;
}

/** Edits of some words as proposed wordings: those of one author in one sentence are one. */
export function wordingsOf(words: string, edits: readonly WordingEdit[]): Wording[] {
  const ends = sentenceEnds(words);
  const bundles: Bundle[] = [];
  for (const edit of edits) {
    const author = edit.by?.author ?? null;
    // A break right before a sentence parts it from the one before.
    const parts = edit.from === edit.to && edit.text.startsWith("\n");
    const [from, to] = [
      sentenceStart(ends, parts ? Math.max(edit.from - 1, 0) : edit.from),
      sentenceEnd(ends, Math.max(edit.to, edit.from), words.length),
    ];
    const bundle = bundles.find((one) => one.author === author && from < one.to && one.from < to);
    if (!bundle) bundles.push({ edits: [edit], author, from, to });
    else {
      bundle.edits.push(edit);
      bundle.from = Math.min(bundle.from, from);
      bundle.to = Math.max(bundle.to, to);
    }
  }
  return bundles.flatMap((bundle) => wordingOf(words, bundle));
}

function wordingOf(words: string, { edits, author, from: first, to: last }: Bundle): Wording[] {
  const sorted = edits.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const lines = sorted.some(({ text }) => text.includes("\n"));
  let from = Math.min(...sorted.map((edit) => edit.from));
  let to = Math.max(...sorted.map((edit) => edit.to));
  // New paragraphs are read beside the sentence that they follow.
  if (lines) [from, to] = [Math.min(from, first), Math.max(to, last)];
  [from, to] = [wholeStart(words, from), wholeEnd(words, to)];
  if (from === to || applied(words, sorted, from, to).trim() === "") {
    const [left] = nearestWord(words, from);
    if (left < from) from = left;
    else [, to] = nearestWord(words.slice(to), 0).map((end) => end + to) as [number, number];
  }
  const proposal = applied(words, sorted, from, to)
    .replaceAll(/[^\S\n]*\n\s*/gu, "\n")
    .trim();
  [from, to] = trimmed(words, from, Math.min(to, words.length));
  if (proposal === words.slice(from, to)) return [];
  const dates = sorted.flatMap(({ by }) => (by && by.date !== "" ? [by.date] : []));
  return [{ from, to, proposal, author, dates }];
}

function applied(words: string, edits: readonly WordingEdit[], from: number, to: number): string {
  let text = "";
  let at = from;
  for (const edit of edits) {
    if (edit.to < from || edit.from > to) continue;
    text += words.slice(at, Math.max(edit.from, at)) + edit.text;
    at = Math.max(at, edit.to);
  }
  return text + words.slice(at, Math.max(to, at));
}

/** Where sentences end: behind their sign and the space that follows. */
function sentenceEnds(words: string): number[] {
  return [...words.matchAll(/[.!?…]+["”’)\]]*\s+|\n/gu)].map((match) => match.index + match[0].length);
}

function sentenceStart(ends: readonly number[], at: number): number {
  return ends.findLast((end) => end <= at) ?? 0;
}

function sentenceEnd(ends: readonly number[], at: number, last: number): number {
  return ends.find((end) => end > at) ?? last + 1;
}

const WORD = /[\p{L}\p{M}\p{N}]/u;

/** The beginning of the word that a place is within; the place itself where it is within none. */
export function wholeStart(words: string, at: number): number {
  if (!isWithin(words, at)) return at;
  let start = at;
  while (WORD.test(words.charAt(start - 1))) start--;
  return start;
}

/** The end of the word that a place is within; the place itself where it is within none. */
export function wholeEnd(words: string, at: number): number {
  if (!isWithin(words, at)) return at;
  let end = at;
  while (WORD.test(words.charAt(end))) end++;
  return end;
}

function isWithin(words: string, at: number): boolean {
  return WORD.test(words.charAt(at - 1)) && WORD.test(words.charAt(at));
}

/** The word before a place, or else the one behind it: what a change without words of its own is about. */
export function nearestWord(words: string, at: number): [number, number] {
  let start = at;
  while (start > 0 && words.charAt(start - 1) !== "\n" && !WORD.test(words.charAt(start - 1))) start--;
  if (start > 0 && WORD.test(words.charAt(start - 1))) {
    while (start > 0 && WORD.test(words.charAt(start - 1))) start--;
    return [start, at];
  }
  let end = at;
  while (end < words.length && !WORD.test(words.charAt(end))) end++;
  while (end < words.length && WORD.test(words.charAt(end))) end++;
  return end > at ? [at, end] : [start, at];
}

/** A stretch without the spaces at its ends. */
export function trimmed(words: string, from: number, to: number): [number, number] {
  const text = words.slice(from, to);
  const start = from + (text.length - text.trimStart().length);
  return [start, Math.max(start, to - (text.length - text.trimEnd().length))];
}
