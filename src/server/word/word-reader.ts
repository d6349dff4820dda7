import type { Worker } from "node:worker_threads";
import type { ArchiveMember, WordFile, WordLimits } from "#docx";
import { WORD_LIMITS } from "#docx";
import { TongketError } from "#model";
import type { OfficeText } from "../libre-office.ts";
import { toWord } from "../libre-office.ts";
import { Turns } from "../turns.ts";
import { newThread } from "./thread.ts";
import type { WordAnswer, WordJob } from "./word-job.ts";

/** What reading one file may cost. */
export interface WordReaderOptions {
  /** Milliseconds; the largest file within the limits takes a tenth. */
  readonly patience?: number;
  /** Mebibytes of the thread's heap. */
  readonly memory?: number;
  readonly limits?: WordLimits;
  /** The program of LibreOffice, which makes Word files of `.doc`, `.odt` and `.rtf`; null where it is not installed. */
  readonly office?: string | null;
}

const PATIENCE = 30_000;
/** For the thread itself to begin, on a machine that is busy. */
const START_PATIENCE = 60_000;
const MEMORY = 768;
/** For LibreOffice to make a Word file, in milliseconds: a long one takes ten seconds on a machine that is busy. */
const OFFICE_PATIENCE = 60_000;

/** The refusals of texts that LibreOffice can make a Word file of, and how their names end. */
const FOREIGN: ReadonlyMap<string, OfficeText> = new Map([
  ["word-legacy", "doc"],
  ["word-odt", "odt"],
  ["word-rtf", "rtf"],
]);

/**
 * Reads Word files of strangers in a thread of its own, one after another: whatever a file does, it costs no more than
 * `options` allow, and nobody else waits. A file that costs more is refused with `word-too-costly`, and the next one
 * finds a new thread. Where LibreOffice is installed, it makes Word files of the texts of other programs, within bounds of
 * its own. The thread starts with the first file and does not keep the process alive; the owner closes it.
 */
export class WordReader {
  readonly #patience: number;
  readonly #memory: number;
  readonly #limits: WordLimits;
  readonly #office: string | null;
  readonly #officeTurns = new Turns();
  #worker: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WordReaderOptions = {}) {
    this.#patience = options.patience ?? PATIENCE;
    this.#memory = options.memory ?? MEMORY;
    this.#limits = options.limits ?? WORD_LIMITS;
    this.#office = options.office ?? null;
  }

  /** What `readWordFile` gives, of a text of another program by way of LibreOffice, or its refusal. */
  async read(bytes: Uint8Array): Promise<WordFile> {
    const answer = await this.#ask("file", bytes);
    if ("file" in answer) return answer.file;
    const ending = "refused" in answer ? FOREIGN.get(answer.refused.code) : undefined;
    const word = ending && this.#office !== null ? await this.#byOffice(this.#office, bytes, ending) : null;
    const again = word && (await this.#ask("file", word));
    if (again && "file" in again) return again.file;
    throw refusal(answer);
  }

  /** Null where LibreOffice can make nothing of it: the first refusal says what a person can do. */
  #byOffice(program: string, bytes: Uint8Array, ending: OfficeText): Promise<Uint8Array | null> {
    return this.#officeTurns.run(() => toWord(program, bytes, ending, OFFICE_PATIENCE).catch(() => null));
  }

  /** The files in a zip of several, each to be read on its own; any other file is itself, alone. */
  async unpack(name: string, bytes: Uint8Array): Promise<readonly ArchiveMember[]> {
    const answer = await this.#ask("members", bytes);
    if ("members" in answer) return answer.members ?? [{ name, bytes }];
    throw refusal(answer);
  }

  /** Ends the thread, after what was asked. */
  async close(): Promise<void> {
    await this.#turn;
    await this.#worker?.terminate();
    this.#worker = null;
  }

  async #ask(want: WordJob["want"], bytes: Uint8Array): Promise<WordAnswer> {
    const answer = this.#turn.then(() => this.#answer(want, bytes));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async #answer(want: WordJob["want"], bytes: Uint8Array): Promise<WordAnswer> {
    const worker = (this.#worker ??= await startWorker(this.#memory));
    // A copy: the caller keeps theirs, which may also be a piece of a larger buffer.
    const copy = new Uint8Array(bytes);
    const job: WordJob = { want, bytes: copy, limits: this.#limits };
    worker.ref();
    worker.postMessage(job, [copy.buffer]);
    try {
      const answer = await firstAnswer(worker, this.#patience);
      if (answer === "ready") throw new Error("the thread that reads Word files began anew");
      return answer;
    } catch (error) {
      this.#worker = null;
      await worker.terminate();
      throw isOutOfMemory(error) ? costly(this.#patience) : error;
    } finally {
      worker.unref();
    }
  }
}

/** A thread that has begun: the patience of its owner is for files alone. */
async function startWorker(memory: number): Promise<Worker> {
  const worker = newThread("word", "word-worker", { resourceLimits: { maxOldGenerationSizeMb: memory } });
  await firstAnswer(worker, START_PATIENCE);
  return worker;
}

async function firstAnswer(worker: Worker, patience: number): Promise<WordAnswer | "ready"> {
  const over = new AbortController();
  try {
    return await new Promise<WordAnswer | "ready">((resolve, reject) => {
      const { signal } = over;
      const timer = setTimeout(() => {
        reject(costly(patience));
      }, patience);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        // Taken off one by one: the thread has listeners of its own.
        worker.off("message", resolve).off("error", reject).off("messageerror", reject).off("exit", ended);
      });
      const ended = (): void => {
        reject(new Error("the thread that reads Word files ended"));
      };
      worker.once("message", resolve).once("error", reject).once("messageerror", reject).once("exit", ended);
    });
  } finally {
    over.abort();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

function costly(patience: number): TongketError {
  return new TongketError("word-too-costly", { seconds: Math.ceil(patience / 1000) });
}

/** Crossing the thread, an error keeps its code and details and loses its class. */
function refusal(answer: WordAnswer): Error {
  if ("refused" in answer) return new TongketError(answer.refused.code, answer.refused.details);
  return new Error("fault" in answer ? answer.fault : "an answer to another question");
}
