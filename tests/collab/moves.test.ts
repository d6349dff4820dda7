import type { Node } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Lineage, LINEAGE_ROOT, markerAttributes, slotText } from "#collab";
import { anchorRange, resolveAnchor } from "#comments";
import type { RangeAnchor } from "#model";
import { Peers } from "../support/peers.ts";
import type { Peer } from "../support/peers.ts";

const SLOTS = ["a", "b"];

/** Two people (or more) on a report of two slots, each block given by its words, all of it read by everybody. */
function meeting(slots: Readonly<Record<string, readonly string[]>>, count = 2) {
  const doc = new Y.Doc();
  doc.clientID = 2;
  for (const slot of SLOTS) {
    for (const [i, words] of (slots[slot] ?? [""]).entries()) {
      const text = slotText(doc, slot);
      text.insert(text.length, "\n", markerAttributes(`${slot}${i}`, "paragraph", 0));
      if (words !== "") text.insert(text.length, words, {});
    }
  }
  const peers = new Peers(count, SLOTS, Y.encodeStateAsUpdate(doc));
  const [first, second] = peers.all;
  if (!first || !second) throw new Error("a meeting has at least two people");
  return { peers, first, second };
}

/** The stretch of the first such words, in positions of the view. */
function find(doc: Node, words: string): { from: number; to: number } {
  let found: { from: number; to: number } | null = null;
  doc.descendants((node, pos) => {
    const at = node.isTextblock ? node.textContent.indexOf(words) : -1;
    if (at >= 0) found ??= { from: pos + 1 + at, to: pos + 1 + at + words.length };
    return !node.isTextblock;
  });
  return found ?? expect.fail(`no ${words}`);
}

function anchorOf(peer: Peer, slot: string, words: string): RangeAnchor {
  const text = slotText(peer.view.doc, slot);
  const from = text.toJSON().indexOf(words);
  return anchorRange(text, from, from + words.length).anchor;
}

function wordsAt(doc: Y.Doc, slot: string, anchor: RangeAnchor): string | null {
  const range = resolveAnchor(doc, slot, anchor);
  return range && `${range.slot}: ${slotText(doc, range.slot).toJSON().slice(range.from, range.to)}`;
}

function cut({ view }: Peer, words: string): void {
  const { from, to } = find(view.state.doc, words);
  view.dispatch(view.state.tr.delete(from, to).setMeta("uiEvent", "cut"));
}

function paste({ view }: Peer, words: string, before: string): void {
  view.dispatch(view.state.tr.insertText(words, find(view.state.doc, before).from).setMeta("uiEvent", "paste"));
}

function drag({ view }: Peer, words: string, before: string): void {
  const { from, to } = find(view.state.doc, words);
  const tr = view.state.tr.setSelection(TextSelection.create(view.state.doc, from, to));
  const slice = tr.selection.content();
  tr.deleteSelection();
  const pos = tr.mapping.map(find(view.state.doc, before).from);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, pos)).replaceSelection(slice).setMeta("uiEvent", "drop"));
}

function linesOf(peer: Peer): Record<string, string[]> {
  return Object.fromEntries(
    peer.view.state.doc.children.map((section) => [
      String(section.attrs["slot"]),
      section.children.map((block) => block.textContent),
    ]),
  );
}

