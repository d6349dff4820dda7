import type { ReactElement } from "react";
import { classNames } from "./class-names.ts";
import styles from "./spinner.module.css";

/** A turning ring: something is under way. With a `label` it says so to a screen reader; without one it is decoration. */
export function Spinner({ label, large }: { readonly label?: string; readonly large?: boolean }): ReactElement {
  const ring = <span className={classNames(styles["ring"], large && styles["large"])} aria-hidden="true" />;
  if (label === undefined) return ring;
  return (
    <output className={styles["status"]}>
      {ring}
      <span>{label}</span>
    </output>
  );
}

/** A grey place holder of what is being fetched, in the shape of `lines` lines of text. */
export function Skeleton({ lines = 1, label }: { readonly lines?: number; readonly label?: string }): ReactElement {
  return (
    <div className={styles["skeleton"]} role={label === undefined ? undefined : "status"} aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles["line"]} />
      ))}
    </div>
  );
}
