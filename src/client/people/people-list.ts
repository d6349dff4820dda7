import type { Person } from "#model";
import { plainText } from "../reports/search.ts";

/** The longest the server takes. */
export const NAME_LENGTH = 120;
export const UNIT_LENGTH = 200;

/** One person read from a list that was typed or pasted. */
export interface Candidate {
  /** The line of the list, from 1. */
  readonly line: number;
  readonly name: string;
  readonly unit: string;
  /**
   * `no-name` and `too-long` cannot be invited. `repeated` stands in the list before, `known` takes part already: a
   * namesake or a mistake, for the person to decide.
   */
  readonly problem: "no-name" | "too-long" | "repeated" | "known" | null;
}

const SEPARATORS = ["\t", ";", ","] as const;
/** A dash between spaces separates where nothing else does: *Nguyễn Văn A – Chi bộ 2*. */
const DASH = /\s[-–—]\s/u;

const NAME_HEADS = ["ho va ten", "ho ten", "ten", "dai bieu", "ten dai bieu", "nguoi tham gia", "name", "full name"];
const UNIT_HEADS = [
  "don vi",
  "chi bo",
  "unit",
  "co quan",
  "bo phan",
  "phong ban",
  "to chuc",
  "organisation",
  "organization",
];
const COUNT_HEADS = ["stt", "tt", "so tt", "so thu tu", "no", "no.", "#"];

/**
 * The people in a list as it comes from a spreadsheet, a CSV file or a message: a line each, name and unit separated by
 * a tab, a semicolon, a comma or a dash. A heading row is recognised and says which column is which; a column of
 * running numbers and numbers before names are left out. Total: any text is read.
 */
export function readPeople(text: string, known: readonly Pick<Person, "name" | "unit">[]): Candidate[] {
  const rows = splitRows(text);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [head] = filled;
  const columns = head ? headColumns(head.cells) : null;
  const body = columns ? filled.slice(1) : filled;
  const numbered =
    !columns && body.length > 0 && body.every(({ cells }) => cells.length > 1 && /^\d+[.)]?$/u.test(cells[0] ?? ""));
  const people = body.map(({ line, cells }) => {
    if (columns)
      return { line, name: cells[columns.name] ?? "", unit: columns.unit === null ? "" : (cells[columns.unit] ?? "") };
    const [name = "", ...rest] = numbered ? cells.slice(1) : cells;
    return { line, name, unit: rest.filter((cell) => cell !== "").join(", ") };
  });
  return judge(
    people.map(({ line, name, unit }) => ({ line, name: name.replace(/^\d+[.)]\s*/u, ""), unit })),
    known,
  );
}

/** The same judgement over people typed one by one; lines that are wholly empty are left out. */
export function judgePeople(
  typed: readonly { readonly name: string; readonly unit: string }[],
  known: readonly Pick<Person, "name" | "unit">[],
): Candidate[] {
  const tidied = typed.map(({ name, unit }, index) => ({ line: index + 1, name: tidy(name), unit: tidy(unit) }));
  return judge(
    tidied.filter(({ name, unit }) => name !== "" || unit !== ""),
    known,
  );
}

function judge(
  people: readonly { readonly line: number; readonly name: string; readonly unit: string }[],
  known: readonly Pick<Person, "name" | "unit">[],
): Candidate[] {
  const taking = new Set(known.map(sameness));
  const seen = new Set<string>();
  return people.map((person) => {
    const key = sameness(person);
    const problem = ((): Candidate["problem"] => {
      if (person.name === "") return "no-name";
      if (person.name.length > NAME_LENGTH || person.unit.length > UNIT_LENGTH) return "too-long";
      if (seen.has(key)) return "repeated";
      return taking.has(key) ? "known" : null;
    })();
    seen.add(key);
    return { ...person, problem };
  });
}

// Tones tell names apart, so only case and composition are levelled.
function sameness(person: { readonly name: string; readonly unit: string }): string {
  return [person.name, person.unit].map((part) => tidy(part).toLocaleLowerCase("vi")).join("\n");
}

function tidy(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function splitRows(text: string): Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  const endCell = (): void => {
    cells.push(tidy(cell));
    cell = "";
  };
  const endRow = (): void => {
    endCell();
    rows.push({ line: begun, cells: separator === null ? splitAtDash(cells) : cells });
    cells = [];
  };
  const source = text.replaceAll(/\r\n?/gu, "\n");
  for (let index = 0; index < source.length; index++) {
    const char = source.charAt(index);
    if (char === '"' && quoted && source.charAt(index + 1) === '"') {
      cell += '"';
      index++;
    } else if (char === '"' && (quoted || cell.trim() === "")) quoted = !quoted;
    else if (char === separator && !quoted) endCell();
    else if (char === "\n" && (!quoted || !closesLater(source, index))) {
      endRow();
      quoted = false;
      begun = line + 1;
    } else cell += char;
    if (char === "\n") line++;
  }
  endRow();
  return rows;
}

// A lone quotation mark must not swallow the rest of the list.
function closesLater(source: string, from: number): boolean {
  return source.includes('"', from);
}

function splitAtDash(cells: readonly string[]): string[] {
  const [only = ""] = cells;
  const at = only.search(DASH);
  return at < 0 ? [...cells] : [only.slice(0, at).trim(), only.slice(at).replace(DASH, " ").trim()];
}

/** The separator that most lines hold; a tab, as a spreadsheet gives it, before all. */
function separatorOf(text: string): string | null {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const counts = SEPARATORS.map((separator) => lines.filter((line) => line.includes(separator)).length);
  const most = Math.max(...counts);
  return most === 0 ? null : (SEPARATORS[counts.indexOf(most)] ?? null);
}

/** Which column is which, where the row is a heading; null where it is a person. */
function headColumns(cells: readonly string[]): { name: number; unit: number | null } | null {
  const heads = cells.map((cell) => plainText(cell).replaceAll(/\s+/gu, " ").replace(/:$/u, "").trim());
  const name = heads.findIndex((head) => NAME_HEADS.includes(head));
  const unit = heads.findIndex((head) => UNIT_HEADS.includes(head));
  if (name < 0) return null;
  // One word such as "Tên" beside nothing known would as well be a person.
  const others = heads.filter((_, index) => index !== name);
  if (unit < 0 && others.length > 0 && !others.some((head) => COUNT_HEADS.includes(head))) return null;
  return { name, unit: unit < 0 ? null : unit };
}

/** The text of a list file: UTF-8, or the UTF-16 in which Excel saves "Unicode text". */
export function decodeList(bytes: Uint8Array): string {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = !wide ? "utf-8" : bytes[0] === 0xff ? "utf-16le" : "utf-16be";
  return new TextDecoder(encoding).decode(bytes);
}
