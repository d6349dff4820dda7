import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decodeLegacy, legacyEncoding, vniSequences } from "../../src/model/legacy-font.ts";

const TCVN3 = { encoding: "tcvn3", capitals: false } as const;
const VNI = { encoding: "vni", capitals: false } as const;

/** The 134 letters of Vietnamese that ASCII lacks. */
const LETTERS = ((): string[] => {
  const small = ["ă", "â", "đ", "ê", "ô", "ơ", "ư"];
  for (const vowel of "aăâeêioôơuưy") {
    for (const tone of "\u0300\u0309\u0303\u0301\u0323") small.push((vowel + tone).normalize("NFC"));
  }
  return [...small, ...small.map((letter) => letter.toLocaleUpperCase("vi"))];
})();

describe("TCVN3", () => {
  test("it reads every place as the standard's table does, but for capitals with tones, which no .Vn font has", () => {
    const differences: string[] = [];
    for (let byte = 0xa1; byte <= 0xff; byte++) {
      const shown = iconv.decode(Buffer.from([byte]), "win1252");
      const meant = iconv.decode(iconv.encode(shown, "win1252"), "tcvn").normalize("NFC");
      if (!LETTERS.includes(meant)) continue;
      const toned = meant === meant.toLocaleUpperCase("vi") && !"ĂÂÊÔƠƯĐ".includes(meant);
      if (decodeLegacy(shown, TCVN3) !== (toned ? shown : meant))
        differences.push(`${byte.toString(16)} ${shown} → ${meant}`);
    }
    expect(differences).toEqual([]);
  });

  test("it knows every small letter, the soft hyphen as ư among them", () => {
    const small = LETTERS.slice(0, 67);
    const written = small.map((letter) => iconv.decode(iconv.encode(letter, "tcvn"), "win1252"));
    expect(new Set(written).size).toBe(67);
    expect(written.map((shown) => decodeLegacy(shown, TCVN3))).toEqual(small);
    expect(decodeLegacy("Trung \u00AD¬ng ®¶ng", TCVN3)).toBe("Trung ương đảng");
  });

  test("it leaves what the table does not know", () => {
    expect(decodeLegacy("A-z 0–9 … Đảng", TCVN3)).toBe("A-z 0–9 … Đảng");
  });

  test("a font of capitals shows small letters as capitals", () => {
    const font = legacyEncoding('".VnTimeH"');
    expect(font).toEqual({ encoding: "tcvn3", capitals: true });
    expect(font && decodeLegacy("b¸o c¸o", font)).toBe("BÁO CÁO");
  });
});

describe("VNI", () => {
  test("it reads back all 134 letters, and one sequence stands for one letter", () => {
    const sequences = new Map(vniSequences().map(([written, letter]) => [letter, written]));
    expect(LETTERS).toHaveLength(134);
    expect(sequences.size).toBe(vniSequences().length);
    expect(LETTERS.filter((letter) => !sequences.has(letter) && !"ìíÌÍ".includes(letter))).toEqual([]);
    for (const letter of LETTERS) expect(decodeLegacy(sequences.get(letter) ?? letter, VNI)).toBe(letter);
  });

  test("it reads sentences as a VNI font shows them", () => {
    expect(decodeLegacy("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", VNI)).toBe("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    expect(decodeLegacy("Ñoäc laäp - Töï do - Haïnh phuùc", VNI)).toBe("Độc lập - Tự do - Hạnh phúc");
    expect(decodeLegacy("ngöôøi, thöùc, lyù, kyõ, quyù, ñeàu, tyû, mæ, mò", VNI)).toBe(
      "người, thức, lý, kỹ, quý, đều, tỷ, mỉ, mị",
    );
  });
});

describe("a font's name", () => {
  test("it tells the encoding, and ordinary fonts have none", () => {
    expect(legacyEncoding(".VnArial")).toEqual({ encoding: "tcvn3", capitals: false });
    expect(legacyEncoding("'VNI-Times'")).toEqual({ encoding: "vni", capitals: false });
    for (const font of ["", "Times New Roman", "Arial", "Be Vietnam Pro", "VnTimes", "Tahoma"]) {
      expect(legacyEncoding(font)).toBeNull();
    }
  });
});
