import type { ReportFile } from "#collab";
import { docFrom, mergeReportFiles } from "#collab";
import type { Language } from "#model";
import { say, slotsOf } from "#model";
import * as Y from "yjs";
import { fileOfDelegate } from "./errors.ts";
import { notesForgery } from "./forgery.ts";
import { notesMap, readNotes } from "./notes.ts";
import { notesViolation } from "./notes-rules.ts";
import type { RefusalWord } from "./record.ts";

/** Files bring no server's clock with them: only what is too early for its round is told from the rest. */
const NO_CLOCK = "9000-01-01T00:00:00.000Z";

/**
 * What of a delegate's file was left out: edits of the text, decisions, the notes of others, people, rounds or versions
 * that the report has not, the delegate's own notes where they break a rule (`why`), or all of it where the report does
 * not know the person.
 */
export interface LeftOut {
  readonly what: "body" | "decisions" | "others" | "people" | "rounds" | "notes" | "person";
  /** Whose file it is: the name, or the id of somebody unknown. */
  readonly who: string;
  /** The names of those whose notes were left out. */
  readonly of?: readonly string[];
  readonly why?: RefusalWord;
}

/** What was left out, and why, in one line. */
export function leftOutText(language: Language, { what, who, of = [], why }: LeftOut): string {
  const reason = why === undefined ? "" : say(language, `leftOut.why.${why}`);
  return say(language, `leftOut.${what}`, { who, of: of.join(", "), why: reason });
}

/**
 * Merges files of one report, of which some may be delegates' copies: of such a file only the notes of the person who
 * saved it are taken, if they keep the rules of notes; rounds may be over, since whoever merges takes what is late. The
 * rest is left out, and told for each file, by its place in the list. In what it says, the merged file is the same for
 * any order and any repetition. Throws `file-of-delegate` where there is nothing but delegates' copies, and what
 * merging throws.
 */
export function mergeWithDelegates(files: readonly ReportFile[]): {
  readonly file: ReportFile;
  readonly leftOut: ReadonlyMap<number, readonly LeftOut[]>;
} {
  const whole = files.filter(({ manifest }) => manifest.savedBy === undefined);
  const [first] = files;
  if (first && whole.length === 0) throw fileOfDelegate(nameOf(first, first.manifest.savedBy ?? ""));
  const base = mergeReportFiles(whole);
  const leftOut = new Map<number, LeftOut[]>();
  const taken: ReportFile[] = [];
  for (const [index, file] of files.entries()) {
    const person = file.manifest.savedBy;
    if (person === undefined) continue;
    const found = judge(base, file, person);
    if (found.leftOut.length > 0) leftOut.set(index, found.leftOut);
    // A file of another report is refused by the merge, whatever is in it.
    taken.push({ ...base, manifest: { ...base.manifest, report: file.manifest.report }, notes: found.notes });
  }
  for (const one of taken) mergeReportFiles([base, one]);
  const own = taken.map((one) => ({ ...one, manifest: base.manifest }));
  return { file: mergeReportFiles([base, ...own]), leftOut };
}

function nameOf({ manifest }: ReportFile, person: string): string {
  return manifest.people.find(({ id }) => id === person)?.name ?? person;
}

function judge(
  base: ReportFile,
  file: ReportFile,
  savedBy: string,
): { notes: ReadonlyMap<string, Uint8Array>; leftOut: LeftOut[] } {
  const person = base.manifest.people.find(({ id }) => id === savedBy);
  if (!person) return { notes: new Map(), leftOut: [{ what: "person", who: nameOf(file, savedBy) }] };
  const who = person.name;
  const leftOut: LeftOut[] = [];
  if (!isWithin(file.body, base.body)) leftOut.push({ what: "body", who });
  if (!isWithin(file.decisions, base.decisions)) leftOut.push({ what: "decisions", who });
  const others = [...file.notes].filter(
    ([of, state]) => of !== savedBy && !isWithin(state, base.notes.get(of) ?? new Uint8Array([0, 0])),
  );
  if (others.length > 0) leftOut.push({ what: "others", who, of: others.map(([of]) => nameOf(base, of)) });
  const known = new Set(base.manifest.people.map(({ id }) => id));
  if (file.manifest.people.some(({ id }) => !known.has(id))) leftOut.push({ what: "people", who });
  const rounds = new Set(base.manifest.rounds.map(({ version }) => version));
  if (file.manifest.rounds.some(({ version }) => !rounds.has(version))) leftOut.push({ what: "rounds", who });
  const state = file.notes.get(savedBy);
  if (!state) return { notes: new Map(), leftOut };
  const why = violation(base, state, savedBy);
  if (why === null) return { notes: new Map([[savedBy, state]]), leftOut };
  return { notes: new Map(), leftOut: [...leftOut, { what: "notes", who, why }] };
}

function violation({ manifest, notes }: ReportFile, state: Uint8Array, savedBy: string): RefusalWord | null {
  const person = manifest.people.find(({ id }) => id === savedBy);
  if (!person) return "not-yours";
  const known = notes.get(savedBy);
  const before = known ? docFrom(known) : new Y.Doc();
  const after = known ? docFrom(known, state) : docFrom(state);
  // A record that is gone is one of theirs all the same: what was said stays on record.
  if ([...notesMap(before, savedBy).keys()].some((key) => !notesMap(after, savedBy).has(key))) return "bad-record";
  const others = new Map<string, string>();
  for (const [author, update] of notes) {
    const { comments, replies } = readNotes(docFrom(update), author);
    for (const { id } of [...comments, ...replies]) others.set(id, author);
  }
  const foreign = (id: string): boolean => (others.get(id) ?? savedBy) !== savedBy;
  const rounds = manifest.rounds.map(({ number, version, openedAt }) => ({ number, version, openedAt }));
  const slots = slotsOf(manifest.template).map(({ id }) => id);
  const times = { now: NO_CLOCK, since: manifest.report.createdAt, rounds };
  return (
    notesViolation(before, after, person, rounds, NO_CLOCK, slots, foreign) ??
    notesForgery(before, after, savedBy, times, foreign)
  );
}

/** True where `whole` has all that `part` says. */
function isWithin(part: Uint8Array, whole: Uint8Array): boolean {
  return Y.snapshotContainsUpdate(Y.snapshot(docFrom(whole)), part);
}
