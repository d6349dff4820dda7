import { describe, expect, it } from "vitest";
import { random } from "../support/random.ts";
import { Ledger } from "./ledger.ts";
import { proseBody, SLOTS } from "./prose.ts";
import { missedLimits, runTrials } from "./table.ts";
import { OPERATIONS } from "./trial.ts";
import { groupsOf, judge } from "./verdict.ts";

const TRIALS = 5;

// S14 S15 of docs/sync-spec.md
describe("a comment's words", () => {
  it("are found after every operation of a small sample, and by us more often than by other ways", () => {
    const found = runTrials(TRIALS, 500_000, Object.keys(OPERATIONS));
    expect(found.faults).toEqual([]);
    const sum = { ours: 0, plain: 0, marks: 0, quote: 0, trials: 0 };
    for (const [name, counts] of Object.entries(found.counts)) {
      const answered = Object.values(counts.ours).reduce((all, one) => all + one, 0);
      expect(answered, name).toBe(TRIALS);
      sum.trials += answered - counts.ours.unplaced;
      for (const method of ["ours", "plain", "marks", "quote"] as const) sum[method] += counts[method].exact;
    }
    // A few dozen trials measure nothing to the last percent.
    expect(sum.ours / sum.trials).toBeGreaterThan(0.95);
    // The others must be able to fail, or nothing was shown.
    for (const method of ["plain", "marks", "quote"] as const)
      expect(sum[method], method).toBeLessThan(sum.ours * 0.95);
  });
});

describe("the judgement of a trial", () => {
  const body = proseBody(random(7), 1);
  const ledger = new Ledger(SLOTS, body);
  const units = ledger.read(body);
  const about = new Set(units.slice(10, 20).map(({ sign }) => sign));
  const [group] = groupsOf(units, about, ledger.first);

  it("tells a place that is right from one beside it, at other words, and from none", () => {
    const { slot, from, to } = group ?? expect.fail();
    const verdict = (answer: { from: number; to: number } | null) =>
      judge(units, about, ledger.first, answer && { slot, ...answer });
    expect(verdict({ from, to })).toBe("exact");
    expect(verdict({ from: from + 1, to })).toBe("part");
    expect(verdict({ from, to: to + 1 })).toBe("wrong");
    expect(verdict({ from: to + 1, to: to + 5 })).toBe("wrong");
    expect(verdict(null)).toBe("lost");
    const rest = units.filter(({ sign }) => !about.has(sign));
    expect(judge(rest, about, ledger.first, null)).toBe("unplaced");
    expect(judge(rest, about, ledger.first, { slot, from, to })).toBe("wrong");
  });

  it("misses a limit where ours does", () => {
    const none = { exact: 0, part: 0, unplaced: 0, wrong: 0, lost: 0 };
    const others = { plain: none, marks: none, quote: none };
    const limits = (ours: typeof none) =>
      missedLimits({
        counts: { split: { ours: { ...none, ...ours }, ...others } },
        supposed: {},
        faults: [],
        missed: [],
      }).length;
    expect(limits({ ...none, exact: 990, part: 10 })).toBe(0);
    expect(limits({ ...none, exact: 989, lost: 11 })).toBe(1);
    expect(limits({ ...none, exact: 9990, wrong: 10 })).toBe(1);
  });
});
