import { expect, it } from "vitest";
import { createReportRequest, inviteRequest, makeVersionRequest, openRoundRequest, VERSION_NAME } from "#protocol";

it("takes an invitation of named people in any role but the chair's", () => {
  const person = { role: "delegate", name: "  Nguyễn Văn Mẫu ", unit: "" };
  expect(inviteRequest.parse({ people: [person] }).people[0]?.name).toBe("Nguyễn Văn Mẫu");
  for (const people of [
    [],
    [{ ...person, role: "chair" }],
    [{ ...person, name: " " }],
    Array.from({ length: 501 }, () => person),
  ]) {
    expect(inviteRequest.safeParse({ people }).success).toBe(false);
  }
});

it("takes fields by plain names and of bounded length", () => {
  const parse = (fields: unknown): boolean => createReportRequest.safeParse({ template: "t", fields }).success;
  expect(parse({ year: "2021" })).toBe(true);
  for (const fields of [{ "a b": "x" }, { year: 2021 }, { year: "x".repeat(4001) }, null])
    expect(parse(fields)).toBe(false);
});

it("takes a deadline only as an instant", () => {
  expect(openRoundRequest.safeParse({}).success).toBe(true);
  expect(openRoundRequest.safeParse({ deadline: "2022-01-20T10:00:00Z" }).success).toBe(true);
  expect(openRoundRequest.safeParse({ deadline: "ngày mai" }).success).toBe(false);
});

it("takes the name of a version on one line, in one form, neither empty nor endless", () => {
  const parse = (name: unknown): string | null => makeVersionRequest.safeParse({ name }).data?.name ?? null;
  expect(parse("  Bản trình Ban Thường vụ ")).toBe("Bản trình Ban Thường vụ");
  expect(parse("Bản".normalize("NFD"))).toBe("Bản");
  expect(parse("x".repeat(VERSION_NAME))).toHaveLength(120);
  for (const name of ["", " \t ", "x".repeat(VERSION_NAME + 1), "Hai\ndòng", "Chuông\u0007", 7, undefined]) {
    expect(parse(name)).toBeNull();
  }
});
