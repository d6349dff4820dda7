import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { aptInstall, onPath, runnable } from "./installed.ts";

const run = promisify(execFile);

/** The programs that tests about Word files call: LibreOffice, and where poppler's stand. */
export interface Office {
  readonly soffice: string;
  /** The path of one of poppler's programs, as `pdftotext`. */
  poppler(program: string): string;
}

/** LibreOffice where it is given, or usual on this kind of machine. */
function findSoffice(): string | null {
  const given = process.env["SOFFICE_PATH"];
  if (given !== undefined && given !== "") {
    if (runnable(given)) return given;
    throw new Error(`SOFFICE_PATH is ${given}, which cannot be run.`);
  }
  const usual = ["/Applications/LibreOffice.app/Contents/MacOS/soffice", "/usr/lib/libreoffice/program/soffice"];
  return onPath(["soffice", "libreoffice"]) ?? usual.find(runnable) ?? null;
}

/** True where a font of Times New Roman's widths has the Vietnamese letters, as ạ: Debian's first Liberation has not. */
function hasTimes(): boolean {
  try {
    return ["Times New Roman", "Liberation Serif", "Tinos"].some(
      (family) => execFileSync("fc-list", [`:family=${family}:charset=1ea1`], { encoding: "utf8" }).trim() !== "",
    );
  } catch {
    // Without fontconfig the system brings its own Times New Roman.
    return process.platform !== "linux";
  }
}

const WRITER = ["libreoffice-writer-nogui", "poppler-utils", "fontconfig", "fonts-liberation2"];

function install(): void {
  aptInstall(
    "what the tests about Word files need",
    WRITER.filter((name) => {
      if (name === "libreoffice-writer-nogui") return findSoffice() === null;
      if (name === "poppler-utils") return onPath(["pdftotext"]) === null;
      return true;
    }),
  );
}

/**
 * LibreOffice Writer, poppler's programs and a font of Times New Roman's widths: `$SOFFICE_PATH`, the PATH, then apt as
 * root. Throws with what to install where one is missing: the tests that need them are never skipped.
 */
export function findOffice(): Office {
  const complete = (): boolean => findSoffice() !== null && onPath(["pdftotext"]) !== null && hasTimes();
  if (!complete()) install();
  const soffice = findSoffice();
  const pdftotext = onPath(["pdftotext"]);
  if (soffice === null || pdftotext === null || !hasTimes()) {
    throw new Error(
      "The tests of Word files need LibreOffice Writer, poppler's programs and Times New Roman or Liberation Serif 2. " +
        `Install them (Debian: sudo apt-get install ${WRITER.join(" ")}) or set SOFFICE_PATH, then run the tests again.`,
    );
  }
  return { soffice, poppler: (program) => join(dirname(pdftotext), program) };
}

/** How long LibreOffice may take to start and end, in milliseconds: on a busy machine it takes its time. */
const PATIENCE = 120_000;

const FILTERS = {
  pdf: "pdf",
  docx: "docx:MS Word 2007 XML",
  doc: "doc:MS Word 97",
  odt: "odt",
  rtf: "rtf:Rich Text Format",
  txt: "txt:Text (encoded):UTF8",
} as const;

/** What LibreOffice is told of the files that it is to read, where it would not see it by itself. */
const READERS = { docx: [], html: ["--infilter=HTML (StarWriter)"] } as const;

/**
 * Every Word file, or page of HTML, converted by LibreOffice in one call, on a profile of its own that is thrown away,
 * in the order given. Throws with what LibreOffice said where a file came to nothing.
 */
export async function convertWithOffice(
  files: readonly Uint8Array[],
  to: keyof typeof FILTERS,
  from: keyof typeof READERS = "docx",
): Promise<Uint8Array<ArrayBuffer>[]> {
  if (files.length === 0) return [];
  const { soffice } = findOffice();
  const folder = await mkdtemp(join(tmpdir(), "tongket-office-"));
  try {
    const out = join(folder, "out");
    await mkdir(out);
    const names = files.map((_, index) => String(index).padStart(4, "0"));
    await Promise.all(names.map((name, index) => writeFile(join(folder, `${name}.${from}`), files[index] ?? "")));
    const { stdout, stderr } = await run(
      soffice,
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`,
        "--headless",
        "--norestore",
        ...READERS[from],
        "--convert-to",
        FILTERS[to],
        "--outdir",
        out,
        ...names.map((name) => join(folder, `${name}.${from}`)),
      ],
      { timeout: PATIENCE + 5_000 * files.length, maxBuffer: 1 << 24 },
    );
    return await Promise.all(
      names.map(async (name, index) => {
        const path = join(out, `${name}.${to}`);
        if (!existsSync(path)) throw new Error(`LibreOffice made nothing of file ${index}: ${stdout}${stderr}`);
        return new Uint8Array(await readFile(path));
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
