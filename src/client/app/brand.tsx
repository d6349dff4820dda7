import type { ReactElement } from "react";
import styles from "./brand.module.css";

/** The mark of the product: a seal with its initial. Decoration; the name stands beside it or is said elsewhere. */
export function BrandMark({ size = 28 }: { readonly size?: number }): ReactElement {
  return (
    <span className={styles["mark"]} aria-hidden="true" style={{ width: size, height: size, fontSize: size * 0.55 }}>
      T
    </span>
  );
}
