/** The two families of fonts that put Vietnamese letters in the places of others. Only the font's name tells them. */
export type LegacyEncoding = "tcvn3" | "vni";

/** The encoding that a font name stands for, with whether it shows only capitals; null for an ordinary font. */
export function legacyEncoding(font: string): { encoding: LegacyEncoding; capitals: boolean } | null {
  const name = font.trim().replaceAll(/^["']|["']$/g, "");
  // A capital H at the end of a .Vn font's name means that its small letters look like capitals.
  if (/^\.Vn/i.test(name)) return { encoding: "tcvn3", capitals: /^\.Vn\w*H$/.test(name) };
  if (/^VNI[- ]/i.test(name)) return { encoding: "vni", capitals: false };
  return null;
}

/** Text under a legacy font as Unicode, NFC. What the table does not know stays as it is. */
export function decodeLegacy(
  text: string,
  { encoding, capitals }: { encoding: LegacyEncoding; capitals: boolean },
): string {
  const decoded = encoding === "tcvn3" ? decodeTcvn3(text) : decodeVni(text);
  return (capitals ? decoded.toLocaleUpperCase("vi") : decoded).normalize("NFC");
}

// TCVN 5712:1993, third form ("ABC"), by its places in Windows-1252. The capitals with tones are not in it.
const TCVN3_PLACES = [
  "\u00A1\u00A2\u00A3\u00A4\u00A5\u00A6\u00A7\u00A8\u00A9\u00AA\u00AB\u00AC\u00AD\u00AE",
  "\u00B5\u00B6\u00B7\u00B8\u00B9\u00BB\u00BC\u00BD\u00BE\u00C6\u00C7\u00C8\u00C9\u00CA\u00CB\u00CC\u00CE\u00CF",
  "\u00D0\u00D1\u00D2\u00D3\u00D4\u00D5\u00D6\u00D7\u00D8\u00DC\u00DD\u00DE\u00DF",
  "\u00E1\u00E2\u00E3\u00E4\u00E5\u00E6\u00E7\u00E8\u00E9\u00EA\u00EB\u00EC\u00ED\u00EE\u00EF",
  "\u00F1\u00F2\u00F3\u00F4\u00F5\u00F6\u00F7\u00F8\u00F9\u00FA\u00FB\u00FC\u00FD\u00FE",
].join("");
const TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ";

const TCVN3: ReadonlyMap<string, string> = new Map(
  Array.from(TCVN3_PLACES, (place, i) => [place, TCVN3_LETTERS.charAt(i)]),
);

function decodeTcvn3(text: string): string {
  return Array.from(text, (sign) => TCVN3.get(sign) ?? sign).join("");
}

/** VNI writes a letter, then its tone or hat as another; each row is a base and what follows it, in one order. */
const VNI_TONES: readonly (readonly [string, string])[] = [
  ["\u0300", "ø"],
  ["\u0309", "û"],
  ["\u0303", "õ"],
  ["\u0301", "ù"],
  ["\u0323", "ï"],
];
const VNI_HAT: readonly (readonly [string, string])[] = [
  ["", "â"],
  ["\u0300", "à"],
  ["\u0309", "å"],
  ["\u0303", "ã"],
  ["\u0301", "á"],
  ["\u0323", "ä"],
];
const VNI_BREVE: readonly (readonly [string, string])[] = [
  ["", "ê"],
  ["\u0300", "è"],
  ["\u0309", "ú"],
  ["\u0303", "ü"],
  ["\u0301", "é"],
  ["\u0323", "ë"],
];

function vniTable(): Map<string, string> {
  const table = new Map<string, string>();
  const put = (from: string, to: string): void => {
    table.set(from, to.normalize("NFC"));
    table.set(from.toLocaleUpperCase("vi"), to.normalize("NFC").toLocaleUpperCase("vi"));
  };
  for (const [mark, sign] of VNI_TONES) {
    for (const base of "aeou") put(base + sign, base + mark);
    put(`ô${sign}`, `ơ${mark}`);
    put(`ö${sign}`, `ư${mark}`);
    if (mark !== "\u0323") put(`y${sign}`, `y${mark}`);
  }
  for (const [mark, sign] of VNI_HAT) for (const base of "aeo") put(base + sign, `${base}\u0302${mark}`);
  for (const [mark, sign] of VNI_BREVE) put(`a${sign}`, `a\u0306${mark}`);
  put("ô", "ơ");
  put("ö", "ư");
  put("ñ", "đ");
  put("æ", "ỉ");
  put("ó", "ĩ");
  put("ò", "ị");
  put("î", "ỵ");
  return table;
}

const VNI = vniTable();

/** Every sequence of the VNI table with the letter it stands for. */
export function vniSequences(): readonly (readonly [string, string])[] {
  return [...VNI];
}

function decodeVni(text: string): string {
  let decoded = "";
  for (let at = 0; at < text.length;) {
    const two = text.slice(at, at + 2);
    const letter = two.length === 2 ? VNI.get(two) : undefined;
    const sign = text.charAt(at);
    decoded += letter ?? VNI.get(sign) ?? sign;
    at += letter === undefined ? 1 : 2;
  }
  return decoded;
}
