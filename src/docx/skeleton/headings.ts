import type { TextRun } from "#model";
import { captionOf } from "./body-blocks.ts";
import type { FileElement, FileLine } from "./file-lines.ts";
import { cutRuns, isAll, isCapitals, trimRuns } from "./file-lines.ts";
import type { LabelledText } from "./line-label.ts";
import { isAppendixTitle, labelOf, labelRank, lineLabel } from "./line-label.ts";
import type { Skeleton, SkeletonNode } from "./skeleton.ts";

/** A heading of the file: where it stands, what it is called, how far in. */
export interface FileHeading {
  readonly type: "heading";
  readonly index: number;
  readonly label: string;
  readonly title: string;
  readonly runs: readonly TextRun[];
  readonly tokens: readonly string[];
  readonly rank: number;
  readonly bookmark: SkeletonNode | null;
}

/** The text of a file told into headings and what stands below them. */
export type FilePart = FileHeading | FileElement;

/** Longer lines, and lines of more words, are no headings. */
const LONGEST = 300;
const MOST_WORDS = 45;

/** From which likeness on a line that nothing else makes a heading is taken for the title it resembles. */
const KNOWN = 0.8;

/** Up to how many signs the words before a colon may be a title. */
const LEAD = 80;

const ENDS = /[.;,]$/u;

const TITLE_BOOKMARK = "_tks_";

/** Tells headings from text: by outline level, number, bold or capitals, our bookmarks, and the titles of the skeleton. */
export function readHeadings(elements: readonly FileElement[], skeleton: Skeleton): FilePart[] {
  const ranks = outlineRanks(elements);
  const out: FilePart[] = [];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (element?.type !== "line") {
      if (element) out.push(element);
      continue;
    }
    const next = elements[i + 1];
    const isCaption = next?.type === "table" && captionOf(element.line) !== null;
    const found = isCaption ? null : headingAt(element.line, skeleton, ranks);
    if (!found) {
      out.push(element);
      continue;
    }
    if (found.title === "" && next?.type === "line" && isTitleBelow(next.line)) {
      // A part's number stands on a line of its own, its title below.
      const runs = trimRuns(next.line.runs);
      const title = oneLine(next.line.text);
      out.push({
        ...found,
        title,
        runs,
        tokens: skeleton.titles.tokens(title),
        bookmark: found.bookmark ?? bookmarked(next.line, skeleton),
      });
      i++;
    } else if (found.title === "" && found.bookmark === null && labelOf(element.line.text).kind !== "appendix") {
      out.push(element);
    } else {
      out.push(found);
      const rest = found.rest ? trimRuns(found.rest) : [];
      if (rest.length > 0) {
        const text = rest.map((run) => run.text).join("");
        out.push({
          type: "line",
          line: { ...element.line, listLabel: "", outlineLevel: null, bookmarks: [], runs: rest, text },
        });
      }
    }
  }
  return out;
}

interface FoundHeading extends FileHeading {
  /** What goes on in the same paragraph behind the heading. */
  readonly rest?: readonly TextRun[];
}

function headingAt(line: FileLine, skeleton: Skeleton, ranks: ReadonlyMap<number, number>): FoundHeading | null {
  const label = lineLabel(line);
  const bookmark = bookmarked(line, skeleton);
  const title = oneLine(line.text.slice(label.at));
  if (label.sign !== null && bookmark === null && line.outlineLevel === null && !isSignedTitle(line, title, skeleton)) {
    return null;
  }
  const words = title.split(" ").length;
  const plain = bookmark === null && isSentence(line, label, title);
  if (plain || title.length > LONGEST || words > MOST_WORDS) return runIn(line, label, skeleton, ranks);
  const tokens = skeleton.titles.tokens(title);
  const known = knownTitle(tokens, skeleton);
  if (bookmark === null && !looksLikeHeading(line, label, title, known?.likeness ?? 0)) {
    return runIn(line, label, skeleton, ranks);
  }
  const rank = bookmark?.rank ?? rankOf(line, label, known, ranks);
  const runs = trimRuns(cutRuns(line.runs, label.at, line.text.length));
  return {
    type: "heading",
    index: line.index,
    label: label.label,
    title: bareTitle(title),
    runs,
    tokens,
    rank,
    bookmark,
  };
}

/** The very title of the skeleton in bold behind the sign of an item, as one sets off what is not numbered. */
function isSignedTitle(line: FileLine, title: string, skeleton: Skeleton): boolean {
  return isAll(line, "strong") && (knownTitle(skeleton.titles.tokens(bareTitle(title)), skeleton)?.likeness ?? 0) >= 1;
}

/** Running text, as most lines are: told without comparing it with every title. */
function isSentence(line: FileLine, label: LabelledText, title: string): boolean {
  const outer =
    label.kind === "part" || label.kind === "appendix" || label.kind === "roman" || label.kind === "capital";
  if (outer || line.outlineLevel !== null || isCapitals(title)) return false;
  if (line.runs.every((run) => run.text.trim() === "" || run.marks.length > 0)) return false;
  return ENDS.test(title) && !/\d\.$/u.test(title);
}

