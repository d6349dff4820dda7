import type { CopyFate } from "#protocol";

/** What becomes of the remarks of a copy, in the words of the language: nothing is said of what there is none of. */
export function toldFates(fates: readonly CopyFate[], tell: (key: FateKey, count: number) => string): string {
  const counts: Readonly<Record<FateKey, readonly CopyFate[]>> = {
    new: ["new"],
    changed: ["changed", "both"],
    known: ["known", "older"],
    left: ["left-out"],
  };
  return FATES.flatMap((key) => {
    const count = fates.filter((fate) => counts[key].includes(fate)).length;
    return count === 0 ? [] : [tell(key, count)];
  }).join(", ");
}

type FateKey = (typeof FATES)[number];

const FATES = ["new", "changed", "known", "left"] as const;
