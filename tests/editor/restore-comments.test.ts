import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { docFrom, markerAttributes, readSlot, slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { RangeAnchor } from "#model";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { FormerText } from "../../src/editor/binding/former-text.ts";
import { restored } from "../../src/editor/restore.ts";
import type { HeadlessView } from "../support/headless-view.ts";
import { assertFresh, assertReloads, assertWhole } from "../support/laws.ts";
import { Peers } from "../support/peers.ts";

const SLOTS = ["a", "b"];

function meeting(slots: Readonly<Record<string, readonly string[]>>) {
  const seed = new Y.Doc();
  seed.clientID = 9;
  for (const [slot, lines] of Object.entries(slots)) {
    const text = slotText(seed, slot);
    for (const [i, line] of lines.entries()) {
      text.insert(text.length, "\n", markerAttributes(`${slot}${i}`, "paragraph", 0));
      text.insert(text.length, line, { b: null });
    }
  }
  const state = Y.encodeStateAsUpdate(seed);
  const peers = new Peers(2, SLOTS, state);
  const [first, second] = peers.all.map(({ view }) => view);
  return { peers, first: first ?? expect.fail(), second: second ?? expect.fail(), version: docFrom(state) };
}

function restore(view: HeadlessView, version: Y.Doc, slots: readonly string[] = SLOTS): void {
  const target = Object.fromEntries(slots.map((slot) => [slot, readSlot(slotText(version, slot))]));
  view.history.stop();
  view.dispatch(restored(view.state, target, diffWords, new FormerText(view.doc, version)));
  view.history.stop();
  assertWhole(view.state.doc, SLOTS);
  assertFresh(view.state.doc, view.doc, SLOTS);
  assertReloads(view.state.doc, view.doc, SLOTS);
}

/** An anchor on the last place where words stand in a slot. */
function anchorOf(doc: Y.Doc, slot: string, words: string): RangeAnchor {
  const text = slotText(doc, slot);
  const from = text.toJSON().lastIndexOf(words);
  return anchorRange(text, from, from + words.length).anchor;
}

function placeOf(doc: Y.Doc, slot: string, anchor: RangeAnchor): string | null {
  const range = resolveAnchor(doc, slot, anchor);
  return range && `${range.slot} ${range.from}: ${slotText(doc, range.slot).toJSON().slice(range.from, range.to)}`;
}

function lines(doc: Y.Doc, slot: string): string[] {
  return readSlot(slotText(doc, slot)).map(({ runs }) => runs.map(({ text }) => text).join(""));
}

/** Where words stand in what an editor shows, by the number of the occurrence. */
function find(view: HeadlessView, words: string, nth = 0): { from: number; to: number } {
  const found: number[] = [];
  view.state.doc.descendants((node, pos) => {
    const { text } = node;
    for (let at = text?.indexOf(words) ?? -1; at >= 0; at = text?.indexOf(words, at + 1) ?? -1) found.push(pos + at);
  });
  const from = found[nth] ?? expect.fail(`no ${nth}th ${words}`);
  return { from, to: from + words.length };
}

function erase(view: HeadlessView, words: string, nth = 0): void {
  const { from, to } = find(view, words, nth);
  view.dispatch(view.state.tr.delete(from, to));
}

// S25 of docs/sync-spec.md
describe("a comment on words that a version brings back", () => {
  it("is at these words again, for everybody, until it is undone", () => {
    const { peers, first, second, version } = meeting({
      a: ["Đảng bộ còn nể nang, né tránh trong phê bình."],
      b: ["khác"],
    });
    const anchor = anchorOf(first.doc, "a", "nể nang, né tránh");
    const whole = placeOf(first.doc, "a", anchor);
    erase(first, "nể nang, né ");
    erase(second, "tránh trong phê");
    peers.quiesce();
    expect(placeOf(second.doc, "a", anchor)).toBeNull();
    restore(first, version);
    peers.quiesce();
    expect(lines(second.doc, "a")).toEqual(["Đảng bộ còn nể nang, né tránh trong phê bình."]);
    expect(placeOf(second.doc, "a", anchor)).toBe(whole);
    first.history.undo();
    expect(placeOf(first.doc, "a", anchor)).toBeNull();
    first.history.redo();
    peers.quiesce();
    expect(placeOf(second.doc, "a", anchor)).toBe(whole);
    peers.destroy();
  });

  it("is at these, and not at others that say the same and stood beside them", () => {
    const { peers, first, version } = meeting({ a: ["Kết quả tốt. Kết quả tốt. Hết."], b: ["khác"] });
    const anchor = anchorOf(first.doc, "a", "Kết quả tốt.");
    erase(first, "Kết quả tốt. ", 0);
    restore(first, version);
    expect(placeOf(first.doc, "a", anchor)).toBe("a 14: Kết quả tốt.");
    erase(first, "Kết quả tốt. ", 1);
    expect(placeOf(first.doc, "a", anchor)).toBeNull();
    restore(first, version);
    expect(placeOf(first.doc, "a", anchor)).toBe("a 14: Kết quả tốt.");
    peers.destroy();
  });

  it("is at whole paragraphs that come back in a slot of several that say the same", () => {
    const { peers, first, version } = meeting({ a: ["Như trên.", "Như trên.", "Như trên."], b: ["khác"] });
    const anchor = anchorOf(first.doc, "a", "Như trên.\nNhư trên.");
    const { from } = find(first, "Như trên.", 1);
    first.dispatch(first.state.tr.delete(from - 1, from - 1 + 2 * "Như trên.".length + 4));
    expect(lines(first.doc, "a")).toEqual(["Như trên."]);
    expect(placeOf(first.doc, "a", anchor)).toBeNull();
    restore(first, version, ["a"]);
    expect(lines(first.doc, "a")).toEqual(["Như trên.", "Như trên.", "Như trên."]);
    expect(placeOf(first.doc, "a", anchor)).toBe("a 11: Như trên.\nNhư trên.");
    peers.destroy();
  });

  it("is at one place where two people bring back the same at once", () => {
    const { peers, first, second, version } = meeting({ a: ["một hai ba", "bốn"], b: ["khác"] });
    const anchor = anchorOf(first.doc, "a", "hai ba\nbốn");
    erase(first, "hai ba");
    erase(first, "bốn");
    peers.quiesce();
    restore(first, version);
    restore(second, version);
    peers.quiesce();
    for (const { doc } of [first, second]) {
      expect(lines(doc, "a")).toEqual(["một hai ba", "bốn"]);
      expect(placeOf(doc, "a", anchor)).toBe("a 5: hai ba\nbốn");
    }
    peers.destroy();
  });

  it("is taken along where the words were moved, changed, and are moved back", () => {
    const { peers, first, version } = meeting({ a: ["một hai ba", "bốn"], b: ["khác"] });
    const anchor = anchorOf(first.doc, "a", "hai ba");
    const block = first.state.doc.child(0).child(0);
    const tr = first.state.tr.delete(1, 1 + block.nodeSize);
    first.dispatch(tr.insert(tr.doc.content.size - 1, block).setMeta("uiEvent", "move"));
    expect(placeOf(first.doc, "a", anchor)).toBe("b 10: hai ba");
    const there = anchorOf(first.doc, "b", "một hai");
    erase(first, "hai ");
    restore(first, version);
    expect([lines(first.doc, "a"), lines(first.doc, "b")]).toEqual([["một hai ba", "bốn"], ["khác"]]);
    expect(placeOf(first.doc, "a", anchor)).toBe("a 5: hai ba");
    expect(placeOf(first.doc, "b", there)).toBe("a 1: một hai");
    peers.destroy();
  });

  it("leaves alone what was typed anew in the meantime and has its own comments, where nothing of the version is left", () => {
    const { peers, first, version } = meeting({ a: ["một hai"], b: ["khác"] });
    const { from, to } = find(first, "một hai");
    first.dispatch(first.state.tr.delete(from, to));
    first.dispatch(first.state.tr.insertText("một hai ba", from));
    const anchor = anchorOf(first.doc, "a", "một hai");
    restore(first, version);
    expect(lines(first.doc, "a")).toEqual(["một hai"]);
    expect(placeOf(first.doc, "a", anchor)).toBe("a 1: một hai");
    peers.destroy();
  });
});
