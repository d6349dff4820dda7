import { TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./notice.module.css";

/** Something that stays in sight until it is over: what it is, and what one can do. It is read out when it appears. */
export function Notice({
  label,
  tone,
  icon = <TriangleAlert />,
  children,
  actions,
}: {
  /** Names the region for those who do not see it. */
  readonly label: string;
  readonly tone: "info" | "warn" | "danger";
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}): ReactElement {
  return (
    <section className={classNames(styles["notice"], styles[tone])} aria-label={label}>
      <span className={styles["icon"]} aria-hidden="true">
        {icon}
      </span>
      <p className={styles["text"]} role="status">
        {children}
      </p>
      {actions === undefined ? null : <div className={styles["actions"]}>{actions}</div>}
    </section>
  );
}
