/** How what is looked for is compared. */
export interface SearchOptions {
  readonly matchCase?: boolean;
  /** False finds "dai hoi" in "đại hội". */
  readonly matchMarks?: boolean;
}

/** A stretch of a text. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A text to search in: the same words folded, and for each unit of them where its letter stands in the text. */
interface Folded {
  readonly text: string;
  /** Null where every letter kept its place. */
  readonly places: readonly Stretch[] | null;
}

/** Words that are looked for in many texts. What holds a text and stays the same object is not read again. */
export class SearchWords {
  readonly query: string;
  readonly options: SearchOptions;
  readonly #wanted: string;
  readonly #folded = new WeakMap<object, Folded>();

  constructor(query: string, options: SearchOptions) {
    this.query = query.normalize("NFC");
    this.options = options;
    this.#wanted = fold(this.query, options).text;
  }

  /** Where the words stand in a text; `holder` holds it, and never another. */
  in(holder: object, textOf: () => string): Stretch[] {
    if (this.#wanted === "") return [];
    let folded = this.#folded.get(holder);
    if (!folded) {
      folded = fold(textOf(), this.options);
      this.#folded.set(holder, folded);
    }
    const { text, places } = folded;
    const found: Stretch[] = [];
    const { length } = this.#wanted;
    for (let at = text.indexOf(this.#wanted); at !== -1; at = text.indexOf(this.#wanted, at + length)) {
      const last = at + length - 1;
      found.push({ from: places?.[at]?.from ?? at, to: places?.[last]?.to ?? last + 1 });
    }
    return found;
  }
}

/** Text in the form in which it is compared. A letter written in several signs, as some keyboards do, counts as one. */
function fold(text: string, options: SearchOptions): Folded {
  if (!/\p{M}/u.test(text)) {
    let folded = "";
    for (let i = 0; i < text.length; i++) folded += foldLetter(text.charAt(i), options) || text.charAt(i);
    return { text: folded, places: null };
  }
  let folded = "";
  const places: { from: number; to: number }[] = [];
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const sign = foldLetter(letter.normalize("NFC"), options);
    folded += sign;
    for (let i = 0; i < sign.length; i++) places.push({ from: index, to: index + letter.length });
  }
  return { text: folded, places };
}

function foldLetter(letter: string, { matchCase = false, matchMarks = true }: SearchOptions): string {
  let sign = letter;
  if (!matchMarks) {
    sign = sign === "đ" ? "d" : sign === "Đ" ? "D" : sign.normalize("NFD").replaceAll(/\p{M}/gu, "");
  }
  if (matchCase) return sign;
  const lower = sign.toLowerCase();
  return lower.length === sign.length ? lower : sign;
}
