import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { DocumentName } from "#protocol";
import { formatDocumentName, isId, parseDocumentName } from "#protocol";

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

const name: fc.Arbitrary<DocumentName> = fc.oneof(
  fc.record({ kind: fc.constant("body" as const), report: id }),
  fc.record({ kind: fc.constant("decisions" as const), report: id }),
  fc.record({ kind: fc.constant("notes" as const), report: id, person: id }),
  fc.record({ kind: fc.constant("board" as const), report: id }),
  fc.record({ kind: fc.constant("board" as const), report: id, person: id }),
);

it("reads every name it writes", () => {
  fc.assert(
    fc.property(name, (given) => {
      expect(parseDocumentName(formatDocumentName(given))).toEqual(given);
    }),
  );
});

it("writes every name it reads, and reads nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(fc.oneof(id, fc.constantFrom("body", "notes", "board", "decisions", "..", "")))
          .map((parts) => parts.join("/")),
      ),
      (text) => {
        const read = parseDocumentName(text);
        if (read) expect(formatDocumentName(read)).toBe(text);
      },
    ),
  );
});

it("takes no path, no empty part and no stranger for a document", () => {
  for (const text of [
    "",
    "r",
    "r/",
    "/body",
    "r/body/",
    "r/body/p",
    "r/notes",
    "r/notes/",
    "r/other",
    "../body",
    "r/notes/a b",
    "r/board/p/q",
  ]) {
    expect(parseDocumentName(text), text).toBeNull();
  }
  expect(isId("a".repeat(64))).toBe(true);
  for (const text of ["", "a".repeat(65), "a/b", "a.b", "đ", "a b"]) expect(isId(text), text).toBe(false);
});
