import { execFile } from "node:child_process";
import { aptInstall, onPath, runnable } from "./installed.ts";

/** The program pandoc: `$PANDOC_PATH`, the PATH, then apt as root. Throws with what to install where it is missing. */
export function findPandoc(): string {
  const given = process.env["PANDOC_PATH"] ?? "";
  if (given !== "") {
    if (runnable(given)) return given;
    throw new Error(`PANDOC_PATH is ${given}, which cannot be run.`);
  }
  if (onPath(["pandoc"]) === null) aptInstall("the reader of Markdown that the tests use", ["pandoc"]);
  const found = onPath(["pandoc"]);
  if (found !== null) return found;
  throw new Error(
    "The tests of Markdown need pandoc. Install it (Debian: sudo apt-get install pandoc) or set PANDOC_PATH, then run the tests again.",
  );
}

/** A node of pandoc's tree: what it is, and what it holds. */
export interface PandocNode {
  readonly t: string;
  readonly c?: unknown;
}

/** Markdown as pandoc reads it in the dialect `from`. */
export function readMarkdown(text: string, from: string): Promise<readonly PandocNode[]> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      findPandoc(),
      ["-f", from, "-t", "json"],
      { maxBuffer: 1 << 28, timeout: 60_000 },
      (error, out) => {
        if (error) reject(new Error("pandoc read nothing", { cause: error }));
        else resolve((JSON.parse(out) as { readonly blocks: readonly PandocNode[] }).blocks);
      },
    );
    child.stdin?.end(text);
  });
}
