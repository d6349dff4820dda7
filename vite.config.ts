import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * Two builds of one tree: `vite build` makes the web client in dist/client, `vite build --ssr` the command line with
 * the server inside in dist/node (packages stay in node_modules). The tests have vitest.config.ts.
 */
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
        root: "src/client",
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
}));
