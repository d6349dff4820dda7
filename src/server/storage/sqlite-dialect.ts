import type { DatabaseSync } from "@photostructure/sqlite";
import { SqliteDialect } from "kysely";

/** An open connection; the package names only its maker. */
export type Connection = InstanceType<typeof DatabaseSync>;

/** How many prepared statements are kept; the server has about sixty. */
const KEPT_STATEMENTS = 200;

/** A connection as Kysely's SQLite dialect wants it, over one that speaks Node's own SQLite interface. */
export function sqliteDialect(database: Connection): SqliteDialect {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  function prepare(sql: string) {
    const statement = database.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]) => statement.all(...parameters) as unknown[],
      run: (parameters: readonly unknown[]) => statement.run(...parameters),
      iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters) as IterableIterator<unknown>,
    };
  }
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const kept = statements.get(sql);
        if (kept) return kept;
        const fresh = prepare(sql);
        if (statements.size >= KEPT_STATEMENTS) statements.clear();
        statements.set(sql, fresh);
        return fresh;
      },
    },
  });
}
