import { Fragment, Slice } from "prosemirror-model";
import { TextSelection } from "prosemirror-state";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { docFrom, markerAttributes, ORIGIN, slotText } from "#collab";
import { reportSchema } from "#model";
import { deleteAcross } from "../../src/editor/binding/delete-across.ts";
import { HeadlessView, numberedIds } from "../support/headless-view.ts";
import { assertFresh, spell } from "../support/laws.ts";

const SLOTS = ["a", "b", "c"];

/** An editor whose slots hold the given paragraphs, with the ids a1, a2, b1 … */
function editor(slots: Readonly<Record<string, readonly string[]>>): HeadlessView {
  const doc = new Y.Doc();
  for (const [slot, paragraphs] of Object.entries(slots)) {
    const text = slotText(doc, slot);
    paragraphs.forEach((paragraph, i) => {
      text.insert(text.length, "\n", markerAttributes(`${slot}${i + 1}`, "paragraph", 0));
      if (paragraph !== "") text.insert(text.length, paragraph, {});
    });
  }
  return new HeadlessView(doc, SLOTS, numberedIds("new"));
}

function shown(view: HeadlessView): string {
  return spell(view.state.doc);
}

/** The position of an offset in a block. */
function at(view: HeadlessView, block: string, offset = 0): number {
  let found = -1;
  view.state.doc.descendants((node, pos) => {
    if (node.attrs["id"] === block) found = pos + 1 + offset;
  });
  if (found < 0) throw new Error(`no block ${block}`);
  return found;
}

/** Somebody else writes. */
function elsewhere(view: HeadlessView, change: (text: Y.Text) => void, slot = "a"): void {
  view.doc.transact(() => change(slotText(view.doc, slot)), { source: "network" });
}

/** An editor that is opened on what somebody else wrote and stored. */
function reopened(view: HeadlessView, change: (text: Y.Text) => void): HeadlessView {
  change(slotText(view.doc, "a"));
  return new HeadlessView(docFrom(Y.encodeStateAsUpdate(view.doc)), SLOTS, numberedIds("new"));
}

