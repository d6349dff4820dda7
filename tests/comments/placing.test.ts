import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { readSlot, readTable, slotText, TableEdit } from "#collab";
import {
  boardFor,
  cellSpotAt,
  cellTarget,
  confirmPlace,
  decisionsMap,
  decisionsViolation,
  DraftOrder,
  gatherRecords,
  placeRecords,
  placingsMap,
  readAnswers,
  readBoard,
  refusePlace,
  resolveAnchor,
  spotAt,
  standingSpot,
  takeBackPlace,
  whereItStood,
  writeBoard,
} from "#comments";
import type { Comment, CommentThread, Person } from "#model";
import { isSupposed, isUnplaced } from "#model";
import { HeadlessView } from "../support/headless-view.ts";
import { BINH, bodyOf, CHAIR, CHI, commentOn, copyOf, counting, DRAFTER, flat, NOON, templateOf } from "./sample.ts";

const TEMPLATE = templateOf("a", "b");

const FIRST = "Đảng bộ có 120 đảng viên. Một số cấp ủy còn nể nang, né tránh trong tự phê bình. Công tác khác tốt.";

function report() {
  const body = bodyOf({
    a: [{ text: "Mở đầu của mục." }, { text: FIRST }, { text: "Kết thúc của mục." }],
    b: [{ text: "Mục khác." }],
  });
  return { body, comment: commentOn(body, "a", "nể nang, né tránh", "c1"), decisions: new Y.Doc() };
}

function threadOf(body: Y.Doc, comment: Comment, decisions = new Y.Doc()): CommentThread {
  const notes = [{ comments: [comment], replies: [] }];
  const records = gatherRecords({ people: [BINH], notes, ...readAnswers(decisions) });
  return placeRecords(records, TEMPLATE, body)[0] ?? expect.fail();
}

/** The words at which a comment is shown, with a question mark where that is not certain; null where it is not. */
function shown(body: Y.Doc, thread: CommentThread): string | null {
  const { place } = thread;
  if (!place) return null;
  const spot = standingSpot(body, thread) ?? expect.fail();
  const again = placeRecords(
    [{ ...thread, comment: { ...thread.comment, target: targetAt(thread, spot) } }],
    TEMPLATE,
    body,
  );
  expect(again[0]?.place).toMatchObject({ slot: place.slot, from: place.from, to: place.to });
  const blocks = flat(slotText(body, place.slot)).split("\n");
  const words = blocks.find((block) => block.slice(place.from.offset, place.to.offset).startsWith("nể")) ?? "";
  return `${place.slot}: ${words.slice(place.from.offset, place.to.offset)}${place.uncertain ? "?" : ""}`;
}

function targetAt({ comment: { target } }: CommentThread, spot: ReturnType<typeof standingSpot>) {
  if (target.scope !== "range" || !spot) expect.fail();
  return { ...target, ...spot };
}

function rangeOf({ target }: Comment) {
  if (target.scope !== "range") expect.fail();
  return target;
}

function erase(body: Y.Doc, words: string, slot = "a"): number {
  const text = slotText(body, slot);
  const at = flat(text).indexOf(words);
  text.delete(at, words.length);
  return at;
}

