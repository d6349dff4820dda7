import type { MarkName, Table } from "#model";
import { MARKS } from "#model";
import * as fc from "fast-check";

const spans = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom(NaN, Infinity, 1e9, 2.5),
);

/** Any table whatever as storage may give it: unsound spans, rows without cells, widths for other columns. */
export function anyTable(text: fc.Arbitrary<string>): fc.Arbitrary<Table> {
  const runs = fc.array(
    fc.record({ text: text.filter((words) => words !== ""), marks: fc.subarray<MarkName>([...MARKS]) }),
    { maxLength: 2 },
  );
  const cell = fc.record({
    header: fc.boolean(),
    colspan: spans,
    rowspan: spans,
    align: fc.constantFrom("left" as const, "center" as const, "right" as const, null),
    paragraphs: fc.array(runs, { maxLength: 2 }),
  });
  const row = fc.record({ total: fc.boolean(), cells: fc.array(cell, { maxLength: 6 }) });
  const widths = fc.array(fc.oneof(fc.constant(null), fc.double({ min: -10, max: 2000 })), { maxLength: 8 });
  return fc.record({ rows: fc.array(row, { maxLength: 6 }), widths }).map((table) => ({
    id: "t",
    widths: table.widths,
    rows: table.rows.map(({ total, cells }, r) => ({
      total,
      cells: cells.map((each, c) => ({ id: `r${r}c${c}`, ...each })),
    })),
  }));
}
