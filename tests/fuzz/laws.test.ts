import { describe, expect, test } from "vitest";
import { runHostile } from "./hostile.ts";
import { emptyTally, runSchedule } from "./schedule.ts";
import { FROZEN } from "./seeds.ts";

const SCHEDULES = 2_000;
const FIRST_SEED = 1_000_000;
const HOSTILE = 400;

describe("laws 1 to 4", () => {
  test.each(FROZEN)("it no longer happens that $was (seed $seed)", ({ seed }) => {
    runSchedule(seed, emptyTally());
  });

  // S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S12
  test(
    "it loses, doubles and forks nothing over random schedules of two and three people",
    { timeout: 180_000 },
    () => {
      const tally = emptyTally();
      for (let i = 0; i < SCHEDULES; i++) runSchedule(FIRST_SEED + i, tally);
      // The fuzz has to have done something, or it shows nothing.
      for (const [name, count] of Object.entries(tally.edits)) expect(count, name).toBeGreaterThan(SCHEDULES / 8);
      expect(tally.concurrentRounds).toBeGreaterThan(SCHEDULES);
      expect(tally.characters).toBeGreaterThan(SCHEDULES * 20);
      for (const name of ["deliveries", "held", "reordered", "repeated", "dropped", "compositions"] as const) {
        expect(tally[name], name).toBeGreaterThan(SCHEDULES / 4);
      }
      expect(tally.waited).toBeGreaterThan(SCHEDULES / 40);
    },
  );

  // S2 S11
  test("it shows a valid document whatever a hostile client writes", { timeout: 60_000 }, () => {
    for (let seed = 1; seed <= HOSTILE; seed++) runHostile(seed);
  });
});
