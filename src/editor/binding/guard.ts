import { Plugin } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { AttrStep } from "prosemirror-transform";
import { changedRanges, isMarkStep } from "./changed-range.ts";
import { sectionAt } from "./flat.ts";

const REMOTE = "slots-remote";

/** Marks a transaction as one that shows what the slots' texts already say: it is not written to them again. */
export function markRemote(transaction: Transaction): Transaction {
  return transaction.setMeta(REMOTE, true).setMeta("addToHistory", false);
}

/** True for a transaction that shows what the slots' texts already say. */
export function isRemote(transaction: Transaction): boolean {
  return transaction.getMeta(REMOTE) === true;
}

/**
 * Keeps the skeleton: no transaction adds, removes, reorders or renames a section, and none replaces across the border
 * of two, which would carry text from one slot into another. A refused transaction changes nothing.
 */
export function skeletonGuard(slots: readonly string[]): Plugin {
  return new Plugin({
    filterTransaction: (transaction) =>
      !transaction.docChanged ||
      (keepsSkeleton(transaction, slots) && (isRemote(transaction) || staysInside(transaction))),
  });
}

function keepsSkeleton(transaction: Transaction, slots: readonly string[]): boolean {
  const { children } = transaction.doc;
  return children.length === slots.length && children.every((section, i) => section.attrs["slot"] === slots[i]);
}

function staysInside(transaction: Transaction): boolean {
  return transaction.steps.every((step, i) => {
    if (isMarkStep(step)) return true;
    const before = transaction.docs[i] ?? transaction.doc;
    const after = transaction.docs[i + 1] ?? transaction.doc;
    if (step instanceof AttrStep && before.resolve(step.pos).depth === 0) return false;
    const ranges = changedRanges(step, before, after);
    const first = ranges[0];
    const last = ranges.at(-1);
    if (!first || !last) return true;
    const section = sectionAt(before, first.from);
    return section !== null && section.slot === sectionAt(before, last.to)?.slot;
  });
}
