import * as Y from "yjs";
import { Lineage, ORIGIN, slotText } from "#collab";

/** Signs that are typed over and over; every other character is typed once. */
export const SIGNS: ReadonlySet<string> = new Set(" |-+#1a.)");

/** What an edit was to do, told by whoever chose it. */
export interface Intent {
  /** The characters that a person saw and chose to take away; null where history decides. */
  readonly removes: ReadonlySet<string> | null;
  /** The characters that are new. */
  readonly adds: ReadonlySet<string>;
  /** True where what is put in again is the same that was taken out, carried there. */
  readonly carries: boolean;
}

/**
 * Law 3, kept as books are. Every time a character is put into the text it is one instance, named by the id that Yjs
 * gives it. An instance is there in the end if and only if somebody put it there and nobody who saw it took it away.
 */
export class Ledger {
  readonly #slots: readonly string[];
  readonly #chars = new Map<string, string>();
  readonly #removed = new Set<string>();
  /** Instances that an editor took away because the same character stood twice. */
  readonly #spared = new Set<string>();
  /** What somebody took away and did not put in again at the same time. */
  readonly #deleted = new Set<string>();
  /** What an edit wrote anew that was there before, and of which the lineage does not tell: nobody follows it. */
  readonly #rewritten = new Set<string>();
  readonly #faults: string[] = [];
  readonly #gone = new Map<string, Set<string>>();

  constructor(slots: readonly string[], body: Y.Doc) {
    this.#slots = slots;
    this.#put(this.read(body));
  }

