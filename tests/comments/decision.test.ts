import type { Decision, Person } from "#model";
import { TongketError } from "#model";
import { decisionsMap, decisionsViolation, proposeDecision, readDecisions, validateDecision } from "#comments";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { BINH, CHAIR, copyOf, DRAFTER, later, NOON } from "./sample.ts";

const PROPOSED: Decision = {
  comment: "c1",
  outcome: "keep",
  response: "Số liệu đã nêu ở phụ lục.",
  proposedBy: DRAFTER.id,
  proposedAt: NOON,
};

const propose = (doc: Y.Doc): void => proposeDecision(doc, PROPOSED, DRAFTER.id, NOON);

function codeOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof TongketError) return error.code;
    throw error;
  }
  return "nothing thrown";
}

describe("a decision", () => {
  it("is proposed, then validated", () => {
    const doc = new Y.Doc();
    propose(doc);
    expect(readDecisions(doc).get("c1")).toEqual(PROPOSED);
    validateDecision(doc, "c1", CHAIR.id, later(9));
    expect(readDecisions(copyOf(doc)).get("c1")).toEqual({
      ...PROPOSED,
      validatedBy: CHAIR.id,
      validatedAt: later(9),
    });
  });

  it("loses its validation to a later proposal", () => {
    const doc = new Y.Doc();
    propose(doc);
    validateDecision(doc, "c1", CHAIR.id, later(1));
    proposeDecision(doc, { comment: "c1", outcome: "accept", response: "" }, CHAIR.id, later(2));
    expect(readDecisions(doc).get("c1")).toEqual({
      comment: "c1",
      outcome: "accept",
      response: "",
      proposedBy: CHAIR.id,
      proposedAt: later(2),
    });
  });

  it("needs a written response unless it is a plain accept", () => {
    const doc = new Y.Doc();
    for (const outcome of ["partly", "keep", "later"] as const) {
      const work = (): void => proposeDecision(doc, { comment: "c1", outcome, response: " \n" }, "x", NOON);
      expect(codeOf(work)).toBe("response-missing");
    }
    expect(readDecisions(doc).size).toBe(0);
    proposeDecision(doc, { comment: "c1", outcome: "accept", response: "" }, "x", NOON);
    expect(readDecisions(doc).size).toBe(1);
  });

  it("cannot be validated before it is proposed", () => {
    expect(codeOf(() => validateDecision(new Y.Doc(), "c1", CHAIR.id, NOON))).toBe("decision-missing");
  });

  it("is passed over where it is none", () => {
    const doc = new Y.Doc();
    const map = decisionsMap(doc);
    map.set("c1", { ...PROPOSED, outcome: "perhaps" });
    map.set("c2", PROPOSED);
    map.set("c3", { ...PROPOSED, comment: "c3", response: "" });
    map.set("c4", { ...PROPOSED, comment: "c4", validatedBy: "chair" });
    map.set("c5", "accept");
    expect(readDecisions(doc).size).toBe(0);
  });
});

describe("a change of decisions", () => {
  function violation(change: (doc: Y.Doc) => void, person: Person, start?: (doc: Y.Doc) => void) {
    const before = new Y.Doc();
    start?.(before);
    const after = copyOf(before);
    change(after);
    return decisionsViolation(before, after, person, (id) => id.startsWith("c"), []);
  }
  const set =
    (value: unknown) =>
    (doc: Y.Doc): void =>
      void decisionsMap(doc).set("c1", value);
  const validate = (doc: Y.Doc): void => validateDecision(doc, "c1", CHAIR.id, later(1));

  it("passes for a proposal in one's own name by the committee", () => {
    expect(violation(propose, DRAFTER)).toBeNull();
    expect(violation(set({ ...PROPOSED, proposedBy: CHAIR.id }), CHAIR)).toBeNull();
    expect(violation(() => undefined, BINH, propose)).toBeNull();
  });

  it("is refused in another's name", () => {
    expect(violation(propose, CHAIR)).toBe("not-yours");
    expect(violation(set({ ...PROPOSED, proposedBy: CHAIR.id }), DRAFTER)).toBe("not-yours");
    const validated = { ...PROPOSED, validatedBy: DRAFTER.id, validatedAt: NOON };
    expect(violation(set(validated), CHAIR, propose)).toBe("not-yours");
  });

  it("is refused where a drafter validates", () => {
    expect(violation(validate, DRAFTER, propose)).toBe("chair-only");
  });

  it("passes where the chair validates, or proposes and validates at once", () => {
    expect(violation(validate, CHAIR, propose)).toBeNull();
    const both = { ...PROPOSED, proposedBy: CHAIR.id, validatedBy: CHAIR.id, validatedAt: NOON };
    expect(violation(set(both), CHAIR)).toBeNull();
  });

  it("passes where a drafter proposes anew what was validated", () => {
    const start = (doc: Y.Doc): void => {
      propose(doc);
      validate(doc);
    };
    expect(violation(propose, DRAFTER, start)).toBeNull();
  });

  it("is refused where a decision is removed, malformed, or on no comment", () => {
    expect(violation((doc) => decisionsMap(doc).delete("c1"), CHAIR, propose)).toBe("bad-record");
    expect(violation(set({ ...PROPOSED, extra: 1 }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ ...PROPOSED, comment: "c2" }), DRAFTER)).toBe("bad-record");
    expect(violation((doc) => decisionsMap(doc).set("x", { ...PROPOSED, comment: "x" }), DRAFTER)).toBe("bad-record");
    expect(violation(set({ ...PROPOSED, response: "" }), DRAFTER)).toBe("bad-record");
  });

  it("is no right of delegates and readers", () => {
    for (const role of ["delegate", "reader"] as const) {
      expect(violation(set({ ...PROPOSED, proposedBy: BINH.id }), { ...BINH, role })).toBe("read-only");
    }
  });
});
