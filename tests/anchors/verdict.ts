import type { Unit } from "./ledger.ts";

/** A stretch of a slot's flat text. */
export interface Stretch {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}

/**
 * How an answer stands to where the words are: just where they are; at a part of them or with something that was put
 * beside or between them; rightly nowhere; at other words; nowhere, although some of them stand.
 */
export type Verdict = "exact" | "part" | "unplaced" | "wrong" | "lost";

export const VERDICTS: readonly Verdict[] = ["exact", "part", "unplaced", "wrong", "lost"];

/** Whether words that are gone are supposed to be where they were written anew, elsewhere, or nowhere. */
export type Supposition = "right" | "wrong" | "none";

export const SUPPOSITIONS: readonly Supposition[] = ["right", "wrong", "none"];

/** Signs of an anchor that stand together, with how many they are. */
export interface Group extends Stretch {
  readonly count: number;
}

/**
 * Where the signs `about` stand: those that have nothing between them but each other, what was typed there, and what
 * was carried there are one group; `apart`, what was carried there parts them. What was never theirs and stays where it
 * was parts two groups.
 */
export function groupsOf(units: readonly Unit[], about: ReadonlySet<number>, first: number, apart = false): Group[] {
  const groups: Group[] = [];
  let together = false;
  for (const { slot, index, sign, carried } of units) {
    if (about.has(sign)) {
      const last = groups.at(-1);
      if (together && last?.slot === slot)
        groups[groups.length - 1] = { ...last, to: index + 1, count: last.count + 1 };
      else groups.push({ slot, from: index, to: index + 1, count: 1 });
      together = true;
    } else if (sign < first && (apart || !carried)) together = false;
  }
  return groups;
}

/** The groups that have most signs, whether or not what was carried among them is taken to part them. */
function best(units: readonly Unit[], about: ReadonlySet<number>, first: number): Group[] {
  return [false, true].flatMap((apart) => {
    const groups = groupsOf(units, about, first, apart);
    const most = Math.max(0, ...groups.map(({ count }) => count));
    return groups.filter(({ count }) => count === most);
  });
}

export function judge(
  units: readonly Unit[],
  about: ReadonlySet<number>,
  first: number,
  answer: Stretch | null,
): Verdict {
  const groups = groupsOf(units, about, first);
  if (!answer) return groups.length === 0 ? "unplaced" : "lost";
  const isAnswer = ({ slot, from, to }: Group): boolean =>
    slot === answer.slot && from === answer.from && to === answer.to;
  if (best(units, about, first).some(isAnswer)) return "exact";
  const inside = units.filter(({ slot, index }) => slot === answer.slot && index >= answer.from && index < answer.to);
  if (!inside.some(({ sign }) => about.has(sign))) return "wrong";
  // Words that were there before, that it was never about, and that nobody put among its own.
  const foreign = inside.some(
    ({ sign, index, slot, letter }) =>
      sign < first &&
      letter.trim() !== "" &&
      !about.has(sign) &&
      !groups.some((one) => one.slot === slot && one.from <= index && index < one.to),
  );
  return foreign ? "wrong" : "part";
}
