/** The thread that reads Word files: one job at a time, started and ended by `word-reader`. */
import { parentPort } from "node:worker_threads";
import { archiveMembers, readWordFile } from "#docx";
import { TongketError } from "#model";
import type { WordAnswer, WordJob } from "./word-job.ts";

parentPort?.on("message", (job: WordJob) => {
  parentPort?.postMessage(answer(job), []);
});
parentPort?.postMessage("ready", []);

function answer({ want, bytes, limits }: WordJob): WordAnswer {
  try {
    return want === "file" ? { file: readWordFile(bytes, limits) } : { members: archiveMembers(bytes, limits) };
  } catch (error) {
    if (error instanceof TongketError) return { refused: { code: error.code, details: error.details } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
