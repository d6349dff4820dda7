import type { Person, Report, Round, Stance } from "#model";
import { contributorWords, responseTable, roundAnswers, roundState, takesLate } from "#model";
import { describe, expect, it } from "vitest";
import { PEOPLE, sampleReport, thread } from "../support/sample-report.ts";
import { COMMITTEE, PARTY_RULES } from "./shipped.ts";

const [, , FIRST, SECOND] = PEOPLE as readonly [Person, Person, Person, Person];
const THIRD: Person = { id: "delegate-3", name: "Đại biểu Mẫu Ba", unit: "Chi bộ 3", role: "delegate" };
const NOON = "2022-01-02T05:00:00.000Z";
const LATER = "2022-01-03T05:00:00.000Z";
const ROUND: Round = { number: 1, version: "v1", openedAt: NOON };

function stance(person: Person, change: Partial<Stance> = {}): Stance {
  return { author: person.id, round: 1, agrees: true, createdAt: NOON, ...change };
}

function report(change: Partial<Report>): Report {
  return sampleReport(COMMITTEE, PARTY_RULES, { people: [...PEOPLE, THIRD], ...change });
}

describe("a round", () => {
  it("is over from its deadline on, whether that is noted or not", () => {
    expect(roundState(ROUND, LATER)).toBe("open");
    expect(roundState({ ...ROUND, deadline: LATER }, NOON)).toBe("open");
    expect(roundState({ ...ROUND, deadline: LATER }, LATER)).toBe("closed");
    expect(roundState({ ...ROUND, pausedAt: NOON }, LATER)).toBe("paused");
    expect(roundState({ ...ROUND, pausedAt: NOON, deadline: LATER }, LATER)).toBe("closed");
    expect(roundState({ ...ROUND, closedAt: NOON }, NOON)).toBe("closed");
  });

  it("takes late comments of whom it names, or of everybody", () => {
    expect(takesLate(ROUND, "a")).toBe(false);
    expect(takesLate({ ...ROUND, late: ["b"] }, "a")).toBe(false);
    expect(takesLate({ ...ROUND, late: ["a", "b"] }, "a")).toBe(true);
    expect(takesLate({ ...ROUND, late: ["*"] }, "a")).toBe(true);
  });
});

describe("the answers to a round", () => {
  it("name every delegate once: who commented, who agreed, who said nothing", () => {
    const voice = { unit: "Chi bộ 3", people: 24 };
    const made = report({
      threads: [
        thread("c1", { scope: "report" }, { author: FIRST }),
        thread("c2", { scope: "report" }, { author: SECOND, comment: { withdrawn: true } }),
        thread("c3", { scope: "report" }, { author: THIRD, comment: { round: 2 } }),
      ],
      stances: [stance(FIRST, { voice }), stance(SECOND), stance(THIRD, { round: 2 })],
    });
    expect(
      roundAnswers(made, ROUND).map(({ person, state, comments, voice: of }) => [person.id, state, comments, of]),
    ).toEqual([
      [FIRST.id, "commented", 1, voice],
      [SECOND.id, "agreed", 0, null],
      [THIRD.id, "silent", 0, null],
    ]);
  });

  it("count as agreeing in the table only who said so and left no comment in any round", () => {
    const made = report({
      threads: [thread("c1", { scope: "report" }, { author: FIRST, comment: { round: 2 } })],
      stances: [stance(FIRST), stance(SECOND), stance(THIRD, { agrees: false, voice: { unit: "Chi bộ 3" } })],
    });
    expect(responseTable(made).counts).toMatchObject({ asked: 3, commented: 1, agreed: 1, silent: 1 });
  });

  it("name in the table for whom somebody spoke, and who was late", () => {
    const made = report({
      threads: [
        thread("c1", { scope: "report" }, { author: FIRST, comment: { late: true } }),
        thread("c2", { scope: "slot", slot: "causes" }, { author: SECOND }),
      ],
      stances: [stance(FIRST, { agrees: false, voice: { unit: "Chi bộ 3", people: 24 } })],
    });
    const names = responseTable(made).groups.flatMap(({ rows }) =>
      rows.flatMap(({ contributors }) => contributors.map((one) => contributorWords("vi", one, PARTY_RULES))),
    );
    expect(names).toEqual([
      `${FIRST.name}, thay mặt Chi bộ 3 (24 đảng viên), góp ý muộn`,
      `${SECOND.name}, ${SECOND.unit}`,
    ]);
  });
});
