import type { Remark, RemarkTarget } from "#model";
import { longestRise, readNumber, say, wordList } from "#model";
import type { CopyLine, CopyLines } from "./copy-lines.ts";
import type { CopyMap, WordingEdit } from "./copy-map.ts";
import type { Targets } from "./copy-targets.ts";
import type { SentDraft } from "./draft-units.ts";
import { newText, paragraphsOf } from "./draft-units.ts";
import { textKey } from "./line-diff.ts";
import type { LineGroup, LineMatch } from "./match-lines.ts";
import type { TableMatch } from "./match-tables.ts";
import { wordingsOf } from "./wordings.ts";
import type { WordBlock, WordChange, WordTable } from "../read/word-file.ts";

/** A copy beside the draft, line by line and table by table. */
export interface LaidCopy {
  readonly draft: SentDraft;
  readonly lines: CopyLines;
  readonly match: LineMatch;
  readonly map: CopyMap;
  readonly targets: Targets;
  readonly tables: ReadonlyMap<WordTable, TableMatch>;
  /** True where so much is missing that what is missing says nothing. */
  readonly partial: boolean;
}

/** A change as a remark, before it has a time; `added` are the new lines that it tells of. */
export interface ChangeRemark extends Pick<Remark, "kind" | "text" | "target" | "quote" | "placed"> {
  readonly proposal?: string;
  /** Whose tracked change it is; null for one that was not tracked. */
  readonly author: string | null;
  readonly dates: readonly string[];
  readonly added: readonly number[];
}

/** How much of the words that a moved paragraph now follows is quoted. */
const EXCERPT = 60;

/** All changes of the text in a copy, tracked or not, in the order of the copy. */
export function changesOf(copy: LaidCopy): ChangeRemark[] {
  const found = [...copy.match.groups.flatMap((group) => groupChanges(copy, group)), ...addedLines(copy)];
  found.push(...movedGroups(copy), ...tableChanges(copy));
  if (!copy.partial) found.push(...missingUnits(copy));
  return found;
}

function change(
  fields: Pick<ChangeRemark, "kind" | "text" | "target" | "quote"> & Partial<ChangeRemark>,
): ChangeRemark {
  return { author: null, dates: [], added: [], placed: true, ...fields };
}

function groupChanges(copy: LaidCopy, group: LineGroup): ChangeRemark[] {
  const { draft, map, targets } = copy;
  const words = map.words(group);
  const edits = map.edits(group);
  const subject = draft.units[group.units[0] ?? -1]?.subject;
  if (subject?.type === "note") return noteChanges(edits);
  const whole = group.units.map((unit) => ({ unit, from: 0, to: targets.words(unit).length }));
  const found = wordingsOf(words, edits).map(({ from, to, proposal, author, dates }): ChangeRemark => {
    const [start, end] = [map.placeIn(group, from), map.placeIn(group, to)];
    const pieces = group.units
      .filter((unit) => start.unit <= unit && unit <= end.unit)
      .map((unit) => ({
        unit,
        from: unit === start.unit ? start.offset : 0,
        to: unit === end.unit ? end.offset : targets.words(unit).length,
      }));
    const target: RemarkTarget = targets.of(pieces)?.target ?? { scope: "report" };
    const quote = words.slice(from, to);
    const base = { target, quote, author, dates };
    if (subject?.type === "title" || subject?.type === "line") {
      const text = say("vi", subject.type === "title" ? "returned.title" : "returned.line", {
        words: words.trim(),
        proposal: (words.slice(0, from) + proposal + words.slice(to)).trim(),
      });
      return change({ ...base, kind: "wording", text, quote: words.trim() });
    }
    if (proposal === "" || target.scope !== "range")
      return change({ ...base, kind: "wording", text: goneText(copy, group) });
    return change({ ...base, kind: proposal.includes("\n") ? "add" : "wording", text: "", proposal });
  });
  const last = copy.lines.lines[group.lines.at(-1) ?? -1];
  if (last?.joined && map.after(group.lines.at(-1) ?? -1).trim() !== "" && subject?.type === "block") {
    const target = targets.of(whole)?.target;
    const { author, date } = last.joined;
    const text = say("vi", "returned.joined");
    if (target) found.push(change({ kind: "wording", text, target, quote: words, author, dates: [date] }));
  }
  return found;
}

