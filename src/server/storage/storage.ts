import type { EditedRuns } from "#collab";
import type { Audience, Person, Role, Round, Template, Version } from "#model";

/** A report as the storage knows it; its words are in the log. */
export interface StoredReport {
  readonly id: string;
  readonly template: Template;
  readonly ruleSet: string;
  readonly sample: boolean;
  /** The person as whom the installation's chair acts here. */
  readonly chair: string;
  /** What delegates see of each other's comments; absent: only their own. */
  readonly audience?: Audience;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly deletedAt: string | null;
}

/** Names one Yjs document: `document` is the part of the wire name after the report. */
export interface DocumentKey {
  readonly report: string;
  readonly document: string;
}

/** One update on its way to the log. */
export interface LogEntry extends DocumentKey {
  /** Who sent it; {@link SERVER} where nobody did. */
  readonly person: string;
  readonly at: string;
  readonly bytes: Uint8Array;
  /** Yjs client ids that from now on belong to `person` in this document. */
  readonly claims: readonly number[];
}

/** The writer of what no person wrote. No person can have this id: it is no id by the wire's rule. */
export const SERVER = "";

/** What is stored of one document, in an order in which it can be applied. */
export interface StoredDocument {
  readonly snapshot: Uint8Array | null;
  readonly updates: readonly Uint8Array[];
  /** The number of the last update; 0 where there is none. Grows with every update, survives compaction. */
  readonly seq: number;
  /** Yjs client ids and the persons they belong to. */
  readonly clients: ReadonlyMap<number, string>;
}

/** What one person put in and took out in one go: between two times, without a long pause. */
export interface TrailStep extends EditedRuns {
  /** {@link SERVER} where nobody's name was on it. */
  readonly person: string;
  readonly from: string;
  readonly until: string;
}

/** One update as it lies in the log. */
export interface LoggedUpdate {
  readonly seq: number;
  readonly person: string;
  readonly at: string;
  readonly bytes: Uint8Array;
}

export interface StoredVersion extends Version {
  readonly bytes: Uint8Array;
}

/** A capability link. The token itself is nowhere: only its hash is stored. */
export interface StoredLink {
  readonly id: string;
  /** Null on the links of the installation's chair. */
  readonly report: string | null;
  readonly person: string | null;
  readonly createdAt: string;
  readonly openedAt: string | null;
  readonly revokedAt: string | null;
}

/** A report with all that comes with it, as it is made or imported. */
export interface NewReport {
  readonly report: Omit<StoredReport, "changedAt" | "deletedAt">;
  readonly people: readonly Person[];
  readonly rounds: readonly Round[];
  readonly versions: readonly StoredVersion[];
  readonly log: readonly LogEntry[];
}

/**
 * Everything the server keeps. Each method is atomic, and what it has resolved is on disk: a process killed right
 * after finds it again. Not for two processes at once.
 */
export interface Storage {
  readonly log: UpdateLog;
  readonly reports: ReportShelf;
  readonly access: AccessBook;
  setting(key: string): Promise<string | null>;
  /** Stores the value unless there is one, and gives the one that holds. */
  settingOnce(key: string, value: string): Promise<string>;
  changeSetting(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}

/** The updates of every document: appended, never changed; compacted into snapshots. */
export interface UpdateLog {
  /** Resolves when all entries are committed, together; entries of one turn of the event loop share a commit. */
  append(entries: readonly LogEntry[]): Promise<void>;
  /** Gives a Yjs client id to a person, unless it has an owner. */
  claim(key: DocumentKey, client: number, person: string): Promise<void>;
  load(key: DocumentKey): Promise<StoredDocument>;
  /** The number of the last update of each document of a report, by document. */
  heads(report: string): Promise<ReadonlyMap<string, number>>;
  /** How many updates lie on top of the snapshot. */
  pending(key: DocumentKey): Promise<number>;
  /** The updates that lie on top of the snapshot, oldest first. */
  logged(key: DocumentKey): Promise<readonly LoggedUpdate[]>;
  /** What was kept of the updates that snapshots replaced: who edited what and when, oldest first. */
  trail(key: DocumentKey): Promise<readonly TrailStep[]>;
  /**
   * Puts `snapshot` in the place of every update up to `seq`, of which `trail` is kept. The caller has verified that it
   * says the same. Nothing of the trail is kept where a snapshot that holds more is there already.
   */
  replace(key: DocumentKey, seq: number, at: string, snapshot: Uint8Array, trail?: readonly TrailStep[]): Promise<void>;
}

export interface ReportShelf {
  create(report: NewReport): Promise<void>;
  get(report: string): Promise<StoredReport | null>;
  /** Newest change first; without deleted ones. */
  list(): Promise<readonly StoredReport[]>;
  markDeleted(report: string, at: string | null): Promise<void>;
  setAudience(report: string, audience: Audience): Promise<void>;
  people(report: string): Promise<readonly Person[]>;
  /** Adds people and replaces those whose id is there. */
  putPeople(report: string, people: readonly Person[]): Promise<void>;
  /** Renames the chair in every report where the chair bears `from`. */
  renameChair(from: string, to: string): Promise<void>;
  rounds(report: string): Promise<readonly Round[]>;
  /** Adds rounds and versions and replaces those that are there, as one step. */
  putRounds(report: string, rounds: readonly Round[], versions: readonly StoredVersion[]): Promise<void>;
  versions(report: string): Promise<readonly Version[]>;
  version(report: string, version: string): Promise<StoredVersion | null>;
  /** Gives a version another name. Nothing happens where there is no such version. */
  renameVersion(report: string, version: string, name: string, at: string): Promise<void>;
}

/** What a session may be: the links opened in it that still hold, in the order in which they were last opened. */
export interface OpenedLink {
  readonly link: string;
  readonly report: string | null;
  readonly person: string | null;
  readonly role: Role;
}

export interface AccessBook {
  addLinks(links: readonly { link: StoredLink; token: string }[]): Promise<void>;
  /** The link of a hashed token, revoked or not. */
  linkOf(tokenHash: string): Promise<StoredLink | null>;
  /** Every link of a report, oldest first. */
  links(report: string): Promise<readonly StoredLink[]>;
  /** Revokes every link of a person; gives those that were valid until now. */
  revoke(report: string, person: string, at: string): Promise<readonly string[]>;
  /** Notes that a link was opened in a session, which is made where it is new. */
  open(sessionHash: string, link: string, at: string): Promise<void>;
  /** What still holds of a session; empty where there is none. Last opened first. */
  opened(sessionHash: string): Promise<readonly OpenedLink[]>;
  /** True where a link into the report was opened in the session and has been revoked. */
  wasRevoked(sessionHash: string, report: string): Promise<boolean>;
  endSession(sessionHash: string): Promise<void>;
}
