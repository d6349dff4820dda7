import type { PastedBlock } from "./pasted-html.ts";
import { withoutSign } from "./pasted-html.ts";

/** Reads pasted plain text: a line is a block, a dash, plus or bullet before it makes it an item. Empty lines fall away. */
export function readPastedText(text: string): PastedBlock[] {
  return text
    .normalize("NFC")
    .split(/\r\n|[\r\n\u2028\u2029\v\f]/u)
    .map((line) => line.replaceAll(/[\t\u00A0\u2007\u202F]+/gu, " ").replaceAll(/[\u200B-\u200D\uFEFF\u00AD]/gu, ""))
    .filter((line, _, lines) => line.trim() !== "" || lines.length === 1)
    .map((line, _, lines) => {
      // A single line goes into the text as it is, with the spaces at its ends.
      const words = lines.length === 1 ? line : line.trim();
      return withoutSign({ kind: "paragraph", level: 0, runs: words === "" ? [] : [{ text: words, marks: [] }] });
    });
}
