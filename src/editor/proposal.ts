import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { slotText } from "#collab";
import type { SlotRange } from "#comments";
import { reportSchema } from "#model";
import type { SlotsBinding } from "./binding/slots-binding.ts";

/**
 * Puts `wording` in place of a stretch of a slot's flat text, as one edit that touches only what differs: what both
 * have at the beginning and at the end stays the same characters, with its comments and marks. A new line in the
 * wording begins a block of the same kind. What is new is selected.
 */
export function proposed(state: EditorState, binding: SlotsBinding, range: SlotRange, wording: string): Transaction {
  const { slot } = range;
  const words = slotText(binding.doc, slot).toJSON().slice(range.from, range.to);
  const wanted = wording
    .normalize("NFC")
    .replaceAll(/[^\S\n]*(?:\r\n|[\r\n\u2028\u2029])\s*/gu, "\n")
    .replaceAll(/^\n|\n$/gu, "");
  const transaction = state.tr;
  const hunks = differences(words, wanted);
  for (const { from, to, text } of hunks.toReversed()) {
    const at = binding.position(state.doc, slot, range.from + from);
    put(transaction, at, binding.position(state.doc, slot, range.from + to), text);
  }
  const [first] = hunks;
  const last = hunks.at(-1);
  const from = binding.position(state.doc, slot, range.from + (first?.from ?? 0));
  const to = binding.position(state.doc, slot, range.from + (last?.to ?? 0));
  return transaction.setSelection(
    TextSelection.create(transaction.doc, transaction.mapping.map(from, -1), transaction.mapping.map(to, 1)),
  );
}

interface Difference {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What to change in `words` to have `wanted`: line by line where both have as many lines, so that blocks stay. */
function differences(words: string, wanted: string): Difference[] {
  const [before, after] = [words.split("\n"), wanted.split("\n")];
  if (before.length !== after.length) return difference(words, wanted, 0);
  let at = 0;
  return before.flatMap((line, i) => {
    const found = difference(line, after[i] ?? "", at);
    at += line.length + 1;
    return found;
  });
}

function difference(words: string, wanted: string, at: number): Difference[] {
  if (words === wanted) return [];
  const { start, end } = common(words, wanted);
  return [{ from: at + start, to: at + words.length - end, text: wanted.slice(start, wanted.length - end) }];
}

function put(transaction: Transaction, from: number, to: number, text: string): void {
  const $from = transaction.doc.resolve(from);
  const marks = (from < to ? $from.marksAcross(transaction.doc.resolve(to)) : null) ?? $from.marks();
  const lines = text
    .split("\n")
    .map((line) =>
      reportSchema.node(
        "block",
        { ...$from.parent.attrs, id: "" },
        line === "" ? [] : [reportSchema.text(line, marks)],
      ),
    );
  transaction.replace(from, to, new Slice(Fragment.from(lines), 1, 1));
}

/** How much two texts share at the beginning and at the end, never cutting a pair of surrogates. */
function common(a: string, b: string): { start: number; end: number } {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  if (start > 0 && isHigh(a.charAt(start - 1))) start--;
  let end = 0;
  while (end < shorter - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  if (end > 0 && isLow(a.charAt(a.length - end))) end--;
  return { start, end };
}

function isHigh(unit: string): boolean {
  return unit >= "\uD800" && unit <= "\uDBFF";
}

function isLow(unit: string): boolean {
  return unit >= "\uDC00" && unit <= "\uDFFF";
}
