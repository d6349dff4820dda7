import * as fc from "fast-check";
import { Fragment } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { EditorState } from "prosemirror-state";
import type { Transaction } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { markerAttributes, readSlot, slotText } from "#collab";
import { blockNode, reportSchema } from "#model";
import { StepMaps } from "../../src/editor/binding/step-maps.ts";
import { ReplaceManyStep } from "../../src/editor/replace-many.ts";
import type { TextReplacement } from "../../src/editor/replace-many.ts";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { restored } from "../../src/editor/restore.ts";
import { replaceMatches, search, searchFor } from "../../src/editor/search.ts";
import { HeadlessView, numberedIds } from "../support/headless-view.ts";
import { assertFresh } from "../support/laws.ts";
import { block } from "../support/sample-report.ts";

/** Two sections of blocks with these words. */
function docOf(words: readonly string[]): Node {
  const section = (slot: string, own: readonly string[]): Node =>
    reportSchema.node(
      "section",
      { slot },
      own.map((text, i) => blockNode(block(`${slot}${i}`, text))),
    );
  const half = Math.ceil(words.length / 2);
  return reportSchema.node("doc", null, [
    section("a", ["", ...words.slice(0, half)]),
    section("b", ["", ...words.slice(half)]),
  ]);
}

const words = fc.array(fc.constantFrom("", "một", "hai ba", "bốn năm sáu"), { minLength: 1, maxLength: 6 });

/** Stretches in order, up to three in a block, by shares of what is left of it; some touch. */
function stretches(doc: Node, parts: readonly (readonly [number, number, string])[]): TextReplacement[] {
  const found: TextReplacement[] = [];
  const left = [...parts];
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true;
    let at = 0;
    for (const [skip, length, text] of left.splice(0, 3)) {
      const from = at + Math.floor(skip * (node.content.size - at));
      const to = from + Math.floor(length * (node.content.size - from));
      const content = text === "" ? Fragment.empty : Fragment.from(reportSchema.text(text));
      found.push({ from: pos + 1 + from, to: pos + 1 + to, content });
      at = to;
    }
    return false;
  });
  return found;
}

const shares = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom("", "x", "dài hơn"),
  ),
  { maxLength: 12 },
);

describe("a step that replaces many stretches", () => {
  it("does what a step for each does, is taken back by its inverse, and maps as they do", () => {
    fc.assert(
      fc.property(words, shares, (of, parts) => {
        const doc = docOf(of);
        const all = stretches(doc, parts);
        const step = new ReplaceManyStep(all);
        const { doc: result } = step.apply(doc);
        if (!result) throw new Error("applied");
        const tr = EditorState.create({ doc }).tr;
        for (const { from, to, content } of all.toReversed()) tr.replaceWith(from, to, content);
        expect(result.toJSON()).toEqual(tr.doc.toJSON());
        result.check();
        expect(step.invert(doc).apply(result).doc?.toJSON()).toEqual(doc.toJSON());
        for (const side of [-1, 1] as const) {
          for (let pos = 0; pos <= doc.content.size; pos++) {
            if (all.some(({ from, to }) => pos >= from && pos <= to)) continue;
            expect(step.getMap().map(pos, side)).toBe(tr.mapping.map(pos, side));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("fails where a stretch is not within one block", () => {
    const doc = docOf(["một", "hai"]);
    const step = new ReplaceManyStep([{ from: 4, to: 9, content: Fragment.empty }]);
    expect(step.apply(doc).failed).not.toBeNull();
  });
});

describe("the maps of many steps", () => {
  it("carry a position as the mappings do, from any step on", () => {
    fc.assert(
      fc.property(
        words,
        fc.array(fc.tuple(fc.nat(60), fc.nat(8), fc.constantFrom("", "x", "dài hơn"), fc.boolean()), { maxLength: 30 }),
        (of, edits) => {
          let state = EditorState.create({ doc: docOf(of) });
          const transactions: Transaction[] = [];
          let tr = state.tr;
          for (const [at, length, text, done] of edits) {
            const $from = tr.doc.resolve(Math.min(at, tr.doc.content.size));
            const { from, to } = { from: $from.pos, to: Math.min($from.pos + length, tr.doc.content.size) };
            if ($from.parent.isTextblock && to <= $from.end()) tr.insertText(text, from, to);
            else if ($from.depth === 1 && $from.nodeAfter && $from.parent.childCount > 1)
              tr.delete(from, from + $from.nodeAfter.nodeSize);
            if (done) {
              transactions.push(tr);
              state = state.apply(tr);
              tr = state.tr;
            }
          }
          const maps = new StepMaps(transactions);
          transactions.forEach((transaction, t) => {
            for (let s = 0; s <= transaction.steps.length; s++) {
              const before = transaction.docs[s] ?? transaction.doc;
              for (let pos = 0; pos <= before.content.size; pos++) {
                for (const side of [-1, 1] as const) {
                  let result = transaction.mapping.slice(s).mapResult(pos, side);
                  let { deletedAfter } = result;
                  for (const { mapping } of transactions.slice(t + 1)) {
                    result = mapping.mapResult(result.pos, side);
                    deletedAfter ||= result.deletedAfter;
                  }
                  expect(maps.map(maps.number(t, s), pos, side)).toEqual({ pos: result.pos, deletedAfter });
                }
              }
            }
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("an edit of thousands of places", () => {
  it("is one step for each slot, and writes no more than what differs", () => {
    const doc = new Y.Doc();
    for (const slot of ["a", "b"]) {
      const text = slotText(doc, slot);
      for (let i = 0; i < 50; i++) {
        text.insert(text.length, "\n", markerAttributes(`${slot}${i}`, "paragraph", 0));
        text.insert(text.length, "một hai một ba", {});
      }
    }
    const view = new HeadlessView(doc, ["a", "b"], numberedIds("n"), [search()]);
    const version = { a: readSlot(slotText(doc, "a")), b: readSlot(slotText(doc, "b")) };
    view.dispatch(searchFor(view.state, "một"));
    const { transaction, count } = replaceMatches(view.state, "mười");
    expect([count, transaction.steps.length]).toEqual([200, 2]);
    view.dispatch(transaction);
    assertFresh(view.state.doc, doc, ["a", "b"]);
    expect(slotText(doc, "b").toJSON()).toBe(Array.from({ length: 50 }, () => "\nmười hai mười ba").join(""));
    const back = restored(view.state, version, diffWords);
    expect(back.steps).toHaveLength(2);
    view.dispatch(back);
    assertFresh(view.state.doc, doc, ["a", "b"]);
    expect(readSlot(slotText(doc, "a"))).toEqual(version.a);
    view.destroy();
  });
});
