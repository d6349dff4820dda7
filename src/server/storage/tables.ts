import type { Generated } from "kysely";

/** The tables, as Kysely types them. Times are UTC in ISO 8601; booleans are 0 and 1. */
export interface Tables {
  setting: { key: string; value: string };
  report: {
    id: string;
    template: string;
    rule_set: string;
    sample: number;
    chair: string;
    created_at: string;
    changed_at: string;
    deleted_at: string | null;
    audience: string | null;
  };
  person: { report: string; id: string; position: Generated<number>; name: string; unit: string; role: string };
  link: {
    id: string;
    token_hash: string;
    report: string | null;
    person: string | null;
    created_at: string;
    opened_at: string | null;
    revoked_at: string | null;
  };
  session: { hash: string; created_at: string };
  session_link: { session: string; link: string; opened_at: string; turn: number };
  log: {
    seq: Generated<number>;
    report: string;
    document: string;
    person: string;
    at: string;
    bytes: Uint8Array;
  };
  snapshot: { report: string; document: string; seq: number; at: string; bytes: Uint8Array };
  client: { report: string; document: string; client: number; person: string };
  trail: {
    seq: Generated<number>;
    report: string;
    document: string;
    person: string;
    from_at: string;
    until_at: string;
    /** JSON: client, clock and length of each run, one after the other. */
    inserted: string;
    deleted: string;
  };
  round: {
    report: string;
    number: number;
    version: string;
    opened_at: string;
    deadline: string | null;
    closed_at: string | null;
    paused_at: string | null;
    /** JSON: ids of persons. */
    late: string | null;
    changed_at: string | null;
  };
  version: {
    report: string;
    id: string;
    name: string;
    created_at: string;
    created_by: string;
    round: number | null;
    bytes: Uint8Array;
    renamed_at: string | null;
  };
}

/**
 * The steps from an empty database to the present one. A step is never changed once released: a database remembers
 * how many it has taken (`user_version`) and takes the rest, all or none.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table setting (key text primary key, value text not null) strict`,
    `create table report (
      id text primary key,
      template text not null,
      rule_set text not null,
      sample integer not null,
      chair text not null,
      created_at text not null,
      changed_at text not null,
      deleted_at text
    ) strict`,
    `create table person (
      position integer primary key autoincrement,
      report text not null references report(id) on delete cascade,
      id text not null,
      name text not null,
      unit text not null,
      role text not null,
      unique (report, id)
    ) strict`,
    `create table link (
      id text primary key,
      token_hash text not null unique,
      report text references report(id) on delete cascade,
      person text,
      created_at text not null,
      opened_at text,
      revoked_at text,
      foreign key (report, person) references person(report, id) on delete cascade
    ) strict`,
    `create index link_person on link(report, person)`,
    `create table session (hash text primary key, created_at text not null) strict`,
    `create table session_link (
      session text not null references session(hash) on delete cascade,
      link text not null references link(id) on delete cascade,
      opened_at text not null,
      turn integer not null,
      primary key (session, link)
    ) strict`,
    `create table log (
      seq integer primary key autoincrement,
      report text not null references report(id) on delete cascade,
      document text not null,
      person text not null,
      at text not null,
      bytes blob not null
    ) strict`,
    `create index log_document on log(report, document, seq)`,
    `create table snapshot (
      report text not null references report(id) on delete cascade,
      document text not null,
      seq integer not null,
      at text not null,
      bytes blob not null,
      primary key (report, document)
    ) strict`,
    `create table client (
      report text not null references report(id) on delete cascade,
      document text not null,
      client integer not null,
      person text not null,
      primary key (report, document, client)
    ) strict, without rowid`,
    `create table round (
      report text not null references report(id) on delete cascade,
      number integer not null,
      version text not null,
      opened_at text not null,
      deadline text,
      closed_at text,
      primary key (report, number)
    ) strict`,
    `create table version (
      report text not null references report(id) on delete cascade,
      id text not null,
      name text not null,
      created_at text not null,
      created_by text not null,
      round integer,
      bytes blob not null,
      primary key (report, id)
    ) strict`,
  ],
  [`alter table version add column renamed_at text`],
  // From here on states are packed, which an earlier program cannot read.
  [],
  [
    `alter table round add column paused_at text`,
    `alter table round add column late text`,
    `alter table round add column changed_at text`,
  ],
  [`alter table report add column audience text`],
  [
    `create table trail (
      seq integer primary key autoincrement,
      report text not null references report(id) on delete cascade,
      document text not null,
      person text not null,
      from_at text not null,
      until_at text not null,
      inserted text not null,
      deleted text not null
    ) strict`,
    `create index trail_document on trail(report, document, seq)`,
  ],
];
