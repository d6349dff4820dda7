import type { SlotChange, SlotPiece } from "#collab";

/**
 * How a section that waits for a composition to end differs from its slot's text: stretches that both have, that both
 * have but whose attributes changed, that only the section still shows, and that only the text has. After the last
 * stretch both go on alike. Indices are those of the text: of the section's as it would be, and of the slot's as it is.
 */
export class Lag {
  #stretches: Stretch[] = [{ kind: "same", length: Infinity }];

  /** Takes in what happened to the text while the section waits. */
  receive(changes: readonly SlotChange[]): void {
    const cursor = new Cursor(this.#stretches, "text");
    for (const change of changes) {
      if ("retain" in change) {
        cursor.take(change.retain, (part) =>
          change.attributes && part.kind === "same" ? { ...part, kind: "stale" } : part,
        );
      } else if ("delete" in change) {
        cursor.take(change.delete, (part) => (part.kind === "new" ? null : { ...part, kind: "gone" }));
      } else {
        cursor.put({ kind: "new", length: change.insert.length });
      }
    }
    this.#stretches = cursor.finish();
  }

  /** The index in the text of an index in the section: right after the character before it. */
  textIndex(index: number): number {
    let text = 0;
    let rest = index;
    for (const { kind, length } of this.#stretches) {
      if (rest === 0) return text;
      const shown = kind === "new" ? 0 : Math.min(rest, length);
      if (kind !== "gone") text += kind === "new" ? length : shown;
      rest -= shown;
    }
    return text;
  }

  /** The index in the section of an index in the text; inside text that it does not show yet, the place of that text. */
  sectionIndex(index: number): number {
    let shown = 0;
    let rest = index;
    for (const { kind, length } of this.#stretches) {
      if (rest === 0) return shown;
      const taken = kind === "gone" ? 0 : Math.min(rest, length);
      if (kind !== "new") shown += kind === "gone" ? length : taken;
      rest -= taken;
    }
    return shown;
  }

  /** True where the text has the character before an index of the section, with the same attributes. */
  keeps(index: number): boolean {
    let shown = 0;
    for (const { kind, length } of this.#stretches) {
      if (kind === "new") continue;
      shown += length;
      if (index <= shown) return index > 0 && kind === "same";
    }
    return false;
  }

  /** The stretches of the text, last first, that a stretch of the section covers and that the text still has. */
  covered(index: number, length: number): { at: number; length: number }[] {
    const parts: { at: number; length: number }[] = [];
    let shown = 0;
    let text = 0;
    for (const stretch of this.#stretches) {
      if (shown >= index + length) break;
      if (stretch.kind === "same" || stretch.kind === "stale") {
        const from = Math.max(index - shown, 0);
        const to = Math.min(index + length - shown, stretch.length);
        if (from < to) parts.push({ at: text + from, length: to - from });
      }
      if (stretch.kind !== "new") shown += stretch.length;
      if (stretch.kind !== "gone") text += stretch.length;
    }
    return parts.reverse();
  }

  /** Takes in an edit of the section that was carried to the text as well: `removed` units at `index`, then `added`. */
  edited(index: number, removed: number, added: number): void {
    const cursor = new Cursor(this.#stretches, "section");
    cursor.take(index, (part) => part);
    if (added > 0) cursor.put({ kind: "same", length: added });
    cursor.take(removed, () => null);
    this.#stretches = cursor.finish();
  }

  /** What brings the section up to the text, given the text's pieces. */
  changes(pieces: readonly SlotPiece[]): SlotChange[] {
    const changes: SlotChange[] = [];
    const queue = [...pieces];
    let used = 0;
    const take = (length: number): SlotPiece[] => {
      const parts: SlotPiece[] = [];
      let rest = length;
      while (rest > 0 && queue[0]) {
        const { text, attributes } = queue[0];
        const part = text.slice(used, used + rest);
        parts.push({ text: part, attributes });
        rest -= part.length;
        used += part.length;
        if (used === text.length) {
          queue.shift();
          used = 0;
        }
      }
      return parts;
    };
    for (const { kind, length } of this.#stretches.slice(0, -1)) {
      if (kind === "gone") {
        changes.push({ delete: length });
        continue;
      }
      const parts = take(length);
      if (kind === "same") changes.push({ retain: length });
      for (const { text, attributes } of kind === "same" ? [] : parts) {
        changes.push(kind === "new" ? { insert: text, attributes } : { retain: text.length, attributes });
      }
    }
    return changes;
  }
}

interface Stretch {
  readonly kind: "same" | "stale" | "gone" | "new";
  readonly length: number;
}

/** Goes along the stretches by the length of one side, passing over those which that side does not have. */
class Cursor {
  readonly #rest: Stretch[];
  readonly #done: Stretch[] = [];
  readonly #absent: Stretch["kind"];

  constructor(stretches: readonly Stretch[], side: "text" | "section") {
    this.#rest = [...stretches].reverse();
    this.#absent = side === "text" ? "gone" : "new";
  }

  take(length: number, change: (part: Stretch) => Stretch | null): void {
    let left = length;
    while (left > 0) {
      const stretch = this.#rest.pop();
      if (!stretch) return;
      if (stretch.kind === this.#absent) {
        this.#push(stretch);
        continue;
      }
      const part = Math.min(left, stretch.length);
      if (part < stretch.length) this.#rest.push({ ...stretch, length: stretch.length - part });
      this.#push(change({ ...stretch, length: part }));
      left -= part;
    }
  }

  put(stretch: Stretch): void {
    this.#push(stretch);
  }

  finish(): Stretch[] {
    while (this.#rest.length > 0) this.#push(this.#rest.pop() ?? null);
    return this.#done;
  }

  #push(stretch: Stretch | null): void {
    if (!stretch) return;
    const last = this.#done.at(-1);
    if (last?.kind === stretch.kind)
      this.#done[this.#done.length - 1] = { ...last, length: last.length + stretch.length };
    else this.#done.push(stretch);
  }
}
