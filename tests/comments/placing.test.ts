import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { slotText } from "#collab";
import {
  boardFor,
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
  spotAt,
  standingSpot,
  whereItStood,
  writeBoard,
} from "#comments";
import type { Comment, CommentThread, Person } from "#model";
import { isUnplaced } from "#model";
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
    expect(whereItStood(body, comment)).toEqual({ slot: "a", before: "b2", after: "b2" });
    erase(body, `\n${FIRST.replace("nể nang, né tránh", "")}`);
    expect(whereItStood(body, comment)).toEqual({ slot: "a", before: "b1", after: "b3" });
    erase(body, "\nKết thúc của mục.");
    expect(whereItStood(body, comment)).toEqual({ slot: "a", before: "b1", after: null });
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
