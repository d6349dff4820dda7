/**
 * Signs of the fonts whose letters are pictures, by the place Word gives them (U+F000 and the code). Those that lists
 * and forms are made of; what is not here has no letter.
 */
const SYMBOL: Readonly<Record<number, string>> = {
  0x2d: "−",
  0xa3: "≤",
  0xa5: "∞",
  0xa8: "♦",
  0xae: "→",
  0xac: "←",
  0xb0: "°",
  0xb1: "±",
  0xb3: "≥",
  0xb4: "×",
  0xb7: "•",
  0xb8: "÷",
  0xb9: "≠",
  0xbb: "≈",
  0xbc: "…",
  0xde: "⇒",
  0xe5: "∑",
};
const SYMBOL_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
const SYMBOL_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";

const WINGDINGS: Readonly<Record<number, string>> = {
  0x21: "✏",
  0x22: "✂",
  0x28: "☎",
  0x2a: "✉",
  0x3f: "✍",
  0x46: "☞",
  0x4a: "☺",
  0x6c: "●",
  0x6e: "■",
  0x6f: "□",
  0x71: "❑",
  0x72: "❒",
  0x73: "◆",
  0x74: "◆",
  0x75: "◆",
  0x76: "❖",
  0x77: "◆",
  0x78: "☒",
  0x9e: "·",
  0x9f: "•",
  0xa1: "○",
  0xa4: "◉",
  0xa7: "▪",
  0xa8: "◻",
  0xab: "★",
  0xb6: "★",
  0xd8: "➢",
  0xdf: "←",
  0xe0: "→",
  0xe8: "➔",
  0xf0: "⇨",
  0xf1: "⇧",
  0xfb: "✗",
  0xfc: "✓",
  0xfd: "☒",
  0xfe: "☑",
};
const WINGDINGS_2: Readonly<Record<number, string>> = {
  0x4f: "✗",
  0x50: "✓",
  0x51: "☒",
  0x52: "☑",
  0x54: "☒",
  0x97: "●",
  0xa3: "□",
};
const WINGDINGS_3: Readonly<Record<number, string>> = { 0x7d: "▶", 0x7e: "◀", 0x84: "◀" };

/** Whether the letters of a font are pictures. */
export function isSymbolFont(font: string): boolean {
  return /^(?:symbol|wingdings(?: [23])?|webdings)$/i.test(font.trim());
}

/** The sign that a letter of a picture font shows; null where no letter of Unicode stands for it here. */
export function symbolText(font: string, code: number): string | null {
  const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code;
  switch (font.trim().toLowerCase()) {
    case "symbol":
      return symbol(place);
    case "wingdings":
      return place === 0x20 ? " " : (WINGDINGS[place] ?? null);
    case "wingdings 2":
      return place === 0x20 ? " " : (WINGDINGS_2[place] ?? null);
    case "wingdings 3":
      return place === 0x20 ? " " : (WINGDINGS_3[place] ?? null);
    case "webdings":
      return place === 0x20 ? " " : place === 0x61 ? "✓" : place === 0x72 ? "✗" : null;
    default:
      // An ordinary font: the code is the letter, or a letter of ASCII moved up.
      return code >= 0xf020 && code <= 0xf07e
        ? String.fromCharCode(place)
        : code >= 0xe000 && code <= 0xf8ff
          ? null
          : letter(code);
  }
}

function letter(code: number): string | null {
  return code >= 0x20 && code <= 0xffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCharCode(code) : null;
}

function symbol(place: number): string | null {
  if (place >= 0x41 && place <= 0x5a) return SYMBOL_GREEK.charAt(place - 0x41);
  if (place >= 0x61 && place <= 0x7a) return SYMBOL_GREEK_SMALL.charAt(place - 0x61);
  const sign = SYMBOL[place];
  if (sign !== undefined) return sign;
  // Figures, brackets and most marks of ASCII are themselves.
  return place >= 0x20 && place <= 0x3f && place !== 0x22 && place !== 0x24 && place !== 0x27 && place !== 0x2a
    ? String.fromCharCode(place)
    : null;
}
