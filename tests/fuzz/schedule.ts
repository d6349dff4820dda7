import * as Y from "yjs";
import { markerAttributes, slotText } from "#collab";
import { assertFresh, assertReloads, assertWhole, countCharacters, spell } from "../support/laws.ts";
import { Peers } from "../support/peers.ts";
import type { Peer } from "../support/peers.ts";
import { random } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { edit, EDITS } from "./edit.ts";
import type { EditName } from "./edit.ts";

export const SLOTS = ["opening", "results", "causes", "tasks"];

/** What a schedule did, so that one can see that it did something. */
export interface Tally {
  readonly edits: Record<EditName, number>;
  /** Rounds in which at least two people edited without hearing of each other. */
  concurrentRounds: number;
  deliveries: number;
  held: number;
  reordered: number;
  repeated: number;
  dropped: number;
  compositions: number;
  waited: number;
  characters: number;
}

export function emptyTally(): Tally {
  const edits = Object.fromEntries(Object.keys(EDITS).map((name) => [name, 0])) as Record<EditName, number>;
  return {
    edits,
    concurrentRounds: 0,
    deliveries: 0,
    held: 0,
    reordered: 0,
    repeated: 0,
    dropped: 0,
    compositions: 0,
    waited: 0,
    characters: 0,
  };
}

/** A law that did not hold, with all one needs to see it again. */
export class LawBroken extends Error {
  constructor(seed: number, log: readonly string[], cause: unknown) {
    super(
      `seed ${seed}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n${log.join("\n")}`,
      { cause },
    );
    this.name = "LawBroken";
  }
}

/** Who removed and who brought back a character. */
interface Fate {
  readonly removers: Set<string>;
  readonly restorers: Set<string>;
  /** Those of the restorers who cut it and pasted it elsewhere: each of them may have made one more of it. */
  readonly movers: Set<string>;
  /** The most of it that anybody had before them when they edited. */
  most: number;
  /** How many there are in the eyes of the last who touched it. */
  last: number;
}

/** Runs one random schedule and throws a {@link LawBroken} where a law does not hold. The same seed, the same run. */
export function runSchedule(seed: number, tally: Tally): void {
  const log: string[] = [];
  try {
    new Schedule(seed, tally, log).run();
  } catch (cause) {
    throw new LawBroken(seed, log, cause);
  }
}

class Schedule {
  readonly #r: Random;
  readonly #tally: Tally;
  readonly #log: string[];
  readonly #fates = new Map<string, Fate>();
  readonly #peers: Peers;
  readonly #added = new Map<string, Set<string>>();
  readonly #removed = new Map<string, Set<string>>();
  #next = 0;

  constructor(seed: number, tally: Tally, log: string[]) {
    this.#r = random(seed);
    this.#tally = tally;
    this.#log = log;
    const doc = this.#seedDoc();
    this.#peers = new Peers(this.#r() < 0.5 ? 2 : 3, SLOTS, Y.encodeStateAsUpdate(doc));
  }

