import type { WordFile } from "#docx";
import { TongketError } from "#model";
import { rawCounts, squeezed } from "./raw-counts.ts";

/** What was found in a heap of Word files. */
export interface Survey {
  read: number;
  /** How many were refused, by the code of the refusal and what it names. */
  readonly refused: Map<string, string[]>;
  comments: number;
  answers: number;
  resolved: number;
  orphans: number;
  changes: number;
  withCommentsOrChanges: number;
  /** How many were held against their raw XML letter by letter. */
  compared: number;
  /** How many comments were held against the words between the ends of their ranges. */
  quotes: number;
  /** Where the reader and the raw XML say different things, or the reader fails without a name. */
  readonly faults: string[];
}

export function emptySurvey(): Survey {
  return {
    read: 0,
    refused: new Map(),
    comments: 0,
    answers: 0,
    resolved: 0,
    orphans: 0,
    changes: 0,
    withCommentsOrChanges: 0,
    compared: 0,
    quotes: 0,
    faults: [],
  };
}

/** Reads one file more and holds it against a look at its raw XML. */
export function surveyFile(
  survey: Survey,
  name: string,
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => WordFile,
): void {
  let file: WordFile;
  try {
    file = read(bytes);
  } catch (error) {
    if (error instanceof TongketError) {
      const reason = [error.code, error.details["part"], error.details["problem"]].filter(Boolean).join(": ");
      survey.refused.set(reason, [...(survey.refused.get(reason) ?? []), name]);
    } else survey.faults.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return;
  }
  const changes = file.paragraphs.flatMap(({ runs, mark }) => [mark, ...runs.map((run) => run.change)]);
  const rows = file.blocks.flatMap((block) => (block.type === "table" ? block.table.rowChanges : []));
  const tracked = [...changes, ...rows].filter((change) => change !== null).length;
  survey.read++;
  survey.comments += file.comments.length;
  survey.answers += file.comments.filter(({ parent }) => parent !== null).length;
  survey.resolved += file.comments.filter(({ resolved }) => resolved).length;
  survey.orphans += file.comments.filter(({ range }) => range === null).length;
  survey.changes += tracked;
  if (file.comments.length + tracked > 0) survey.withCommentsOrChanges++;
  for (const fault of faultsOf(survey, file, bytes, tracked)) survey.faults.push(`${name}: ${fault}`);
}

function* faultsOf(survey: Survey, file: WordFile, bytes: Uint8Array, tracked: number): Generator<string> {
  const raw = rawCounts(bytes);
  if (!raw) return;
  const { comments } = file;
  if (comments.length !== raw.comments) yield `${comments.length} comments, ${raw.comments} in the XML`;
  // Answers to answers count as answers; those of nobody, and those found by equal ranges, stand in no part.
  const answers = comments.filter(({ parent }) => parent !== null).length;
  if (answers < raw.answers) yield `${answers} answers, ${raw.answers} in the XML`;
  const resolved = comments.filter((comment) => comment.resolved).length;
  if (resolved !== raw.resolved) yield `${resolved} resolved, ${raw.resolved} in the XML`;
  if (raw.changes === 0 && tracked > 0) yield `${tracked} changes, none in the XML`;
  for (const { id, range } of comments) {
    const last = file.paragraphs.length - 1;
    const ends = range ? [range.from, range.to] : [];
    if (ends.some(({ paragraph, at }) => paragraph > last || at > lengthOf(file, paragraph)))
      yield `comment ${id} stands beyond the text`;
  }
  if (file.paragraphs.some(({ index }, place) => index !== place)) yield "paragraphs are not in their order";
  if (
    raw.letters === null ||
    Object.keys(file.leftOut).some((what) => ["symbols", "hidden", "takenBack"].includes(what))
  )
    return;
  survey.compared++;
  for (const { id, quote, range } of comments) {
    const words = raw.quotes.get(id);
    if (words === undefined || comments.some((other) => other.id === `${id}#2`)) continue;
    survey.quotes++;
    const found = squeezed(quote).replace(/…$/, "");
    if (range === null || (found !== words && !(quote.length > LONG_QUOTE && words.startsWith(found)))) {
      yield `comment ${id} stands on “${found.slice(0, 60)}”, in the XML on “${words.slice(0, 60)}”`;
    }
  }
  const letters = squeezed(file.paragraphs.map(({ runs }) => runs.map(({ text }) => text).join("")).join(""));
  if (letters !== raw.letters) yield `the words differ from the XML's at ${difference(letters, raw.letters)}`;
}

/** Longer quotations are cut. */
const LONG_QUOTE = 2000;

function lengthOf(file: WordFile, paragraph: number): number {
  return file.paragraphs[paragraph]?.runs.reduce((sum, { text }) => sum + text.length, 0) ?? 0;
}

function difference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `${at}: “${a.slice(at, at + 40)}” and “${b.slice(at, at + 40)}”`;
}

/** The survey for people. */
export function surveyLines(survey: Survey): string[] {
  const refused = [...survey.refused].toSorted(([, a], [, b]) => b.length - a.length);
  return [
    `read ${survey.read}, ${survey.withCommentsOrChanges} of them with comments or tracked changes`,
    `comments ${survey.comments}, answers ${survey.answers}, resolved ${survey.resolved}, without a place in the body ${survey.orphans}`,
    `tracked changes ${survey.changes}`,
    `held against the XML letter by letter ${survey.compared}; ranges of comments held ${survey.quotes}`,
    `refused ${refused.reduce((sum, [, names]) => sum + names.length, 0)}`,
    ...refused.map(([reason, names]) => `  ${names.length} × ${reason} (${names.slice(0, 3).join(", ")})`),
    `faults ${survey.faults.length}`,
    ...survey.faults.map((fault) => `  ${fault}`),
  ];
}
