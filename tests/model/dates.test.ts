import { longDate, officialDate, parseDate, shortDate } from "#model";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("a date", () => {
  it("is written with a 0 before days below 10 and months 1 and 2 only", () => {
    expect(longDate("2022-01-05")).toBe("ngày 05 tháng 01 năm 2022");
    expect(longDate("2019-06-29")).toBe("ngày 29 tháng 6 năm 2019");
    expect(longDate("2021-02-10")).toBe("ngày 10 tháng 02 năm 2021");
    expect(longDate("2021-12-31")).toBe("ngày 31 tháng 12 năm 2021");
    expect(shortDate("2026-09-05")).toBe("05/9/2026");
    expect(shortDate("2021-11-25")).toBe("25/11/2021");
  });

  it.each([
    "",
    "2021",
    "2021-2-3",
    "05/01/2022",
    "2021-13-01",
    "2021-00-10",
    "2021-04-31",
    "2021-02-29",
    " 2021-01-01",
  ])("is not %j", (text) => {
    expect(parseDate(text)).toBeNull();
    expect(officialDate(text)).toBeNull();
    expect(longDate(text)).toBeNull();
    expect(shortDate(text)).toBeNull();
  });

  it("is every day of the calendar, leap days among them", () => {
    expect(parseDate("2024-02-29")).toEqual({ year: 2024, month: 2, day: 29 });
    const days = fc.date({ min: new Date("1945-09-02"), max: new Date("2199-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        expect(parseDate(date.toISOString().slice(0, 10))).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
      }),
    );
  });
});
