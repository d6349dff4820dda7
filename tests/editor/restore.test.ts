import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, markAttributes, markerAttributes, slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { Block, WordDiff } from "#model";
import { blockText, MARKS } from "#model";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { restored } from "../../src/editor/restore.ts";
import { anyText } from "../support/any-text.ts";
import { HeadlessView, numberedIds } from "../support/headless-view.ts";
import { assertFresh, assertReloads, assertWhole } from "../support/laws.ts";
import { Peers } from "../support/peers.ts";
import { block } from "../support/sample-report.ts";
import { slotsOf } from "./body.ts";

const SLOTS = ["a", "b", "c"];

type Slots = Readonly<Record<string, readonly Block[]>>;

/** A body whose slots hold these blocks. */
function bodyWith(slots: Slots): Y.Doc {
  const doc = new Y.Doc();
  for (const [slot, blocks] of Object.entries(slots)) {
    const text = slotText(doc, slot);
    for (const { id, kind, level, runs } of blocks) {
      if (id !== "lead") text.insert(text.length, "\n", markerAttributes(id, kind, level));
      for (const run of runs) text.insert(text.length, run.text, { ...NO_MARKS, ...markAttributes(run.marks) });
    }
  }
  return docFrom(Y.encodeStateAsUpdate(doc));
}

const NO_MARKS = Object.fromEntries([...MARKS, "b"].map((name) => [name, null]));

function open(slots: Slots): HeadlessView {
  return new HeadlessView(bodyWith(slots), SLOTS, numberedIds("n"));
}

function restore(view: HeadlessView, target: Slots, diff: WordDiff = diffWords): void {
  view.history.stop();
  view.dispatch(restored(view.state, target, diff));
  view.history.stop();
  assertWhole(view.state.doc, SLOTS);
  assertFresh(view.state.doc, view.doc, SLOTS);
  assertReloads(view.state.doc, view.doc, SLOTS);
}

const strong = (id: string, text: string, from: number, to: number): Block => ({
  ...block(id, text),
  runs: [
    { text: text.slice(0, from), marks: [] as const },
    { text: text.slice(from, to), marks: ["strong"] as const },
    { text: text.slice(to), marks: [] as const },
  ].filter((run) => run.text !== ""),
});

/** A text without the ids of its leads, which a block that is written anew cannot bear. */
const withoutLeads = (slots: Slots, names: readonly string[] = SLOTS): Slots =>
  Object.fromEntries(
    names.map((slot) => [slot, (slots[slot] ?? []).map((each, i) => (i === 0 ? { ...each, id: "" } : each))]),
  );

const pair = fc.tuple(anyText, anyText);

