import * as Y from "yjs";

/**
 * Why an update is not let in: its bytes are no update; it needs what the document does not have, or skips what it has
 * not told; it claims a deletion longer than any text; it writes to a root that the document does not have, or of the
 * other kind; it nests a type or carries what is neither text nor plain JSON; it is too large.
 */
export type UpdateRefusal = "malformed" | "pending" | "absurd-length" | "unknown-root" | "nested-type" | "too-large";

/** What updates of one document may hold. */
export interface UpdateRules {
  /** True for the names of the roots that the document has. */
  readonly roots: (name: string) => boolean;
  /** True for a root that is text with formats; any other is a map of plain JSON. A boolean speaks of all roots. */
  readonly text: boolean | ((name: string) => boolean);
  readonly maxBytes: number;
  /** True where what nobody here can show is let in all the same, to be kept: other roots, nested types, other content. */
  readonly foreign?: boolean;
}

/** What {@link inspectUpdate} found: the client ids that write something new, and the refusal, if any. */
export interface UpdateInspection {
  readonly clients: number[];
  /** False where the document would not change: it has all of it already. */
  readonly isNews: boolean;
  readonly refusal: UpdateRefusal | null;
}

/** The most units that one update may tell of without their content: a person does not delete more in one sitting. */
const LONGEST_GONE = 4_000_000;
/** Clocks beyond it would leave a client id no room to write. */
const LAST_CLOCK = 0x7fffffff;
/** How deep a JSON value may nest: our records nest three deep. */
const DEEPEST_VALUE = 8;

/**
 * Judges an update (version 1) before it is applied, by decoding alone: the document is not touched. A refusal of null
 * means that applying it leaves nothing pending, writes only to known roots, in their kind, and stays within the caps.
 * What the document has already may be told again.
 */
export function inspectUpdate(update: Uint8Array, doc: Y.Doc, rules: UpdateRules): UpdateInspection {
  if (update.byteLength > rules.maxBytes) return { clients: [], isNews: false, refusal: "too-large" };
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return { clients: [], isNews: false, refusal: "malformed" };
  }
  return new Inspection(doc, rules, decoded).run();
}

type Struct = ReturnType<typeof Y.decodeUpdate>["structs"][number];

interface Refused {
  readonly refusal: UpdateRefusal;
}

class Inspection {
  readonly #doc: Y.Doc;
  readonly #rules: UpdateRules;
  readonly #decoded: ReturnType<typeof Y.decodeUpdate>;
  readonly #queues = new Map<number, Struct[]>();
  /** How far each client is known, counting what of the update was found in order so far. */
  readonly #known = new Map<number, number>();
  /** The roots of the update's own items, by client and in the order of clocks. */
  readonly #roots = new Map<number, { from: number; root: string }[]>();
  #gone = 0;

  constructor(doc: Y.Doc, rules: UpdateRules, decoded: ReturnType<typeof Y.decodeUpdate>) {
    this.#doc = doc;
    this.#rules = rules;
    this.#decoded = decoded;
  }

