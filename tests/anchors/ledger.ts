import * as Y from "yjs";
import { slotText } from "#collab";

/** A sign of the text as it stands. Beginnings of blocks are none. */
export interface Unit {
  /** The name that Yjs gave it. */
  readonly id: number;
  /** Which sign it is, whatever name it has by now: see {@link Ledger}. */
  readonly sign: number;
  /** True where somebody carried it to where it is. */
  readonly carried: boolean;
  readonly letter: string;
  readonly slot: string;
  /** Its index in the flat text of its slot. */
  readonly index: number;
  /** Where an editor shows it, or -1 where no editor was asked. */
  readonly pos: number;
}

/** A sign that is to stand somewhere. */
type Wanted = Pick<Unit, "sign" | "letter" | "carried">;

/**
 * Knows of every sign of a text which one it is, through all that is done to it, and without asking the code that is
 * judged by it: from what Yjs itself says of signs that stay or that its undo brings back, and from what a person was
 * seen to do with those that are carried. A sign that was typed anew is another one, whatever it says.
 */
export class Ledger {
  readonly #slots: readonly string[];
  readonly #signs = new Map<number, number>();
  readonly #carried = new Set<number>();
  readonly #settled = new Map<number, number>();
  #next = 0;
  /** Signs below this number stood there from the beginning. */
  readonly first: number;

  constructor(slots: readonly string[], body: Y.Doc) {
    this.#slots = slots;
    this.settle(body);
    this.first = this.#next;
  }

  /**
   * The signs that stand in a body, in the order of its slots. All must be known. Where an editor shows them is said by
   * `positions`, one for each.
   */
  read(body: Y.Doc, positions?: readonly number[]): Unit[] {
    const units: Unit[] = [];
    for (const slot of this.#slots) {
      let index = 0;
      for (let item = slotText(body, slot)._start; item !== null; item = item.right) {
        if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
        const { str } = item.content;
        for (let i = 0; i < str.length; i++, index++) {
          const letter = str.charAt(i);
          if (letter === "\n") continue;
          const id = nameOf(item.id.client, item.id.clock + i);
          const sign = this.#signs.get(id) ?? -1;
          const pos = positions?.[units.length] ?? -1;
          units.push({ id, sign, carried: this.#carried.has(id), letter, slot, index, pos });
        }
      }
    }
    return units;
  }

  /** Takes every sign that is not known yet for a new one. */
  settle(body: Y.Doc): void {
    for (const slot of this.#slots) {
      for (let item = slotText(body, slot)._start; item !== null; item = item.right) {
        const { client, clock } = item.id;
        // What somebody has settled before is known to the last sign.
        if (item.deleted || clock + item.length <= (this.#settled.get(client) ?? 0)) continue;
        for (let i = 0; i < item.length; i++) {
          const id = nameOf(client, clock + i);
          if (!this.#signs.has(id)) this.#signs.set(id, this.#next++);
        }
      }
    }
    // What somebody has deleted before anybody settled it does not come back under its name.
    for (const client of body.store.clients.keys()) {
      this.#settled.set(client, Math.max(Y.getState(body.store, client), this.#settled.get(client) ?? 0));
    }
  }

  /** A person put what stood there into another order, of which the outcome is known, or put back what stood there once. */
  arranged(body: Y.Doc, wanted: readonly Wanted[], carried: boolean): void {
    const units = this.read(body);
    if (spell(units) !== spell(wanted)) {
      throw new Error(`this was to come of it:\n${spell(wanted)}\nand this came:\n${spell(units)}`);
    }
    for (const [i, { id, sign }] of units.entries()) {
      const now = wanted[i]?.sign ?? -1;
      if (now === sign) continue;
      this.#signs.set(id, now < 0 ? this.#next++ : now);
      // What was carried somewhere before a version was saved comes back there as such.
      if (carried || wanted[i]?.carried) this.#carried.add(id);
    }
  }

  /** A person took something back, or did it again: Yjs tells of what it brought back what that was. */
  broughtBack(body: Y.Doc): void {
    const fresh = new Set(this.read(body).flatMap(({ id, sign }) => (sign < 0 ? [id] : [])));
    if (fresh.size === 0) return;
    for (const structs of body.store.clients.values()) {
      for (const item of structs) {
        if (!(item instanceof Y.Item) || item.redone === null) continue;
        for (let i = 0; i < item.length; i++) {
          const id = nameOf(item.redone.client, item.redone.clock + i);
          const old = nameOf(item.id.client, item.id.clock + i);
          const sign = this.#signs.get(old);
          if (!fresh.has(id) || sign === undefined) continue;
          this.#signs.set(id, sign);
          if (this.#carried.has(old)) this.#carried.add(id);
        }
      }
    }
    this.settle(body);
  }
}

function nameOf(client: number, clock: number): number {
  return client * 1_000_000_000 + clock;
}

export function spell(units: readonly Pick<Unit, "letter">[]): string {
  return units.map(({ letter }) => letter).join("");
}
