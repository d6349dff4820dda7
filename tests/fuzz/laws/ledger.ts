import * as Y from "yjs";
import { slotText } from "#collab";

/** Signs that are typed over and over; every other character is typed once. */
export const SIGNS: ReadonlySet<string> = new Set(" |-+#1a.)");

/** What an edit was to do, told by whoever chose it. */
export interface Intent {
  /** The characters that a person saw and chose to take away; null where history decides. */
  readonly removes: ReadonlySet<string> | null;
  /** The characters that are new. */
  readonly adds: ReadonlySet<string>;
}

/**
 * Law 3, kept as books are. Every time a character is put into the text it is one instance, named by the id that Yjs
 * gives it. An instance is there in the end if and only if somebody put it there and nobody who saw it took it away.
 */
export class Ledger {
  readonly #slots: readonly string[];
  readonly #chars = new Map<string, string>();
  readonly #seen = new Set<string>();
  readonly #removed = new Set<string>();
  /** Who brought a character back, by undo or by moving it. */
  readonly #bringers = new Map<string, Set<string>>();
  readonly #moved = new Set<string>();
  readonly #gone = new Map<string, Set<string>>();

  constructor(slots: readonly string[], body: Y.Doc) {
    this.#slots = slots;
    this.#put(this.read(body));
  }

  /** Every character of a body by the id of its instance. */
  read(body: Y.Doc): Map<string, string> {
    return instancesOf(body, this.#slots);
  }

  /** True for a character that somebody cut and pasted or dragged. */
  wasMoved(char: string): boolean {
    return this.#moved.has(char);
  }

  /** How many characters were ever put in. */
  get size(): number {
    return this.#chars.size;
  }

  /** Enters what one person's edit did to their own document, and throws where it did what it was not to do. */
  enter(session: string, body: Y.Doc, before: ReadonlyMap<string, string>, intent: Intent): void {
    const now = this.read(body);
    const own = `${body.clientID}:`;
    const gone = this.#gone.get(session) ?? new Set<string>();
    this.#gone.set(session, gone);
    const history = intent.removes === null;
    for (const [id, char] of before) {
      if (now.has(id)) continue;
      const allowed = intent.removes?.has(char) ?? id.startsWith(own);
      if (!allowed) throw new Error(`${session} took away ${char} that nobody meant to take away`);
      this.#removed.add(id);
      gone.add(char);
    }
    for (const [id, char] of now) {
      if (before.has(id)) continue;
      if (!id.startsWith(own)) throw new Error(`${char} came in another's name`);
      this.#chars.set(id, char);
      const known = this.#seen.has(char);
      this.#seen.add(char);
      const allowed = history ? gone.has(char) : intent.adds.has(char) || intent.removes?.has(char);
      if (!allowed) throw new Error(`${session} put in ${char} that was never theirs to put in`);
      if (!known) continue;
      if (!history) this.#moved.add(char);
      this.#bringers.set(char, (this.#bringers.get(char) ?? new Set<string>()).add(session));
    }
  }

  /** Enters what somebody wrote who is bound to nothing. */
  enterForeign(before: ReadonlyMap<string, string>, body: Y.Doc): void {
    const now = this.read(body);
    for (const id of before.keys()) if (!now.has(id)) this.#removed.add(id);
    this.#put(new Map([...now].filter(([id]) => !before.has(id))));
  }

  #put(instances: ReadonlyMap<string, string>): void {
    for (const [id, char] of instances) {
      this.#chars.set(id, char);
      this.#seen.add(char);
    }
  }

  /**
   * The end: everything put in and not taken away is there, and nothing else. Gives the characters that stand more
   * than once; only such as several people brought back, not knowing of each other, may.
   */
  close(body: Y.Doc): Set<string> {
    const now = this.read(body);
    const seen = new Set<string>();
    const doubled = new Set<string>();
    for (const [id, char] of this.#chars) {
      if (now.has(id) === this.#removed.has(id)) {
        throw new Error(
          `${char} (${id}) was ${now.has(id) ? "taken away, and is there" : "never taken away, and is gone"}`,
        );
      }
      if (!now.has(id) || SIGNS.has(char)) continue;
      if (seen.has(char)) doubled.add(char);
      seen.add(char);
    }
    for (const id of now.keys()) if (!this.#chars.has(id)) throw new Error(`${id} came from nowhere`);
    for (const char of doubled) {
      if ((this.#bringers.get(char)?.size ?? 0) < 2) throw new Error(`${char} is doubled`);
    }
    return doubled;
  }
}

function instancesOf(body: Y.Doc, slots: readonly string[]): Map<string, string> {
  const instances = new Map<string, string>();
  for (const slot of slots) {
    for (let item = slotText(body, slot)._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const { client } = item.id;
      let { clock } = item.id;
      for (const char of item.content.str) {
        if (char !== "\n") instances.set(`${client}:${clock}`, char);
        clock += char.length;
      }
    }
  }
  return instances;
}
