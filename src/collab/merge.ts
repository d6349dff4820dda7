import * as Y from "yjs";
import type { Audience, Person, Round, Template, Version } from "#model";
import { narrower } from "#model";
import { ordered } from "./archive.ts";
import { canonicalJson, compare } from "./canonical.ts";
import { fileOtherReport } from "./errors.ts";
import { docFrom } from "./layout.ts";
import type { Manifest, ReportFile } from "./report-file.ts";

/**
 * One file that says what all the files say: everything that any of them holds, and nothing twice. In what it says it
 * is the same for any order, any grouping and any repetition of the files. Where two tell differently of the same
 * person, round or version, one rule decides for all: the round changed or closed later, the later
 * name of a version, else the greater text. Throws `file-other-report`; with no file at all it throws a RangeError.
 */
export function mergeReportFiles(files: readonly ReportFile[]): ReportFile {
  const [first, ...others] = files;
  if (!first) throw new RangeError("nothing to merge");
  const report = first.manifest.report.id;
  for (const { manifest } of others) {
    if (manifest.report.id !== report) throw fileOtherReport(report, manifest.report.id);
  }
  return {
    manifest: mergeManifests(files.map((file) => file.manifest)),
    body: mergeStates(files.map((file) => file.body)),
    decisions: mergeStates(files.map((file) => file.decisions)),
    notes: mergeMaps(files.map((file) => file.notes)),
    versions: mergeMaps(files.map((file) => file.versions)),
  };
}

function mergeManifests(manifests: readonly Manifest[]): Manifest {
  const reports = manifests.map((manifest) => manifest.report);
  return ordered({
    format: "tongket",
    version: 1,
    report: {
      id: greatest(reports, (report) => [report.id]).id,
      sample: reports.every((report) => report.sample),
      createdAt: reports.map((report) => report.createdAt).reduce((a, b) => (compare(a, b) <= 0 ? a : b)),
    },
    template: greatest<Template>(
      manifests.map((manifest) => manifest.template),
      (template) => [template.version, canonicalJson(template)],
    ),
    ruleSet: greatest(
      manifests.map((manifest) => manifest.ruleSet),
      (ruleSet) => [ruleSet],
    ),
    people: byKey<Person>(
      manifests.flatMap((manifest) => manifest.people),
      (person) => person.id,
      (person) => [canonicalJson(person)],
    ),
    rounds: byKey<Round>(
      manifests.flatMap((manifest) => manifest.rounds),
      (round) => String(round.number),
      (round) => [round.changedAt ?? round.closedAt ?? "", canonicalJson(round)],
    ),
    versions: byKey<Version>(
      manifests.flatMap((manifest) => manifest.versions),
      (version) => version.id,
      (version) => [version.renamedAt ?? "", canonicalJson(version)],
    ),
    ...mergeAudiences(manifests.flatMap(({ audience }) => audience ?? [])),
  });
}

/** The narrowest: a file shows nothing to anybody that another keeps from them. */
function mergeAudiences(audiences: readonly Audience[]): { audience?: Audience } {
  const [first, ...others] = audiences;
  return first === undefined ? {} : { audience: others.reduce(narrower, first) };
}

type Rank = readonly (string | number)[];

/** The greatest by rank. Ranks that are equal must mean values that are equal, so that no order matters. */
function greatest<T>(values: readonly T[], rank: (value: T) => Rank): T {
  return values.reduce((a, b) => (compareRanks(rank(a), rank(b)) >= 0 ? a : b));
}

function compareRanks(a: Rank, b: Rank): number {
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (typeof x === "number" && typeof y === "number" && x !== y) return x - y;
    if (x !== y) return compare(String(x), String(y));
  }
  return 0;
}

function byKey<T>(values: readonly T[], key: (value: T) => string, rank: (value: T) => Rank): T[] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return [...groups.values()].map((group) => greatest(group, rank));
}

function mergeMaps(maps: readonly ReadonlyMap<string, Uint8Array>[]): Map<string, Uint8Array> {
  const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))].toSorted(compare);
  return new Map(keys.map((key) => [key, mergeStates(maps.flatMap((map) => map.get(key) ?? []))]));
}

/** The union of Yjs states, loaded once more from its bytes so that it is packed alike however it came together. */
function mergeStates(states: readonly Uint8Array[]): Uint8Array {
  const union = docFrom(...states.toSorted(compareBytes));
  return Y.encodeStateAsUpdate(docFrom(Y.encodeStateAsUpdate(union)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