// S14 of docs/sync-spec.md
describe("words that one person moves", () => {
  it("keep a comment when they are cut and pasted, also on everybody else's screen and after a fresh load", () => {
    const { peers, first, second } = meeting({ a: ["mở đầu, kết quả tốt, hết"], b: ["nơi khác"] });
    const anchor = anchorOf(second, "a", "kết quả");
    cut(first, "kết quả tốt, ");
    expect(wordsAt(first.view.doc, "a", anchor)).toBeNull();
    paste(first, "kết quả tốt, ", "khác");
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("b: kết quả");
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", anchor)).toBe("b: kết quả");
    const fresh = new Y.Doc();
    Y.applyUpdate(fresh, Y.encodeStateAsUpdate(second.view.doc));
    expect(wordsAt(fresh, "a", anchor)).toBe("b: kết quả");
    peers.destroy();
  });

  it("keep it when they are dragged, and when they are dragged on", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba bốn năm"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "ba bốn");
    drag(first, "ba bốn ", "hai");
    expect(linesOf(first)).toEqual({ a: ["một ba bốn hai năm"], b: ["sáu"] });
    peers.quiesce();
    drag(second, "ba bốn ", "sáu");
    peers.quiesce();
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("b: ba bốn");
    peers.destroy();
  });

  it("keep it in the part that has most of them", () => {
    const { peers, first } = meeting({ a: ["một hai ba bốn năm"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "hai ba bốn");
    drag(first, "ba bốn ", "sáu");
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("b: ba bốn ".trimEnd());
    peers.destroy();
  });

  it("keep all of it where some of them are cut and pasted where they had stood", () => {
    const { peers, first } = meeting({ a: ["một hai ba bốn năm"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "hai ba bốn");
    cut(first, "ba bốn ");
    paste(first, "ba bốn ", "năm");
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("a: hai ba bốn");
    cut(first, "hai ");
    paste(first, "hai ", "ba");
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("a: hai ba bốn");
    peers.destroy();
  });

  it("keep it over several blocks, with the blocks' ids", () => {
    const { peers, first } = meeting({ a: ["một", "hai", "ba", "bốn"] });
    const anchor = anchorOf(first, "a", "hai\nba");
    const { view } = first;
    const section = view.state.doc.child(0);
    const from = 1 + section.child(0).nodeSize;
    const to = from + section.child(1).nodeSize + section.child(2).nodeSize;
    const moved = view.state.doc.slice(from, to).content;
    const tr = view.state.tr.delete(from, to);
    view.dispatch(tr.insert(tr.mapping.map(section.nodeSize - 1), moved).setMeta("uiEvent", "move"));
    expect(linesOf(first)["a"]).toEqual(["một", "bốn", "hai", "ba"]);
    expect(view.state.doc.child(0).children.map((block) => block.attrs["id"] as string)).toEqual([
      "a0",
      "a3",
      "a1",
      "a2",
    ]);
    expect(wordsAt(view.doc, "a", anchor)).toBe("a: hai\nba");
    peers.destroy();
  });

  it("keep it when the move is undone and done again", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "hai");
    drag(first, "hai ", "sáu");
    first.view.history.stop();
    first.view.history.undo();
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", anchor)).toBe("a: hai");
    first.view.history.redo();
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", anchor)).toBe("b: hai");
    expect(linesOf(second)).toEqual({ a: ["một ba"], b: ["hai sáu"] });
    peers.destroy();
  });

  it("are not followed to a second paste, which is a copy", () => {
    const { peers, first } = meeting({ a: ["một hai ba"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "hai");
    cut(first, "hai ");
    paste(first, "hai ", "sáu");
    paste(first, "hai ", "một");
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("b: hai");
    expect(linesOf(first)).toEqual({ a: ["hai một ba"], b: ["hai sáu"] });
    peers.destroy();
  });

  it("stand twice where they are pasted after their cutting was taken back, and their comment stays", () => {
    const { peers, first } = meeting({ a: ["một hai ba"], b: ["sáu"] }, 3);
    const anchor = anchorOf(first, "a", "hai");
    cut(first, "hai ");
    first.view.history.undo();
    paste(first, "hai ", "sáu");
    peers.quiesce();
    for (const peer of peers.all) {
      expect(linesOf(peer)).toEqual({ a: ["một hai ba"], b: ["hai sáu"] });
      expect(wordsAt(peer.view.doc, "a", anchor)).toBe("a: hai");
    }
    peers.destroy();
  });

  it("take with them what was written among them since", () => {
    const { peers, first } = meeting({ a: ["một hai ba"], b: ["sáu"] });
    const anchor = anchorOf(first, "a", "hai");
    drag(first, "hai ", "sáu");
    first.view.dispatch(first.view.state.tr.insertText("…", find(first.view.state.doc, "ai sáu").from));
    expect(wordsAt(first.view.doc, "a", anchor)).toBe("b: h…ai");
    peers.destroy();
  });
});

describe("a comment on words that were moved or brought back before", () => {
  it("stands on just these words", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"], b: ["sáu"] });
    drag(first, "hai ", "sáu");
    const moved = anchorOf(first, "b", "hai");
    expect(wordsAt(first.view.doc, "b", moved)).toBe("b: hai");
    first.view.history.stop();
    const { from, to } = find(first.view.state.doc, "một");
    first.view.dispatch(first.view.state.tr.delete(from, to));
    first.view.history.undo();
    const restored = anchorOf(first, "a", "ột ba");
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", restored)).toBe("a: ột ba");
    drag(second, "hai ", "ba");
    peers.quiesce();
    expect(wordsAt(first.view.doc, "b", moved)).toBe("a: hai");
    peers.destroy();
  });
});

// S15
describe("words that come back", () => {
  it("keep their comment on everybody's screen when a deletion is undone", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"] });
    const anchor = anchorOf(second, "a", "một hai");
    const { from, to } = find(first.view.state.doc, "hai ");
    first.view.dispatch(first.view.state.tr.delete(from, to));
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", anchor)).toBe("a: một ");
    first.view.history.undo();
    peers.quiesce();
    expect(wordsAt(second.view.doc, "a", anchor)).toBe("a: một hai");
    peers.destroy();
  });

  it("stand once where two people moved them at the same time", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"], b: ["sáu bảy"] }, 3);
    const anchor = anchorOf(first, "a", "hai");
    drag(first, "hai ", "sáu");
    drag(second, "hai ", "bảy");
    peers.quiesce();
    expect(linesOf(first)).toEqual({ a: ["một ba"], b: ["hai sáu bảy"] });
    for (const peer of peers.all) {
      expect(linesOf(peer)).toEqual(linesOf(first));
      expect(wordsAt(peer.view.doc, "a", anchor)).toBe("b: hai");
    }
    peers.destroy();
  });

  it("stand once where two people took back the same deletion at the same time", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"] });
    for (const { view } of [first, second]) {
      const { from, to } = find(view.state.doc, "hai ");
      view.dispatch(view.state.tr.delete(from, to));
    }
    peers.quiesce();
    first.view.history.undo();
    second.view.history.undo();
    expect([linesOf(first)["a"], linesOf(second)["a"]]).toEqual([["một hai ba"], ["một hai ba"]]);
    peers.quiesce();
    expect([linesOf(first)["a"], linesOf(second)["a"]]).toEqual([["một hai ba"], ["một hai ba"]]);
    peers.destroy();
  });

  it("are not taken back to where they were when somebody has carried them on", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"], b: ["sáu bảy"] });
    drag(first, "hai ", "sáu");
    peers.quiesce();
    drag(second, "hai ", "bảy");
    peers.quiesce();
    first.view.history.undo();
    peers.quiesce();
    expect(linesOf(second)).toEqual({ a: ["một ba"], b: ["sáu hai bảy"] });
    peers.destroy();
  });

  it("stand once where one takes a move back while another carries the words on", () => {
    for (const mover of [0, 1]) {
      const { peers } = meeting({ a: ["một hai ba"], b: ["sáu bảy"] }, 3);
      const [first, second] = mover === 0 ? [peers.all[0], peers.all[1]] : [peers.all[1], peers.all[0]];
      if (!first || !second) throw new Error("there are three");
      drag(first, "hai ", "sáu");
      peers.quiesce();
      drag(second, "hai ", "bảy");
      first.view.history.undo();
      peers.quiesce();
      const words = Object.values(linesOf(first)).flat().join(" ");
      expect(words.split("hai")).toHaveLength(2);
      for (const peer of peers.all) expect(linesOf(peer)).toEqual(linesOf(first));
      peers.destroy();
    }
  });

  it("are left as they are by somebody who only reads", () => {
    const { peers, first, second } = meeting({ a: ["một hai ba"], b: ["sáu bảy"] }, 3);
    const reader = peers.all[2] ?? expect.fail();
    reader.view.binding.mayWrite = () => false;
    for (const { view } of [first, second]) view.binding.mayWrite = () => false;
    drag(first, "hai ", "sáu");
    drag(second, "hai ", "bảy");
    peers.quiesce();
    expect(linesOf(reader)["b"]).toEqual(["hai sáu hai bảy"]);
    peers.destroy();
  });
});

