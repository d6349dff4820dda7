import type { Former } from "#comments";
import type { Block, Place, ReportText } from "#model";
import { blockText } from "#model";

/** How much of the text around a place is shown, in UTF-16 units. */
const AROUND = 60;

/** Words of the text with what stands around them. */
export interface Excerpt {
  readonly before: string;
  readonly words: string;
  readonly after: string;
}

/** The words at a place with a little of what stands around them; null where the text does not have the place yet. */
export function excerptAt(slots: ReportText["slots"], { slot, from, to }: Place): Excerpt | null {
  const blocks = slots[slot] ?? [];
  const [first, last] = [from, to].map(({ block }) => blocks.findIndex(({ id }) => id === block));
  if (first === undefined || last === undefined || first < 0 || last < first) return null;
  const texts = blocks.slice(first, last + 1).map(blockText);
  const all = texts.join("\n");
  const end = all.length - (texts.at(-1)?.length ?? 0) + to.offset;
  return {
    before: tailOf(all.slice(0, from.offset)),
    words: all.slice(from.offset, end),
    after: headOf(all.slice(end)),
  };
}

/** What stands on either side of where words had been: the end of the block before, the beginning of the one after. */
export interface Neighbours {
  readonly slot: string;
  readonly before: string | null;
  readonly after: string | null;
  /** True where the words had stood inside one block, whose beginning `after` is. */
  readonly inside: boolean;
}

export function neighboursOf(slots: ReportText["slots"], { slot, before, after }: Former): Neighbours {
  const blocks = slots[slot] ?? [];
  const wordsAt = (at: number): string => blockText(blocks[at] ?? EMPTY).trim();
  let [first, second] = [before, after].map((id) => blocks.findIndex((block) => block.id === id));
  first ??= -1;
  second ??= -1;
  // An empty line tells nobody where it is: the next one with words does.
  while (first >= 0 && wordsAt(first) === "") first--;
  while (second >= 0 && second < blocks.length && wordsAt(second) === "") second++;
  const last = first < 0 ? "" : tailOf(wordsAt(first));
  const next = second < 0 ? "" : headOf(wordsAt(second));
  const inside = first >= 0 && first === second;
  return { slot, before: inside || last === "" ? null : last, after: next === "" ? null : next, inside };
}

const EMPTY: Block = { id: "", kind: "paragraph", level: 0, runs: [] };

function tailOf(words: string): string {
  if (words.length <= AROUND) return words;
  return `…${words.slice(-AROUND).replace(/^\S*\s+/u, "")}`;
}

function headOf(words: string): string {
  if (words.length <= AROUND) return words;
  return `${words.slice(0, AROUND).replace(/\s+\S*$/u, "")}…`;
}
