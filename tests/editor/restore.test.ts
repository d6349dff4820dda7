/** @vitest-environment jsdom */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  docFrom,
  fieldsMap,
  markAttributes,
  markerAttributes,
  readSlot,
  readTable,
  readText,
  seedBody,
  slotText,
  TableEdit,
} from "#collab";
import { anchorRange, CellFinder, cellTarget, resolveAnchor } from "#comments";
import type { Block, MarkName, ReportText, TableInput, WordDiff } from "#model";
import { blockShape, blockText, cellText, MARKS } from "#model";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { restored } from "../../src/editor/restore.ts";
import { HeadlessView, numberedIds } from "../support/headless-view.ts";
import { assertFresh, assertReloads, assertWhole } from "../support/laws.ts";
import { Peers } from "../support/peers.ts";
import { block } from "../support/sample-report.ts";
import { OpenEditor, smallTemplate } from "./open-editor.ts";

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

const slotsOf = (doc: Y.Doc): Record<string, Block[]> =>
  Object.fromEntries(SLOTS.map((slot) => [slot, readSlot(slotText(doc, slot))]));

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

const WORDS = ["chi", "bộ", "đảng viên", "nể nang", "đã", "98,5%", "𝒳", "năm", "nhiệm vụ", "kết quả", "hoàn thành"];

const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }).map((all) => all.join(" "));

const marks = fc.subarray([...MARKS]);

/** Runs as reading gives them: none empty, neighbours under different marks. */
const runs = fc.array(fc.tuple(words, marks), { maxLength: 3 }).map((all) => {
  const joined: { text: string; marks: MarkName[] }[] = [];
  for (const [text, of] of all) {
    if (text === "") continue;
    const last = joined.at(-1);
    if (last && last.marks.join() === of.join()) last.text += text;
    else joined.push({ text, marks: of });
  }
  return joined;
});

const shape = fc
  .tuple(fc.constantFrom("paragraph", "heading", "item"), fc.integer({ min: 1, max: 3 }))
  .map(([kind, level]) => blockShape(kind, level));

/** A whole text: ids unique over all slots, every slot with a block, some with a lead. */
const text: fc.Arbitrary<Slots> = fc
  .tuple(fc.shuffledSubarray(Array.from("klmnopqrst")), fc.array(fc.nat(10), { minLength: 2, maxLength: 2 }))
  .chain(([ids, cuts]) => {
    const [from = 0, to = 0] = cuts.toSorted((a, b) => a - b);
    const parts = [ids.slice(0, from), ids.slice(from, to), ids.slice(to)];
    return fc.tuple(
      ...parts.map((part) =>
        fc.tuple(
          fc.tuple(...part.map((id) => fc.tuple(shape, runs).map(([kind, of]) => ({ id, ...kind, runs: of })))),
          fc.option(runs, { freq: 3 }),
        ),
      ),
    );
  })
  .map((parts) =>
    Object.fromEntries(
      parts.map(([blocks, lead], i) => {
        const first = lead && (lead.length > 0 || blocks.length === 0) ? [{ ...block("lead", ""), runs: lead }] : [];
        const all: Block[] = [...first, ...blocks];
        return [SLOTS[i] ?? "", all.length > 0 ? all : [{ ...block("lead", ""), runs: [] }]];
      }),
    ),
  );

/** A text without the ids of its leads, which a block that is written anew cannot bear. */
const withoutLeads = (slots: Slots, names: readonly string[] = SLOTS): Slots =>
  Object.fromEntries(
    names.map((slot) => [slot, (slots[slot] ?? []).map((each, i) => (i === 0 ? { ...each, id: "" } : each))]),
  );

const pair = fc.tuple(text, text);

