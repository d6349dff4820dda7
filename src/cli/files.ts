import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Streams } from "./command.ts";
import { fileMissing, fileNotJson, fileUnreadable, fileUnwritable } from "./errors.ts";

/**
 * The bytes of a file, or of standard input where its name is `-`. Of one that is longer than `most` they are that many
 * and one: whoever has the limit refuses it by that, and no more of it is kept than need be.
 */
export async function readBytes(file: string, streams: Streams, most: number = Infinity): Promise<Uint8Array> {
  try {
    const source: AsyncIterable<Uint8Array> = file === "-" ? streams.input : createReadStream(file, { end: most });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of source) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) break;
    }
    return Buffer.concat(chunks, Math.min(size, most + 1));
  } catch (error) {
    throw hasCode(error, "ENOENT") ? fileMissing(file) : fileUnreadable(file, error);
  }
}

/** The value that a JSON file holds, its letters composed (NFC), as all our text is. */
export function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes).normalize("NFC"));
  } catch (error) {
    throw fileNotJson(file, error);
  }
}

/**
 * Writes a file, or standard output where its name is `-`. The file is complete or not there at all: it is written
 * beside its place under another name, brought to disk, and only then put there.
 */
export async function writeBytes(file: string, bytes: Uint8Array, streams: Streams): Promise<void> {
  if (file === "-") return writeOut(bytes, streams);
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString("hex")}`);
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileUnwritable(file, error);
  }
}

/** Writes to standard output and waits until it is taken. */
export function writeOut(content: string | Uint8Array, streams: Streams): Promise<void> {
  return new Promise((resolve, reject) => {
    streams.output.write(content, (error) => (error ? reject(error) : resolve()));
  });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
