import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { dataInUse, dataUnwritable } from "../errors.ts";
import type { Connection } from "./sqlite-dialect.ts";

/** A data folder that is ours until it is let go. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  release(): void;
}

/**
 * Takes a data folder for this process, making it where it is missing. Throws `data-unwritable` or `data-in-use`.
 *
 * The lock is SQLite's exclusive lock on a file of its own, which the system drops with the process however it ends:
 * there is no stale lock to clear. The database itself stays readable for backup programs.
 */
export function takeDataFolder(path: string): DataFolder {
  try {
    makeFolder(path);
    const probe = join(path, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw dataUnwritable(path, error);
  }
  let lock: Connection;
  try {
    lock = new DatabaseSync(join(path, "lock.sqlite"));
  } catch (error) {
    throw dataUnwritable(path, error);
  }
  try {
    lock.exec("pragma busy_timeout = 0");
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (/lock|busy/i.test(String(error))) throw dataInUse(path);
    throw dataUnwritable(path, error);
  }
  return {
    path,
    database: join(path, "tongket.sqlite"),
    release: () => {
      lock.exec("rollback");
      lock.close();
    },
  };
}

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where the system makes no
 * folder inside one that is there, as under `/proc`.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path);
}
