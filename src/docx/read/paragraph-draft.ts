import { decodeLegacy, legacyEncoding } from "#model";
import type { SpotDraft } from "./reading.ts";
import { isSymbolFont, symbolText } from "./symbols.ts";
import type { WordChange, WordRun } from "./word-file.ts";

/** How a stretch of text looks, and what was tracked of it. */
export interface Look {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly font: string;
  readonly change: WordChange | null;
}

interface Stretch {
  readonly look: Look;
  text: string;
}

/** The words of a paragraph as they are met: stretches of text, and spots between them. */
export class ParagraphDraft {
  readonly #pieces: (Stretch | SpotDraft)[] = [];
  #last: Stretch | null = null;
  #names: { name: string; spot: SpotDraft }[] = [];

  /** Whether no words were put yet. */
  get isEmpty(): boolean {
    return !this.#pieces.some((piece) => "look" in piece);
  }

  /** Adds text; what looks alike and has no spot in between is one stretch, however the file cuts it. */
  put(text: string, look: Look): void {
    if (text === "") return;
    if (this.#last && isAlike(this.#last.look, look)) this.#last.text += text;
    else this.#pieces.push((this.#last = { look, text }));
  }

  /** Puts a spot where the words now end. */
  mark(spot: SpotDraft): void {
    this.#pieces.push(spot);
    this.#last = null;
  }

  /** A bookmark that begins at a spot. */
  name(name: string, spot: SpotDraft): void {
    this.#names.push({ name, spot });
  }

  bookmarks(): { name: string; at: number }[] {
    return this.#names.map(({ name, spot }) => ({ name, at: spot.at }));
  }

  /** The runs, with every spot at its place in them. `symbols` is called for each sign that no letter stands for. */
  finish(symbols: () => void): { runs: readonly WordRun[]; text: string; converted: boolean } {
    const stretches = this.#pieces.flatMap((piece) => ("look" in piece ? [piece] : []));
    // Letters that no legacy font has were typed as Unicode, whatever font the paragraph names.
    const isUnicode = stretches.some(({ text }) => UNICODE_LETTER.test(text));
    const runs: WordRun[] = [];
    let text = "";
    let converted = false;
    for (const piece of this.#pieces) {
      if (!("look" in piece)) {
        piece.at = text.length;
        continue;
      }
      const legacy = isUnicode ? null : legacyEncoding(piece.look.font);
      const plain = legacy ? decodeLegacy(piece.text, legacy) : piece.text.replaceAll(SOFT_HYPHEN, "");
      const shown = (isSymbolFont(piece.look.font) ? signs(plain, piece.look.font, symbols) : plain).normalize("NFC");
      converted ||= legacy !== null && /[\u00A1-\u00FF]/.test(piece.text);
      text += shown;
      add(runs, shown, piece.look);
    }
    return { runs, text, converted };
  }
}

/** Shown only at the end of a line; in TCVN3 it is the letter "ư". */
export const SOFT_HYPHEN = "\u00AD";
const UNICODE_LETTER = /[ĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9]/u;

function isAlike(a: Look, b: Look): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.underline === b.underline &&
    a.strike === b.strike &&
    a.font === b.font &&
    isSameChange(a.change, b.change)
  );
}

function isSameChange(a: WordChange | null, b: WordChange | null): boolean {
  if (a === null || b === null) return a === b;
  return a.kind === b.kind && a.author === b.author && a.date === b.date;
}

function add(runs: WordRun[], text: string, { bold, italic, underline, strike, change }: Look): void {
  const last = runs.at(-1);
  const isSame =
    last &&
    last.bold === bold &&
    last.italic === italic &&
    last.underline === underline &&
    last.strike === strike &&
    isSameChange(last.change, change);
  if (isSame) runs[runs.length - 1] = { ...last, text: last.text + text };
  else if (text !== "") runs.push({ text, bold, italic, underline, strike, change });
}

/** Letters under a font of pictures. Line ends and tabs stay. */
function signs(text: string, font: string, unknown: () => void): string {
  return Array.from(text, (sign) => {
    if (/\s/.test(sign)) return sign;
    const shown = symbolText(font, sign.codePointAt(0) ?? 0);
    if (shown === null) unknown();
    return shown ?? UNKNOWN_SIGN;
  }).join("");
}

/** Stands for a sign that no letter stands for. */
export const UNKNOWN_SIGN = "\uFFFD";
