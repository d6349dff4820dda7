import type { Kysely, Transaction } from "kysely";
import type { Run } from "#collab";
import type { DocumentKey, LogEntry, LoggedUpdate, StoredDocument, TrailStep, UpdateLog } from "./storage.ts";
import { pack, unpack } from "./packed.ts";
import type { Tables } from "./tables.ts";

interface Waiting {
  readonly entries: readonly LogEntry[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Writes entries, the client ids they claim, and the time of the report's last change. */
export async function insertEntries(trx: Transaction<Tables>, entries: readonly LogEntry[]): Promise<void> {
  const changed = new Map<string, string>();
  for (const { report, document, person, at, bytes, claims } of entries) {
    await trx.insertInto("log").values({ report, document, person, at, bytes }).execute();
    for (const client of claims) {
      await trx
        .insertInto("client")
        .values({ report, document, client, person })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (!document.startsWith("board")) changed.set(report, at);
  }
  for (const [report, at] of changed) {
    await trx.updateTable("report").set({ changed_at: at }).where("id", "=", report).execute();
  }
}

/** The log in SQLite. Whatever waits when a commit begins goes into it: one fsync for all of them. */
export class SqliteLog implements UpdateLog {
  private readonly db: Kysely<Tables>;
  private waiting: Waiting[] = [];
  private flushing: Promise<void> | null = null;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  append(entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ entries, resolve, reject });
      this.flushing ??= this.flush();
    });
  }

  /** Resolves when nothing waits to be committed. */
  async flushed(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  private async flush(): Promise<void> {
    // The rest of this turn of the event loop may bring more.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const entries = batch.flatMap((waiting) => waiting.entries);
      try {
        await this.db.transaction().execute((trx) => insertEntries(trx, entries));
        for (const waiting of batch) waiting.resolve();
      } catch (error) {
        if (batch.length === 1) batch[0]?.reject(error);
        // One bad entry must not lose its neighbours: each gets a commit of its own.
        else for (const waiting of batch) await this.commitAlone(waiting);
      }
    }
    this.flushing = null;
  }

  private async commitAlone(waiting: Waiting): Promise<void> {
    try {
      await this.db.transaction().execute((trx) => insertEntries(trx, waiting.entries));
      waiting.resolve();
    } catch (error) {
      waiting.reject(error);
    }
  }

  async claim({ report, document }: DocumentKey, client: number, person: string): Promise<void> {
    await this.db
      .insertInto("client")
      .values({ report, document, client, person })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async load({ report, document }: DocumentKey): Promise<StoredDocument> {
    return this.db.transaction().execute(async (trx) => {
      const snapshot = await trx
        .selectFrom("snapshot")
        .select(["seq", "bytes"])
        .where("report", "=", report)
        .where("document", "=", document)
        .executeTakeFirst();
      const rows = await trx
        .selectFrom("log")
        .select(["seq", "bytes"])
        .where("report", "=", report)
        .where("document", "=", document)
        .where("seq", ">", snapshot?.seq ?? 0)
        .orderBy("seq")
        .execute();
      const clients = await trx
        .selectFrom("client")
        .select(["client", "person"])
        .where("report", "=", report)
        .where("document", "=", document)
        .execute();
      return {
        snapshot: snapshot ? unpack(snapshot.bytes) : null,
        updates: rows.map((row) => row.bytes),
        seq: rows.at(-1)?.seq ?? snapshot?.seq ?? 0,
        clients: new Map(clients.map((row) => [row.client, row.person])),
      };
    });
  }

  async heads(report: string): Promise<ReadonlyMap<string, number>> {
    const heads = new Map<string, number>();
    const snapshots = await this.db
      .selectFrom("snapshot")
      .select(["document", "seq"])
      .where("report", "=", report)
      .execute();
    for (const row of snapshots) heads.set(row.document, row.seq);
    const rows = await this.db
      .selectFrom("log")
      .select(["document", (eb) => eb.fn.max("seq").as("seq")])
      .where("report", "=", report)
      .groupBy("document")
      .execute();
    for (const row of rows) heads.set(row.document, Math.max(row.seq, heads.get(row.document) ?? 0));
    return heads;
  }

  async pending({ report, document }: DocumentKey): Promise<number> {
    const row = await this.db
      .selectFrom("log")
      .select((eb) => eb.fn.countAll<number>().as("rows"))
      .where("report", "=", report)
      .where("document", "=", document)
      .executeTakeFirst();
    return row?.rows ?? 0;
  }

  async logged({ report, document }: DocumentKey): Promise<readonly LoggedUpdate[]> {
    return this.db
      .selectFrom("log")
      .select(["seq", "person", "at", "bytes"])
      .where("report", "=", report)
      .where("document", "=", document)
      .orderBy("seq")
      .execute();
  }

  async trail({ report, document }: DocumentKey): Promise<readonly TrailStep[]> {
    const rows = await this.db
      .selectFrom("trail")
      .select(["person", "from_at", "until_at", "inserted", "deleted"])
      .where("report", "=", report)
      .where("document", "=", document)
      .orderBy("seq")
      .execute();
    return rows.map(({ person, from_at: from, until_at: until, inserted, deleted }) => ({
      person,
      from,
      until,
      inserted: readRuns(inserted),
      deleted: readRuns(deleted),
    }));
  }

  async replace(
    { report, document }: DocumentKey,
    seq: number,
    at: string,
    state: Uint8Array,
    trail: readonly TrailStep[] = [],
  ): Promise<void> {
    const bytes = pack(state);
    await this.db.transaction().execute(async (trx) => {
      const { numInsertedOrUpdatedRows: written } = await trx
        .insertInto("snapshot")
        .values({ report, document, seq, at, bytes })
        // Of two made at once, the one that holds less must not come after the one that holds more.
        .onConflict((conflict) =>
          conflict.columns(["report", "document"]).doUpdateSet({ seq, at, bytes }).where("snapshot.seq", "<", seq),
        )
        .executeTakeFirstOrThrow();
      for (const { person, from, until, inserted, deleted } of (written ?? 0n) > 0n ? trail : []) {
        const runs = { inserted: spellRuns(inserted), deleted: spellRuns(deleted) };
        await trx
          .insertInto("trail")
          .values({ report, document, person, from_at: from, until_at: until, ...runs })
          .execute();
      }
      await trx
        .deleteFrom("log")
        .where("report", "=", report)
        .where("document", "=", document)
        .where("seq", "<=", seq)
        .execute();
    });
  }
}

function spellRuns(runs: readonly Run[]): string {
  return JSON.stringify(runs.flatMap(({ client, clock, length }) => [client, clock, length]));
}

function readRuns(spelled: string): Run[] {
  const numbers = JSON.parse(spelled) as number[];
  return Array.from({ length: Math.floor(numbers.length / 3) }, (_, i) => {
    const [client = 0, clock = 0, length = 0] = numbers.slice(3 * i, 3 * i + 3);
    return { client, clock, length };
  });
}