describe("a restoration", () => {
  it("makes the slots read exactly as the version did: words, marks, kinds, levels and ids", () => {
    fc.assert(
      fc.property(pair, ([present, version]) => {
        const view = open(present);
        restore(view, version);
        const now = slotsOf(view.doc);
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
        const before = slotsOf(view.doc);
        restore(view, version);
        const after = slotsOf(view.doc);
        if (!view.history.canUndo) {
          expect(after).toEqual(before);
        } else {
          view.history.undo();
          // A lead that was written into keeps the place it got, as after any edit.
          expect(withoutLeads(slotsOf(view.doc))).toEqual(withoutLeads(before));
          expect(view.history.canUndo).toBe(false);
          view.history.redo();
          expect(slotsOf(view.doc)).toEqual(after);
        }
        view.destroy();
      }),
      { numRuns: 40 },
    );
  });

  it("of what is there already changes nothing", () => {
    fc.assert(
      fc.property(text, (present) => {
        const view = open(present);
        const before = Y.encodeStateAsUpdate(view.doc);
        expect(restored(view.state, slotsOf(view.doc), diffWords).steps).toEqual([]);
        restore(view, slotsOf(view.doc));
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
        const before = slotsOf(view.doc);
        restore(view, { a: version["a"] ?? [] });
        const now = slotsOf(view.doc);
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
          const said = Object.values(slotsOf(view.doc)).flat().map(blockText).join("\n");
          for (const i of places.keys()) expect(said.split(String.fromCharCode(0x2460 + i))).toHaveLength(2);
          assertFresh(view.state.doc, view.doc, SLOTS);
        }
        expect(slotsOf(mine.view.doc)).toEqual(slotsOf(theirs.view.doc));
        // Without what the other wrote, the text reads as the version.
        const bare = (slots: Slots) => SLOTS.map((slot) => (slots[slot] ?? []).map(blockText).join(""));
        expect(bare(slotsOf(mine.view.doc)).map((said) => said.replaceAll(/[\u2460-\u2470]/gu, ""))).toEqual(
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
    expect(slotsOf(view.doc)["a"]).toEqual(wanted);
  });

  it("brings a deleted paragraph back under its old id, and only that", () => {
    const all = [block("k", "Một."), block("l", SENTENCE), block("m", "Ba.")];
    const view = open({ a: all });
    const at = "Một.".length + 3;
    view.dispatch(view.state.tr.delete(at, at + SENTENCE.length + 2));
    expect(slotsOf(view.doc)["a"]?.map(({ id }) => id)).toEqual(["k", "m"]);
    restore(view, { a: all });
    expect(slotsOf(view.doc)["a"]).toEqual(all);
  });

  it("gives a paragraph a new id where its own is borne elsewhere by now", () => {
    const view = open({ a: [block("k", "Một.")], b: [block("l", SENTENCE)] });
    restore(view, { a: [block("k", "Một."), block("l", SENTENCE)] });
    expect(slotsOf(view.doc)["a"]?.map(({ id }) => id)).toEqual(["k", "n1"]);
    expect(slotsOf(view.doc)["b"]?.map(({ id }) => id)).toEqual(["l"]);
  });
});

describe("an editor that restores", () => {
  const seenBy = (open: OpenEditor) => ({
    slots: slotsOf(open.doc),
    fields: Object.fromEntries(fieldsMap(open.doc).entries()) as Record<string, string>,
  });

  function withFields(): OpenEditor {
    const open = new OpenEditor({ a: ["Một.", "Hai."], b: ["Ba."] });
    open.doc.transact(() => {
      fieldsMap(open.doc).set("number", "7");
      fieldsMap(open.doc).set("place", "Huế");
    }, "network");
    return open;
  }

  it("brings back text and fields as one undo step, apart from what was typed around it", () => {
    const open = withFields();
    open.select("a1", -1).type("x");
    const seen = seenBy(open);
    const target = {
      slots: { ...seen.slots, a: [block("a1", "Một, sửa."), block("z", "Cũ.")], b: [block("b1", "Ba.", "heading", 1)] },
      fields: { number: "8", date: "2022-01-05" },
    };
    expect(open.editor.restore(seen, target, diffWords)).toBe(true);
    expect(open.spell()).toBe("[a1 p0|Một, sửa.][z p0|Cũ.] // [b1 h1|Ba.] // [lead p0|]");
    expect(seenBy(open).fields).toEqual(target.fields);
    open.select("a1", -1).type("y");
    open.editor.run("undo");
    expect(open.spell()).toContain("[a1 p0|Một, sửa.][z");
    open.editor.run("undo");
    expect(seenBy(open)).toEqual(seen);
    expect(open.spell()).toContain("[a1 p0|Một.x][a2 p0|Hai.]");
    open.editor.run("undo");
    expect(open.spell()).toContain("[a1 p0|Một.][a2 p0|Hai.]");
    open.editor.run("redo");
    open.editor.run("redo");
    expect(seenBy(open).fields).toEqual(target.fields);
    expect(open.spell()).toContain("[a1 p0|Một, sửa.][z p0|Cũ.]");
    open.close();
  });

  it("does nothing where somebody has changed what would go, and the person has not seen it", () => {
    const open = withFields();
    const seen = seenBy(open);
    const slots = { ...seen.slots, a: [block("a1", "Cũ.")] };
    open.elsewhere((text) => text.insert(text.length, " Của người khác.", {}));
    expect(open.editor.restore(seen, { slots, fields: seen.fields }, diffWords)).toBe(false);
    fieldsMap(open.doc).set("number", "9");
    expect(open.editor.restore(seen, { slots: seen.slots, fields: { place: "Huế" } }, diffWords)).toBe(false);
    expect(open.spell()).toBe("[a1 p0|Một.][a2 p0|Hai. Của người khác.] // [b1 p0|Ba.] // [lead p0|]");
    // What is not asked for may have changed.
    const elsewhere = { slots: { ...seen.slots, b: [block("b1", "Cũ.")] }, fields: seen.fields };
    expect(open.editor.restore(seen, elsewhere, diffWords)).toBe(true);
    expect(open.spell()).toBe("[a1 p0|Một.][a2 p0|Hai. Của người khác.] // [b1 p0|Cũ.] // [lead p0|]");
    open.close();
  });

  it("does nothing where one only reads", () => {
    const open = new OpenEditor({ a: ["Một."] }, { editable: false });
    const seen = seenBy(open);
    const target = { slots: { a: [block("a1", "Cũ.")] }, fields: {} };
    expect(open.editor.restore(seen, target, diffWords)).toBe(false);
    expect(seenBy(open)).toEqual(seen);
    open.close();
  });
});

describe("an editor that restores tables", () => {
  const TABLE: TableInput = {
    kind: "table",
    text: "Kết nạp",
    rows: [
      ["Nội dung", "2021"],
      ["Kết nạp", "12"],
      ["Khen thưởng", "7"],
    ],
  };

  function withTable(): { open: OpenEditor; id: string; edit: TableEdit } {
    const doc = new Y.Doc();
    seedBody(doc, smallTemplate(), {}, { a: ["Lời."], b: ["Kết quả:", TABLE] }, numberedIds("i"));
    const id = readSlot(slotText(doc, "b")).flatMap((each) => each.table ?? [])[0]?.id ?? "";
    return { open: new OpenEditor({}, { doc }), id, edit: new TableEdit(doc, id, numberedIds("e")) };
  }

  const read = ({ doc }: OpenEditor): ReportText => readText(doc, smallTemplate());
  const cells = (open: OpenEditor, id: string): string[][] =>
    readTable(open.doc, id).rows.map((row) => row.cells.map(cellText));
  const shown = (open: OpenEditor): string[][] =>
    [...open.mount.querySelectorAll(".tk-table tr")].map((row) =>
      [...row.querySelectorAll("td, th")].map((cell) => cell.textContent),
    );
  const row = (edit: TableEdit, at: number): string => edit.laid().rows[at]?.id ?? "";
  const write = (open: OpenEditor, edit: TableEdit, [r, c]: readonly [number, number], words: string): void =>
    open.doc.transact(() => {
      const spot = edit.laid().cells[r]?.[c]?.spots[0];
      if (spot) edit.setText([spot], [[{ text: words, marks: [] }]]);
    }, "somebody");

  it("brings back words, rows and widths, with the text, as one undo step", () => {
    const { open, id, edit } = withTable();
    edit.setWidth(edit.laid().columns[0]?.id ?? "", 150);
    const version = read(open);
    open.editor.insertTable(1, 1);
    open.elsewhere((text) => text.insert(text.length, " Thêm.", {}), "b");
    write(open, edit, [1, 1], "99");
    edit.removeRows([row(edit, 2)]);
    edit.insertRows(1);
    edit.setWidth(edit.laid().columns[0]?.id ?? "", null);
    const before = read(open);
    expect(open.editor.restore(before, version, diffWords)).toBe(true);
    expect(read(open)).toEqual(version);
    expect(shown(open)).toEqual(cells(open, id));
    open.editor.run("undo");
    expect(read(open)).toEqual(before);
    expect(shown(open).slice(-3)).toEqual(cells(open, id));
    open.editor.run("redo");
    expect(read(open)).toEqual(version);
    open.close();
  });

  it("brings a removed table back with its cells, so that comments on them are in their places again", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    const cell = version.slots["b"]?.[1]?.table?.rows[1]?.cells[1]?.id ?? "";
    const target = cellTarget("b", readTable(open.doc, id), cell);
    if (!target) throw new Error("a cell");
    write(open, edit, [1, 1], "99");
    open.elsewhere((text) => text.delete("\nKết quả:".length, text.length - "\nKết quả:".length), "b");
    expect(new CellFinder(open.doc).find(target)).toBeNull();
    expect(open.editor.restore(read(open), version, diffWords)).toBe(true);
    expect(read(open)).toEqual(version);
    expect(shown(open)).toEqual(cells(open, id));
    expect(new CellFinder(open.doc).find(target)?.place.cell).toBe(cell);
    open.close();
  });

  it("does nothing where somebody has changed a cell that would go, and the person has not seen it", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    write(open, edit, [1, 1], "99");
    const seen = read(open);
    write(open, edit, [2, 1], "8");
    const now = cells(open, id);
    expect(open.editor.restore(seen, version, diffWords)).toBe(false);
    expect(cells(open, id)).toEqual(now);
    // What is not asked for may have changed.
    const other = { ...seen, slots: { ...seen.slots, a: [block("z", "Cũ.")] } };
    expect(open.editor.restore(seen, other, diffWords)).toBe(true);
    expect(cells(open, id)).toEqual(now);
    open.close();
  });

  it("gives a block whose table stands elsewhere by now a table of its own", () => {
    const { open, id, edit } = withTable();
    const version = read(open);
    write(open, edit, [1, 1], "99");
    const [, moved] = read(open).slots["b"] ?? [];
    if (!moved) throw new Error("a table");
    expect(
      open.editor.restore(
        read(open),
        { ...version, slots: { ...read(open).slots, a: [moved], b: [block("k", "Trống")] } },
        diffWords,
      ),
    ).toBe(true);
    const seen = read(open);
    const target = { ...seen, slots: { ...seen.slots, b: version.slots["b"] ?? [] } };
    expect(open.editor.restore(seen, target, diffWords)).toBe(true);
    expect(cells(open, id)[1]).toEqual(["Kết nạp", "99"]);
    const made = read(open).slots["b"]?.[1]?.table;
    expect(made?.id).not.toBe(id);
    expect(made?.rows[1]?.cells.map(cellText)).toEqual(["Kết nạp", "12"]);
    open.editor.run("undo");
    expect(read(open)).toEqual(seen);
    open.close();
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
