import type { PdfBox, PdfPage, PdfWord } from "../support/pdf-reader.ts";

/** Points of a length in millimetres. */
export function mm(length: number): number {
  return (length * 72) / 25.4;
}

/** A stretch across the page, in points. */
export interface Band {
  readonly left: number;
  readonly right: number;
}

/** Words found together, line by line, with the box around them. */
export interface FoundWords extends PdfBox {
  readonly page: number;
  readonly words: readonly PdfWord[];
  readonly lines: readonly PdfBox[];
}

/**
 * Where `text` stands: its words one after the other within the band, from the top of the first page on; null where it
 * stands nowhere. What is printed in capitals is given in capitals.
 */
export function findWords(pages: readonly PdfPage[], text: string, band?: Band): FoundWords | null {
  const wanted = text.split(/\s+/u).filter((word) => word !== "");
  for (const [index, page] of pages.entries()) {
    const words = page.lines
      .flatMap((line) => line.words)
      .filter(({ left, right }) => !band || (left > band.left - 2 && right < band.right + 2));
    for (let from = 0; from + wanted.length <= words.length; from++) {
      if (!wanted.every((word, at) => words[from + at]?.text === word)) continue;
      const found = words.slice(from, from + wanted.length);
      return { page: index, words: found, lines: linesOf(found), ...around(found) };
    }
  }
  return null;
}

/** The boxes of the lines that words stand on. */
function linesOf(words: readonly PdfWord[]): PdfBox[] {
  const lines: PdfWord[][] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last && Math.abs((last[0]?.bottom ?? 0) - word.bottom) < 4) last.push(word);
    else lines.push([word]);
  }
  return lines.map(around);
}

function around(boxes: readonly PdfBox[]): PdfBox {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** How far below its base line a face of Times New Roman's measures reaches, as a share of its size. */
const DESCENT = 0.216;
/** The height of a line set single in such a face, as a share of its size. */
export const SINGLE = 1.149;

/** The base line of a word, from the top of the page. */
export function baseLine({ bottom, size }: Pick<PdfWord, "bottom" | "size">): number {
  return bottom - DESCENT * size;
}
