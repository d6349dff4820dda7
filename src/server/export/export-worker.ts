/** The thread that makes files: one job at a time, started and ended by `exporter`. */
import { parentPort } from "node:worker_threads";
import { TongketError } from "#model";
import type { ExportAnswer, ExportJob } from "./export-job.ts";
import { doExport } from "./export-job.ts";

parentPort?.on("message", (job: ExportJob) => {
  void answer(job).then((made) => parentPort?.postMessage(made, []));
});

async function answer(job: ExportJob): Promise<ExportAnswer> {
  try {
    return await doExport(job);
  } catch (error) {
    if (error instanceof TongketError) return { refused: { code: error.code, details: error.details } };
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
