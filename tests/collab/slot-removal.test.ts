import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { docFrom, markAttributes, markerAttributes, removeText, slotPieces, slotText } from "#collab";
import { MARKS } from "#model";

const PLAIN = Object.fromEntries([...MARKS, "b"].map((name) => [name, null]));

/** Every unit of a slot's text with the attributes that count on it. */
function units(text: Y.Text): string[] {
  return slotPieces(text).flatMap(({ text: run, attributes }) =>
    Array.from(run, (char) => {
      const names = char === "\n" ? [...MARKS, "b"] : MARKS;
      return `${char} ${JSON.stringify(names.map((name) => attributes[name] ?? null))}`;
    }),
  );
}

// S4
test("what is left when a stretch is removed keeps its marks and its markers, whatever stood there", () => {
  const piece = fc.oneof(fc.constant("\n"), fc.tuple(fc.constantFrom("a", "bc", "def"), fc.subarray([...MARKS])));
  const removal = fc.tuple(fc.nat(30), fc.nat(8));
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 10 }),
      fc.array(removal, { minLength: 1, maxLength: 4 }),
      (pieces, cuts) => {
        const first = slotText(new Y.Doc(), "a");
        pieces.forEach((each, i) => {
          if (each === "\n")
            first.insert(first.length, "\n", { ...PLAIN, ...markerAttributes(`m${i}`, "paragraph", 0) });
          else first.insert(first.length, each[0], { ...PLAIN, ...markAttributes(each[1]) });
        });
        const text = slotText(docFrom(Y.encodeStateAsUpdate(first.doc ?? new Y.Doc())), "a");
        for (const [at, length] of cuts) {
          const before = units(text);
          const from = Math.min(at, before.length);
          removeText(text, from, text.toJSON().slice(from, from + length));
          expect(units(text)).toEqual([...before.slice(0, from), ...before.slice(from + length)]);
        }
      },
    ),
    { numRuns: 500 },
  );
});
