import type { Block, ReportText, RestoreScope } from "#model";
import { blockText, emptyTable, restoredText, slotsOf } from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { block } from "../support/sample-report.ts";
import { CELL } from "./shipped.ts";

const A = block("a", "Công tác giáo dục chính trị, tư tưởng được coi trọng");
const B = block("b", "Một số đảng viên còn nể nang, né tránh");
const C = block("c", "Sinh hoạt chi bộ giữ được nề nếp");
const D = block("d", "Thu, nộp đảng phí đầy đủ, đúng kỳ hạn");
const EDITED = block("b", "Một số đảng viên còn nể nang, ngại va chạm");

const text = (slots: ReportText["slots"], fields: Record<string, string> = { year: "2021" }): ReportText => ({
  slots,
  fields,
});

function restored(present: ReportText["slots"], version: ReportText["slots"], scope: RestoreScope) {
  return restoredText(text(present), text(version), CELL, scope).slots;
}

const causes = (id: string): RestoreScope => ({ kind: "block", slot: "causes", block: id });

describe("a restoration of the report", () => {
  it("reads as the version did, fields included, and gives every slot a block", () => {
    const version = text({ causes: [A, B] }, { year: "2021", number: "7" });
    const present = text({ causes: [B], tasks: [C] }, { year: "2022", place: "Huế" });
    const { slots, fields } = restoredText(present, version, CELL, { kind: "report" });
    expect(slots["causes"]).toEqual([A, B]);
    expect(slots["tasks"]?.map(blockText)).toEqual([""]);
    expect(Object.keys(slots)).toHaveLength(slotsOf(CELL).length);
    expect(fields).toEqual(version.fields);
  });

  it("brings back a table with its place, its caption and what it held, and leaves others alone", () => {
    const table = (id: string, words: string, width: number): Block => ({
      ...block(id, words, "table", 0),
      table: { ...emptyTable(id), widths: [width] },
    });
    const now = { causes: [A, table("u", "Khác", 1)], tasks: [table("t", "Bảng mới", 2)] };
    const then = { causes: [table("t", "Bảng cũ", 3), A], tasks: [table("u", "Khác", 4)] };
    const { slots } = restoredText(text(now), text(then), CELL, { kind: "report" });
    expect([slots["causes"], slots["tasks"]]).toEqual([then.causes, then.tasks]);
    expect(restored(now, then, { kind: "slot", slot: "tasks" })).toEqual({ ...now, tasks: then.tasks });
    expect(restored(now, then, causes("t"))["causes"]).toEqual([table("t", "Bảng cũ", 3), ...now.causes]);
  });

  it("leaves the present fields where the version has none", () => {
    const present = text({}, { year: "2022" });
    expect(restoredText(present, text({}, {}), CELL, { kind: "report" }).fields).toEqual({ year: "2022" });
  });
});

describe("a restoration of one slot", () => {
  it("changes no other slot and no field", () => {
    const present = { causes: [EDITED, D], tasks: [C] };
    const slots = restored(present, { causes: [A, B], tasks: [] }, { kind: "slot", slot: "causes" });
    expect(slots).toEqual({ causes: [A, B], tasks: [C] });
  });
});

describe("a restoration of one block", () => {
  it("brings back its words where it stands, and nothing else", () => {
    expect(restored({ causes: [D, EDITED, C] }, { causes: [A, B, C] }, causes("b"))).toEqual({ causes: [D, B, C] });
  });

  it("puts a deleted block behind what it stood behind", () => {
    expect(restored({ causes: [A, C] }, { causes: [A, B, C] }, causes("b"))).toEqual({ causes: [A, B, C] });
    expect(restored({ causes: [C] }, { causes: [A, B, C] }, causes("b"))).toEqual({ causes: [B, C] });
    expect(restored({ causes: [A, D] }, { causes: [A, B, C] }, causes("c"))).toEqual({ causes: [A, C, D] });
    expect(restored({ causes: [block("lead", "")] }, { causes: [A] }, causes("a"))).toEqual({ causes: [A] });
  });

  it("takes a block back out of the slot into which it had moved, as it was", () => {
    const present = { causes: [A, C], tasks: [D, EDITED] };
    expect(restored(present, { causes: [A, B, C], tasks: [D] }, causes("b"))).toEqual({
      causes: [A, B, C],
      tasks: [D],
    });
    const alone = restored({ causes: [A], tasks: [{ ...B, id: "x" }] }, { causes: [A, B] }, causes("b"));
    expect(alone["causes"]).toEqual([A, B]);
    expect(alone["tasks"]?.map(blockText)).toEqual([""]);
  });

  it("takes a block that moved within its slot back to its place", () => {
    expect(restored({ causes: [EDITED, A, C, D] }, { causes: [A, C, D, B] }, causes("b"))).toEqual({
      causes: [A, C, D, B],
    });
  });

  it("changes nothing where the version has no such block", () => {
    expect(restored({ causes: [A] }, { causes: [A] }, causes("z"))).toEqual({ causes: [A] });
  });

  it("brings back any block of any version: it stands there once, as it was, and every other block stays", () => {
    const pool: readonly Block[] = [A, B, C, D, EDITED, { ...EDITED, id: "e" }, { ...A, id: "f" }];
    const side = fc.tuple(fc.shuffledSubarray([...pool]), fc.nat(7)).map(([blocks, cut]) => {
      const unique = blocks.filter((each, i) => blocks.findIndex((other) => other.id === each.id) === i);
      return { causes: unique.slice(0, cut), tasks: unique.slice(cut) };
    });
    fc.assert(
      fc.property(side, side, fc.nat(), (present, version, n) => {
        fc.pre(version.causes.length > 0);
        const wanted = version.causes[n % version.causes.length] ?? A;
        const after = restored(present, version, causes(wanted.id));
        expect(after["causes"]?.filter((each) => each === wanted)).toHaveLength(1);
        const before = [...present.causes, ...present.tasks];
        const others = [...(after["causes"] ?? []), ...(after["tasks"] ?? [])].filter(
          (each) => each !== wanted && each.id !== "lead",
        );
        expect(before).toEqual(expect.arrayContaining(others));
        expect(before.length - others.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});