describe("a lineage", () => {
  it("lets nobody tell of another's characters, and takes any nonsense", () => {
    const doc = new Y.Doc();
    doc.clientID = 7;
    const text = slotText(doc, "a");
    text.insert(0, "xy");
    text.delete(0, 1);
    const map = doc.getMap(LINEAGE_ROOT);
    const values = [[7, 0, 1], [7, 0], "x", null, [7, 0, -1], [7, 0, 1e300], [7, 0, 0.5], [7, 0, 1, "m"], {}];
    const keys = ["8:0", "7", "7:1:2", "a:b", "7:1", "", "-1:0", "7:0"];
    for (const value of values) {
      for (const key of keys) {
        map.set(key, value);
        const living = Lineage.of(doc).living({ client: 7, clock: 0, length: 1 });
        for (const { client } of living) expect(client).toBe(7);
      }
    }
    // A copy that is its own origin, directly or in a circle.
    map.set("7:0", [7, 0, 1]);
    expect(Lineage.of(doc).living({ client: 7, clock: 0, length: 5 }).length).toBeGreaterThan(0);
    expect(
      Lineage.of(doc).surplus([{ from: { client: 7, clock: 0, length: 1 }, to: { client: 7, clock: 0 }, move: 0 }]),
    ).toEqual([]);
  });
});