// S50 S51 of docs/sync-spec.md
describe("a comment whose words are gone", () => {
  it("is supposed to be where the same words with what stood around them were typed anew, and says that it is not sure", () => {
    const { body, comment } = report();
    expect(shown(body, threadOf(body, comment))).toBe("a: nể nang, né tránh");
    const at = erase(body, "còn nể nang, né tránh trong");
    expect(threadOf(body, comment).place).toBeNull();
    slotText(body, "a").insert(at, "còn nể nang, né tránh trong");
    const thread = threadOf(body, comment);
    expect(shown(body, thread)).toBe("a: nể nang, né tránh?");
    expect(isUnplaced(thread)).toBe(true);
  });

  it("is found in another slot, as another program writes the same words", () => {
    const { body, comment } = report();
    erase(body, FIRST);
    const pasted = FIRST.normalize("NFD").replace("nể nang, ".normalize("NFD"), "nể nang,\u00A0 ");
    slotText(body, "b").insert(1, pasted);
    expect(shown(body, threadOf(body, comment))?.normalize("NFC")).toBe("b: nể nang,\u00A0 né tránh?");
  });

  it("is nowhere where others say the same, or two places fit alike", () => {
    const { body, comment } = report();
    erase(body, "nể nang, né tránh");
    slotText(body, "b").insert(1, "Không nể nang, né tránh ai. ");
    expect(threadOf(body, comment).place).toBeNull();
    slotText(body, "b").insert(1, `${FIRST} ${FIRST}`);
    expect(threadOf(body, comment).place).toBeNull();
  });

  it("is at the words that the committee says, wherever they go, and no longer unsure", () => {
    const { body, comment, decisions } = report();
    const at = erase(body, "nể nang, né tránh");
    slotText(body, "a").insert(at, "nể nang, né tránh");
    const guess = threadOf(body, comment).place ?? expect.fail();
    confirmPlace(decisions, "c1", spotAt(body, guess) ?? expect.fail(), DRAFTER.id, NOON);
    const thread = threadOf(body, comment, decisions);
    expect(shown(body, thread)).toBe("a: nể nang, né tránh");
    expect(isUnplaced(thread)).toBe(false);
    slotText(body, "a").insert(flat(slotText(body, "a")).indexOf("nể"), "hay ");
    slotText(body, "b").insert(1, FIRST);
    expect(shown(body, threadOf(body, comment, decisions))).toBe("a: nể nang, né tránh");
    erase(body, "nể nang, né tránh");
    expect(shown(body, threadOf(body, comment, decisions))).toBe("b: nể nang, né tránh?");
  });

  it("is not offered a place again that the committee refused, but another one", () => {
    const { body, comment, decisions } = report();
    const at = erase(body, "nể nang, né tránh");
    slotText(body, "a").insert(at, "nể nang, né tránh");
    const guess = threadOf(body, comment).place ?? expect.fail();
    refusePlace(decisions, "c1", spotAt(body, guess) ?? expect.fail(), DRAFTER.id, NOON);
    expect(threadOf(body, comment, decisions).place).toBeNull();
    slotText(body, "b").insert(1, FIRST);
    const other = threadOf(body, comment, decisions);
    expect(shown(body, other)).toBe("b: nể nang, né tránh?");
    refusePlace(decisions, "c1", spotAt(body, other.place ?? expect.fail()) ?? expect.fail(), DRAFTER.id, NOON);
    expect(threadOf(body, comment, decisions).place).toBeNull();
  });

  it("is at its own words again when they come back, whatever was said meanwhile", () => {
    const { body, comment, decisions } = report();
    const view = new HeadlessView(body, ["a", "b"], counting("n"));
    let from = 0;
    view.state.doc.descendants((node, pos) => void (from ||= node.text === FIRST ? pos + FIRST.indexOf("nể") : 0));
    view.dispatch(view.state.tr.delete(from, from + "nể nang, né tránh".length));
    slotText(body, "b").insert(1, FIRST);
    const guess = threadOf(body, comment).place ?? expect.fail();
    confirmPlace(decisions, "c1", spotAt(body, guess) ?? expect.fail(), DRAFTER.id, NOON);
    expect(shown(body, threadOf(body, comment, decisions))).toBe("b: nể nang, né tránh");
    view.history.undo();
    expect(shown(body, threadOf(body, comment, decisions))).toBe("a: nể nang, né tránh");
    view.destroy();
  });

  it("is looked for anew when any slot changes, and only then", () => {
    const { body, comment } = report();
    const record = gatherRecords({
      people: [BINH],
      notes: [{ comments: [comment], replies: [] }],
      decisions: new Map(),
    });
    const order = new DraftOrder(TEMPLATE, body);
    erase(body, "nể nang, né tránh");
    const [gone] = order.of(record);
    expect(gone?.place).toBeNull();
    expect(order.of(record)[0]).toBe(gone);
    slotText(body, "b").insert(1, FIRST);
    const [found] = order.of(record);
    expect(found?.place?.uncertain).toBe(true);
    slotText(body, "a").insert(1, "x");
    expect(order.of(record)[0]).toBe(found);
  });

  it("says where it had been: inside a block, between two, at the end of a slot, where it was carried last", () => {
    const { body, comment } = report();
    erase(body, "nể nang, né tránh");
    expect(whereItStood(body, rangeOf(comment))).toEqual({ slot: "a", before: "b2", after: "b2" });
    erase(body, `\n${FIRST.replace("nể nang, né tránh", "")}`);
    expect(whereItStood(body, rangeOf(comment))).toEqual({ slot: "a", before: "b1", after: "b3" });
    erase(body, "\nKết thúc của mục.");
    expect(whereItStood(body, rangeOf(comment))).toEqual({ slot: "a", before: "b1", after: null });
  });
});