function looksLikeHeading(line: FileLine, label: LabelledText, title: string, likeness: number): boolean {
  const bold = isAll(line, "strong");
  const capitals = isCapitals(title);
  const ends = ENDS.test(title) && !/\d\.$/u.test(title);
  const few = title.split(" ").length <= 25;
  if (line.outlineLevel !== null) return true;
  if (label.kind === "part") return title === "" || bold || capitals || line.centred || likeness >= KNOWN;
  if (label.kind === "appendix") return title === "" || bold || capitals || line.centred;
  if (title === "") return false;
  if (bold && capitals) return true;
  const set = bold || isAll(line, "em") || isAll(line, "underline");
  if (label.kind === "roman" || label.kind === "capital") return set || capitals || (!ends && few) || likeness >= KNOWN;
  if (label.kind !== null) return (set && !title.endsWith(";")) || (capitals && few) || (likeness >= KNOWN && !ends);
  if (capitals) return few && likeness >= 0.6;
  return (bold && few && !ends) || (likeness >= 0.99 && few && !ends);
}

/** A heading that goes on into its text: “**1. Thuận lợi:** Được sự quan tâm …”. */
function runIn(
  line: FileLine,
  label: LabelledText,
  skeleton: Skeleton,
  ranks: ReadonlyMap<number, number>,
): FoundHeading | null {
  if (label.sign !== null) return null;
  let end = 0;
  for (const run of line.runs) {
    if (run.text.trim() !== "" && !run.marks.includes("strong") && !run.marks.includes("underline")) break;
    end += run.text.length;
  }
  // Without bold, only the very words of a title behind a number are one.
  const bold = end > label.at;
  if (!bold && label.kind !== null) end = Math.max(line.text.slice(0, LEAD).indexOf(":"), 0);
  // The colon may stand just behind the bold words.
  const colon = /^\s*[:.]\s*/u.exec(line.text.slice(end))?.[0].length ?? 0;
  const lead = line.text.slice(0, end + colon).trimEnd();
  if (end <= label.at || end + colon >= line.text.length || !/[:.]$/u.test(lead)) return null;
  const title = bareTitle(oneLine(lead.slice(label.at)));
  const tokens = skeleton.titles.tokens(title);
  const known = knownTitle(tokens, skeleton);
  if (title === "" || (known?.likeness ?? 0) < (bold ? KNOWN : 1)) return null;
  return {
    type: "heading",
    index: line.index,
    label: label.label,
    title,
    runs: trimRuns(cutRuns(line.runs, label.at, end)),
    tokens,
    rank: rankOf(line, label, known, ranks),
    bookmark: null,
    rest: cutRuns(line.runs, end + colon, line.text.length),
  };
}

function isTitleBelow(line: FileLine): boolean {
  const text = oneLine(line.text);
  if (text.length > LONGEST || labelOf(text).label !== "") return false;
  return isCapitals(text) || isAll(line, "strong") || line.centred || line.outlineLevel !== null;
}

interface Known {
  readonly node: SkeletonNode;
  readonly likeness: number;
}

/** The title of the skeleton that a line resembles most. */
function knownTitle(tokens: readonly string[], { nodes, scale }: Skeleton): Known | null {
  let best: Known | null = null;
  for (const node of nodes) {
    if (!node.titled) continue;
    const likeness = scale.likeness(tokens, node.tokens);
    if (likeness > (best?.likeness ?? 0)) best = { node, likeness };
  }
  return best;
}

function bookmarked(line: FileLine, { nodes }: Skeleton): SkeletonNode | null {
  for (const name of line.bookmarks) {
    if (!name.startsWith(TITLE_BOOKMARK)) continue;
    const found = nodes.find((node) => `${TITLE_BOOKMARK}${node.id.replaceAll("-", "_")}` === name);
    if (found) return found;
  }
  return null;
}

function rankOf(line: FileLine, label: LabelledText, known: Known | null, ranks: ReadonlyMap<number, number>): number {
  const own = labelRank(label);
  if (own !== null) return own;
  if (isAppendixTitle("", line.text)) return 0;
  if (line.outlineLevel !== null) return rankOfLevel(line.outlineLevel, ranks);
  if (known && known.likeness >= KNOWN) return known.node.rank;
  return isCapitals(line.text) ? 2 : 6;
}

/** What rank the headings of each outline level have, by the numbers of those that bear one. */
function outlineRanks(elements: readonly FileElement[]): ReadonlyMap<number, number> {
  const ranks = new Map<number, number>();
  for (const element of elements) {
    if (element.type !== "line" || element.line.outlineLevel === null) continue;
    const rank = labelRank(lineLabel(element.line));
    if (rank !== null && !ranks.has(element.line.outlineLevel)) ranks.set(element.line.outlineLevel, rank);
  }
  return ranks;
}

function rankOfLevel(level: number, ranks: ReadonlyMap<number, number>): number {
  const known = ranks.get(level);
  if (known !== undefined) return known;
  for (let near = level - 1; near >= 0; near--) {
    const rank = ranks.get(near);
    if (rank !== undefined) return rank + (level - near);
  }
  for (let near = level + 1; near <= 8; near++) {
    const rank = ranks.get(near);
    if (rank !== undefined) return Math.max(rank - (near - level), 0);
  }
  return 2 + level;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** A title without the colon or full stop it was typed with. */
function bareTitle(title: string): string {
  return title.replace(/\s*[:.]+$/u, "");
}
