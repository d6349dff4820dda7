import { joinedLines } from "./hard-lines.ts";
import type { PastedBlock } from "./pasted-html.ts";
import { withoutSign } from "./pasted-html.ts";

/** Word puts a bullet before an item's text in its plain copies, with a tab between; some are letters of a sign font. */
const WORD_BULLET = /^\s*[§oüØvq•·▪–-]\t\s*/u;

/**
 * Reads pasted plain text: a line is a block, a dash, plus or bullet before it makes it an item. Empty lines fall away.
 * A single line is taken as it is, with the spaces at its ends: it goes into other words. Lines that a PDF broke are
 * joined, unless they are wanted as they are; `joined` counts them.
 */
export function readPastedText(text: string, asItIs = false): { blocks: PastedBlock[]; joined: number } {
  const lines = text.normalize("NFC").split(/\r\n|[\r\n\u2028\u2029\v\f]/u);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined)
    return { blocks: only === "" ? [] : [paragraph(visible(only))], joined: 0 };
  const whole = asItIs ? lines : joinedLines(lines);
  return { blocks: blocksOf(whole), joined: lines.length - whole.length };
}

function blocksOf(lines: readonly string[]): PastedBlock[] {
  return lines
    .map((line) => withoutSign(paragraph(visible(line.replace(WORD_BULLET, "- ")).trim())))
    .filter(({ runs }) => runs.length > 0);
}

/** A line with ordinary spaces and without what cannot be seen. */
function visible(line: string): string {
  return line.replaceAll(/[\t\u00A0\u2007\u202F]+/gu, " ").replaceAll(/[\u200B-\u200D\u2060\uFEFF\u00AD]/gu, "");
}

function paragraph(words: string): PastedBlock {
  return { kind: "paragraph", level: 0, runs: words === "" ? [] : [{ text: words, marks: [] }] };
}