describe("a comment on several ranges", () => {
  function several() {
    const { body, comment, decisions } = report();
    const other = rangeOf(commentOn(body, "a", "Công tác khác tốt", "c2"));
    return {
      body,
      decisions,
      comment: { ...comment, target: { ...rangeOf(comment), also: [other] } } satisfies Comment,
    };
  }
  const retyped = "phê bình. Công tác khác tốt.";
  const placesOf = (thread: CommentThread) =>
    (thread.places ?? []).map((place) => place && `${place.slot}${place.uncertain ? "?" : ""}`);

  it("is asked about each that is gone, while it stands at the others", () => {
    const { body, comment } = several();
    expect(placesOf(threadOf(body, comment))).toEqual(["a", "a"]);
    erase(body, retyped);
    expect(placesOf(threadOf(body, comment))).toEqual(["a", null]);
    slotText(body, "b").insert(1, `${retyped} Kết thúc của mục. `);
    const thread = threadOf(body, comment);
    expect(placesOf(thread)).toEqual(["a", "b?"]);
    expect([isUnplaced(thread), isSupposed(thread)]).toEqual([false, true]);
    expect(standingSpot(body, thread)).toEqual({ slot: "a", anchor: comment.target.anchor });
    expect(resolveAnchor(body, "b", standingSpot(body, thread, 1)?.anchor ?? expect.fail())?.slot).toBe("b");
    expect(standingSpot(body, thread, 2)).toBeNull();
  });

  it("stands in lists where one of them is for certain, and only then where one is supposed", () => {
    const { body, comment } = several();
    erase(body, retyped);
    erase(body, "còn nể nang, né tránh trong");
    slotText(body, "b").insert(1, `${retyped} Kết thúc của mục. `);
    const thread = threadOf(body, comment);
    expect(placesOf(thread)).toEqual([null, "b?"]);
    expect(thread.place).toMatchObject({ slot: "b", uncertain: true });
    expect(isUnplaced(thread)).toBe(true);
  });

  it("is at what the committee says of each, and not at what it refused of that one", () => {
    const { body, comment, decisions } = several();
    erase(body, retyped);
    slotText(body, "b").insert(1, `${retyped} Kết thúc của mục. `);
    const guess = spotAt(body, threadOf(body, comment).places?.[1] ?? expect.fail()) ?? expect.fail();
    confirmPlace(decisions, "c1", guess, DRAFTER.id, NOON, 1);
    const placing = readAnswers(decisions).placings.get("c1");
    expect(placing).toMatchObject({ here: null, not: [], also: [{ part: 1, here: guess, not: [] }] });
    const thread = threadOf(body, comment, decisions);
    expect(placesOf(thread)).toEqual(["a", "b"]);
    expect(standingSpot(body, thread, 1)).toEqual(guess);
    refusePlace(decisions, "c1", guess, DRAFTER.id, NOON, 1);
    expect(placesOf(threadOf(body, comment, decisions))).toEqual(["a", null]);
    takeBackPlace(decisions, "c1", placing ?? null, DRAFTER.id, NOON);
    expect(placesOf(threadOf(body, comment, decisions))).toEqual(["a", "b"]);
    refusePlace(decisions, "c1", guess, DRAFTER.id, NOON);
    expect(placesOf(threadOf(body, comment, decisions))).toEqual(["a", "b"]);
  });

  it("is looked for anew where any slot changes while one of them is gone", () => {
    const { body, comment } = several();
    const records = gatherRecords({
      people: [BINH],
      notes: [{ comments: [comment], replies: [] }],
      decisions: new Map(),
    });
    const order = new DraftOrder(TEMPLATE, body);
    order.of(records);
    erase(body, retyped);
    expect(placesOf(order.of(records)[0] ?? expect.fail())).toEqual(["a", null]);
    slotText(body, "b").insert(1, `${retyped} Kết thúc của mục. `);
    expect(placesOf(order.of(records)[0] ?? expect.fail())).toEqual(["a", "b?"]);
  });
});

