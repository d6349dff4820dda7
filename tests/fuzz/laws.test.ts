import { describe, expect, test } from "vitest";
import { frozenScripts } from "./frozen.ts";
import { runHostile } from "./hostile/siege.ts";
import { runSchedule, runScript } from "./schedule.ts";
import { emptyTally } from "./tally.ts";

const SCHEDULES = 1_000;
const FIRST_SEED = 1_000_000;
const HOSTILE = 300;

describe("laws 1 to 4 and 7", () => {
  test.each(frozenScripts())("it no longer happens that $was ($name)", (script) => {
    runScript(script.name, script, emptyTally());
  });

  // S1 S2 S3 S4 S5 S6 S7 S8 S9 S10 S12
  test("it loses, doubles and forks nothing over random schedules of two to five people", { timeout: 300_000 }, () => {
    const tally = emptyTally();
    for (let i = 0; i < SCHEDULES; i++) runSchedule(FIRST_SEED + i, tally);
    // The fuzz has to have done something, or it shows nothing.
    const { edits, ...counts } = tally;
    for (const [name, count] of Object.entries(edits)) expect(count, name).toBeGreaterThan(SCHEDULES / 30);
    for (const name of [
      "concurrentRounds",
      "deliveries",
      "held",
      "reconnections",
      "compositions",
      "reloads",
    ] as const) {
      expect(counts[name], name).toBeGreaterThan(SCHEDULES / 2);
    }
    for (const name of ["reordered", "repeated", "dropped", "foreignWrites", "comments", "cells"] as const) {
      expect(counts[name], name).toBeGreaterThan(SCHEDULES / 5);
    }
    for (const name of ["restarts", "waited", "whole", "part", "moved", "gone", "decisions"] as const) {
      expect(counts[name], name).toBeGreaterThan(SCHEDULES / 30);
    }
    expect(counts.characters).toBeGreaterThan(SCHEDULES * 20);
  });

  // S2 S11
  test("it shows, keeps, checks, prints and edits whatever a hostile client writes", { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= HOSTILE; seed++) await runHostile(seed, seed % 20 === 0);
  });
});
