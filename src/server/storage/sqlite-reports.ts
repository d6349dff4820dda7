import type { Kysely, Selectable, Transaction } from "kysely";
import type { Audience, Person, Role, Round, Template, Version } from "#model";
import { AUDIENCES } from "#model";
import { insertEntries } from "./sqlite-log.ts";
import type { NewReport, ReportShelf, StoredReport, StoredVersion } from "./storage.ts";
import { pack, Unpacking } from "./packed.ts";
import type { Tables } from "./tables.ts";

const ROLES: readonly Role[] = ["chair", "drafter", "delegate", "reader"];

/** The role a stored word means; one that later editions may know gives the least right. */
export function storedRole(word: string): Role {
  return ROLES.find((role) => role === word) ?? "reader";
}

/** Reports with their people, rounds and frozen versions, in SQLite. */
export class SqliteReports implements ReportShelf {
  private readonly db: Kysely<Tables>;
  private readonly unpacking = new Unpacking();

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async create({ report, people, rounds, versions, log }: NewReport): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .insertInto("report")
        .values({
          id: report.id,
          template: JSON.stringify(report.template),
          rule_set: report.ruleSet,
          sample: report.sample ? 1 : 0,
          chair: report.chair,
          created_at: report.createdAt,
          changed_at: report.createdAt,
          deleted_at: null,
          audience: report.audience ?? null,
        })
        .execute();
      await writePeople(trx, report.id, people);
      await writeRounds(trx, report.id, rounds, versions);
      await insertEntries(trx, log);
    });
  }

  async get(report: string): Promise<StoredReport | null> {
    const row = await this.db.selectFrom("report").selectAll().where("id", "=", report).executeTakeFirst();
    return row ? storedReport(row) : null;
  }

  async list(): Promise<readonly StoredReport[]> {
    const rows = await this.db
      .selectFrom("report")
      .selectAll()
      .where("deleted_at", "is", null)
      .orderBy("changed_at", "desc")
      .orderBy("id")
      .execute();
    return rows.map(storedReport);
  }

  async markDeleted(report: string, at: string | null): Promise<void> {
    await this.db.updateTable("report").set({ deleted_at: at }).where("id", "=", report).execute();
  }

  async setAudience(report: string, audience: Audience): Promise<void> {
    await this.db.updateTable("report").set({ audience }).where("id", "=", report).execute();
  }

  async people(report: string): Promise<readonly Person[]> {
    const rows = await this.db
      .selectFrom("person")
      .selectAll()
      .where("report", "=", report)
      .orderBy("position")
      .execute();
    return rows.map((row) => ({ id: row.id, name: row.name, unit: row.unit, role: storedRole(row.role) }));
  }

  async putPeople(report: string, people: readonly Person[]): Promise<void> {
    await this.db.transaction().execute((trx) => writePeople(trx, report, people));
  }

  async renameChair(from: string, to: string): Promise<void> {
    await this.db
      .updateTable("person")
      .set({ name: to })
      .where("name", "=", from)
      .where((expression) =>
        expression.exists(
          expression
            .selectFrom("report")
            .select("report.id")
            .whereRef("report.id", "=", "person.report")
            .whereRef("report.chair", "=", "person.id"),
        ),
      )
      .execute();
  }

  async rounds(report: string): Promise<readonly Round[]> {
    const rows = await this.db.selectFrom("round").selectAll().where("report", "=", report).orderBy("number").execute();
    return rows.map(storedRound);
  }

  async putRounds(report: string, rounds: readonly Round[], versions: readonly StoredVersion[]): Promise<void> {
    await this.db.transaction().execute((trx) => writeRounds(trx, report, rounds, versions));
  }

  async versions(report: string): Promise<readonly Version[]> {
    const rows = await this.db
      .selectFrom("version")
      .select(["id", "name", "created_at", "created_by", "round", "renamed_at"])
      .where("report", "=", report)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return rows.map(storedVersion);
  }

  async version(report: string, version: string): Promise<StoredVersion | null> {
    const row = await this.db
      .selectFrom("version")
      .selectAll()
      .where("report", "=", report)
      .where("id", "=", version)
      .executeTakeFirst();
    return row ? { ...storedVersion(row), bytes: this.unpacking.unpack(`${report}/${version}`, row.bytes) } : null;
  }

  async renameVersion(report: string, version: string, name: string, at: string): Promise<void> {
    await this.db
      .updateTable("version")
      .set({ name, renamed_at: at })
      .where("report", "=", report)
      .where("id", "=", version)
      .execute();
  }
}

function storedReport(row: Selectable<Tables["report"]>): StoredReport {
  const template: Template = JSON.parse(row.template);
  return {
    id: row.id,
    template,
    ruleSet: row.rule_set,
    sample: row.sample === 1,
    chair: row.chair,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    deletedAt: row.deleted_at,
    ...(row.audience === null ? {} : { audience: storedAudience(row.audience) }),
  };
}

/** The setting a stored word means; one that later editions may know shows nobody anything. */
function storedAudience(word: string): Audience {
  return AUDIENCES.find((audience) => audience === word) ?? "own";
}

function storedRound(row: Selectable<Tables["round"]>): Round {
  const late: Round["late"] = row.late === null ? undefined : JSON.parse(row.late);
  return {
    number: row.number,
    version: row.version,
    openedAt: row.opened_at,
    ...(row.deadline === null ? {} : { deadline: row.deadline }),
    ...(row.paused_at === null ? {} : { pausedAt: row.paused_at }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(late === undefined ? {} : { late }),
    ...(row.changed_at === null ? {} : { changedAt: row.changed_at }),
  };
}

function storedVersion(row: Omit<Selectable<Tables["version"]>, "report" | "bytes">): Version {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.round === null ? {} : { round: row.round }),
    ...(row.renamed_at === null ? {} : { renamedAt: row.renamed_at }),
  };
}

async function writePeople(trx: Transaction<Tables>, report: string, people: readonly Person[]): Promise<void> {
  for (const { id, name, unit, role } of people) {
    await trx
      .insertInto("person")
      .values({ report, id, name, unit, role })
      .onConflict((conflict) => conflict.columns(["report", "id"]).doUpdateSet({ name, unit, role }))
      .execute();
  }
}

async function writeRounds(
  trx: Transaction<Tables>,
  report: string,
  rounds: readonly Round[],
  versions: readonly StoredVersion[],
): Promise<void> {
  for (const { number, version, openedAt, deadline, closedAt, pausedAt, late, changedAt } of rounds) {
    const row = {
      version,
      opened_at: openedAt,
      deadline: deadline ?? null,
      closed_at: closedAt ?? null,
      paused_at: pausedAt ?? null,
      late: late === undefined ? null : JSON.stringify(late),
      changed_at: changedAt ?? null,
    };
    await trx
      .insertInto("round")
      .values({ report, number, ...row })
      .onConflict((conflict) => conflict.columns(["report", "number"]).doUpdateSet(row))
      .execute();
  }
  for (const { id, name, createdAt, createdBy, round, renamedAt, bytes } of versions) {
    const row = {
      name,
      created_at: createdAt,
      created_by: createdBy,
      round: round ?? null,
      renamed_at: renamedAt ?? null,
      bytes: pack(bytes),
    };
    await trx
      .insertInto("version")
      .values({ report, id, ...row })
      .onConflict((conflict) => conflict.columns(["report", "id"]).doUpdateSet(row))
      .execute();
  }
}