describe("a comment on a cell that is gone", () => {
  const rows = [
    ["Nội dung", "2020", "2021"],
    ["Kết nạp", "12", "15"],
    ["Chuyển đến", "3", "15"],
  ];
  const tableOf = (blocks: readonly string[][]) => ({ kind: "table" as const, text: "Bảng", rows: blocks });

  const rowIn = ({ target }: { readonly target: { readonly cell: string } }): string => target.cell.split("-")[0] ?? "";

  function withTables(...others: string[][][]) {
    const body = bodyOf({ a: [{ text: "một" }, tableOf(rows)], b: [{ text: "hai" }, ...others.map(tableOf)] });
    const [table] = readSlot(slotText(body, "a")).flatMap((block) => block.table ?? []);
    const cell = readTable(body, table?.id ?? "").rows[1]?.cells[2]?.id ?? "";
    const target = cellTarget("a", readTable(body, table?.id ?? ""), cell) ?? expect.fail();
    const comment = { ...commentOn(body, "a", "một", "c1"), target } satisfies Comment;
    const edit = new TableEdit(body, target.table, counting("n"));
    return { body, comment, edit, decisions: new Y.Doc() };
  }

  it("is supposed to be at the one cell of the same words, row and column, and counts as gone", () => {
    const { body, comment, edit } = withTables(rows);
    expect(threadOf(body, comment).place).toMatchObject({ slot: "a" });
    expect(threadOf(body, comment).place?.uncertain).toBeUndefined();
    edit.removeRows([rowIn(comment)]);
    const thread = threadOf(body, comment);
    expect(thread.place).toMatchObject({ slot: "b", uncertain: true });
    expect(isUnplaced(thread)).toBe(true);
    expect(cellSpotAt(body, thread.place ?? expect.fail())?.table).not.toBe(comment.target.table);
  });

  it("is nowhere where two cells say so, where the row or column is named otherwise, or where the words are others", () => {
    const renamed = rows.map((row) => row.map((words) => (words === "Kết nạp" ? "Khai trừ" : words)));
    const recounted = rows.map((row) => row.map((words) => (words === "15" ? "16" : words)));
    for (const others of [[rows, rows], [renamed], [recounted], []]) {
      const { body, comment, edit } = withTables(...others);
      edit.removeRows([rowIn(comment)]);
      expect(threadOf(body, comment).place).toBeNull();
    }
  });

  it("is where the committee says, is not offered what it refused, and is back in its own cell when that is", () => {
    const { body, comment, edit, decisions } = withTables(rows);
    const before = Y.encodeStateAsUpdate(body);
    edit.removeRows([rowIn(comment)]);
    const guess = cellSpotAt(body, threadOf(body, comment).place ?? expect.fail()) ?? expect.fail();
    confirmPlace(decisions, "c1", guess, DRAFTER.id, NOON);
    const there = threadOf(body, comment, decisions);
    expect(there.place).toMatchObject({ slot: "b", cell: guess.cell });
    expect([isUnplaced(there), there.place?.uncertain]).toEqual([false, undefined]);
    const whole = new Y.Doc();
    Y.applyUpdate(whole, before);
    expect(threadOf(whole, comment, decisions).place).toMatchObject({ slot: "a", cell: comment.target.cell });
    refusePlace(decisions, "c1", guess, DRAFTER.id, NOON);
    expect(threadOf(body, comment, decisions).place).toBeNull();
  });
});

