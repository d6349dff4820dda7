import * as Y from "yjs";
import { docFrom, mergeReportFiles, readReportFile, readText, writeReportFile } from "#collab";
import type { Manifest, ReportFile } from "#collab";
import { assembleReport } from "#comments";
import { exportReport } from "#docx";
import { checkReport, say } from "#model";
import type { OutlineNode, Template } from "#model";
import { COMMITTEE, PARTY_RULES } from "../../model/shipped.ts";
import { checkWellFormed, readDocx } from "../../support/docx-reader.ts";
import { HeadlessView, numberedIds } from "../../support/headless-view.ts";
import { assertFresh, assertWhole } from "../../support/laws.ts";
import { SLOTS } from "../stage.ts";

const TEMPLATE: Template = {
  ...COMMITTEE,
  outline: SLOTS.map((id): OutlineNode => ({
    type: "slot",
    id,
    role: "context",
    title: { vi: `Mục ${id}`, en: id },
    titled: true,
    guidance: { vi: "", en: "" },
    required: false,
  })),
};

const MANIFEST: Manifest = {
  format: "tongket",
  version: 1,
  report: { id: "besieged", sample: true, createdAt: "2026-01-01T00:00:00.000Z" },
  template: TEMPLATE,
  ruleSet: PARTY_RULES.id,
  people: [{ id: "chair", name: "Chủ trì Mẫu", unit: "", role: "chair" }],
  rounds: [],
  versions: [],
};

/** A hostile client may also send its own notes and decisions: records that are none, under keys that are none. */
function hostileFile(body: Uint8Array): ReportFile {
  const notes = new Y.Doc();
  for (const [key, value] of JUNK) notes.getMap("notes:chair").set(key, value);
  const decisions = new Y.Doc();
  for (const [key, value] of JUNK) decisions.getMap("decisions").set(key, value);
  return {
    manifest: MANIFEST,
    body,
    decisions: Y.encodeStateAsUpdate(decisions),
    notes: new Map([["chair", Y.encodeStateAsUpdate(notes)]]),
    versions: new Map(),
  };
}

const JUNK: readonly (readonly [string, unknown])[] = [
  ["", null],
  ["c:", {}],
  ["c:1", { id: "1", author: "other", target: { scope: "range", slot: "opening", anchor: { start: "?", end: 7 } } }],
  [
    "c:2",
    {
      id: "2",
      author: "chair",
      round: 0,
      target: {
        scope: "range",
        slot: "opening",
        anchor: { start: "AAAA", end: "////" },
        quote: { exact: "x", prefix: "", suffix: "" },
      },
      kind: "other",
      text: "\u0000",
      createdAt: "2026-01-01T00:00:00.000Z",
      withdrawn: false,
    },
  ],
  ["r:1", ["c:2"]],
  ["2", { comment: "2", outcome: "accept", response: 3 }],
];

/**
 * What a report does, done with a body that nobody would write: it is read, without writing; goes into a file and comes
 * back whole; is merged; is checked, in both languages; is shown as JSON; is printed; and can be edited, so that the
 * edit reaches somebody who comes new.
 */
export async function assertServes(body: Uint8Array, exports: boolean): Promise<void> {
  const doc = docFrom(body);
  const held = Y.encodeStateAsUpdate(doc);
  doc.on("update", () => {
    throw new Error("a reader wrote");
  });
  readText(doc, TEMPLATE);
  new HeadlessView(doc, SLOTS, numberedIds("never")).destroy();
  if (!isSame(Y.encodeStateAsUpdate(doc), held)) throw new Error("reading changed the document");

  const file = readReportFile(writeReportFile(hostileFile(body)), () => MANIFEST, "keep");
  const both = mergeReportFiles([file, hostileFile(body)]);
  if (!Y.equalSnapshots(Y.snapshot(docFrom(both.body)), Y.snapshot(doc))) throw new Error("the file lost something");
  const report = assembleReport(both, PARTY_RULES);
  if (report.threads.length !== 1) throw new Error("junk became a comment, or a comment junk");
  JSON.parse(JSON.stringify(report));
  for (const language of ["vi", "en"] as const) {
    for (const { code, values } of checkReport(report, language)) {
      const words = say(language, `check.${code}`, values);
      if (words === "" || words === `check.${code}`) throw new Error(`${code} has no words`);
    }
  }
  for (const as of exports ? (["final", "draft", "responses"] as const) : []) {
    checkWellFormed(readDocx(await exportReport(report, as)).parts);
  }
  for (const slot of SLOTS) assertEditable(body, slot);
}

function assertEditable(body: Uint8Array, slot: string): void {
  const doc = docFrom(body);
  const view = new HeadlessView(doc, SLOTS, numberedIds("late"));
  const pos = view.binding.position(view.state.doc, slot, Number.MAX_SAFE_INTEGER);
  view.dispatch(view.state.tr.insertText("終", pos));
  assertWhole(view.state.doc, SLOTS);
  assertFresh(view.state.doc, doc, SLOTS);
  const clean = docFrom(Y.encodeStateAsUpdate(doc));
  const words = readText(clean, TEMPLATE).slots[slot] ?? [];
  if (!words.at(-1)?.runs.at(-1)?.text.endsWith("終")) throw new Error(`an edit of ${slot} did not arrive`);
  view.destroy();
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
