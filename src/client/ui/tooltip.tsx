import { Tooltip as BaseTooltip } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { keyLabel } from "./keys.ts";
import styles from "./tooltip.module.css";

/**
 * A short text that appears while the pointer rests on `children` or the focus is there. `children` is one element
 * that takes a ref. It only repeats or adds to what the element's own name says; a phone never shows it.
 */
export function Tooltip({
  text,
  shortcut,
  children,
}: {
  readonly text: string;
  readonly shortcut?: string;
  readonly children: ReactElement;
}): ReactElement {
  return (
    <BaseTooltip.Root
      onOpenChange={(_, details) => {
        // Escape closes what is open below it as well: a dialog whose button shows its tooltip takes one press.
        if (details.reason === "escape-key") details.allowPropagation();
      }}
    >
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner sideOffset={6} className={styles["positioner"]}>
          <BaseTooltip.Popup className={styles["popup"]}>
            {text}
            {shortcut === undefined ? null : <kbd className={styles["key"]}>{keyLabel(shortcut)}</kbd>}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