describe("what the committee says about a place", () => {
  const spot = (): { slot: string; anchor: { start: string; end: string } } => ({
    slot: "a",
    anchor: { start: "AA==", end: "AA==" },
  });
  const step = (person: Person, write: (doc: Y.Doc) => void, before = new Y.Doc()) => {
    const after = copyOf(before);
    after.clientID = 77;
    write(after);
    return decisionsViolation(before, after, person, (id) => id === "c1", ["a"]);
  };

  it("is written by drafters and the chair, under their own name, about comments that are there, and is never removed", () => {
    expect(step(DRAFTER, (doc) => confirmPlace(doc, "c1", spot(), DRAFTER.id, NOON))).toBeNull();
    expect(step(CHAIR, (doc) => refusePlace(doc, "c1", spot(), CHAIR.id, NOON))).toBeNull();
    expect(step(CHI, (doc) => confirmPlace(doc, "c1", spot(), CHI.id, NOON))).toBe("read-only");
    expect(step(DRAFTER, (doc) => confirmPlace(doc, "c1", spot(), CHAIR.id, NOON))).toBe("not-yours");
    expect(step(DRAFTER, (doc) => confirmPlace(doc, "c2", spot(), DRAFTER.id, NOON))).toBe("bad-record");
    const before = new Y.Doc();
    confirmPlace(before, "c1", spot(), DRAFTER.id, NOON);
    expect(step(DRAFTER, (doc) => placingsMap(doc).delete("c1"), before)).toBe("bad-record");
    expect(step(CHAIR, (doc) => refusePlace(doc, "c1", spot(), CHAIR.id, NOON), before)).toBeNull();
  });

  it("is nothing else: no other form is let in, and what is there in another form is passed over", () => {
    const good = { comment: "c1", here: spot(), not: [], by: DRAFTER.id, at: NOON };
    const bad = [
      null,
      "x",
      {},
      { ...good, comment: "c2" },
      { ...good, more: 1 },
      { ...good, here: { slot: "a" } },
      { ...good, here: undefined },
      { ...good, here: { ...spot(), slot: "../a" } },
      { ...good, here: { ...spot(), slot: "no-slot" } },
      { ...good, not: [{ ...spot(), slot: "no-slot" }] },
      { ...good, here: { ...spot(), anchor: { start: "A".repeat(201), end: "" } } },
      { ...good, not: null },
      { ...good, also: [1] },
      { ...good, also: [{ part: 0, here: null, not: [] }] },
      { ...good, also: [{ part: 21, here: null, not: [] }] },
      { ...good, also: [{ part: 1.5, here: null, not: [] }] },
      { ...good, also: [{ part: 1, here: null, not: [], more: 1 }] },
      { ...good, also: [1, 1].map((part) => ({ part, here: null, not: [] })) },
      { ...good, also: [{ part: 1, here: { ...spot(), slot: "no-slot" }, not: [] }] },
      { ...good, cell: { here: spot(), not: [] } },
      { ...good, cell: { here: { slot: "no-slot", table: "t1", cell: "r-c" }, not: [] } },
      { ...good, cell: { here: null, not: [{ slot: "a", table: "../t", cell: "r-c" }] } },
      { ...good, cell: null },
      { ...good, not: [1] },
      { ...good, not: Array.from({ length: 21 }, spot) },
      { ...good, by: "" },
      { ...good, at: "hôm nay" },
    ];
    for (const value of bad) {
      const write = (doc: Y.Doc): void => void placingsMap(doc).set("c1", value);
      expect(step(DRAFTER, write), JSON.stringify(value)).toBe("bad-record");
      const doc = new Y.Doc();
      write(doc);
      const read = readAnswers(doc).placings.get("c1");
      expect(read === undefined || !("more" in read)).toBe(true);
    }
    expect(decisionsMap(new Y.Doc()).size).toBe(0);
  });

  it("keeps the last twenty refusals", () => {
    const doc = new Y.Doc();
    for (let i = 0; i < 30; i++) refusePlace(doc, "c1", { slot: `a${i}`, anchor: spot().anchor }, DRAFTER.id, NOON);
    const slots = readAnswers(doc)
      .placings.get("c1")
      ?.not.map(({ slot }) => slot);
    expect([slots?.length, slots?.[0], slots?.at(-1)]).toEqual([20, "a10", "a29"]);
  });

  it("is on the committee's board, and not on a delegate's", () => {
    const { comment, decisions } = report();
    confirmPlace(decisions, "c1", spot(), DRAFTER.id, NOON);
    const notes = [{ comments: [comment], replies: [] }];
    const records = gatherRecords({ people: [BINH], notes, ...readAnswers(decisions) });
    const board = new Y.Doc();
    writeBoard(board, boardFor(records, CHAIR), "test");
    expect(readBoard(board)[0]?.placing?.here).toEqual(spot());
    expect(boardFor(records, BINH)[0]).not.toHaveProperty("placing");
  });
});
