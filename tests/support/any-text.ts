import * as fc from "fast-check";
import type { Block, MarkName } from "#model";
import { blockShape, MARKS } from "#model";
import { block } from "./sample-report.ts";

const TEXT_SLOTS = ["a", "b", "c"];

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

/** A whole text of the slots a, b and c: ids unique over all slots, every slot with a block, some with a lead. */
export const anyText: fc.Arbitrary<Readonly<Record<string, readonly Block[]>>> = fc
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
        return [TEXT_SLOTS[i] ?? "", all.length > 0 ? all : [{ ...block("lead", ""), runs: [] }]];
      }),
    ),
  );
