import type { FieldSpec } from "#model";
import { fieldFits, fieldsOf, initialFields, printedFields } from "#model";
import { describe, expect, it } from "vitest";
import { CELL, COMMITTEE, PARTY_RULES } from "./shipped.ts";

function spec(id: string, change: Partial<FieldSpec> = {}): FieldSpec {
  return { id, label: { vi: id, en: id }, input: "text", required: false, maxLength: 20, ...change };
}

describe("the fields of a report", () => {
  it("are the rule set's in its order, replaced where the template has its own", () => {
    expect(fieldsOf(CELL, PARTY_RULES).map(({ id }) => id)).toEqual(PARTY_RULES.fields.map(({ id }) => id));
    expect(fieldsOf(CELL, PARTY_RULES).find(({ id }) => id === "symbol")?.initial).toBe("BC/CB");
  });

  it("are followed by those only the template has", () => {
    const more = { ...COMMITTEE, fields: [spec("theme")] };
    expect(fieldsOf(more, PARTY_RULES).at(-1)?.id).toBe("theme");
  });

  it("start with what is given, then with initial values and first choices", () => {
    const choices = [
      { value: "T/M", label: { vi: "a", en: "a" } },
      { value: "K/T", label: { vi: "b", en: "b" } },
    ];
    const specs = [
      spec("power", { input: "choice", choices }),
      spec("a", { initial: "x" }),
      spec("b", { initial: "y" }),
    ];
    expect(initialFields(specs, { b: "" })).toEqual({ power: "T/M", a: "x", b: "" });
  });

  it("start with values made of other fields, whatever the order, and stay away where one is missing", () => {
    const specs = [
      spec("a", { initial: "{b} {nextYear}" }),
      spec("b", { initial: "{c}!" }),
      spec("d", { initial: "{e}" }),
    ];
    expect(initialFields(specs, { c: "C", year: "2021" })).toMatchObject({ a: "C! 2022", b: "C!" });
    expect(initialFields(specs, { c: "C", year: "2021" })).not.toHaveProperty("d");
  });

  it("fit by their kind and length, and may be empty", () => {
    const choices = [{ value: "a", label: { vi: "a", en: "a" } }];
    const fits = (input: FieldSpec["input"], value: string): boolean => fieldFits(spec("f", { input, choices }), value);
    expect(["text", "lines", "year", "date", "choice"].every((input) => fits(input as FieldSpec["input"], ""))).toBe(
      true,
    );
    expect([fits("year", "2021"), fits("year", "21"), fits("year", "năm nay")]).toEqual([true, false, false]);
    expect([fits("date", "2022-01-31"), fits("date", "2022-02-31")]).toEqual([true, false]);
    expect([fits("choice", "a"), fits("choice", "b")]).toEqual([true, false]);
    expect([fits("text", "a\nb"), fits("lines", "a\nb"), fits("text", "x".repeat(21))]).toEqual([false, true, false]);
  });

  it("are printed with the official day and month and a 0 before a single figure", () => {
    const printed = printedFields(COMMITTEE, { year: "2021", date: "2022-01-05", number: "7" });
    expect(printed).toMatchObject({
      typeName: "BÁO CÁO",
      typeCaption: "Báo cáo",
      subject: "tổng kết công tác năm 2021 và phương hướng, nhiệm vụ năm 2022",
      number: "07",
      day: "05",
      month: "01",
      dateYear: "2022",
    });
    expect(printedFields(COMMITTEE, { number: "12" })["number"]).toBe("12");
  });

  it("leave room where number and date are not given yet", () => {
    const { number, day, month, dateYear } = printedFields(COMMITTEE, { date: "sắp tới" });
    for (const room of [number, day, month, dateYear]) expect(room).toMatch(/^\u00a0+$/);
  });
});