/** From how many words on that were put in without tracking somebody wrote them, not we when we made the file out. */
const WRITTEN = 3;

/** Of what a copy says of itself the words may change with the day and with whom it is for; what people put in is theirs. */
function noteChanges(edits: readonly WordingEdit[]): ChangeRemark[] {
  return edits.flatMap(({ from, to, text, by }) => {
    const words = text.trim();
    if (words === "" || (by === null && (from < to || wordList(words).length < WRITTEN))) return [];
    const said = say("vi", "returned.inNote", { words });
    const on: RemarkTarget = { scope: "report" };
    const author = by?.author ?? null;
    return [
      change({
        kind: "other",
        text: said,
        target: on,
        quote: "",
        author,
        dates: by && by.date !== "" ? [by.date] : [],
      }),
    ];
  });
}

function goneText({ draft }: LaidCopy, group: LineGroup): string {
  const unit = group.units[0];
  return say("vi", draft.tables.some(({ caption }) => caption === unit) ? "returned.tableGone" : "returned.gone");
}

/** Lines that were not in the draft: those that follow one another and have one author are one remark. */
function addedLines(copy: LaidCopy): ChangeRemark[] {
  const { lines } = copy.lines;
  const runs: { lines: number[]; author: string | null; dates: string[] }[] = [];
  for (const [index, line] of lines.entries()) {
    if (copy.match.ofLine.has(index) || copy.map.after(index).trim() === "" || isInNote(copy, index)) continue;
    const by = authorOf(line);
    const last = runs.at(-1);
    const end = last?.lines.at(-1) ?? -1;
    const next = lines
      .slice(end + 1, index)
      .every((one, at) => !copy.match.ofLine.has(end + 1 + at) && one.text.trim() === "");
    if (last && last.author === (by?.author ?? null) && next) {
      last.lines.push(index);
      if (by) last.dates.push(by.date);
    } else runs.push({ lines: [index], author: by?.author ?? null, dates: by ? [by.date] : [] });
  }
  return runs.map(({ lines: added, author, dates }) => {
    const words = added.map((line) => copy.map.after(line).trim()).join("\n");
    return change({ ...beside(copy, added, words), author, dates, added });
  });
}

/** What a copy says of itself may name whom it was made out for: that was nobody's doing. */
function isInNote({ draft, match, lines }: LaidCopy, line: number): boolean {
  const [opening = ""] = say("vi", "print.forComment.person", { who: "\n" }).split("\n");
  if (lines.lines[line]?.text.trim().startsWith(opening.trim()) !== true) return false;
  return ([-1, 1] as const).every((step) => {
    const unit = match.ofLine.get(nearest(match, line, step))?.units[0];
    return unit !== undefined && draft.units[unit]?.subject.type === "note";
  });
}

function authorOf({ edits, text }: CopyLine): WordChange | null {
  return text.trim() === "" ? (edits[0]?.by ?? null) : null;
}

/** Words that ask by themselves for what they say. */
const ASKS = /^(?:đề nghị|kiến nghị|đề xuất|xin)\s/iu;

