import {
  cellText,
  checkTotals,
  columnTitle,
  emptyTable,
  formatNumber,
  headerRows,
  readNumber,
  tableGrid,
} from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyTable } from "../support/any-table.ts";
import { cell, table } from "../support/sample-table.ts";

const someTable = anyTable(fc.string({ maxLength: 5 }));

describe("the grid of a table", () => {
  it("covers every place once and holds every cell once, whatever the spans say", () => {
    fc.assert(
      fc.property(someTable, (some) => {
        const grid = tableGrid(some);
        const covered = new Map<string, number>();
        for (const at of grid.rows.flat()) {
          for (let row = at.row; row < at.row + at.rowspan; row++) {
            for (let column = at.column; column < at.column + at.colspan; column++) {
              covered.set(`${row} ${column}`, (covered.get(`${row} ${column}`) ?? 0) + 1);
            }
          }
        }
        expect([...covered.values()].every((times) => times === 1)).toBe(true);
        expect(covered.size).toBe(some.rows.length * grid.columns);
        expect(grid.rows.map((row) => row.flatMap((at) => at.cell ?? []))).toEqual(some.rows.map((row) => row.cells));
        for (const row of grid.rows)
          expect(row.map((at) => at.column).toSorted((a, b) => a - b)).toEqual(row.map((at) => at.column));
      }),
      { numRuns: 500 },
    );
  });

  it("puts a cell beside one that reaches down, cuts a span that would cover it, and fills what is left over", () => {
    const grid = tableGrid({
      ...emptyTable("t"),
      rows: [
        { total: false, cells: [cell("a"), cell("b", "", { rowspan: 9 }), cell("c")] },
        { total: false, cells: [cell("d", "", { colspan: 2 })] },
      ],
    });
    expect(grid.columns).toBe(3);
    expect(grid.rows.map((row) => row.map((at) => [at.cell?.id, at.column, at.rowspan, at.colspan]))).toEqual([
      [
        ["a", 0, 1, 1],
        ["b", 1, 2, 1],
        ["c", 2, 1, 1],
      ],
      [
        ["d", 0, 1, 1],
        [undefined, 2, 1, 1],
      ],
    ]);
  });

  it("is empty for a table without rows", () => {
    expect(tableGrid(emptyTable("t"))).toEqual({ columns: 0, rows: [] });
  });
});

describe("the header of a table", () => {
  const two = table(
    [
      ["Nội dung", { text: "Đảng viên", colspan: 2 }],
      ["", "Nam", "Nữ"],
      ["Chi bộ 1", "7", "5"],
    ],
    { headers: 2 },
  );

  it("is the rows of header cells at the top", () => {
    expect(headerRows(two)).toBe(2);
    expect(headerRows(table([["a"]], { headers: 0 }))).toBe(0);
    expect(headerRows(emptyTable("t"))).toBe(0);
  });

  it("names each column from the top down", () => {
    expect([0, 1, 2, 3].map((column) => columnTitle(two, column))).toEqual([
      "Nội dung",
      "Đảng viên – Nam",
      "Đảng viên – Nữ",
      "",
    ]);
  });
});

describe("the text of a cell", () => {
  it("has a line for each paragraph", () => {
    const run = (text: string) => ({ text, marks: [] });
    expect(cellText({ ...cell("a"), paragraphs: [[run("một "), run("hai")], [], [run("ba")]] })).toBe("một hai\n\nba");
  });
});

