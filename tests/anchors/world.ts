import * as Y from "yjs";
import { docFrom, readSlot, slotText } from "#collab";
import type { Block } from "#model";
import type { Random } from "../support/random.ts";
import { numberedIds } from "../support/headless-view.ts";
import { Desk } from "../fuzz/desk.ts";
import type { Carried } from "../fuzz/desk.ts";
import { Ledger } from "./ledger.ts";
import type { Unit } from "./ledger.ts";
import { hold } from "./methods.ts";
import type { Held } from "./methods.ts";
import { proseBody, SLOTS, stretch } from "./prose.ts";
import type { Stretch, Supposition } from "./verdict.ts";
import { groupsOf } from "./verdict.ts";

/** A stretch of what an editor shows. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What somebody cut and may paste. */
interface Cut {
  readonly carried: Carried;
  readonly units: readonly Unit[];
}

/** A version that was saved, and which signs stood in it. */
interface Version {
  readonly state: Uint8Array;
  readonly units: readonly Unit[];
}

/** One person at an editor. */
export class Seat {
  readonly desk: Desk;
  cut: Cut | null = null;
  version: Version | null = null;
  /** The signs by which somebody wrote the comment's words anew. */
  anew: ReadonlySet<number> = new Set();
  readonly #ledger: Ledger;

  constructor(state: Uint8Array, number: number, ledger: Ledger) {
    const doc = docFrom(state);
    doc.clientID = 100 + number;
    this.desk = new Desk(doc, SLOTS, numberedIds(`${String.fromCharCode(65 + number)}-`));
    this.#ledger = ledger;
  }

  get body(): Y.Doc {
    return this.desk.doc;
  }

  units(): Unit[] {
    return this.#ledger.read(this.body);
  }

  /** The signs with where the editor shows them. */
  shown(): Unit[] {
    const positions: number[] = [];
    this.desk.state.doc.descendants((node, pos) => {
      for (let i = 0; i < (node.text?.length ?? 0); i++) positions.push(pos + i);
    });
    const units = this.#ledger.read(this.body, positions);
    if (units.length !== positions.length) throw new Error("the editor does not show the text");
    return units;
  }

  /** What this person types, deletes, splits: what is new is new. */
  write(edit: () => void): void {
    this.#step(() => {
      edit();
      this.#ledger.settle(this.body);
    });
  }

  /** What changes places, with what comes of it. */
  arrange(wanted: readonly Pick<Unit, "sign" | "letter" | "carried">[], edit: () => void): void {
    this.#step(() => {
      edit();
      this.#ledger.arranged(this.body, wanted, true);
    });
  }

  /** What puts back a text that stood there once. */
  bring(wanted: readonly Pick<Unit, "sign" | "letter" | "carried">[], edit: () => void): void {
    this.#step(() => {
      edit();
      this.#ledger.arranged(this.body, wanted, false);
    });
  }

  undo(): boolean {
    const done = this.desk.history.undo();
    this.#ledger.broughtBack(this.body);
    return done;
  }

  redo(): boolean {
    const done = this.desk.history.redo();
    this.#ledger.broughtBack(this.body);
    return done;
  }

  /** This person writes words anew that are gone: signs that say the same as those of the comment. */
  writeAnew(pos: number, units: readonly Unit[], about: ReadonlySet<number>, edit: () => void): void {
    this.write(edit);
    const written = this.shown().filter((unit) => unit.pos >= pos && unit.pos < pos + units.length);
    this.anew = new Set(written.filter((_, i) => about.has(units[i]?.sign ?? -1)).map(({ sign }) => sign));
  }

  save(): void {
    this.version = { state: Y.encodeStateAsUpdate(this.body), units: this.units() };
  }

  #step(edit: () => void): void {
    this.desk.history.stop();
    edit();
    this.desk.history.stop();
  }
}

/** A report with one comment on it, and people who write in it. */
export class World {
  readonly seats: readonly Seat[];
  readonly ledger: Ledger;
  readonly held: Held;
  readonly about: ReadonlySet<number>;

  constructor(r: Random, people: number) {
    const body = proseBody(r, 1);
    this.ledger = new Ledger(SLOTS, body);
    const slot = r.pick(SLOTS);
    const words = body.getText(`slot:${slot}`).toJSON();
    const target = { slot, ...stretch(r, words) };
    this.held = hold(body, target);
    const units = this.ledger.read(body);
    this.about = new Set(
      units
        .filter((unit) => unit.slot === slot && unit.index >= target.from && unit.index < target.to)
        .map(({ sign }) => sign),
    );
    const state = Y.encodeStateAsUpdate(body);
    this.seats = Array.from({ length: people }, (_, i) => new Seat(state, i, this.ledger));
  }

  /** Everybody hears of everything, and of what follows from it. */
  meet(): void {
    for (let round = 0; round < 12; round++) {
      for (const one of this.seats) for (const other of this.seats) if (one !== other) exchange(one.body, other.body);
      for (const { body } of this.seats) this.ledger.settle(body);
      const [first, ...others] = this.seats.map(({ body }) => Y.snapshot(body));
      if (first && others.every((other) => Y.equalSnapshots(first, other))) return;
    }
    throw new Error("the documents do not come to rest");
  }

  /** Where the comment's words stand in what somebody sees; null where none does. */
  aim(shown: readonly Unit[]): Range | null {
    const groups = groupsOf(shown, this.about, this.ledger.first).toSorted((a, b) => b.count - a.count);
    const [most] = groups;
    if (!most) return null;
    const there = shown.filter(({ slot, index }) => slot === most.slot && index >= most.from && index < most.to);
    const [first, last] = [there[0], there.at(-1)];
    return first && last ? { from: first.pos, to: last.pos + 1 } : null;
  }

  /** How a supposed place stands to where the comment's words were written anew; null where some of themselves stand. */
  judgeSupposed(units: readonly Unit[], supposed: Stretch | null): Supposition | null {
    if (units.some(({ sign }) => this.about.has(sign))) return null;
    if (!supposed) return "none";
    const { slot, from, to } = supposed;
    const there = units.filter((unit) => unit.slot === slot && unit.index >= from && unit.index < to);
    return there.length > 0 && this.seats.some(({ anew }) => there.every(({ sign }) => anew.has(sign)))
      ? "right"
      : "wrong";
  }

  /** The text with the comment's signs in brackets. */
  told(body: Y.Doc): string {
    let told = "";
    let [slot, index] = ["", 0];
    let inside = false;
    for (const unit of this.ledger.read(body)) {
      const own = this.about.has(unit.sign);
      if (inside && (!own || unit.slot !== slot || unit.index > index + 1)) told += "]";
      if (unit.slot !== slot) told += ` ${unit.slot}: `;
      else if (unit.index > index + 1) told += " / ";
      if (own && (!inside || (told.endsWith(" ") && (unit.slot !== slot || unit.index > index + 1)))) told += "[";
      inside = own;
      told += unit.letter;
      ({ slot, index } = unit);
    }
    return told + (inside ? "]" : "");
  }

  destroy(): void {
    for (const { desk } of this.seats) desk.destroy();
  }
}

function exchange(from: Y.Doc, to: Y.Doc): void {
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), { source: "network" });
}

/** The text of a saved version. */
export function textOf(body: Y.Doc): Record<string, readonly Block[]> {
  return Object.fromEntries(SLOTS.map((slot) => [slot, readSlot(slotText(body, slot))]));
}