  run(): void {
    const rounds = 2 + this.#r.int(3);
    for (let round = 0; round < rounds; round++) this.#round(round);
    for (const peer of this.#peers.all) peer.view.endComposition();
    this.#peers.quiesce();
    this.#finish();
    this.#peers.destroy();
  }

  #seedDoc(): Y.Doc {
    const doc = new Y.Doc();
    doc.clientID = 2;
    let id = 0;
    doc.transact(() => {
      for (const slot of SLOTS) {
        const text = slotText(doc, slot);
        // One slot in eight begins as nobody's: without any marker, so that all write in a lead.
        const blocks = this.#r() < 0.125 ? 0 : 1 + this.#r.int(3);
        for (let b = 0; b < blocks; b++) {
          const kind = this.#r.pick(["paragraph", "heading", "item"] as const);
          text.insert(text.length, "\n", markerAttributes(`s${++id}`, kind, kind === "paragraph" ? 0 : 1));
          const word = Array.from({ length: this.#r.int(7) }, () => this.#fresh()).join("");
          if (word !== "") text.insert(text.length, word, {});
        }
      }
    });
    return doc;
  }

  /** A character that nobody has typed. Every eighth is two UTF-16 units. */
  #fresh(): string {
    const n = this.#next++;
    const char = String.fromCodePoint((n % 8 === 7 ? 0x20000 : 0x4e00) + n);
    this.#fates.set(char, { removers: new Set(), restorers: new Set(), movers: new Set(), most: 1, last: 1 });
    this.#tally.characters++;
    return char;
  }

  #round(round: number): void {
    const r = this.#r;
    let editors = 0;
    // Some are offline for the whole round: what they send and are sent waits.
    const offline = new Set(this.#peers.all.filter(() => r() < 0.4));
    for (const peer of this.#peers.all) {
      const edits = r.int(6);
      if (edits > 0) editors++;
      if (r() < 0.25) {
        peer.view.beginComposition();
        this.#tally.compositions++;
        this.#log.push(`${round} ${peer.name} begins to compose`);
      }
      for (let i = 0; i < edits; i++) {
        this.#edit(peer);
        if (r() < 0.5) this.#traffic(offline);
      }
    }
    if (editors > 1) this.#tally.concurrentRounds++;
    for (let i = r.int(8); i > 0; i--) this.#traffic(offline);
    for (const peer of this.#peers.all) {
      if (peer.view.composing() && r() < 0.7) {
        if (peer.view.binding.waiting) this.#tally.waited++;
        peer.view.endComposition();
        this.#log.push(`${round} ${peer.name} ends composing`);
        this.#check(peer);
      }
      if (r() < 0.5) {
        this.#log.push(`${round} ${peer.name} reconnects`);
        this.#peers.reconnect(peer);
        this.#check(peer);
      }
    }
  }

  /** One thing happens to one message that waits. */
  #traffic(offline: ReadonlySet<Peer>): void {
    const r = this.#r;
    const peer = r.pick(this.#peers.all);
    if (offline.has(peer)) {
      this.#tally.held++;
      return;
    }
    const line = r.pick([peer.up, peer.down]);
    if (line.waiting.length === 0) return;
    const n = r() < 0.7 ? 0 : r.int(line.waiting.length);
    const name = `${peer.name} ${line === peer.up ? "up" : "down"} ${n}`;
    if (r() < 0.08) {
      line.drop(n);
      this.#tally.dropped++;
      this.#log.push(`  ${name} dropped`);
      return;
    }
    const keep = r() < 0.1;
    if (keep) this.#tally.repeated++;
    if (n > 0) this.#tally.reordered++;
    this.#tally.deliveries++;
    this.#log.push(`  ${name}${keep ? " (stays)" : ""}`);
    line.deliver(n, keep);
    if (line === peer.down) this.#check(peer);
  }

  #edit(peer: Peer): void {
    const { view } = peer;
    const name = this.#r.weighted(EDITS);
    const before = countCharacters(view.state.doc);
    const shown = spell(view.state.doc);
    const done = edit(name, view, this.#r, () => this.#fresh());
    this.#tally.edits[name]++;
    this.#log.push(`${peer.name} ${done.what}`, `    ${shown}`, `  = ${spell(view.state.doc)}`);
    this.#check(peer);
    this.#account(peer, before, done.mayRemove, done.added);
  }

  /** Law 3 at the hand: an edit takes away only what it was to take away, and doubles nothing. */
  #account(
    peer: Peer,
    before: Map<string, number>,
    mayRemove: ReadonlySet<string> | null,
    added: readonly string[],
  ): void {
    const now = countCharacters(peer.view.state.doc);
    const mine = setOf(this.#added, peer.name);
    const gone = setOf(this.#removed, peer.name);
    for (const char of added) mine.add(char);
    for (const char of new Set([...before.keys(), ...now.keys()])) {
      const was = before.get(char) ?? 0;
      const is = now.get(char) ?? 0;
      const fate = this.#fates.get(char);
      if (!fate) throw new Error(`${char} came from nowhere`);
      // Whoever saw it twice and deleted both may bring both back.
      fate.most = Math.max(fate.most, was);
      if (is > Math.max(fate.most, 1 + fate.movers.size)) throw new Error(`${peer.name} doubled ${char}`);
      if (is < was) {
        const allowed = mayRemove ? mayRemove.has(char) : mine.has(char);
        if (!allowed) throw new Error(`${peer.name} lost ${char} that nobody meant to delete`);
        fate.removers.add(peer.name);
        fate.last = is;
        gone.add(char);
      } else if (is > was && !added.includes(char)) {
        if (!gone.has(char)) throw new Error(`${peer.name} brought back ${char} that was never theirs to bring back`);
        fate.restorers.add(peer.name);
        fate.last = is;
        mine.add(char);
      } else if (mayRemove?.has(char) && is === was && was > 0 && !added.includes(char)) {
        // Moved in one go: removed and put elsewhere by the same hand.
        fate.removers.add(peer.name);
        fate.restorers.add(peer.name);
        fate.movers.add(peer.name);
        gone.add(char);
        mine.add(char);
      }
    }
  }

  #check(peer: Peer): void {
    const { view } = peer;
    assertWhole(view.state.doc, SLOTS);
    if (!view.binding.waiting) assertFresh(view.state.doc, view.doc, SLOTS);
  }

  #finish(): void {
    const [first] = this.#peers.all;
    if (!first) return;
    for (const peer of this.#peers.all) {
      this.#check(peer);
      assertReloads(peer.view.state.doc, peer.view.doc, SLOTS);
      if (!peer.view.state.doc.eq(first.view.state.doc)) throw new Error(`${first.name} and ${peer.name} differ`);
    }
    const counts = countCharacters(first.view.state.doc);
    for (const [char, { removers, restorers, last }] of this.#fates) {
      const count = counts.get(char) ?? 0;
      const hands = new Set([...removers, ...restorers]);
      if (hands.size === 0 && count !== 1) throw new Error(`${char}: nobody touched it, and there are ${count}`);
      if (hands.size === 1 && count !== last)
        throw new Error(`${char}: one person left ${last}, and there are ${count}`);
      if (restorers.size === 0 && removers.size > 0 && count > 0)
        throw new Error(`${char} was deleted, and there are ${count}`);
      if (count > 1) throw new Error(`${char} is doubled: ${count}`);
    }
  }
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  const found = map.get(key) ?? new Set();
  map.set(key, found);
  return found;
}
