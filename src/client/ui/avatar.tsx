import type { ReactElement } from "react";
import { initials } from "#model";
import styles from "./avatar.module.css";

/** Colours of people: white text and white paper both stand out from each of them at 4.5:1. */
const COLOURS = [
  "#2a5fbd",
  "#1c7a4a",
  "#8a4fbf",
  "#b0501a",
  "#1f7486",
  "#a13a72",
  "#5d6b12",
  "#8a3b3b",
  "#4a5aa8",
  "#6b5a2e",
] as const;

/** The colour that stands for a person everywhere: avatar, cursor, selection. A function of the id alone. */
export function personColour(id: string): string {
  let hash = 7;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0];
}

/** A person's initials on that person's colour. Decoration: the name always stands beside it or in a tooltip. */
export function Avatar({
  id,
  name,
  size = 28,
}: {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
}): ReactElement {
  return (
    <span
      className={styles["avatar"]}
      aria-hidden="true"
      style={{ background: personColour(id), width: size, height: size, fontSize: Math.round(size * 0.4) }}
    >
      {initials(name)}
    </span>
  );
}
