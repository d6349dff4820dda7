import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { ReportFile } from "#collab";
import { docFrom, slotText, writeReportFile } from "#collab";
import { composeReportFile, mergeWithDelegates, notesMap, proposeDecision, putComment, readNotes } from "#comments";
import type { Comment, Person } from "#model";
import { random } from "../support/random.ts";
import { commentOf, counting, later, NOON, templateOf } from "./sample.ts";

const DELEGATES: readonly Person[] = Array.from({ length: 10 }, (_, n) => ({
  id: `d${n}`,
  name: `Đại biểu ${n}`,
  unit: `Chi bộ ${n}`,
  role: "delegate",
}));

function draft(): ReportFile {
  return composeReportFile(
    {
      template: "sample",
      fields: {},
      slots: { s: ["Kết nạp 12 đảng viên."], t: [] },
      people: [{ id: "chair", name: "Chủ trì mẫu", unit: "", role: "chair" }, ...DELEGATES],
      rounds: [{ number: 1, openedAt: NOON, closedAt: later(60) }],
    },
    templateOf("s", "t"),
    "rep",
    { newId: counting("id"), now: NOON },
  );
}

/** The file of a delegate who went on from `base`. */
function saved(
  base: ReportFile,
  person: string,
  edit: (notes: Y.Doc) => void,
  over: Partial<ReportFile> = {},
): ReportFile {
  const known = base.notes.get(person);
  const notes = known ? docFrom(known) : new Y.Doc();
  edit(notes);
  return {
    ...base,
    manifest: {
      ...base.manifest,
      people: base.manifest.people.filter(({ id }) => id === person),
      savedBy: person,
    },
    notes: new Map([[person, Y.encodeStateAsUpdate(notes)]]),
    ...over,
  };
}

const put =
  (person: string, id: string, more: Partial<Comment> = {}) =>
  (notes: Y.Doc): void =>
    putComment(notes, commentOf(id, { author: person, target: { scope: "slot", slot: "s" }, ...more }));

const told = (files: readonly ReportFile[]) => [...mergeWithDelegates(files).leftOut.values()].flat();

describe("files of delegates", () => {
  it("give the same bytes in any order, each any number of times, merged at once or one after the other", () => {
    const base = draft();
    const files = DELEGATES.map(({ id }, n) =>
      saved(base, id, (notes) => {
        for (let i = 0; i <= n % 3; i++) put(id, `${id}-${i}`)(notes);
      }),
    );
    const expected = Buffer.from(writeReportFile(mergeWithDelegates([base, ...files]).file)).toString("hex");
    const r = random(7);
    for (let round = 0; round < 20; round++) {
      const twice = [...files, ...files, base].map((file) => ({ file, at: r() }));
      const order = twice.toSorted((a, b) => a.at - b.at).map(({ file }) => file);
      const { file, leftOut } = mergeWithDelegates(order);
      expect(leftOut.size).toBe(0);
      expect(Buffer.from(writeReportFile(file)).toString("hex")).toBe(expected);
      let step = base;
      for (const one of order) step = mergeWithDelegates([step, one]).file;
      expect(Buffer.from(writeReportFile(step)).toString("hex")).toBe(expected);
    }
    const merged = mergeWithDelegates([base, ...files]).file;
    const count = [...merged.notes].flatMap(([id, state]) => readNotes(docFrom(state), id).comments).length;
    expect(count).toBe(19);
    expect(merged.manifest).toEqual(mergeWithDelegates([base]).file.manifest);
  });

  it("bring their own notes alone; the rest is left out and told", () => {
    const base = draft();
    const body = docFrom(base.body);
    slotText(body, "s").insert(1, "Lời chen vào. ");
    const decisions = new Y.Doc();
    proposeDecision(decisions, { comment: "c", outcome: "accept", response: "" }, "chair", NOON);
    const forged = new Y.Doc();
    put("d2", "forged")(forged);
    const own = saved(base, "d1", put("d1", "mine"));
    const file = {
      ...own,
      body: Y.encodeStateAsUpdate(body),
      decisions: Y.encodeStateAsUpdate(decisions),
      notes: new Map([...own.notes, ["d2", Y.encodeStateAsUpdate(forged)]]),
      manifest: {
        ...own.manifest,
        people: [...own.manifest.people, { id: "new", name: "Người mới", unit: "", role: "chair" as const }],
        rounds: [...base.manifest.rounds, { number: 2, version: "other", openedAt: NOON }],
      },
    };
    const { file: merged, leftOut } = mergeWithDelegates([file, base]);
    expect(leftOut.get(0)).toEqual([
      { what: "body", who: "Đại biểu 1" },
      { what: "decisions", who: "Đại biểu 1" },
      { what: "others", who: "Đại biểu 1", of: ["Đại biểu 2"] },
      { what: "people", who: "Đại biểu 1" },
      { what: "rounds", who: "Đại biểu 1" },
    ]);
    expect([...merged.notes.keys()]).toEqual(["d1"]);
    expect(writeReportFile({ ...merged, notes: new Map() })).toEqual(
      writeReportFile({ ...mergeWithDelegates([base]).file, notes: new Map() }),
    );
  });

  it("are refused where their own notes break a rule", () => {
    const base = mergeWithDelegates([draft(), saved(draft(), "d1", put("d1", "mine"))]).file;
    const why = (edit: (notes: Y.Doc) => void): unknown => told([base, saved(base, "d1", edit)])[0]?.why;
    expect(why(put("d1", "later"))).toBeUndefined();
    expect(why((notes) => notesMap(notes, "d1").set("c:x", commentOf("x", { author: "d2" })))).toBe("not-yours");
    expect(why((notes) => notesMap(notes, "d1").set("c:x", { id: "x" }))).toBe("bad-record");
    expect(why((notes) => notesMap(notes, "d1").delete("c:mine"))).toBe("bad-record");
    expect(why(put("d1", "x", { round: 9 }))).toBe("round-closed");
    expect(why(put("d1", "x", { createdAt: "1999-01-01T00:00:00.000Z" }))).toBe("bad-record");
    const other = saved(base, "d2", put("d2", "mine"));
    expect(told([base, other])).toEqual([{ what: "notes", who: "Đại biểu 2", why: "not-yours" }]);
  });

  it("of a person whom the report does not know bring nothing", () => {
    const base = draft();
    const stranger = saved(base, "nobody", put("nobody", "x"));
    const { file, leftOut } = mergeWithDelegates([base, stranger]);
    expect(leftOut.get(1)).toEqual([{ what: "person", who: "nobody" }]);
    expect(file.notes.size).toBe(0);
  });

  it("make no report by themselves, and none of another's", () => {
    const base = draft();
    const own = saved(base, "d1", put("d1", "mine"));
    expect(() => mergeWithDelegates([own])).toThrow("file-of-delegate");
    const elsewhere = { ...own, manifest: { ...own.manifest, report: { ...own.manifest.report, id: "else" } } };
    expect(() => mergeWithDelegates([base, elsewhere])).toThrow("file-other-report");
  });
});