describe("local edits", () => {
  // S4
  test("it keeps a relative position through a change of kind, a split before it and a join", () => {
    const view = editor({ a: ["one two", "three"] });
    const text = slotText(view.doc, "a");
    const mark = Y.createRelativePositionFromTypeIndex(text, text.toJSON().indexOf("two"), 0);
    view.dispatch(view.state.tr.setNodeMarkup(at(view, "a1") - 1, null, { id: "a1", kind: "heading", level: 2 }));
    view.dispatch(view.state.tr.split(at(view, "a1", 4)));
    view.dispatch(view.state.tr.join(at(view, "a2") - 1));
    expect(shown(view)).toBe("[a1 h2|one ][new1 h2|twothree] // [lead p0|] // [lead p0|]");
    const now = Y.createAbsolutePositionFromRelativePosition(mark, view.doc);
    expect(text.toJSON().slice(now?.index)).toBe("twothree");
  });

  // S6
  test("it writes each letter that is typed on at the end of somebody else's bold words in bold", () => {
    const view = reopened(editor({ a: ["plain"] }), (text) => text.insert(6, "bold", { strong: true }));
    for (const letter of "xyz") {
      const end = view.state.doc.child(0).content.size;
      view.dispatch(view.state.tr.insertText(letter, end));
    }
    expect(shown(view)).toBe("[a1 p0|plain<s:boldxyz>] // [lead p0|] // [lead p0|]");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S4
  test("it ends a mark where it ended when its last letters are deleted", () => {
    const view = reopened(editor({ a: ["plain"] }), (text) => text.insert(1, "bold", { strong: true }));
    view.dispatch(view.state.tr.insertText("xyz", at(view, "a1", 4)));
    for (let left = 3; left > 0; left--) {
      view.dispatch(view.state.tr.delete(at(view, "a1", 3 + left), at(view, "a1", 4 + left)));
    }
    expect(shown(view)).toBe("[a1 p0|<s:bold>plain] // [lead p0|] // [lead p0|]");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S4
  test("it writes only what changed where a block is given anew", () => {
    const view = editor({ a: ["the same words"] });
    const before = Y.encodeStateVector(view.doc);
    const node = reportSchema.node("block", { id: "a1" }, reportSchema.text("the very same words"));
    view.dispatch(view.state.tr.replaceWith(1, view.state.doc.child(0).nodeSize - 1, node));
    const { structs, ds } = Y.decodeUpdate(Y.encodeStateAsUpdate(view.doc, before));
    expect(structs.map((struct) => (struct as Y.Item).content)).toEqual([new Y.ContentString("very ")]);
    expect(ds.clients.size).toBe(0);
  });

  // S6
  test("it goes on in bold at the end of bold words, also after somebody else wrote among them", () => {
    const other = editor({ a: [""] }).doc;
    slotText(other, "a").insert(1, "bold", { strong: true });
    const view = new HeadlessView(docFrom(Y.encodeStateAsUpdate(other)), SLOTS, numberedIds("new"));
    view.dispatch(view.state.tr.insertText("very ", at(view, "a1")));
    view.dispatch(view.state.tr.insertText("er", at(view, "a1", 9)));
    expect(shown(view)).toContain("[a1 p0|<s:very bolder>]");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S5
  test("it writes one dispatch in one Yjs transaction of the editor's origin", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    const origins: unknown[] = [];
    view.doc.on("afterTransaction", (transaction) => origins.push(transaction.origin));
    view.dispatch(view.state.tr.insertText("x", at(view, "a1")).split(at(view, "b1", 2)));
    expect(origins).toEqual([ORIGIN.editor]);
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S6
  test("it gives a lead a marker with the first edit, and a block an id", () => {
    const view = editor({});
    view.dispatch(view.state.tr.insertText("first", 2));
    expect(shown(view)).toBe("[new1 p0|first] // [lead p0|] // [lead p0|]");
    expect(slotText(view.doc, "a").toDelta()).toEqual([
      { insert: "\n", attributes: markerAttributes("new1", "paragraph", 0) },
      { insert: "first" },
    ]);
  });

  // S2
  test("it takes line breaks and halves of surrogate pairs out of text", () => {
    const view = editor({ a: ["x"] });
    view.dispatch(view.state.tr.insertText("a\nb\uD83D", at(view, "a1")));
    expect(shown(view)).toContain("[a1 p0|a b\uFFFDx]");
    view.dispatch(view.state.tr.insertText("😀", at(view, "a1")));
    view.dispatch(view.state.tr.insertText("😁", at(view, "a1"), at(view, "a1", 2)));
    expect(shown(view)).toContain("[a1 p0|😁a b");
    view.dispatch(view.state.tr.delete(at(view, "a1", 1), at(view, "a1", 2)));
    expect(shown(view)).toContain("[a1 p0|\uFFFDa b");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });
});

describe("identity", () => {
  // S7
  test("it gives the second half of a split a new id, also at the beginning of a block", () => {
    const view = editor({ a: ["one"] });
    view.dispatch(view.state.tr.split(at(view, "a1", 0)));
    expect(shown(view)).toMatch(/^\[a1 p0\|\]\[new1 p0\|one\]/);
  });

  // S7
  test("it gives a copy a new id, also where the copy lands before the original", () => {
    const view = editor({ a: ["one", "two"] });
    const copy = view.state.doc.child(0).child(1);
    view.dispatch(view.state.tr.insert(1, copy));
    expect(shown(view)).toMatch(/^\[new1 p0\|two\]\[a1 p0\|one\]\[a2 p0\|two\]/);
    view.dispatch(view.state.tr.replace(1, 1, new Slice(Fragment.from([copy, copy]), 0, 0)));
    expect(shown(view)).toMatch(/^\[new2 p0\|two\]\[new3 p0\|two\]\[new1 p0\|two\]\[a1 p0\|one\]\[a2/);
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S7 S9
  test("it brings the old id back with undo", () => {
    const view = editor({ a: ["one", "two"] });
    view.dispatch(view.state.tr.delete(at(view, "a2") - 1, at(view, "a2", 3) + 1));
    view.history.undo();
    expect(shown(view)).toMatch(/^\[a1 p0\|one\]\[a2 p0\|two\]/);
  });
});

describe("the guard", () => {
  // S8
  test("it refuses to carry text over the border of two slots", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    expect(view.dispatch(view.state.tr.delete(at(view, "a1", 1), at(view, "b1", 1)))).toBe(false);
    expect(view.dispatch(view.state.tr.setNodeAttribute(0, "slot", "z"))).toBe(false);
    expect(shown(view)).toBe("[a1 p0|one] // [b1 p0|two] // [lead p0|]");
  });

  // S8
  test("it lets each slot lose its share of a deletion over several", () => {
    const view = editor({ a: ["one", "two"], b: ["three", "four"], c: ["five", "six"] });
    view.dispatch(deleteAcross(view.state, at(view, "a1", 1), at(view, "c2", 1)));
    expect(shown(view)).toBe("[a1 p0|o] // [b1 p0|] // [c1 p0|ix]");
    expect(view.state.selection.from).toBe(3);
    view.history.undo();
    expect(shown(view)).toBe("[a1 p0|one][a2 p0|two] // [b1 p0|three][b2 p0|four] // [c1 p0|five][c2 p0|six]");
    view.dispatch(deleteAcross(view.state, 0, view.state.doc.content.size));
    expect(shown(view)).toBe("[a1 p0|] // [b1 p0|] // [c1 p0|]");
  });
});

describe("remote changes", () => {
  // S10
  test("it comes as one transaction of the fewest steps, and the caret stays with its letter", () => {
    const view = editor({ a: ["one two", "three"] });
    view.apply(view.state.tr.setSelection(TextSelection.create(view.state.doc, at(view, "a1", 4))));
    const sizes: number[] = [];
    const apply = view.apply.bind(view);
    view.apply = (transaction) => {
      sizes.push(transaction.steps.length);
      apply(transaction);
    };
    elsewhere(view, (text) => text.insert(1, "zero ", {}));
    elsewhere(view, (text) => text.format(0, 1, markerAttributes("a1", "heading", 1)));
    expect(sizes).toEqual([1, 2]);
    expect(view.state.selection.$from.parent.textContent.slice(view.state.selection.$from.parentOffset)).toBe("two");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S3
  test("it derives the id of a repeated marker, and the true one comes back when the first is gone", () => {
    const view = editor({ a: ["one"] });
    elsewhere(view, (text) => text.insert(0, "\n", markerAttributes("a1", "paragraph", 0)));
    expect(shown(view)).toMatch(/^\[a1 p0\|\]\[a1~2 p0\|one\]/);
    elsewhere(view, (text) => text.delete(0, 1));
    expect(shown(view)).toMatch(/^\[a1 p0\|one\]/);
  });
});

describe("bold that was asked for", () => {
  test("it stays asked for while others write elsewhere", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    view.dispatch(view.state.tr.setStoredMarks([reportSchema.mark("strong")]));
    elsewhere(view, (text) => text.insert(1, "x", {}), "b");
    expect(view.state.storedMarks?.map(({ type }) => type.name)).toEqual(["strong"]);
  });

  test("it is not asked for anew while one composes: that would end the word", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    view.dispatch(view.state.tr.setStoredMarks([reportSchema.mark("strong")]));
    view.beginComposition();
    elsewhere(view, (text) => text.insert(1, "x", {}), "b");
    expect(view.state.storedMarks).toBeNull();
  });
});

describe("a composition", () => {
  // S12
  test("it keeps the composed block as it is, shows the rest, and makes up for it at the end", () => {
    const view = editor({ a: ["một ha", "ba"], b: ["bốn"] });
    view.apply(view.state.tr.setSelection(TextSelection.create(view.state.doc, at(view, "a1", 6))));
    view.beginComposition();
    elsewhere(view, (text) => text.insert(text.length, " thêm", {}), "b");
    elsewhere(view, (text) => text.insert(text.length, "!", {}));
    expect(shown(view)).toBe("[a1 p0|một ha][a2 p0|ba!] // [b1 p0|bốn thêm] // [lead p0|]");
    elsewhere(view, (text) => {
      text.delete(1, 3);
      text.insert(1, "Mot", { strong: true });
    });
    elsewhere(view, (text) => text.insert(text.length, "?", {}));
    expect(shown(view)).toBe("[a1 p0|một ha][a2 p0|ba!] // [b1 p0|bốn thêm] // [lead p0|]");
    view.dispatch(view.state.tr.insertText("hai", at(view, "a1", 4), at(view, "a1", 6)));
    view.dispatch(view.state.tr.insertText("!", at(view, "a1", 7)));
    expect(slotText(view.doc, "a").toJSON()).toBe("\nMot hai!\nba!?");
    expect(view.history.undo()).toBe(false);
    view.endComposition();
    expect(shown(view)).toBe("[a1 p0|<s:Mot> hai!][a2 p0|ba!?] // [b1 p0|bốn thêm] // [lead p0|]");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });

  // S12
  test("it deletes nothing that the person composing has not seen", () => {
    const view = editor({ a: ["abcdef"] });
    view.beginComposition();
    elsewhere(view, (text) => text.insert(3, "UNSEEN", {}));
    view.dispatch(view.state.tr.delete(at(view, "a1", 0), at(view, "a1", 6)));
    expect(slotText(view.doc, "a").toJSON()).toBe("\nUNSEEN");
    view.endComposition();
    expect(shown(view)).toMatch(/^\[a1 p0\|UNSEEN\]/);
  });

  test("it maps positions to the text as it is, not as it is shown", () => {
    const view = editor({ a: ["abcdef"] });
    view.beginComposition();
    elsewhere(view, (text) => text.insert(3, "XY", {}));
    expect(view.binding.textIndex(view.state.doc, at(view, "a1", 4))).toEqual({ slot: "a", index: 7 });
    expect(view.binding.position(view.state.doc, "a", 7)).toBe(at(view, "a1", 4));
  });
});

describe("a page that holds what the editor has not read", () => {
  // S12
  test("it is shown nothing, from any slot, until the editor has read it", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at(view, "a1", 3))));
    view.beginReading();
    elsewhere(view, (text) => text.insert(1, "x", {}));
    elsewhere(view, (text) => text.insert(1, "y", {}), "b");
    expect(shown(view)).toBe("[a1 p0|one] // [b1 p0|two] // [lead p0|]");
    view.dispatch(view.state.tr.delete(at(view, "a1", 2), at(view, "a1", 3)));
    view.endReading();
    expect(shown(view)).toBe("[a1 p0|xon] // [b1 p0|ytwo] // [lead p0|]");
    assertFresh(view.state.doc, view.doc, SLOTS);
  });
});

describe("undo", () => {
  // S9
  test("it takes back one's own edits over all slots and leaves what others wrote", () => {
    const view = editor({ a: ["one"], b: ["two"] });
    view.dispatch(view.state.tr.insertText("A", at(view, "a1")));
    view.history.stop();
    view.dispatch(view.state.tr.insertText("B", at(view, "b1")));
    elsewhere(view, (text) => text.insert(2, "others", {}));
    expect([view.history.undo(), view.history.undo(), view.history.undo()]).toEqual([true, true, false]);
    expect(shown(view)).toBe("[a1 p0|othersone] // [b1 p0|two] // [lead p0|]");
    expect([view.history.redo(), view.history.redo(), view.history.canRedo]).toEqual([true, true, false]);
    expect(shown(view)).toContain("[b1 p0|Btwo]");
  });

  // S9
  test("it brings the selection back with the step", () => {
    const view = editor({ a: ["one two three"] });
    view.apply(view.state.tr.setSelection(TextSelection.create(view.state.doc, at(view, "a1", 4), at(view, "a1", 7))));
    view.dispatch(view.state.tr.deleteSelection());
    elsewhere(view, (text) => text.insert(1, "zero ", {}));
    view.history.undo();
    const { from, to } = view.state.selection;
    expect(view.state.doc.textBetween(from, to)).toBe("two");
  });

  // S9
  test("it does not bring back twice what two people deleted at once", () => {
    const one = editor({ a: ["one two three"] });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(one.doc));
    const two = new HeadlessView(doc, SLOTS, numberedIds("other"));
    const sync = (): void => {
      Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
      Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
    };
    one.dispatch(one.state.tr.delete(at(one, "a1", 3), at(one, "a1", 9)));
    two.dispatch(two.state.tr.delete(at(two, "a1", 4), at(two, "a1", 7)));
    sync();
    two.history.undo();
    sync();
    expect(shown(one)).toMatch(/^\[a1 p0\|onetwohree\]/);
    one.history.undo();
    sync();
    expect(shown(one)).toMatch(/^\[a1 p0\|one two three\]/);
    expect(shown(two)).toBe(shown(one));
  });
});
