import { describe, expect, it } from "vitest";
import { answerRecords, proposeDecision, readAnswers } from "#comments";
import type { CommentThread, ThreadRow } from "#model";
import { rowState, threadRows, TongketError } from "#model";
import * as Y from "yjs";
import { Answering } from "../../src/client/workspace/panel/answering.ts";
import { thread } from "../support/sample-report.ts";

const COMMENTS = ["a", "b", "c", "d"].map((id) => thread(id, { scope: "slot", slot: "one" }));

function setting(person = "chair") {
  const doc = new Y.Doc();
  let seconds = 0;
  const now = (): string => new Date(Date.UTC(2022, 0, 5, 0, 0, seconds++)).toISOString();
  const answering = new Answering(doc, person, now);
  const rows = (): ThreadRow[] => {
    const { decisions, merges } = readAnswers(doc);
    return threadRows(answerRecords<CommentThread>(COMMENTS, decisions, merges));
  };
  const row = (id: string): ThreadRow => {
    const found = rows().find(({ leading }) => leading.comment.id === id);
    if (!found) throw new Error(`${id} leads no row`);
    return found;
  };
  const told = (): string[] =>
    rows().map((one) => {
      const ids = [one.leading, ...one.others].map(({ comment }) => comment.id).join("+");
      return `${ids}: ${one.leading.decision?.outcome ?? ""} ${rowState(one)}`;
    });
  return { doc, answering, rows, row, told };
}

const ACCEPT = { outcome: "accept", response: "" } as const;
const KEEP = { outcome: "keep", response: "Giữ." } as const;

describe("answering", () => {
  it("answers many rows in one update, and takes it back as one", () => {
    const { doc, answering, rows, told } = setting();
    let updates = 0;
    doc.on("update", () => updates++);
    answering.propose(rows(), ACCEPT, true);
    expect(updates).toBe(1);
    expect(told()).toEqual(["a", "b", "c", "d"].map((id) => `${id}: accept validated`));
    expect(answering.undo()).toEqual({ comment: "a", result: "undone" });
    expect(told()).toEqual(["a", "b", "c", "d"].map((id) => `${id}:  open`));
    expect(answering.canUndo).toBe(false);
    expect(answering.undo()).toBeNull();
  });

  it("takes back an answer to the one before it, with its validation where that was one's own", () => {
    const { doc, answering, row, told } = setting();
    answering.propose([row("a")], ACCEPT, true);
    answering.propose([row("a")], KEEP, false);
    answering.undo();
    expect(told()[0]).toBe("a: accept validated");
    proposeDecision(doc, { comment: "b", ...KEEP }, "drafter", "2022-01-05T00:00:00.000Z");
    answering.validate([row("b")]);
    expect(told()[1]).toBe("b: keep validated");
    answering.undo();
    expect(told()[1]).toBe("b: keep proposed");
    // In one's own name: nobody writes in another's.
    expect(readAnswers(doc).decisions.get("b")?.proposedBy).toBe("chair");
  });

  it("leaves alone what somebody has answered since", () => {
    const { doc, answering, row, told } = setting();
    answering.propose([row("a"), row("b")], ACCEPT, false);
    proposeDecision(doc, { comment: "a", ...KEEP }, "drafter", "2022-01-06T00:00:00.000Z");
    expect(answering.undo()).toEqual({ comment: "a", result: "changed" });
    expect(told().slice(0, 2)).toEqual(["a: keep proposed", "b:  open"]);
  });

  it("merges rows, validates them for all in them, and takes that back", () => {
    const { answering, row, told } = setting();
    answering.merge([row("b")], row("a"));
    answering.merge([row("c"), row("a")], row("a"));
    expect(told()).toEqual(["a+b+c:  open", "d:  open"]);
    answering.propose([row("a")], KEEP, true);
    expect(told()[0]).toBe("a+b+c: keep validated");
    answering.merge([row("d")], row("a"));
    expect(told()).toEqual(["a+b+c+d: keep proposed"]);
    answering.validate([row("a")]);
    expect(told()).toEqual(["a+b+c+d: keep validated"]);
    for (let n = 0; n < 4; n++) answering.undo();
    expect(told()).toEqual(["a+b:  open", "c:  open", "d:  open"]);
    answering.separate("a");
    expect(told()).toHaveLength(4);
    answering.undo();
    expect(told()[0]).toBe("a+b:  open");
    answering.separate("b");
    answering.undo();
    answering.undo();
    expect(told()).toHaveLength(4);
    expect(answering.canUndo).toBe(false);
  });

  it("writes nothing and remembers nothing where the response is missing", () => {
    const { doc, answering, rows } = setting();
    expect(() => answering.propose(rows(), { outcome: "later", response: " " }, false)).toThrow(TongketError);
    expect(readAnswers(doc).decisions.size).toBe(0);
    expect(answering.canUndo).toBe(false);
  });
});
