import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./pill.module.css";

export type Tone = "ok" | "warn" | "info" | "none" | "brand" | "danger";

/** A short state in a coloured capsule. The colour only repeats what the words say. */
export function Pill({
  tone = "none",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}): ReactElement {
  return <span className={classNames(styles["pill"], styles[tone])}>{children}</span>;
}
