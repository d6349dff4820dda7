import { DatabaseSync } from "@photostructure/sqlite";
import { Kysely } from "kysely";
import { dataDamaged, dataNewer } from "../errors.ts";
import { SqliteAccess } from "./sqlite-access.ts";
import type { Connection } from "./sqlite-dialect.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { SqliteLog } from "./sqlite-log.ts";
import { SqliteReports } from "./sqlite-reports.ts";
import type { Storage } from "./storage.ts";
import type { Tables } from "./tables.ts";
import { MIGRATIONS } from "./tables.ts";

/**
 * Opens the database at `path` (`:memory:` for one that is forgotten) and brings it to the present form. WAL with a
 * full synchronisation: one fsync per commit, and a commit is on disk when it returns. Throws `data-newer` or
 * `data-damaged` having changed nothing.
 */
export function openSqliteStorage(path: string): Storage {
  let database: Connection;
  try {
    database = new DatabaseSync(path);
  } catch (error) {
    throw dataDamaged(path, error);
  }
  try {
    migrate(database, path);
  } catch (error) {
    database.close();
    throw error instanceof Error && error.name === "TongketError" ? error : dataDamaged(path, error);
  }
  return sqliteStorage(new Kysely<Tables>({ dialect: sqliteDialect(database) }));
}

function migrate(database: Connection, path: string): void {
  database.exec("pragma busy_timeout = 2000");
  const row: unknown = database.prepare("pragma user_version").get();
  const taken = (row as { user_version: number }).user_version;
  if (taken > MIGRATIONS.length) throw dataNewer(path, taken, MIGRATIONS.length);
  database.exec("pragma journal_mode = wal");
  database.exec("pragma synchronous = full");
  database.exec("pragma foreign_keys = on");
  if (taken === MIGRATIONS.length) return;
  database.exec("begin immediate");
  try {
    for (const step of MIGRATIONS.slice(taken)) for (const statement of step) database.exec(statement);
    database.exec(`pragma user_version = ${MIGRATIONS.length}`);
    database.exec("commit");
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}

function sqliteStorage(db: Kysely<Tables>): Storage {
  const log = new SqliteLog(db);
  const setting = async (key: string): Promise<string | null> => {
    const row = await db.selectFrom("setting").select("value").where("key", "=", key).executeTakeFirst();
    return row?.value ?? null;
  };
  return {
    log,
    reports: new SqliteReports(db),
    access: new SqliteAccess(db),
    setting,
    settingOnce: async (key, value) => {
      await db
        .insertInto("setting")
        .values({ key, value })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await setting(key)) ?? value;
    },
    changeSetting: async (key, value) => {
      await db
        .insertInto("setting")
        .values({ key, value })
        .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
        .execute();
    },
    close: async () => {
      await log.flushed();
      await db.destroy();
    },
  };
}
