import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

/**
 * Three projects of tests: `unit` is quick, `process` starts servers and commands, runs the fuzz and measures printed
 * pages, `browser` drives a real Chromium.
 */
const PROCESS = [
  "tests/cli/**",
  "tests/server/**",
  "tests/fuzz/**",
  "tests/paper/**",
  "tests/returned/**",
  "tests/client/live-report.test.ts",
];

const SAMPLES = `${import.meta.dirname}/tests/support/same-samples.ts`;

export default defineConfig({
  plugins: [react()],
  cacheDir: `${import.meta.dirname}/node_modules/.vite`,
  test: {
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          root: import.meta.dirname,
          include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
          exclude: ["tests/e2e/**", ...PROCESS],
          setupFiles: SAMPLES,
          // Of properties that are asked of many samples, on a machine that is busy.
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "process",
          root: import.meta.dirname,
          include: PROCESS.map((path) => path.replace("/**", "/**/*.test.ts")),
          setupFiles: SAMPLES,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: "browser",
          root: import.meta.dirname,
          include: ["tests/e2e/**/*.spec.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // A shared machine that builds may let a browser starve; what fails twice is a fault. At a desk once is enough.
          retry: process.env["CI"] === undefined ? 0 : 1,
          // As long as a page is waited for, by default a second.
          expect: { poll: { timeout: 60_000 } },
          globalSetup: `${import.meta.dirname}/tests/support/built-pages.ts`,
        },
      },
    ],
  },
});
