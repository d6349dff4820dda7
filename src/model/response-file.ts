import { cellPlaceWords } from "./cell-place.ts";
import type { CommentKind, CommentTarget, Outcome } from "./comment.ts";
import { say } from "./language.ts";
import type { PlaceChange, WordsChange } from "./place-change.ts";
import type { Report } from "./report.ts";
import type { Contributor, ResponseCounts, ResponseGroup, ResponseRow } from "./response-table.ts";
import { contributorWords, responseTable } from "./response-table.ts";
import { fillIn } from "./template.ts";

/** The forms of the response table besides the Word file. */
export type ResponseForm = "csv" | "json";

/**
 * The response table as other programs read it; `schemas/response-table.schema.json` is its schema. Fields may be added
 * to it, `version` changes where one goes or comes to mean something else.
 */
export interface ResponseData {
  readonly format: "tongket-responses";
  readonly version: 1;
  readonly report: { readonly id: string; readonly title: string; readonly organisation: string };
  readonly counts: ResponseCounts;
  /** Those who were asked, made no comment and said that they agree. */
  readonly agreeing: readonly Contributor[];
  readonly groups: readonly {
    readonly slot: string | null;
    readonly title: string;
    readonly above: readonly string[];
    readonly rows: readonly ResponseDataRow[];
  }[];
}

export interface ResponseDataRow {
  readonly ids: readonly string[];
  readonly scope: CommentTarget["scope"];
  readonly quote: string | null;
  /** Where the cell stands, in words. */
  readonly cell: string | null;
  readonly unplaced: boolean;
  readonly contributors: readonly Contributor[];
  readonly remarks: ResponseRow["remarks"];
  readonly kinds: readonly CommentKind[];
  readonly rounds: readonly number[];
  readonly state: ResponseRow["state"];
  readonly outcome: Outcome | null;
  readonly response: string;
  /** What became of the text where the comments were made, once they are taken up; null where that is not known. */
  readonly change: { readonly changed: boolean; readonly lines: readonly WordsChange[] } | null;
}

/** What became of the text at the place of each comment that was taken up. */
export type PlaceChanges = ReadonlyMap<string, PlaceChange>;

/** The response table of a report as plain JSON data. */
export function responseData(report: Report, changes: PlaceChanges = new Map()): ResponseData {
  const { counts, agreeing, groups } = responseTable(report);
  return {
    format: "tongket-responses",
    version: 1,
    report: {
      id: report.id,
      title: fillIn(report.template.subject, report.fields),
      organisation: report.fields["organisation"] ?? "",
    },
    counts,
    agreeing,
    groups: groups.map(({ slot, title, above, rows }) => ({
      slot,
      title,
      above,
      rows: rows.map(({ cell, ...row }) => ({
        ...row,
        cell: cell && cellPlaceWords(cell, "vi"),
        change: changeOf(row, changes),
      })),
    })),
  };
}

const COLUMNS = [
  "number",
  "slot",
  "quote",
  "contributor",
  "comments",
  "kind",
  "round",
  "comment",
  "replaces",
  "proposal",
  "outcome",
  "state",
  "response",
  "change",
] as const;

/**
 * The response table for spreadsheets, by RFC 4180: UTF-8 with its mark at the beginning, commas, lines that end with
 * CR LF, a first line of titles, then one line for each row in the order of the draft. A spreadsheet takes no cell of it
 * for a formula: what could be one begins with an apostrophe.
 */
export function responseCsv(report: Report, changes: PlaceChanges = new Map()): string {
  const { groups } = responseTable(report);
  const lines: string[][] = [COLUMNS.map((column) => say("vi", `csv.column.${column}`))];
  for (const group of groups) {
    for (const row of group.rows) lines.push(cellsOf(row, group, lines.length, report.ruleSet, changes));
  }
  return `\ufeff${lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("")}`;
}

function cellsOf(
  row: ResponseRow,
  { slot, title, above }: ResponseGroup,
  number: number,
  ruleSet: Report["ruleSet"],
  changes: PlaceChanges,
): string[] {
  const change = changeOf(row, changes);
  const { remarks, contributors, kinds, rounds, outcome, state } = row;
  const cells: Record<(typeof COLUMNS)[number], string> = {
    number: String(number),
    slot: slot === null ? say("vi", "print.responses.group.report") : [...above, title].join(" / "),
    quote: [row.cell && cellPlaceWords(row.cell, "vi"), row.quote]
      .filter((part) => part !== null && part !== "")
      .join(": "),
    contributor: contributors.map((one) => contributorWords("vi", one, ruleSet)).join("; "),
    comments: String(row.ids.length),
    kind: kinds.map((kind) => say("vi", `kind.${kind}`)).join("; "),
    round: rounds.join("; "),
    comment: lined(remarks.map(({ text }) => text)),
    replaces: lined(remarks.map(({ replaces }) => replaces ?? "")),
    proposal: lined(remarks.map(({ proposal }) => proposal ?? "")),
    outcome: outcome === null ? "" : say("vi", `print.outcome.${outcome}`),
    state: say("vi", `csv.state.${state}`),
    response: row.response,
    change: change === null ? "" : say("vi", change.changed ? "csv.change.made" : "csv.change.none"),
  };
  return COLUMNS.map((column) => cells[column]);
}

/** Of a row, what became of the text at the places of all its comments; each place is told once. */
function changeOf({ ids }: Pick<ResponseRow, "ids">, changes: PlaceChanges): ResponseDataRow["change"] {
  const known = ids.flatMap((id) => changes.get(id) ?? []);
  if (known.length === 0) return null;
  const lines = new Map(known.flatMap((one) => one.lines.map((line) => [JSON.stringify(line), line])));
  return { changed: known.some(({ changed }) => changed), lines: [...lines.values()] };
}

function lined(texts: readonly string[]): string {
  return [...new Set(texts.filter((text) => text.trim() !== ""))].join("\n");
}

/** What spreadsheets begin a formula with, also after white space and in full width; and what looks as if it was kept from it. */
const FORMULA = /^'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20|]|[\t\r\n])/u;

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
