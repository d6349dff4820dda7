import type { Block, MarkName } from "#model";
import { blockNode, blockShape, blockText, DEEPEST, emptyTable, MARKS, nodeBlock, reportSchema } from "#model";
import * as fc from "fast-check";
import type { NodeBuilder } from "prosemirror-test-builder";
import { builders } from "prosemirror-test-builder";
import { describe, expect, it } from "vitest";

const BUILDERS = builders(reportSchema, {
  p: { nodeType: "block" },
  h2: { nodeType: "block", kind: "heading", level: 2 },
});

function build(name: string, ...content: Parameters<NodeBuilder>): ReturnType<NodeBuilder> {
  const builder = BUILDERS[name];
  if (!builder) throw new Error(`no builder ${name}`);
  return builder(...content);
}

const marks = fc.subarray<MarkName>([...MARKS]);
/** Runs as blocks have them: none empty, no two alike side by side. */
const runs = fc
  .array(fc.record({ text: fc.string({ minLength: 1, unit: "grapheme" }), marks }), { maxLength: 6 })
  .map((list) => list.filter((run, at) => at === 0 || run.marks.join() !== list[at - 1]?.marks.join()));
const blocks: fc.Arbitrary<Block> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 8 }),
    shape: fc.oneof(
      fc.constant({ kind: "paragraph", level: 0 } as const),
      fc.constant({ kind: "table", level: 0 } as const),
      fc.record({ kind: fc.constant("heading" as const), level: fc.integer({ min: 1, max: DEEPEST.heading }) }),
      fc.record({ kind: fc.constant("item" as const), level: fc.integer({ min: 1, max: DEEPEST.item }) }),
    ),
    table: fc.option(fc.string({ minLength: 1, maxLength: 8 }), { nil: undefined }),
    runs,
  })
  .map(({ id, shape, table, runs: list }) => {
    const block = { id, ...shape, runs: list };
    return shape.kind === "table" && table !== undefined ? { ...block, table: emptyTable(table) } : block;
  });

/** Runs that stand side by side after filtering may be alike; the document joins them. */
function joined(block: Block): Block {
  const list: { text: string; marks: readonly MarkName[] }[] = [];
  for (const run of block.runs) {
    const last = list.at(-1);
    if (last && last.marks.join() === run.marks.join()) last.text += run.text;
    else list.push({ ...run });
  }
  return { ...block, runs: list };
}

describe("the schema of a report", () => {
  it("holds slots of blocks of text", () => {
    const doc = build("doc", build("section", { slot: "a" }, build("p", "Đảng ủy"), build("h2", "Kết quả")));
    expect(() => doc.check()).not.toThrow();
    expect(doc.textContent).toBe("Đảng ủyKết quả");
    expect(nodeBlock(doc.child(0).child(1))).toMatchObject({
      kind: "heading",
      level: 2,
    });
  });

  it("refuses a slot without blocks, a block in a block and a text outside blocks", () => {
    const { doc, section, block } = reportSchema.nodes;
    expect(() => section.createChecked({ slot: "a" })).toThrow();
    expect(() => block.createChecked(null, block.create())).toThrow();
    expect(() => doc.createChecked(null, reportSchema.text("a"))).toThrow();
  });

  it("gives back every block unchanged, also through JSON", () => {
    fc.assert(
      fc.property(blocks, (block) => {
        const node = blockNode(joined(block));
        node.check();
        expect(nodeBlock(node)).toEqual(joined(block));
        expect(nodeBlock(reportSchema.nodeFromJSON(JSON.parse(JSON.stringify(node.toJSON()))))).toEqual(joined(block));
        expect(node.textContent).toBe(blockText(block));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the shape of a block", () => {
  it("is a paragraph for a kind nobody knows", () => {
    expect(blockShape("picture", 3)).toEqual({ kind: "paragraph", level: 0 });
    expect(blockShape(undefined, 1)).toEqual({ kind: "paragraph", level: 0 });
  });

  it("has a level within what its kind allows", () => {
    expect(blockShape("table", 3)).toEqual({ kind: "table", level: 0 });
    expect(blockShape("heading", 99)).toEqual({ kind: "heading", level: DEEPEST.heading });
    expect(blockShape("item", 0)).toEqual({ kind: "item", level: 1 });
    expect(blockShape("item", "2")).toEqual({ kind: "item", level: 1 });
    expect(blockShape("heading", NaN)).toEqual({ kind: "heading", level: 1 });
    expect(blockShape("heading", 2.9)).toEqual({ kind: "heading", level: 2 });
  });
});
