import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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

/** A Word file as LibreOffice prints it. Throws `office-failed` where it makes nothing within `limit` milliseconds. */
export function wordToPdf(program: string, word: Uint8Array, limit: number = LIMIT): Promise<Uint8Array> {
  return converted([program], { bytes: word, ending: "docx" }, { ending: "pdf", filter: AS_PDF }, limit);
}

/** The kinds of text that LibreOffice makes a Word file of, as the endings of their names. */
export type OfficeText = "doc" | "odt" | "rtf";

/** What LibreOffice calls a text of each kind: told, it does not read as plain text what it cannot make out. */
const READ_AS: Readonly<Record<OfficeText, string>> = { doc: "MS Word 97", odt: "writer8", rtf: "Rich Text Format" };

/** How much address space LibreOffice gets for a stranger's file, in kibibytes; it needs less than a third. */
const SPACE = 3 * 2 ** 20;

/**
 * Another program's text as a Word file, with its comments and tracked changes. Whoever made it is not trusted: nothing it
 * names is fetched, neither from the network nor from this machine, no macro runs, and on systems that can it gets so much
 * memory and no more. Throws `office-failed` where LibreOffice makes nothing of it within `limit` milliseconds.
 */
export function toWord(
  program: string,
  bytes: Uint8Array,
  ending: OfficeText,
  limit: number = LIMIT,
): Promise<Uint8Array> {
  const bounded = process.platform === "win32" ? [] : ["/bin/sh", "-c", `ulimit -v ${SPACE}; exec "$@"`, "sh"];
  const from = { bytes, ending, filter: READ_AS[ending] };
  return converted([...bounded, program], from, { ending: "docx", filter: "docx:MS Word 2007 XML" }, limit);
}

/**
 * LibreOffice runs alone with a profile and a folder of its own, which go afterwards, so that one that is open on the
 * screen is not disturbed; whatever of it still runs after `limit` is ended.
 */
async function converted(
  [program = "", ...before]: readonly string[],
  from: { readonly bytes: Uint8Array; readonly ending: string; readonly filter?: string },
  to: { readonly ending: string; readonly filter: string },
  limit: number,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "tongket-libre-office-"));
  try {
    const source = join(folder, `in.${from.ending}`);
    const [profile, made] = [join(folder, "profile"), join(folder, "made")];
    await mkdir(join(profile, "user"), { recursive: true });
    await writeFile(join(profile, "user", "registrymodifications.xcu"), settings());
    await writeFile(source, from.bytes);
    const place = `-env:UserInstallation=${pathToFileURL(profile).href}`;
    const args = [
      ...before,
      place,
      "--headless",
      "--norestore",
      "--nolockcheck",
      ...(from.filter === undefined ? [] : [`--infilter=${from.filter}`]),
      "--convert-to",
      to.filter,
      "--outdir",
      made,
      source,
    ];
    const said = await runToEnd(program, args, limit);
    return await readFile(join(made, `in.${to.ending}`)).catch((cause: unknown) => {
      throw officeFailed(said, cause);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What a profile says for files of strangers: no macros, nothing linked is looked up, and no way into the network. */
const DISTRUST: readonly (readonly [path: string, name: string, value: string | number | boolean])[] = [
  ["Office.Common/Security/Scripting", "MacroSecurityLevel", 3],
  ["Office.Common/Security/Scripting", "DisableMacrosExecution", true],
  ["Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", true],
  ["Office.Writer/Content/Update", "Link", 0],
  // A proxy that nobody answers at.
  ["Inet/Settings", "ooInetProxyType", 2],
  ...["HTTP", "HTTPS", "FTP"].flatMap((scheme): [string, string, string | number][] => [
    ["Inet/Settings", `ooInet${scheme}ProxyName`, "127.0.0.1"],
    ["Inet/Settings", `ooInet${scheme}ProxyPort`, 9],
  ]),
];

function settings(): string {
  const items = DISTRUST.map(
    ([path, name, value]) =>
      `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">${items.join("")}</oor:items>`;
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
