import { diffWordsWithSpace } from "diff";
import type { ReactElement } from "react";
import { useMemo } from "react";
import styles from "./wording-change.module.css";

interface Piece {
  readonly value: string;
  readonly added: boolean;
  readonly removed: boolean;
  /** How much stands before it: no two pieces begin at the same place. */
  readonly key: number;
}

/** A proposed wording beside the words it is for: what goes is struck out, what comes is marked. */
export function WordingChange({ from, to }: { readonly from: string; readonly to: string }): ReactElement {
  const pieces = useMemo(
    () =>
      diffWordsWithSpace(from, to).reduce<readonly Piece[]>((before, { value, added, removed }) => {
        const key = (before.at(-1)?.key ?? 0) + (before.at(-1)?.value.length ?? 0);
        return [...before, { value, added, removed, key }];
      }, []),
    [from, to],
  );
  return (
    <p className={styles["change"]} lang="vi">
      {pieces.map(({ value, added, removed, key }) =>
        added ? <ins key={`+${key}`}>{value}</ins> : removed ? <del key={`-${key}`}>{value}</del> : value,
      )}
    </p>
  );
}
