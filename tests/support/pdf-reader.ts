import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findOffice } from "./office.ts";

const run = promisify(execFile);

/** A box on a page in points, from its upper left corner. */
export interface PdfBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A word as it was printed. */
export interface PdfWord extends PdfBox {
  readonly text: string;
  /** The name of the face without its subset's prefix, as `LiberationSerif-Bold`. */
  readonly font: string;
  /** Points. */
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
}

/** The words that stand side by side on one base line of one column. */
export interface PdfLine extends PdfBox {
  readonly text: string;
  readonly words: readonly PdfWord[];
}

export interface PdfPage {
  /** Points. */
  readonly width: number;
  readonly height: number;
  /** From top to bottom, then from left to right. */
  readonly lines: readonly PdfLine[];
  /** Drawn level lines and the level edges of frames, from top to bottom; none on a page that was not asked for. */
  readonly rules: readonly PdfBox[];
}

/** What a font file set: the pieces of text of one face and size, by page. */
interface Piece extends PdfBox {
  readonly font: string;
  readonly size: number;
}

/**
 * The pages of a PDF with their words, boxes, faces and sizes, as poppler's programs read them, and the drawn rules of
 * the first `drawn` pages.
 */
export async function readPdf(bytes: Uint8Array, drawn = 1): Promise<PdfPage[]> {
  const { poppler } = findOffice();
  const folder = await mkdtemp(join(tmpdir(), "tongket-pdf-"));
  try {
    const file = join(folder, "read.pdf");
    await writeFile(file, bytes);
    const read = async (program: string, ...rest: string[]): Promise<string> =>
      (await run(poppler(program), rest, { maxBuffer: 1 << 28, timeout: 60_000 })).stdout;
    const boxes = await read("pdftotext", "-bbox-layout", file, "-");
    const faces = await read("pdftohtml", "-xml", "-i", "-stdout", "-nomerge", ...SCALED, "-fontfullname", file);
    const pieces = piecesOf(faces);
    const pages = [...boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)];
    const out: PdfPage[] = [];
    for (const [index, [, width, height, content = ""]] of pages.entries()) {
      const number = String(index + 1);
      const drawing = index < drawn ? await read("pdftocairo", "-svg", "-f", number, "-l", number, file, "-") : "";
      const lines = linesOf(content, pieces[index] ?? []);
      out.push({ width: Number(width), height: Number(height), lines, rules: rulesOf(drawing) });
    }
    return out;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The largest scale pdftohtml knows: sizes come in whole pixels. */
const SCALE = 3;
const SCALED = ["-zoom", String(SCALE), "-noroundcoord"];

function piecesOf(xml: string): Piece[][] {
  const fonts = new Map<string, { font: string; size: number }>();
  return xml
    .split("<page ")
    .slice(1)
    .map((page) => {
      for (const [, id = "", size, family = ""] of page.matchAll(
        /<fontspec id="(\d+)" size="([\d.-]+)" family="([^"]*)"/g,
      ))
        fonts.set(id, { font: family.replace(/^[A-Z]{6}\+/, ""), size: Number(size) / SCALE });
      return [
        ...page.matchAll(/<text top="([\d.-]+)" left="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)" font="(\d+)">/g),
      ].map(([, ...numbers]) => {
        const [top = 0, left = 0, width = 0, height = 0] = numbers.slice(0, 4).map((each) => Number(each) / SCALE);
        const face = fonts.get(numbers[4] ?? "") ?? { font: "", size: 0 };
        return { left, top, right: left + width, bottom: top + height, ...face };
      });
    });
}

function linesOf(page: string, pieces: readonly Piece[]): PdfLine[] {
  const lines = [...page.matchAll(/<line [^>]*>(.*?)<\/line>/gs)].map(([, content = ""]) => {
    const words = [
      ...content.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/gs),
    ].map(([, ...found]): PdfWord => {
      const [left = 0, top = 0, right = 0, bottom = 0] = found.slice(0, 4).map(Number);
      const { font, size } = pieceAt({ left, top, right, bottom }, pieces);
      const text = plain(found[4] ?? "");
      return {
        text,
        left,
        top,
        right,
        bottom,
        font,
        size,
        bold: /bold/i.test(font),
        italic: /italic|oblique/i.test(font),
      };
    });
    return {
      text: words.map(({ text }) => text).join(" "),
      words,
      left: Math.min(...words.map(({ left }) => left)),
      top: Math.min(...words.map(({ top }) => top)),
      right: Math.max(...words.map(({ right }) => right)),
      bottom: Math.max(...words.map(({ bottom }) => bottom)),
    };
  });
  return lines.toSorted((a, b) => a.top - b.top || a.left - b.left);
}

/** The piece of text that covers the middle of a word: of two, the one of the nearer base line. */
function pieceAt(box: PdfBox, pieces: readonly Piece[]): Pick<Piece, "font" | "size"> {
  const x = (box.left + box.right) / 2;
  const y = (box.top + box.bottom) / 2;
  const off = (piece: Piece): number =>
    Math.max(piece.left - x, x - piece.right, 0) + Math.abs((piece.top + piece.bottom) / 2 - y);
  let best: Piece | null = null;
  for (const piece of pieces) if (best === null || off(piece) < off(best)) best = piece;
  return best && off(best) < 6 ? best : { font: "", size: 0 };
}

/** Level lines, drawn as strokes or as thin filled boxes; the same one drawn twice counts once. */
function rulesOf(svg: string): PdfBox[] {
  const found = new Map<string, PdfBox>();
  for (const [, attributes = ""] of svg.matchAll(/<path ([^>]*)\/>/g)) {
    if (/stroke:none;"/.test(attributes)) continue;
    const d = /\bd="([^"]*)"/.exec(attributes)?.[1] ?? "";
    if (/[CQ]/.test(d)) continue;
    const matrix = (/transform="matrix\(([^)]*)\)"/.exec(attributes)?.[1] ?? "1,0,0,1,0,0").split(",").map(Number);
    const [a = 1, , , e = 1, dx = 0, dy = 0] = matrix;
    const points = [...d.matchAll(/[ML] ([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [
      Number(x) * a + dx,
      Number(y) * e + dy,
    ]);
    const xs = points.map(([x = 0]) => x);
    const ys = points.map(([, y = 0]) => y);
    const box = { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
    if (box.bottom - box.top > 2 || box.right - box.left < 4) continue;
    found.set([box.left, box.right, box.top].map((value) => value.toFixed(1)).join(), box);
  }
  return [...found.values()].toSorted((one, other) => one.top - other.top || one.left - other.left);
}

function plain(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