// S17
describe("an edit of words that somebody else is moving", () => {
  it("goes with them: what is typed among them, behind them, and in a block of its own", () => {
    for (const [at, typed, expected] of [
      ["i ba", "XY", "haXYi ba"],
      [" ba", "XY", "haiXY ba"],
    ] as const) {
      const { peers, first, second } = meeting({ a: ["một", "hai ba", "bốn"], b: ["sáu"] });
      moveBlock(first, "hai ba", "sáu");
      second.view.dispatch(second.view.state.tr.insertText(typed, find(second.view.state.doc, at).from));
      peers.quiesce();
      expect(linesOf(first)).toEqual({ a: ["một", "bốn"], b: [expected, "sáu"] });
      expect(linesOf(second)).toEqual(linesOf(first));
      peers.destroy();
    }
  });

  it("goes with them at their end, however it got there first", () => {
    const { peers, first, second } = meeting({ a: ["một", "hai ba", "bốn"], b: ["sáu"] }, 3);
    const { view } = second;
    view.dispatch(view.state.tr.insertText(" thêm", find(view.state.doc, "hai ba").to));
    view.dispatch(view.state.tr.split(find(view.state.doc, " thêm").to));
    view.dispatch(view.state.tr.insertText("nữa", find(view.state.doc, " thêm").to + 2));
    moveBlock(first, "hai ba", "sáu");
    peers.quiesce();
    expect(linesOf(first)).toEqual({ a: ["một", "bốn"], b: ["hai ba thêm", "nữa", "sáu"] });
    for (const peer of peers.all) expect(linesOf(peer)).toEqual(linesOf(first));
    // And it is still the second person's to take back.
    view.history.undo();
    peers.quiesce();
    expect(linesOf(first)).toEqual({ a: ["một", "bốn"], b: ["hai ba", "sáu"] });
    peers.destroy();
  });

  it("leaves where it is what the mover saw and did not take", () => {
    const { peers, first, second } = meeting({ a: ["một"], b: ["sáu"] });
    const { view } = second;
    view.dispatch(view.state.tr.insertText(" hai ba", find(view.state.doc, "một").to));
    peers.quiesce();
    drag(first, " hai", "sáu");
    peers.quiesce();
    expect(linesOf(second)).toEqual({ a: ["một ba"], b: [" haisáu"] });
    peers.destroy();
  });

  it("goes with them where it deletes some of them", () => {
    const { peers, first, second } = meeting({ a: ["một", "hai ba", "bốn"], b: ["sáu"] });
    const { from, to } = find(second.view.state.doc, "i b");
    second.view.dispatch(second.view.state.tr.delete(from, to));
    moveBlock(first, "hai ba", "sáu");
    peers.quiesce();
    expect(linesOf(first)).toEqual({ a: ["một", "bốn"], b: ["haa", "sáu"] });
    expect(linesOf(second)).toEqual(linesOf(first));
    peers.destroy();
  });

  it("keeps whole a character of two units that it deleted twice, and brings it back", () => {
    const { peers, first, second } = meeting({ a: ["một", "𠀇 hai", "bốn"], b: ["sáu"] });
    const { view } = second;
    const remove = (): void => {
      const { from, to } = find(view.state.doc, "𠀇 h");
      view.dispatch(view.state.tr.delete(from, to));
      view.history.stop();
    };
    view.beginComposition();
    remove();
    moveBlock(first, "𠀇 hai", "sáu");
    peers.quiesce();
    remove();
    view.endComposition();
    view.history.undo();
    peers.quiesce();
    expect(linesOf(first)["b"]).toEqual(["𠀇 hai", "sáu"]);
    peers.destroy();
  });

  it("takes the caret with it, and so does the block that is moved", () => {
    const { peers, first, second } = meeting({ a: ["một", "hai ba", "bốn"], b: ["sáu"] });
    const { view } = second;
    const place = (): string => {
      const { $head } = view.state.selection;
      return `${$head.parent.textContent.slice(0, $head.parentOffset)}|`;
    };
    const caret = (pos: number) => view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
    caret(find(view.state.doc, "i ba").from);
    moveBlock(first, "hai ba", "sáu");
    peers.quiesce();
    expect(place()).toBe("ha|");
    const typed = view.state.tr.insertText("XY", find(view.state.doc, "i ba").from);
    view.dispatch(typed.setSelection(TextSelection.create(typed.doc, find(typed.doc, "i ba").from)));
    moveBlock(first, "hai ba", "một");
    peers.quiesce();
    expect(place()).toBe("haXY|");
    peers.destroy();
  });

  it("waits for a composition to end", () => {
    const { peers, first, second } = meeting({ a: ["một", "hai ba", "bốn"], b: ["sáu"] });
    const { view } = second;
    const { to } = find(view.state.doc, "hai");
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, to)));
    view.beginComposition();
    view.dispatch(view.state.tr.insertText("tiế", to));
    moveBlock(first, "hai ba", "sáu");
    peers.quiesce();
    view.dispatch(view.state.tr.insertText("ng", find(view.state.doc, "tiế").to));
    view.endComposition();
    peers.quiesce();
    expect(linesOf(second)).toEqual({ a: ["một", "bốn"], b: ["haitiếng ba", "sáu"] });
    expect(linesOf(first)).toEqual(linesOf(second));
    peers.destroy();
  });
});

/** Moves a whole block to before another one, as the command does. */
function moveBlock({ view }: Peer, words: string, before: string): void {
  const { doc } = view.state;
  const $from = doc.resolve(find(doc, words).from);
  const [from, to] = [$from.before(), $from.after()];
  const tr = view.state.tr.delete(from, to);
  const pos = tr.mapping.map(doc.resolve(find(doc, before).from).before());
  view.dispatch(tr.insert(pos, $from.parent).setMeta("uiEvent", "move"));
}
