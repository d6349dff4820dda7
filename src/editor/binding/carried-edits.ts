import * as Y from "yjs";
import { deleteRuns, Lineage, recordCopies, slotPieces } from "#collab";
import type { Copy, Run } from "#collab";

/** What a transaction deleted. */
type Gone = ReturnType<typeof Y.createDeleteSet>;

/** A place in a text. */
export interface Caret {
  readonly text: Y.Text;
  readonly index: number;
}

/**
 * What this person changed in words that somebody else was moving at the same time, carried after them: what was typed
 * among the words is put where they are now, what was deleted there is deleted from them. Each editor carries the edits
 * of its own person since it was opened, so nothing is carried twice.
 */
export class CarriedEdits {
  readonly #doc: Y.Doc;
  /** A place in the texts that goes with the words it stands in: the caret. */
  #caret: Caret | null = null;
  #deleted: Gone[] = [];

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** Takes note of what a transaction of this person deleted. */
  note({ deleteSet }: Y.Transaction): void {
    if (deleteSet.clients.size === 0) return;
    this.#deleted.push(deleteSet);
    if (this.#deleted.length > 256) this.#deleted = [Y.mergeDeleteSets(this.#deleted)];
  }

  /**
   * Carries this person's edits after words that others moved, within a transaction of the caller. `gone` is what was
   * deleted when the moves arrived: what this person wrote there before was written without knowing of them. Returns where
   * `caret` is afterwards if it stood behind something that was carried, else null.
   */
  carry(copies: readonly Copy[], gone: Gone, caret: Caret | null): Caret | null {
    this.#caret = null;
    const own = this.#doc.clientID;
    const moves = copies.filter(({ move, to }) => move !== null && to.client !== own);
    if (moves.length === 0) return null;
    deleteRuns(this.#doc, this.#deletions(moves));
    for (const move of moves) this.#insertions(move, moves, gone, caret);
    return this.#caret;
  }

  /** The copies of what this person had deleted before it was moved. What moved here as well is no deletion. */
  #deletions(moves: readonly Copy[]): Run[] {
    const runs: Run[] = [];
    for (const { from, to } of moves) {
      for (const set of this.#deleted) {
        for (const { clock, len } of set.clients.get(from.client) ?? []) {
          const begin = Math.max(clock, from.clock);
          const end = Math.min(clock + len, from.clock + from.length);
          for (let at = begin; at < end; at++) {
            const unit = { client: from.client, clock: at, length: 1 };
            const copy = { client: to.client, clock: to.clock + at - from.clock, length: 1 };
            // What undo took away and put back where it was, or a move elsewhere, is no deletion either.
            const kept = Lineage.of(this.#doc)
              .kin(unit)
              .some((one) => one.client === this.#doc.clientID);
            // Where a block began, deleting meant joining it with the one before, which is another one now.
            if (!kept && charOf(this.#doc, copy) !== "\n") runs.push(copy);
          }
        }
      }
    }
    return runs;
  }

  #insertions(move: Copy, moves: readonly Copy[], gone: Gone, caret: Caret | null): void {
    const end = move.from.clock + move.from.length;
    for (let clock = move.from.clock; clock < end;) {
      const item = itemAt(this.#doc, { client: move.from.client, clock });
      if (!item) return;
      clock = item.id.clock + item.length;
      // A stretch that was moved may end within an item: nothing of this person stands behind it there.
      if (clock <= end && Y.isDeleted(gone, item.lastId))
        this.#put(this.#strays(item, move, moves), item.lastId, move, caret);
    }
  }

  /** What this person wrote right behind an item that was moved away. */
  #strays(item: Y.Item, { next }: Copy, moves: readonly Copy[]): Y.Item[] {
    const strays: Y.Item[] = [];
    for (let at = item.right; at !== null; at = at.right) {
      if (moves.some(({ from }) => holds(from, at)) || (next && holds({ ...next, length: 1 }, at))) break;
      if (at.deleted || !at.countable) continue;
      if (at.id.client !== this.#doc.clientID || !(at.content instanceof Y.ContentString)) break;
      // What was itself moved here, or brought back, is judged by its own lineage.
      if (Lineage.of(this.#doc).holdsCopies({ client: at.id.client, clock: at.id.clock, length: at.length })) break;
      strays.push(at);
    }
    return strays;
  }

  /** Puts stray items behind the copy of what they stand behind. Without such a copy they stay. */
  #put(strays: readonly Y.Item[], after: Y.ID, move: Copy, caret: Caret | null): void {
    if (strays.length === 0) return;
    const lineage = Lineage.of(this.#doc);
    const living = lineage.living({ client: after.client, clock: after.clock, length: 1 });
    const [place] = living.filter((one) => one.move === `${move.to.client}:${move.move}`);
    const item = place && itemAt(this.#doc, place);
    if (!place || !item || !(item.parent instanceof Y.Text)) return;
    const target = item.parent;
    let index = indexOf(item) + place.clock - item.id.clock + 1;
    for (const stray of strays) {
      const words = wordsOf(stray);
      const behind = caret?.text === stray.parent ? (caret?.index ?? 0) - indexOf(stray) : 0;
      const holdsCaret = behind > 0 && behind <= words.length;
      target.insert(index, words, attributesOf(stray));
      const made = itemAtIndex(target, index);
      const to = made && { client: made.item.id.client, clock: made.item.id.clock + made.offset };
      if (to) {
        const from = { client: stray.id.client, clock: stray.id.clock, length: stray.length };
        const next = livingBehind(stray);
        recordCopies(this.#doc, [{ from, to, move: move.move, ...(next ? { next } : {}) }]);
        // Undo follows this link, as it does to what it has itself brought back.
        stray.redone = Y.createID(to.client, to.clock);
      }
      if (holdsCaret) this.#caret = { text: target, index: index + behind };
      index += words.length;
    }
    deleteRuns(
      this.#doc,
      strays.map(({ id, length }) => ({ client: id.client, clock: id.clock, length })),
    );
  }
}

function holds(run: Run, item: Y.Item): boolean {
  return (
    run.client === item.id.client && run.clock < item.id.clock + item.length && item.id.clock < run.clock + run.length
  );
}

/** What stands right behind an item and is not deleted, if anything is. */
function livingBehind(item: Y.Item): Y.ID | null {
  for (let at = item.right; at !== null; at = at.right) if (!at.deleted && at.countable) return at.id;
  return null;
}

function itemAt(doc: Y.Doc, { client, clock }: { readonly client: number; readonly clock: number }): Y.Item | null {
  if (clock >= Y.getState(doc.store, client)) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock));
  return item instanceof Y.Item ? item : null;
}

function charOf(doc: Y.Doc, run: Run): string {
  const item = itemAt(doc, run);
  return item ? wordsOf(item).charAt(run.clock - item.id.clock) : "";
}

function wordsOf({ content }: Y.Item): string {
  return content instanceof Y.ContentString ? content.str : "";
}

/** The index at which a living item begins. */
function indexOf(item: Y.Item): number {
  let index = 0;
  for (let left = item.left; left !== null; left = left.left) if (!left.deleted && left.countable) index += left.length;
  return index;
}

function itemAtIndex(text: Y.Text, index: number): { item: Y.Item; offset: number } | null {
  let rest = index;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (rest < item.length) return { item, offset: rest };
    rest -= item.length;
  }
  return null;
}

/** The attributes that a living item's text bears. */
function attributesOf(item: Y.Item): Record<string, unknown> {
  if (!(item.parent instanceof Y.Text)) return {};
  let rest = indexOf(item);
  for (const piece of slotPieces(item.parent)) {
    if (rest < piece.text.length) return { ...piece.attributes };
    rest -= piece.text.length;
  }
  return {};
}
