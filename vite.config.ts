import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/**
 * Two builds of one tree: `vite build` makes the web client in dist/client, `vite build --ssr` the command line with
 * the server inside in dist/node (most packages stay in node_modules). Vitest's projects: `unit` is quick, `process` starts
 * servers and commands, runs the fuzz and measures printed pages, `browser` drives a real Chromium.
 */
const PROCESS = [
  "tests/cli/**",
  "tests/server/**",
  "tests/fuzz/**",
  "tests/paper/**",
  "tests/returned/**",
  "tests/client/live-report.test.ts",
];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react()],
  ...(isSsrBuild
    ? {
        // What is large and used in part loads in half the time from the build.
        ssr: { noExternal: ["docx", "fflate"] },
        build: {
          ssr: true,
          outDir: "dist/node",
          target: "node20",
          emptyOutDir: true,
          rolldownOptions: {
            input: {
              main: `${import.meta.dirname}/src/cli/main.ts`,
              // A thread of its own begins in a file of its own.
              "word-worker": `${import.meta.dirname}/src/server/word/word-worker.ts`,
              "export-worker": `${import.meta.dirname}/src/server/export/export-worker.ts`,
            },
            // No module works at import time, so a command loads only what it uses: the server's libraries, the Word
            // library are left to the commands that need them.
            treeshake: { moduleSideEffects: false },
            output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
          },
        },
      }
    : {
        // Vitest reads this file too; its projects are rooted at the top.
        ...(process.env["VITEST"] === undefined ? { root: "src/client" } : {}),
        cacheDir: `${import.meta.dirname}/node_modules/.vite`,
        build: {
          outDir: `${import.meta.dirname}/dist/client`,
          emptyOutDir: true,
          target: "es2022",
          rolldownOptions: {
            input: {
              index: `${import.meta.dirname}/src/client/index.html`,
              sw: `${import.meta.dirname}/src/client/offline/service-worker.ts`,
            },
            // A service worker keeps its name, and rules what lies below its own place.
            output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
          },
        },
      }),
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8210",
      "/k": "http://127.0.0.1:8210",
      "/collab": { target: "ws://127.0.0.1:8210", ws: true },
    },
  },
  test: {
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          root: import.meta.dirname,
          include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
          exclude: ["tests/e2e/**", ...PROCESS],
          // Of properties that are asked of many samples, on a machine that is busy.
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: "process",
          root: import.meta.dirname,
          include: PROCESS.map((path) => path.replace("/**", "/**/*.test.ts")),
          testTimeout: 120_000,
          hookTimeout: 120_000,
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
}));
