import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { officeFailed } from "./errors.ts";

const NAMES = process.platform === "win32" ? ["soffice.com", "soffice.exe"] : ["soffice", "libreoffice"];

/** Where LibreOffice usually is, where it is not on the PATH. */
const USUAL = [
  "/usr/lib/libreoffice/program/soffice",
  "/Applications/LibreOffice.app/Contents/MacOS/soffice",
  "C:\\Program Files\\LibreOffice\\program\\soffice.com",
];

/** Comments become notes of the PDF, which otherwise would not hold them; tags say what is a heading or a table. */
const AS_PDF = `pdf:writer_pdf_Export:${JSON.stringify({
  ExportNotes: { type: "boolean", value: "true" },
  UseTaggedPDF: { type: "boolean", value: "true" },
})}`;

/** How long one conversion may take, in milliseconds. */
const LIMIT = 120_000;

/** The program of LibreOffice: `$SOFFICE_PATH`, on the PATH, or where it usually is; null where it is not installed. */
export function findLibreOffice(environment: Readonly<Record<string, string | undefined>>): string | null {
  const given = environment["SOFFICE_PATH"] ?? "";
  if (given !== "") return canRun(given) ? given : null;
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...USUAL].find(canRun) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * A Word file as LibreOffice prints it. It runs alone with a profile and a folder of its own, which go afterwards, so
 * that one that is open on the screen is not disturbed; whatever of it still runs after `limit` is ended. Throws
 * `office-failed` where it makes nothing.
 */
export async function wordToPdf(program: string, word: Uint8Array, limit: number = LIMIT): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "tongket-pdf-"));
  try {
    const source = join(folder, "report.docx");
    await writeFile(source, word);
    const profile = pathToFileURL(join(folder, "profile")).href;
    const args = ["--headless", "--norestore", "--nolockcheck", "--convert-to", AS_PDF, "--outdir", folder, source];
    const said = await runToEnd(program, [`-env:UserInstallation=${profile}`, ...args], limit);
    return await readFile(join(folder, "report.pdf")).catch((cause: unknown) => {
      throw officeFailed(said, cause);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs a program and all it starts, until it ends or `limit` is over; gives the last of what it said. */
function runToEnd(program: string, args: readonly string[], limit: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own: the program only starts another one, which must be ended with it.
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: process.platform !== "win32" });
    let said = "";
    const hear = (words: Buffer): void => {
      said = `${said}${words.toString()}`.slice(-300);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const timer = setTimeout(() => {
      endGroup(child.pid);
      reject(officeFailed("time", new Error(`still running after ${limit} ms`)));
    }, limit);
    child.on("error", (cause) => {
      clearTimeout(timer);
      reject(officeFailed(program, cause));
    });
    child.on("close", () => {
      clearTimeout(timer);
      resolve(said.trim());
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}
