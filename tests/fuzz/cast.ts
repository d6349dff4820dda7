import * as Y from "yjs";
import { docFrom, slotText } from "#collab";
import { numberedIds } from "../support/headless-view.ts";
import { Desk } from "./desk.ts";
import type { OldOperation, Store } from "./script.ts";

const NETWORK = { source: "network" };
const STORAGE = { source: "storage" };

/** After so many updates a store keeps one state in their place, as y-indexeddb does. */
const LONGEST_LOG = 30;

/** A way between two documents on which messages wait, in order, until somebody moves them on. */
export class Line {
  readonly waiting: Uint8Array[] = [];
  readonly #to: () => Y.Doc;

  constructor(to: () => Y.Doc) {
    this.#to = to;
  }

  /** Delivers the `n`th waiting message; `keep` leaves it there to come again. */
  deliver(n = 0, keep = false): void {
    const message = this.waiting[n];
    if (!message) return;
    if (!keep) this.waiting.splice(n, 1);
    Y.applyUpdate(this.#to(), message, NETWORK);
  }

  drop(n: number): void {
    this.waiting.splice(n, 1);
  }
}

/** One person at a desk, which is made anew at each reload, and the lines that tie it to the server. */
export class Person {
  readonly name: string;
  readonly lines: Readonly<Record<string, Line>>;
  readonly #cast: Cast;
  readonly #number: number;
  #sitting = 0;
  #log: Uint8Array[];
  #desk: Desk;
  decisions: Y.Doc;
  notes: Y.Doc;

  constructor(cast: Cast, number: number, body: Uint8Array) {
    this.#cast = cast;
    this.#number = number;
    this.name = String.fromCharCode(65 + number);
    this.lines = {
      up: new Line(() => cast.body),
      down: new Line(() => this.#desk.doc),
      "decisions-up": new Line(() => cast.decisions),
      "decisions-down": new Line(() => this.decisions),
      "notes-up": new Line(() => cast.notesOf(this.name)),
    };
    this.#log = [body];
    this.decisions = this.#side(new Uint8Array());
    this.notes = this.#side(new Uint8Array());
    this.#desk = this.#open(docFrom(body));
    this.#listen();
  }

  get desk(): Desk {
    return this.#desk;
  }

  /** Which sitting of this person it is: what undo may touch. */
  get session(): string {
    return `${this.name}${this.#sitting}`;
  }

  /** Throws the desk away and makes it anew from what is stored; what was under way on the lines is lost. */
  reload(from: Store, late: boolean): void {
    const stored = from === "log" ? this.#log : [Y.encodeStateAsUpdate(this.#desk.doc)];
    this.#desk.destroy();
    this.#sitting++;
    for (const line of Object.values(this.lines)) line.waiting.length = 0;
    this.decisions = this.#side(Y.encodeStateAsUpdate(this.decisions));
    this.notes = this.#side(Y.encodeStateAsUpdate(this.notes));
    this.#log = [...stored];
    if (late) {
      this.#desk = this.#open(new Y.Doc());
      for (const update of stored) Y.applyUpdate(this.#desk.doc, update, STORAGE);
    } else {
      this.#desk = this.#open(docFrom(...stored));
    }
    this.#listen();
  }

  #open(doc: Y.Doc): Desk {
    doc.clientID = this.#clientId();
    return new Desk(doc, this.#cast.slots, numberedIds(this.#sitting === 0 ? this.name : `${this.session}-`));
  }

  #clientId(): number {
    return 100 + this.#number + 10 * this.#sitting;
  }

  #side(state: Uint8Array): Y.Doc {
    const doc = state.length === 0 ? new Y.Doc() : docFrom(state);
    doc.clientID = this.#clientId();
    return doc;
  }

  #listen(): void {
    const tie = (doc: Y.Doc, line: string): void => {
      doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== NETWORK && origin !== STORAGE) this.lines[line]?.waiting.push(update);
      });
    };
    tie(this.#desk.doc, "up");
    tie(this.decisions, "decisions-up");
    tie(this.notes, "notes-up");
    this.#desk.doc.on("update", (update: Uint8Array) => {
      this.#log.push(update);
      if (this.#log.length > LONGEST_LOG) this.#log = [Y.encodeStateAsUpdate(this.#desk.doc)];
    });
  }
}