  run(): UpdateInspection {
    const clients: number[] = [];
    for (const struct of this.#decoded.structs) {
      const { client } = struct.id;
      const queue = this.#queues.get(client);
      if (queue) queue.push(struct);
      else this.#queues.set(client, [struct]);
    }
    for (const [client, queue] of this.#queues) {
      const last = queue.at(-1);
      if (last && last.id.clock + last.length > this.#state(client)) clients.push(client);
    }
    const refusal = this.#structs() ?? this.#deletions();
    return { clients, isNews: refusal === null && (clients.length > 0 || this.#deletes()), refusal };
  }

  /** True where something that the document has would be deleted. */
  #deletes(): boolean {
    for (const [client, ranges] of this.#decoded.ds.clients) {
      const structs = this.#doc.store.clients.get(client) ?? [];
      for (const { clock, len } of ranges) {
        if (len === 0) continue;
        for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
          const struct = structs[i];
          if (!struct || struct.id.clock >= clock + len) break;
          if (!struct.deleted) return true;
        }
      }
    }
    return false;
  }

  /** Walks the structs in an order in which each finds what it needs, as integrating them does. */
  #structs(): UpdateRefusal | null {
    const ready = [...this.#queues.keys()];
    const waiting = new Map<number, { client: number; clock: number }[]>();
    const next = new Map<number, number>();
    for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
      const queue = this.#queues.get(client) ?? [];
      let i = next.get(client) ?? 0;
      for (; i < queue.length; i++) {
        const struct = queue[i];
        if (!struct) break;
        const needs = this.#judge(struct);
        if (needs !== null && "refusal" in needs) return needs.refusal;
        if (needs !== null) {
          if (!this.#queues.has(needs.client)) return "pending";
          waiting.set(needs.client, [...(waiting.get(needs.client) ?? []), { client, clock: needs.clock }]);
          break;
        }
        this.#known.set(client, Math.max(this.#state(client), struct.id.clock + struct.length));
      }
      next.set(client, i);
      const still: { client: number; clock: number }[] = [];
      for (const other of waiting.get(client) ?? []) {
        if (other.clock < this.#state(client)) ready.push(other.client);
        else still.push(other);
      }
      waiting.set(client, still);
    }
    const done = [...this.#queues].every(([client, queue]) => next.get(client) === queue.length);
    return done ? null : "pending";
  }

  /** Null where a struct may come now, the id that it must await, or the refusal. */
  #judge(struct: Struct): Y.ID | Refused | null {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || clock > this.#state(client)) return { refusal: "pending" };
    if (struct.length < 1 || clock + struct.length > LAST_CLOCK) return { refusal: "absurd-length" };
    if (!(struct instanceof Y.Item)) return this.#bury(struct.length);
    for (const id of [struct.origin, struct.rightOrigin]) if (id && !this.#has(id)) return id;
    const foreign = this.#rules.foreign ?? false;
    if (struct.parent instanceof Y.ID) {
      if (!foreign) return { refusal: "nested-type" };
      return this.#has(struct.parent) ? this.#weigh(struct) : struct.parent;
    }
    if (foreign) return this.#weigh(struct);
    const root = typeof struct.parent === "string" ? struct.parent : this.#inheritedRoot(struct);
    if (root === null)
      return struct.content instanceof Y.ContentDeleted ? this.#bury(struct.length) : { refusal: "malformed" };
    if (!this.#rules.roots(root)) return { refusal: "unknown-root" };
    const isText = typeof this.#rules.text === "boolean" ? this.#rules.text : this.#rules.text(root);
    // A key in a text, or an entry of a map without one, would be the other kind of root under the same name.
    if (typeof struct.parent === "string" && (struct.parentSub === null) !== isText) return { refusal: "unknown-root" };
    const roots = this.#roots.get(client) ?? [];
    roots.push({ from: clock, root });
    this.#roots.set(client, roots);
    if (struct.content instanceof Y.ContentDeleted) return this.#bury(struct.length);
    return isPlain(struct.content, isText) ? null : { refusal: "nested-type" };
  }

  #weigh(struct: Y.Item): Refused | null {
    return struct.content instanceof Y.ContentDeleted ? this.#bury(struct.length) : null;
  }

  #bury(length: number): Refused | null {
    this.#gone += length;
    return this.#gone > LONGEST_GONE ? { refusal: "absurd-length" } : null;
  }

  #inheritedRoot(item: Y.Item): string | null {
    const id = item.origin ?? item.rightOrigin;
    if (!id) return null;
    if (id.clock < Y.getState(this.#doc.store, id.client)) {
      const known = Y.getItem(this.#doc.store, id);
      return known instanceof Y.Item && known.parent instanceof Y.AbstractType ? rootName(known.parent) : null;
    }
    return this.#roots.get(id.client)?.findLast(({ from }) => from <= id.clock)?.root ?? null;
  }

  #state(client: number): number {
    return this.#known.get(client) ?? Y.getState(this.#doc.store, client);
  }

  #has(id: Y.ID): boolean {
    return id.clock < this.#state(id.client);
  }

  #deletions(): UpdateRefusal | null {
    for (const [client, ranges] of this.#decoded.ds.clients) {
      for (const { clock, len } of ranges) if (clock + len > this.#state(client)) return "pending";
    }
    return null;
  }
}

function rootName(type: Y.AbstractType<unknown>): string | null {
  return type._item === null ? Y.findRootTypeKey(type) : null;
}

function isPlain(content: Y.Item["content"], isText: boolean): boolean {
  if (isText) {
    if (content instanceof Y.ContentFormat) return isJson(content.value, DEEPEST_VALUE);
    return content instanceof Y.ContentString;
  }
  return content instanceof Y.ContentAny && content.arr.every((value: unknown) => isJson(value, DEEPEST_VALUE));
}

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0 || ArrayBuffer.isView(value)) return false;
  return Object.values(value).every((inner) => isJson(inner, depth - 1));
}