  /** Every character of a body by the id of its instance. */
  read(body: Y.Doc): Map<string, string> {
    return new Map([...instancesOf(this.#slots.map((slot) => slotText(body, slot))), ...this.readTables(body)]);
  }

  /**
   * Follows what an editor of one sitting does of its own accord when it learns of moves: it takes away what stands
   * elsewhere as well, puts what its person typed to where the words around it are now, and deletes there what its
   * person had deleted before.
   */
  follow(session: string, body: Y.Doc): void {
    body.on("afterTransaction", (transaction: Y.Transaction) => {
      if (transaction.origin !== ORIGIN.lineage) return;
      const now = this.read(body);
      const standing = new Set(now.values());
      for (const [id, char] of now) {
        const [client = 0, clock = 0] = id.split(":").map(Number);
        if (clock < (transaction.beforeState.get(client) ?? 0)) continue;
        if (![...this.#chars.values()].includes(char))
          this.#faults.push(`${session} carried ${char}, which nobody typed`);
        this.#chars.set(id, char);
      }
      for (const [client, ranges] of transaction.deleteSet.clients) {
        for (const { clock, len } of ranges) {
          for (let i = clock; i < clock + len; i++) this.#spare(body, `${client}:${i}`, standing, session);
        }
      }
    });
  }

  #spare(body: Y.Doc, id: string, standing: ReadonlySet<string>, session: string): void {
    const char = this.#chars.get(id);
    if (char === undefined) return;
    if (standing.has(char)) this.#spared.add(id);
    else if (this.#gone.get(session)?.has(char) || originsOf(body, id).some((origin) => !this.#chars.has(origin))) {
      // What was typed and taken away within one edit, a sign, was never entered: that it went too is told by its id.
      this.#removed.add(id);
      this.#deleted.add(char);
    } else this.#faults.push(`${session} took the last ${char} for a double`);
  }

  /** Every character in the cells of tables. */
  readTables(body: Y.Doc): Map<string, string> {
    return instancesOf([...body.share].flatMap(([name, root]) => (name.startsWith("table:") ? [root] : [])));
  }

  /** How many characters were ever put in. */
  get size(): number {
    return this.#chars.size;
  }

  /**
   * Enters what one person's edit did to their own document, under their client id, and throws where it did what it was
   * not to do. `shown` are the characters that stand before the person's eyes afterwards: fewer than in the document
   * while a word is composed.
   */
  enter(
    session: string,
    body: Y.Doc,
    before: ReadonlyMap<string, string>,
    intent: Intent,
    { client = body.clientID, shown }: { readonly client?: number; readonly shown?: ReadonlySet<string> } = {},
  ): void {
    const now = this.read(body);
    const own = `${client}:`;
    const gone = this.#gone.get(session) ?? new Set<string>();
    this.#gone.set(session, gone);
    const history = intent.removes === null;
    this.checkSpared();
    const chars = shown ?? new Set(now.values());
    const taken = new Map<string, number>();
    for (const [id, char] of before) {
      if (now.has(id)) continue;
      if (!SIGNS.has(char)) taken.set(char, (taken.get(char) ?? 0) + 1);
      const allowed = intent.removes?.has(char) ?? id.startsWith(own);
      if (this.#spared.has(id)) {
        // Who takes away what another editor has carried elsewhere meanwhile takes it away there as well.
        if (allowed) gone.add(char);
        continue;
      }
      // What somebody else took away may have been heard of meanwhile.
      if (!allowed && this.#removed.has(id)) continue;
      if (!allowed) throw new Error(`${session} took away ${char} that nobody meant to take away`);
      this.#removed.add(id);
      gone.add(char);
      if (!chars.has(char)) this.#deleted.add(char);
    }
    // Who has words replaced that stand twice for a moment has what replaces them written twice.
    const fromTwo = [...taken.values()].some((count) => count > 1);
    const put = new Set<string>();
    for (const [id, char] of now) {
      if (before.has(id) || this.#chars.has(id)) continue;
      if (!id.startsWith(own)) throw new Error(`${char} came in another's name`);
      this.#chars.set(id, char);
      const allowed = history ? gone.has(char) : intent.adds.has(char) || intent.removes?.has(char);
      if (!allowed) throw new Error(`${session} put in ${char} that was never theirs to put in`);
      if (fromTwo && put.has(char) && intent.adds.has(char)) this.#rewritten.add(char);
      put.add(char);
      if (history || intent.adds.has(char)) continue;
      if (!intent.carries || !isCopy(body, id)) this.#rewritten.add(char);
    }
  }

  /** Enters what somebody wrote who is bound to nothing. */
  enterForeign(before: ReadonlyMap<string, string>, body: Y.Doc): void {
    const now = this.read(body);
    for (const id of before.keys()) if (!now.has(id)) this.#removed.add(id);
    this.#put(new Map([...now].filter(([id]) => !before.has(id))));
  }

  #put(instances: ReadonlyMap<string, string>): void {
    for (const [id, char] of instances) this.#chars.set(id, char);
  }

  /** The character whose instance an id names, also where it is gone. */
  charOf(id: string): string | undefined {
    return this.#chars.get(id);
  }

  /** Throws where an editor took away more of its own accord than it may. */
  checkSpared(): void {
    const [fault] = this.#faults;
    if (fault !== undefined) throw new Error(fault);
  }

  /** True for what an editor took away of its own accord, or a person. */
  wasTaken(id: string): boolean {
    return this.#spared.has(id) || this.#removed.has(id);
  }

  /**
   * The end: everything put in and not taken away is there, once, and nothing else. Of a character that stood twice one
   * instance went; that none is left is right only where somebody deleted it. Gives how many characters stood
   * twice, and how many were written anew in a way that nobody follows.
   */
  close(body: Y.Doc): { readonly spared: number; readonly rewritten: number } {
    this.checkSpared();
    const now = this.read(body);
    const standing = new Map<string, number>();
    for (const char of now.values()) standing.set(char, (standing.get(char) ?? 0) + 1);
    const spared = new Set<string>();
    for (const [id, char] of this.#chars) {
      const wasTaken = this.#removed.has(id) || this.#spared.has(id);
      if (now.has(id) === wasTaken) {
        throw new Error(
          `${char} (${id}) was ${wasTaken ? "taken away, and is there" : "never taken away, and is gone"}`,
        );
      }
      if (SIGNS.has(char)) continue;
      if ((standing.get(char) ?? 0) > 1 && !this.#rewritten.has(char)) throw new Error(`${char} is doubled`);
      if (!this.#spared.has(id) || this.#removed.has(id)) continue;
      spared.add(char);
      if (!standing.has(char) && !this.#deleted.has(char)) throw new Error(`${char} was spared until none was left`);
    }
    for (const id of now.keys()) if (!this.#chars.has(id)) throw new Error(`${id} came from nowhere`);
    return { spared: spared.size, rewritten: this.#rewritten.size };
  }
}

/** True where the lineage tells of what an instance is a copy. */
function isCopy(body: Y.Doc, id: string): boolean {
  return originsOf(body, id).some((origin) => origin !== id);
}

/** What an instance was first, through all copies, by the lineage. */
function originsOf(body: Y.Doc, id: string): string[] {
  const [client = 0, clock = 0] = id.split(":").map(Number);
  return Lineage.of(body)
    .origins({ client, clock, length: 1 })
    .map((origin) => `${origin.client}:${origin.clock}`);
}

function instancesOf(texts: readonly { readonly _start: Y.Item | null }[]): Map<string, string> {
  const instances = new Map<string, string>();
  for (const text of texts) {
    for (let item = text._start; item !== null; item = item.right) {
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
