/**
 * Advance widths of Times New Roman in thousandths of the size, U+0020 to U+007E, then ơ Ơ ư Ư đ Đ. Every other
 * Vietnamese letter is as wide as its base letter. Read off Tinos, the font of the same metrics.
 */
const ADVANCES = {
  regular:
    "250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541 529 722 542 776 500 722",
  bold: "250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000 722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500 722 500 500 444 394 220 394 520 554 778 600 796 556 722",
  italic:
    "250 333 420 500 500 833 778 214 333 333 500 675 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 675 675 675 500 920 611 611 667 722 611 611 722 722 333 444 667 556 833 667 722 611 722 611 500 556 722 611 833 611 556 556 389 278 389 422 500 333 500 500 444 500 444 278 500 500 278 278 444 278 722 500 500 500 500 389 389 278 500 444 667 444 444 389 400 275 400 541 534 722 545 754 500 722",
  boldItalic:
    "250 389 555 500 500 833 778 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333 570 570 570 500 832 667 667 667 722 667 667 722 778 389 500 667 611 889 722 722 611 722 667 556 611 722 667 889 667 611 611 333 278 333 570 500 333 500 500 444 500 444 333 500 556 278 278 500 278 778 556 500 500 500 389 389 278 556 444 667 500 444 389 348 220 348 570 537 722 599 775 556 722",
} as const;

type Face = keyof typeof ADVANCES;

const EXTRA = "ơƠưƯđĐ";
const FIRST = 0x20;
const LAST = 0x7e;

const tables: Readonly<Record<Face, readonly number[]>> = {
  regular: ADVANCES.regular.split(" ").map(Number),
  bold: ADVANCES.bold.split(" ").map(Number),
  italic: ADVANCES.italic.split(" ").map(Number),
  boldItalic: ADVANCES.boldItalic.split(" ").map(Number),
};

/** How a text whose width is asked for is set. */
export interface Setting {
  readonly size: number;
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly capitals?: boolean | undefined;
}

/** The width of a text in points when set in Times New Roman on one line; a foreign character counts as half a size. */
export function textWidth(text: string, setting: Setting): number {
  const face: Face = setting.bold ? (setting.italic ? "boldItalic" : "bold") : setting.italic ? "italic" : "regular";
  const table = tables[face];
  const shown = setting.capitals ? text.toLocaleUpperCase("vi") : text;
  let sum = 0;
  for (const letter of shown.normalize("NFC")) sum += advance(letter, table);
  return (sum * setting.size) / 1000;
}

function advance(letter: string, table: readonly number[]): number {
  if (letter === "\u00a0") return table[0] ?? 250;
  // The horn makes a letter wider; tone marks above or below it do not.
  const parts = letter.normalize("NFD");
  const horned = parts.includes("\u031b") ? `${parts.charAt(0)}\u031b`.normalize("NFC") : letter;
  const extra = EXTRA.indexOf(horned);
  if (extra >= 0) return table[LAST - FIRST + 1 + extra] ?? 500;
  const code = parts.charCodeAt(0);
  return code >= FIRST && code <= LAST ? (table[code - FIRST] ?? 500) : 500;
}

/** The lines a text falls into when broken at its spaces to fit `width` points, as a word processor breaks it. */
export function brokenLines(text: string, setting: Setting, width: number): string[] {
  const lines: string[] = [];
  for (const stretch of text.split("\n")) {
    let line = "";
    for (const word of stretch.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line !== "" && textWidth(longer, setting) > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines;
}
