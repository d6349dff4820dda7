import { docFrom, readText, slotText } from "#collab";
import { carriedOut, draftsToCompare, gatherRecords, placeRecords } from "#comments";
import type { Comment, Outcome, PlaceChange, Report } from "#model";
import { isUnchanged, unchangedFindings } from "#model";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { BINH, bodyOf, CHAIR, commentOf, commentOn, copyOf, DRAFTER, flat, later, NOON, templateOf } from "./sample.ts";

const TEMPLATE = templateOf("one", "two");
const SLOTS = {
  one: [
    "Đảng bộ có một số hạn chế.",
    "Công tác kiểm tra còn chậm.",
    "Một số chi bộ còn nể nang.",
    "Việc học nghị quyết còn hình thức.",
  ],
  two: ["Phương hướng năm tới."],
};

/** A draft with comments on it that were all answered in one way, and the text after `edit`. */
function setting(
  outcome: Outcome,
  comments: (draft: Y.Doc) => Comment[],
  edit: (body: Y.Doc) => void,
  merges: ReadonlyMap<string, { comment: string; with: string | null; by: string; at: string }> = new Map(),
) {
  const draft = bodyOf(SLOTS);
  const given = comments(draft);
  const body = copyOf(draft);
  edit(body);
  const response = outcome === "accept" ? "" : "Đã trả lời.";
  const decisions = new Map(
    given.map(({ id }) => [id, { comment: id, outcome, response, proposedBy: DRAFTER.id, proposedAt: NOON }]),
  );
  const notes = [{ comments: given, replies: [] }];
  const records = gatherRecords({ people: [BINH, DRAFTER, CHAIR], notes, decisions, merges });
  const report = {
    template: TEMPLATE,
    ...readText(body, TEMPLATE),
    rounds: [{ number: 1, version: "v1", openedAt: NOON }],
    versions: [{ id: "v1", name: "Dự thảo lần 1", createdAt: NOON, createdBy: CHAIR.id, round: 1 }],
    threads: placeRecords(records, TEMPLATE, body),
  } satisfies Partial<Report>;
  const frozen = copyOf(draft);
  const drafts = new Map([["v1", { body: frozen, text: readText(frozen, TEMPLATE) }]]);
  return { report, drafts, changes: carriedOut(report, drafts) };
}

const on =
  (words: string, slot = "one") =>
  (draft: Y.Doc): Comment[] => [commentOn(draft, slot, words, "c1")];

function type(body: Y.Doc, before: string, words: string, slot = "one"): void {
  const text = slotText(body, slot);
  text.insert(flat(text).indexOf(before), words, {});
}

const told = (changes: ReadonlyMap<string, PlaceChange>): PlaceChange | undefined => changes.get("c1");