/** Where new lines belong: behind the words above them, else before those below, else under a title. */
function beside(
  { draft, match, targets }: LaidCopy,
  added: readonly number[],
  words: string,
): Pick<ChangeRemark, "kind" | "text" | "target" | "quote" | "proposal" | "placed"> {
  const above = match.ofLine.get(nearest(match, added[0] ?? 0, -1))?.units.at(-1);
  const below = match.ofLine.get(nearest(match, added.at(-1) ?? 0, 1))?.units[0];
  const subjectOf = (unit: number | undefined) => (unit === undefined ? undefined : draft.units[unit]?.subject);
  const [up, down] = [subjectOf(above), subjectOf(below)];
  const isTable = draft.tables.some(({ caption }) => caption === above);
  const text = ASKS.test(words) ? words : say("vi", "returned.added", { words });
  const said = { kind: "add", text, quote: words, placed: true } as const;
  if (up?.type === "block" && above !== undefined && !isTable) {
    const own = targets.words(above);
    const sentence = lastSentence(own);
    const found = targets.of([{ unit: above, from: sentence, to: own.length }]);
    const quote = own.slice(sentence).trim();
    if (found?.target.scope === "range")
      return { ...said, text: "", target: found.target, quote, proposal: `${quote}\n${words}` };
  }
  if (
    up?.type === "title" &&
    down?.type === "block" &&
    below !== undefined &&
    !draft.tables.some(({ caption }) => caption === below)
  ) {
    const own = targets.words(below);
    const end = firstSentence(own);
    const found = targets.of([{ unit: below, from: 0, to: end }]);
    const quote = own.slice(0, end).trim();
    if (found?.target.scope === "range")
      return { ...said, text: "", target: found.target, quote, proposal: `${words}\n${quote}` };
  }
  if (up?.type === "block") return { ...said, target: { scope: "slot", slot: up.slot } };
  const title = up?.type === "title" && above !== undefined ? targets.of([{ unit: above, from: 0, to: 0 }]) : null;
  return { ...said, target: title?.target ?? { scope: "report" } };
}

function nearest(match: LineMatch, line: number, step: 1 | -1): number {
  let at = line + step;
  const last = Math.max(-1, ...match.ofLine.keys());
  while (at >= 0 && at <= last && !match.ofLine.has(at)) at += step;
  return at;
}

