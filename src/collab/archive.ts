import { strFromU8, strToU8, zipSync } from "fflate";
import * as Y from "yjs";
import { slotsOf } from "#model";
import { isBodyRoot } from "./body-root.ts";
import { canonicalJson, compare } from "./canonical.ts";
import { fileDamaged, fileNewer } from "./errors.ts";
import { inspectUpdate } from "./inspect.ts";
import type { UpdateRules } from "./inspect.ts";
import { docFrom } from "./layout.ts";
import { isTextRoot } from "./layout.ts";
import type { Manifest, ReportFile } from "./report-file.ts";
import { unzip } from "./zip.ts";

const MANIFEST = "manifest.json";
const BODY = "body.yjs";
const DECISIONS = "decisions.yjs";
const NOTES = /^notes\/([A-Za-z0-9_-]{1,64})\.yjs$/;
const VERSIONS = /^versions\/([A-Za-z0-9_-]{1,64})\.yjs$/;

/**
 * Reads a `.tongket` file from anywhere. `checkManifest` turns what the manifest says into a {@link Manifest} or throws
 * an error that says where it is wrong. Every state is whole and of its kind: applying it leaves nothing pending.
 * What a body holds that no report can show is refused, or kept where a person only reads and passes on the file.
 * Throws `file-not-zip`, `file-damaged`, `file-newer`, `file-too-large`, and what `checkManifest` throws.
 */
export function readReportFile(
  bytes: Uint8Array,
  checkManifest: (value: unknown) => Manifest,
  foreign: "refuse" | "keep" = "refuse",
): ReportFile {
  const entries = unzip(bytes);
  const manifest = checkManifest(readManifest(entries));
  const slots = slotsOf(manifest.template).map((slot) => slot.id);
  const bodyRoots = (name: string): boolean => isBodyRoot(name, slots);
  const state = (entry: string, roots: UpdateRules["roots"], text: UpdateRules["text"]): Uint8Array => {
    const update = entries.get(entry);
    if (!update) throw fileDamaged(entry);
    const rules = { roots, text, maxBytes: update.length, foreign: foreign === "keep" && roots === bodyRoots };
    const { refusal } = inspectUpdate(update, new Y.Doc(), rules);
    if (refusal !== null) throw fileDamaged(entry, new Error(refusal));
    if (rules.foreign) checkLoads(update, entry);
    return update;
  };
  const notes = new Map<string, Uint8Array>();
  const versions = new Map<string, Uint8Array>();
  const known = new Set(manifest.versions.map((version) => version.id));
  for (const entry of entries.keys()) {
    const person = NOTES.exec(entry)?.[1];
    const version = VERSIONS.exec(entry)?.[1];
    if (person !== undefined)
      notes.set(
        person,
        state(entry, (name) => name === `notes:${person}`, false),
      );
    else if (version !== undefined && known.has(version)) versions.set(version, state(entry, bodyRoots, isTextRoot));
    else if (![MANIFEST, BODY, DECISIONS].includes(entry)) throw fileDamaged(entry);
  }
  for (const version of known) if (!versions.has(version)) throw fileDamaged(`versions/${version}.yjs`);
  return {
    manifest,
    body: state(BODY, bodyRoots, isTextRoot),
    decisions: state(DECISIONS, () => true, false),
    notes,
    versions,
  };
}

/** What is foreign is not known to fit together: loading it shows. */
function checkLoads(update: Uint8Array, entry: string): void {
  try {
    docFrom(update).destroy();
  } catch (cause) {
    throw fileDamaged(entry, cause);
  }
}

function readManifest(entries: ReadonlyMap<string, Uint8Array>): unknown {
  const bytes = entries.get(MANIFEST);
  if (!bytes) throw fileDamaged(MANIFEST);
  let value: unknown;
  try {
    value = JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw fileDamaged(MANIFEST, cause);
  }
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== "tongket") {
    throw fileDamaged(MANIFEST);
  }
  const version = "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > 1) throw fileNewer(version);
  return value;
}

/** The bytes of a `.tongket` file. The same report gives the same bytes, whenever and wherever they are made. */
export function writeReportFile(file: ReportFile): Uint8Array {
  const entries: [string, Uint8Array][] = [
    [MANIFEST, strToU8(`${canonicalJson(ordered(file.manifest), 2)}\n`)],
    [BODY, file.body],
    [DECISIONS, file.decisions],
    ...[...file.notes].map(([person, state]): [string, Uint8Array] => [`notes/${person}.yjs`, state]),
    ...[...file.versions].map(([version, state]): [string, Uint8Array] => [`versions/${version}.yjs`, state]),
  ];
  const sorted = Object.fromEntries(entries.toSorted(([a], [b]) => compare(a, b)));
  // Zip dates are local: the earliest that the format knows, made from local parts, is the same everywhere.
  return zipSync(sorted, { level: 9, mtime: new Date(1980, 0, 1) });
}

/** A manifest with its lists in their one order. */
export function ordered(manifest: Manifest): Manifest {
  return {
    ...manifest,
    people: manifest.people.toSorted((a, b) => compare(a.id, b.id)),
    rounds: manifest.rounds.toSorted((a, b) => a.number - b.number),
    versions: manifest.versions.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id)),
  };
}
