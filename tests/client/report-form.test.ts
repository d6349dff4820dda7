import { describe, expect, it } from "vitest";
import type { FieldSpec } from "#model";
import { likelyYear, problemOf, problemsOf, sentFields, valuesOf } from "../../src/client/reports/report-form.ts";
import { plainText, reportMatches } from "../../src/client/reports/search.ts";

const text = { vi: "", en: "" };
const field = (id: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  id,
  label: text,
  input: "text",
  required: false,
  maxLength: 10,
  ...more,
});
const today = new Date(2026, 10, 21);

describe("the form of a report", () => {
  it("proposes the year that reports are written about at that time", () => {
    expect(likelyYear(new Date(2026, 10, 21))).toBe(2026);
    expect(likelyYear(new Date(2027, 0, 15))).toBe(2026);
  });

  it("fills initial values with the year, the next one and other fields, wherever the year stands", () => {
    const specs = [
      field("name", { initial: "Năm {year}, {nextYear}: {place}" }),
      field("place", { initial: "Huế" }),
      field("year", { input: "year", required: true }),
      field("again", { initial: "{place} {year}" }),
    ];
    const values = valuesOf(specs, {}, today);
    expect(values["name"]).toBe("Năm 2026, 2027: {place}");
    expect(values["again"]).toBe("Huế 2026");
    expect(valuesOf(specs, { year: "2021" }, today)["again"]).toBe("Huế 2021");
  });

  it("keeps what was typed, even where it was emptied", () => {
    expect(valuesOf([field("a", { initial: "x" })], { a: "" }, today)["a"]).toBe("");
  });

  it("begins a choice with its first value", () => {
    const choices = [
      { value: "one", label: text },
      { value: "two", label: text },
    ];
    expect(valuesOf([field("a", { input: "choice", choices })], {}, today)["a"]).toBe("one");
    expect(problemOf(field("a", { input: "choice", choices }), "three")).toEqual({ key: "invalid.choice" });
  });

  it("says what is wrong with each value", () => {
    expect(problemOf(field("a", { required: true }), "  ")).toEqual({ key: "invalid.required" });
    expect(problemOf(field("a"), "")).toBeNull();
    expect(problemOf(field("a"), "12345678901")).toEqual({ key: "invalid.too-long", max: 10 });
    expect(problemOf(field("a", { input: "year" }), "21")).toEqual({ key: "invalid.year" });
    expect(problemOf(field("a", { input: "date" }), "2026-02-30")).toEqual({ key: "invalid.date" });
    expect(problemOf(field("a", { input: "date" }), "2026-02-28")).toBeNull();
  });

  it("lists problems in the order of the fields, so that the first can take the focus", () => {
    const specs = [field("b", { required: true }), field("a", { required: true }), field("c")];
    expect([...problemsOf(specs, {}).keys()]).toEqual(["b", "a"]);
  });

  it("sends values tidied and composed", () => {
    const value = " Đảng ủy \n  Sở Nội vụ  \n\n".normalize("NFD");
    expect(sentFields([field("a", { input: "lines" })], { a: value, b: "not asked for" })).toEqual({
      a: "Đảng ủy\nSở Nội vụ",
    });
  });
});

describe("the search among reports", () => {
  const report = { organisation: "Đảng ủy Viện Khoa học", title: "Tổng kết công tác", year: "2021" };

  it("needs no case and no marks, and finds đ by d", () => {
    expect(reportMatches("dang uy vien", report)).toBe(true);
    expect(reportMatches("ĐẢNG", report)).toBe(true);
    expect(plainText("Đỗ Hữu Ước")).toBe("do huu uoc");
  });

  it("wants every word, in any order and any field", () => {
    expect(reportMatches("2021 khoa", report)).toBe(true);
    expect(reportMatches("2022 khoa", report)).toBe(false);
    expect(reportMatches("  ", report)).toBe(true);
  });
});