function lastSentence(words: string): number {
  const ends = [...words.trimEnd().matchAll(/[.!?…]+["”’)\]]*\s+/gu)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : 0;
}

function firstSentence(words: string): number {
  const end = /[.!?…]+["”’)\]]*(?=\s)/u.exec(words);
  return end ? end.index + end[0].length : words.length;
}

/** Blocks that stand in another order than in the draft, as few as can be: those that moved together are one remark. */
function movedGroups(copy: LaidCopy): ChangeRemark[] {
  const { draft, match, map, targets } = copy;
  const body = match.groups.filter(({ units: [unit] }) => isText(draft, unit ?? -1));
  const rise = new Set(longestRise(body.map(({ units: [unit] }) => unit ?? -1)));
  const runs: { groups: LineGroup[]; after: LineGroup | undefined }[] = [];
  for (const [at, group] of body.entries()) {
    if (rise.has(at)) continue;
    const before = body[at - 1];
    const last = runs.at(-1)?.groups;
    if (before && last?.at(-1) === before && (before.units.at(-1) ?? 0) + 1 === group.units[0]) last.push(group);
    else runs.push({ groups: [group], after: before });
  }
  return runs.flatMap(({ groups, after }) => {
    const pieces = groups.flatMap(({ units }) =>
      units.map((unit) => ({ unit, from: 0, to: targets.words(unit).length })),
    );
    const found = targets.of(pieces);
    if (!found) return [];
    const words = after ? map.words(after).replaceAll(/\s+/gu, " ").trim() : "";
    const excerpt =
      words.length > EXCERPT
        ? `${words
            .slice(0, EXCERPT)
            .replace(/[\uD800-\uDBFF]$/u, "")
            .trimEnd()}…`
        : words;
    const text = after ? say("vi", "returned.moved", { words: excerpt }) : say("vi", "returned.movedFirst");
    const quote = groups.map((group) => map.words(group)).join("\n");
    return [change({ kind: "other", text, target: found.target, quote })];
  });
}

function isText({ units }: SentDraft, unit: number): boolean {
  const type = units[unit]?.subject.type;
  return type === "block" || type === "title";
}

/** Blocks and titles of the draft that are not in the copy. */
function missingUnits({ draft, match, targets }: LaidCopy): ChangeRemark[] {
  return draft.units.flatMap(({ subject }, unit) => {
    const words = targets.words(unit);
    if (match.ofUnit.has(unit) || words.trim() === "" || !isText(draft, unit)) return [];
    const found = targets.of([{ unit, from: 0, to: words.length }]);
    const isTable = draft.tables.some(({ caption }) => caption === unit);
    const key = subject.type === "title" ? "returned.titleGone" : isTable ? "returned.tableGone" : "returned.gone";
    return found
      ? [change({ kind: "wording", text: say("vi", key, { words }), target: found.target, quote: words })]
      : [];
  });
}

function tableChanges(copy: LaidCopy): ChangeRemark[] {
  return [...copy.tables].flatMap(([table, match]) => [
    ...table.rows.flatMap((row, index) => rowChanges(copy, table, match, row, index)),
    ...(copy.partial ? [] : match.missing.flatMap((row) => missingRow(match, row, null))),
  ]);
}

function rowChanges(
  copy: LaidCopy,
  table: WordTable,
  match: TableMatch,
  row: WordTable["rows"][number],
  index: number,
): ChangeRemark[] {
  const { slot, caption } = match.draft;
  const by = table.rowChanges[index] ?? null;
  const known = match.rows[index] ?? null;
  if (known === null) {
    const words = row.map(({ blocks }) => cellAfter(blocks)).join(" | ");
    if (row.every(({ blocks }) => cellAfter(blocks).trim() === "")) return [];
    const own = copy.targets.words(caption);
    const on = copy.targets.of([{ unit: caption, from: 0, to: own.length }])?.target ?? { scope: "slot", slot };
    const author = by?.author ?? authorIn(row.flatMap(({ blocks }) => blocks))?.author ?? null;
    const text = say("vi", "returned.row", { words });
    return [change({ kind: "add", text, target: on, quote: words, author, dates: by ? [by.date] : [] })];
  }
  if (by?.kind === "deleted") return missingRow(match, known, by);
  return row.flatMap((cell) => {
    const id = match.cell(index, cell);
    const was = match.draft.cells.find((one) => one.cell === id);
    const proposal = cellAfter(cell.blocks).trim();
    if (!was || textKey(proposal) === textKey(was.text)) return [];
    const tracked = authorIn(cell.blocks);
    const kind = readNumber(proposal) || readNumber(was.text) ? "figures" : "wording";
    const text = say("vi", proposal === "" ? "returned.cellEmpty" : "returned.cell", { proposal });
    const target: RemarkTarget = { scope: "cell", slot, table: match.draft.table, cell: was.cell };
    const dates = tracked ? [tracked.date] : [];
    return [change({ kind, text, target, quote: was.text, author: tracked?.author ?? null, dates })];
  });
}

function missingRow({ draft }: TableMatch, row: number, by: WordChange | null): ChangeRemark[] {
  const cells = draft.cells.filter((cell) => cell.row === row);
  const [first] = cells;
  if (!first) return [];
  const words = cells.map(({ text }) => text).join(" | ");
  const target: RemarkTarget = { scope: "cell", slot: draft.slot, table: draft.table, cell: first.cell };
  const text = say("vi", "returned.rowGone", { words });
  return [
    change({ kind: "other", text, target, quote: words, author: by?.author ?? null, dates: by ? [by.date] : [] }),
  ];
}

function cellAfter(blocks: readonly WordBlock[]): string {
  return blocks.flatMap(paragraphsOf).map(newText).join("\n");
}

function authorIn(blocks: readonly WordBlock[]): WordChange | null {
  const runs = blocks.flatMap(paragraphsOf).flatMap(({ runs: all }) => all);
  return runs.find(({ change: by }) => by !== null)?.change ?? null;
}
