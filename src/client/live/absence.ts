import { readSlot, slotOfRoot, slotText, tableOfRoot } from "#collab";
import * as Y from "yjs";

/** As which an absence is remembered beside the document, so that it outlives the page. */
const FACT = "absence";
/** An absence shorter than this, without a word written in it, is nobody's business: a server that starts anew. */
const WORTH_TELLING = 60_000;

/** What others changed while a person worked without a connection. */
export interface Missed {
  /** When the connection was lost, UTC. */
  readonly since: string;
  /** The text as it was then: a Yjs update of the whole document. */
  readonly before: Uint8Array;
  /** The slots others have changed, in no order. */
  readonly slots: readonly string[];
}

/** Where facts are kept beside a document. */
export interface Facts {
  recall(fact: string): unknown;
  remember(fact: string, value: unknown): void;
}

/** What was there, and when, as the connection was lost. */
interface Departure {
  readonly since: string;
  readonly before: Uint8Array;
}

/** Notes what was there when the connection was lost, and on return what others have changed since. */
export class Absence {
  private readonly doc: Y.Doc;
  private readonly facts: Facts;
  private readonly isRemote: (origin: unknown) => boolean;
  private readonly changedRoots = new Set<string>();
  private record: Departure | null = null;
  private untold: Missed | null = null;

  constructor(doc: Y.Doc, facts: Facts, isRemote: (origin: unknown) => boolean) {
    this.doc = doc;
    this.facts = facts;
    this.isRemote = isRemote;
    doc.on("afterTransaction", this.see);
  }

  /** The document as it was when the connection was lost; null while there is one. */
  get before(): Uint8Array | null {
    return this.record?.before ?? null;
  }

  /** What was missed and not yet dismissed. */
  get missed(): Missed | null {
    return this.untold;
  }

  /** The device has given its copy: an absence that an earlier page began goes on. */
  found(): void {
    this.record = departureOf(this.facts) ?? this.record;
  }

  /** The connection is lost; `now` is the time. An absence that has begun goes on. */
  left(now: string): void {
    if (this.record) return;
    this.record = { since: now, before: Y.encodeStateAsUpdate(this.doc) };
    this.facts.remember(FACT, this.record);
  }

  /** The connection is back and both sides are exchanged. `worked` where something was written meanwhile. */
  returned(now: string, worked: boolean): void {
    const { record } = this;
    if (!record) return;
    this.record = null;
    this.facts.remember(FACT, undefined);
    const slots = this.slotsOf(this.changedRoots);
    this.changedRoots.clear();
    const long = Date.parse(now) - Date.parse(record.since) >= WORTH_TELLING;
    if (slots.length === 0 || !(worked || long)) return;
    const earlier = this.untold;
    this.untold = earlier
      ? { ...earlier, slots: [...new Set([...earlier.slots, ...slots])] }
      : { since: record.since, before: record.before, slots };
  }

  /** The person has seen it. */
  dismiss(): void {
    this.untold = null;
  }

  private readonly see = ({ origin, changed }: Y.Transaction): void => {
    if (!this.record || !this.isRemote(origin)) return;
    for (const [root, type] of this.doc.share) if (changed.has(type)) this.changedRoots.add(root);
  };

  /** The slots that the roots belong to; a table belongs to those that show it. */
  private slotsOf(roots: ReadonlySet<string>): string[] {
    const tables = new Set([...roots].map((root) => tableOfRoot(root)?.table));
    return [...this.doc.share.keys()].flatMap((root) => {
      const slot = slotOfRoot(root);
      if (slot === null) return [];
      const shows = (): boolean =>
        readSlot(slotText(this.doc, slot)).some(({ table }) => table && tables.has(table.id));
      return roots.has(root) || (tables.size > 0 && shows()) ? [slot] : [];
    });
  }
}

/** The absence that is remembered beside a document; null where there is none. */
export function departureOf(facts: Pick<Facts, "recall">): Departure | null {
  const value = facts.recall(FACT);
  if (typeof value !== "object" || value === null || !("since" in value) || !("before" in value)) return null;
  const { since, before } = value;
  return typeof since === "string" && before instanceof Uint8Array ? { since, before } : null;
}
