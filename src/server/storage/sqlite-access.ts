import type { Kysely, Selectable } from "kysely";
import { storedRole } from "./sqlite-reports.ts";
import type { AccessBook, OpenedLink, StoredLink } from "./storage.ts";
import type { Tables } from "./tables.ts";

/** Links and sessions in SQLite; tokens are hashed before they come here. */
export class SqliteAccess implements AccessBook {
  private readonly db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.db = db;
  }

  async addLinks(links: readonly { link: StoredLink; token: string }[]): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      for (const { link, token } of links) {
        await trx
          .insertInto("link")
          .values({
            id: link.id,
            token_hash: token,
            report: link.report,
            person: link.person,
            created_at: link.createdAt,
            opened_at: link.openedAt,
            revoked_at: link.revokedAt,
          })
          .execute();
      }
    });
  }

  async linkOf(tokenHash: string): Promise<StoredLink | null> {
    const row = await this.db.selectFrom("link").selectAll().where("token_hash", "=", tokenHash).executeTakeFirst();
    return row ? storedLink(row) : null;
  }

  async links(report: string): Promise<readonly StoredLink[]> {
    const rows = await this.db
      .selectFrom("link")
      .selectAll()
      .where("report", "=", report)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return rows.map(storedLink);
  }

  async revoke(report: string, person: string, at: string): Promise<readonly string[]> {
    const rows = await this.db
      .updateTable("link")
      .set({ revoked_at: at })
      .where("report", "=", report)
      .where("person", "=", person)
      .where("revoked_at", "is", null)
      .returning("id")
      .execute();
    return rows.map((row) => row.id);
  }

  async open(sessionHash: string, link: string, at: string): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .insertInto("session")
        .values({ hash: sessionHash, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const last = await trx
        .selectFrom("session_link")
        .select((eb) => eb.fn.max("turn").as("turn"))
        .where("session", "=", sessionHash)
        .executeTakeFirst();
      const turn = (last?.turn ?? 0) + 1;
      await trx
        .insertInto("session_link")
        .values({ session: sessionHash, link, opened_at: at, turn })
        .onConflict((conflict) => conflict.columns(["session", "link"]).doUpdateSet({ opened_at: at, turn }))
        .execute();
      await trx
        .updateTable("link")
        .set({ opened_at: at })
        .where("id", "=", link)
        .where("opened_at", "is", null)
        .execute();
    });
  }

  async opened(sessionHash: string): Promise<readonly OpenedLink[]> {
    const rows = await this.db
      .selectFrom("session_link")
      .innerJoin("link", "link.id", "session_link.link")
      .leftJoin("person", (join) =>
        join.onRef("person.report", "=", "link.report").onRef("person.id", "=", "link.person"),
      )
      .select(["link.id as link", "link.report as report", "link.person as person", "person.role as role"])
      .where("session_link.session", "=", sessionHash)
      .where("link.revoked_at", "is", null)
      .orderBy("session_link.turn", "desc")
      .execute();
    return rows.map((row) => ({
      link: row.link,
      report: row.report,
      person: row.person,
      role: row.report === null ? "chair" : storedRole(row.role ?? "reader"),
    }));
  }

  async wasRevoked(sessionHash: string, report: string): Promise<boolean> {
    const row = await this.db
      .selectFrom("session_link")
      .innerJoin("link", "link.id", "session_link.link")
      .select("link.id")
      .where("session_link.session", "=", sessionHash)
      .where("link.report", "=", report)
      .where("link.revoked_at", "is not", null)
      .executeTakeFirst();
    return row !== undefined;
  }

  async endSession(sessionHash: string): Promise<void> {
    await this.db.deleteFrom("session").where("hash", "=", sessionHash).execute();
  }
}

function storedLink(row: Selectable<Tables["link"]>): StoredLink {
  return {
    id: row.id,
    report: row.report,
    person: row.person,
    createdAt: row.created_at,
    openedAt: row.opened_at,
    revokedAt: row.revoked_at,
  };
}
