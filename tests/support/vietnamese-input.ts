/** The two ways in which Vietnamese is keyed in: signs as letters, and signs as digits. */
export type Keying = "telex" | "vni";

type Shape = "" | "circumflex" | "breve" | "horn" | "bar";

interface Letter {
  readonly base: string;
  readonly upper: boolean;
  readonly shape: Shape;
}

interface Word {
  readonly letters: readonly Letter[];
  /** A combining sign, or nothing. */
  readonly tone: string;
  /** A sign was taken back by keying it twice: what follows stands as it is keyed. */
  readonly plain: boolean;
}

const SIGNS: Readonly<Record<Shape, string>> = {
  "": "",
  circumflex: "\u0302",
  breve: "\u0306",
  horn: "\u031B",
  bar: "",
};
const BEARERS: Readonly<Record<Shape, string>> = { "": "", circumflex: "aeo", breve: "a", horn: "uo", bar: "d" };
const TONES: Readonly<Record<Keying, Readonly<Record<string, string>>>> = {
  telex: { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323", z: "" },
  vni: { "1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": "" },
};
const VNI_SHAPES: Readonly<Record<string, Shape>> = { "6": "circumflex", "7": "horn", "8": "breve", "9": "bar" };

/** What stands there after each key of one word: with Telex "tieengs" gives t, ti, tie, tiê, tiên, tiêng, tiếng. */
export function stagesOf(keys: string, keying: Keying): string[] {
  const stages: string[] = [];
  let word: Word = { letters: [], tone: "", plain: false };
  for (const key of keys) {
    word = after(word, key, keying);
    stages.push(spelled(word));
  }
  return stages;
}

/** The keys that give a word: each letter's sign right after it, the tone at the end, as most people key it. */
export function keysOf(word: string, keying: Keying): string {
  let keys = "";
  let tone = "";
  const letters = Array.from(word.normalize("NFC"));
  letters.forEach((letter, i) => {
    const { base, shape, tone: own } = taken(letter);
    const upper = letter !== letter.toLowerCase();
    const next = letters[i + 1];
    // One key makes both letters of ươ.
    const pair = base === "u" && shape === "horn" && next !== undefined && taken(next).shape === "horn";
    keys += (upper ? base.toUpperCase() : base) + (pair ? "" : shapeKey(base, shape, keying));
    if (own !== "") tone = Object.entries(TONES[keying]).find(([, sign]) => sign === own)?.[0] ?? "";
  });
  return keys + tone;
}

function shapeKey(base: string, shape: Shape, keying: Keying): string {
  if (shape === "") return "";
  if (keying === "vni") return Object.entries(VNI_SHAPES).find(([, one]) => one === shape)?.[0] ?? "";
  return shape === "horn" || shape === "breve" ? "w" : base;
}

function taken(letter: string): { base: string; shape: Shape; tone: string } {
  const [base = "", ...signs] = letter.toLowerCase().normalize("NFD");
  if (base === "đ") return { base: "d", shape: "bar", tone: "" };
  const tones = Object.values(TONES.telex);
  return {
    base,
    shape: (Object.keys(SIGNS) as Shape[]).find((shape) => shape !== "" && signs.includes(SIGNS[shape] || "?")) ?? "",
    tone: signs.find((sign) => tones.includes(sign)) ?? "",
  };
}

function after(word: Word, key: string, keying: Keying): Word {
  const low = key.toLowerCase();
  const literal: Word = finished({ ...word, letters: [...word.letters, letterOf(key)] });
  if (word.plain) return literal;
  const tone = TONES[keying][low];
  if (tone !== undefined) {
    if (!word.letters.some(isVowel) || (tone === "" && word.tone === "")) return literal;
    if (tone === word.tone) return { letters: literal.letters, tone: "", plain: true };
    return { ...word, tone };
  }
  const shape = shapeOf(low, keying);
  return shape === ""
    ? literal
    : shaped(word, key, shape, keying === "telex" && shape !== "horn" ? low : null, literal);
}

/** The sign a key may mean. Telex's w is a horn or a breve, which its letter decides. */
function shapeOf(key: string, keying: Keying): Shape {
  if (keying === "vni") return VNI_SHAPES[key] ?? "";
  if (key === "w") return "horn";
  if (key === "d") return "bar";
  return "aeo".includes(key) ? "circumflex" : "";
}

function shaped(word: Word, key: string, shape: Shape, only: string | null, literal: Word): Word {
  const { letters } = word;
  const telexW = key.toLowerCase() === "w";
  const bearers = only ?? (telexW ? "auo" : BEARERS[shape]);
  const at = letters.findLastIndex(({ base }) => bearers.includes(base));
  const bearer = letters[at];
  if (!bearer) {
    return telexW && letters.every((letter) => !isVowel(letter))
      ? { ...word, letters: [...letters, { base: "u", upper: key === "W", shape: "horn" }] }
      : literal;
  }
  const sign: Shape = telexW && bearer.base === "a" ? "breve" : shape;
  if (bearer.shape === sign) {
    // The same sign again takes it back, and stands there itself.
    const bare = letters.map((letter, i) =>
      i === at || (sign === "horn" && letter.shape === "horn") ? { ...letter, shape: "" as const } : letter,
    );
    return { letters: [...bare, letterOf(key)], tone: word.tone, plain: true };
  }
  // A letter without this sign that is keyed again stands for itself.
  if (only !== null && bearer.shape !== "") return literal;
  const before = letters[at - 1];
  const initial = letters
    .slice(0, at - 1)
    .map(({ base }) => base)
    .join("");
  const pair = sign === "horn" && bearer.base === "o" && before?.base === "u" && initial !== "q";
  // "thuở": without a final consonant only the o has the horn.
  const both = pair && !(["h", "th", "kh"].includes(initial) && at === letters.length - 1);
  return {
    ...word,
    letters: letters.map((letter, i) => (i === at || (both && i === at - 1) ? { ...letter, shape: sign } : letter)),
  };
}

/** What a letter does to those before it: a final makes "uơ" to "ươ", and so does an o after "ư" that is followed. */
function finished(word: Word): Word {
  const { letters } = word;
  const [u, o] = letters.slice(-3);
  const initial = letters
    .slice(0, -3)
    .map(({ base }) => base)
    .join("");
  if (letters.length < 3 || u?.base !== "u" || o?.base !== "o" || initial === "q") return word;
  if ((u.shape === "horn") === (o.shape === "horn")) return word;
  if (o.shape === "circumflex") return word;
  const from = letters.length - 3;
  return {
    ...word,
    letters: letters.map((letter, i) => (i === from || i === from + 1 ? { ...letter, shape: "horn" } : letter)),
  };
}

function letterOf(key: string): Letter {
  return { base: key.toLowerCase(), upper: key !== key.toLowerCase(), shape: "" };
}

function isVowel({ base }: Letter): boolean {
  return "aeiouy".includes(base);
}

function spelled({ letters, tone }: Word): string {
  const at = tone === "" ? -1 : tonePlace(letters);
  return letters
    .map(({ base, upper, shape }, i) => {
      const letter = ((shape === "bar" ? "đ" : base) + SIGNS[shape] + (i === at ? tone : "")).normalize("NFC");
      return upper ? letter.toUpperCase() : letter;
    })
    .join("");
}

/** The letter that bears the tone, in the older of the two customs: hòa, thủy. */
function tonePlace(letters: readonly Letter[]): number {
  let from = letters.findIndex(isVowel);
  const glide = from === 1 ? `${letters[0]?.base}${letters[1]?.base}` : "";
  const next = letters[from + 1];
  if ((glide === "qu" || glide === "gi") && next && isVowel(next)) from++;
  let to = from;
  for (let letter = letters[to]; letter && isVowel(letter); letter = letters[to]) to++;
  const marked = letters.slice(from, to).findLastIndex(({ shape }) => shape !== "");
  if (marked >= 0) return from + marked;
  if (to < letters.length) return to - 1;
  return to - from === 3 ? from + 1 : from;
}
