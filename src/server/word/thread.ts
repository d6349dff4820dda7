import { Worker } from "node:worker_threads";
import type { WorkerOptions } from "node:worker_threads";

/**
 * A thread that runs `name`, a file of this part without its ending. In the build the thread's file lies beside this
 * one; in the sources it is TypeScript in `folder`, which tsx has to load.
 */
export function newThread(folder: string, name: string, options: WorkerOptions = {}): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(new URL(`./${name}.mjs`, import.meta.url), options);
  const source = JSON.stringify(new URL(`../${folder}/${name}.ts`, import.meta.url).href);
  const load = `import("tsx/esm/api").then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(load, { ...options, eval: true });
}
