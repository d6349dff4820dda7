import type { Answers, BoardRecord, Notes } from "#comments";
import { gatherRecords, readAnswers, readNotes } from "#comments";
import type { Stance } from "#model";
import type { DocumentName } from "#protocol";
import type * as Y from "yjs";
import type { Storage } from "../storage/storage.ts";

/** Everybody's notes and the decisions of one report, as last read. */
interface Desk {
  readonly notes: Map<string, Notes>;
  answers: Answers | null;
  /** Persons whose notes have changed since. */
  readonly stale: Set<string>;
  records: readonly BoardRecord[] | null;
}

/** Keeps what all persons have written about each report at hand, so that one change costs one person's notes. */
export class Desks {
  private readonly storage: Storage;
  private readonly read: (name: DocumentName) => Promise<Y.Doc>;
  private readonly desks = new Map<string, Desk>();

  constructor(storage: Storage, read: (name: DocumentName) => Promise<Y.Doc>) {
    this.storage = storage;
    this.read = read;
  }

  /** Notes that a document has changed; true where that concerns the desk of its report. */
  changed(name: DocumentName): boolean {
    if (name.kind !== "notes" && name.kind !== "decisions") return false;
    const desk = this.desks.get(name.report);
    if (desk) {
      desk.records = null;
      if (name.kind === "notes") desk.stale.add(name.person);
      else desk.answers = null;
    }
    return true;
  }

  /** Forgets a report: its people have changed, or it is gone. */
  forget(report: string): void {
    this.desks.delete(report);
  }

  /** Every comment with its replies and its decision, read anew where anything has changed. */
  async records(report: string): Promise<readonly BoardRecord[]> {
    const desk = this.desks.get(report) ?? (await this.open(report));
    while (desk.stale.size > 0) {
      const persons = [...desk.stale];
      desk.stale.clear();
      for (const person of persons) {
        desk.notes.set(person, readNotes(await this.read({ kind: "notes", report, person }), person));
      }
    }
    desk.answers ??= readAnswers(await this.read({ kind: "decisions", report }));
    if (desk.records && desk.stale.size === 0) return desk.records;
    const answers = desk.answers;
    const people = await this.storage.reports.people(report);
    const records = gatherRecords({ people, notes: desk.notes.values(), ...answers });
    // What changed while the people were read is taken up the next time.
    desk.records = desk.stale.size === 0 && desk.answers === answers ? records : null;
    return records;
  }

  /** What everybody declares of the rounds of a report. */
  async stances(report: string): Promise<readonly Stance[]> {
    await this.records(report);
    return [...(this.desks.get(report)?.notes.values() ?? [])].flatMap(({ stances }) => stances);
  }

  /** The author of every comment of a report. */
  async authors(report: string): Promise<ReadonlyMap<string, string>> {
    const records = await this.records(report);
    return new Map(records.map(({ comment }) => [comment.id, comment.author]));
  }

  /** The author of every comment and reply of a report: whose ids nobody else may use. */
  async writers(report: string): Promise<ReadonlyMap<string, string>> {
    const records = await this.records(report);
    return new Map(
      records
        .flatMap(({ comment, replies }) => [comment, ...replies.map(({ reply }) => reply)])
        .map((one) => [one.id, one.author]),
    );
  }

  private async open(report: string): Promise<Desk> {
    const heads = await this.storage.log.heads(report);
    const persons = [...heads.keys()].filter((document) => document.startsWith("notes/"));
    const desk: Desk = {
      notes: new Map(),
      answers: null,
      stale: new Set(persons.map((document) => document.slice("notes/".length))),
      records: null,
    };
    const known = this.desks.get(report);
    if (known) return known;
    this.desks.set(report, desk);
    return desk;
  }
}