/** A server and several people on a network that can hold, reorder, repeat and lose messages. No clock, no sleep. */
export class Cast {
  readonly slots: readonly string[];
  readonly people: readonly Person[];
  body: Y.Doc;
  decisions: Y.Doc;
  #notes = new Map<string, Y.Doc>();

  constructor(count: number, slots: readonly string[], body: Uint8Array) {
    this.slots = slots;
    this.body = docFrom(body);
    this.decisions = new Y.Doc();
    this.people = Array.from({ length: count }, (_, i) => new Person(this, i, body));
    this.#listen();
  }

  person(name: string): Person {
    const found = this.people.find((person) => person.name === name);
    if (!found) throw new RangeError(`nobody is called ${name}`);
    return found;
  }

  /** The server's copy of what one person has written. */
  notesOf(name: string): Y.Doc {
    const found = this.#notes.get(name) ?? new Y.Doc();
    this.#notes.set(name, found);
    return found;
  }

  /** Everything that waits is forgotten, and what is missing is asked for, as at a reconnection. */
  reconnect(person: Person): void {
    for (const line of Object.values(person.lines)) line.waiting.length = 0;
    exchange(person.desk.doc, this.body);
    exchange(person.decisions, this.decisions);
    exchange(person.notes, this.notesOf(person.name));
  }

  /** The server starts again from its bytes. What was under way is lost. */
  restart(): void {
    this.body = docFrom(Y.encodeStateAsUpdate(this.body));
    this.decisions = docFrom(Y.encodeStateAsUpdate(this.decisions));
    this.#notes = new Map([...this.#notes].map(([name, doc]) => [name, docFrom(Y.encodeStateAsUpdate(doc))]));
    for (const person of this.people) for (const line of Object.values(person.lines)) line.waiting.length = 0;
    this.#listen();
  }

  /** An old or foreign client, always in step with the server, writes by Yjs itself. */
  write(slot: string, operation: OldOperation): Y.Doc {
    const doc = docFrom(Y.encodeStateAsUpdate(this.body));
    doc.clientID = 3;
    const text = slotText(doc, slot);
    const words = text.toJSON();
    const at = boundary(words, Math.min(operation.at, text.length));
    if ("insert" in operation) text.insert(at, operation.insert, operation.attributes);
    else {
      const to = boundary(words, Math.min(at + operation.length, text.length));
      if (to > at) text.format(at, to - at, operation.attributes);
    }
    Y.applyUpdate(this.body, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(this.body)), NETWORK);
    return doc;
  }

  /** Reconnects everybody until all hold the same. */
  quiesce(): void {
    for (let round = 0; round < 12; round++) {
      for (const person of this.people) this.reconnect(person);
      const still = this.people.every(
        (person) =>
          isSameState(person.desk.doc, this.body) &&
          isSameState(person.decisions, this.decisions) &&
          isSameState(person.notes, this.notesOf(person.name)),
      );
      if (still) return;
    }
    throw new Error("the documents do not come to rest");
  }

  destroy(): void {
    for (const person of this.people) person.desk.destroy();
  }

  #listen(): void {
    this.body.on("update", (update: Uint8Array) => {
      for (const person of this.people) person.lines["down"]?.waiting.push(update);
    });
    this.decisions.on("update", (update: Uint8Array) => {
      for (const person of this.people) person.lines["decisions-down"]?.waiting.push(update);
    });
  }
}

function exchange(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), NETWORK);
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), NETWORK);
}

/** True where two documents hold the same structs and deletions. */
function isSameState(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));
}

/** An index moved off the middle of a surrogate pair. */
function boundary(words: string, index: number): number {
  return /^[\uDC00-\uDFFF]/.test(words.slice(index)) ? index - 1 : index;
}
