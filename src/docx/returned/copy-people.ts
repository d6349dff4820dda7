import type { CopyAuthor, Person, Remark } from "#model";
import { wordList } from "#model";

/** Names that programs give to whoever they do not know. */
const NOBODY =
  /^(|admin(istrator)?|user|windows user|unknown( author)?|author|tác giả|tac gia|người dùng|guest|owner|microsoft( office)?( user)?|office|word|pc|máy tính|may tinh|hp|dell|asus|lenovo|acer|laptop|desktop\S*|khách|home|wps( office)?|google docs?|libreoffice)$/iu;

/** What people write before a name. */
const TITLES = new Set(
  "đ/c đc dc đồng_chí ông bà anh chị ts ths gs pgs cn ks bs ls cô thầy mr mrs ms dr"
    .split(" ")
    .map((word) => word.replace("_", " ")),
);

/**
 * Who says something in a copy. `owner` is the person whom the file was made for, if it says so: theirs is what has no
 * author, or one that a program made up. Names are compared without capitals, titles, order, what stands in brackets,
 * and, where that leaves one person, without diacritics. All else has to be asked; the likeliest is then whose name stands
 * in the name of the file.
 */
export function copyAuthors(
  remarks: readonly Remark[],
  people: readonly Person[],
  owner: string | null,
  fileName = "",
): CopyAuthor[] {
  const names = new Map<string, number>();
  for (const { author } of remarks) names.set(author, (names.get(author) ?? 0) + 1);
  const may = people.filter(({ role }) => role !== "reader");
  const made = may.find(({ id }) => id === owner) ?? null;
  const authors = [...names].map(([name, count]) => ({ ...whoIs(name, may, made), name, remarks: count }));
  const [likely, ...others] = may.filter((person) => isNamedIn(fileName, person));
  const asked = authors.map((author) =>
    author.person !== null || !likely || others.length > 0
      ? author
      : {
          ...author,
          person: likely.id,
          candidates: [likely.id, ...author.candidates.filter((id) => id !== likely.id)],
        },
  );
  // What was changed without tracking has no author: where one person alone wrote in the file, it is theirs.
  const known = new Set(
    authors.flatMap(({ name, person, sure }) => (name !== "" && sure && person !== null ? [person] : [])),
  );
  const [only] = known;
  return asked
    .map((author) => {
      if (author.name !== "" || author.sure || only === undefined) return author;
      const alone = known.size === 1 && authors.every(({ name, sure }) => name === "" || sure);
      return { ...author, person: only, sure: alone, candidates: [...known] };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** True where a person's whole name, of two words at least, stands in the name of a file. */
function isNamedIn(fileName: string, { name }: Person): boolean {
  const words = nameWords(name).map(plain);
  const all = wordList(fileName.normalize("NFC")).map(plain);
  return words.length > 1 && ` ${all.join(" ")} `.includes(` ${words.join(" ")} `);
}

function whoIs(
  name: string,
  people: readonly Person[],
  owner: Person | null,
): Pick<CopyAuthor, "person" | "sure" | "candidates"> {
  const bare = nameWords(name).join(" ");
  if (NOBODY.test(name.trim()) || bare === "") {
    return { person: owner?.id ?? null, sure: owner !== null, candidates: owner ? [owner.id] : [] };
  }
  const units = unitWords(name);
  const scored = people
    .map((person) => ({ person, score: nameScore(name, person) + (unitFits(units, person) ? 0.5 : 0) }))
    .filter(({ score }) => score >= 1)
    .toSorted((a, b) => b.score - a.score);
  const [first, second] = scored;
  const candidates = [...new Set([...scored.map(({ person }) => person.id), ...(owner ? [owner.id] : [])])];
  if (!first) return { person: owner?.id ?? null, sure: false, candidates };
  const clear = first.score >= SURE && (second === undefined || first.score > second.score);
  // Two people of one name: the copy was made for one of them.
  const tied = scored.filter(({ score }) => score === first.score);
  if (!clear && first.score >= SURE && owner && tied.some(({ person }) => person.id === owner.id)) {
    return { person: owner.id, sure: true, candidates };
  }
  return { person: first.person.id, sure: clear, candidates };
}

/** From this score on a name is a person's whole name. */
const SURE = 3;

/** How well a name in a file fits a person: 4 the same, 3 without diacritics or in another order, less where a part is missing. */
function nameScore(name: string, person: Person): number {
  const [a, b] = [nameWords(name), nameWords(person.name)];
  if (a.length === 0 || b.length === 0) return 0;
  if (a.join(" ") === b.join(" ")) return 4;
  const [plainA, plainB] = [a.map(plain), b.map(plain)];
  // One syllable is not a name by which anybody can be told for sure.
  if (a.length > 1 && sorted(a) === sorted(b)) return 3.5;
  if (a.length > 1 && sorted(plainA) === sorted(plainB)) return 3;
  const [short, long] = a.length <= b.length ? [plainA, plainB] : [plainB, plainA];
  const last = short.at(-1) === plainB.at(-1) || short.at(-1) === plainA.at(-1);
  return short.every((word) => long.includes(word)) && last ? 1 + short.length / (long.length + 1) : 0;
}

function sorted(words: readonly string[]): string {
  return words.toSorted().join(" ");
}

/** The words of a name, small, without titles and what stands in brackets. */
function nameWords(name: string): string[] {
  const bare = name
    .normalize("NFC")
    .toLocaleLowerCase("vi")
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/gu, " ")
    .replace(/(?:\s[-–—]|,)\s.*$/u, " ")
    .replaceAll(/đ\s*\/\s*c\.?|đồng chí|\b(?:ts|ths|gs|pgs|ks|bs)\./gu, " ");
  const words = wordList(bare);
  while (words.length > 1 && TITLES.has(words[0] ?? "")) words.shift();
  return words;
}

/** The words that tell a unit: those in brackets, or behind a dash. */
function unitWords(name: string): string[] {
  const behind = /\(([^)]*)\)|(?:\s[-–—]|,)\s(.*)$/u.exec(name);
  return wordList(behind?.[1] ?? behind?.[2] ?? "").map(plain);
}

function unitFits(words: readonly string[], { unit }: Person): boolean {
  return words.length > 0 && words.join(" ") === wordList(unit).map(plain).join(" ");
}

function plain(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d");
}
