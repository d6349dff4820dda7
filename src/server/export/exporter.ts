import type { Worker } from "node:worker_threads";
import { TongketError } from "#model";
import { Turns } from "../turns.ts";
import { newThread } from "../word/thread.ts";
import type { ExportAnswer, ExportedFile, ExportJob } from "./export-job.ts";

/** How long the making of one file may take, in milliseconds: the longest report takes a few seconds. */
const PATIENCE = 120_000;

/** The most that new values take, in megabytes: nearly all of a file's pieces live until it is packed. */
const YOUNG = 6;

/**
 * Makes files in a thread of its own, one after another, so that nobody who writes or reads meanwhile waits for them.
 * The thread starts with the first file and does not keep the process alive; the owner closes it.
 */
export class Exporter {
  readonly #turns = new Turns();
  #worker: Worker | null = null;

  /** What {@link ExportJob} asks for, or its refusal. */
  async make(job: ExportJob): Promise<ExportedFile> {
    const answer = await this.#turns.run(() => this.#ask(job));
    if ("bytes" in answer) return answer;
    if ("refused" in answer) throw new TongketError(answer.refused.code, answer.refused.details);
    throw new Error(answer.fault);
  }

  /** Ends the thread, after what was asked. */
  async close(): Promise<void> {
    await this.#turns.run(async () => {
      await this.#worker?.terminate();
      this.#worker = null;
    });
  }

  async #ask(job: ExportJob): Promise<ExportAnswer> {
    const worker = (this.#worker ??= newThread("export", "export-worker", {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    }));
    worker.ref();
    try {
      const answer = firstAnswer(worker);
      worker.postMessage(job, []);
      return await answer;
    } catch (error) {
      // The next file finds a new thread.
      this.#worker = null;
      await worker.terminate();
      throw error;
    } finally {
      worker.unref();
    }
  }
}

function firstAnswer(worker: Worker): Promise<ExportAnswer> {
  return new Promise<ExportAnswer>((resolve, reject) => {
    const ended = (): void => fail(new Error("the thread that makes files ended"));
    const over = (): void => {
      clearTimeout(timer);
      worker.off("message", done).off("error", fail).off("exit", ended);
    };
    const done = (answer: ExportAnswer): void => {
      over();
      resolve(answer);
    };
    const fail = (error: unknown): void => {
      over();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const timer = setTimeout(() => fail(new Error(`no file after ${PATIENCE} ms`)), PATIENCE);
    worker.on("message", done).on("error", fail).on("exit", ended);
  });
}