describe("a number in a table", () => {
  it("is read as Vietnamese write it", () => {
    const read = (text: string): number | undefined => readNumber(text)?.value;
    expect(read("1.234.567,8")).toBe(1_234_567.8);
    expect(read(" 12,5 % ")).toBe(12.5);
    expect(read("1 234")).toBe(1234);
    expect(read("1\u00A0234,5")).toBe(1234.5);
    expect(read("-3")).toBe(-3);
    expect(read("−1.000")).toBe(-1000);
    expect(read("0")).toBe(0);
    expect(read("-0")).toBe(0);
    expect(read("007")).toBe(7);
    expect(read("12.5")).toBe(12.5);
    expect(read("0.125")).toBe(0.125);
    expect(readNumber("98,50%")).toEqual({ value: 98.5, decimals: 2, percent: true });
  });

  it("is nothing else", () => {
    for (const text of ["", "-", "–", "12 đồng chí", "5/7", "1.23.456", "1,2,3", "một", "1e5", "%", "1.234,", "5%%"]) {
      expect(readNumber(text), text).toBeNull();
    }
    expect(readNumber("1.234.567.890.123.456")).toBeNull();
  });

  it("is written so that it reads as the same again", () => {
    const digits = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
    fc.assert(
      fc.property(digits, fc.integer({ min: 0, max: 3 }), fc.boolean(), (units, decimals, percent) => {
        const value = Number((units / 10 ** decimals).toFixed(decimals)) || 0;
        const text = formatNumber(value, { decimals, percent });
        expect(readNumber(text)).toEqual({ value, decimals, percent });
        expect(readNumber(formatNumber(value))?.value).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it("has dots between thousands and a decimal comma, and as many decimals as it needs", () => {
    expect(formatNumber(1_234_567.8)).toBe("1.234.567,8");
    expect(formatNumber(-1000)).toBe("-1.000");
    expect(formatNumber(0.1 + 0.2)).toBe("0,3");
    expect(formatNumber(12.5, { decimals: 2, percent: true })).toBe("12,50%");
    expect(formatNumber(-0.001, { decimals: 2 })).toBe("0,00");
    expect(formatNumber(100)).toBe("100");
  });
});

describe("a totals row", () => {
  const wrong = (...given: Parameters<typeof table>): string[] =>
    checkTotals(table(...given)).map(({ row, column, stated, computed }) => `${row}:${column} ${stated}≠${computed}`);

  it("is the sum of the rows between the header and itself", () => {
    const rows = [
      ["Chi bộ", "Đảng viên", "Nữ"],
      ["Một", "12", "5"],
      ["Hai", "1.030", "-"],
    ];
    expect(wrong([...rows, ["Cộng", "1.042", "5"]], { totals: [3] })).toEqual([]);
    expect(wrong([...rows, ["Cộng", "1.043", "4"]], { totals: [3] })).toEqual(["3:1 1043≠1042", "3:2 4≠5"]);
    expect(wrong([...rows, ["Cộng", "1.043", "4"]])).toEqual([]);
  });

  it("begins anew after a total, and a total below a total sums the totals", () => {
    const rows = [
      ["Khối", "Số"],
      ["a", "1"],
      ["b", "2"],
      ["Cộng 1", "3"],
      ["c", "10"],
      ["Cộng 2", "10"],
    ];
    expect(wrong([...rows, ["Tổng cộng", "13"]], { totals: [3, 5, 6] })).toEqual([]);
    expect(wrong([...rows, ["Tổng cộng", "16"]], { totals: [3, 5, 6] })).toEqual(["6:1 16≠13"]);
    expect(wrong([...rows.slice(0, 4), ["c", "10"], ["Cộng 2", "13"]], { totals: [3, 5] })).toEqual(["5:1 13≠10"]);
  });

  it("is not asked for rates, words, or columns nobody can sum", () => {
    expect(
      wrong(
        [
          ["", "Tỷ lệ"],
          ["a", "50"],
          ["b", "70"],
          ["c", "60"],
        ],
        { totals: [3] },
      ),
    ).toEqual([]);
    expect(
      wrong(
        [
          ["", "x"],
          ["a", "50%"],
          ["b", "70%"],
          ["c", "60%"],
        ],
        { totals: [3] },
      ),
    ).toEqual([]);
    expect(
      wrong(
        [
          ["", "x"],
          ["a", "12 đồng chí"],
          ["b", "1"],
          ["c", "60"],
        ],
        { totals: [3] },
      ),
    ).toEqual([]);
    expect(
      wrong(
        [
          ["", "x"],
          ["a", "-"],
          ["b", ""],
          ["c", "60"],
        ],
        { totals: [3] },
      ),
    ).toEqual([]);
    expect(
      wrong(
        [
          ["", "x"],
          ["a", "1"],
          ["b", "2"],
          ["c", "đạt"],
        ],
        { totals: [3] },
      ),
    ).toEqual([]);
    expect(
      wrong(
        [
          ["", "x"],
          ["c", "60"],
        ],
        { totals: [1] },
      ),
    ).toEqual([]);
  });

  it("adds decimals as they are written, not as the machine holds them", () => {
    expect(wrong([["x"], ["0,1"], ["0,2"], ["0,3"]], { totals: [3] })).toEqual([]);
    expect(wrong([["x"], ["0,1"], ["0,2"], ["0,31"]], { totals: [3] })).toEqual(["3:0 0.31≠0.3"]);
  });

  it("counts a cell over several rows once, and passes over one over several columns", () => {
    const rows = [["a", "b"], [{ text: "4", rowspan: 2 }, "1"], ["2"], [{ text: "9", colspan: 2 }]];
    expect(wrong([...rows, ["4", "3"]], { totals: [4] })).toEqual([]);
    expect(wrong([...rows, [{ text: "9", colspan: 2 }]], { totals: [4] })).toEqual([]);
  });

  it("is checked in any table without a fault", () => {
    fc.assert(fc.property(someTable, (some) => void checkTotals(some)));
  });
});