describe("a restoration", () => {
  it("makes the slots read exactly as the version did: words, marks, kinds, levels and ids", () => {
    fc.assert(
      fc.property(pair, ([present, version]) => {
        const view = open(present);
        restore(view, version);
        const now = slotsOf(view.doc, SLOTS);
        for (const slot of SLOTS) {
          for (const [i, wanted] of (version[slot] ?? []).entries()) {
            // A lead has no id to bring back.
            const { id: _, ...rest } = wanted;
            expect(now[slot]?.[i]).toMatchObject(rest);
            if (wanted.id !== "lead") expect(now[slot]?.[i]?.id).toBe(wanted.id);
          }
          expect(now[slot]).toHaveLength(version[slot]?.length ?? 0);
        }
        view.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it("is taken back by one undo to exactly what was, and done again by one redo", () => {
    fc.assert(
      fc.property(pair, ([present, version]) => {
        const view = open(present);
        const before = slotsOf(view.doc, SLOTS);
        restore(view, version);
        const after = slotsOf(view.doc, SLOTS);
        if (!view.history.canUndo) {
          expect(after).toEqual(before);
        } else {
          view.history.undo();
          // A lead that was written into keeps the place it got, as after any edit.
          expect(withoutLeads(slotsOf(view.doc, SLOTS))).toEqual(withoutLeads(before));
          expect(view.history.canUndo).toBe(false);
          view.history.redo();
          expect(slotsOf(view.doc, SLOTS)).toEqual(after);
        }
        view.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it("of what is there already changes nothing", () => {
    fc.assert(
      fc.property(anyText, (present) => {
        const view = open(present);
        const before = Y.encodeStateAsUpdate(view.doc);
        expect(restored(view.state, slotsOf(view.doc, SLOTS), diffWords).steps).toEqual([]);
        restore(view, slotsOf(view.doc, SLOTS));
        expect(Y.encodeStateAsUpdate(view.doc)).toEqual(before);
        expect(view.history.canUndo).toBe(false);
        view.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it("of one slot leaves every other as it is", () => {
    fc.assert(
      fc.property(pair, ([present, version]) => {
        const view = open(present);
        const before = slotsOf(view.doc, SLOTS);
        restore(view, { a: version["a"] ?? [] });
        const now = slotsOf(view.doc, SLOTS);
        expect([now["b"], now["c"]]).toEqual([before["b"], before["c"]]);
        const said = (blocks: readonly Block[] = []) => blocks.map((each) => ({ ...each, id: "" }));
        expect(said(now["a"])).toEqual(said(version["a"]));
        const taken = new Set([...(present["b"] ?? []), ...(present["c"] ?? [])].map(({ id }) => id));
        for (const [i, { id }] of (version["a"] ?? []).entries()) {
          if (id !== "lead" && !taken.has(id)) expect(now["a"]?.[i]?.id).toBe(id);
        }
        view.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it("loses nothing that somebody else writes at the same time, and everybody ends with the same", () => {
    fc.assert(
      fc.property(pair, fc.array(fc.tuple(fc.nat(2), fc.nat(60)), { maxLength: 6 }), ([present, version], places) => {
        const peers = new Peers(2, SLOTS, Y.encodeStateAsUpdate(bodyWith(present)));
        const [mine, theirs] = peers.all;
        if (!mine || !theirs) throw new Error("two peers");
        restore(mine.view, version);
        for (const [i, [slot, index]] of places.entries()) {
          const { view } = theirs;
          const pos = view.binding.position(view.state.doc, SLOTS[slot] ?? "", index);
          // Nobody's caret stands inside a letter.
          const inside = /^[\uDC00-\uDFFF]/.test(view.state.doc.textBetween(pos, view.state.doc.resolve(pos).end()));
          view.dispatch(view.state.tr.insertText(String.fromCharCode(0x2460 + i), inside ? pos + 1 : pos));
        }
        peers.quiesce();
        for (const { view } of peers.all) {
          const said = Object.values(slotsOf(view.doc, SLOTS)).flat().map(blockText).join("\n");
          for (const i of places.keys()) expect(said.split(String.fromCharCode(0x2460 + i))).toHaveLength(2);
          assertFresh(view.state.doc, view.doc, SLOTS);
        }
        expect(slotsOf(mine.view.doc, SLOTS)).toEqual(slotsOf(theirs.view.doc, SLOTS));
        // Without what the other wrote, the text reads as the version.
        const bare = (slots: Slots) => SLOTS.map((slot) => (slots[slot] ?? []).map(blockText).join(""));
        expect(bare(slotsOf(mine.view.doc, SLOTS)).map((said) => said.replaceAll(/[\u2460-\u2470]/gu, ""))).toEqual(
          bare(version),
        );
        for (const { view } of peers.all) view.destroy();
      }),
      { numRuns: 40 },
    );
  });
});

describe("a restoration of what changed a little", () => {
  const SENTENCE = "Một số đảng viên còn nể nang, né tránh trong tự phê bình và phê bình";

  it("replaces only the words that differ: a comment on the others keeps its place", () => {
    const view = open({ a: [block("k", "Trước."), block("l", SENTENCE.replace("né tránh", "hay ngại"))] });
    const text = slotText(view.doc, "a");
    const at = text.toJSON().indexOf("tự phê bình");
    const { anchor } = anchorRange(text, at, at + "tự phê bình".length);
    const deleted = deletedCharacters(view.doc, () =>
      restore(view, { a: [block("k", "Trước."), block("l", SENTENCE)] }),
    );
    expect(deleted).toBe("hay ngại");
    const range = resolveAnchor(view.doc, "a", anchor);
    expect(range && text.toJSON().slice(range.from, range.to)).toBe("tự phê bình");
  });

  it("brings back kinds, levels and marks without touching a word", () => {
    const view = open({ a: [block("k", "Về tổ chức"), block("l", SENTENCE, "item", 2)] });
    const wanted = [block("k", "Về tổ chức", "heading", 1), strong("l", SENTENCE, 7, 16)];
    expect(deletedCharacters(view.doc, () => restore(view, { a: wanted }))).toBe("");
    expect(slotsOf(view.doc, SLOTS)["a"]).toEqual(wanted);
  });

  it("brings a deleted paragraph back under its old id, and only that", () => {
    const all = [block("k", "Một."), block("l", SENTENCE), block("m", "Ba.")];
    const view = open({ a: all });
    const at = "Một.".length + 3;
    view.dispatch(view.state.tr.delete(at, at + SENTENCE.length + 2));
    expect(slotsOf(view.doc, SLOTS)["a"]?.map(({ id }) => id)).toEqual(["k", "m"]);
    restore(view, { a: all });
    expect(slotsOf(view.doc, SLOTS)["a"]).toEqual(all);
  });

  it("gives a paragraph a new id where its own is borne elsewhere by now", () => {
    const view = open({ a: [block("k", "Một.")], b: [block("l", SENTENCE)] });
    restore(view, { a: [block("k", "Một."), block("l", SENTENCE)] });
    expect(slotsOf(view.doc, SLOTS)["a"]?.map(({ id }) => id)).toEqual(["k", "n1"]);
    expect(slotsOf(view.doc, SLOTS)["b"]?.map(({ id }) => id)).toEqual(["l"]);
  });
});

/** The characters that an act deletes from the texts of a document. */
function deletedCharacters(doc: Y.Doc, act: () => void): string {
  const gone: string[] = [];
  const before = new Map(SLOTS.map((slot) => [slot, slotText(doc, slot).toJSON()]));
  const observe = (event: Y.YTextEvent): void => {
    let at = 0;
    const slot = SLOTS.find((name) => slotText(doc, name) === event.target) ?? "";
    for (const { retain = 0, delete: length = 0 } of event.delta) {
      gone.push((before.get(slot) ?? "").slice(at, at + length));
      at += retain + length;
    }
  };
  for (const slot of SLOTS) slotText(doc, slot).observe(observe);
  act();
  for (const slot of SLOTS) slotText(doc, slot).unobserve(observe);
  return gone.join("");
}
