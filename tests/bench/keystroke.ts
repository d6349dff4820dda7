import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { prosemirrorToYXmlFragment } from "y-prosemirror";
import * as Y from "yjs";
import { docFrom, markerAttributes, slotText } from "#collab";
import { reportSchema } from "#model";
import { numberedIds } from "../support/headless-view.ts";
import { random } from "../support/random.ts";
import type { Typist } from "./history.ts";
import { ourTypist, peerTypist } from "./history.ts";
import type { BenchRow } from "./row.ts";
import { benchRow } from "./row.ts";
import { median } from "./sample.ts";

const PARAGRAPHS = 1_000;
const WORDS = 60;
const KEYSTROKES = 400;
const LOADS = 7;

/**
 * A report of 1,000 paragraphs, over 12 slots and in one: what a keystroke here and one from elsewhere cost from
 * dispatch or update to the new state, and the time from stored bytes to an editor's state. The peer is y-prosemirror
 * over one fragment with the same paragraphs. No screen on either side. Medians.
 */
export function benchKeystroke(): BenchRow[] {
  return [12, 1].flatMap((slots) => {
    const paragraphs = writtenParagraphs(slots);
    const where = slots === 1 ? "in one slot" : `over ${slots} slots`;
    const ours = measure(ourEditor, oursBytes(paragraphs), paragraphs.size);
    const peer = measure((bytes) => peerTypist(docFrom(bytes)), peerBytes(paragraphs), 1);
    const row = (name: string, unit: string, pick: (times: Times) => number): BenchRow =>
      benchRow(`${name}, ${where}`, unit, pick(ours), pick(peer));
    return [
      row("local keystroke", "µs", (times) => times.local * 1000),
      row("remote keystroke", "µs", (times) => times.remote * 1000),
      row("stored bytes to editor state", "ms", (times) => times.load),
    ];
  });
}

interface Times {
  readonly local: number;
  readonly remote: number;
  readonly load: number;
}

function measure(open: (bytes: Uint8Array) => Typist, bytes: Uint8Array, sections: number): Times {
  const here = open(bytes);
  const there = open(bytes);
  const updates: Uint8Array[] = [];
  here.doc.on("update", (update: Uint8Array) => updates.push(update));
  const r = random(sections);
  const local: number[] = [];
  const remote: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    // A person types a few letters at one place, then goes elsewhere.
    const place = i % 8 === 0 ? textPosition(here.state.doc, r()) : here.state.selection.head;
    updates.length = 0;
    local.push(time(() => here.dispatch(typed(here.state, place))));
    const update = updates.length === 1 ? updates[0] : Y.mergeUpdates(updates);
    if (update) remote.push(time(() => Y.applyUpdate(there.doc, update, "network")));
  }
  if (!here.state.doc.eq(there.state.doc)) throw new Error("the two editors differ");
  const load = Array.from({ length: LOADS }, () => {
    let editor: Typist | undefined;
    const taken = time(() => {
      editor = open(bytes);
    });
    editor?.destroy();
    return taken;
  });
  here.destroy();
  there.destroy();
  return { local: median(local), remote: median(remote), load: median(load) };
}

function typed(state: EditorState, place: number): Transaction {
  const { tr } = state;
  tr.insertText("n", place);
  return tr.setSelection(TextSelection.create(tr.doc, place + 1));
}

/** A position inside the text of the paragraph at a share of the document. */
function textPosition(doc: Node, share: number): number {
  const $pos = doc.resolve(Math.floor(share * (doc.content.size - 8)) + 4);
  return $pos.parent.isTextblock ? $pos.pos : textPosition(doc, (share + 0.37) % 1);
}

function time(run: () => void): number {
  const begun = performance.now();
  run();
  return performance.now() - begun;
}

function writtenParagraphs(slots: number): Map<string, string[]> {
  const r = random(1);
  const words = [
    "tổng",
    "kết",
    "công",
    "tác",
    "năm",
    "và",
    "phương",
    "hướng",
    "nhiệm",
    "vụ",
    "đảng",
    "bộ",
    "kết",
    "quả",
  ];
  const report = new Map<string, string[]>();
  for (let i = 0; i < PARAGRAPHS; i++) {
    const slot = `s${Math.floor((i * slots) / PARAGRAPHS)}`;
    const paragraph = Array.from({ length: WORDS }, () => r.pick(words)).join(" ");
    report.set(slot, [...(report.get(slot) ?? []), paragraph]);
  }
  return report;
}

function oursBytes(report: ReadonlyMap<string, readonly string[]>): Uint8Array {
  const doc = new Y.Doc();
  const newId = numberedIds("p");
  for (const [slot, paragraphs] of report) {
    const delta = paragraphs.flatMap((insert) => [
      { insert: "\n", attributes: markerAttributes(newId(), "paragraph", 0) },
      { insert },
    ]);
    slotText(doc, slot).applyDelta(delta, { sanitize: true });
  }
  return Y.encodeStateAsUpdate(doc);
}

function ourEditor(bytes: Uint8Array): Typist {
  const doc = docFrom(bytes);
  const slots = Array.from(doc.share.keys(), (root) => root.slice("slot:".length)).toSorted();
  return ourTypist(doc, slots, numberedIds("n"));
}

/** The same sections and blocks under y-prosemirror: one fragment, the same schema. */
function peerBytes(report: ReadonlyMap<string, readonly string[]>): Uint8Array {
  const newId = numberedIds("p");
  const sections = [...report].map(([slot, paragraphs]) =>
    reportSchema.node(
      "section",
      { slot },
      paragraphs.map((text) => reportSchema.node("block", { id: newId() }, reportSchema.text(text))),
    ),
  );
  const doc = new Y.Doc();
  prosemirrorToYXmlFragment(reportSchema.node("doc", null, sections), doc.getXmlFragment("doc"));
  return Y.encodeStateAsUpdate(doc);
}