describe("what became of the text where a comment was taken up", () => {
  it("is told with the words before and after", () => {
    const { changes, report } = setting("accept", on("còn chậm"), (body) => type(body, "còn chậm", "ở một số nơi "));
    const place = report.threads[0]?.place;
    expect(told(changes)).toEqual({
      since: "v1",
      changed: true,
      lines: [{ before: "Công tác kiểm tra còn chậm.", after: "Công tác kiểm tra ở một số nơi còn chậm." }],
      before: [{ slot: "one", block: place?.from.block }],
      after: [{ slot: "one", block: place?.from.block }],
    });
  });

  it("is nothing where only other paragraphs changed, and is listed then", () => {
    const { report, changes } = setting("accept", on("còn chậm"), (body) => {
      type(body, "một số hạn", "không ít ");
      type(body, "năm tới", "của ", "two");
    });
    expect(told(changes)).toEqual({ since: "v1", changed: false, lines: [], before: [], after: [] });
    expect(report.threads.filter((thread) => isUnchanged(thread, changes))).toHaveLength(1);
    expect(unchangedFindings(report.threads, changes)).toEqual([
      {
        code: "comment-unchanged",
        severity: "warning",
        slot: "one",
        comment: "c1",
        values: { comment: "c1", author: BINH.name, text: "ý kiến c1" },
      },
    ]);
  });

  it("is a paragraph put in right beside, since what is asked to be added is added there", () => {
    const { changes } = setting("partly", on("còn chậm"), (body) => {
      const text = slotText(body, "one");
      const at = flat(text).indexOf("\nMột số chi bộ");
      text.insert(at, "\n", { b: { id: "neu", kind: "paragraph", level: 0 } });
      text.insert(at + 1, "Nguyên nhân là thiếu cán bộ.", {});
    });
    expect(told(changes)).toMatchObject({
      changed: true,
      lines: [{ before: null, after: "Nguyên nhân là thiếu cán bộ." }],
    });
  });

  it("is told where the words are gone, were moved, or changed their form alone", () => {
    const remove = (body: Y.Doc): void => {
      const text = slotText(body, "one");
      text.delete(flat(text).indexOf("\nCông tác"), "\nCông tác kiểm tra còn chậm.".length);
    };
    const gone = setting("accept", on("còn chậm"), remove);
    expect(told(gone.changes)).toMatchObject({
      changed: true,
      lines: [{ before: "Công tác kiểm tra còn chậm.", after: null }],
    });
    const bold = setting("accept", on("còn chậm"), (body) => {
      const text = slotText(body, "one");
      text.format(flat(text).indexOf("còn chậm"), 8, { strong: true });
    });
    expect(told(bold.changes)?.changed).toBe(true);
  });

  it("goes with paragraphs that are moved, and says nothing of those they were moved past", () => {
    const both = (draft: Y.Doc): Comment[] => [
      commentOn(draft, "one", "hạn chế.\nCông tác kiểm tra", "c1"),
      commentOn(draft, "one", "nể nang", "c2"),
    ];
    const { changes } = setting("accept", both, (body) => {
      const text = slotText(body, "one");
      const words = "\nCông tác kiểm tra còn chậm.";
      const at = flat(text).indexOf(words);
      text.delete(at, words.length);
      text.insert(text.length, "\n", { b: { id: "b2", kind: "paragraph", level: 0 } });
      text.insert(text.length, words.slice(1), {});
    });
    expect(changes.get("c1")).toMatchObject({ changed: true });
    expect(changes.get("c2")).toMatchObject({ changed: false });
  });

  it("is about the whole slot, or the whole report, where the comment was", () => {
    const whole = (draft: Y.Doc): Comment[] => {
      void draft;
      return [commentOf("c1", { target: { scope: "slot", slot: "two" } }), commentOf("c2")];
    };
    const { changes } = setting("accept", whole, (body) => type(body, "còn chậm", "vẫn "));
    expect(changes.get("c1")).toMatchObject({ changed: false });
    expect(changes.get("c2")).toMatchObject({ changed: true });
    expect(changes.get("c2")?.lines).toHaveLength(1);
  });

  it("is not asked for where nothing was promised, and not known without the draft", () => {
    for (const outcome of ["keep", "later"] as const) {
      const { report, changes } = setting(outcome, on("còn chậm"), () => undefined);
      expect(changes.size).toBe(0);
      expect(draftsToCompare(report)).toEqual([]);
      expect(unchangedFindings(report.threads, changes)).toEqual([]);
    }
    const { report } = setting("accept", on("còn chậm"), () => undefined);
    expect(draftsToCompare(report)).toEqual(["v1"]);
    expect(carriedOut(report, new Map()).size).toBe(0);
  });

  it("is known for a comment outside any round by the last version saved before it", () => {
    const own = (draft: Y.Doc): Comment[] => [
      commentOn(draft, "one", "còn chậm", "c1", { round: 0, createdAt: later(60) }),
      commentOn(draft, "one", "nể nang", "c2", { round: 0, createdAt: "2021-01-01T00:00:00.000Z" }),
    ];
    const { changes } = setting("accept", own, (body) => type(body, "còn chậm", "vẫn "));
    expect(told(changes)).toMatchObject({ since: "v1", changed: true });
    expect(changes.has("c2")).toBe(false);
  });

  it("lists a row that was merged once, and only where nothing changed at any of its places", () => {
    const two = (draft: Y.Doc): Comment[] => [
      commentOn(draft, "one", "còn chậm", "c1"),
      commentOn(draft, "one", "nể nang", "c2", { createdAt: later(1) }),
    ];
    const merges = new Map([["c2", { comment: "c2", with: "c1", by: DRAFTER.id, at: NOON }]]);
    const nothing = setting("accept", two, () => undefined, merges);
    expect(unchangedFindings(nothing.report.threads, nothing.changes).map(({ comment }) => comment)).toEqual(["c1"]);
    const other = setting("accept", two, (body) => type(body, "nể nang", "có chỗ "), merges);
    expect(unchangedFindings(other.report.threads, other.changes)).toEqual([]);
  });

  it("is the same for a draft that was stored and read again", () => {
    const { report, drafts, changes } = setting("accept", on("còn chậm"), (body) => type(body, "còn chậm", "vẫn "));
    const again = new Map(
      [...drafts].map(([version, { body, text }]) => [version, { body: docFrom(Y.encodeStateAsUpdate(body)), text }]),
    );
    expect(carriedOut(report, again)).toEqual(changes);
  });
});
